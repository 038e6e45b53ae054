"""Fit the temperature and the thresholds, and measure the thresholds on pairs that fitted neither.

    python calibrate.py --model RUN/export/model.onnx --tokenizer RUN/export/tokenizer.json --data ../../shared/nli-data \
                        --out RUN/calibration.json [--split train|dev] [--logits RUN/metrics] [--otherwise 0.7] [--max-tokens 144] [--most 500]

`--logits` names what `evaluate.py` kept of the same model and the same `--most`.

`--split train` takes the calibration split that `data.py` keeps out of every mixture. It is fair only for weights that
never saw it: for weights that go on from a model whose training rows are not known, take `--split dev`, which fits on
the development files. Either way the premises are halved by a hash: one half fits, the other measures.

Temperature: least negative log-likelihood over the fitting half (Guo et al. 2017), every set weighing the same.
Thresholds: the least calibrated probability from which on at most `--wrong` of the claims called supported are not
entailed (called refuted: not contradicted), over the claim-verification sets, every set weighing the same and the
classes weighted to `PRIOR`, since a report meets more undecided pairs than these sets hold.
"""

import argparse
import json
from pathlib import Path

import numpy as np

from data import Reader, key
from evaluate import kept
from score import LABELS, Scorer, calibration_error, probabilities, rows_of, two_way

CLAIMS = {
    "train": ("scifact_train_rationale", "check_covid", "evidence_inference", "fever_dev_2way"),
    "dev": ("scifact_dev_rationale", "scifact_dev_abstract", "check_covid_devtest", "evidence_inference_valtest"),
}
OTHERS = {
    "train": ("mnli_20k", "mnli_dev_taxi"),
    "dev": ("mnli_val_5k", "equate_newsnli"),
}
PRIOR = {"entailment": 0.3, "neutral": 0.5, "contradiction": 0.2}
FEWEST = 30
"""Fewer pairs prove no error rate."""


def likelihood(logits: np.ndarray, labels: list[str], temperature: float) -> float:
    """Mean negative log-likelihood; of a two-way file whatever is not entailed is neutral or contradiction."""
    found = probabilities(logits, temperature)
    joined = two_way(labels)
    picked = [1 - row[0] if joined and label != "entailment" else row[LABELS.index(label)] for row, label in zip(found, labels)]
    return float(-np.log(np.maximum(picked, 1e-9)).mean())


def temperature_of(sets: list[tuple[np.ndarray, list[str]]]) -> float:
    """The temperature between 0.5 and 6 of least mean likelihood, to 0.02."""
    grid = np.arange(0.5, 6.0, 0.02)
    return float(round(min(grid, key=lambda t: sum(likelihood(logits, labels, t) for logits, labels in sets)), 2))


def weights_of(sets: list[list[str]]) -> np.ndarray:
    """Weight of each pair: every set counts the same, and over all of them the classes come to `PRIOR`."""
    weight = np.concatenate([np.full(len(labels), 1 / len(labels)) for labels in sets])
    labels = np.array([label for part in sets for label in part])
    # FEVER's two labels are supported and refuted, so its "not entailed" stands with the contradictions.
    share = {"entailment": labels == "entailment", "neutral": labels == "neutral"}
    share["contradiction"] = ~share["entailment"] & ~share["neutral"]
    for name, mask in share.items():
        if mask.any():
            weight[mask] *= PRIOR[name] / weight[mask].sum()
    return weight


def threshold_of(scores: np.ndarray, right: np.ndarray, weights: np.ndarray, wrong: float) -> float:
    """The least threshold from which on the weighted share of wrong ones stays within `wrong`; 0.999 where none does."""
    order = np.argsort(-scores, kind="stable")
    errors = np.cumsum(np.where(right, 0.0, weights)[order]) / np.cumsum(weights[order])
    within = [at for at in range(FEWEST - 1, len(order)) if errors[at] <= wrong]
    return min(float(np.ceil(scores[order[within[-1]]] * 1000) / 1000), 0.999) if within else 0.999


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


def read(name: str, split: str, data: Path, most: int) -> list[dict]:
    """Rows of one set of the split."""
    if split == "dev":
        return rows_of(data / "dev" / f"{name}.jsonl.gz", most)
    rows = [{"premise": row.premise, "hypothesis": row.hypothesis, "label": row.label} for row in Reader(data).rows(name, True)]
    return rows[:: max(1, -(-len(rows) // most))]


def fits(row: dict) -> bool:
    """Whether a pair is of the fitting half: by premise, so that the halves share none."""
    return sum(key(row["premise"]).encode()) % 2 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--logits", type=Path)
    parser.add_argument("--split", choices=("train", "dev"), default="train")
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--most", type=int, default=500, help="pairs of a set")
    parser.add_argument("--wrong", type=float, default=0.05)
    parser.add_argument("--otherwise", type=float, default=0.999, help="threshold where none holds --wrong")
    given = parser.parse_args()
    scorer = Scorer(given.model, given.tokenizer, given.max_tokens)
    fitting: dict[str, tuple[np.ndarray, list[str]]] = {}
    measuring: dict[str, tuple[np.ndarray, list[str]]] = {}
    for name in (*CLAIMS[given.split], *OTHERS[given.split]):
        rows = read(name, given.split, given.data, given.most)
        at = (given.logits or given.out.with_suffix("")).with_suffix(f".{name}.npy")
        logits, _ = kept(scorer, rows, at)
        for half, wanted in ((fitting, True), (measuring, False)):
            at = [index for index, row in enumerate(rows) if fits(row) == wanted]
            half[name] = (logits[at], [rows[index]["label"] for index in at])
        print(name, len(rows), flush=True)
    temperature = temperature_of(list(fitting.values()))
    report: dict = {"split": given.split, "temperature": temperature, "wrongAsked": given.wrong, "prior": PRIOR, "thresholds": {}, "ece": {}}
    for name, index in (("supported", 0), ("refuted", 2)):
        halves = []
        for half in (fitting, measuring):
            parts = [half[part] for part in CLAIMS[given.split] if index == 0 or "not_entailment" not in half[part][1]]
            scores = np.concatenate([probabilities(logits, temperature)[:, index] for logits, _ in parts])
            right = np.array([label == LABELS[index] for _, labels in parts for label in labels])
            halves.append((scores, right, weights_of([labels for _, labels in parts])))
        threshold = threshold_of(*halves[0], given.wrong)
        is_held = threshold < 0.999
        report["thresholds"][name] = error_of(*halves[1], threshold if is_held else given.otherwise) | {"held": is_held}
        report["thresholds"][name]["curve"] = [error_of(*halves[1], at) for at in (0.5, 0.6, 0.66, 0.7, 0.75, 0.8, 0.85, 0.9)]
    for name, (logits, labels) in measuring.items():
        found = probabilities(logits, temperature)
        if two_way(labels):
            found = np.stack([found[:, 0], found[:, 1:].sum(axis=1)], axis=1)
        truth = [0 if label == "entailment" else 1 if found.shape[1] == 2 else LABELS.index(label) for label in labels]
        right = (found.argmax(axis=1) == np.array(truth)).astype(float)
        report["ece"][name] = round(calibration_error(found.max(axis=1), right), 4)
    given.out.write_text(json.dumps(report, indent=1) + "\n")
    print(json.dumps(report))


if __name__ == "__main__":
    main()
