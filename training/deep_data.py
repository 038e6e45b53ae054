"""The mixture of the deep model: what people labelled of science first, general inference beside it, and no rule that gives its label away.

    python deep_data.py --data ../../shared/nli-data --questions ../../shared/questions/pubmedqa --out RUN/deep.jsonl.gz [--own RUN/own.jsonl.gz --times 3]

`--own` is what `labels/pairs.py --split train` wrote. Rows are those of `data.py`.
"""

import argparse
import gzip
import json
import re
from collections import Counter, defaultdict
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

from data import Reader, Row, Text, key, rows_of, scifact_retrieved, scifact_windows, sentences
from sides import compared

MOST_WORDS = 100
"""Words of premise and hypothesis together that 144 tokens hold, as scientific English goes."""

SETS: dict[str, tuple[int, int]] = {
    # science and health, whole
    "scifact_train_rationale": (913, 2),
    "check_covid": (1067, 2),
    "clinifact": (1260, 1),
    "evidence_inference": (5000, 1),
    "citation_integrity": (2136, 1),
    "nli4ct_evidence": (1684, 1),
    "covidfact": (1200, 1),
    "climate_fever_half": (2200, 1),
    # claims and tables
    "fm2_dev": (1169, 1),
    "wice_dev": (1023, 1),
    "fever_dev_2way": (2500, 1),
    "infotabs": (2500, 1),
    "equate_stresstest_70": (700, 1),
    # general
    "mnli_20k": (11000, 1),
    "mnli_dev_taxi": (4000, 1),
    "ling_in_loop": (3000, 1),
    "cad_snli": (2000, 1),
    "new_protocols": (2000, 1),
    "hans_generated": (900, 1),
    "conjnli_adv_15k": (400, 1),
}
"""Rows of each set, at most, and how often each comes."""
LICENCES = {
    "clinifact": "MIT",
    "fm2_dev": "Apache-2.0; text CC BY-SA",
    "wice_dev": "ODC-By; text CC BY-SA",
    "climate_fever_half": "not stated",
}
"""As their authors state them, of the sets that the small model was not taught with."""

FRAMED = ("scifact", "check_covid", "clinifact", "evidence_inference", "citation_integrity", "climate", "fm2", "mnli", "pubmedqa", "own/", "labels/")
"""Beginnings of the sources whose sentences are put into frames."""
FRAMES = 0.25
"""Share of premises, and of hypotheses, that are."""
PREMISE_FRAMES = (
    "We find that {}", "We found that {}", "Our results suggest that {}", "Our results show that {}", "These results indicate that {}", "We show that {}",
    "In conclusion, {}", "The data demonstrate that {}", "Here, we report that {}", "Taken together, these findings suggest that {}", "This study shows that {}",
    "We conclude that {}", "Results suggest that {}", "Our findings imply that {}", "We observe that {}", "It was found that {}",
)  # fmt: skip
LABELS = ("CONCLUSIONS {}", "CONCLUSION: {}", "RESULTS {}", "RESULTS: {}", "FINDINGS {}", "INTERPRETATION: {}", "Conclusions: {}", "Results: {}", "MAIN RESULTS {}", "• {}")
HYPOTHESIS_FRAMES = ("We find that {}", "The results show that {}", "The study finds that {}", "It is the case that {}", "There is evidence that {}", "Our results suggest that {}")
"""Wordings around a statement that leave what it says as it is."""


def lowered(text: str) -> str:
    """A sentence as it goes on after "that": a first word that is capitalised for the beginning alone loses its capital."""
    first, _, rest = text.partition(" ")
    usual = {"the", "a", "an", "in", "this", "these", "there", "our", "we", "it", "most", "many", "all", "some", "no", "both", "patients", "using", "of", "for", "among"}
    return f"{first.lower()} {rest}" if first.lower() in usual else text


