"""Rows made from texts written for the purpose: `python -m unittest data_test`."""

import unittest
from random import Random

import data
import mutants
from data import Nearest, Text

TEXTS = [
    Text("Sealed bags", ["Sealed bags kept grain dry for nine months in the wet coastal district.", "Moths died."]),
    Text("", ["Open sacks let most grain rot within nine months on the coast.", "Rats came."]),
    Text("Bridges", ["The cable bridge was closed for repairs after an inspection in the spring."]),
]


class Rows(unittest.TestCase):
    def test_the_nearest_sentence_is_of_another_text_and_shares_rare_words(self):
        found = Nearest(TEXTS).find(TEXTS[0].sentences[0], {0}, 5)
        self.assertEqual(found[0], (1, TEXTS[1].sentences[0]))
        self.assertNotIn(0, [at for at, _ in found])

    def test_a_detail_added_is_neutral_and_a_detail_dropped_is_entailed(self):
        rows = [row for seed in range(8) for row in data.details(TEXTS, Random(seed), 100)]
        self.assertEqual({row.label for row in rows}, {"neutral", "entailment"})
        for row in rows:
            longer, shorter = (row.hypothesis, row.premise) if row.label == "neutral" else (row.premise, row.hypothesis)
            self.assertLess(len(shorter), len(longer))

    def test_a_title_comes_before_some_premises_and_none_where_there_is_none(self):
        said = {TEXTS[0].under_title("Moths died.", Random(seed)) for seed in range(20)}
        self.assertEqual(said, {"Moths died.", "Sealed bags. Moths died."})
        self.assertEqual({TEXTS[1].under_title("Rats came.", Random(seed)) for seed in range(20)}, {"Rats came."})

    def test_a_narrowing_phrase_stays(self):
        self.assertEqual(mutants.phrase_dropped("The drug was sold in 2004 for three dollars.", Random(0)), "The drug was sold.")
        self.assertIsNone(mutants.phrase_dropped("The drug had no effect on pain in mice.", Random(0)))


if __name__ == "__main__":
    unittest.main()
