"""`python -m unittest slim_test`"""

import unittest

import numpy as np

from slim import never_used, slimmer


class Slim(unittest.TestCase):
    def test_rows_of_other_scripts_and_spare_rows_are_unused(self):
        vocabulary = {"[PAD]": 0, "[unused7]": 1, "cell": 2, "##α": 3, "世": 4, "μm": 5, "##ия": 6, "ᵀ": 7}
        self.assertEqual(never_used(vocabulary), [1, 4, 6])

    def test_values_stay_within_half_a_step_and_unused_rows_are_zero(self):
        table = np.random.default_rng(1).integers(0, 256, (50, 8)).astype(np.uint8)
        new, zero, step = slimmer(table, 120, 0.01, [3, 4], 6)
        self.assertLessEqual(new.max(), 63)
        was, now = (table.astype(np.float32) - 120) * 0.01, (new.astype(np.float32) - zero) * step
        kept = np.delete(np.arange(50), [3, 4])
        self.assertLessEqual(np.abs(was - now)[kept].max(), step / 2 + 1e-6)
        self.assertEqual(np.abs(now[[3, 4]]).max(), 0.0)


if __name__ == "__main__":
    unittest.main()
