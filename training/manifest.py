"""Write `manifest.json` (format 1) beside a model from what was measured.

    python manifest.py --model RUN/export --calibration RUN/calibration.json --metrics RUN/metrics.json \
                       --name probatum-nli-1 --note "..." --out RUN/export/manifest.json
"""

import argparse
import hashlib
import json
from pathlib import Path

LICENCE = "Apache-2.0 (base all-MiniLM-L6-v2, Apache-2.0)"
DOUBT = {
    "train": "fitted on the calibration split, half of its premises; measured on the other half",
    "dev": "fitted on half of the development premises and measured on the other half",
}


def digest(path: Path) -> str:
    """sha256, hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def threshold_note(calibration: dict) -> str:
    """One sentence a verdict: what the threshold promises and what was measured."""
    said = []
    for name, found in calibration["thresholds"].items():
        said.append(
            f"{name} at {found['threshold']}: {found['wrong']:.1%} wrong ({found['wrongPairs']} of {found['pairs']} pairs by count), "
            f"keeps {found['kept']:.0%} of what is {name}"
        )
    prior = ", ".join(f"{share:.0%} {name}" for name, share in calibration["prior"].items())
    return f"aim {calibration['wrongAsked']:.0%} wrong; {DOUBT[calibration['split']]}; classes weighted to {prior}; " + "; ".join(said)


def manifest(given: argparse.Namespace) -> dict:
    calibration = json.loads(given.calibration.read_text())
    metrics = json.loads(given.metrics.read_text()) if given.metrics else {}
    thresholds = calibration["thresholds"]
    return {
        "name": given.name,
        "format": 1,
        "architecture": "BERT, 6 layers, hidden 384, 12 heads",
        "files": {
            "model": {"path": "model.onnx", "sha256": digest(given.model / "model.onnx")},
            "tokenizer": {
                "path": "tokenizer.json",
                "sha256": digest(given.model / "tokenizer.json"),
                "kind": "bert-wordpiece",
                "lowercase": True,
            },
        },
        "inputs": ["input_ids", "attention_mask", "token_type_ids"],
        "output": "logits",
        "labels": ["entailment", "neutral", "contradiction"],
        "pair": "[CLS] premise [SEP] hypothesis [SEP]",
        "maxTokens": given.max_tokens,
        "quantization": "dynamic int8, per channel, weights in 7 bits",
        "calibration": {
            "temperature": calibration["temperature"],
            "note": f"temperature scaling (Guo et al. 2017), {DOUBT[calibration['split']]}",
            "ece": calibration["ece"],
        },
        "thresholds": {
            "supported": thresholds["supported"]["threshold"],
            "refuted": thresholds["refuted"]["threshold"],
            "note": threshold_note(calibration),
            "measured": {
                name: {part: found[part] for part in ("pairs", "wrongPairs", "wrong", "kept")} for name, found in thresholds.items()
            },
        },
        "license": LICENCE,
        "note": given.note,
        "metrics": {
            name: {part: row[part] for part in ("n", "accuracy", "macroF1", "ece", "brier", "auroc")} for name, row in metrics.items()
        },
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="folder of model.onnx and tokenizer.json")
    parser.add_argument("--calibration", type=Path, required=True)
    parser.add_argument("--metrics", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--note", default="")
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    given.out.write_text(json.dumps(manifest(given), indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
