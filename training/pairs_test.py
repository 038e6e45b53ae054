"""Rows made from labels written for the purpose: `python -m unittest pairs_test`."""

import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "labels"))

import pairs  # noqa: E402

FOUND = {
    "1": ("Sealed bags", "Aim of the work. Sealed bags keep grain dry. Open sacks let grain rot. Rats came."),
    "2": ("Bridges", "The bridge was closed. Sealed bags were on it."),
}


def split(of: str, apart: frozenset = frozenset()) -> list[dict]:
    names = [f"q{at}" for at in range(30)]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)

        def write(name: str, rows: list[dict]) -> None:
            (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows))

        write("questions-a.jsonl", [{"q": q, "proposition": "Sealed bags keep grain dry." if q != "q1" else None} for q in names])
        papers = [{"q": q, "doc": "1", "rel": 2, "yes": [1], "no": [], "nd": [2], "mixed": [3]} for q in names]
        write("papers-a.jsonl", papers + [{"q": q, "doc": "2", "rel": 0, "yes": [], "no": [], "nd": [], "mixed": []} for q in names])
        pair = {"doc": "2", "sentence": 1, "hypothesis": "The bridge had bags on it.", "label": "entailment", "type": "paraphrase"}
        write("pairs-c.jsonl", [pair | {"id": f"c{at}", "group": f"g{at // 2}"} for at in range(60)])
        write("pairs-d.jsonl", [pair | {"id": "d1", "group": group, "order": "greater-first"} for group in ("x1", "x2", "x3")])
        return pairs.rows(folder, pairs.Texts(FOUND), of, set(apart))


class Splits(unittest.TestCase):
    def test_no_group_is_in_both_and_about_a_third_is_held(self):
        train, held = ({row["group"] for row in split(of)} for of in ("train", "held"))
        self.assertFalse(train & held)
        self.assertEqual(len(train | held), 29 + 30 + 3)
        self.assertLessEqual({"x1", "x2", "x3"}, held)
        self.assertTrue(10 <= len(held) <= 30, len(held))

    def test_lists_become_labels_and_what_is_mixed_or_not_asked_is_left_out(self):
        asked = [row for row in split("train") if row["source"] == "labels/question"]
        said = {(row["premise"], row["label"]) for row in asked}
        self.assertIn(("Sealed bags keep grain dry.", "entailment"), said)
        self.assertIn(("Open sacks let grain rot.", "contradiction"), said)
        self.assertNotIn("Rats came.", {row["premise"] for row in asked})
        self.assertNotIn("q1", {row["group"] for row in asked})
        # Of another paper first what shares the proposition's words.
        self.assertIn(("Sealed bags were on it.", "neutral"), said)

    def test_what_is_measured_elsewhere_is_not_trained_on(self):
        self.assertNotIn("2", {row["doc"] for row in split("train", frozenset("2"))})
        self.assertIn("2", {row["doc"] for row in split("held", frozenset("2"))})


if __name__ == "__main__":
    unittest.main()
