"""Fits `src/stance/params.json` on the product's own labels and the even PMIDs of PubMedQA, and prints what is reached.

    cargo build --release --example stance
    python fit.py --example ../../target/release/examples/stance --shared ../../../shared --labels ../labels --cache cache.jsonl --out params.json

The features are the product's own (`examples/stance.rs`). Every choice rests on folds by question; every third question, by
hash, is held out for one report. The choice keeps the features that the file names. Scores of the model that are not in the cache are missing: `score.py` fills it.
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
# What the sentences say and the model's word alone: the questions held back from a model are too few for more.
FEW_SIDE, FEW_WHICH = ["constant", "decided", "decided-most", *SAYS], ["constant", "yes-no", "yes-no-most", *SAYS]
# By cross-validation among 20 and 60, 8 and 20.
PENALTY = {"choose": 20, "says": 60, "paper": 20}
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


def chances(logits):
    weights = numpy.exp(logits - logits.max(-1, keepdims=True))
    return weights / weights.sum(-1, keepdims=True)


def same(sentence, wanted):
    return any(data.overlap(text, sentence) for text in wanted if text)


def read(example, rows):
    """Papers with the features of their sentences, what is labelled, and the model's scores of candidates."""
    papers = []
    for row, answer in zip(rows, ask(example, "sentences", rows)):
        for paper, sentences in zip(row["papers"], answer["papers"]):
            texts = [paper["text"].encode()[start:end].decode() for start, end, _ in sentences]
            says = [{side for side in SIDES if same(text, paper.get("says", {}).get(side) or [])} for text in texts]
            papers.append({**paper, "set": row["set"], "half": row["half"], "question": row["question"], "held": held_out(row),
                           "proposition": answer["proposition"], "features": [features for _, _, features in sentences],
                           "best": numpy.array([same(text, [paper.get("best")]) for text in texts]), "says": says,
                           "also": numpy.array([bool(sides) for sides in says])})
    return papers


def sides_of(paper):
    """The classes that are right for a paper, by number; 4 is silent, nothing where it teaches nothing."""
    if paper["set"] == "pubmedqa":
        return {"yes": [0], "no": [1, 3], "maybe": [2]}[paper["answer"]]
    if paper["rel"] == 2 and paper["stance"] in SIDES:
        side = SIDES.index(paper["stance"])
        return [0, 3] if side == 0 and paper["proposition"]["equivalence"] else [side]
    return [4] if paper["rel"] == 1 else []


def fit_choice(papers, names):
    papers = [paper for paper in papers if paper.get("rel") == 2 and paper["best"].any()]
    return dict(zip(names, choice_fit(papers, names, PENALTY["choose"])))


def found(papers, choose):
    """How often the deciding sentence comes first, and among two."""
    hits = []
    for paper in papers:
        if paper.get("rel") == 2 and paper["best"].any():
            order = numpy.argsort([-dot(row, choose) for row in paper["features"]], kind="stable")
            hits.append([paper["best"][order[:most]].any() for most in (1, 2)])
    return numpy.mean(hits, 0).round(3)


def weigh(paper, choose, says):
    """What `stance::judge` sees of a paper."""
    logits = numpy.array([dot(row, choose) for row in paper["features"]])
    order = numpy.argsort(-logits, kind="stable")[:MOST]
    shares = chances(logits[order])
    candidates = [dict(paper["features"][at]) for at in order]
    scores = paper["scores"]
    for candidate, readings in zip(candidates, zip(scores[::2], scores[1::2])):
        entails, neutral, denies = numpy.mean(readings, 0)
        candidate["yes-no"] = entails - denies
        candidate["decided"] = numpy.mean([max(e, c) - n for e, n, c in readings])
    whole = {}
    for candidate, share in zip(candidates, shares):
        for name, value in candidate.items():
            whole[name] = whole.get(name, 0.0) + share * value
            if name in ("decided", "yes-no"):
                whole[f"{name}-most"] = max(whole.get(f"{name}-most", -numpy.inf), value)
    said = chances(numpy.array([[0.0, *(dot(candidate, says[side]) for side in SIDES)] for candidate in candidates]))[:, 1:]
    for at, side in enumerate(SIDES):
        whole[f"says-{side}"] = numpy.log(FLOOR + said[:, at].sum())
        whole[f"finding-{side}"] = numpy.log(FLOOR + (shares * said[:, at]).sum())
    return whole


