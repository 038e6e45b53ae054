"""Write `manifest.json` (format 2) and `MODEL_CARD.md` beside a model from what was measured.

    python manifest.py --model RUN/export --calibration RUN/calibration.json --metrics RUN/metrics.json \
                       --name probatum-nli-1 --base "..." --note "..." --limits LIMITS.md

Without `--calibration` the manifest leaves the logits as they are: what `npm run eval` needs to score the pairs that a
calibration is fitted on. `--metrics` is what `npm run eval … --json` printed. `--limits` is a file with what was found that the model cannot do: the card's last part.
"""

import argparse
import gzip
import hashlib
import json
import sys
from pathlib import Path

import deep_data
from data import SETS

NETWORKS = {
    "small": {
        "kind": "Six-layer BERT (MiniLM, hidden 384)",
        "architecture": "BERT, 6 layers, hidden 384, 12 heads",
        "inputs": ["input_ids", "attention_mask", "token_type_ids"],
        "pair": "[CLS] premise [SEP] hypothesis [SEP]",
        "license": "Apache-2.0 (base all-MiniLM-L6-v2, Apache-2.0)",
    },
    "deep": {
        "kind": "Twelve-layer MPNet (hidden 768)",
        "architecture": "MPNet, 12 layers, hidden 768, 12 heads",
        "inputs": ["input_ids", "attention_mask"],
        "pair": "<s> premise </s></s> hypothesis </s>",
        "license": "Apache-2.0 (base all-mpnet-base-v2, Apache-2.0)",
    },
}
UNCALIBRATED = {
    "temperature": 1.0,
    "signals": {},
    "ece": {},
    "prior": {},
    "thresholds": {name: {"threshold": 0.999, "aim": 0.0} for name in ("supported", "leansSupported", "leansRefuted", "refuted")},
    "curve": {},
}
NAMES = {"supported": "supported", "leansSupported": "leans to supported", "leansRefuted": "leans to refuted", "refuted": "refuted"}


