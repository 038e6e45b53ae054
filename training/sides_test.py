"""Nothing but all of a pair together tells its label: `python -m unittest sides_test`."""

import re
import unittest
from collections import Counter, defaultdict
from random import Random

from sides import SUBJECTS, compared


def rows():
    random = Random(3)
    return [row for _ in range(1500) for row in compared(random)]


class Tells(unittest.TestCase):
    def test_each_side_is_right_as_often_as_wrong_whatever_the_order(self):
        said: dict[str, Counter] = defaultdict(Counter)
        for row in rows():
            if row.label == "neutral":
                continue
            numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", re.sub(r"\b(?:GPT-4|Llama 2|BM25|3D|2D|F1|catalyst \d)\b", "", row.premise, flags=re.I))]
            order = "greater first" if numbers[0] > numbers[1] else "lesser first"
            way = "more" if re.search(r"\b(?:higher|more|slower)\b", row.hypothesis) else "less"
            for sign in (order, way, f"{order} {way}", *re.findall(r"compared|versus|vs|respectively|whereas|that of", row.premise)):
                said[sign][row.label] += 1
        for sign, labels in said.items():
            share = labels["entailment"] / sum(labels.values())
            self.assertAlmostEqual(share, 0.5, delta=0.05, msg=sign)

    def test_every_name_has_every_label(self):
        said: dict[str, set[str]] = defaultdict(set)
        for row in rows():
            for pair in SUBJECTS:
                for side in pair:
                    if side in row.hypothesis:
                        said[side].add(row.label)
        self.assertTrue(all(len(labels) == 3 for labels in said.values()), said)


if __name__ == "__main__":
    unittest.main()
