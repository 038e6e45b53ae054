"""The papers that a labeller reads for a question: BM25 over the abstracts, sentences numbered.

    python pool.py --shared ../../../shared --question "Does X improve Y?" [--words "more words"] [--most 16]
    python pool.py --shared ../../../shared --id sf12345 --id 2506.02480

The same file holds the sentence splitter by which labels count sentences. Texts are read by path and never kept.
"""

import argparse
import gzip
import json
import math
import re
from collections import Counter
from pathlib import Path

STOP = set("the of and to in a is for on with that by as are this be from an at or it we our can their which has have "
           "not does do how what when than into using used use between".split())
# A full stop ends a sentence where a capital, digit or bracket follows and the word before is no usual abbreviation.
BOUNDARY = re.compile(r"(?<=[.!?])[\"')\]]*\s+(?=[\"'(\[]?[A-Z0-9])")
ABBREVIATION = re.compile(r"(?:\b(?:e\.g|i\.e|et al|vs|cf|resp|approx|Fig|Figs|Eq|No|Dr|Prof|St|ca|spp?)|\b[A-Z])\.$")


def lines(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def clean(text):
    return re.sub(r"\s+", " ", text).strip()


def documents(shared):
    """Every abstract once: id -> (title, text), white space collapsed; labels are spans of that text."""
    found = {}
    for row in lines(shared / "fixtures/arxiv_corpus/abstracts_40k.jsonl.gz"):
        found[row["id"]] = (clean(row["title"]), clean(row.get("abstract") or row.get("summary") or ""))
    for row in lines(shared / "nli-data/scifact/corpus.jsonl.gz"):
        found[f"sf{row['doc_id']}"] = (clean(row["title"]), clean(" ".join(row["abstract"])))
    for row in lines(shared / "questions/pubmedqa/abstracts.jsonl.gz"):
        found[f"pm{row['pmid']}"] = (clean(row["title"]), clean(" ".join(part["text"] for part in row["sections"])))
    return found


def sentences(text):
    """Spans of the sentences of a text."""
    spans, start = [], 0
    for match in BOUNDARY.finditer(text):
        if ABBREVIATION.search(text[start:match.start()]):
            continue
        spans.append((start, match.start()))
        start = match.end()
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def stem(word):
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    if len(word) > 6 and word.endswith("ing"):
        word = word[:-3]
    elif len(word) > 5 and word.endswith("ed"):
        word = word[:-2]
    return word[:-1] if len(word) > 4 and word.endswith("e") else word


def terms(text):
    return [stem(word) for word in re.findall(r"[a-z0-9α-ω]+", text.lower()) if word not in STOP]


class Index:
    """Okapi BM25 (k1 = 1.2, b = 0.75), the title counted twice."""

    def __init__(self, found):
        self.ids, self.postings, self.length = [], {}, []
        for at, (name, (title, text)) in enumerate(found.items()):
            counts = Counter(terms(f"{title} {title} {text}"))
            self.ids.append(name)
            self.length.append(sum(counts.values()))
            for term, count in counts.items():
                self.postings.setdefault(term, []).append((at, count))
        self.mean = sum(self.length) / max(len(self.length), 1)

    def best(self, query, most):
        scores = Counter()
        for term in set(terms(query)):
            posted = self.postings.get(term, [])
            idf = math.log(1 + (len(self.ids) - len(posted) + 0.5) / (len(posted) + 0.5))
            for at, count in posted:
                norm = 1.2 * (0.25 + 0.75 * self.length[at] / self.mean)
                scores[at] += idf * count * 2.2 / (count + norm)
        return [self.ids[at] for at, _ in scores.most_common(most)]


def show(name, title, text):
    print(f"\n[{name}] {title}")
    for number, (start, end) in enumerate(sentences(text)):
        print(f"  {number}: {text[start:end]}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--question", action="append", default=[])
    parser.add_argument("--words", action="append", default=[], help="a second search, its results joined")
    parser.add_argument("--id", action="append", default=[])
    parser.add_argument("--most", type=int, default=16)
    arguments = parser.parse_args()
    found = documents(arguments.shared)
    for name in arguments.id:
        show(name, *found[name])
    if not arguments.question:
        return
    index = Index(found)
    for question in arguments.question:
        print(f"\n=== {question}")
        rankings = [index.best(query, arguments.most) for query in [question, *arguments.words]]
        pooled = list(dict.fromkeys(name for rank in zip(*rankings) for name in rank))[:arguments.most]
        for name in pooled:
            show(name, *found[name])


if __name__ == "__main__":
    main()
