"""Fits `src/stance/params.json` on the product's own labels and the even PMIDs of PubMedQA, and prints what is reached.

    cargo build --release --example stance
    python fit.py --example ../../target/release/examples/stance --shared ../../../shared --labels ../labels --cache cache.jsonl --out params.json

The features are the product's own (`examples/stance.rs`). Every choice rests on folds by question; every third question, by
hash, is held out for one report. Scores of the model that are not in the cache are missing: `score.py` fills it.
"""

import argparse
import hashlib
import json
import subprocess
from pathlib import Path

import numpy
import torch

import data
from score import Cache

# In the order of `data.STANCES`; a sentence says one of them or nothing.
SIDES = data.STANCES
SAYS = [f"{of}-{side}" for of in ("says", "finding") for side in SIDES]
# What says that a sentence states a side: kind of sentence, closeness, words of yes and no, and kind of proposition.
SENTENCE = """constant aim aside own results clause strong conclude place outlook release question effect comparison method quantity
short overlap both-sides subject-shared said-shared title-shared title-overlap closest better worse contrast depends limits negation
useless nothing unclear hedge significant no-significance associated similar same-direction opposite-direction asks-association
asks-ability asks-duty asks-more asks-less asks-denial title-asks title-limits denials denied-near denied-after-turn same-way
way-repeated ability-limits ability-negation denial-negation duty-negation association-associated more-better""".split()
SIDE = ["constant", "title-overlap", *SAYS, *"""own results strong outlook aim subject-shared said-shared title-shared nothing associated
release comparison decided decided-most asked""".split()]
WHICH = ["constant", *SAYS, *"""better worse contrast depends limits negation useless nothing unclear hedge significant no-significance
yes-no yes-no-most""".split()]
# By cross-validation among 20 and 60, 8 and 20.
PENALTY = {"choose": 20, "says": 60, "paper": 20}
# Features of the choice that are kept, by the size of their coefficient times their spread.
CHOSEN = 46
# Weight of a sentence that states the side but is not the deciding one.
ALSO = 0.3
FLOOR, MOST, FOLDS = 0.02, 5, 5


def number(text, of):
    return int(hashlib.sha1(text.encode()).hexdigest(), 16) % of


def held_out(row):
    return number(row["question"], 3) == 0


def ask(example, mode, rows, params=None):
    """Runs the example; its answers a row."""
    given = [{"question": row["question"], "proposition": row["proposition"],
              "papers": [{key: paper[key] for key in ("id", "title", "text")} for paper in row["papers"]]} for row in rows]
    command = [str(example), mode, *([str(params)] if params else [])]
    run = subprocess.run(command, input="\n".join(map(json.dumps, given)), capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def minimize(weights, loss):
    optimizer = torch.optim.LBFGS([weights], max_iter=100, line_search_fn="strong_wolfe")

    def closure():
        optimizer.zero_grad()
        value = loss()
        value.backward()
        return value

    optimizer.step(closure)
    return weights.detach().numpy()


def matrix(features, names):
    """Features by name as columns, each divided by its spread, and the spreads."""
    columns = numpy.array([[row.get(name, 0.0) for name in names] for row in features])
    spread = columns.std(0)
    spread[spread < 1e-6] = 1.0
    return torch.tensor(columns / spread), spread


def softmax_fit(features, names, targets, penalty, classes):
    """Multinomial logistic regression; a row of `targets` marks every class that is right."""
    columns, spread = matrix(features, names)
    allowed = torch.tensor(numpy.array(targets, dtype=float))
    free = torch.tensor([[0.0 if name == "constant" else 1.0] for name in names])
    weights = torch.zeros(len(names), classes, dtype=torch.double, requires_grad=True)

    def loss():
        chances = torch.softmax(columns @ weights, 1)
        # The constant is held a little, for nothing else fixes the sum of the classes.
        return -torch.log((chances * allowed).sum(1) + 1e-12).sum() + penalty * ((free + 0.02) * weights**2).sum()

    return minimize(weights, loss) / spread[:, None]


def choice_fit(papers, names, penalty):
    """Softmax over the sentences of an abstract."""
    columns, spread = matrix([row for paper in papers for row in paper["features"]], names)
    sizes = [len(paper["features"]) for paper in papers]
    wanted = [numpy.where(paper["best"], 1.0, numpy.where(paper["also"], ALSO, 0.0)) for paper in papers]
    wanted = torch.tensor(numpy.concatenate([row / row.sum() for row in wanted]))
    weights = torch.zeros(len(names), dtype=torch.double, requires_grad=True)

    def loss():
        logits = torch.split(columns @ weights, sizes)
        return -(wanted * torch.cat([torch.log_softmax(row, 0) for row in logits])).sum() + penalty * (weights**2).sum()

    return minimize(weights, loss) / spread


def dot(features, weights):
    return sum(value * weights.get(name, 0.0) for name, value in features.items())
