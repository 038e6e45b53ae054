import unittest
from random import Random
from unittest.mock import patch

import opposites


class OppositesTest(unittest.TestCase):
    def test_kinds(self):
        kind = lambda source, label="neutral": opposites.kind_of({"source": source, "label": label})
        self.assertEqual(kind("opposite/science", "unknown"), "science")
        self.assertEqual(kind("opposite/general", "unknown"), "general, unknown")
        self.assertEqual(kind("opposite/general"), "general")
        self.assertEqual(kind("scifact_window"), "as they were, science")
        self.assertEqual(kind("own/unit"), "as they were, others")
        self.assertIsNone(kind("hans_generated"))

    def test_no_more_than_are_taken_of_a_kind(self):
        rows = [{"source": source, "label": "neutral", "at": at} for at, source in enumerate(["opposite/science"] * 5 + ["own/unit"] * 2)]
        with patch.dict(opposites.TAKEN, {"science": 3}):
            sources = [row["source"] for row in opposites.mixed(rows, Random(1))]
        self.assertEqual(sorted(sources), ["opposite/science"] * 3 + ["own/unit"] * 2)


if __name__ == "__main__":
    unittest.main()
