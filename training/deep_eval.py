"""Measure models on what the product asks of them: the deep one beside the small one on the same rows.

    python deep_eval.py --data ../../shared/nli-data/dev --questions ../../shared/questions --held RUN/held.jsonl.gz \
                        --tokenizer ../www/models/probatum-nli-1/tokenizer.json RUN/deep/0.weights.pt ../www/models/probatum-nli-1/model.onnx

`--held` is what `labels/pairs.py --split held` wrote. The judged questions (`dev.jsonl`) and PubMedQA's development questions with odd ids are
for this report alone: nothing is trained, chosen or fitted on them.
"""

import argparse
import json
from collections import defaultdict
from pathlib import Path

import numpy as np

from deep_data import pubmedqa
from score import LABELS, Scorer, auroc, macro_f1, probabilities, rows_of

SETS = {"mnli_val_5k": 2000, "scifact_dev_rationale": 339, "check_covid_devtest": 434, "clinifact_dev": 316, "evidence_inference_valtest": 500}
"""Development files, and how many pairs of each, spread evenly over it."""
SIGNS = {"yes": "entailment", "no": "contradiction", "no-difference": "contradiction"}


def judged(path: Path) -> list[dict]:
    """The sentences that a reader judged to decide a question, against the question as a statement."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        for judgement in question["judgements"]:
            if question["proposition"] and judgement.get("stance") in SIGNS:
                found.append({"premise": judgement["sentence"], "hypothesis": question["proposition"], "label": SIGNS[judgement["stance"]], "stance": judgement["stance"]})
    return found


def said(probability: np.ndarray) -> list[str]:
    return [LABELS[at] for at in probability.argmax(axis=1)]


def share(hits: list[bool]) -> float:
    return round(float(np.mean(hits)), 3) if hits else float("nan")


def of_set(rows: list[dict], probability: np.ndarray) -> dict:
    labels, found = [row["label"] for row in rows], said(probability)
    if "not_entailment" in labels:
        found = [name if name == "entailment" else "not_entailment" for name in found]
    return {"n": len(rows), "accuracy": share([f == l for f, l in zip(found, labels)]), "macroF1": round(macro_f1(found, labels), 3)}


def of_held(rows: list[dict], probability: np.ndarray) -> dict:
    """Macro-F1 over all, over questions and over pairs; accuracy by type; sides by the order of their numbers, the worse one last."""
    labels, found = [row["label"] for row in rows], said(probability)
    kinds: dict[str, list[bool]] = defaultdict(list)
    for row, f in zip(rows, found):
        name = row["source"].removeprefix("labels/") if "order" not in row else f"sides {row['order']}"
        kinds[name].append(f == row["label"])

    def f1(wanted: bool) -> float:
        chosen = [(f, l) for f, l, row in zip(found, labels, rows) if (row["source"] == "labels/question") == wanted]
        return round(macro_f1([f for f, _ in chosen], [l for _, l in chosen]), 3)

    orders = [share(hits) for name, hits in kinds.items() if name.startswith("sides ")]
    return {
        "n": len(rows),
        "macroF1": round(macro_f1(found, labels), 3),
        "questions": f1(True),
        "pairs": f1(False),
        "worse order": min(orders) if orders else None,
        "types": {name: [share(hits), len(hits)] for name, hits in sorted(kinds.items())},
    }


def of_sides(rows: list[dict], logits: np.ndarray) -> dict:
    """Of what decides: whether a side is taken, whether it is the right one, and whether the logits tell yes from no at all."""
    found = said(probabilities(logits))
    taken = [(f, row["label"]) for f, row in zip(found, rows) if f != "neutral"]
    yes = np.array([row["label"] == "entailment" for row in rows])
    no = [f == "contradiction" for f, row in zip(found, rows) if row["label"] == "contradiction"]
    return {
        "n": len(rows),
        "takes a side": share([f != "neutral" for f in found]),
        "right of those": share([f == l for f, l in taken]),
        "AUC yes/no": round(auroc(logits[:, 0] - logits[:, 2], yes), 3),
        "no found": share(no),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--held", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--share", type=float, default=1.0, help="of the pairs of each development file")
    parser.add_argument("models", type=Path, nargs="+")
    given = parser.parse_args()
    files = {name: rows_of(given.data / f"{name}.jsonl.gz", round(most * given.share)) for name, most in SETS.items()}
    held = rows_of(given.held)
    asked = judged(given.questions / "dev.jsonl")
    own = [vars(row) for row in pubmedqa(given.questions / "pubmedqa", 1)]
    for model in given.models:
        scorer = Scorer(model, given.tokenizer, given.max_tokens)

        def tell(name: str, found: dict, model=model) -> None:
            print(model, name, json.dumps(found), flush=True)

        for name, rows in files.items():
            tell(name, of_set(rows, probabilities(scorer.logits(rows))))
        tell("held", of_held(held, probabilities(scorer.logits(held))))
        tell("judged questions", of_sides(asked, scorer.logits(asked)))
        tell("pubmedqa, odd ids", of_sides(own, scorer.logits(own)))


if __name__ == "__main__":
    main()
