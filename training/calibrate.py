"""Fit the calibration and the thresholds, and measure them on pairs that fitted neither.

    python calibrate.py --scores RUN/scores --data ../../shared/nli-data/dev --out RUN/calibration.json [--otherwise 0.7] [--bias]

`--scores` is the folder that `npm run eval -- --pairs … --scores FOLDER` wrote for the development files: the logits of the
engine that ships, those of the hypothesis's opposite, and how the numbers, the significance and the direction of each pair compare
(`src/verify/`). The premises are halved by a hash: one half fits, the other measures.

Calibration, as `src/verify/calibrate.rs` applies it: softmax((logits + opposite x opposed) / T + a); opposed = the logits of the opposite,
those of entailment and contradiction exchanged, 0 where there is none; T = temperature x ((words + 1) / 31) ** growth, x
(1 + doubt) where numbers follow or differ; a = the allowances that a pair gets (`ALLOWANCES`), those of numbers, as the doubt, x 2 /
numbers of a premise that has more than two. All of them: least negative log-likelihood (for the temperature alone: Guo et al. 2017),
every set weighing the same. With `--bias` also what the logits of entailment and contradiction lack whatever the pair (Alexandari et
al. 2020, "Maximum likelihood with bias-corrected calibration"); that belongs into the weights of the head: `export.py --bias`, then
this again without.

Thresholds: the least calibrated probability from which on at most `--wrong` of the claims called supported are not
entailed (called refuted: not contradicted), over the claim-verification sets, every set weighing the same and the
classes weighted to `PRIOR`, since a report meets more undecided pairs than these sets hold. Where the measuring half finds more
than `--wrong` there, or it keeps too few of those that are, the threshold is `--otherwise`, measured on both halves.
"""

import argparse
import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from data import key
from score import LABELS, calibration_error, rows_of, two_way

CLAIMS = ("scifact_dev_rationale", "scifact_dev_abstract", "check_covid_devtest", "evidence_inference_valtest")
OTHERS = ("mnli_val_5k", "snli_val_1k", "infotabs_dev_alpha", "nli4ct_evidence_devtest", "equate_newsnli", "equate_awpnli")
PRIOR = {"entailment": 0.3, "neutral": 0.5, "contradiction": 0.2}
FEWEST = 30
"""Fewer pairs prove no error rate."""
LEAST_KEPT = 0.25
"""A verdict that fewer of the claims that deserve it get is of no use, however seldom it is wrong."""
ALLOWANCES = (("numbers", "stated"), ("numbers", "computed"), ("numbers", "differ"), ("significance", "both"), ("significance", "neither"), ("significance", "differ"), ("direction", "same"), ("direction", "opposite"))
"""Where something is added, to entailment and to contradiction: fields of the manifest."""
FIRST = 4
"""Where the parameters of the allowances begin, after log temperature, growth, doubt and opposite; then those of a bias."""
BIAS = FIRST + 2 * len(ALLOWANCES)
DOUBTED = [ALLOWANCES.index(("numbers", which)) for which in ("computed", "differ")]
FEW_NUMBERS = 2
"""Numbers of a premise up to which allowances hold as they are (`src/verify/calibrate.rs`)."""

CURVE = (0.5, 0.6, 0.66, 0.7, 0.75, 0.8, 0.82, 0.84, 0.86, 0.88, 0.9)
"""Thresholds at which the error rates are told."""

SHRINKAGE = 1e-4
"""Of the squared allowances, in the loss: without pairs to say otherwise they stay 0."""


@dataclass(frozen=True)
class Scored:
    """Pairs of one set: logits `[n, 3]`, mirrored ones of the opposite `[n, 3]`, words of the premise, share of each of the
    `ALLOWANCES` `[n, 8]`, labels."""

    logits: np.ndarray
    opposed: np.ndarray
    words: np.ndarray
    allowed: np.ndarray
    labels: np.ndarray
    is_two_way: bool

    def at(self, chosen: np.ndarray) -> "Scored":
        """Those that a mask chooses."""
        return Scored(self.logits[chosen], self.opposed[chosen], self.words[chosen], self.allowed[chosen], self.labels[chosen], self.is_two_way)