def fit_says(papers):
    rows, targets = [], []
    for paper in papers:
        if paper["set"] == "labels":
            rows += paper["features"]
            targets += [[not sides, *(side in sides for side in SIDES)] for sides in paper["says"]]
    weights = softmax_fit(rows, SENTENCE, targets, PENALTY["says"], 5)
    return {side: dict(zip(SENTENCE, weights[:, at + 1] - weights[:, 0])) for at, side in enumerate(SIDES)}


def fit_stance(papers, choose, said=None, side=SIDE, which=WHICH):
    """The sentences' sides, unless they are `said`, then the papers', on sentences' sides that were fitted to other questions."""
    says = said or fit_says(papers)
    others = [said or fit_says([paper for paper in papers if number("x" + paper["question"], 3) != part]) for part in range(3)]
    rows = [weigh(paper, choose, others[number("x" + paper["question"], 3)]) for paper in papers]
    sides = [sides_of(paper) for paper in papers]
    labelled = [at for at, paper in enumerate(papers) if paper["set"] == "labels" for _ in range(paper["weight"])]
    takes = softmax_fit([rows[at] for at in labelled], side, [[4 in sides[at], 4 not in sides[at]] for at in labelled], PENALTY["paper"] / 2, 2)
    siding = [at for at, of in enumerate(sides) if 4 not in of]
    sided = softmax_fit([rows[at] for at in siding], which, [[of in sides[at] for of in range(4)] for at in siding], PENALTY["paper"], 4)
    return {"says": says, "side": dict(zip(side, takes[:, 1] - takes[:, 0])),
            "which": {of: dict(zip(which, sided[:, at])) for at, of in enumerate(SIDES)}}


def probabilities(papers, choose, model):
    rows = [weigh(paper, choose, model["says"]) for paper in papers]
    side = numpy.array([1 / (1 + numpy.exp(-dot(row, model["side"]))) for row in rows])
    which = chances(numpy.array([[dot(row, model["which"][name]) for name in SIDES] for row in rows]))
    return numpy.hstack([which * side[:, None], 1 - side[:, None]])


def f1(truth, said, of):
    right = ((truth == of) & (said == of)).sum()
    return 2 * right / max(1, (truth == of).sum() + (said == of).sum())


def table(papers, chance, weight):
    """Macro-F1 of yes, no or no difference, and silent; F1 of no; expected calibration error in tenths."""
    at = [at for at, paper in enumerate(papers) if paper["set"] != "pubmedqa" for _ in range(paper["weight"])]
    truth = numpy.array([sides_of(papers[row])[0] for row in at])
    said = (chance[at] * weight).argmax(1)
    three = numpy.array([0, 1, 3, 1, 2])
    known = three[truth] != 3
    macro = numpy.mean([f1(three[truth][known], three[said][known], of) for of in range(3)])
    sure, right = chance[at].max(1), chance[at].argmax(1) == truth
    bins = (sure * 10).astype(int)
    error = sum(abs(sure[bins == of].mean() - right[bins == of].mean()) * (bins == of).mean() for of in set(bins))
    return {"macro-F1": round(macro, 3), "F1 of no": round(f1(truth, said, 1), 3), "calibration error": round(error, 3)}


def class_weights(papers, chance):
    """One factor for both ways of saying no and one for silence, by the folds' own predictions."""
    grid = [0.5, 0.63, 0.8, 1.0, 1.25, 1.6, 2.0]
    tried = [numpy.array([1.0, no, 1.0, no, silent]) for no in grid for silent in grid]
    return max(tried, key=lambda weight: sum(list(table(papers, chance, weight).values())[:2]))


def in_the_products_words(example, rows):
    """Leaves the statement to the rules where they make exactly one of the question, as the product does."""
    bare = [{**row, "proposition": None, "papers": []} for row in rows]
    for row, answer in zip(rows, ask(example, "sentences", bare)):
        if len(answer["byRule"]) == 1:
            row["proposition"] = None


