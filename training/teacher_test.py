"""How the teacher takes pairs, and what is wanted where it was asked (`python -m unittest teacher_test`)."""

import unittest

import torch

from teacher import aims, as_mpnet


class Taught(unittest.TestCase):
    def test_a_pair_has_one_separator_more_and_its_own_ids(self):
        ids = torch.tensor([[101, 7, 8, 102, 9, 102, 0, 0], [101, 7, 102, 8, 9, 10, 11, 102]])
        mask = torch.tensor([[1, 1, 1, 1, 1, 1, 0, 0], [1] * 8])
        sides = torch.tensor([[0, 0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 1, 1, 1, 1, 1]])
        longer, kept = as_mpnet(ids, mask, sides)
        self.assertEqual(longer.tolist(), [[0, 11, 12, 2, 2, 13, 2, 1, 1], [0, 11, 2, 2, 12, 13, 14, 15, 2]])
        self.assertEqual(kept.tolist(), [[1] * 7 + [0] * 2, [1] * 9])

    def test_a_label_counts_for_its_share_where_the_pair_is_as_it_was(self):
        said = torch.tensor([[0.6, 0.3, 0.1]] * 3)
        label = torch.tensor([[0.0, 0.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
        wanted = aims(said, label, torch.tensor([False, True, False]), 0.5)
        expected = torch.tensor([[0.3, 0.15, 0.55], [0.6, 0.3, 0.1], [0.3, 0.525, 0.175]])
        self.assertTrue(torch.allclose(wanted, expected))


if __name__ == "__main__":
    unittest.main()