def read(name: str, scores: Path, data: Path) -> tuple[Scored, np.ndarray]:
    """One set and which of its pairs are of the fitting half.

    Raises `SystemExit` where the scores are not those of the file.
    """
    rows = rows_of(data / f"{name}.jsonl.gz")
    found = [json.loads(line) for line in (scores / f"{name}.scores.jsonl").read_text().splitlines()]
    if len(found) != len(rows):
        raise SystemExit(f"{name}: {len(found)} scores for {len(rows)} pairs; run eval again, without --most")
    labels = [row["label"] for row in rows]
    scored = Scored(
        np.array([row["logits"] for row in found], dtype=np.float32),
        np.array([(row["opposed"] or [0, 0, 0])[::-1] for row in found], dtype=np.float32),
        np.array([len(row["premise"].split()) for row in rows], dtype=np.float32),
        np.array([[share_of(row, *which) for which in ALLOWANCES] for row in found], dtype=np.float32),
        np.array(labels),
        two_way(labels),
    )
    return scored, np.array([fits(row) for row in rows])


def share_of(row: dict, field: str, which: str) -> float:
    """The share of an allowance that a scored pair gets."""
    weight = FEW_NUMBERS / max(row["among"], FEW_NUMBERS) if field == "numbers" else 1.0
    return weight if row[field] == which else 0.0


def log_probabilities(of: Scored, parameters: torch.Tensor) -> torch.Tensor:
    """`[n, 3]`; the parameters are log temperature, growth, doubt, opposite, for entailment and contradiction each of the `ALLOWANCES`,
    and, where there are two more, what their logits lack."""
    lengths = (torch.tensor(of.words) + 1) / 31
    logits = torch.tensor(of.logits) + parameters[3] * torch.tensor(of.opposed)
    if len(parameters) > BIAS:
        logits = logits + torch.stack([parameters[BIAS], torch.zeros(()), parameters[BIAS + 1]])
    allowed = torch.tensor(of.allowed)
    temperatures = parameters[0].exp() * lengths ** parameters[1] * (1 + parameters[2] * allowed[:, DOUBTED].sum(-1))
    logits = logits / temperatures[:, None]
    entailment, contradiction = (allowed @ parameters[FIRST:BIAS].reshape(-1, 2)).unbind(-1)
    return (logits + torch.stack([entailment, torch.zeros_like(entailment), contradiction], dim=-1)).log_softmax(-1)


def loss_of(of: Scored, parameters: torch.Tensor) -> torch.Tensor:
    """Mean negative log-likelihood; of a two-way file whatever is not entailed is neutral or contradiction."""
    log = log_probabilities(of, parameters)
    if of.is_two_way:
        return -torch.where(torch.tensor(of.labels == "entailment"), log[:, 0], log[:, 1:].logsumexp(-1)).mean()
    at = torch.tensor([LABELS.index(label) for label in of.labels])
    return -log.gather(1, at[:, None]).mean()