def digest(path: Path) -> str:
    """sha256, hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def threshold_note(calibration: dict) -> str:
    """What the thresholds promise and what was measured."""
    if not calibration["prior"]:
        return "not fitted"
    prior = ", ".join(f"{share:.0%} {name}" for name, share in calibration["prior"].items())
    said = [
        f"{NAMES[name]} at {of['threshold']}: aim {of['aim']:.0%} wrong, measured {of['measured']['wrong']:.0%} "
        f"({of['measured']['pairs']} pairs), keeps {of['measured']['kept']:.0%}"
        for name, of in calibration["thresholds"].items()
    ]
    return (
        f"fitted on {', '.join(calibration['fitted on'])}; measured on {', '.join(calibration['measured on'])}, "
        f"which fitted and trained nothing; classes weighted to {prior}; " + "; ".join(said)
    )


def calibration_note(calibration: dict) -> str:
    """What is done to the logits, in a sentence."""
    added = "; ".join(
        f"{by['entailment']:+} to entailment and {by['contradiction']:+} to contradiction where {signal} says {kind}"
        for signal, kinds in calibration["signals"].items()
        for kind, by in kinds.items()
    )
    return f"softmax(logits / {calibration['temperature']} + a), a is {added or 'nothing'}. {calibration['note']}."


def manifest(given: argparse.Namespace) -> dict:
    calibration = json.loads(given.calibration.read_text()) if given.calibration else UNCALIBRATED
    if "bias" in calibration:
        sys.exit("a bias belongs into the weights: export.py --bias, score again, and calibrate without --bias")
    files = json.loads(given.metrics.read_text())["files"] if given.metrics else []
    metrics = {Path(row["file"]).name.removesuffix(".jsonl.gz"): row for row in files}
    thresholds = calibration["thresholds"]
    network = NETWORKS[given.network]
    return {
        "name": given.name,
        "format": 2,
        "architecture": network["architecture"],
        "files": {
            "model": {"path": "model.onnx", "sha256": digest(given.model / "model.onnx")},
            "tokenizer": {
                "path": "tokenizer.json",
                "sha256": digest(given.model / "tokenizer.json"),
                "kind": "bert-wordpiece",
                "lowercase": True,
            },
        },
        "inputs": network["inputs"],
        "output": "logits",
        "labels": ["entailment", "neutral", "contradiction"],
        "pair": network["pair"],
        "maxTokens": given.max_tokens,
        "quantization": "dynamic int8, per channel, weights in 7 bits",
        "calibration": {
            "temperature": calibration["temperature"],
            "signals": calibration["signals"],
            "note": "fitted on half of the premises, every set weighing the same" if given.calibration else "not calibrated",
            "ece": calibration["ece"],
        },
        "thresholds": {
            **{name: of["threshold"] for name, of in thresholds.items()},
            "note": threshold_note(calibration),
            "measured": {name: of["measured"] for name, of in thresholds.items() if "measured" in of},
            **({"curve": calibration["curve"]} if calibration["curve"] else {}),
        },
        "license": network["license"],
        "note": given.note,
        "metrics": {
            name: {part: row[part] for part in ("n", "accuracy", "macroF1", "ece", "brier", "auroc")} for name, row in metrics.items()
        },
    }


def size(path: Path) -> str:
    """On disk, and compressed as it travels."""
    body = path.read_bytes()
    return f"{len(body) / 1e6:.1f} MB ({len(gzip.compress(body, 9)) / 1e6:.1f} MB compressed)"


def table(head: list[str], rows: list[list[object]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def data_of_small() -> str:
    """What the small model was taught with."""
    used = [(name, of) for name, of in SETS.items() if of.rows]
    left_out = [(name, of) for name, of in SETS.items() if of.left_out]
    return (
        table(["set", "rows, at most", "how often", "licence, as its authors state it"], [[name, of.rows, of.times, of.licence] for name, of in used])
        + "\n\nLeft out: "
        + "; ".join(f"{name} ({of.left_out})" for name, of in left_out)
        + ".\n\nMade by the project's own rules (`training/mutants.py`) from public abstracts: changed numbers, units, directions, negations, "
        "hedges, scopes and names, with twins that keep the meaning; arXiv metadata is CC0, SciFact abstracts are ODC-By 1.0. Invented "
        "findings (`training/findings.py`); pairs of all of these with words changed (`training/vary.py`), labelled by the teacher; and pairs of "
        "the sets with the opposite of their hypothesis (`training/opposites.mjs`)."
    )


def data_of_deep() -> str:
    """What the deep model was taught with."""
    licence = {name: of.licence for name, of in SETS.items()} | deep_data.LICENCES
    rows = [[name, most, times, licence[name]] for name, (most, times) in deep_data.SETS.items()]
    return (
        table(["set", "rows, at most", "how often", "licence, as its authors state it"], rows)
        + "\n\nThe project's own labels (`training/labels`), two thirds of their questions; PubMedQA's development questions with even ids (MIT), "
        "their abstracts as premises; windows of SciFact's abstracts, and abstracts that a search brings for its claims; invented comparisons of two "
        "numbers (`training/sides.py`). A quarter of the sentences were put into frames such as \"We find that\"."
    )


def card(given: argparse.Namespace, described: dict) -> str:
    """`MODEL_CARD.md` from its template."""
    measures = ("n", "accuracy", "macroF1", "ece", "brier", "auroc")
    metrics = described["metrics"]
    return (Path(__file__).parent / "MODEL_CARD.md").read_text().format(
        name=given.name,
        size=size(given.model / "model.onnx"),
        max_tokens=given.max_tokens,
        wrong_supported=f"{described['thresholds']['measured']['supported']['wrong']:.0%}" if described["thresholds"]["measured"] else "an unknown share",
        base=given.base,
        kind=NETWORKS[given.network]["kind"],
        pair=NETWORKS[given.network]["pair"],
        data=data_of_deep() if given.network == "deep" else data_of_small(),
        metrics=table(["file", *measures], [[name, *(row[part] for part in measures)] for name, row in metrics.items()]),
        calibration=calibration_note(described["calibration"]),
        thresholds=described["thresholds"]["note"] + ".",
        limits=given.limits.read_text().strip(),
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of model.onnx and tokenizer.json")
    parser.add_argument("--calibration", type=Path)
    parser.add_argument("--metrics", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--base", required=True, help="where the weights come from, a sentence")
    parser.add_argument("--network", choices=NETWORKS, default="small")
    parser.add_argument("--note", default="")
    parser.add_argument("--limits", type=Path, required=True)
    parser.add_argument("--max-tokens", type=int, default=144)
    given = parser.parse_args()
    described = manifest(given)
    (given.model / "manifest.json").write_text(json.dumps(described, indent=1, ensure_ascii=False) + "\n")
    (given.model / "MODEL_CARD.md").write_text(card(given, described))


if __name__ == "__main__":
    main()
