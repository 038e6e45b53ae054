"""Mix pairs of `opposites.mjs` with the pairs they come from.

    python opposites.py --opposites RUN/opposites.jsonl --mixture RUN/mixture.jsonl.gz --out RUN/opposed.jsonl.gz
"""

import argparse
import gzip
import json
from pathlib import Path
from random import Random

from data import UNKNOWN, rows_of

SCIENCE = ("evidence_inference", "check_covid", "scifact_", "nli4ct", "infotabs")
OTHERS = ("mnli_20k", "mnli_dev_taxi", "taxinli", "new_protocols", "ling_in_loop", "snli_", "cad_snli", "sisters", "own/", "crossed", "asked")
TAKEN = {"science": 60_000, "general": 75_000, "general, unknown": 20_000, "as they were, science": 45_000, "as they were, others": 70_000}
"""Pairs, at most, of each kind."""


def kind_of(row: dict) -> str | None:
    """Which kind of `TAKEN` a row is of; `None` where of none."""
    source = row["source"]
    if source.startswith("opposite/"):
        field = source.removeprefix("opposite/")
        return "general, unknown" if field == "general" and row["label"] == UNKNOWN else field
    if source.startswith(SCIENCE):
        return "as they were, science"
    return "as they were, others" if source.startswith(OTHERS) else None


def mixed(rows: list[dict], random: Random) -> list[dict]:
    """As many of each kind as are taken, in a random order."""
    random.shuffle(rows)
    kinds: dict[str, list[dict]] = {kind: [] for kind in TAKEN}
    for row in rows:
        kind = kind_of(row)
        if kind is not None and len(kinds[kind]) < TAKEN[kind]:
            kinds[kind].append(row)
    chosen = [row for of in kinds.values() for row in of]
    random.shuffle(chosen)
    return chosen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--opposites", type=Path, required=True)
    parser.add_argument("--mixture", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    rows = [*map(json.loads, given.opposites.read_text().splitlines()), *rows_of(given.mixture)]
    with gzip.open(given.out, "wt") as out:
        for row in mixed(rows, Random(given.seed)):
            out.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
