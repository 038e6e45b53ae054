"""Read the data sets, keep the calibration split apart, make the mixture that a run is trained on.

    python data.py --data ../../shared/nli-data --arxiv ../../shared/fixtures/arxiv_corpus/abstracts_40k.jsonl.gz \
                   --out RUN/mixture.jsonl.gz [--scale 1.0] [--seeds 1 2]

A row is `{"premise", "hypothesis", "label", "source", "weight"}`; labels are entailment, neutral, contradiction,
not_entailment (of sets with two labels) and unknown (for a teacher). The calibration split is every tenth premise of the sets named in `SETS`,
chosen by a hash of the premise: `calibrate.py` reads it, nothing else does.
"""

import argparse
import gzip
import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from itertools import permutations
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
    "scifact_train_rationale": Set(913, "A", "claims CC BY 4.0, abstracts ODC-By 1.0", times=8),
    "check_covid": Set(1067, "A", "MIT", times=10),
    "evidence_inference": Set(7362, "B", "MIT", times=3),
    "nli4ct_evidence": Set(1684, "A", "not stated (trial reports: public domain)", times=4),
    "citation_integrity": Set(2136, "B", "not stated (code MIT)"),
    # numbers and tables
    "equate_stresstest_70": Set(3000, "B", "MIT (EQUATE)"),
    "infotabs": Set(16511, "A", "Apache-2.0"),
    "tabfact_pairs_short": Set(200, "B", "MIT; data CC BY 4.0"),
    # general
    "mnli_20k": Set(19961, "A", "MultiNLI: OANC, CC BY and CC BY-SA parts", times=3),
    "mnli_dev_taxi": Set(6019, "A", "C-UDA 1.0; MultiNLI as above", times=3),
    "taxinli_rest": Set(2153, "A", "C-UDA 1.0; MultiNLI as above", times=3),
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

# Rows of our own making in a mixture of scale 1.
ARXIV, MUTANT_ROWS, NUMERIC_ROWS, DISTRACTORS, WINDOW_TIMES, RETRIEVED = 40000, 20000, 12000, 9000, 6, 8
SUMS, FINDINGS = 10000, 48000
GENERAL_MUTANTS, GENERAL_NUMERIC, CHANGED_HYPOTHESES, DETAILS, TURNED = 6000, 5000, 8000, 4000, 6000
SISTERS, ASKED, CROSSED = 90000, 80000, 40000
CALIBRATION_SHARE = 10
UNKNOWN = "unknown"
"""Label of pairs that teach what a teacher says of them and nothing without one."""


