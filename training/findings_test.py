"""Invented findings: what a statement says follows from its premise by its label (`python -m unittest findings_test`)."""

import re
import unittest
from collections import Counter
from collections.abc import Callable
from random import Random

from findings import finding
from mutants import CONTRADICTION, ENTAILMENT, NEUTRAL

MADE = [finding(random) for random in (Random(seed) for seed in range(15000))]
PAIRS = [(premise, said) for premise, statements in MADE for said in statements]


def same(one: str, other: str, *sides: str) -> bool:
    """Whether two names are those of the two sides, in whichever order."""
    return {one.lower(), other.lower()} == {side.lower() for side in sides}


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

    def decided(self, told: str, form: str | Callable[[re.Match], str], is_so: Callable[[re.Match, re.Match], bool | None], more_than: int) -> None:
        """Each pair whose premise has the form `told` and whose statement has `form`, which may hang on the premise, is labelled as `is_so`
        says, where it says something; more pairs than `more_than` are."""
        checked = 0
        for premise, said in PAIRS:
            one = re.search(told, premise)
            two = one and re.search(form if isinstance(form, str) else form(one), said.text)
            so = is_so(one, two) if two else None
            if so is not None:
                self.assertEqual(said.label, ENTAILMENT if so else CONTRADICTION, (premise, said))
                checked += 1
        self.assertGreater(checked, more_than)

    def test_the_exchanged_sides_of_a_comparison_are_contradicted(self):
        def is_so(told: re.Match, said: re.Match) -> bool | None:
            if same(said[1], said[4], told[1], told[2]) and told[3].startswith(said[3]):
                return (said[1].lower() == told[2].lower()) == (said[2] != "lower")
            return None

        told = r"^Compared with (.+), (.+) showed a significantly (?:higher|greater) (.+)\.$"
        self.decided(told, r"^(.+) had a (higher|greater|lower) (.+) than (.+)\.$", is_so, 20)

    def test_the_exchanged_sides_of_a_contrast_are_contradicted(self):
        def is_so(told: re.Match, said: re.Match) -> bool | None:
            if said[1].lower() in {told[1].lower(), told[3].lower()}:
                return (said[1].lower() == told[1].lower()) == (said[2] == told[2])
            return None

        self.decided(r"^(.+) (passed|failed) the test, whereas (.+) (?:passed|failed) the test\.$", r"^(?!Both)(.+) (passed|failed) the test\.$", is_so, 0)

    def test_what_is_so_in_one_group_alone_is_not_so_in_both(self):
        def is_so(told: re.Match, said: re.Match) -> bool | None:
            return False if same(said[2], said[3], told[2], told[3]) and told[1].lower().endswith(said[1].lower()) else None

        self.decided(r"^(.+) in ([\w -]+), but not in ([\w -]+)\.", r"^(.+) in both ([\w -]+) and ([\w -]+)\.$", is_so, 3)

    def test_who_comes_first_decides_who_is_above(self):
        def is_so(told: re.Match, said: re.Match) -> bool | None:
            return said[1] == told[1] if same(said[1], said[2], told[1], told[2]) else None

        self.decided(r"^(.+) (?:outlasted|lasted longer than) ([\w -]+)\.$", r"^(.+) (?:outlasted|lasted longer than) ([\w -]+)\.$", is_so, 3)

    def test_less_of_an_amount_goes_with_the_other_way_of_a_quality(self):
        def is_so(told: re.Match, said: re.Match) -> bool:
            return (said[1] == "more") == (said[2] == told[2])

        told = r"\b[Tt]he more ([\w ]+), the (\w+) the ([\w ]+)\."
        self.decided(told, lambda told: rf"\w+ with (more|less) {told[1]} had (\w+) {told[3]}\.$", is_so, 10)

    def test_the_greater_count_decides_who_did_better(self):
        def is_so(told: re.Match, said: re.Match) -> bool | None:
            if not same(said[1], said[3], told[1], told[3]):
                return None
            fewer_missed = int(told[2]) < int(told[4])
            return ((said[1].lower() == told[1].lower()) == fewer_missed) == (said[2] in {"missed fewer", "found more"})

        told = r"^(.+) missed (\d+) of the 200 cases[,;]? (?:and|while|whereas)?\s?(.+) missed (\d+) of the 200 cases\.$"
        self.decided(told, r"^(.+) (missed fewer|found more|missed more|found fewer) cases than (.+)\.$", is_so, 3)

    def test_most_is_more_than_half(self):
        def is_so(told: re.Match, said: re.Match) -> bool | None:
            return 2 * int(told[1]) > int(told[2]) if said[1] == told[3] else None

        self.decided(r"^(?:Only |As many as )?(\d+) of the (\d+) ([\w ]+)\.$", r"^(?:Most|More than half) of the ([\w ]+)\.$", is_so, 10)

    def test_shares_add_up(self):
        def is_so(told: re.Match, said: re.Match) -> bool:
            return abs(int(said[1]) - 100 * int(told[3]) / int(told[1])) < 1

        self.decided(r"^Of (\d+) (\w+), (\d+) (.+)\.$", lambda told: rf"^(?:About )?(\d+)% of the {told[2]} {told[4]}\.$", is_so, 10)

    def test_no_wording_is_a_sign_of_a_label(self):
        for word in ("both", "whereas", "while", "it was", "but", "than", "less", "more", "fewer", "no difference"):
            counts = Counter(said.label for _, said in PAIRS if re.search(rf"\b{word}\b", said.text, re.IGNORECASE))
            rarest = min(counts[ENTAILMENT], counts[CONTRADICTION])
            self.assertGreater(rarest, 0.25 * (counts[ENTAILMENT] + counts[CONTRADICTION]), (word, counts))


if __name__ == "__main__":
    unittest.main()
