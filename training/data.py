"""Read the data sets, keep the calibration split apart, make the mixture that a run is trained on.

    python data.py --data ../../shared/nli-data --arxiv ../../shared/fixtures/arxiv_corpus/abstracts_40k.jsonl.gz \
                   --out RUN/mixture.jsonl.gz [--scale 1.0] [--seed 1]

A row is `{"premise", "hypothesis", "label", "source", "weight"}`; labels are entailment, neutral, contradiction and
not_entailment (of sets with two labels). The calibration split is every tenth premise of the sets named in `SETS`,
chosen by a hash of the premise: `calibrate.py` reads it, nothing else does.
"""

import argparse
import gzip
import hashlib
import json
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

import mutants
from findings import finding


@dataclass(frozen=True)
class Row:
    """One pair; `weight` multiplies its loss."""

    premise: str
    hypothesis: str
    label: str
    source: str
    weight: float = 1.0


@dataclass(frozen=True)
class Set:
    """A training file: rows taken into a mixture of scale 1, its tier, its licence as its authors state it, and how often
    each row comes."""

    rows: int
    tier: str
    licence: str
    left_out: str = ""
    times: int = 1


SETS: dict[str, Set] = {
    # science
    "scifact_train_rationale": Set(913, "A", "claims CC BY 4.0, abstracts ODC-By 1.0", times=4),
    "check_covid": Set(1067, "A", "MIT", times=6),
    "evidence_inference": Set(7362, "B", "MIT"),
    "nli4ct_evidence": Set(1684, "A", "not stated (trial reports: public domain)", times=3),
    "citation_integrity": Set(2136, "B", "not stated (code MIT)"),
    # numbers and tables
    "equate_stresstest_70": Set(3000, "B", "MIT (EQUATE)"),
    "infotabs": Set(16511, "A", "Apache-2.0"),
    "tabfact_pairs_short": Set(200, "B", "MIT; data CC BY 4.0"),
    # general
    "mnli_20k": Set(19961, "A", "MultiNLI: OANC, CC BY and CC BY-SA parts", times=4),
    "mnli_dev_taxi": Set(6019, "A", "C-UDA 1.0; MultiNLI as above", times=4),
    "taxinli_rest": Set(2153, "A", "C-UDA 1.0; MultiNLI as above", times=4),
    "ling_in_loop": Set(44940, "A", "not stated (MultiNLI premises)", times=2),
    "new_protocols": Set(33948, "A", "premises CC BY-SA 3.0", times=2),
    "cad_snli": Set(8253, "A", "Apache-2.0; SNLI CC BY-SA 4.0", times=3),
    "snli_dev": Set(8660, "A", "CC BY-SA 4.0", times=2),
    "snli_test": Set(9413, "A", "CC BY-SA 4.0", times=2),
    "fever_dev_2way": Set(13174, "A", "CC BY-SA 3.0"),
    "conjnli_adv_15k": Set(0, "C", "MIT", "noisy labels"),
    "hans_generated": Set(6000, "C", "MIT"),
    # left out
    "scifact_train_abstract": Set(0, "A", "as scifact_train_rationale", "windows are cut from the original files instead"),
    "nli4ct_section": Set(0, "A", "as nli4ct_evidence", "longer than the longest pair"),
    "covidfact": Set(0, "B", "not stated", "evidence often does not decide the claim"),
    "joci": Set(0, "B", "not stated", '"very likely" is no entailment'),
    "help_and_or": Set(0, "C", "CC BY-SA 4.0", "template sentences"),
    "dnc_train_part": Set(0, "C", "various", "template sentences"),
    "mpe": Set(0, "A", "Flickr30k captions: non-commercial research", "licence"),
    "rte": Set(0, "A", "GLUE RTE: research use", "licence"),
}
"""Why these numbers: compute bounds a run to some tens of thousands of pairs, so they go where the product reads."""

ARXIV, MUTANT_ROWS, NUMERIC_ROWS, SUMS, FINDINGS, DISTRACTORS, WINDOW_TIMES = 40000, 24000, 12000, 40000, 24000, 6000, 6
CALIBRATION_SHARE = 10


