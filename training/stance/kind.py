"""Fits `kind` of `src/stance/params.json` and `deep.json`: whether a sentence is a paper's own finding, or stated as known.

    cargo build --release --example stance
    python kind.py --example ../../target/release/examples/stance --shared ../../../shared --labels ../labels --out ../../src/stance/params.json ../../src/stance/deep.json

On the deciding sentences of the product's own labels; what is reached is printed by folds by question and for the judged questions,
which fit nothing. The features are those whose coefficient, by spread, is at least a quarter where all are fitted.
"""

import argparse
import json
from pathlib import Path

import numpy

import data
from fit import FOLDS, ask, number, softmax_fit

FEATURES = """constant contrast existence first-conclusion latter-half negation numbers overlap overlap-of-most own place place-overlap
quantity title-asks title-limits title-overlap title-shared""".split()
PENALTY = 5


def deciding(example, rows):
    """Of each paper on the question: the question, the features of the sentence that decides, and whether it is no own finding."""
    known = [{**row, "papers": [paper for paper in row["papers"] if paper["rel"] == 2 and paper["best"] and paper["kind"]]} for row in rows]
    known = [row for row in known if row["papers"]]
    for row, answer in zip(known, ask(example, "sentences", known)):
        for paper, sentences in zip(row["papers"], answer["papers"]):
            text = paper["text"].encode()
            found = [features for start, end, features in sentences if data.overlap(text[start:end].decode(), paper["best"])]
            if found:
                yield row["question"], found[0], paper["kind"] != "finding"


def fit(sentences):
    weights = softmax_fit([features for _, features, _ in sentences], FEATURES, [[is_known, not is_known] for *_, is_known in sentences], PENALTY, 2)
    return dict(zip(FEATURES, weights[:, 0] - weights[:, 1]))


def said(sentences, model):
    """Whether each is told to be no own finding, by the model or by naming whose it is, as the product tells it."""
    logit = lambda features: sum(value * model.get(name, 0) for name, value in features.items())
    return numpy.array([features.get("second-hand", 0) > 0 or logit(features) > 0 for _, features, _ in sentences])


def table(sentences, told):
    truth = numpy.array([is_known for *_, is_known in sentences])
    return {"right": round((told == truth).mean(), 3), "of what is known, told": round(told[truth].mean(), 3), "of what is told, known": round(truth[told].mean(), 3)}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("example", "shared", "labels"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--out", type=Path, nargs="+", required=True)
    options = parser.parse_args()
    texts, split = data.corpus(options.shared, options.labels)
    own = list(deciding(options.example, data.labelled(texts, split, options.labels)))
    judged = list(deciding(options.example, data.judged(texts, options.shared)))
    folds = numpy.array([number("f" + question, FOLDS) for question, *_ in own])
    told = numpy.zeros(len(own), dtype=bool)
    for fold in range(FOLDS):
        model = fit([sentence for sentence, of in zip(own, folds) if of != fold])
        told[folds == fold] = said([sentence for sentence, of in zip(own, folds) if of == fold], model)
    shipped = fit(own)
    for name, sentences, by in (("labels, folds", own, told), ("judged", judged, said(judged, shipped))):
        print(f"{name}: {len(sentences)} sentences, {table(sentences, by)}; by whose it is named to be alone {table(sentences, said(sentences, {}))}")
    for out in options.out:
        params = json.loads(out.read_text())
        params["kind"] = {name: round(float(value), 3) for name, value in shipped.items()}
        out.write_text(json.dumps(params, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
