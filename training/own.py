"""The product's own pairs (`labels/`) as files that are scored and measured like any other set.

    python own.py --shared ../../shared --out RUN/own

`own_pairs.jsonl.gz` has the written pairs, sentence by sentence; `own_papers.jsonl.gz` the propositions of the labelled questions
against sentences of the papers read for them: every sentence that says yes, no or no difference (the last two contradict), and of each
paper the two neutral ones that share most words with the proposition, for such are what the product asks about. A row's `group` is
what the halves and draws of a measurement may not cut: the question, or the group of minimal pairs. Texts are read by path; what is
written here is never committed.
"""

import argparse
import gzip
import json
import re
import sys
from pathlib import Path

LABELS = Path(__file__).parent / "labels"
sys.path.insert(0, str(LABELS))

import pool  # noqa: E402
from pairs import is_held  # noqa: E402

NEUTRAL = 2
"""Sentences of a paper taken as neutral."""
SIDES = {"yes": "entailment", "no": "contradiction", "nd": "contradiction"}


def words(text: str) -> set[str]:
    """The stems of a text."""
    return {pool.stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())}


def sentences(document: tuple[str, str]) -> list[str]:
    """The sentences of an abstract, as labels count them."""
    return [document[1][start:end] for start, end in pool.sentences(document[1])]


def pairs(documents: dict) -> list[dict]:
    """The written pairs whose texts are there."""
    rows = []
    for path in sorted(LABELS.glob("pairs-*.jsonl")):
        for row in pool.lines(path):
            premise = row.get("premise")
            if premise is None and row["doc"] in documents:
                found = sentences(documents[row["doc"]])
                premise = found[row["sentence"]] if row["sentence"] < len(found) else None
            if premise is not None:
                rows.append({"premise": premise, "hypothesis": row["hypothesis"], "label": row["label"], "group": row.get("group") or row["id"]})
    return rows


def papers(documents: dict) -> list[dict]:
    """The propositions against sentences of the papers read for them."""
    questions = [row for path in sorted(LABELS.glob("questions-*.jsonl")) for row in pool.lines(path)]
    propositions = {row["q"]: row["proposition"] for row in questions if row.get("proposition")}
    rows = []
    for path in sorted(LABELS.glob("papers-*.jsonl")):
        for row in pool.lines(path):
            if row["q"] not in propositions or row["doc"] not in documents:
                continue
            proposition, found = propositions[row["q"]], sentences(documents[row["doc"]])
            said: dict[int, set[str]] = {}
            for field in (*SIDES, "mixed"):
                for at in row.get(field, []):
                    said.setdefault(at, set()).add(SIDES.get(field, "mixed"))
            labels = {at: next(iter(of)) for at, of in said.items() if len(of) == 1 and at < len(found)}
            silent = sorted((at for at in range(len(found)) if at not in said), key=lambda at: -len(words(found[at]) & words(proposition)))
            labels |= dict.fromkeys(silent[:NEUTRAL], "neutral")
            rows += [
                {"premise": found[at], "hypothesis": proposition, "label": label, "group": row["q"]} for at, label in sorted(labels.items()) if label != "mixed"
            ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", action="store_true", help="only groups that `labels/pairs.py` holds back: for a model that was trained on the others")
    given = parser.parse_args()
    documents = pool.documents(given.shared)
    given.out.mkdir(parents=True, exist_ok=True)
    for name, rows in (("own_pairs", pairs(documents)), ("own_papers", papers(documents))):
        if given.held:
            rows = [row for row in rows if is_held(row["group"])]
        with gzip.open(given.out / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        print(name, len(rows))


if __name__ == "__main__":
    main()