def fitted(sets: list[Scored], with_bias: bool) -> torch.Tensor:
    """The parameters of least mean loss over the sets, rounded to two decimals (the temperature as such)."""
    parameters = torch.zeros(BIAS + 2 if with_bias else BIAS, requires_grad=True)
    optimizer = torch.optim.LBFGS([parameters], max_iter=200, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = torch.stack([loss_of(of, parameters) for of in sets]).mean() + SHRINKAGE * (parameters[FIRST:BIAS] ** 2).sum()
        loss.backward()
        return loss

    optimizer.step(closure)
    found = parameters.detach()
    return torch.cat([found[:1].exp().mul(100).round().div(100).log(), found[1:].mul(100).round().div(100)])


def probabilities_of(of: Scored, parameters: torch.Tensor) -> np.ndarray:
    """`[n, 3]`."""
    return log_probabilities(of, parameters).exp().numpy()


def weights_of(sets: list[list[str]]) -> np.ndarray:
    """Weight of each pair: every set counts the same, and over all of them the classes come to `PRIOR`."""
    weight = np.concatenate([np.full(len(labels), 1 / len(labels)) for labels in sets])
    labels = np.array([label for part in sets for label in part])
    for name in LABELS:
        mask = labels == name
        if mask.any():
            weight[mask] *= PRIOR[name] / weight[mask].sum()
    return weight


def threshold_of(scores: np.ndarray, right: np.ndarray, weights: np.ndarray, wrong: float) -> float:
    """The least threshold from which on the weighted share of wrong ones stays within `wrong`; 0.999 where none does."""
    order = np.argsort(-scores, kind="stable")
    errors = np.cumsum(np.where(right, 0.0, weights)[order]) / np.cumsum(weights[order])
    within = [at for at in range(FEWEST - 1, len(order)) if errors[at] <= wrong]
    return min(float(np.ceil(float(scores[order[within[-1]]]) * 1000)) / 1000, 0.999) if within else 0.999


def error_of(scores: np.ndarray, right: np.ndarray, weights: np.ndarray, threshold: float) -> dict[str, float]:
    """Share of wrong ones at a threshold, weighted and by count, and the share of right ones that it keeps."""
    chosen = scores >= threshold
    total = float(weights[chosen].sum())
    return {
        "threshold": threshold,
        "pairs": int(chosen.sum()),
        "wrongPairs": int((chosen & ~right).sum()),
        "wrong": round(float(weights[chosen & ~right].sum()) / total, 4) if total else 0.0,
        "kept": round(float(weights[chosen & right].sum() / weights[right].sum()), 4),
    }


def called(sets: dict[str, Scored], parameters: torch.Tensor, index: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of the pairs of the claim-verification sets: the probability of one label, whether it is theirs, and their weights."""
    parts = [sets[name] for name in CLAIMS]
    scores = np.concatenate([probabilities_of(of, parameters)[:, index] for of in parts])
    return scores, np.concatenate([of.labels == LABELS[index] for of in parts]), weights_of([list(of.labels) for of in parts])


def fits(row: dict) -> bool:
    """Whether a pair is of the fitting half: by premise, so that the halves share none."""
    return sum(key(row["premise"]).encode()) % 2 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scores", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--wrong", type=float, default=0.05)
    parser.add_argument("--otherwise", type=float, nargs="+", default=[0.999], help="threshold where none holds --wrong on both halves; two: of supported, of refuted")
    parser.add_argument("--bias", action="store_true", help="fit too what the head's bias lacks")
    given = parser.parse_args()
    whole: dict[str, Scored] = {}
    fitting: dict[str, Scored] = {}
    measuring: dict[str, Scored] = {}
    for name in (*CLAIMS, *OTHERS):
        whole[name], of_fitting_half = read(name, given.scores, given.data)
        fitting[name], measuring[name] = whole[name].at(of_fitting_half), whole[name].at(~of_fitting_half)
    parameters = fitted(list(fitting.values()), given.bias)
    rounded = [round(value, 2) for value in (float(parameters[0].exp()), *parameters[1:].tolist())]
    allowances = {
        field: {
            which: {"entailment": rounded[FIRST + 2 * at], "contradiction": rounded[FIRST + 2 * at + 1]} for at, (of, which) in enumerate(ALLOWANCES) if of == field
        }
        for field in ("numbers", "significance", "direction")
    }
    report: dict = {"temperature": rounded[0], "growth": rounded[1], "doubt": rounded[2], "opposite": rounded[3], **allowances}
    report |= {"wrongAsked": given.wrong, "prior": PRIOR, "thresholds": {}, "ece": {}}
    if given.bias:
        report["bias"] = {"entailment": rounded[BIAS], "contradiction": rounded[BIAS + 1]}
    for name, index, otherwise in (("supported", 0, given.otherwise[0]), ("refuted", 2, given.otherwise[-1])):
        first, second, both = (called(sets, parameters, index) for sets in (fitting, measuring, whole))
        found = error_of(*second, threshold_of(*first, given.wrong))
        is_held = found["kept"] >= LEAST_KEPT and found["wrong"] <= given.wrong
        # One that is chosen was fitted to neither half.
        report["thresholds"][name] = (found if is_held else error_of(*both, otherwise)) | {"held": is_held, "fitted": found}
        report["thresholds"][name]["curve"] = [error_of(*both, at) for at in CURVE]
    for name, of in measuring.items():
        found = probabilities_of(of, parameters)
        if of.is_two_way:
            found = np.stack([found[:, 0], found[:, 1:].sum(axis=1)], axis=1)
        truth = np.array([0 if label == "entailment" else 1 if of.is_two_way else LABELS.index(label) for label in of.labels])
        right = (found.argmax(axis=1) == truth).astype(float)
        report["ece"][name] = round(calibration_error(found.max(axis=1), right), 4)
    given.out.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