def framed(row: Row, random: Random) -> Row:
    """The row with a frame around its premise, its hypothesis, both or neither."""
    premise, hypothesis = row.premise, row.hypothesis
    if random.random() < FRAMES:
        if random.random() < 0.4:
            premise = random.choice(LABELS).format(premise)
        elif len(sentences(premise)) == 1 and not re.match(r"(?i)(?:we|our|here|in conclusion|these|this|taken|background|objective|conclusion|result)\b", premise):
            premise = random.choice(PREMISE_FRAMES).format(lowered(premise))
    if random.random() < FRAMES / 2 and not re.match(r"(?i)(?:we|our|here|these|this)\b", hypothesis):
        hypothesis = random.choice(HYPOTHESIS_FRAMES).format(lowered(hypothesis))
    return replace(row, premise=premise, hypothesis=hypothesis)


def words(text: str) -> int:
    return len(text.split())


def last_words(text: str, most: int) -> str:
    """The last sentences of a text, at most `most` words, at least one: where an abstract concludes."""
    kept: list[str] = []
    for sentence in reversed(sentences(text)):
        if kept and words(" ".join([sentence, *kept])) > most:
            break
        kept.insert(0, sentence)
    return " ".join(kept)


_SUBJECT_FIRST = re.compile(
    r"^(?P<aux>Does|Do|Did|Can|Could|Will|Would|May) (?P<subject>.+?) (?P<verb>(?:adversely |really |adequately |positively |negatively |significantly )?"
    r"(?:improve|increase|decrease|reduce|predict|affect|influence|impact|enhance|cause|lead to|result in|have|alter|change|prevent|protect|correlate|relate|confer|"
    r"facilitate|provide|reflect|depend|delay|require|offer|impair|induce|serve|represent|play|help|matter|limit|contribute|modify|relieve|discriminate|identify|detect|"
    r"determine|support|promote|mediate|differ|indicate|make|benefit|need|be)) ?(?P<rest>.*)$"
)
_BE_FIRST = re.compile(
    r"^(?P<aux>Is|Are|Was|Were) (?P<subject>.+?) (?P<rest>(?:still |really |always |an independent |independently |significantly |also |more |less )?"
    r"(?:associated|related|useful|necessary|effective|safe|predictive|reliable|required|needed|different|feasible|beneficial|harmful|important|valid|justified|"
    r"sufficient|cost-effective|influenced|affected|dependent|correlated|linked|indicated|predictable|adherent|equivalent|superior|inferior|better|worse|worth|"
    r"a|an|the)\b.*)$"
)
_EXISTENCE = re.compile(r"^(?P<aux>Is|Are) there (?P<rest>(?!still).+)$")
_THIRD = {"have": "has", "be": "is"}


def third_person(verb: str) -> str:
    """The verb as it follows a singular subject, adverb and particle kept: "lead to" → "leads to"."""
    before, main = ("", verb)
    if match := re.match(r"^(\w+ly) (.+)$", verb):
        before, main = f"{match[1]} ", match[2]
    first, _, particle = main.partition(" ")
    said = _THIRD.get(first) or first + ("es" if re.search(r"(?:s|x|ch|sh)$", first) else "s")
    said = re.sub(r"ys$", "ies", said) if re.search(r"[^aeiou]ys$", said) else said
    return f"{before}{said}{' ' + particle if particle else ''}"


def proposition(question: str) -> str | None:
    """What a yes/no question asks about, as a statement: "Does X improve Y?" → "X improves Y". `None` where the rule does not reach."""
    text = re.sub(r"\s+", " ", question).strip().rstrip("?").strip()
    if ":" in text or ". " in text or " or " in text.lower():
        return None
    if match := _SUBJECT_FIRST.match(text):
        if re.search(r"\b(?:it|they|we|this|these)\b", match["subject"]):
            return None
        subject = match["subject"][0].upper() + match["subject"][1:]
        verb = match["verb"]
        if match["aux"] == "Does":
            verb = third_person(verb)
        elif match["aux"] == "Did":
            verb = f"did {verb}"
        elif match["aux"] != "Do":
            verb = f"{match['aux'].lower()} {verb}"
        return f"{subject} {verb} {match['rest']}".strip() + "."
    if match := _EXISTENCE.match(text):
        return f"There {match['aux'].lower()} {match['rest']}."
    if (match := _BE_FIRST.match(text)) and not re.search(r"\b(?:it|they|we|there|this)\b", match["subject"]):
        subject = match["subject"][0].upper() + match["subject"][1:]
        return f"{subject} {match['aux'].lower()} {match['rest']}."
    return None


