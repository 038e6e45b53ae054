"""Pairs in one tensor, and batches of them (`python -m unittest tokens_test`)."""

import unittest
from pathlib import Path

from tokenizers import Tokenizer

from tokens import Pairs, batches

TOKENIZER = Path(__file__).parent.parent / "www/models/probatum-nli-1/tokenizer.json"


class Tokens(unittest.TestCase):
    def test_a_batch_holds_what_the_tokenizer_says_of_its_pairs(self):
        texts = [("Short.", "One."), ("A premise of some more words, 3.5 of them rare.", "Two."), ("the last", "a far longer hypothesis, at the end")]
        rows = [{"premise": premise, "hypothesis": hypothesis} for premise, hypothesis in texts]
        tokenizer = Tokenizer.from_file(str(TOKENIZER))
        ids, mask, sides = Pairs(rows, tokenizer, 144).batch([2, 0])
        for at, index in enumerate((2, 0)):
            pair = tokenizer.encode(*texts[index])
            length = len(pair.ids)
            self.assertEqual(ids[at, :length].tolist(), pair.ids)
            self.assertEqual(sides[at, :length].tolist(), pair.type_ids)
            self.assertEqual(mask[at].tolist(), [1] * length + [0] * (ids.shape[1] - length))
            self.assertEqual(ids[at, length:].sum() + sides[at, length:].sum(), 0)

    def test_every_pair_is_in_one_batch_and_none_is_too_large(self):
        lengths = [1 + 37 * index % 90 for index in range(1000)]
        made = batches(lengths, 300, seed=1)
        self.assertEqual(sorted(index for batch in made for index in batch), list(range(1000)))
        self.assertLessEqual(max(len(batch) * max(lengths[index] for index in batch) for batch in made), 300)
        self.assertNotEqual(made, batches(lengths, 300, seed=2))


if __name__ == "__main__":
    unittest.main()
