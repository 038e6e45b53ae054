"""Measures against values worked out by hand: `python -m unittest score_test` (needs numpy)."""

import unittest

import numpy as np

import score


class Measures(unittest.TestCase):
    def test_auroc_counts_ties_half(self):
        self.assertEqual(score.auroc(np.array([0.9, 0.8, 0.1]), np.array([True, True, False])), 1.0)
        self.assertEqual(score.auroc(np.array([0.5, 0.5]), np.array([True, False])), 0.5)
        self.assertEqual(score.auroc(np.array([0.1, 0.9]), np.array([True, False])), 0.0)

    def test_macro_f1(self):
        # a: 2/3 · b: 2/3
        self.assertAlmostEqual(score.macro_f1(["a", "a", "b"], ["a", "b", "b"]), 2 / 3)

    def test_calibration_error(self):
        # Ten answers at 0.8 of which six are right: 0.2 too sure.
        right = np.array([1.0] * 6 + [0.0] * 4)
        self.assertAlmostEqual(score.calibration_error(np.full(10, 0.8), right), 0.2)

    def test_two_way_files_join_neutral_and_contradiction(self):
        probability = np.array([[0.4, 0.3, 0.3], [0.6, 0.2, 0.2]])
        self.assertEqual(score.measure(probability, ["not_entailment", "entailment"])["accuracy"], 1.0)
        self.assertEqual(score.measure(probability, ["neutral", "entailment"])["accuracy"], 1.0)
        three = np.array([[0.4, 0.3, 0.3], [0.6, 0.2, 0.2], [0.1, 0.2, 0.7]])
        self.assertEqual(score.measure(three, ["neutral", "entailment", "contradiction"])["accuracy"], 0.6667)

    def test_windows_cover_all_and_cut_between_words(self):
        starts_word = [at % 3 == 0 for at in range(100)]
        spans = score.spans(starts_word, 20)
        self.assertEqual((spans[0][0], spans[-1][1]), (0, 100))
        for (start, end), (following, _) in zip(spans, spans[1:]):
            self.assertLessEqual(end - start, 20)
            self.assertLessEqual(following, end - 10)
            self.assertTrue(starts_word[following])
        self.assertEqual(score.spans([True] * 5, 20), [(0, 5)])

    def test_temperature_leaves_the_order(self):
        logits = np.array([[2.0, 1.0, 0.0]])
        hot, cold = score.probabilities(logits, 2.0)[0], score.probabilities(logits)[0]
        self.assertLess(hot[0], cold[0])
        self.assertEqual(hot.argmax(), cold.argmax())


if __name__ == "__main__":
    unittest.main()
