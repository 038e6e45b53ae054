"""Fits the relevance of a paper (`src/relevance/signal.rs`) on judged papers and reports on the other half of the questions.

    PORT=8765 node ../shared/scholarly-web/web.mjs &
    cat training/labels/questions-[ab].jsonl training/labels/topic-questions.jsonl | cargo run --release --example signals 8765 > signals.jsonl
    python training/relevance/fit.py signals.jsonl training/labels/papers-[ab].jsonl training/labels/topic-papers.jsonl

A paper counts as on the topic where it is judged 1 or 2. The questions are split by a fixed shuffle.
"""

import json
import random
import sys

import numpy as np

NAMES = ["titled", "together", "bm25", "typical", "weakestSide"]
# Strength of the penalty on the weights; the bias is free.
PENALTY = 1.0


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def name(work):
    """A work's id in the labels: `sf…`, `pm…` or its arXiv id; a preprint and its twin in a journal have one."""
    doi = work["doi"] or ""
    for start, prefix in (("10.5555/sf.", "sf"), ("10.5555/pm.", "pm"), ("10.5555/j.", "")):
        if doi.startswith(start):
            return prefix + doi.removeprefix(start)
    return work["arxivId"]


def judged(signals, labels):
    """Question -> {document: (signals, judgement or None)}."""
    judgements = {}
    for path in labels:
        for row in lines(path):
            judgements.setdefault(row["q"], {})[row["doc"]] = row["rel"]
    return {
        row["q"]: {name(work): (values(work["signals"]), judgements[row["q"]].get(name(work))) for work in row["works"]}
        for row in lines(signals) if row["q"] in judgements
    }, judgements


def values(signals):
    return [signals[key] for key in NAMES]


def pairs(found, questions):
    rows = [(x, rel > 0) for q in questions for x, rel in found[q].values() if rel is not None]
    return np.array([x for x, _ in rows]), np.array([float(on) for _, on in rows])


def fit(x, y):
    """Logistic regression by Newton's method; signals that come out negative are left out one by one."""
    x = np.hstack([np.ones((len(x), 1)), x])
    active = list(range(x.shape[1]))
    while True:
        weights = np.zeros(x.shape[1])
        for _ in range(50):
            part, penalty = x[:, active], np.array([0.0] + [PENALTY] * (len(active) - 1))
            p = 1 / (1 + np.exp(-part @ weights[active]))
            gradient = part.T @ (p - y) + penalty * weights[active]
            curvature = (part * (p * (1 - p))[:, None]).T @ part + np.diag(penalty + 1e-9)
            weights[active] -= np.linalg.solve(curvature, gradient)
        negative = [at for at in active[1:] if weights[at] < 0]
        if not negative:
            return weights
        active.remove(min(negative, key=lambda at: weights[at]))


def probability(weights, x):
    return 1 / (1 + np.exp(-(weights[0] + np.asarray(x) @ weights[1:])))


def area(y, scores):
    ranks = np.empty(len(scores))
    ranks[np.argsort(scores)] = np.arange(1, len(scores) + 1)
    on = y.sum()
    return (ranks[y == 1].sum() - on * (on + 1) / 2) / (on * (len(y) - on))


def rows(found, judgements, questions, weights, cut, keep=60):
    """Recall of the 2s among rows and share of judged rows on topic, means over questions."""
    recall, share, number = [], [], []
    for q in questions:
        scored = sorted(((probability(weights, x), doc) for doc, (x, _) in found[q].items()), reverse=True)[:keep]
        kept = {doc for p, doc in scored if p >= cut}
        two = {doc for doc, rel in judgements[q].items() if rel == 2}
        read = [judgements[q][doc] > 0 for doc in kept if doc in judgements[q]]
        number.append(len(kept))
        recall += [len(two & kept) / len(two)] if two else []
        share += [sum(read) / len(read)] if read else []
    return np.mean(recall), np.mean(share), np.mean(number)


def main():
    found, judgements = judged(sys.argv[1], sys.argv[2:])
    questions = sorted(found)
    random.Random(1).shuffle(questions)
    half, other = questions[:len(questions) // 2], questions[len(questions) // 2:]
    weights = fit(*pairs(found, half))
    print("bias", round(weights[0], 2), dict(zip(NAMES, weights[1:].round(2))))
    x, y = pairs(found, other)
    p = probability(weights, x)
    print(f"other half: {len(other)} questions, {len(y)} papers, {y.mean():.2f} on topic, area {area(y, p):.3f}")
    for low in np.arange(0, 1, 0.2):
        here = (p >= low) & (p < low + 0.2)
        print(f"  given {low:.1f}-{low + 0.2:.1f}: {here.sum()} papers, {y[here].mean():.2f} on topic")
    for cut in (0.2, 0.3, 0.4, 0.5, 0.6):
        recall, share, number = rows(found, judgements, other, weights, cut)
        print(f"  cut {cut}: recall of 2s {recall:.3f}, on topic {share:.3f}, rows {number:.0f}")


if __name__ == "__main__":
    main()