def rows_of(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def key(text: str) -> str:
    """Equal for texts that differ in case, spacing and punctuation alone."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def is_calibration(premise: str) -> bool:
    """Whether a premise belongs to the calibration split."""
    return int.from_bytes(hashlib.sha256(key(premise).encode()).digest()[:4], "big") % CALIBRATION_SHARE == 0


def sentences(text: str) -> list[str]:
    """A plain split: enough for abstracts, where each piece is checked again for length."""
    pieces = re.split(r"(?<=[a-z0-9)%][.!?]) (?=[A-Z])", text.replace("\n", " "))
    return [piece.strip() for piece in pieces if piece.strip()]


class Reader:
    """The training files under one folder, without what the development files hold."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.seen: set[tuple[str, str]] = set()
        self.held: set[str] = set()
        for path in sorted((folder / "dev").glob("*.jsonl.gz")):
            for row in rows_of(path):
                self.seen.add((key(row["premise"]), key(row["hypothesis"])))
                self.held.add(key(row["premise"]))

    def rows(self, name: str, calibration: bool = False) -> list[Row]:
        """Rows of one set: the calibration split or the rest."""
        found = []
        for row in rows_of(self.folder / "train" / f"{name}.jsonl.gz"):
            pair = (key(row["premise"]), key(row["hypothesis"]))
            if pair in self.seen or is_calibration(row["premise"]) != calibration:
                continue
            if row["label"] == "neutral" and "heuristic" in row["source"]:
                found.append(Row(row["premise"], row["hypothesis"], row["label"], name, 0.5))
                continue
            found.append(Row(row["premise"], row["hypothesis"], row["label"], name))
        return found

    def is_free(self, text: str) -> bool:
        """Whether a text is neither a development premise nor of the calibration split."""
        return key(text) not in self.held and not is_calibration(text)


def window(texts: list[str], at: int, words: int, random: Random) -> list[int]:
    """Indices of neighbouring sentences that hold `at`, at most `words` words long together."""
    first = last = at
    budget = words - len(texts[at].split())
    while True:
        sides = [side for side in (first - 1, last + 1) if 0 <= side < len(texts) and len(texts[side].split()) <= budget]
        if not sides:
            return list(range(first, last + 1))
        side = random.choice(sides)
        budget -= len(texts[side].split())
        first, last = min(first, side), max(last, side)


def scifact_windows(reader: Reader, random: Random) -> list[Row]:
    """Windows of SciFact abstracts: three to eight sentences with one that decides, or none that does (neutral)."""
    folder = reader.folder / "scifact"
    corpus = {row["doc_id"]: row for row in rows_of(folder / "corpus.jsonl.gz")}
    labels = {"SUPPORT": "entailment", "CONTRADICT": "contradiction"}
    made = []
    for line in (folder / "claims_train.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        for document in claim["cited_doc_ids"]:
            texts = corpus[document]["abstract"]
            if is_calibration(" ".join(texts)):
                continue
            evidence = claim["evidence"].get(str(document), [])
            deciding = {index for item in evidence for index in item["sentences"]}
            for item in evidence:
                # One sentence decides: with several, a window might hold half the proof.
                if len(item["sentences"]) == 1:
                    at = item["sentences"][0]
                    chosen = window(texts, at, random.choice((30, 60, 90)), random)
                    premise = " ".join(texts[index] for index in chosen)
                    made.append(Row(premise, claim["claim"], labels[item["label"]], "scifact_window"))
            rest = [index for index in range(len(texts)) if index not in deciding]
            for at in random.sample(rest, min(1 if evidence else 2, len(rest))):
                chosen = [index for index in window(texts, at, random.choice((30, 60, 90)), random) if index not in deciding]
                premise = " ".join(texts[index] for index in chosen)
                made.append(Row(premise, claim["claim"], "neutral", "scifact_window_neutral", 0.5 if evidence else 1.0))
    return made


_FINDING = re.compile(
    r"\d|\b(?:show|find|found|demonstrat|outperform|improv|increas|reduc|decreas|achiev|lead|higher|lower|better|worse|than|effect|associat|result|significant)",
    re.I,
)


def science_texts(reader: Reader, arxiv: Path, random: Random) -> list[list[str]]:
    """Abstracts as lists of sentences: real arXiv abstracts and the SciFact corpus without the development abstracts."""
    texts = [row["abstract"] for row in rows_of(arxiv)]
    texts = random.sample(texts, min(ARXIV, len(texts)))
    development = {
        document
        for line in (reader.folder / "scifact" / "claims_dev.jsonl").read_text(encoding="utf-8").splitlines()
        for document in json.loads(line)["cited_doc_ids"]
    }
    split = [sentences(text) for text in texts]
    for row in rows_of(reader.folder / "scifact" / "corpus.jsonl.gz"):
        if row["doc_id"] not in development:
            split.append([sentence.strip() for sentence in row["abstract"]])
    random.shuffle(split)
    return [texts for texts in split if len(texts) >= 3 and reader.is_free(" ".join(texts))]


def _is_finding(sentence: str) -> bool:
    return 7 <= len(sentence.split()) <= 45 and bool(_FINDING.search(sentence)) and "http" not in sentence and "$" not in sentence


def generated(texts: list[list[str]], random: Random, count: int, numeric: bool) -> list[Row]:
    """Mutants and twins, half each, of a finding within a window of its own abstract."""
    chosen = (
        tuple(rule for rule in mutants.MUTANTS if "number" in rule[0].__name__ or "percent" in rule[0].__name__ or rule[0].__name__ == "unit"),
        tuple(rule for rule in mutants.TWINS if "number" in rule[0].__name__ or "percent" in rule[0].__name__),
    ) if numeric else (mutants.MUTANTS, mutants.TWINS)  # fmt: skip
    made: list[Row] = []
    for abstract in texts:
        if len(made) >= count:
            break
        findings = [index for index, sentence in enumerate(abstract) if _is_finding(sentence)]
        if not findings:
            continue
        at = random.choice(findings)
        premise = " ".join(abstract[index] for index in window(abstract, at, random.choice((10, 10, 40, 80)), random))
        twin = mutants.mutate(abstract[at], chosen[1], random)
        if twin is None:
            continue
        # A mutant of the twin, half the time: so that a changed wording is no sign of either label.
        mutant = mutants.mutate(twin.text if random.random() < 0.4 else abstract[at], chosen[0], random)
        for made_one in (twin, mutant):
            if made_one is not None:
                made.append(Row(premise, made_one.text, made_one.label, f"own/{made_one.rule}"))
    return made


def distractors(texts: list[list[str]], random: Random, count: int) -> list[Row]:
    """A finding against its own abstract without it, and against the most similar of some other abstracts: neutral.

    Weak: the rest of an abstract at times says the same again, hence the low weight.
    """
    made = []
    for index, abstract in enumerate(texts):
        if len(made) >= count:
            break
        findings = [at for at, sentence in enumerate(abstract) if _is_finding(sentence)]
        if not findings:
            continue
        at = random.choice(findings)
        if index % 2:
            rest = [sentence for place, sentence in enumerate(abstract) if place != at]
            premise = rest[window(rest, min(at, len(rest) - 1), 70, random)[0] :]
            made.append(Row(_first_words(premise, 80), abstract[at], "neutral", "own/distractor_near", 0.4))
        else:
            words = set(key(abstract[at]).split())
            others = random.sample(texts, 60)
            nearest = max(
                (other for other in others if other is not abstract),
                key=lambda other: max(len(words & set(key(sentence).split())) for sentence in other),
            )
            made.append(Row(_first_words(nearest, 80), abstract[at], "neutral", "own/distractor_far", 0.7))
    return made


def _first_words(texts: list[str], words: int) -> str:
    chosen: list[str] = []
    for text in texts:
        if chosen and len(" ".join([*chosen, text]).split()) > words:
            break
        chosen.append(text)
    return " ".join(chosen)


def mixture(folder: Path, arxiv: Path, scale: float, seed: int) -> list[Row]:
    """Everything a run sees, once, in random order."""
    random = Random(seed)
    reader = Reader(folder)
    rows: list[Row] = []
    for name, described in SETS.items():
        wanted = int(described.rows * scale)
        found = [row for row in reader.rows(name) if len(row.premise.split()) <= 110] if wanted else []
        rows += random.sample(found, min(wanted, len(found))) * described.times
    # Other windows of the same abstracts each time.
    for _ in range(round(WINDOW_TIMES * scale)):
        rows += scifact_windows(reader, random)
    texts = science_texts(reader, arxiv, random)
    third = len(texts) // 3
    rows += generated(texts[:third], random, int(MUTANT_ROWS * scale), numeric=False)
    rows += generated(texts[third : 2 * third], random, int(NUMERIC_ROWS * scale), numeric=True)
    rows += distractors(texts[2 * third :], random, int(DISTRACTORS * scale))
    for _ in range(int(SUMS * scale)):
        premise, said = mutants.sum_in_words(random)
        rows.append(Row(premise, said.text, said.label, "own/sum_in_words"))
    found = 0
    while found < int(FINDINGS * scale):
        premise, statements = finding(random)
        rows += [Row(premise, said.text, said.label, f"own/{said.rule}") for said in statements]
        found += len(statements)
    # A claim longer than 50 words is no claim, and leaves no room for a premise.
    rows = [row for row in rows if (key(row.premise), key(row.hypothesis)) not in reader.seen and len(row.hypothesis) < 350]
    random.shuffle(rows)
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--arxiv", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rows = mixture(given.data, given.arxiv, given.scale, given.seed)
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
