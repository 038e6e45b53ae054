"""Fit the calibration and the thresholds, and measure them on families that fitted nothing.

    python calibrate.py --scores RUN/scores --data DIR … --out RUN/calibration.json [--bias]

`--scores` is the folder that `npm run eval -- --pairs … --scores FOLDER` wrote: the logits of the engine that ships and what the
signals of `src/verify/signal.rs` say of each pair. `--data` are the folders of the files of pairs.

Calibration, as `src/verify/calibrate.rs` applies it: softmax(logits / T + a), a the sum of the allowances for what the signals say.
All of it by least negative log-likelihood (for the temperature alone: Guo et al. 2017) over half of the premises of `FITTING`, every
set weighing the same; a kind of a signal that fewer than `FEWEST` pairs have gets no allowance, and neither do the signals in `GUARDS`,
which only forbid. With `--bias` also what the logits of entailment and contradiction lack whatever the pair (Alexandari et al. 2020,
"Maximum likelihood with bias-corrected calibration"); that belongs into the weights of the head: `export.py --bias`, then this again
without.

Thresholds, `AIMS`: the least calibrated probability from which on at most that share of the pairs called so is of another class,
over `FITTING`, every set weighing the same and the classes weighted to `PRIOR`, since a report meets more undecided pairs than these sets
hold. What is *measured* is measured on `UNSEEN`: families of which no pair fitted anything, here or in training, with
90 % bootstrap intervals over their premises. The curve is measured there too.

`--without NAME …` leaves signals out, for an ablation.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from data import key
from score import LABELS, calibration_error, rows_of, two_way

FITTING = ("scifact_dev_rationale", "scifact_dev_abstract", "check_covid_devtest", "evidence_inference_valtest", "nli4ct_evidence_devtest")
UNSEEN = ("clinifact_dev", "own_pairs", "own_papers")
PRIOR = {"entailment": 0.3, "neutral": 0.5, "contradiction": 0.2}
AIMS = {"supported": ("entailment", 0.05), "leansSupported": ("entailment", 0.2), "leansRefuted": ("contradiction", 0.2), "refuted": ("contradiction", 0.05)}
"""Each threshold with its class and the share of wrong ones that it may let pass."""
FEWEST = 30
"""Fewer pairs prove no error rate and fit no allowance."""
GUARDS = ("sides",)
"""Signals that forbid a decision and add nothing to a logit."""
CURVE = [round(0.5 + 0.02 * step, 2) for step in range(25)]
"""Thresholds at which the error rates are told."""
DRAWS = 1000
"""Of the bootstrap."""
SHRINKAGE = 1e-3
"""Of the squared allowances, in the loss: without pairs to say otherwise they stay 0."""

Kind = tuple[str, str]


@dataclass(frozen=True)
class Scored:
    """Pairs of one set: logits `[n, 3]`, what the signals say of each, labels, and the premise that each is of."""

    logits: np.ndarray
    said: list[set[Kind]]
    labels: np.ndarray
    premises: np.ndarray
    is_two_way: bool

    def at(self, chosen: np.ndarray) -> "Scored":
        """Those that a mask chooses."""
        return Scored(self.logits[chosen], [self.said[at] for at in np.flatnonzero(chosen)], self.labels[chosen], self.premises[chosen], self.is_two_way)

    def kinds(self, kinds: list[Kind]) -> np.ndarray:
        """`[n, kinds]`: which of some kinds each pair has."""
        return np.array([[float(kind in said) for kind in kinds] for said in self.said], dtype=np.float32).reshape(len(self.said), len(kinds))


def read(name: str, scores: Path, folders: list[Path]) -> Scored:
    """One set. Raises `SystemExit` where the scores are not those of the file."""
    path = next((folder / f"{name}.jsonl.gz" for folder in folders if (folder / f"{name}.jsonl.gz").exists()), None)
    if path is None:
        raise SystemExit(f"{name}.jsonl.gz is in none of the folders of --data")
    rows = rows_of(path)
    found = [json.loads(line) for line in (scores / f"{name}.scores.jsonl").read_text().splitlines()]
    if len(found) != len(rows):
        raise SystemExit(f"{name}: {len(found)} scores for {len(rows)} pairs; run eval again, without --most")
    labels = [row["label"] for row in rows]
    return Scored(
        np.array([row["logits"] for row in found], dtype=np.float32),
        [set(row["signals"].items()) for row in found],
        np.array(labels),
        np.array([row.get("group") or key(row["premise"]) for row in rows]),
        two_way(labels),
    )


def fits(of: Scored) -> np.ndarray:
    """Which pairs are of the fitting half: by premise, so that the halves share none."""
    return np.array([sum(str(premise).encode()) % 2 == 0 for premise in of.premises])


def kinds_of(sets: list[Scored], without: list[str]) -> list[Kind]:
    """The kinds of signals that get an allowance."""
    counts: dict[Kind, int] = {}
    for of in sets:
        for said in of.said:
            for kind in said:
                counts[kind] = counts.get(kind, 0) + 1
    return sorted(kind for kind, count in counts.items() if count >= FEWEST and kind[0] not in (*GUARDS, *without))


def log_probabilities(of: Scored, kinds: list[Kind], parameters: torch.Tensor) -> torch.Tensor:
    """`[n, 3]`; the parameters are log temperature, for entailment and contradiction each of the kinds, and, where there are two more,
    what their logits lack."""
    logits = torch.tensor(of.logits)
    if len(parameters) > 1 + 2 * len(kinds):
        logits = logits + torch.stack([parameters[-2], torch.zeros(()), parameters[-1]])
    entailment, contradiction = (torch.tensor(of.kinds(kinds)) @ parameters[1 : 1 + 2 * len(kinds)].reshape(-1, 2)).unbind(-1)
    return (logits / parameters[0].exp() + torch.stack([entailment, torch.zeros_like(entailment), contradiction], dim=-1)).log_softmax(-1)


def loss_of(of: Scored, kinds: list[Kind], parameters: torch.Tensor) -> torch.Tensor:
    """Mean negative log-likelihood; of a two-way file whatever is not entailed is neutral or contradiction."""
    log = log_probabilities(of, kinds, parameters)
    if of.is_two_way:
        return -torch.where(torch.tensor(of.labels == "entailment"), log[:, 0], log[:, 1:].logsumexp(-1)).mean()
    at = torch.tensor([LABELS.index(label) for label in of.labels])
    return -log.gather(1, at[:, None]).mean()


def fitted(sets: list[Scored], kinds: list[Kind], with_bias: bool) -> torch.Tensor:
    """The parameters of least mean loss over the sets, rounded to two decimals (the temperature as such)."""
    parameters = torch.zeros(1 + 2 * len(kinds) + 2 * with_bias, requires_grad=True)
    optimizer = torch.optim.LBFGS([parameters], max_iter=100, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        allowances = parameters[1 : 1 + 2 * len(kinds)]
        loss = torch.stack([loss_of(of, kinds, parameters) for of in sets]).mean() + SHRINKAGE * (allowances**2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    found = parameters.detach()
    return torch.cat([found[:1].exp().mul(100).round().div(100).log(), found[1:].mul(100).round().div(100)])


def weights_of(sets: list[Scored]) -> np.ndarray:
    """Weight of each pair: every set counts the same, and over all of them the classes come to `PRIOR`."""
    weight = np.concatenate([np.full(len(of.labels), 1 / len(of.labels)) for of in sets])
    labels = np.concatenate([of.labels for of in sets])
    for name in LABELS:
        mask = labels == name
        if mask.any():
            weight[mask] *= PRIOR[name] / weight[mask].sum()
    return weight


@dataclass(frozen=True)
class Called:
    """Pairs of some sets in the light of one class: its probability where it is the most probable one (else 0), whether it is theirs,
    their weights and premises."""

    scores: np.ndarray
    right: np.ndarray
    weights: np.ndarray
    premises: np.ndarray

    def at(self, chosen: np.ndarray) -> "Called":
        """Those at some places, repeats kept."""
        return Called(self.scores[chosen], self.right[chosen], self.weights[chosen], self.premises[chosen])


def called(sets: list[Scored], kinds: list[Kind], parameters: torch.Tensor, name: str) -> Called:
    found = np.concatenate([log_probabilities(of, kinds, parameters).exp().numpy() for of in sets])
    index = LABELS.index(name)
    return Called(
        np.where(found.argmax(axis=1) == index, found[:, index], 0.0),
        np.concatenate([of.labels == name for of in sets]),
        weights_of(sets),
        np.concatenate([of.premises for of in sets]),
    )


def threshold_of(of: Called, wrong: float) -> float:
    """The least threshold from which on the weighted share of wrong ones stays within `wrong`; 0.999 where none does."""
    order = np.argsort(-of.scores, kind="stable")
    order = order[of.scores[order] > 0.5]
    errors = np.cumsum(np.where(of.right, 0.0, of.weights)[order]) / np.cumsum(of.weights[order])
    within = [at for at in range(FEWEST - 1, len(order)) if errors[at] <= wrong]
    return min(float(np.ceil(float(of.scores[order[within[-1]]]) * 1000)) / 1000, 0.999) if within else 0.999


def error_of(of: Called, threshold: float) -> dict:
    """Share of wrong ones at a threshold, weighted, and the share of right ones that it keeps."""
    chosen = of.scores >= threshold
    total = float(of.weights[chosen].sum())
    return {
        "pairs": int(chosen.sum()),
        "wrong": round(float(of.weights[chosen & ~of.right].sum()) / total, 4) if total else 0.0,
        "kept": round(float(of.weights[chosen & of.right].sum() / of.weights[of.right].sum()), 4),
    }


def interval_of(of: Called, threshold: float) -> list[float]:
    """Where nine of ten shares of wrong ones lie when the premises are drawn anew (Efron & Tibshirani 1993)."""
    draw = np.random.default_rng(1)
    names, places = np.unique(of.premises, return_inverse=True)
    by_premise = [np.flatnonzero(places == at) for at in range(len(names))]
    found = []
    for _ in range(DRAWS):
        chosen = np.concatenate([by_premise[at] for at in draw.integers(0, len(names), len(names))])
        found.append(error_of(of.at(chosen), threshold)["wrong"])
    return [round(float(np.quantile(found, share)), 4) for share in (0.05, 0.95)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bias", action="store_true", help="fit too what the head's bias lacks")
    parser.add_argument("--without", nargs="*", default=[], help="signals that get no allowance")
    given = parser.parse_args()
    whole = {name: read(name, given.scores, given.data) for name in FITTING}
    unseen = {name: read(name, given.scores, given.data) for name in UNSEEN}
    fitting = [of.at(fits(of)) for of in whole.values()]
    measuring = {name: of.at(~fits(of)) for name, of in whole.items()}
    kinds = kinds_of(fitting, given.without)
    parameters = fitted(fitting, kinds, given.bias)
    rounded = [round(value, 2) for value in (float(parameters[0].exp()), *parameters[1:].tolist())]
    signals: dict[str, dict] = {}
    for at, (signal, kind) in enumerate(kinds):
        signals.setdefault(signal, {})[kind] = {"entailment": rounded[1 + 2 * at], "contradiction": rounded[2 + 2 * at]}
    report: dict = {"temperature": rounded[0], "signals": signals, "prior": PRIOR, "fitted on": FITTING, "measured on": UNSEEN}
    if given.bias:
        report["bias"] = {"entailment": rounded[-2], "contradiction": rounded[-1]}
    loss = {name: round(float(loss_of(of, kinds, parameters)), 4) for name, of in (measuring | unseen).items()}
    report |= {"loss": loss, "thresholds": {}, "curve": {}, "ece": {}}
    for name, (label, wrong) in AIMS.items():
        known, new = (called(list(sets.values()), kinds, parameters, label) for sets in (whole, unseen))
        threshold = threshold_of(known, wrong)
        measured = error_of(new, threshold) | {"interval": interval_of(new, threshold)}
        families = {family: error_of(called([of], kinds, parameters, label), threshold) for family, of in (whole | unseen).items()}
        report["thresholds"][name] = {"threshold": threshold, "aim": wrong, "measured": measured, "families": families}
        if not name.startswith("leans"):
            report["curve"][name] = [{"threshold": at} | error_of(new, at) for at in CURVE]
    for name, of in (measuring | unseen).items():
        found = log_probabilities(of, kinds, parameters).exp().numpy()
        if of.is_two_way:
            found = np.stack([found[:, 0], found[:, 1:].sum(axis=1)], axis=1)
        truth = np.array([0 if label == "entailment" else 1 if of.is_two_way else LABELS.index(label) for label in of.labels])
        report["ece"][name] = round(calibration_error(found.max(axis=1), (found.argmax(axis=1) == truth).astype(float)), 4)
    given.out.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
