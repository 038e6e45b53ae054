"""Label files as rows that a network learns from or is measured on.

    python pairs.py --shared ../../../shared --labels . --split train --out RUN/own.jsonl.gz

A row is `{"premise", "title", "hypothesis", "label", "source", "group", "doc"}`, with `"order"` where a pair has it; `source` is `labels/question` or `labels/` and the type of a
pair. The split is by question and by group of pairs: one third, chosen by a hash of its id, is held (`is_held`) and never trained on, and so are whole files that were written to measure. What other measures rest on is in no training row
(`measured`).
"""

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from pathlib import Path

from pool import clean, documents, lines, sentences, terms

HELD = 3
"""One group in so many is held."""
MEASURES = {"pairs-d.jsonl"}
"""Files that were written to measure and are held whole."""
NEUTRAL = 2
"""Neutral sentences for each one that decides: half of papers that bear on the question, half of others."""
LABELS = {"yes": "entailment", "no": "contradiction", "nd": "contradiction"}
"""What a list of sentences says of a directed proposition; `mixed` says nothing that could be learned from one label."""


def hashed(text: str) -> int:
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def is_held(group: str) -> bool:
    """Whether a question or a group of pairs is never trained on."""
    return hashed(group) % HELD == 0


def measured(shared: Path) -> set[str]:
    """Abstracts that other measures rest on: of the judged questions, of SciFact's development claims, and of PubMedQA's development
    questions with odd ids (the even ones may be learned from)."""
    found = {judged["doc"] for row in lines(shared / "questions/dev.jsonl") for judged in row["judgements"] if judged["relevance"] == 2}
    found |= {f"sf{doc}" for row in lines(shared / "nli-data/scifact/claims_dev.jsonl") for doc in row["cited_doc_ids"]}
    return found | {f"pm{row['pmid']}" for row in lines(shared / "questions/pubmedqa/dev.jsonl") if int(row["pmid"]) % 2}


class Texts:
    """Sentences of abstracts, by number."""

    def __init__(self, found: dict[str, tuple[str, str]]):
        self.found = found
        self.split: dict[str, list[str]] = {}

    def title(self, doc: str) -> str:
        return self.found[doc][0]

    def sentences(self, doc: str) -> list[str]:
        if doc not in self.split:
            text = self.found[doc][1]
            self.split[doc] = [text[start:end] for start, end in sentences(text)]
        return self.split[doc]


def of_question(question: dict, papers: list[dict], texts: Texts) -> list[dict]:
    """Sentences of a question's papers against its proposition, those that decide and `NEUTRAL` times as many that do not."""
    proposition = question["proposition"]
    wanted = set(terms(proposition))

    def row(doc: str, at: int, label: str) -> dict:
        return {
            "premise": texts.sentences(doc)[at],
            "title": texts.title(doc),
            "hypothesis": proposition,
            "label": label,
            "source": "labels/question",
            "group": question["q"],
            "doc": doc,
        }

    decided, bearing, others = [], [], []
    for paper in papers:
        doc = paper["doc"]
        listed = {at for name in (*LABELS, "mixed") for at in paper.get(name, [])}
        decided += [row(doc, at, label) for name, label in LABELS.items() for at in paper.get(name, []) if at < len(texts.sentences(doc))]
        rest = [(doc, at) for at in range(len(texts.sentences(doc))) if at not in listed]
        (bearing if paper["rel"] == 2 else others).extend(rest)
    # Of papers that bear on it any sentence is near enough; of others those that share its words are what a search brings.
    bearing.sort(key=lambda place: hashed(f"{question['q']} {place}"))
    others.sort(key=lambda place: (-len(wanted & set(terms(texts.sentences(place[0])[place[1]]))), hashed(f"{question['q']} {place}")))
    half = max(len(decided), 1) * NEUTRAL // 2
    return decided + [row(doc, at, "neutral") for doc, at in bearing[:half] + others[:half]]


def rows(folder: Path, texts: Texts, split: str, apart: set[str]) -> list[dict]:
    """Every row of a split, in the order of the files; `apart` are abstracts that no training row may come from."""
    wanted = split == "held"
    papers: dict[str, list[dict]] = defaultdict(list)
    for path in sorted(folder.glob("papers-*.jsonl")):
        for paper in lines(path):
            papers[paper["q"]].append(paper)
    made: list[dict] = []
    for path in sorted(folder.glob("questions-*.jsonl")):
        for question in lines(path):
            if question.get("proposition") and is_held(question["q"]) == wanted:
                of_it = [paper for paper in papers[question["q"]] if wanted or paper["doc"] not in apart]
                made += of_question(question, of_it, texts)
    for path in sorted(folder.glob("pairs-*.jsonl")):
        for pair in lines(path):
            group = pair.get("group") or pair["id"]
            doc = pair.get("doc") or ""
            if (path.name in MEASURES or is_held(group)) != wanted or (not wanted and doc in apart):
                continue
            premise = pair["premise"] if pair.get("sentence") is None else texts.sentences(doc)[pair["sentence"]]
            title = texts.title(doc) if doc in texts.found else ""
            row = {"premise": clean(premise), "title": title, "hypothesis": pair["hypothesis"], "label": pair["label"], "source": f"labels/{pair['type']}", "group": group, "doc": doc}
            made.append(row | ({"order": pair["order"]} if "order" in pair else {}))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--labels", type=Path, default=Path(__file__).parent)
    parser.add_argument("--split", choices=("train", "held"), required=True)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    made = rows(given.labels, Texts(documents(given.shared)), given.split, measured(given.shared))
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for row in made:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
    for (source, label), count in sorted(Counter((row["source"], row["label"]) for row in made).items()):
        print(source, label, count)
    print("all", len(made), "groups", len({row["group"] for row in made}))


if __name__ == "__main__":
    main()
