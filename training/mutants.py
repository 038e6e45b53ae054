"""Pairs made from real sentences by rules: mutants that must be rejected and twins that must be kept.

A rule takes one sentence and a random generator and returns a changed sentence, or `None` where it does not apply.
`mutate` picks among the rules that apply. Why both kinds: a model that only sees changed numbers and added "not" learns
that any small difference is a contradiction, so for each kind of mutant there is a twin that changes the words as
little and the meaning not at all.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

ENTAILMENT, NEUTRAL, CONTRADICTION, NOT_ENTAILMENT = "entailment", "neutral", "contradiction", "not_entailment"

Rule = Callable[[str, Random], str | None]


@dataclass(frozen=True)
class Mutant:
    """A changed sentence, its label against the sentence it was made from, and the rule that made it."""

    text: str
    label: str
    rule: str


# --- numbers ---------------------------------------------------------------------------------------------------------

# A number that stands alone: not a part of a name ("GPT-4", "2D", "p53"), of a date or of an identifier.
_NUMBER = re.compile(r"(?<![\w.,/^_{$\\+-])(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\w/^_}$-]|[.,]\d)(?!\s?(?:th|st|nd|rd)\b)")
_YEAR = re.compile(r"(?:1[89]|20)\d\d")
_APPROXIMATE = re.compile(r"(?:about|around|nearly|almost|approximately|roughly|over|than|least|most|~|≈|[<>≤≥=])\s?$", re.I)


def _numbers(sentence: str, exact: bool) -> list[re.Match]:
    """Numbers that carry a finding; with `exact`, only those that no "about" or "more than" stands before."""
    found = [match for match in _NUMBER.finditer(sentence) if not _YEAR.fullmatch(match.group())]
    return [match for match in found if not (exact and _APPROXIMATE.search(sentence[: match.start()]))]


def _value(match: re.Match) -> float:
    return float(match.group().replace(",", ""))


def _written_like(value: float, match: re.Match) -> str:
    decimals = len(match.group(2) or ".") - 1
    return f"{value:,.{decimals}f}" if "," in match.group() else f"{value:.{decimals}f}"


def _replace(sentence: str, match: re.Match, text: str) -> str:
    return sentence[: match.start()] + text + sentence[match.end() :]


def number_value(sentence: str, random: Random) -> str | None:
    """Another value, far enough not to be a rounding: 12 % to 60 % off, at least 1 for whole numbers."""
    matches = _numbers(sentence, exact=False)
    if not matches:
        return None
    match = random.choice(matches)
    value = _value(match)
    least = 1.0 if not match.group(2) else 10.0 ** -(len(match.group(2)) - 1)
    step = max(value * random.uniform(0.12, 0.6), least)
    changed = value - step if random.random() < 0.5 and value - step > 0 else value + step
    if sentence[match.end() :].lstrip().startswith(("%", "percent", "per cent")) and value <= 100 < changed:
        changed = value - step
    text = _written_like(changed, match)
    return None if text == match.group() or changed < 0 else _replace(sentence, match, text)


def number_magnitude(sentence: str, random: Random) -> str | None:
    """Ten times or a tenth."""
    matches = [match for match in _numbers(sentence, exact=False) if _value(match) != 0]
    if not matches:
        return None
    match = random.choice(matches)
    value = _value(match)
    percent = sentence[match.end() :].lstrip().startswith(("%", "percent", "per cent"))
    bigger = value * 10 <= (100 if percent else 1e12) and random.random() < 0.6
    text = f"{value * 10:g}" if bigger else f"{value / 10:g}"
    return None if "e" in text else _replace(sentence, match, text)


def number_swapped(sentence: str, random: Random) -> str | None:
    """Two different numbers of the sentence change places."""
    matches = _numbers(sentence, exact=False)
    pairs = [
        (first, second)
        for first, second in zip(matches, matches[1:])
        if _value(first) != _value(second) and not sentence[first.end() : second.start()].strip() in {"-", "–", "to", "and", ",", "±"}
    ]
    if not pairs:
        return None
    first, second = random.choice(pairs)
    return (
        sentence[: first.start()] + second.group() + sentence[first.end() : second.start()] + first.group() + sentence[second.end() :]
    )


def number_bound_false(sentence: str, random: Random) -> str | None:
    """ "92 %" becomes "more than 97 %" or "less than 80 %"."""
    return _bound(sentence, random, true=False)


def number_bound_true(sentence: str, random: Random) -> str | None:
    """ "92 %" becomes "more than 90 %" or "less than 95 %"."""
    return _bound(sentence, random, true=True)


def _bound(sentence: str, random: Random, true: bool) -> str | None:
    matches = [match for match in _numbers(sentence, exact=True) if _value(match) >= 5]
    matches = [match for match in matches if not re.search(r"[(±\[]\s?$|(?:top|level|grade|type|phase)[- ]$", sentence[: match.start()], re.I)]
    if not matches:
        return None
    match = random.choice(matches)
    value = _value(match)
    more = random.random() < 0.5
    factor = random.uniform(0.03, 0.25)
    limit = value * (1 - factor) if more == true else value * (1 + factor)
    limit = float(f"{limit:.2g}")
    if (limit < value) != (more == true) or limit == value:
        return None
    if sentence[match.end() :].lstrip().startswith(("%", "percent", "per cent")) and limit >= 100:
        return None
    word = random.choice(("more than", "over", "at least") if more else ("less than", "under", "fewer than" if value == int(value) else "below"))
    return _replace(sentence, match, f"{word} {limit:g}")


def number_rounded(sentence: str, random: Random) -> str | None:
    """ "91.7" becomes "about 92"."""
    matches = [match for match in _numbers(sentence, exact=True) if match.group(2) and _value(match) >= 2]
    if not matches:
        return None
    match = random.choice(matches)
    return _replace(sentence, match, f"{random.choice(('about', 'around', 'approximately', 'roughly', 'nearly' if round(_value(match)) > _value(match) else 'about'))} {round(_value(match))}")


_FRACTIONS = {"25": "a quarter", "50": "half", "75": "three quarters", "20": "a fifth", "33": "a third", "10": "a tenth"}


def percent_fraction(sentence: str, random: Random) -> str | None:
    """ "25% of" becomes "a quarter of"."""
    match = re.search(r"(?<![\d.,-])(\d\d) ?(?:%|percent|per cent) of\b", sentence)
    if not match or match.group(1) not in _FRACTIONS or _APPROXIMATE.search(sentence[: match.start()]):
        return None
    return _replace(sentence, match, f"{_FRACTIONS[match.group(1)]} of")


def percent_fraction_wrong(sentence: str, random: Random) -> str | None:
    """ "25% of" becomes "half of"."""
    match = re.search(r"(?<![\d.,-])(\d\d) ?(?:%|percent|per cent) of\b", sentence)
    if not match:
        return None
    value = int(match.group(1))
    wrong = [words for number, words in _FRACTIONS.items() if abs(int(number) - value) > 12]
    return _replace(sentence, match, f"{random.choice(wrong)} of")


SPELLED = frozenset("two three four five six seven eight nine ten eleven twelve".split())
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve".split()


def number_spelled(sentence: str, random: Random) -> str | None:
    """ "three" becomes "3" and "3" becomes "three"."""
    spelled = list(re.finditer(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", sentence))
    digits = [match for match in _numbers(sentence, exact=False) if re.fullmatch(r"[2-9]|1[0-2]", match.group()) and sentence[match.end() : match.end() + 1] == " "]
    if not spelled and not digits:
        return None
    match = random.choice(spelled + digits)
    word = match.group()
    return _replace(sentence, match, str(_WORDS.index(word)) if word in _WORDS else _WORDS[int(word)])


def number_spelled_wrong(sentence: str, random: Random) -> str | None:
    """ "three" becomes "seven"."""
    spelled = list(re.finditer(r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b", sentence))
    if not spelled:
        return None
    match = random.choice(spelled)
    other = random.choice([word for word in _WORDS[2:] if word != match.group()])
    return _replace(sentence, match, random.choice((other, str(_WORDS.index(other)))))


_UNITS = (
    ("mg", "g"), ("kg", "mg"), ("ms", "s"), ("seconds", "minutes"), ("minutes", "hours"), ("hours", "days"), ("days", "weeks"),
    ("weeks", "months"), ("months", "years"), ("million", "billion"), ("thousand", "million"), ("nm", "mm"), ("cm", "m"), ("km", "m"),
    ("MB", "GB"), ("GB", "TB"), ("GHz", "MHz"), ("mL", "L"), ("ml", "l"), ("µm", "mm"), ("μm", "mm"),
)  # fmt: skip
_UNIT_OF = {unit: other for pair in _UNITS for unit, other in (pair, pair[::-1])}
_UNIT = re.compile(r"(?<=\d)([ -]?)(" + "|".join(sorted(map(re.escape, _UNIT_OF), key=len, reverse=True)) + r")\b")


def unit(sentence: str, random: Random) -> str | None:
    """ "5 mg" becomes "5 g"."""
    matches = list(_UNIT.finditer(sentence))
    if not matches:
        return None
    match = random.choice(matches)
    return _replace(sentence, match, match.group(1) + _UNIT_OF[match.group(2)])


_METRICS = ("accuracy", "precision", "recall", "F1", "AUC", "sensitivity", "specificity", "latency", "throughput", "BLEU", "perplexity", "mortality", "incidence", "prevalence")  # fmt: skip


def metric(sentence: str, random: Random) -> str | None:
    """A number is said of another metric: "accuracy of 91 %" becomes "recall of 91 %"."""
    if not _numbers(sentence, exact=False):
        return None
    matches = list(re.finditer(r"\b(?:" + "|".join(_METRICS) + r")\b", sentence))
    present = {match.group() for match in matches}
    if not matches:
        return None
    match = random.choice(matches)
    return _replace(sentence, match, random.choice([name for name in _METRICS if name not in present]))


# --- direction, negation, order --------------------------------------------------------------------------------------

_OPPOSITES = (
    "increase:decrease", "increases:decreases", "increased:decreased", "increasing:decreasing", "higher:lower", "highest:lowest",
    "improve:worsen", "improves:worsens", "improved:worsened", "improving:worsening", "outperforms:underperforms",
    "outperform:underperform", "outperformed:underperformed", "more:less", "faster:slower", "larger:smaller", "greater:smaller",
    "better:worse", "best:worst", "rise:fall", "rises:falls", "rose:fell", "gain:loss", "gains:losses", "positive:negative",
    "positively:negatively", "strong:weak", "stronger:weaker", "before:after", "superior:inferior", "promotes:inhibits",
    "promote:inhibit", "promoted:inhibited", "activates:inhibits", "enhances:impairs", "enhance:impair", "enhanced:impaired",
    "upregulated:downregulated", "upregulation:downregulation", "reduces:increases", "reduce:increase", "reduced:increased",
    "reducing:increasing", "reduction:increase", "accelerates:slows", "longer:shorter", "earlier:later", "effective:ineffective",
    "robust:fragile", "sufficient:insufficient", "protective:harmful", "benefit:harm", "succeed:fail", "succeeds:fails",
    "presence:absence", "possible:impossible", "efficient:inefficient", "high:low", "above:below", "beneficial:detrimental",
    "cheaper:costlier", "success:failure", "widely:rarely", "often:rarely", "majority:minority", "always:never", "with:without",
)  # fmt: skip
_OPPOSITE: dict[str, str] = {}
for _pair in _OPPOSITES:
    _one, _other = _pair.split(":")
    _OPPOSITE.setdefault(_one, _other)
    if _pair != "with:without":  # "with" is too common to turn round safely; "without" is not
        _OPPOSITE.setdefault(_other, _one)
_OPPOSITE["without"], _ = "with", _OPPOSITE.pop("with", None)


def _case_of(word: str, like: str) -> str:
    return word[0].upper() + word[1:] if like[:1].isupper() else word


def _swap_word(sentence: str, table: dict[str, str], random: Random) -> str | None:
    matches = [match for match in re.finditer(r"(?<![\w-])[A-Za-z]+(?![\w-])", sentence) if match.group().lower() in table]
    if not matches:
        return None
    match = random.choice(matches)
    return _replace(sentence, match, _case_of(table[match.group().lower()], match.group()))


def direction(sentence: str, random: Random) -> str | None:
    """ "increases" becomes "decreases"; "outperforms" becomes "underperforms"."""
    return _swap_word(sentence, _OPPOSITE, random)


_AUXILIARY = re.compile(r"\b(is|are|was|were|can|could|does|do|did|has|have|will|should)\b(?! not\b|n't)", re.I)
_SUBORDINATE = re.compile(r"\b(?:while|whereas|although|though|if|because|since|as|when|that|which|who|where|whose|whether)\b", re.I)
_NOT = re.compile(r"\b(is|are|was|were|can|could|does|do|did|has|have|will|should|may|might) not |(?<=\b)cannot ", re.I)


def negation_added(sentence: str, random: Random) -> str | None:
    """ "not" after the first auxiliary of the main clause."""
    match = _AUXILIARY.search(sentence)
    if not match or sentence.endswith("?") or _SUBORDINATE.search(sentence[: match.start()]):
        return None
    return _replace(sentence, match, match.group() + " not")


def negation_dropped(sentence: str, random: Random) -> str | None:
    """ "was not associated" becomes "was associated"; "no significant" becomes "a significant"."""
    match = _NOT.search(sentence)
    if match:
        return _replace(sentence, match, f"{match.group(1) or 'can'} ")
    match = re.search(r"\b([Nn])o (?=(?:significant|evidence|effect|difference|association|correlation|improvement|benefit|increase|change)\b)", sentence)
    if not match:
        return None
    return _replace(sentence, match, "clear " if match.group(1) == "n" else "Clear ")


_ORDER = re.compile(r"^(?P<head>.*?\b)(?P<one>[A-Z][\w-]+|[a-z]+(?:ed|al|ic|ive) group)(?P<middle> [^.;,]{0,60}\b(?:than|compared (?:with|to)|over|versus|vs\.?) )(?P<two>[A-Z][\w-]+|the [a-z-]+ group)(?P<tail>.*)$")


def order(sentence: str, random: Random) -> str | None:
    """The two sides of a comparison change places: "BERT is faster than GPT" becomes "GPT is faster than BERT"."""
    match = _ORDER.match(sentence)
    if not match or match["one"] == match["two"] or match["one"] in {"The", "We", "In", "This", "It", "Our", "These", "However"}:
        return None
    return match["head"] + match["two"] + match["middle"] + match["one"] + match["tail"]


_INVERSE = {"higher": "lower", "lower": "higher", "faster": "slower", "slower": "faster", "larger": "smaller", "smaller": "larger", "better": "worse", "greater": "smaller", "longer": "shorter", "shorter": "longer", "stronger": "weaker", "more accurate": "less accurate", "more effective": "less effective"}  # fmt: skip
_COMPARATIVE = re.compile(r"^(?P<one>[A-Z][\w -]{1,40}?) (?P<be>is|are|was|were) (?P<much>significantly |much |consistently )?(?P<word>" + "|".join(_INVERSE) + r") than (?P<two>[\w -]{2,40})(?P<end>\.?)$")


def comparative_turned(sentence: str, random: Random) -> str | None:
    """ "A is faster than B" becomes "B is slower than A"."""
    match = _COMPARATIVE.match(sentence)
    if not match:
        return None
    one = match["one"] if match["one"][1:2].isupper() else match["one"][0].lower() + match["one"][1:]
    two = match["two"][0].upper() + match["two"][1:]
    return f"{two} {match['be']} {match['much'] or ''}{_INVERSE[match['word']]} than {one}{match['end']}"


# --- hedges, scope, entities -----------------------------------------------------------------------------------------

_HEDGE = re.compile(r"\b(may|might|could|can potentially|is likely to|appears? to|seems? to|(?:is|are) expected to) (?:also )?([a-z]{3,})\b")


def _third_person(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "ch", "sh")):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"


def hedge_dropped(sentence: str, random: Random) -> str | None:
    """ "may reduce" becomes "always reduces": surer than the premise."""
    match = _HEDGE.search(sentence)
    if not match or match.group(2) in {"have", "not", "also"}:
        return None
    plural = re.search(r"(?:[^s\W]s|\b(?:they|we|these|those|and \w+)) $", sentence[: match.start()], re.I)
    verb = match.group(2)
    sure = random.choice(("", "always ", "certainly "))
    stated = ("are" if plural else "is") if verb == "be" else verb if plural else _third_person(verb)
    return _replace(sentence, match, f"{stated} {sure}".rstrip() if verb == "be" else f"{sure}{stated}")


_ASSERTED = re.compile(r"\b(reduces|increases|improves|outperforms|causes|leads to|achieves|enables|enhances|decreases|affects|predicts|prevents|promotes|inhibits)\b")
_PLAIN = {"leads to": "lead to"}


def hedge_added(sentence: str, random: Random) -> str | None:
    """ "reduces" becomes "can reduce": weaker than the premise, so still entailed."""
    match = _ASSERTED.search(sentence)
    if not match:
        return None
    verb = _PLAIN.get(match.group(), match.group().removesuffix("s"))
    return _replace(sentence, match, f"can {verb}")


_SCOPE = {
    "in mice": "in humans", "in rats": "in patients", "in vitro": "in vivo", "in men": "in women", "in women": "in men",
    "in adults": "in children", "in children": "in adults", "in patients with": "in people without", "some": "all", "many": "all",
    "most": "all", "several": "all", "sometimes": "always", "often": "always", "in some cases": "in every case",
    "in english": "in every language", "a few": "most", "on average": "in every case", "up to": "at least",
}  # fmt: skip
_SCOPE_AT = re.compile(r"\b(" + "|".join(sorted(_SCOPE, key=len, reverse=True)) + r")\b(?! than)", re.I)


def scope_widened(sentence: str, random: Random) -> str | None:
    """ "in mice" becomes "in humans"; "some" becomes "all"."""
    matches = list(_SCOPE_AT.finditer(sentence))
    if not matches:
        return None
    match = random.choice(matches)
    return _replace(sentence, match, _case_of(_SCOPE[match.group().lower()], match.group()))


_NAME = re.compile(r"(?<![\w-])(?:[A-Z][A-Za-z]*[A-Z0-9][\w-]*|[A-Z]{2,}[\w-]*)(?![\w-])")
_STAND_INS = ("ResNet-50", "BERT", "LSTM", "TNF", "p38", "IL-6", "GPT-4", "XGBoost", "BRCA1", "ImageNet", "MNIST", "SQuAD", "CRISPR", "HIV", "COPD", "MRI", "LLaMA", "YOLO", "CIFAR-10", "PCR")  # fmt: skip


def entity(sentence: str, random: Random) -> str | None:
    """A name becomes another name: what the premise says of one thing is said of another."""
    names = [match for match in _NAME.finditer(sentence) if match.group() not in {"F1", "AI", "ML", "II", "III", "AUC", "DNA", "OBJECTIVE", "RESULTS", "METHODS", "CONCLUSION", "CONCLUSIONS", "BACKGROUND"}]  # fmt: skip
    if not names:
        return None
    match = random.choice(names)
    if match.group() in sentence[: match.start()] or match.group() in sentence[match.end() :]:
        return None
    others = [name for name in _STAND_INS if name.lower() not in sentence.lower()]
    return _replace(sentence, match, random.choice(others))


# --- twins that keep the meaning -------------------------------------------------------------------------------------

_SAME = (
    "increase:rise", "increases:raises", "reduces:lowers", "reduced:lowered", "shows:demonstrates", "show:demonstrate",
    "demonstrate:show", "demonstrates:shows", "significantly:markedly", "achieves:reaches", "achieve:reach", "obtain:achieve",
    "large:big", "uses:employs", "use:employ", "approach:method", "method:approach", "however:but", "findings:results",
    "results:findings", "enhance:improve", "enhances:improves", "outperforms:surpasses", "outperform:surpass", "novel:new",
    "faster:quicker", "requires:needs", "require:need", "children:kids", "death:mortality", "beneficial:helpful",
    "approximately:about", "decrease:reduction", "important:key", "problem:issue", "several:multiple", "enables:allows",
)  # fmt: skip
_SYNONYM = dict(pair.split(":") for pair in _SAME)


def synonym(sentence: str, random: Random) -> str | None:
    """One word becomes a word of the same meaning."""
    return _swap_word(sentence, _SYNONYM, random)


_LEAD = re.compile(r"^(?:In this (?:paper|work|study|article), )?(?:we|the authors|our (?:results|findings|experiments)|the results|results) (?:also )?(?:further )?(?:show|find|found|demonstrate|demonstrated|showed|conclude|concluded|observe|observed|report|indicate|suggest) that (?=\w)", re.I)


def lead_dropped(sentence: str, random: Random) -> str | None:
    """ "We show that X" becomes "X"."""
    match = _LEAD.match(sentence)
    if not match:
        return None
    rest = sentence[match.end() :]
    return rest[0].upper() + rest[1:]


def parenthesis_dropped(sentence: str, random: Random) -> str | None:
    """A remark in brackets goes."""
    match = re.search(r" ?\([^()]{2,80}\)", sentence)
    return _replace(sentence, match, "") if match else None


def tail_dropped(sentence: str, random: Random) -> str | None:
    """A last clause after ", which", ", while", ", and" goes where six words or more stay."""
    match = re.search(r", (?:which|while|whereas|thereby|making|enabling|suggesting|indicating|and) [^.]{8,}(?=\.?$)", sentence)
    if not match or len(sentence[: match.start()].split()) < 6 or match.group().startswith(", and") and sentence[: match.start()].count(","):
        return None
    return sentence[: match.start()] + "."


_PHRASE = re.compile(r",? (?:in|at|on|during|after|before|for|with|by|from|among|under|over|through|within) (?:[\w%.-]+ ){0,8}[\w%-]+(?=\.?$)")
_NARROWING = re.compile(r"\b(?:no|not|never|nor|only|none|few|fewer|less|least|without|cannot|rather|all|every|most)\b|n't\b", re.I)


def phrase_dropped(sentence: str, random: Random) -> str | None:
    """ "It was sold in 2004 for 3 million dollars." becomes "It was sold.": where, when or how much goes.

    Not where the phrase might carry the meaning: "no effect in mice" is not "no effect".
    """
    match = _PHRASE.search(sentence)
    if not match or _NARROWING.search(sentence) or len(sentence[: match.start()].split()) < 4:
        return None
    return _replace(sentence, match, "")


def same(sentence: str, random: Random) -> str | None:
    """The sentence itself."""
    return sentence


MUTANTS: tuple[tuple[Rule, str, float], ...] = (
    (number_value, CONTRADICTION, 3.0),
    (number_magnitude, CONTRADICTION, 0.7),
    (number_swapped, CONTRADICTION, 3.0),
    (number_bound_false, CONTRADICTION, 6.0),
    (number_spelled_wrong, CONTRADICTION, 0.8),
    (percent_fraction_wrong, CONTRADICTION, 1.0),
    (unit, CONTRADICTION, 5.0),
    (metric, NOT_ENTAILMENT, 1.0),
    (direction, CONTRADICTION, 2.5),
    (negation_added, CONTRADICTION, 0.8),
    (negation_dropped, CONTRADICTION, 1.5),
    (order, CONTRADICTION, 5.0),
    (hedge_dropped, NEUTRAL, 1.2),
    (scope_widened, NOT_ENTAILMENT, 0.8),
    (entity, NEUTRAL, 0.8),
)
"""Rule, label against the original, and how often it is taken among those that apply."""

TWINS: tuple[tuple[Rule, str, float], ...] = (
    (number_bound_true, ENTAILMENT, 1.0),
    (number_rounded, ENTAILMENT, 1.5),
    (number_spelled, ENTAILMENT, 1.0),
    (percent_fraction, ENTAILMENT, 2.0),
    (comparative_turned, ENTAILMENT, 3.0),
    (hedge_added, ENTAILMENT, 1.0),
    (synonym, ENTAILMENT, 1.0),
    (lead_dropped, ENTAILMENT, 1.5),
    (parenthesis_dropped, ENTAILMENT, 1.0),
    (tail_dropped, ENTAILMENT, 1.0),
    (phrase_dropped, ENTAILMENT, 1.0),
    (same, ENTAILMENT, 0.25),
)

SHORTER: tuple[Rule, ...] = (parenthesis_dropped, tail_dropped, phrase_dropped)
"""Rules that leave a detail out. The other way round they add one that the premise does not give: neutral."""


def mutate(sentence: str, rules: tuple[tuple[Rule, str, float], ...], random: Random) -> Mutant | None:
    """A mutant or twin by one of `rules`, drawn by weight among those that apply; `None` where none does."""
    made = []
    for rule, label, weight in rules:
        text = rule(sentence, random)
        if text is not None and (text != sentence or rule is same):
            made.append((Mutant(text, label, rule.__name__), weight))
    if not made:
        return None
    return random.choices([mutant for mutant, _ in made], [weight for _, weight in made])[0]


# --- sums in words ---------------------------------------------------------------------------------------------------

_PEOPLE = "Ana Ben Chloe Dan Ella Farid Grace Hugo Ines Jon Kira Leo Maya Nils Olga Paul Rosa Sam Tara Umar Vera Will Yuki Zoe".split()
_THINGS = "apples books stamps marbles pencils cards shells coins stickers cookies balloons seeds bottles roses tickets photos".split()


_DID = ("found", "bought", "picked", "received", "collected", "got")
_LOST = ("lost", "sold", "ate", "used", "threw away", "gave away")


def _story(random: Random) -> tuple[str, int, str, str]:
    """A short story with two quantities, the third that follows from them, and how a sentence of it begins and ends."""
    who, other = random.sample(_PEOPLE, 2)
    what = random.choice(_THINGS)
    # Small numbers most often: what is not learnt of these is not learnt of larger ones.
    most = random.choice((9, 12, 20, 20, 50, 99, 400))
    a, b = random.randint(2, most), random.randint(2, most)
    owner, now = random.choice((who, who, "He", "She")), random.choice(("", " now", " in all", " in total"))
    story = random.randrange(9)
    if story == 0:
        return f"{who} had {a} {what} and {other} gave {who} {b} more", a + b, f"{owner} has", f" {what}{now}"
    if story == 1:
        return f"{who} had {a + b} {what} and {random.choice(_LOST)} {b} of them", a, f"{owner} has", f" {what}{random.choice((' left', ' now'))}"
    if story == 2:
        return f"There are {a} {what} in the box and {who} puts {b} more {what} in the box", a + b, "There are", f" {what} in the box now"
    if story == 3:
        a, b = random.randint(2, 12), random.randint(2, 12)
        return f"{who} has {a} bags with {b} {what} in each", a * b, f"{owner} has", f" {what}{now}"
    if story == 4:
        return f"{who} has {a + b} {what} and {other} has {b} {what}", a, f"{who} has", f" more {what} than {other}"
    if story == 5:
        a, b = random.randint(2, 12), random.randint(2, 12)
        return f"{who} shares {a * b} {what} equally among {b} friends", a, "Each friend gets", f" {what}"
    if story == 6:
        return f"{who} {random.choice(_DID)} {a} {what} on Monday and {b} {what} on Tuesday", a + b, f"{owner} has", f" {what}{now}"
    if story == 7:
        return f"There were {a + b} {what} on the shelf and {who} took {b} {what} away", a, "There are", f" {what} left on the shelf"
    return f"{a + b} {what} belong to {who} and {other} , and {b} of them belong to {other}", a, f"{who} has", f" {what}"


def sum_in_words(random: Random) -> tuple[str, Mutant]:
    """A short story with two quantities and a statement of the third, true or false."""
    premise, total, begins, ends = _story(random)
    true = random.random() < 0.5
    near = [total + step * sign for step in (1, 2, 3, 5, 10, random.randint(1, 12), max(1, total // 5)) for sign in (1, -1)]
    told = [int(number) for number in re.findall(r"\d+", premise)]
    said = total if true else random.choice([number for number in (*near, *near, *told, sum(told)) if number > 0 and number != total])
    hypothesis = f"{begins} {said}{ends}"
    if random.random() < 0.4:
        premise, hypothesis = (re.sub(r"\b(\d+)\b", r"\1.0", text) for text in (premise, hypothesis))
    return premise, Mutant(hypothesis, ENTAILMENT if true else CONTRADICTION, "sum_in_words")