def score(example, rows, papers, params, cache):
    """Puts the model's scores into the papers; none where a pair was not scored."""
    found = {}
    for row, answer in zip(rows, ask(example, "pairs", rows, params)):
        for paper, pairs in zip(row["papers"], answer["papers"]):
            found[row["question"], paper["id"]] = [cache.get(pair["premise"], pair["hypothesis"]) for pair in pairs or []]
    for paper in papers:
        paper["scores"] = found[paper["question"], paper["id"]]


def usable(papers):
    return [paper for paper in papers if paper["proposition"] and sides_of(paper) and paper["scores"] and None not in paper["scores"]]


def weighted(papers):
    """Papers of use, each with its weight: of the silent ones a part was scored, which stands for the others."""
    silent = [paper for paper in papers if paper.get("rel") == 1 and paper["proposition"]]
    each = max(1, round(len(silent) / max(1, len(usable(silent)))))
    for paper in papers:
        paper["weight"] = each if paper.get("rel") == 1 else 1
    return usable(papers)


def by_folds(papers, choose, said, features):
    """What a fit to the other folds' questions says of each paper."""
    chance = numpy.zeros((len(papers), 5))
    folds = numpy.array([number("f" + paper["question"], FOLDS) for paper in papers])
    for fold in range(FOLDS):
        model = fit_stance([paper for paper, of in zip(papers, folds) if of != fold], choose, said, *features)
        chance[folds == fold] = probabilities([paper for paper, of in zip(papers, folds) if of == fold], choose, model)
    return chance


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("example", "shared", "labels", "cache", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--papers", action="store_true", help="keep what is said of sentences, which no model has a part in, and fit what is made of papers")
    parser.add_argument("--held", action="store_true", help="the model was trained on the labels: fit on the questions held back from it alone")
    options = parser.parse_args()
    found_texts, split = data.corpus(options.shared, options.labels)
    own, judged = data.labelled(found_texts, split, options.labels), data.judged(found_texts, options.shared)
    ours = {paper["id"] for row in own for paper in row["papers"]}
    if options.held:
        from pairs import is_held

        own = [row for row in own if is_held(row["id"])]
    even = [] if options.held else [row for row in data.pubmedqa(options.shared) if row["half"] == "fit" and row["papers"][0]["id"] not in ours]
    in_the_products_words(options.example, own)
    in_the_products_words(options.example, judged)
    cache = Cache(options.cache)
    papers, reported = read(options.example, own + even), read(options.example, judged)
    params = json.loads(options.out.read_text())
    fit, held = papers, []
    if not options.papers:
        held = [paper for paper in papers if paper["held"] and paper["set"] == "labels"]
        fit = [paper for paper in papers if not paper["held"] or paper["set"] != "labels"]
        names = list(params["choose"])
        print("finding, held out:", found(held, fit_choice(fit, names)))
        params["choose"] = {name: round(float(value), 3) for name, value in fit_choice(papers, names).items()}
        options.out.write_text(json.dumps(params, indent=1, sort_keys=True) + "\n")
    choose, said = params["choose"], params["says"] if options.papers else None
    print("finding, judged:", found(reported, choose))
    score(options.example, own + even, papers, options.out, cache)
    score(options.example, judged, reported, options.out, cache)
    fit, held, reported = weighted(fit), weighted(held), weighted(reported)
    features = (FEW_SIDE, FEW_WHICH) if options.held else (SIDE, WHICH)
    chance = by_folds(fit, choose, said, features)
    weight = class_weights(fit, chance)
    print("stance, folds:", table(fit, chance, weight))
    if held:
        print("stance, held out:", table(held, probabilities(held, choose, fit_stance(fit, choose, None, *features)), weight))
    shipped = fit_stance(fit + held, choose, said, *features)
    print("stance, judged:", table(reported, probabilities(reported, choose, shipped), weight))
    rounded = lambda values: {name: round(float(value), 3) for name, value in values.items()}
    for part in ("says", "which"):
        params[part] = {side: rounded(values) for side, values in shipped[part].items()}
    params["side"] = rounded(shipped["side"])
    params["weight"] = dict(zip([*SIDES, "silent"], map(float, weight)))
    options.out.write_text(json.dumps(params, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
