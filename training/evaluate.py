"""Measure a model on every development file, beside three baselines.

    python evaluate.py --model RUN/export/model.onnx --tokenizer RUN/export/tokenizer.json --data ../../shared/nli-data/dev \
                       --out RUN/metrics.json [--temperature 1.0] [--most 1000] [--only scifact_dev_abstract mnli_val_5k]

Files with two labels are measured two-way. Baselines: the most frequent class; the share of the hypothesis's words that
the premise has; BM25 of the hypothesis against the premise. Their accuracy is of entailed or not, at the best threshold
on the file itself, which favours them. Logits are kept beside `--out` and taken from there when it is run again for other
thresholds: remove them when the model changes. With `--supported` and `--refuted` the error rates at these thresholds are
measured as well.
"""

import argparse
import json
import time
from collections import Counter
from pathlib import Path

import numpy as np

from score import LABELS, WINDOW, Scorer, auroc, bm25, measure, overlap, probabilities, rows_of


def best_accuracy(scores: np.ndarray, entailed: np.ndarray) -> float:
    """Greatest two-way accuracy that any threshold on `scores` gives."""
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(entailed[order]) + (~entailed).sum() - np.cumsum(~entailed[order])
    return float(max(hits.max(), (~entailed).sum()) / len(scores))


def baselines(rows: list[dict]) -> dict[str, float]:
    """Accuracy of the most frequent class, and two-way accuracy and AUROC of word overlap and BM25."""
    labels = [row["label"] for row in rows]
    entailed = np.array([label == "entailment" for label in labels])
    scores = {
        "overlap": np.array([overlap(row["premise"], row["hypothesis"]) for row in rows]),
        "bm25": np.array(bm25(rows)),
    }
    found = {"majority": round(Counter(labels).most_common(1)[0][1] / len(labels), 4)}
    for name, values in scores.items():
        found[f"{name}TwoWay"] = round(best_accuracy(values, entailed), 4)
        found[f"{name}Auroc"] = round(auroc(values, entailed), 4)
    return found


def at_threshold(probability: np.ndarray, labels: list[str], name: str, threshold: float) -> dict[str, float]:
    """Of the pairs at or above the threshold: how many there are, and the share that is not of class `name`."""
    chosen = probability[:, LABELS.index(name)] >= threshold
    right = np.array([label == name for label in labels])
    said = int(chosen.sum())
    return {
        "said": said,
        "wrong": round(float((chosen & ~right).sum() / said), 4) if said else 0.0,
        "kept": round(float((chosen & right).sum() / max(right.sum(), 1)), 4),
    }


def kept(scorer: Scorer, rows: list[dict], path: Path) -> tuple[np.ndarray, float | None]:
    """Logits of the rows, from `path` where it holds as many, and pairs scored in a second of processor time."""
    if path.exists() and len(found := np.load(path)) == len(rows):
        return found, None
    started = time.process_time()
    found = scorer.logits(rows)
    np.save(path, found)
    return found, round(len(rows) / (time.process_time() - started), 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--window", type=int, default=WINDOW, help="tokens of a window of a premise that is too long")
    parser.add_argument("--tensorwise", action="store_true", help="with onnxruntime, one scale of activations a tensor")
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--supported", type=float)
    parser.add_argument("--refuted", type=float)
    parser.add_argument("--most", type=int, help="pairs of a file, spread evenly over it")
    parser.add_argument("--only", nargs="*", help="these files, in this order")
    given = parser.parse_args()
    scorer = Scorer(given.model, given.tokenizer, given.max_tokens, given.window, given.tensorwise)
    found = {}
    print("file | n | accuracy | macro-F1 | ECE | Brier | AUROC | pairs/s | majority | overlap AUROC | BM25 AUROC")
    names = given.only or sorted(path.name.removesuffix(".jsonl.gz") for path in given.data.glob("*.jsonl.gz"))
    for name in names:
        rows = rows_of(given.data / f"{name}.jsonl.gz", given.most)
        labels = [row["label"] for row in rows]
        logits, speed = kept(scorer, rows, given.out.parent / f"{given.out.stem}.{name}.npy")
        probability = probabilities(logits, given.temperature)
        row = measure(probability, labels) | {"pairsPerSecond": speed, "baselines": baselines(rows)}
        if given.supported is not None:
            row["supported"] = at_threshold(probability, labels, "entailment", given.supported)
        if given.refuted is not None and "not_entailment" not in labels:
            row["refuted"] = at_threshold(probability, labels, "contradiction", given.refuted)
        found[name] = row
        base = row["baselines"]
        print(
            f"{name} | {row['n']} | {row['accuracy']} | {row['macroF1']} | {row['ece']} | {row['brier']} | {row['auroc']} | "
            f"{speed} | {base['majority']} | {base['overlapAuroc']} | {base['bm25Auroc']}",
            flush=True,
        )
        given.out.write_text(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
