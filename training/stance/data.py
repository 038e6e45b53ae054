"""Labelled questions and papers, read by path; nothing of them is kept here.

A row: {"question", "proposition" (given, or None), "half" ("fit" or "report"), "set", "papers": [{"id", "title", "text",
"rel", "stance", "kind", "best" (text of the deciding sentence), "says" ({stance: [texts of sentences]})}]}
"""

import gzip
import json
import re
import sys
from pathlib import Path

STANCES = ["yes", "no", "mixed", "no-difference"]
LISTS = {"yes": "yes", "no": "no", "nd": "no-difference", "mixed": "mixed"}


def lines(path):
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def clean(text):
    return re.sub(r"\s+", " ", text).strip()


def pubmedqa(shared):
    """Own abstracts. An even PMID is for fitting, an odd one for reporting."""
    texts = {row["pmid"]: row for row in lines(shared / "questions/pubmedqa/abstracts.jsonl.gz")}
    rows = []
    for asked in lines(shared / "questions/pubmedqa/dev.jsonl"):
        row = texts[asked["pmid"]]
        text = clean(" ".join(part["text"] for part in row["sections"]))
        paper = {"id": f"pm{asked['pmid']}", "title": clean(row["title"]), "text": text, "answer": asked["answer"],
                 "conclusion": clean(row["sections"][-1]["text"])}
        half = "fit" if int(asked["pmid"]) % 2 == 0 else "report"
        rows.append({"question": asked["question"], "proposition": None, "half": half, "set": "pubmedqa", "papers": [paper]})
    return rows


def corpus(shared, labels):
    """Every abstract by id, and the splitter that the labels count sentences by."""
    sys.path.insert(0, str(labels))
    import pool

    found = {}
    for path in sorted((shared / "fixtures/arxiv_corpus").glob("*.jsonl")):
        for row in lines(path):
            found[row["id"]] = (clean(row["title"]), clean(row.get("abstract") or row.get("summary") or ""))
    return {**found, **pool.documents(shared)}, pool.sentences


def labelled(found, split, labels):
    """The product's own labels. Every second question of a file is for reporting."""
    rows = []
    for questions in sorted(labels.glob("questions-*.jsonl")):
        papers = {}
        for row in lines(questions.with_name(questions.name.replace("questions", "papers"))):
            title, text = found[row["doc"]]
            spans = split(text)
            sentence = lambda number: text[slice(*spans[number])] if number is not None and number < len(spans) else None
            papers.setdefault(row["q"], []).append({
                "id": row["doc"], "title": title, "text": text, "rel": row["rel"], "stance": row.get("stance"),
                "kind": row.get("kind"), "best": sentence(row.get("best")),
                "says": {name: [sentence(number) for number in row.get(key) or []] for key, name in LISTS.items()}})
        for number, asked in enumerate(lines(questions)):
            if asked["q"] in papers:
                rows.append({"question": asked["question"], "proposition": asked.get("proposition"), "set": "labels", "id": asked["q"],
                             "half": "fit" if number % 2 == 0 else "report", "papers": papers[asked["q"]]})
    return rows


def judged(found, shared):
    """The judged development questions: for reporting only."""
    rows = []
    for number, asked in enumerate(lines(shared / "questions/dev.jsonl")):
        papers = []
        for row in asked["judgements"]:
            title, text = found[row["doc"]]
            papers.append({"id": row["doc"], "title": title, "text": text, "rel": row["relevance"],
                           "stance": row.get("stance"), "kind": row.get("kind"),
                           "best": clean(row["sentence"]) if row.get("sentence") else None, "says": {}})
        rows.append({"question": asked["question"], "proposition": asked["proposition"], "set": "judged", "id": asked["id"],
                     "half": "fit" if number % 2 == 0 else "report", "papers": papers})
    return rows


def overlap(one, other):
    """Whether two sentences are the same, split by different rules: the shorter one lies in the longer, or they share most words."""
    one, other = clean(one), clean(other)
    if one in other or other in one:
        return True
    a, b = set(one.split()), set(other.split())
    return len(a & b) >= 0.8 * min(len(a), len(b))
