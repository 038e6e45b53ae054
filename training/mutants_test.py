"""Each rule on sentences written for the purpose: `python -m unittest mutants_test`."""

import unittest
from random import Random

import mutants
import suite

CASES = {
    "number_magnitude": "The method reached 8.5% accuracy.",
    "unit": "Patients received 5 mg of the drug daily.",
    "metric": "It has an accuracy of 91.2 on the test set.",
    "direction": "The treatment increases survival.",
    "negation_added": "The effect was large.",
    "negation_dropped": "There was no significant difference between the groups.",
    "hedge_dropped": "The drug may reduce pain.",
    "scope_widened": "It extends life in mice.",
    "order": "RoBERTa is slower than DistilBERT on this task.",
    "percent_fraction_wrong": "25% of the patients recovered.",
    "number_spelled_wrong": "We compared three models.",
    "entity": "Only TP53 was mutated.",
}


class Rules(unittest.TestCase):
    def rule(self, name: str, sentence: str, seed: int = 0) -> str | None:
        return getattr(mutants, name)(sentence, Random(seed))

    def test_every_mutant_rule_changes_its_sentence(self):
        for name, sentence in CASES.items():
            changed = self.rule(name, sentence)
            self.assertIsNotNone(changed, name)
            self.assertNotEqual(changed, sentence, name)

    def test_rules_leave_alone_what_they_do_not_fit(self):
        for rule, _, _ in mutants.MUTANTS:
            self.assertIsNone(rule("Cats sleep.", Random(0)), rule.__name__)

    def test_numbers_in_names_and_years_are_no_findings(self):
        for sentence in ("GPT-4 and p53 in 2019.", "See arXiv 2101.00001v2.", "A 2D map, 10.1000/xyz."):
            self.assertIsNone(self.rule("number_value", sentence), sentence)

    def test_a_changed_number_is_no_rounding_and_no_percentage_above_100(self):
        for seed in range(200):
            changed = self.rule("number_value", "Recall was 91.7% overall.", seed)
            value = float(changed.split()[2].rstrip("%"))
            self.assertGreaterEqual(abs(value - 91.7), 0.12 * 91.6)
            self.assertLessEqual(value, 100)

    def test_bounds_hold_or_break_as_named(self):
        for seed in range(200):
            for name, holds in (("number_bound_true", True), ("number_bound_false", False)):
                changed = self.rule(name, "Accuracy was 80 points.", seed)
                if changed is None:
                    continue
                words = changed.removeprefix("Accuracy was ").split()
                limit = float(words[-2])
                said = 80 > limit if words[0] in {"more", "over", "at"} else 80 < limit
                self.assertEqual(said, holds, changed)

    def test_twins_say_what_the_sentence_says(self):
        self.assertEqual(self.rule("percent_fraction", "Of all, 25% of them left."), "Of all, a quarter of them left.")
        self.assertIn("92", self.rule("number_rounded", "F1 rose to 91.7 points."))
        self.assertEqual(self.rule("lead_dropped", "We show that cells divide."), "Cells divide.")
        self.assertEqual(self.rule("number_spelled", "We ran three trials."), "We ran 3 trials.")
        self.assertEqual(
            self.rule("comparative_turned", "BERT is faster than the old parser."), "The old parser is slower than BERT."
        )
        self.assertEqual(self.rule("hedge_added", "Exercise reduces pain."), "Exercise can reduce pain.")

    def test_directions(self):
        self.assertEqual(self.rule("direction", "Dose increases risk."), "Dose decreases risk.")
        self.assertEqual(self.rule("direction", "It works without labels."), "It works with labels.")
        self.assertIsNone(self.rule("direction", "It works with labels."))
        self.assertEqual(self.rule("hedge_dropped", "Drugs may reduce pain.", 1).split()[-2], "reduce")

    def test_sums(self):
        random = Random(3)
        labels = {mutants.sum_in_words(random)[1].label for _ in range(50)}
        self.assertEqual(labels, {mutants.ENTAILMENT, mutants.CONTRADICTION})

    def test_the_same_seed_gives_the_same_mutant(self):
        sentence = "The model improved accuracy from 71.2 to 84.9 in some cases."
        one, two = (mutants.mutate(sentence, mutants.MUTANTS, Random(5)) for _ in range(2))
        self.assertEqual(one, two)


class Suite(unittest.TestCase):
    def test_it_is_whole_and_without_repeats(self):
        pairs = suite.pairs()
        self.assertGreaterEqual(len(pairs), 500)
        self.assertEqual(len({(pair["premise"], pair["hypothesis"]) for pair in pairs}), len(pairs))

    def test_every_premise_has_originals_and_mutants(self):
        labels = {}
        for pair in suite.pairs():
            labels.setdefault(pair["premise"], set()).add(pair["label"])
        for premise, found in labels.items():
            self.assertLessEqual({"entailment", "contradiction"}, found, premise)


if __name__ == "__main__":
    unittest.main()
