"""`python -m unittest slim_test`"""

import unittest

import numpy as np
from tokenizers import Tokenizer, models, pre_tokenizers

from slim import RARE, never_used, rare, slimmer


class Slim(unittest.TestCase):
    def test_rows_of_other_scripts_and_spare_rows_are_unused(self):
        vocabulary = {"[PAD]": 0, "[unused7]": 1, "cell": 2, "##α": 3, "世": 4, "μm": 5, "##ия": 6, "ᵀ": 7}
        self.assertEqual(never_used(vocabulary), [1, 4, 6])

    def test_values_stay_within_half_a_step_and_unused_rows_are_zero(self):
        table = np.random.default_rng(1).integers(0, 256, (50, 8)).astype(np.uint8)
        new, zero, step = slimmer(table, 120, 0.01, [3, 4], [], 6)
        self.assertLessEqual(new.max(), 63)
        was, now = (table.astype(np.float32) - 120) * 0.01, (new.astype(np.float32) - zero) * step
        kept = np.delete(np.arange(50), [3, 4])
        self.assertLessEqual(np.abs(was - now)[kept].max(), step / 2 + 1e-6)
        self.assertEqual(np.abs(now[[3, 4]]).max(), 0.0)

    def test_rare_rows_keep_fewer_bits(self):
        table = np.random.default_rng(1).integers(0, 256, (50, 8)).astype(np.uint8)
        table[0, :2] = 0, 255
        new, zero, step = slimmer(table, 120, 0.01, [], [5, 6], 8)
        self.assertEqual(np.abs(np.delete(new, [5, 6], 0).astype(int) - np.delete(table, [5, 6], 0)).max(), 0)
        self.assertLessEqual(set((new[[5, 6]].astype(int) - zero).ravel() % 4), {0, (255 - zero) % 4})
        self.assertLessEqual(np.abs(new[[5, 6]].astype(int) - table[[5, 6]]).max(), 3)

    def test_a_row_is_rare_where_its_token_is(self):
        tokenizer = Tokenizer(models.WordLevel({"[UNK]": 0, "cell": 1, "quark": 2}, unk_token="[UNK]"))
        tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
        self.assertEqual(rare(tokenizer, ["cell quark", *["cell (cell)"] * RARE]), [2])


if __name__ == "__main__":
    unittest.main()
