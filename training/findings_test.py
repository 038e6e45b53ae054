"""Invented findings: what a statement says follows from its premise by its label (`python -m unittest findings_test`)."""

import re
import unittest
from collections import Counter
from random import Random

from findings import finding
from mutants import CONTRADICTION, ENTAILMENT, NEUTRAL

MADE = [finding(random) for random in (Random(seed) for seed in range(15000))]
PAIRS = [(premise, said) for premise, statements in MADE for said in statements]


class Findings(unittest.TestCase):
    def test_no_pair_has_two_labels(self):
        labels: dict[tuple[str, str], set[str]] = {}
        for premise, said in PAIRS:
            labels.setdefault((premise, said.text), set()).add(said.label)
        self.assertEqual([pair for pair, found in labels.items() if len(found) > 1], [])

    def test_labels_are_balanced(self):
        counts = Counter(said.label for _, said in PAIRS)
        self.assertEqual(set(counts), {ENTAILMENT, NEUTRAL, CONTRADICTION})
        self.assertLess(max(counts.values()), 2 * min(counts.values()))

    def test_the_exchanged_sides_of_a_comparison_are_contradicted(self):
        checked = 0
        for premise, said in PAIRS:
            one = re.fullmatch(r"Compared with (.+), (.+) showed a significantly (?:higher|greater) (.+)\.", premise)
            two = one and re.match(r"(.+) had a (higher|greater|lower) (.+) than (.+)\.$", said.text)
            if not one or not two or {two[1].lower(), two[4].lower()} != {one[1].lower(), one[2].lower()} or not one[3].startswith(two[3]):
                continue
            is_so = (two[1].lower() == one[2].lower()) == (two[2] != "lower")
            self.assertEqual(said.label, ENTAILMENT if is_so else CONTRADICTION, (premise, said))
            checked += 1
        self.assertGreater(checked, 20)

    def test_the_exchanged_sides_of_a_contrast_are_contradicted(self):
        checked = 0
        for premise, said in PAIRS:
            told = re.fullmatch(r"(.+) (passed|failed) the test, whereas (.+) (?:passed|failed) the test\.", premise)
            one = told and re.fullmatch(r"(.+) (passed|failed) the test\.", said.text)
            if one and "Both" not in said.text and one[1].lower() in {told[1].lower(), told[3].lower()}:
                is_so = (one[1].lower() == told[1].lower()) == (one[2] == told[2])
                self.assertEqual(said.label, ENTAILMENT if is_so else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 0)

    def test_what_is_so_in_one_group_alone_is_not_so_in_both(self):
        checked = 0
        for premise, said in PAIRS:
            told = re.search(r"\b(\w+) in ([\w -]+), but not in ([\w -]+)\.", premise)
            one = told and re.fullmatch(r".* in both ([\w -]+) and ([\w -]+)\.", said.text)
            if one and "finding_groups" in said.rule and {one[1], one[2]} == {told[2], told[3]} and said.text.split(" in both")[0] in premise:
                self.assertEqual(said.label, CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 3)

    def test_who_comes_first_decides_who_is_above(self):
        checked = 0
        for premise, said in PAIRS:
            told = re.fullmatch(r"(.+) (outlasted|lasted longer than) ([\w -]+)\.", premise)
            one = told and re.fullmatch(r"(.+) (?:outlasted|lasted longer than) ([\w -]+)\.", said.text)
            if one and {one[1].lower(), one[2].lower()} == {told[1].lower(), told[3].lower()}:
                self.assertEqual(said.label, ENTAILMENT if one[1] == told[1] else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 3)

    def test_less_of_an_amount_goes_with_the_other_way_of_a_quality(self):
        checked = 0
        for premise, said in PAIRS:
            told = re.search(r"\bthe more ([\w ]+), the (\w+) the ([\w ]+)\.", premise, re.IGNORECASE)
            more = told and re.search(rf"\w+ with (more|less) {told[1]} had (\w+) {told[3]}\.$", said.text)
            if more:
                is_so = (more[1] == "more") == (more[2] == told[2])
                self.assertEqual(said.label, ENTAILMENT if is_so else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 10)

    def test_the_greater_count_decides_who_did_better(self):
        checked = 0
        for premise, said in PAIRS:
            told = re.fullmatch(r"(.+) missed (\d+) of the 200 cases[,;]? (?:and|while|whereas)?\s?(.+) missed (\d+) of the 200 cases\.", premise)
            one = told and re.fullmatch(r"(.+) (missed fewer|found more|missed more|found fewer) cases than (.+)\.", said.text)
            if one and {one[1].lower(), one[3].lower()} == {told[1].lower(), told[3].lower()}:
                fewer_missed = int(told[2]) < int(told[4])
                is_so = (one[1].lower() == told[1].lower()) == fewer_missed
                is_better = one[2] in {"missed fewer", "found more"}
                self.assertEqual(said.label, ENTAILMENT if is_so == is_better else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 3)

    def test_most_is_more_than_half(self):
        checked = 0
        for premise, said in PAIRS:
            counts = re.fullmatch(r"(?:Only |As many as )?(\d+) of the (\d+) ([\w ]+)\.", premise)
            told = counts and re.fullmatch(r"(Most|More than half) of the ([\w ]+)\.", said.text)
            if told and told[2] == counts[3]:
                self.assertEqual(said.label, ENTAILMENT if 2 * int(counts[1]) > int(counts[2]) else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 10)

    def test_no_wording_is_a_sign_of_a_label(self):
        for word in ("both", "whereas", "while", "it was", "but", "than", "less", "more", "fewer", "no difference"):
            counts = Counter(said.label for _, said in PAIRS if re.search(rf"\b{word}\b", said.text, re.IGNORECASE))
            rarest = min(counts[ENTAILMENT], counts[CONTRADICTION])
            self.assertGreater(rarest, 0.25 * (counts[ENTAILMENT] + counts[CONTRADICTION]), (word, counts))

    def test_shares_add_up(self):
        checked = 0
        for premise, said in PAIRS:
            counts = re.fullmatch(r"Of (\d+) (\w+), (\d+) (.+)\.", premise)
            told = counts and re.fullmatch(rf"(?:About )?(\d+)% of the {counts[2]} {counts[4]}\.", said.text)
            if told:
                off = abs(int(told[1]) - 100 * int(counts[3]) / int(counts[1]))
                self.assertEqual(said.label, ENTAILMENT if off < 1 else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, 10)


if __name__ == "__main__":
    unittest.main()
