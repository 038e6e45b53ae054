"""Score pairs with checkpoints, or with models in the shipping format, and measure what comes out: which of them to ship.

    python score.py --tokenizer ../www/models/probatum-nli-1/tokenizer.json --data ../../shared/nli-data/dev \
                    RUN/train/0.weights.pt RUN/train/0.ema.pt

A line a model and file, two-way where the labels are; "kept" is the share of entailed pairs that are called so, "rejected"
that of the others that are not. Of what ships, `npm run eval` has the last word: it runs the engine itself.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np

import suite

LABELS = ("entailment", "neutral", "contradiction")
USUAL_TEMPERATURE = 1.5
"""Near what calibrations have come to; it moves the calibration errors and no label."""
WINDOW = 100
"""Tokens of a window of a premise that has to be split; the engine's own (`nli/src/window.rs`)."""


def rows_of(path: Path, most: int | None = None) -> list[dict]:
    """Rows of a file of pairs; with `most`, so many spread evenly over it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    if most is None or len(rows) <= most:
        return rows
    return [rows[int(index * len(rows) / most)] for index in range(most)]


def quantized_rows(states):
    """Each row (token) in unsigned 8 bits and back, as the engine does it before a product of integers.

    The row's range, made to hold 0, is cut into 255 steps; 0 falls on a step (its zero point).
    """
    low = states.amin(dim=-1, keepdim=True).clamp(max=0.0)
    high = states.amax(dim=-1, keepdim=True).clamp(min=0.0)
    step = ((high - low) / 255).clamp(min=1e-12)
    zero = (-low / step).round()
    return ((states / step).round() + zero).clamp(0, 255).sub(zero) * step


def network_of(model: Path):
    """The network of a checkpoint (`.pt`) in floats, or of a shipped model (`.onnx`) with the engine's arithmetic.

    Of a shipped model the weights are those that its integers stand for, and what enters a linear layer is rounded to 8 bits a
    row: sums of products of integers are exact, so nothing else tells this apart from the engine but the last bits of floats.
    """
    import torch

    if model.suffix != ".onnx":
        from network import Nli
        from teacher import Teacher

        state = torch.load(model, map_location="cpu")
        return (Teacher if "distances.weight" in state else Nli).with_weights(state).eval()
    import base

    network = base.load(base.from_onnx(model)).eval()
    for module in network.modules():
        if isinstance(module, torch.nn.Linear):
            module.register_forward_pre_hook(lambda _, inputs: (quantized_rows(inputs[0]),))
    return network


class Scorer:
    """Logits of pairs. A premise that is too long is split into windows as the engine does it; nothing of it is dropped.

    With `tensorwise`, a shipped model is run by onnxruntime instead, whose activations have one scale a tensor.
    """

    def __init__(self, model: Path, tokenizer: Path, max_tokens: int, window: int = WINDOW, tensorwise: bool = False):
        from tokenizers import Tokenizer

        self.max_tokens, self.window = max_tokens, window
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        if tensorwise:
            import onnxruntime

            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            session = onnxruntime.InferenceSession(str(model), options)
            names = ("input_ids", "attention_mask", "token_type_ids")
            self.forward = lambda *inputs: session.run(None, dict(zip(names, inputs)))[0]
            # A pair's logits must not depend on its neighbours in a batch.
            self.batch = 1
        else:
            import torch

            torch.set_num_threads(1)
            network = network_of(model)

            def forward(*inputs):
                with torch.no_grad():
                    return network(*(torch.from_numpy(values) for values in inputs)).numpy()

            self.forward = forward
            self.batch = 16

    def windows(self, premise: str, hypothesis: str) -> list[tuple[list[int], list[int]]]:
        """Token ids and sides of every window of the premise; one where the pair fits."""
        claim = self.tokenizer.encode(hypothesis, add_special_tokens=False).ids[: self.max_tokens * 3 // 4 - 3]
        text = self.tokenizer.encode(premise, add_special_tokens=False)
        room = self.max_tokens - len(claim) - 3
        parts = [text.ids]
        if len(text.ids) > room:
            starts_word = [not token.startswith("##") for token in text.tokens]
            parts = [text.ids[start:end] for start, end in spans(starts_word, min(self.window, room))]
        first, separator = (self.tokenizer.token_to_id(token) for token in ("[CLS]", "[SEP]"))
        return [
            ([first, *part, separator, *claim, separator], [0] * (len(part) + 2) + [1] * (len(claim) + 1)) for part in parts
        ]

    def logits(self, rows: list[dict]) -> np.ndarray:
        """`[rows, 3]`: of each pair, the window that is most decided: one that speaks outweighs those that do not."""
        encoded = [(index, window) for index, row in enumerate(rows) for window in self.windows(row["premise"], row["hypothesis"])]
        encoded.sort(key=lambda item: len(item[1][0]))
        best = np.full((len(rows), 3), np.nan, dtype=np.float32)
        for start in range(0, len(encoded), self.batch):
            part = encoded[start : start + self.batch]
            longest = max(len(ids) for _, (ids, _) in part)
            inputs = [np.zeros((len(part), longest), dtype=np.int64) for _ in range(3)]
            for at, (_, (ids, sides)) in enumerate(part):
                inputs[0][at, : len(ids)], inputs[1][at, : len(ids)], inputs[2][at, : len(ids)] = ids, 1, sides
            for (index, _), found in zip(part, self.forward(*inputs)):
                if np.isnan(best[index, 0]) or decidedness(found) > decidedness(best[index]):
                    best[index] = found
        return best


def spans(starts_word: list[bool], size: int) -> list[tuple[int, int]]:
    """Windows of at most `size` tokens, cut between words, each half over the next, as the engine lays them out."""

    def word_start(at: int, floor: int) -> int:
        return next((place for place in range(at, floor, -1) if starts_word[place]), at)

    made, start = [], 0
    while start + size < len(starts_word):
        end = word_start(start + size, start + size // 2)
        made.append((start, end))
        start = word_start(end - size // 2, start)
    return [*made, (start, len(starts_word))]


def decidedness(logits: np.ndarray) -> float:
    """By how much the stronger of entailment and contradiction exceeds neutral."""
    return float(max(logits[0], logits[2]) - logits[1])


def probabilities(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """softmax(logits / temperature) by row."""
    scaled = logits.astype(np.float64) / temperature
    scaled -= scaled.max(axis=1, keepdims=True)
    raised = np.exp(scaled)
    return raised / raised.sum(axis=1, keepdims=True)


def two_way(labels: list[str]) -> bool:
    """Whether a file tells apart entailment and one other label, as the two-class sets of EQUATE do."""
    others = set(labels) - {"entailment"}
    return "not_entailment" in others or ("entailment" in labels and len(others) == 1)


def auroc(scores: np.ndarray, positive: np.ndarray) -> float:
    """Area under the ROC curve, ties counted half (Mann-Whitney); 0.5 where a class is empty."""
    _, inverse, counts = np.unique(scores, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    good = int(positive.sum())
    bad = len(scores) - good
    if not good or not bad:
        return 0.5
    return float((ranks[positive].sum() - good * (good + 1) / 2) / (good * bad))


def macro_f1(found: list[str], labels: list[str]) -> float:
    """Mean F1 of the classes that the file has."""
    scores = []
    for name in sorted(set(labels)):
        hit = sum(f == l == name for f, l in zip(found, labels))
        said, there = found.count(name), labels.count(name)
        scores.append(2 * hit / (said + there) if said + there else 0.0)
    return sum(scores) / len(scores)


def calibration_error(confidence: np.ndarray, right: np.ndarray, bins: int = 15) -> float:
    """Expected calibration error with bins of equal width (Guo et al. 2017)."""
    at = np.minimum((confidence * bins).astype(int), bins - 1)
    return float(sum(abs(confidence[at == b].sum() - right[at == b].sum()) for b in range(bins)) / len(right))


def measure(probability: np.ndarray, labels: list[str]) -> dict[str, float]:
    """Accuracy, macro-F1, ECE, Brier and entailment AUROC; two-way where the labels are."""
    entailed = np.array([label == "entailment" for label in labels])
    if two_way(labels):
        labels = ["entailment" if label == "entailment" else "not_entailment" for label in labels]
        names: tuple[str, ...] = ("entailment", "not_entailment")
        probability = np.stack([probability[:, 0], probability[:, 1] + probability[:, 2]], axis=1)
    else:
        names = LABELS
    found = [names[index] for index in probability.argmax(axis=1)]
    right = np.array([f == l for f, l in zip(found, labels)], dtype=float)
    truth = np.array([[float(name == label) for name in names] for label in labels])
    return {
        "n": len(labels),
        "accuracy": round(float(right.mean()), 4),
        "macroF1": round(macro_f1(found, labels), 4),
        "ece": round(calibration_error(probability.max(axis=1), right), 4),
        "brier": round(float(((probability - truth) ** 2).sum(axis=1).mean()), 4),
        "auroc": round(auroc(probability[:, 0], entailed), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True, help="folder of development files")
    parser.add_argument("--most", type=int, default=700, help="pairs of a file, spread evenly over it")
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("models", type=Path, nargs="+")
    given = parser.parse_args()
    files = {path.name.removesuffix(".jsonl.gz"): rows_of(path, given.most) for path in sorted(given.data.glob("*.jsonl.gz"))}
    files["suite"] = suite.pairs()
    for model in given.models:
        scorer = Scorer(model, given.tokenizer, given.max_tokens)
        for name, rows in files.items():
            labels = [row["label"] for row in rows]
            probability = probabilities(scorer.logits(rows), USUAL_TEMPERATURE)
            said = probability.argmax(axis=1) == 0
            true = np.array([label == "entailment" for label in labels])
            found = measure(probability, labels) | {"kept": round(float(said[true].mean()), 3), "rejected": round(float(1 - said[~true].mean()), 3)}
            print(model.name, name, json.dumps(found), flush=True)


if __name__ == "__main__":
    main()
