"""Words changed in batches (`python -m unittest vary_test`)."""

import unittest
from pathlib import Path

import torch
from tokenizers import Tokenizer

from tokens import Pairs
from vary import Varied

TOKENIZER = Path(__file__).parent.parent / "www/models/probatum-nli-1/tokenizer.json"


class Changes(unittest.TestCase):
    def setUp(self):
        torch.manual_seed(1)
        tokenizer = Tokenizer.from_file(str(TOKENIZER))
        self.vocabulary = [tokenizer.id_to_token(at) for at in range(tokenizer.get_vocab_size())]
        rows = [{"premise": "Sleep of 7.5 hours improved the memory of transcriptomists (p < 0.05).", "hypothesis": "Memory was better after a long sleep."}]
        self.batch = Pairs(rows * 64, tokenizer, 144).batch(range(64))
        self.varied = Varied(self.vocabulary, torch.randn(len(self.vocabulary), 8))

    def test_pairs_that_are_not_named_stay(self):
        which = torch.arange(64) % 2 == 0
        for before, after in zip(self.batch, self.varied(self.batch, which), strict=True):
            self.assertTrue(torch.equal(before[~which], after[~which]))

    def test_one_side_alone_changes_and_keeps_its_separators_and_pieces_of_words(self):
        ids, mask, sides = self.batch
        changed, kept, after = self.varied(self.batch, torch.ones(64, dtype=torch.bool))
        lost = mask.sum(dim=1) - kept.sum(dim=1)
        self.assertTrue(0 < (lost > 0).sum() < 64)
        for pair in range(64):
            same = [
                ids[pair][sides[pair] == side][mask[pair][sides[pair] == side].bool()].tolist()
                == changed[pair][after[pair] == side][kept[pair][after[pair] == side].bool()].tolist()
                for side in (0, 1)
            ]
            self.assertTrue(any(same))
        self.assertGreater((changed != ids).any(dim=1).sum(), 32)
        held = [at for at, token in enumerate(self.vocabulary) if token.startswith("##") or not token.isalnum() or token in ("of", "a", "was", "p")]
        for token in set(ids[0].tolist()) & set(held) - {0}:
            self.assertTrue(((changed == token).sum(dim=1) == (ids == token).sum(dim=1)).all())


if __name__ == "__main__":
    unittest.main()
