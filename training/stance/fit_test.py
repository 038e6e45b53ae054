"""Tests of `fit.py`: python -m unittest fit_test."""

import unittest

import numpy

import fit


class Fitting(unittest.TestCase):
    def test_the_sentence_with_the_sign_is_chosen(self):
        papers = [{"rel": 2, "features": [{"own": 0.0}, {"own": 1.0}, {"aim": 1.0}], "best": numpy.array([False, True, False]),
                   "also": numpy.array([False, False, False])} for _ in range(20)]
        choose = fit.fit_choice(papers, ["own", "aim"])
        self.assertGreater(choose["own"], 0)
        self.assertEqual(fit.found(papers, choose).tolist(), [1.0, 1.0])

    def test_classes_are_told_apart(self):
        rows = [{"constant": 1.0, "no": float(at % 2)} for at in range(40)]
        weights = fit.softmax_fit(rows, ["constant", "no"], [[at % 2 == 0, at % 2 == 1] for at in range(40)], 0.1, 2)
        self.assertGreater(weights[1, 1], weights[1, 0])

    def test_no_difference_says_yes_to_likeness(self):
        paper = {"set": "labels", "rel": 2, "stance": "yes", "proposition": {"equivalence": True}}
        self.assertEqual(fit.sides_of(paper), [0, 3])
        self.assertEqual(fit.sides_of({**paper, "rel": 1}), [4])
        self.assertEqual(fit.sides_of({**paper, "rel": 0}), [])


if __name__ == "__main__":
    unittest.main()