def rows_of(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def key(text: str) -> str:
    """Equal for texts that differ in case, spacing and punctuation alone."""
    return re.sub(r"\W+", " ", text.lower()).strip()


def one_in(share: int, text: str) -> bool:
    """Whether a text is among one in `share` of all, whatever its case, spacing and punctuation."""
    return int.from_bytes(hashlib.sha256(key(text).encode()).digest()[:4], "big") % share == 0


def is_calibration(premise: str) -> bool:
    """Whether a premise belongs to the calibration split."""
    return one_in(CALIBRATION_SHARE, premise)


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


@dataclass(frozen=True)
class Text:
    """A text in sentences, with the title of its paper where there is one."""

    title: str
    sentences: list[str]

    def under_title(self, words: str, random: Random) -> str:
        """Words of the text as the product gives them to the model, after the title, half of the time."""
        return f"{self.title.rstrip('.')}. {words}" if self.title and random.random() < 0.5 else words


class Nearest:
    """Finds the sentences of other texts that share a sentence's rare words: what retrieval returns and decides nothing."""

    MOST_POSTINGS = 3000
    """A word that more sentences have is no rare one."""

    def __init__(self, texts: list[Text]):
        self.places = [(at, sentence) for at, text in enumerate(texts) for sentence in text.sentences if len(sentence.split()) >= 7]
        self.having: dict[str, list[int]] = defaultdict(list)
        for place, (_, sentence) in enumerate(self.places):
            for word in set(key(sentence).split()):
                self.having[word].append(place)

    def find(self, sentence: str, own: set[int], count: int) -> list[tuple[int, str]]:
        """Text and sentence, nearest first, at most one of a text and none of the texts `own`."""
        scores: Counter = Counter()
        for word in set(key(sentence).split()):
            places = self.having.get(word, ())
            if 0 < len(places) <= self.MOST_POSTINGS:
                for place in places:
                    scores[place] += math.log(len(self.places) / len(places))
        found: dict[int, str] = {}
        for place, _ in scores.most_common(60):
            at, other = self.places[place]
            if at not in own and key(other) != key(sentence):
                found.setdefault(at, other)
        return list(found.items())[:count]


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
            text = Text(corpus[document]["title"], corpus[document]["abstract"])
            texts = text.sentences
            if is_calibration(" ".join(texts)):
                continue
            evidence = claim["evidence"].get(str(document), [])
            deciding = {index for item in evidence for index in item["sentences"]}
            for item in evidence:
                # One sentence decides: with several, a window might hold half the proof.
                if len(item["sentences"]) == 1:
                    at = item["sentences"][0]
                    chosen = window(texts, at, random.choice((1, 30, 60, 90)), random)
                    premise = text.under_title(" ".join(texts[index] for index in chosen), random)
                    made.append(Row(premise, claim["claim"], labels[item["label"]], "scifact_window"))
            rest = [index for index in range(len(texts)) if index not in deciding]
            for at in random.sample(rest, min(1 if evidence else 2, len(rest))):
                chosen = [index for index in window(texts, at, random.choice((30, 60, 90)), random) if index not in deciding]
                premise = text.under_title(" ".join(texts[index] for index in chosen), random)
                made.append(Row(premise, claim["claim"], "neutral", "scifact_window_neutral", 0.5 if evidence else 1.0))
    return made


def scifact_retrieved(reader: Reader, random: Random, count: int) -> list[Row]:
    """Sentences that share a SciFact claim's rare words and stand in abstracts that nobody cited for it: neutral."""
    folder = reader.folder / "scifact"
    development = cited_in_development(folder)
    corpus = [row for row in rows_of(folder / "corpus.jsonl.gz") if row["doc_id"] not in development]
    texts = [Text(row["title"], [sentence.strip() for sentence in row["abstract"]]) for row in corpus]
    at_of = {row["doc_id"]: at for at, row in enumerate(corpus)}
    nearest = Nearest(texts)
    made = []
    for line in (folder / "claims_train.jsonl").read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        own = {at_of[document] for document in claim["cited_doc_ids"] if document in at_of}
        for at, sentence in nearest.find(claim["claim"], own, count):
            if reader.is_free(" ".join(texts[at].sentences)):
                made.append(Row(texts[at].under_title(sentence, random), claim["claim"], "neutral", "scifact_retrieved", 0.8))
    return made


def cited_in_development(folder: Path) -> set[int]:
    """Abstracts that SciFact's development claims cite."""
    lines = (folder / "claims_dev.jsonl").read_text(encoding="utf-8").splitlines()
    return {document for line in lines for document in json.loads(line)["cited_doc_ids"]}


_FINDING = re.compile(
    r"\d|\b(?:show|find|found|demonstrat|outperform|improv|increas|reduc|decreas|achiev|lead|higher|lower|better|worse|than|effect|associat|result|significant)",
    re.I,
)


def science_texts(reader: Reader, arxiv: Path, random: Random) -> list[Text]:
    """Real arXiv abstracts and the SciFact corpus without the development abstracts."""
    rows = rows_of(arxiv)
    texts = [Text(row["title"], sentences(row["abstract"])) for row in random.sample(rows, min(ARXIV, len(rows)))]
    development = cited_in_development(reader.folder / "scifact")
    for row in rows_of(reader.folder / "scifact" / "corpus.jsonl.gz"):
        if row["doc_id"] not in development:
            texts.append(Text(row["title"], [sentence.strip() for sentence in row["abstract"]]))
    random.shuffle(texts)
    return [text for text in texts if len(text.sentences) >= 3 and reader.is_free(" ".join(text.sentences))]


def _is_finding(sentence: str) -> bool:
    return 7 <= len(sentence.split()) <= 45 and bool(_FINDING.search(sentence)) and "http" not in sentence and "$" not in sentence


_OF_NUMBERS = re.compile(r"number|percent|^unit$")
NUMERIC_MUTANTS, NUMERIC_TWINS = (
    tuple(rule for rule in rules if _OF_NUMBERS.search(rule[0].__name__)) for rules in (mutants.MUTANTS, mutants.TWINS)
)


def generated(texts: list[Text], random: Random, count: int) -> list[Row]:
    """Mutants and twins, half each, of a finding within a window of its own abstract."""
    made: list[Row] = []
    for text in texts:
        if len(made) >= count:
            break
        findings = [index for index, sentence in enumerate(text.sentences) if _is_finding(sentence)]
        if not findings:
            continue
        at = random.choice(findings)
        sentence = text.sentences[at]
        twin = mutants.mutate(sentence, mutants.TWINS, random)
        if twin is None:
            continue
        # A mutant of the twin, half the time: so that a changed wording is no sign of either label.
        mutant = mutants.mutate(twin.text if random.random() < 0.4 else sentence, mutants.MUTANTS, random)
        made += _rows(_around(text, at, random), twin, mutant)
    return made


def numeric(texts: list[Text], random: Random, count: int) -> list[Row]:
    """The same of numbers: for each sentence that has one, a statement with a number of another value or in another unit,
    and one that keeps it; where it can be bounded, a bound that holds beside one that does not."""
    made: list[Row] = []
    for text in texts:
        if len(made) >= count:
            break
        findings = [index for index, sentence in enumerate(text.sentences) if _is_finding(sentence) and re.search(r"\d", sentence)]
        for at in random.sample(findings, min(3, len(findings))):
            sentence = text.sentences[at]
            mutant = mutants.mutate(sentence, NUMERIC_MUTANTS, random)
            if mutant is None:
                continue
            twin = mutants.mutate(sentence, NUMERIC_TWINS if random.random() < 0.4 else mutants.TWINS, random)
            premise = _around(text, at, random)
            made += _rows(premise, twin or mutants.Mutant(sentence, mutants.ENTAILMENT, "same"), mutant)
            bounds = [mutants.mutate(sentence, (rule,), random) for rule in NUMERIC_MUTANTS + NUMERIC_TWINS if "bound" in rule[0].__name__]
            if all(bounds) and random.random() < 0.5:
                made += _rows(premise, *bounds)
    return made


def _around(text: Text, at: int, random: Random) -> str:
    """A sentence and some of what stands around it."""
    places = window(text.sentences, at, random.choice((10, 10, 40, 80)), random)
    return text.under_title(" ".join(text.sentences[place] for place in places), random)


def _rows(premise: str, *said: mutants.Mutant | None) -> list[Row]:
    return [Row(premise, one.text, one.label, f"own/{one.rule}") for one in said if one is not None]


GENERAL = ("new_protocols", "fever_dev_2way", "mnli_20k", "mnli_dev_taxi", "ling_in_loop")
"""Sets whose premises mutants of general sentences are made of."""

CROWD = ("mnli_20k", "mnli_dev_taxi", "taxinli_rest", "ling_in_loop", "new_protocols", "snli_dev", "snli_test", "cad_snli")
"""Sets whose labels people gave for both sentences as they stand."""


def general_texts(reader: Reader, random: Random) -> list[Text]:
    """Premises of general sets, each once."""
    premises = sorted({row.premise for name in GENERAL for row in reader.rows(name)})
    random.shuffle(premises)
    return [Text("", found) for premise in premises if (found := sentences(premise)) and len(premise.split()) <= 90]


def changed_hypotheses(reader: Reader, random: Random, count: int) -> list[Row]:
    """Entailed hypotheses with a number that the premise has too, and the same with another: paraphrases, not copies."""
    made: list[Row] = []
    rows = [row for name in (*CROWD, "infotabs", "fever_dev_2way") for row in reader.rows(name) if row.label == "entailment" and len(row.premise.split()) <= 90]
    random.shuffle(rows)
    for row in rows:
        if len(made) >= count:
            break
        told = set(re.findall(r"\d+", row.hypothesis)) | (set(key(row.hypothesis).split()) & mutants.SPELLED)
        if not told or not told <= set(re.findall(r"\d+", row.premise)) | set(key(row.premise).split()):
            continue
        mutant, twin = mutants.mutate(row.hypothesis, NUMERIC_MUTANTS, random), mutants.mutate(row.hypothesis, NUMERIC_TWINS, random)
        if mutant is None:
            continue
        made.append(Row(row.premise, mutant.text, mutant.label, "own/hypothesis_number"))
        kept = twin.text if twin is not None else row.hypothesis
        made.append(Row(row.premise, kept, "entailment", "own/hypothesis_number"))
    return made


def details(texts: list[Text], random: Random, count: int) -> list[Row]:
    """A sentence against itself without a detail: one way entailed, the other way neutral."""
    made: list[Row] = []
    for text in texts:
        if len(made) >= count:
            break
        sentence = random.choice(text.sentences)
        shorter = [found for rule in mutants.SHORTER if 8 <= len(sentence.split()) <= 45 and (found := rule(sentence, random))]
        if shorter:
            short = random.choice(shorter)
            made.append(Row(short, sentence, "neutral", "own/detail_added"))
            if random.random() < 0.5:
                made.append(Row(sentence, short, "entailment", "own/detail_dropped"))
    return made


def turned(reader: Reader, random: Random, count: int) -> list[Row]:
    """Contradictions with their sides exchanged, still contradictions, and entailments, which a longer sentence mostly ends."""
    rows = [row for name in CROWD for row in reader.rows(name) if len(row.premise.split()) <= 40]
    random.shuffle(rows)
    made: list[Row] = []
    for row in rows:
        if len(made) >= count:
            break
        if row.label == "contradiction":
            made.append(Row(row.hypothesis, row.premise, "contradiction", "own/turned_contradiction", 0.7))
        elif row.label == "entailment" and len(row.premise.split()) > 1.6 * len(row.hypothesis.split()):
            made.append(Row(row.hypothesis, row.premise, "neutral", "own/turned_entailment", 0.5))
    return made


def sisters(reader: Reader, random: Random, count: int) -> list[Row]:
    """Two hypotheses of one premise, either way round: what one says of the other is left to a teacher (`teacher.py`)."""
    said: dict[str, set[str]] = defaultdict(set)
    for name in (*CROWD, "check_covid", "evidence_inference"):
        for row in reader.rows(name):
            said[row.premise].add(row.hypothesis)
    pairs = [pair for those in said.values() for pair in permutations(sorted(those), 2)]
    return [Row(one, other, UNKNOWN, "sisters") for one, other in random.sample(pairs, min(count, len(pairs)))]


def asked(texts: list[Text], random: Random, count: int) -> list[Row]:
    """What a report asks of papers, left to a teacher: whether the rest of an abstract says a finding too, whether its
    sentences say its title, and (of every third text) whether the nearest sentence of another says the finding."""
    nearest = Nearest(texts[::3])
    made: list[Row] = []
    for index, text in enumerate(texts):
        if len(made) >= count:
            break
        findings = [at for at, sentence in enumerate(text.sentences) if _is_finding(sentence)]
        if not findings:
            continue
        at = random.choice(findings)
        rest = text.sentences[:at] + text.sentences[at + 1 :]
        places = window(rest, random.randrange(len(rest)), random.choice((10, 40, 80)), random)
        made.append(Row(text.under_title(" ".join(rest[place] for place in places), random), text.sentences[at], UNKNOWN, "asked/rest"))
        if text.title:
            made.append(Row(" ".join(text.sentences[place] for place in window(text.sentences, at, 60, random)), text.title, UNKNOWN, "asked/title"))
        if index % 3 == 0:
            for other, sentence in nearest.find(text.sentences[at], {index // 3}, 1):
                made.append(Row(texts[::3][other].under_title(sentence, random), text.sentences[at], UNKNOWN, "asked/nearest"))
    return made


def crossed(reader: Reader, texts: list[Text], random: Random, count: int) -> list[Row]:
    """Hypotheses of general sets against the nearest sentence that is not their premise: left to a teacher."""
    nearest = Nearest(texts)
    rows = [row for name in CROWD for row in reader.rows(name) if len(row.hypothesis.split()) >= 5]
    made: list[Row] = []
    for row in random.sample(rows, min(count, len(rows))):
        for _, sentence in nearest.find(row.hypothesis, set(), 2):
            if sentence not in row.premise:
                made.append(Row(sentence, row.hypothesis, UNKNOWN, "crossed"))
                break
    return made


def distractors(texts: list[Text], random: Random, count: int) -> list[Row]:
    """A finding against its own abstract without it, and against the nearest sentences of other abstracts: neutral.

    Weak: the rest of an abstract at times says the same again, hence the low weight.
    """
    nearest = Nearest(texts)
    made = []
    for index, text in enumerate(texts):
        if len(made) >= count:
            break
        findings = [at for at, sentence in enumerate(text.sentences) if _is_finding(sentence)]
        if not findings:
            continue
        at = random.choice(findings)
        finding_text = text.sentences[at]
        if index % 3 == 0:
            rest = [sentence for place, sentence in enumerate(text.sentences) if place != at]
            premise = rest[window(rest, min(at, len(rest) - 1), 70, random)[0] :]
            made.append(Row(text.under_title(_first_words(premise, 80), random), finding_text, "neutral", "own/distractor_near", 0.4))
            continue
        for other, sentence in nearest.find(finding_text, {index}, 1):
            made.append(Row(texts[other].under_title(sentence, random), finding_text, "neutral", "own/distractor_far", 0.7))
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
    rows += scifact_retrieved(reader, random, RETRIEVED)
    texts = science_texts(reader, arxiv, random)
    third = len(texts) // 3
    rows += generated(texts[:third], random, int(MUTANT_ROWS * scale))
    rows += numeric(texts[third:] + texts[:third], random, int(NUMERIC_ROWS * scale))
    rows += distractors(texts[2 * third :], random, int(DISTRACTORS * scale))
    general = general_texts(reader, random)
    half = len(general) // 2
    rows += generated(general[:half], random, int(GENERAL_MUTANTS * scale))
    rows += numeric(general[half:], random, int(GENERAL_NUMERIC * scale))
    rows += details(general[::-1] + texts, random, int(DETAILS * scale))
    rows += changed_hypotheses(reader, random, int(CHANGED_HYPOTHESES * scale))
    rows += turned(reader, random, int(TURNED * scale))
    rows += sisters(reader, random, int(SISTERS * scale))
    rows += asked(texts[third:] + texts[:third], random, int(ASKED * scale))
    rows += crossed(reader, general, random, int(CROSSED * scale))
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
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="of each after the first, what is new; half of it where our own rules gave the label")
    given = parser.parse_args()
    rows: list[Row] = []
    for seed in given.seeds:
        had = set(rows)
        rows += [row for row in mixture(given.data, given.arxiv, given.scale, seed) if row not in had and (not row.source.startswith("own/") or one_in(2, row.hypothesis))]
    Random(given.seeds[0]).shuffle(rows)
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
