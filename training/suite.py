"""The mutant suite: originals that must be kept and mutants that must be rejected, written by hand in `suite.txt`.

    python suite.py --out RUN/suite.jsonl.gz                   # as pairs, for `npm run eval -- --pairs … --scores RUN/scores`
    python suite.py --scores RUN/scores/suite.scores.jsonl     # kept and rejected, by the kind of change
"""

import argparse
import gzip
import json
from collections import defaultdict
from pathlib import Path

SIGNS = {"+": "entailment", "-": "contradiction", "~": "neutral"}


def pairs() -> list[dict]:
    """Every pair of the suite, with the kind of change."""
    found, premise = [], ""
    for number, line in enumerate((Path(__file__).parent / "suite.txt").read_text(encoding="utf-8").splitlines(), 1):
        sign, text = line[:1], line[2:]
        if sign == "=":
            premise = text
        elif sign in SIGNS:
            kind, _, hypothesis = text.partition(": ")
            if not hypothesis or not premise:
                raise ValueError(f"suite.txt, line {number}: write '{sign} kind: sentence' below a premise")
            found.append({"premise": premise, "hypothesis": hypothesis, "label": SIGNS[sign], "source": f"suite/{kind}"})
        elif sign not in {"", "#"}:
            raise ValueError(f"suite.txt, line {number}: starts with '{sign}', not with one of = + - ~ #")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--scores", type=Path)
    given = parser.parse_args()
    rows = pairs()
    if given.out:
        with gzip.open(given.out, "wt", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    if given.scores:
        right = defaultdict(list)
        for row, line in zip(rows, given.scores.read_text().splitlines(), strict=True):
            probability = json.loads(line)["probability"]
            original = row["label"] == "entailment"
            hit = (probability[0] == max(probability)) == original
            right["originals kept" if original else "mutants rejected"].append(hit)
            right[("kept " if original else "rejected ") + row["source"].removeprefix("suite/")].append(hit)
        for name, hits in right.items():
            print(f"{name}: {sum(hits)} of {len(hits)} ({sum(hits) / len(hits):.1%})")


if __name__ == "__main__":
    main()