def pubmedqa(folder: Path, remainder: int) -> list[Row]:
    """The development questions of even (`remainder` 0) or odd (1) PMIDs that make a proposition, against the conclusion of their own abstract."""
    abstracts = {row["pmid"]: row for row in rows_of(folder / "abstracts.jsonl.gz")}
    labels = {"yes": "entailment", "no": "contradiction"}
    made = []
    for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines():
        asked = json.loads(line)
        said = proposition(asked["question"])
        if said is None or int(asked["pmid"]) % 2 != remainder or asked["answer"] not in labels:
            continue
        conclusion = abstracts[asked["pmid"]]["sections"][-1]["text"]
        made.append(Row(last_words(conclusion, 80), said, labels[asked["answer"]], "pubmedqa"))
    return made


def fitting(row: Row) -> Row | None:
    """The row where it fits into the tokens of a pair; of a trial's abstract the end, which concludes."""
    if row.source == "clinifact":
        row = replace(row, premise=last_words(row.premise, MOST_WORDS - words(row.hypothesis)))
    return row if words(row.premise) + words(row.hypothesis) <= MOST_WORDS + 10 else None


def titled(row: dict, random: Random) -> Row:
    """A row of `labels/pairs.py`, half of the time under its paper's title, as the product gives it."""
    text = Text(row["title"], [])
    return Row(text.under_title(row["premise"], random), row["hypothesis"], row["label"], row["source"])


def mixture(folder: Path, questions: Path, seed: int, windows: int, comparisons: int, share: float, own: list[dict]) -> list[Row]:
    """Everything a run sees, in random order: `share` of the public rows and all of the own ones."""
    random = Random(seed)
    reader = Reader(folder)
    rows: list[Row] = []
    for name, (wanted, often) in SETS.items():
        found = [fitted for row in reader.rows(name) if (fitted := fitting(row))]
        rows += random.sample(found, min(wanted, len(found))) * often
    for _ in range(windows):
        rows += [row for row in scifact_windows(reader, random) if row.label != "neutral" or random.random() < 0.5]
    rows += random.sample(found := scifact_retrieved(reader, random, 3), min(1200, len(found)))
    rows += pubmedqa(questions, 0) * 2
    while comparisons > 0:
        made = compared(random)
        rows += made
        comparisons -= len(made)
    rows = random.sample(rows, round(len(rows) * share)) + [titled(row, random) for row in own]
    rows = [framed(row, random) if row.source.startswith(FRAMED) else row for row in rows]
    rows = [row for row in rows if (key(row.premise), key(row.hypothesis)) not in reader.seen]
    random.shuffle(rows)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--windows", type=int, default=3, help="passes over SciFact's abstracts, with other windows each time")
    parser.add_argument("--comparisons", type=int, default=3000, help="rows of `sides.py`")
    parser.add_argument("--own", type=Path, nargs="*", default=[])
    parser.add_argument("--times", type=int, default=1, help="how often each own row comes")
    parser.add_argument("--share", type=float, default=1.0, help="of the public rows")
    given = parser.parse_args()
    own = [row for path in given.own for row in rows_of(path)] * given.times
    rows = mixture(given.data, given.questions, given.seed, given.windows, given.comparisons, given.share, own)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(given.out, "wt", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")
    by_label: dict[str, Counter] = defaultdict(Counter)
    for row in rows:
        by_label[row.source][row.label] += 1
    for source, counts in sorted(by_label.items()):
        print(source, sum(counts.values()), dict(counts))
    print("all", len(rows))


if __name__ == "__main__":
    main()
