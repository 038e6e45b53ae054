"""Invented findings and statements about them, for what rules on real sentences reach too seldom: the two sides of a
comparison or of a contrast exchanged, bounds, units, negation, association against cause, shares of groups, quantifiers.

A finding is a set of facts; every statement is rendered from the facts, so its label is known and not guessed. Statements of
all labels share their wordings: no wording is a sign of a label.
"""

from dataclasses import dataclass
from random import Random

from mutants import CONTRADICTION, ENTAILMENT, NEUTRAL, Mutant


@dataclass(frozen=True)
class Field:
    """What papers of one field compare: things, measures (name, unit, least, most), settings and populations."""

    things: tuple[str, ...]
    measures: tuple[tuple[str, str, float, float], ...]
    settings: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(","))


FIELDS = (
    Field(
        _words("the sparse model, the dense model, LSTM-CRF, the graph network, our parser, the baseline, ViT-small, the ensemble, the student network, the teacher network, BERT-large, XGBoost, the random forest, the linear probe, Mixer-B, the retrieval model"),
        (("accuracy", "%", 40, 97), ("F1 score", "%", 30, 95), ("latency", "ms", 4, 900), ("memory use", "GB", 1, 60), ("training time", "hours", 2, 80), ("error rate", "%", 2, 40), ("recall", "%", 30, 96)),
        _words("on the test set, on long documents, on the news corpus, on unseen languages, in the low-resource setting, on noisy speech, on the medical subset"),
    ),
    Field(
        _words("metformin, the vaccine, cognitive therapy, aspirin, the low-salt diet, supervised exercise, placebo, standard care, early surgery, vitamin D, ketamine, the new antibody, dexamethasone, the statin, telemonitoring"),
        (("mortality", "%", 2, 40), ("relapse rate", "%", 5, 60), ("response rate", "%", 10, 90), ("hospital stay", "days", 2, 30), ("systolic pressure", "mmHg", 100, 170), ("pain score", "points", 2, 80), ("readmission rate", "%", 3, 35), ("body weight", "kg", 50, 110)),
        _words("in older adults, in children with asthma, in women, in men, in patients with diabetes, in the intensive care unit, after stroke, in rural clinics, in smokers"),
    ),
    Field(
        _words("wild-type mice, knockout mice, treated cells, control cells, the mutant strain, the parental strain, female rats, male rats, infected plants, healthy plants, T cells, B cells, the siRNA group, the vehicle group"),
        (("survival", "%", 10, 95), ("tumour volume", "mm3", 20, 900), ("glucose uptake", "%", 10, 90), ("apoptosis", "%", 2, 60), ("growth rate", "%", 5, 80), ("lifespan", "days", 20, 800), ("expression of IL-6", "pg/ml", 5, 500), ("viral load", "copies", 100, 9000)),
        _words("in vitro, under hypoxia, in the liver, in muscle, at high temperature, after irradiation, in the hippocampus, under drought"),
    ),
    Field(
        _words("the graphene composite, steel, the alloy, the coated electrode, the bare electrode, perovskite cells, silicon cells, the catalyst, the membrane, the polymer, the annealed film, the reference sample, the glass fibre"),
        (("tensile strength", "MPa", 20, 900), ("efficiency", "%", 5, 45), ("conductivity", "S/m", 10, 900), ("capacity", "mAh/g", 90, 700), ("weight loss", "%", 1, 40), ("band gap", "eV", 1, 6), ("lifetime", "hours", 50, 900), ("selectivity", "%", 20, 99)),
        _words("at room temperature, at 77 K, in sea water, under illumination, after 500 cycles, in dry air, under pressure"),
    ),
    Field(
        _words("urban schools, rural schools, the tutoring group, the control group, remote workers, office workers, small firms, large firms, immigrants, natives, first-born children, younger siblings, the north, the south"),
        (("test score", "points", 200, 700), ("drop-out rate", "%", 3, 40), ("unemployment", "%", 2, 25), ("weekly working time", "hours", 20, 60), ("income", "dollars", 200, 9000), ("turnout", "%", 20, 90), ("rent", "euros", 300, 2500), ("life satisfaction", "points", 20, 95)),
        _words("in 2012, during the recession, in the first year, among low earners, in coastal regions, after the reform"),
    ),
)  # fmt: skip

_OTHER_UNIT = {"ms": "s", "GB": "MB", "hours": "minutes", "days": "weeks", "MPa": "GPa", "kg": "g", "eV": "meV", "mm3": "cm3", "pg/ml": "ng/ml", "mAh/g": "Ah/g", "dollars": "cents", "mmHg": "kPa"}  # fmt: skip


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _number(value: float) -> str:
    return f"{value:g}"


def _with_unit(value: float, unit: str) -> str:
    return f"{_number(value)}%" if unit == "%" else f"{_number(value)} {unit}"


def _value(least: float, most: float, random: Random) -> float:
    value = random.uniform(least, most)
    return round(value, 1) if random.random() < 0.5 and value < 100 else float(round(value))


def _comparison(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """One measure of two things, its values given or not."""
    one, other, third = random.sample(field.things, 3)
    (measure, unit, least, most), (unrelated, *_) = random.sample(field.measures, 2)
    where, elsewhere = random.sample(field.settings, 2)
    high, low = 0.0, 0.0
    while high < low * 1.08 + 1:
        high, low = _value(least, most, random), _value(least, most, random)
    more, less = random.choice(("higher", "greater")), "lower"
    factor = high / low if low else 0.0
    # `one` is the higher of the two throughout.
    told = random.randrange(5)
    premise = (
        f"{_capital(where)}, the {measure} of {one} was {_with_unit(high, unit)}, that of {other} {_with_unit(low, unit)}.",
        f"{_capital(one)} had a {more} {measure} than {other} {where} ({_with_unit(high, unit)} vs. {_with_unit(low, unit)}).",
        f"{_capital(other)} reached a {measure} of {_with_unit(low, unit)} {where}, compared with {_with_unit(high, unit)} for {one}.",
        f"The {measure} was {_with_unit(low, unit)} with {other} and {_with_unit(high, unit)} with {one} {where}.",
        f"Compared with {other}, {one} showed a significantly {more} {measure} {where}.",
    )[told]
    has_numbers = told != 4

    def says(a: str, word: str, b: str) -> str:
        return random.choice((
            f"{_capital(a)} had a {word} {measure} than {b}.",
            f"The {measure} of {a} was {word} than that of {b}.",
            f"{_capital(where)}, {a} showed a {word} {measure} than {b}.",
            f"{_capital(measure)} was {word} with {a} than with {b} {where}.",
        ))  # fmt: skip

    statements = [
        (says(one, more, other), ENTAILMENT),
        (says(other, less, one), ENTAILMENT),
        (f"{_capital(one)} and {other} differed in {measure}.", ENTAILMENT),
        (says(one, less, other), CONTRADICTION),
        (says(other, more, one), CONTRADICTION),
        (f"{_capital(one)} and {other} did not differ in {measure} {where}.", CONTRADICTION),
        (f"The {measure} of {one} was not {more} than that of {other} {where}.", CONTRADICTION),
        (says(one, more, third), NEUTRAL),
        (says(third, less, other), NEUTRAL),
        (f"{_capital(one)} had a {random.choice((more, less))} {unrelated} than {other}.", NEUTRAL),
        (f"{_capital(one)} had a {more} {measure} than {other} {elsewhere}.", NEUTRAL),
    ]
    if has_numbers:
        value, name, rival = random.choice(((high, one, low), (low, other, high)))
        under, over = float(f"{value * random.uniform(0.75, 0.96):.2g}"), float(f"{value * random.uniform(1.05, 1.3):.2g}")
        beside = _written_beside(value, random)

        def gives(text: str) -> str:
            return random.choice((f"The {measure} of {name} was {text}.", f"{_capital(name)} had a {measure} of {text} {where}.", f"With {name}, {measure} was {text}."))  # fmt: skip

        statements += [
            (gives(_with_unit(value, unit)), ENTAILMENT),
            (gives(_with_unit(rival, unit)), CONTRADICTION),
            (gives(_with_unit(beside, unit)), CONTRADICTION),
        ]
        if value != round(value) and value > 3:
            statements.append((gives(f"{random.choice(('about', 'roughly', 'around'))} {_with_unit(round(value), unit)}"), ENTAILMENT))
        if under < value < over:
            above, below = random.choice(("more than", "over", "above", "at least")), random.choice(("less than", "under", "below", "at most"))
            statements += [
                (gives(f"{above} {_with_unit(under, unit)}"), ENTAILMENT),
                (gives(f"{below} {_with_unit(over, unit)}"), ENTAILMENT),
                (gives(f"{above} {_with_unit(over, unit)}"), CONTRADICTION),
                (gives(f"{below} {_with_unit(under, unit)}"), CONTRADICTION),
            ]
        if unit in _OTHER_UNIT:
            statements.append((gives(_with_unit(value, _OTHER_UNIT[unit])), CONTRADICTION))
            statements.append((gives(_with_unit(value, unit)), ENTAILMENT))
        if factor > 2.1:
            statements.append((f"The {measure} of {one} was more than twice that of {other}.", ENTAILMENT))
        elif factor < 1.8:
            statements.append((f"The {measure} of {one} was more than twice that of {other}.", CONTRADICTION))
    return premise, _mutants(statements, "finding_comparison")


def _written_beside(value: float, random: Random) -> float:
    """Another value, 15 % to 60 % off, with as many decimals."""
    changed = value * random.choice((random.uniform(0.4, 0.85), random.uniform(1.15, 1.6)))
    changed = round(changed, 1) if value != round(value) else float(round(changed))
    return changed if changed != value else value + 1


def _mutants(statements: list[tuple[str, str]], rule: str) -> list[Mutant]:
    return [Mutant(text, label, rule) for text, label in statements]


_CAUSES = _words("coffee consumption, air pollution, short sleep, smoking, high salt intake, screen time, night work, loneliness, vitamin D deficiency, early menopause, heavy drinking, obesity, breastfeeding, a Mediterranean diet, regular exercise, low income, the BRCA1 variant, statin use, noise exposure")  # fmt: skip
_OUTCOMES = _words("stroke, depression, lung cancer, type 2 diabetes, dementia, asthma, hip fracture, preterm birth, heart failure, obesity, kidney disease, migraine, early death, breast cancer, infection, insomnia")  # fmt: skip
_GROUPS = _words("women, men, children, older adults, nurses, students, veterans, twins, former smokers, adolescents, diabetic patients, farm workers")  # fmt: skip


def _association(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """A cause and an outcome: linked to a higher risk, to a lower one, or not."""
    cause, other_cause = random.sample(_CAUSES, 2)
    outcome, other_outcome = random.sample([name for name in _OUTCOMES if name not in (cause, other_cause)], 2)
    group, other_group = random.sample(_GROUPS, 2)
    kind = random.choice(("higher", "lower", "none"))
    sample = random.randint(2, 90) * 100
    head = random.choice(("", f"Among {sample:,} {group}, ", f"In a cohort of {sample:,} {group}, ", f"In {group}, "))
    if not head:
        group = ""

    def linked(way: str, c: str = cause, o: str = outcome) -> str:
        if way == "none":
            return random.choice((
                f"{c} was not associated with {o}", f"no association was found between {c} and {o}", f"there was no link between {c} and the risk of {o}",
                f"{c} did not affect the risk of {o}" if head else f"{c} was unrelated to {o}",
            ))  # fmt: skip
        up = way == "higher"
        return random.choice((
            f"{c} was associated with {'an increased' if up else 'a reduced'} risk of {o}",
            f"{c} was linked to a {way} risk of {o}",
            f"the risk of {o} was {way} with {c} than without it",
            f"{'more' if up else 'fewer'} cases of {o} occurred with {c}",
        ))  # fmt: skip

    premise = _capital(head + linked(kind)) + "."
    opposite = {"higher": "lower", "lower": "higher", "none": random.choice(("higher", "lower"))}[kind]
    statements = [
        (linked(kind), ENTAILMENT),
        (linked(kind), ENTAILMENT),
        (linked(opposite), CONTRADICTION),
        (linked("none") if kind != "none" else linked("higher"), CONTRADICTION),
        (linked(random.choice(("higher", "lower", "none")), other_cause), NEUTRAL),
        (linked(random.choice(("higher", "lower", "none")), cause, other_outcome), NEUTRAL),
    ]
    if kind != "none":
        statements += [
            (f"{cause} {'causes' if kind == 'higher' else 'prevents'} {outcome}", NEUTRAL),
            (f"{cause} and {outcome} were associated", ENTAILMENT),
            (f"{cause} was not associated with {outcome}", CONTRADICTION),
        ]
    if group:
        statements += [(f"in {other_group}, {linked(random.choice((kind, opposite)))}", NEUTRAL), (f"the study looked at {group}", ENTAILMENT)]
    return premise, _mutants([(_capital(text) + ".", label) for text, label in statements], "finding_association")


def _hedged(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """What may be so is not what is so."""
    cause, outcome = random.choice(_CAUSES), random.choice(_OUTCOMES)
    verb, past, other = random.choice((("reduce", "reduces", "increases"), ("increase", "increases", "reduces"), ("worsen", "worsens", "improves"), ("prevent", "prevents", "causes")))  # fmt: skip
    hedge, same = random.sample(("may", "might", "could"), 2)
    sure = random.random() < 0.4
    if sure:
        premise = f"{_capital(cause)} {past} {outcome}."
        statements = [(f"{cause} can {verb} {outcome}", ENTAILMENT), (f"{cause} does not {verb} {outcome}", CONTRADICTION), (f"{cause} never {past} {outcome}", CONTRADICTION), (f"{cause} always {past} {outcome} in children", NEUTRAL)]  # fmt: skip
    else:
        tail = random.choice(("", ", but the evidence is weak", ", although larger trials are needed", ", but this remains to be shown"))
        premise = f"{_capital(cause)} {hedge} {verb} {outcome}{tail}."
        statements = [(f"{cause} {same} {verb} {outcome}", ENTAILMENT), (f"{cause} {past} {outcome}", NEUTRAL), (f"{cause} has been shown to {verb} {outcome}", NEUTRAL), (f"it is possible that {cause} {past} {outcome}", ENTAILMENT), (f"{cause} {other} {outcome}", NEUTRAL)]  # fmt: skip
        if tail:
            statements.append((f"it is proven that {cause} {past} {outcome}", CONTRADICTION))
    return premise, _mutants([(_capital(text) + ".", label) for text, label in statements], "finding_hedge")


_SHARES = ((0.5, "half"), (0.25, "a quarter"), (1 / 3, "a third"), (0.75, "three quarters"), (2 / 3, "two thirds"), (0.2, "a fifth"), (0.1, "a tenth"))
_DID = ("recovered", "relapsed", "improved", "completed the trial", "reported side effects", "stopped treatment", "were infected")
_WHO = _words("patients, participants, children, women, volunteers, teachers, farmers, residents, workers")


def _share(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """A part of a group, as counts, per cent or a fraction."""
    who = random.choice(_WHO)
    did, other_did = random.sample(_DID, 2)
    group = random.choice((20, 40, 60, 80, 90, 120, 150, 200, 240, 300, 500, 800, 1000))
    exact, name = random.choice(_SHARES)
    if random.random() < 0.5:
        exact, name = random.uniform(0.05, 0.95), ""
    part = round(group * exact)
    percent = 100 * part / group
    written = f"{percent:.1f}%" if percent != round(percent) else f"{percent:.0f}%"
    premise = random.choice((
        f"{part} of the {group} {who} ({written}) {did}.", f"Of {group} {who}, {part} {did}.", f"{written} of the {who} {did}.",
        f"In all, {part} of {group} {who} {did} within {random.choice(('six weeks', 'a year', '30 days', '12 months'))}.",
    ))  # fmt: skip
    near = min((abs(percent / 100 - share), words) for share, words in _SHARES)
    wrong = random.choice([words for share, words in _SHARES if abs(share - percent / 100) > 0.1])
    far = random.choice([value for value in range(5, 100, 5) if abs(value - percent) > 8])
    statements = [
        (f"{round(percent)}% of the {who} {did}" if percent == round(percent) else f"About {round(percent)}% of the {who} {did}", ENTAILMENT),
        (f"{far}% of the {who} {did}", CONTRADICTION),
        (f"{_capital(wrong)} of the {who} {did}", CONTRADICTION),
        (f"{_capital(name) if name else written} of the {who} {other_did}", NEUTRAL),
        (f"All of the {who} {did}", CONTRADICTION),
        (f"None of the {who} {did}", CONTRADICTION),
        (f"Some of the {who} {did}", ENTAILMENT),
        (f"Some of the {who} did not: {round(100 - percent)}%" if percent == round(percent) else f"Not all of the {who} {did}", ENTAILMENT),
    ]
    if near[0] < 0.02:
        statements += [(f"About {near[1]} of the {who} {did}", ENTAILMENT)] * 2
    if abs(percent - 50) > 5:
        most, fewest = ("Most", "Fewer than half") if percent > 50 else ("Fewer than half", "Most")
        statements += [(f"{most} of the {who} {did}", ENTAILMENT), (f"{fewest} of the {who} {did}", CONTRADICTION)]
        statements += [(f"{'The majority' if percent > 50 else 'A minority'} of the {who} {did}", ENTAILMENT), (f"{'A minority' if percent > 50 else 'The majority'} of the {who} {did}", CONTRADICTION)]  # fmt: skip
    return premise, _mutants([(text + ".", label) for text, label in statements], "finding_share")


_TIMES = (("12 months", "one year", "12 weeks"), ("two weeks", "14 days", "14 months"), ("24 hours", "one day", "24 days"), ("six months", "half a year", "six years"), ("90 minutes", "one and a half hours", "90 seconds"), ("three years", "36 months", "three months"), ("ten years", "a decade", "ten weeks"), ("eight weeks", "56 days", "eight days"), ("1,000 m", "1 km", "1,000 km"), ("2.5 kg", "2,500 g", "2.5 g"), ("0.5 mg", "500 µg", "0.5 g"), ("3 GB", "3,000 MB", "3 MB"))  # fmt: skip
_LASTED = _words("the trial, the follow-up, the experiment, the treatment, the survey, the storage test")


def _span(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """A duration or an amount in equal and in other units."""
    given, equal, other = random.choice(_TIMES)
    amount = given.split()[-1] in {"m", "kg", "mg", "GB"}
    what = random.choice(("the sample", "the device", "the dose", "the file")) if amount else random.choice(_LASTED)
    verb = {"m": "measured", "kg": "weighed", "mg": "came to", "GB": "took"}.get(given.split()[-1], "lasted")
    if not amount and random.random() < 0.5:
        given, equal = equal, given
    premise = random.choice((f"{_capital(what)} {verb} {given}.", f"{_capital(what)}, the first of its kind, {verb} {given}."))
    statements = [(f"{what} {verb} {given}", ENTAILMENT), (f"{what} {verb} {equal}", ENTAILMENT), (f"{what} {verb} {other}", CONTRADICTION), (f"{what} {verb} more than {given}", CONTRADICTION), (f"{what} {verb} less than {equal}", CONTRADICTION), (f"{what} {verb} {given} in the second group only", NEUTRAL)]  # fmt: skip
    return premise, _mutants([(_capital(text) + ".", label) for text, label in statements], "finding_span")


_RIVALRIES = (
    (("outperformed", "did better than", "beat", "surpassed"), ("did worse than", "trailed", "lost to", "fell short of", "did not do as well as")),
    (("lasted longer than", "outlasted"), ("lasted less long than", "did not last as long as")),
    (("cost more than", "proved more expensive than"), ("cost less than", "proved cheaper than")),
    (("grew faster than", "proved to grow faster than"), ("grew more slowly than", "did not grow as fast as")),
    (("needed more time than", "took longer than"), ("needed less time than", "took less time than")),
    (("caused more side effects than", "led to more side effects than"), ("caused fewer side effects than", "had fewer side effects than")),
    (("failed more often than", "showed more failures than"), ("failed less often than", "showed fewer failures than")),
    (("proved safer than", "turned out safer than"), ("proved less safe than", "turned out riskier than")),
    (("proved more stable than", "changed less than"), ("proved less stable than", "changed more than")),
    (("used more energy than", "consumed more energy than"), ("used less energy than", "consumed less energy than")),
    (("attracted more attention than", "drew more attention than"), ("attracted less attention than", "drew less attention than")),
    (("proved heavier than", "outweighed"), ("proved lighter than", "weighed less than")),
    (("proved more sensitive than", "detected more cases than"), ("proved less sensitive than", "missed more cases than")),
    (("responded earlier than", "reacted sooner than"), ("responded later than", "reacted later than")),
)  # fmt: skip
"""What one side does to the other: wordings of it, and of the same seen from the other side."""


def _rivals(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """One thing above another, as a verb tells it; nothing but the order of the two says which."""
    one, other, third = random.sample(field.things, 3)
    (above, below), (unrelated, _) = random.sample(_RIVALRIES, 2)
    where, elsewhere = random.sample(field.settings, 2)
    in_one_setting = random.random() < 0.2
    head = f"{where}, " if in_one_setting else random.choice(("", "", "as expected, ", f"in {random.randint(3, 40)} repetitions of the test, ", "to our surprise, "))
    tail = random.choice(("", "", " by a wide margin", " in every comparison", " in the first year and in the second", ", as earlier work had suggested"))
    told = random.choice((f"{one} {random.choice(above)} {other}", f"{other} {random.choice(below)} {one}"))
    same = (f"there was no difference between {one} and {other}", f"{one} and {other} did not differ", f"{other} and {one} were alike")
    statements = [
        (f"{one} {random.choice(above)} {third}", NEUTRAL),
        (f"{third} {random.choice(below)} {other}", NEUTRAL),
        (f"there was no difference between {one} and {third}", NEUTRAL),
    ]
    if random.random() < 0.2:
        told = random.choice(same)
        statements += [
            *((text, ENTAILMENT) for text in same),
            (f"{one} {random.choice(above)} {other}", CONTRADICTION),
            (f"{one} {random.choice(below)} {other}", CONTRADICTION),
        ]
    else:
        statements += [
            (f"{one} {random.choice(above)} {other}", ENTAILMENT),
            (f"{other} {random.choice(below)} {one}", ENTAILMENT),
            (f"{other} {random.choice(above)} {one}", CONTRADICTION),
            (f"{one} {random.choice(below)} {other}", CONTRADICTION),
            (random.choice(same), CONTRADICTION),
            (f"{one} {random.choice(unrelated)} {other}", NEUTRAL),
        ]
    premise = _capital(f"{head}{told}{tail}.")
    if in_one_setting:
        statements.append((f"{elsewhere}, {other} {random.choice(above)} {one}", NEUTRAL))
    return premise, _mutants([(_capital(text) + ".", label) for text, label in statements], "finding_rivals")


_DEEDS = (("passed the test", "failed the test"), ("gained weight", "lost weight"), ("met the target", "missed the target"), ("recovered", "deteriorated"), ("expanded", "shrank"), ("completed the follow-up", "dropped out of the follow-up"), ("profited from the change", "suffered from the change"), ("absorbed water", "repelled water"), ("responded to the signal", "ignored the signal"), ("kept all of the gains", "lost all of the gains"), ("reached the threshold", "stayed below the threshold"), ("became less common", "became more common"), ("showed signs of stress", "showed no signs of stress"), ("converged", "did not converge"), ("survived the first week", "died within the first week"), ("supported the hypothesis", "contradicted the hypothesis"), ("stayed within the budget", "exceeded the budget"))  # fmt: skip


def _sides(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """Two things of which one does what the other does not, or both the same."""
    one, other, third = random.sample(field.things, 3)
    (did, did_not), (unrelated, _) = random.sample(_DEEDS, 2)
    if random.random() < 0.5:
        did, did_not = did_not, did
    both, joint = f"both {one} and {other}", random.choice(("whereas", "while", "but"))
    open_ones = [(f"{third} {random.choice((did, did_not))}", NEUTRAL), (f"{one} {unrelated}", NEUTRAL), (f"both {one} and {third} {did}", NEUTRAL), (f"{one} {did} again in a second study", NEUTRAL)]
    if random.random() < 0.5:
        premise = random.choice((f"{both} {did}", f"{one} {did}, as did {other}", f"{one} and {other} alike {did}", f"like {other}, {one} {did}"))
        statements = [
            (f"{both} {did}", ENTAILMENT), (f"{other} {did}", ENTAILMENT), (f"{one} {did}", ENTAILMENT), (f"not only {one} {did}, but also {other}", ENTAILMENT),
            (f"{one} {did}, {joint} {other} {did_not}", CONTRADICTION), (f"{both} {did_not}", CONTRADICTION), (f"{other} {did_not}", CONTRADICTION), (f"it was {other}, not {one}, that {did}", CONTRADICTION),
        ]  # fmt: skip
        return _capital(premise) + ".", _mutants([(_capital(text) + ".", label) for text, label in statements + open_ones], "finding_sides")
    premise = random.choice((
        f"{one} {did}, whereas {other} {did_not}", f"{one} {did} and {other} {did_not}", f"unlike {other}, which {did_not}, {one} {did}",
        f"while {other} {did_not}, {one} {did}", f"{one} {did}; {other}, by contrast, {did_not}", f"{other} {did_not}, but {one} {did}",
    ))  # fmt: skip
    statements = [
        (f"{one} {did}", ENTAILMENT),
        (f"{other} {did_not}", ENTAILMENT),
        (f"{other} {did_not}, {joint} {one} {did}", ENTAILMENT),
        (f"it was {one}, not {other}, that {did}", ENTAILMENT),
        (f"{one} {did_not}", CONTRADICTION),
        (f"{other} {did}", CONTRADICTION),
        (f"{other} {did}, {joint} {one} {did_not}", CONTRADICTION),
        (f"{one} {did_not} and {other} {did}", CONTRADICTION),
        (f"it was {other}, not {one}, that {did}", CONTRADICTION),
        (f"{both} {did}", CONTRADICTION),
    ]
    return _capital(premise) + ".", _mutants([(_capital(text) + ".", label) for text, label in statements + open_ones], "finding_sides")


_CONDITIONS = (("in girls", "in boys"), ("inside the park", "outside the park"), ("at low doses", "at high doses"), ("in winter", "in summer"), ("with few training examples", "with many training examples"), ("on short texts", "on long texts"), ("in the acute phase", "in the chronic phase"), ("in the treated arm", "in the control arm"), ("in acidic soil", "in alkaline soil"), ("under load", "at rest"), ("in rich countries", "in poor countries"), ("for frequent words", "for rare words"), ("in the first week", "in the fourth week"), ("near roads", "far from roads"), ("in shallow water", "in deep water"), ("in young adults", "in the elderly"), ("before the intervention", "after the intervention"), ("with the additive", "without the additive"), ("in cities", "in villages"), ("during the day", "at night"))  # fmt: skip
_WAYS = (("rose", "increased", "went up", "grew"), ("fell", "decreased", "went down", "declined"), ("did not change", "stayed the same", "remained constant"))


def _conditions(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """A measure that goes one way under one condition and another way, or the same, under the other."""
    (measure, *_), (unrelated, *_) = random.sample(field.measures, 2)
    (here, there), (elsewhere, _) = random.sample(_CONDITIONS, 2)
    if random.random() < 0.5:
        here, there = there, here
    one, other = random.sample(_WAYS, 2)
    the = random.choice(("", "the mean "))

    def goes(way: tuple[str, ...], where: str, what: str = measure) -> str:
        return random.choice((f"{the}{what} {random.choice(way)} {where}", f"{where}, {the}{what} {random.choice(way)}"))

    def in_both(way: tuple[str, ...]) -> str:
        return f"{the}{measure} {random.choice(way)} both {here} and {there}"

    open_ones = [
        (goes(random.choice(_WAYS), elsewhere), NEUTRAL),
        (goes(one, here, unrelated), NEUTRAL),
        (f"{the}{measure} {random.choice(one)} both {here} and {elsewhere}", NEUTRAL),
        (f"{goes(one, here)} in all five replications", NEUTRAL),
    ]
    if random.random() < 0.5:
        premise = random.choice((in_both(one), f"{the}{measure} {random.choice(one)} {here} and {there} alike", f"{goes(one, here)}, and {there} as well"))
        statements = [
            (in_both(one), ENTAILMENT),
            (goes(one, here), ENTAILMENT),
            (goes(one, there), ENTAILMENT),
            (in_both(other), CONTRADICTION),
            (goes(other, there), CONTRADICTION),
            (f"{goes(one, here)}, but it {random.choice(other)} {there}", CONTRADICTION),
        ]
    else:
        premise = random.choice((
            f"{the}{measure} {random.choice(one)} {here} and {random.choice(other)} {there}", f"{the}{measure} {random.choice(one)} {here}, whereas it {random.choice(other)} {there}",
            f"{here}, {the}{measure} {random.choice(one)}; {there}, it {random.choice(other)}", f"while {the}{measure} {random.choice(other)} {there}, it {random.choice(one)} {here}",
        ))  # fmt: skip
        statements = [
            (goes(one, here), ENTAILMENT),
            (goes(other, there), ENTAILMENT),
            (f"{goes(other, there)}, but it {random.choice(one)} {here}", ENTAILMENT),
            (goes(one, there), CONTRADICTION),
            (goes(other, here), CONTRADICTION),
            (f"{goes(one, there)}, but it {random.choice(other)} {here}", CONTRADICTION),
            (in_both(one), CONTRADICTION),
        ]
    return _capital(premise) + ".", _mutants([(_capital(text) + ".", label) for text, label in statements + open_ones], "finding_conditions")


_AMOUNTS = _words("sleep, physical activity, homework, rain, training data, caffeine, vitamin C, contact with friends, shade, nitrogen, screen time, practice, traffic noise, fibre, sunlight, stress, grey matter, staff, time outdoors, green space")
_QUALITIES = (("reading skills", "better", "worse"), ("blood pressure", "lower", "higher"), ("mood", "better", "worse"), ("yields", "higher", "lower"), ("error rates", "lower", "higher"), ("lung function", "better", "worse"), ("attention", "better", "worse"), ("test scores", "higher", "lower"), ("survival", "longer", "shorter"), ("symptoms", "milder", "stronger"), ("responses", "faster", "slower"), ("wound healing", "faster", "slower"), ("bone density", "higher", "lower"), ("stays in hospital", "shorter", "longer"), ("balance", "better", "worse"), ("pain", "weaker", "stronger"))  # fmt: skip
_SUBJECTS = _words("participants, those, people, subjects, individuals, volunteers, respondents")
"""Whoever was studied."""


def _trend(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """A quality that goes with an amount: told of the amount, or of those who have more or less of it."""
    amount, other_amount = random.sample(_AMOUNTS, 2)
    (quality, *ways), (other_quality, *other_ways) = random.sample(_QUALITIES, 2)
    up, down = random.sample(ways, 2)
    # What the quality is where there is more of the amount, and where there is less.

    group, other_group = random.sample(_GROUPS, 2)

    def goes(up: str, down: str, amount: str = amount, quality: str = quality, who: str = "") -> str:
        who, was = who or random.choice(_SUBJECTS), "were" if quality.endswith("s") else "was"
        return random.choice((
            f"{amount} was {random.choice(('linked to', 'associated with', 'related to', 'tied to'))} {up} {quality}",
            f"{random.choice(('more', 'a greater amount of'))} {amount} {random.choice(('went with', 'went along with', 'came with', 'predicted'))} {up} {quality}",
            f"{who} with more {amount} had {up} {quality}",
            f"{who} with less {amount} had {down} {quality}",
            f"{quality} {was} {up} in {who} with more {amount}",
            f"{quality} {was} {down} where there was less {amount}",
            f"the more {amount}, the {up} the {quality}",
            f"{who} with little {amount} had {down} {quality} than {who} with much of it",
        ))  # fmt: skip

    def is_flat(amount: str = amount, quality: str = quality) -> str:
        was = "were" if quality.endswith("s") else "was"
        return random.choice((
            f"{amount} was not {random.choice(('linked to', 'associated with', 'related to'))} {quality}", f"{quality} {was} the same whatever the {amount}",
            f"{random.choice(_SUBJECTS)} with more {amount} did not differ in {quality}", f"no link between {amount} and {quality} was seen",
        ))  # fmt: skip

    statements = [
        (goes(*random.choice(((up, down), (down, up))), amount=other_amount), NEUTRAL),
        (goes(*random.sample(other_ways, 2), quality=other_quality), NEUTRAL),
        (random.choice((is_flat(other_amount), is_flat(quality=other_quality))), NEUTRAL),
        (f"{goes(up, down)}, which was seen in {group} alone", NEUTRAL),
    ]
    if random.random() < 0.2:
        premise = is_flat()
        statements += [(is_flat(), ENTAILMENT), (is_flat(), ENTAILMENT), (goes(up, down), CONTRADICTION), (goes(down, up), CONTRADICTION)]
    else:
        premise = goes(up, down, who=random.choice(("", group)))
        statements += [(goes(up, down), ENTAILMENT), (goes(up, down), ENTAILMENT), (goes(down, up), CONTRADICTION), (random.choice((goes(down, up), is_flat())), CONTRADICTION)]
        statements += [(f"a change in {amount} was shown to be the cause of {up} {quality}", NEUTRAL), (f"{goes(up, down)}, in {other_group} too", NEUTRAL)]
    head = random.choice(("", "", "we found that ", "the results show that ", "overall, ", "after adjustment for age, "))
    return _capital(head + premise) + ".", _mutants([(_capital(random.choice(("", "", "we found that ", "the data show that ")) + text) + ".", label) for text, label in statements], "finding_trend")


_LEVELS = (("at pH 4", "at pH 8"), ("at 20 °C", "at 60 °C"), ("at high doses", "at low doses"), ("in clay", "in sand"), ("in spring", "in autumn"), ("after one hour", "after one day"), ("with ten examples", "with a thousand examples"), ("in light", "in darkness"), ("at sea level", "at 3,000 m"), ("in the first session", "in the last session"), ("for short queries", "for long queries"), ("in the left eye", "in the right eye"), ("under load", "at rest"), ("in urban areas", "in rural areas"), ("before training", "after training"), ("in fresh water", "in salt water"), ("on weekdays", "at weekends"), ("with the filter", "without the filter"))  # fmt: skip


_ACTS = _words("music lessons, the new diet, liming, an evening walk, the vaccine, group therapy, the fertilizer, yoga, the tutoring, cold baths, the app, magnesium, the mattress, massage, cover crops, the training, the syrup, shorter shifts")
_TWO_GROUPS = (("men", "women"), ("smokers", "non-smokers"), ("novices", "experts"), ("rural schools", "urban schools"), ("sandy soils", "clay soils"), ("patients with diabetes", "patients without diabetes"), ("boys", "girls"), ("nurses", "teachers"), ("wild birds", "caged birds"), ("first-time mothers", "other mothers"), ("early risers", "late sleepers"), ("small farms", "large farms"))  # fmt: skip
_TURNED = {"better": "improved", "worse": "worsened", "lower": "lowered", "higher": "raised", "longer": "prolonged", "shorter": "shortened", "milder": "eased", "stronger": "strengthened", "faster": "sped up", "slower": "slowed down", "weaker": "weakened"}  # fmt: skip
"""What did it that makes something so."""
_DONE = {"reading skills": "read", "mood": "felt", "attention": "paid attention", "test scores": "scored", "survival": "lived", "responses": "responded", "wound healing": "healed", "stays in hospital": "stayed in hospital", "balance": "kept their balance", "lung function": "breathed"}  # fmt: skip
"""What those do, better or worse, whose quality it is."""


def _groups(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """What a treatment did in each of two groups: the same, or something in one of them alone."""
    treatment, other_treatment = random.sample(_ACTS, 2)
    (quality, *ways), (other_quality, *_rest) = random.sample(_QUALITIES, 2)
    to, away = random.sample(ways, 2)
    (here, there), (elsewhere, _) = random.sample(_TWO_GROUPS, 2)
    if random.random() < 0.5:
        here, there = there, here
    be = "were" if quality.split(" in ")[0].endswith("s") else "was"

    def made(way: str, where: str, by: str = treatment) -> str:
        """That the quality became so, told of what did it, of itself, or of those whose it is."""
        told, whose = random.randrange(3), where.removeprefix("in ")
        if told == 0 and quality in _DONE and " in " not in whose:
            return f"{whose} {_DONE[quality]} {way} after {by}"
        if told == 1:
            return f"{quality} {be} {way} after {by} {where}"
        return f"{by} {_TURNED[way]} {quality} {where}"

    both, alike = f"in both {here} and {there}", f"in {here} and {there} alike"
    open_ones = [
        (made(to, f"in {elsewhere}"), NEUTRAL),
        (made(to, f"in both {here} and {elsewhere}"), NEUTRAL),
        (made(to, both, other_treatment), NEUTRAL),
        (f"{treatment} changed {other_quality} in both {here} and {there}", NEUTRAL),
        (f"{made(to, f'in {here}')}, but not in {elsewhere}", NEUTRAL),
    ]
    if random.random() < 0.5:
        premise = made(to, random.choice((f"in {here} and in {there}", f"in {here} as well as in {there}", both, alike, f"in {there}, and in {here} too")))
        statements = [
            (made(to, both), ENTAILMENT),
            (made(to, f"in {here} and in {there}"), ENTAILMENT),
            (made(to, f"in {random.choice((here, there))}"), ENTAILMENT),
            (made(away, both), CONTRADICTION),
            (made(away, f"in {random.choice((here, there))}"), CONTRADICTION),
            (f"{made(to, f'in {here}')}, but not in {there}", CONTRADICTION),
            (f"{treatment} had no effect on {quality} in {random.choice((here, there))}", CONTRADICTION),
        ]
    else:
        premise = random.choice((
            f"{made(to, f'in {here}')}, but not in {there}",
            f"{made(to, f'in {here}')}, whereas in {there} it made no difference",
            f"{treatment} made no difference in {there}; in {here} it {_TURNED[to]} {quality}",
        ))  # fmt: skip
        statements = [
            (made(to, f"in {here}"), ENTAILMENT),
            (f"{made(to, f'in {here}')}, but not in {there}", ENTAILMENT),
            (f"{treatment} had no effect on {quality} in {there}", ENTAILMENT),
            (made(to, both), CONTRADICTION),
            (made(to, f"in {there}"), CONTRADICTION),
            (f"{made(to, f'in {there}')}, but not in {here}", CONTRADICTION),
            (made(away, f"in {here}"), CONTRADICTION),
        ]
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements + open_ones], "finding_groups")


def _levels(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """A measure with its value under each of two conditions."""
    (measure, unit, least, most), (unrelated, *_) = random.sample(field.measures, 2)
    (here, there), (elsewhere, _) = random.sample(_LEVELS, 2)
    if random.random() < 0.5:
        here, there = there, here
    name = random.choice((measure, measure, f"{measure} of {random.choice(field.things)}"))
    high, low = 0.0, 0.0
    while high < low * 1.15 + 1:
        high, low = _value(least, most, random), _value(least, most, random)
    # `here` has the higher value throughout.
    highest, lowest = _with_unit(high, unit), _with_unit(low, unit)
    premise = random.choice((
        f"the {name} was {highest} {here} and {lowest} {there}", f"the {name} reached {highest} {here} but only {lowest} {there}", f"the {name} was {lowest} {there}; {here} it was {highest}",
        f"{here}, the {name} was {highest}, against {lowest} {there}", f"the {name} came to {lowest} {there}, whereas it came to {highest} {here}", f"the {name} reached {highest} {here} and fell to {lowest} {there}",
        f"the {name} rose from {lowest} {there} to {highest} {here}",
    ))  # fmt: skip

    def gives(value: str, where: str) -> str:
        return random.choice((f"the {name} was {value} {where}", f"{where}, the {name} was {value}", f"{where} the {name} came to {value}"))

    def orders(above: str, below: str) -> str:
        return random.choice((
            f"the {name} was {random.choice(('higher', 'greater', 'larger'))} {above} than {below}", f"the {name} was {random.choice(('lower', 'smaller'))} {below} than {above}",
            f"{above}, the {name} was higher than {below}", f"the {name} was highest {above}", f"the {name} was lowest {below}",
        ))  # fmt: skip

    def both(above: str, below: str) -> str:
        return random.choice((f"the {name} was {highest} {above} and {lowest} {below}", f"{below} the {name} was {lowest}, and {above} {highest}", f"the {name} reached {highest} {above} and {lowest} {below}"))

    statements = [
        (gives(highest, here), ENTAILMENT),
        (gives(lowest, there), ENTAILMENT),
        (orders(here, there), ENTAILMENT),
        (orders(here, there), ENTAILMENT),
        (both(here, there), ENTAILMENT),
        (gives(lowest, here), CONTRADICTION),
        (gives(highest, there), CONTRADICTION),
        (orders(there, here), CONTRADICTION),
        (orders(there, here), CONTRADICTION),
        (both(there, here), CONTRADICTION),
        (f"the {name} was the same {here} and {there}", CONTRADICTION),
        (gives(highest, elsewhere), NEUTRAL),
        (f"the {unrelated} was {random.choice(('higher', 'lower'))} {here} than {there}", NEUTRAL),
        (f"the {name} was higher {here} than {elsewhere}", NEUTRAL),
    ]
    value, where = random.choice(((high, here), (low, there)))
    under, over = float(f"{value * random.uniform(0.6, 0.95):.2g}"), float(f"{value * random.uniform(1.05, 1.5):.2g}")
    if under < value < over:
        above, below = random.choice(("more than", "over", "above", "at least")), random.choice(("less than", "under", "below", "at most"))
        statements += [
            (gives(f"{above} {_with_unit(under, unit)}", where), ENTAILMENT),
            (gives(f"{below} {_with_unit(over, unit)}", where), ENTAILMENT),
            (gives(f"{above} {_with_unit(over, unit)}", where), CONTRADICTION),
            (gives(f"{below} {_with_unit(under, unit)}", where), CONTRADICTION),
        ]
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements], "finding_levels")


def _sentence(text: str) -> str:
    return _capital(text) + "."


_CHANGES = (
    (("rose", "increased", "went up", "climbed"), ("fell", "decreased", "went down", "dropped")),
    (("grew", "expanded", "became larger"), ("shrank", "contracted", "became smaller")),
    (("warmed", "became warmer", "heated up"), ("cooled", "became cooler", "cooled down")),
    (("sped up", "became faster", "accelerated"), ("slowed down", "became slower", "decelerated")),
    (("improved", "got better", "became better"), ("worsened", "got worse", "deteriorated")),
    (("thickened", "became thicker"), ("thinned", "became thinner")),
    (("widened", "became wider"), ("narrowed", "became narrower")),
    (("strengthened", "became stronger"), ("weakened", "became weaker")),
    (("became more frequent", "became more common", "occurred more often"), ("became less frequent", "became rarer", "occurred less often")),
    (("lengthened", "became longer"), ("shortened", "became shorter")),
    (("became more diverse", "gained diversity"), ("became less diverse", "lost diversity")),
    (("became heavier", "gained weight"), ("became lighter", "lost weight")),
)  # fmt: skip
_CHANGING = _words("the lake, the ice sheet, the tumour, the gap between the groups, the signal, the response, the population, the outbreaks, the membrane, the queue, the river, the market, the community, the bond, the pulse, the attacks, the delays, the forest, the network, the cluster, the errors, the crystal, the current, the muscle, the layer")  # fmt: skip
_SINCES = (("after the dam was built", "before the dam was built"), ("between 1990 and 2010", "between 1950 and 1970"), ("during the trial", "before the trial"), ("after treatment", "before treatment"), ("once the law was in force", "before the law was in force"), ("within a year", "in the first week"), ("in the second phase", "in the first phase"), ("when the load was raised", "when the load was lowered"))  # fmt: skip
_FACTORS = (("up", "doubled", "was twice what it had been", "rose by 100%"), ("up", "tripled", "was three times what it had been", "rose by 200%"), ("up", "became four times as large", "quadrupled", "rose by 300%"), ("down", "halved", "was half of what it had been", "fell by 50%"), ("down", "fell by a third", "was two thirds of what it had been", "fell to two thirds"), ("down", "fell by a quarter", "was three quarters of what it had been", "fell by 25%"), ("up", "rose by half", "rose by 50%", "was one and a half times what it had been"), ("down", "fell by 90%", "was a tenth of what it had been", "fell to a tenth"))  # fmt: skip


def _changes(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """Something that changes one way, by a factor or without, while another stays what it was or goes the other way."""
    when, another_time = random.choice(_SINCES)
    if random.random() < 0.5:
        what, other, unrelated = (f"the {measure}" for measure, *_ in random.sample(field.measures, 3))
        (way, *factor), (_, *wrong) = random.sample(_FACTORS, 2)
        told, ways = random.choice(factor), _CHANGES[0]
        more, less = ("higher", "lower") if way == "up" else ("lower", "higher")
        statements = [
            (f"{what} {random.choice(factor)} {when}", ENTAILMENT),
            (f"{what} {random.choice(factor)}", ENTAILMENT),
            (f"{what} was {more} than before", ENTAILMENT),
            (f"{what} {random.choice(wrong)} {when}", CONTRADICTION),
            (f"{what} {random.choice(wrong)}", CONTRADICTION),
            (f"{what} was {less} than before", CONTRADICTION),
            (f"{what} was as high as before", CONTRADICTION),
        ]
    else:
        what, other, unrelated = random.sample(_CHANGING, 3)
        way, ways = random.choice(("up", "down")), random.choice(_CHANGES)
        told, statements = random.choice(ways[way == "down"]), []
    with_it, against_it = ways if way == "up" else ways[::-1]
    flat = random.choice(("did not change", "stayed the same", "remained as it was", "was unchanged"))
    premise, rest = f"{what} {told} {when}", random.choice(("", "flat", "contrast"))
    statements += [
        (f"{what} {random.choice(with_it)} {when}", ENTAILMENT),
        (f"{what} {random.choice(with_it)}", ENTAILMENT),
        (f"{what} {random.choice(against_it)} {when}", CONTRADICTION),
        (f"{what} {random.choice(against_it)}", CONTRADICTION),
        (f"{what} {flat} {when}", CONTRADICTION),
        (f"{unrelated} {random.choice(random.choice(ways))} {when}", NEUTRAL),
        (f"{what} {random.choice(with_it)} {another_time}", NEUTRAL),
        (f"{what} {random.choice(with_it)} more than {unrelated}", NEUTRAL),
    ]
    if rest == "flat":
        premise = random.choice((f"{premise}, and {other} {flat}", f"{premise} without a change in {other}", f"while {other} {flat}, {premise}", f"{premise}, but {other} {flat}"))
        statements += [
            (f"{other} {random.choice(('stayed the same', 'did not change', 'remained the same'))} {when}", ENTAILMENT),
            (f"{other} {random.choice(ways[0])}", CONTRADICTION),
            (f"{other} {random.choice(ways[1])} {when}", CONTRADICTION),
            (f"{what} {flat}, but {other} {random.choice(with_it)}", CONTRADICTION),
        ]
    elif rest == "contrast":
        premise = random.choice((f"{premise}, whereas {other} {random.choice(against_it)}", f"{other} {random.choice(against_it)} while {premise}", f"{premise}; {other} {random.choice(against_it)}"))
        statements += [
            (f"{other} {random.choice(against_it)} {when}", ENTAILMENT),
            (f"{other} {random.choice(with_it)}", CONTRADICTION),
            (f"{other} {random.choice(with_it)}, whereas {what} {random.choice(against_it)}", CONTRADICTION),
            (f"both {what} and {other} {random.choice(with_it)}", CONTRADICTION),
        ]
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements], "finding_changes")


_SCALES = (
    ("took {} minutes", (3, 90), ("took less time than", "was quicker than", "was shorter than"), ("took more time than", "took longer than", "was slower than")),
    ("lasted {} days", (2, 60), ("was over sooner than", "lasted less long than", "was shorter than"), ("lasted longer than", "was longer than", "went on for more days than")),
    ("cost {} dollars", (20, 900), ("was cheaper than", "cost less than"), ("was more expensive than", "cost more than", "was dearer than")),
    ("failed in {}% of the cases", (1, 60), ("failed less often than", "was more reliable than", "had a lower rate of failure than"), ("failed more often than", "was less reliable than", "had a higher rate of failure than")),
    ("missed {} of the 200 cases", (2, 190), ("missed fewer cases than", "found more cases than"), ("missed more cases than", "found fewer cases than")),
    ("weighed {} kg", (2, 300), ("was lighter than", "weighed less than"), ("was heavier than", "weighed more than")),
    ("made {} errors per hour", (2, 50), ("made fewer errors than", "was more accurate than"), ("made more errors than", "was less accurate than")),
    ("answered {}% of the questions correctly", (20, 98), ("gave fewer correct answers than", "did worse than"), ("gave more correct answers than", "did better than")),
    ("used {} kWh", (5, 400), ("used less energy than", "was more economical than"), ("used more energy than", "was less economical than")),
    ("held {} species", (3, 120), ("was poorer in species than", "held fewer species than"), ("was richer in species than", "held more species than")),
    ("handled {} requests a second", (20, 900), ("was slower than", "handled fewer requests than"), ("was faster than", "handled more requests than")),
    ("was {} km away", (2, 300), ("was nearer than", "was closer than"), ("was farther away than", "was more distant than")),
)  # fmt: skip
"""What is said with a number, its range, and what two such numbers say of the lesser and of the greater side."""
_COMPARED = _words("the new method, the old method, the short form, the long form, the screening tool, the manual search, the generic drug, the original drug, the northern site, the southern site, the trained group, the untrained group, the hybrid, the prototype, the former design, the public clinic, the private clinic, model A, model B, the first team, the second team, the wetland, the meadow")  # fmt: skip


def _scales(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """Two sides with a number each, and what follows of which is quicker, cheaper, safer, nearer."""
    told, (least, most), lesser, greater = random.choice(_SCALES)
    one, other, third = random.sample(_COMPARED, 3)
    low, high = 0, 0
    while high < low * 1.2 + 1:
        low, high = random.randint(least, most), random.randint(least, most)
    # `one` is the lesser side throughout.
    less, more = told.format(low), told.format(high)
    verb = told.split()[0]
    premise = random.choice((
        f"{one} {less} and {other} {more}", f"{other} {more}, whereas {one} {less}", f"{one} {less}, while {other} {more}", f"{other} {more}; {one} {less}",
        f"{one} {less}, against {high} for {other}", f"{one} {less}, compared with {high} for {other}", f"with {high}, {other} was above {one}, which {less}",
    ))  # fmt: skip
    if random.random() < 0.25:
        premise += random.choice((", and both were used equally often", ", and both came from the same country", "; both were tested by five experts"))
    above, below = random.choice(("more than", "over", "at least")), random.choice(("fewer than" if {"errors", "species", "cases"} & set(told.split()) else "less than", "under", "at most"))
    between = (low + high) // 2
    statements = [
        (f"{one} {random.choice(lesser)} {other}", ENTAILMENT),
        (f"{other} {random.choice(greater)} {one}", ENTAILMENT),
        (f"{one} {random.choice(lesser)} {other}", ENTAILMENT),
        (f"{one} {less}", ENTAILMENT),
        (f"{other} {more}", ENTAILMENT),
        (f"{other} {random.choice(lesser)} {one}", CONTRADICTION),
        (f"{one} {random.choice(greater)} {other}", CONTRADICTION),
        (f"{one} {random.choice(greater)} {other}", CONTRADICTION),
        (f"{one} {more}", CONTRADICTION),
        (f"{one} {more} and {other} {less}", CONTRADICTION),
        (f"{one} and {other} did not differ in this", CONTRADICTION),
        (f"{one} {random.choice(lesser)} {third}", NEUTRAL),
        (f"{third} {random.choice(greater)} {other}", NEUTRAL),
        (f"{one} was more popular than {other}", NEUTRAL),
    ]
    if low < between < high:
        statements += [
            (f"{one} {told.format(f'{below} {between}')}", ENTAILMENT),
            (f"{other} {told.format(f'{above} {between}')}", ENTAILMENT),
            (f"{one} {told.format(f'{above} {between}')}", CONTRADICTION),
            (f"{other} {told.format(f'{below} {between}')}", CONTRADICTION),
        ]
    if high >= 2.2 * low:
        statements.append((f"{other} {verb} more than twice as much as {one}" if verb in {"cost", "weighed", "used", "held", "missed"} else f"the figure of {other} was more than twice that of {one}", ENTAILMENT))
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements], "finding_scales")


_TREATMENTS = FIELDS[1].things + _words("the brochure, the reminder, group lessons, private lessons, the app, the hotline, the cash bonus, the mentor, the old rule, the new rule")


def _arms(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """An event in two groups, as counts and per cent."""
    one, other = random.sample(_TREATMENTS, 2)
    who, (did, other_did) = random.choice(_WHO), random.sample(_DID, 2)
    of_one, of_other = (random.choice((40, 60, 84, 120, 150, 212, 240, 312, 500, 640, 1204)) + random.randint(0, 9) for _ in range(2))
    high, low = 0.0, 0.0
    while high < low + 4:
        high, low = random.uniform(3, 97), random.uniform(3, 97)
    part, other_part = round(of_one * high / 100), round(of_other * low / 100)
    high, low = round(100 * part / of_one, 1), round(100 * other_part / of_other, 1)
    # More did so in the group of `one` throughout.
    when = random.choice(("", "", " within 30 days", " after one year", " during follow-up"))
    premise = random.choice((
        f"{part} of {of_one} {who} ({_number(high)}%) {did} with {one}{when}, against {other_part} of {of_other} ({_number(low)}%) with {other}",
        f"with {other}, {other_part} of {of_other} {who} ({_number(low)}%) {did}{when}; with {one}, {part} of {of_one} ({_number(high)}%)",
        f"{_number(high)}% of the {who} with {one} and {_number(low)}% of those with {other} {did}{when}",
        f"fewer {who} {did} with {other} ({_number(low)}%) than with {one} ({_number(high)}%){when}",
        f"{who} {did} more often with {one} ({part}/{of_one}) than with {other} ({other_part}/{of_other}){when}",
    ))  # fmt: skip

    def more(a: str, b: str) -> str:
        return random.choice((f"more {who} {did} with {a} than with {b}", f"fewer {who} {did} with {b} than with {a}", f"{who} with {a} {did} more often than those with {b}", f"{who} {did} less often with {b} than with {a}", f"{a} led to more {who} who {did} than {b}"))  # fmt: skip

    def about(percent: float, group: str) -> str:
        return random.choice((f"about {round(percent)}% of the {who} with {group} {did}", f"with {group}, roughly {round(percent)}% {did}", f"some {round(percent)}% of the {who} {did} with {group}"))

    statements = [
        (more(one, other), ENTAILMENT),
        (more(one, other), ENTAILMENT),
        (more(one, other), ENTAILMENT),
        (more(other, one), CONTRADICTION),
        (more(other, one), CONTRADICTION),
        (more(other, one), CONTRADICTION),
        (about(high, one), ENTAILMENT),
        (about(low, other), ENTAILMENT),
        (about(low, one), CONTRADICTION),
        (about(high, other), CONTRADICTION),
        (f"with {other} {_number(high)}% {did}, with {one} {_number(low)}%", CONTRADICTION),
        (f"as many {who} {did} with {one} as with {other}", CONTRADICTION),
        (more(one, other).replace(did, other_did), NEUTRAL),
        (more(other, one).replace(did, other_did), NEUTRAL),
        (f"the {who} with {one} were older than those with {other}", NEUTRAL),
    ]
    half = [(f"most {who} with {group} {did}", f"fewer than half of the {who} with {group} {did}") for group in (one, other)]
    for (most, few), percent in zip(half, (high, low), strict=True):
        if abs(percent - 50) > 4:
            statements += [(most, ENTAILMENT if percent > 50 else CONTRADICTION), (few, CONTRADICTION if percent > 50 else ENTAILMENT)]
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements], "finding_arms")


_COUNTED = (("studies", "found an effect", "found no effect"), ("samples", "contained lead", "contained no lead"), ("languages", "profited from the change", "did not profit from the change"), ("sites", "were occupied", "were empty"), ("tasks", "were solved", "were not solved"), ("wells", "were polluted", "were clean"), ("schools", "took part", "did not take part"), ("strains", "resisted the drug", "did not resist the drug"), ("trials", "were blinded", "were not blinded"), ("claims", "held up", "did not hold up"), ("devices", "worked after a year", "no longer worked after a year"), ("rats", "learned the route", "did not learn the route"), ("patients", "answered", "did not answer"), ("records", "were complete", "were incomplete"), ("cells", "divided", "did not divide"), ("votes", "were valid", "were not valid"))  # fmt: skip
_SPELLED = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _counts(_: Field, random: Random) -> tuple[str, list[Mutant]]:
    """So many of so many, in words or figures: most, few, nearly all, none, all but one."""
    whom, did, did_not = random.choice(_COUNTED)
    if random.random() < 0.5:
        did, did_not = did_not, did
    spelled = random.random() < 0.6
    total = random.randint(6, 12) if spelled else random.randint(13, 400)
    part = random.choice((random.randint(1, total - 1), total - 1, total, 0, max(1, total // 10), total - max(1, total // 10)))
    if part == total - 1 and total > 12:
        part -= 1

    def number(value: int) -> str:
        return _SPELLED[value] if spelled else str(value)

    share = part / total
    percent = f"{round(100 * share)}%"
    if part == 0:
        premise = random.choice((f"none of the {number(total)} {whom} {did}", f"all {number(total)} {whom} {did_not}"))
    elif part == total:
        premise = random.choice((f"all {number(total)} {whom} {did}", f"each of the {number(total)} {whom} {did}"))
    elif part == total - 1:
        premise = random.choice((f"all but one of the {number(total)} {whom} {did}", f"{number(part)} of the {number(total)} {whom} {did}"))
    else:
        premise = random.choice((f"{number(part)} of the {number(total)} {whom} {did}", f"of {number(total)} {whom}, {number(part)} {did} and the rest {did_not}", f"only {number(part)} of the {number(total)} {whom} {did}" if share < 0.5 else f"as many as {number(part)} of the {number(total)} {whom} {did}", f"{percent} of the {total} {whom} {did}"))  # fmt: skip
    was = [
        (f"most of the {whom} {did}", share > 0.55 if not 0.45 < share <= 0.55 else None),
        (f"most of the {whom} {did_not}", share < 0.45 if not 0.45 <= share < 0.55 else None),
        (f"more than half of the {whom} {did}", share > 0.5 if abs(share - 0.5) > 0.02 else None),
        (f"only a minority of the {whom} {did}", share < 0.45 if 0 < share < 0.45 or share > 0.5 else None),
        (f"all of the {whom} {did}", part == total),
        (f"none of the {whom} {did}", part == 0),
        (f"one or more of the {whom} {did}", part > 0),
        (f"some of the {whom} {did_not}", part < total),
        (f"few of the {whom} {did}", share < 0.15 if 0 < share < 0.15 or share > 0.4 else None),
        (f"nearly all of the {whom} {did}", share > 0.88 if share < 0.8 or 0.88 < share < 1 else None),
        (f"hardly any of the {whom} {did}", share < 0.12 if 0 < share < 0.12 or share > 0.2 else None),
        (f"the number of {whom} was {number(total)}", True),
    ]
    statements = [(text, ENTAILMENT if so else CONTRADICTION) for text, so in was if so is not None]
    if 0 < part < total:
        wrong = random.choice([value for value in range(1, total) if abs(value - part) > max(1, total // 10)] or [total])
        statements += [(f"{number(part)} {whom} {did}", ENTAILMENT), (f"{number(total - part)} of the {whom} {did_not}", ENTAILMENT), (f"{number(wrong)} of the {number(total)} {whom} {did}", CONTRADICTION)]
    other, other_did, _ = random.choice([counted for counted in _COUNTED if counted[0] != whom])
    statements += [(f"most of the {other} {other_did}", NEUTRAL), (f"all of the {whom} {did} in a second survey", NEUTRAL), (f"{random.choice(('most', 'few', 'some'))} of the {whom} {did} because of the weather", NEUTRAL)]
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements], "finding_counts")


_EITHER_OR = tuple(deed for deed in _DEEDS if deed[0].split()[0] in {"passed", "met", "completed", "reached", "showed", "converged", "survived", "stayed", "kept"} and "all of" not in deed[0])
"""Those of which everything does one or the other."""


def _exceptions(field: Field, random: Random) -> tuple[str, list[Mutant]]:
    """All of a kind but one, or neither of two."""
    one, other, third = random.sample(field.things, 3)
    (did, did_not), (unrelated, _) = random.sample(_EITHER_OR, 2)
    if random.random() < 0.5:
        did, did_not = did_not, did
    if random.random() < 0.35:
        premise = random.choice((f"neither {one} nor {other} {did}", f"{one} {did_not}, and so did {other}" if "not" not in did_not else f"{one} {did_not}, nor did {other}"))
        statements = [
            (f"{one} {did_not}", ENTAILMENT), (f"{other} {did_not}", ENTAILMENT), (f"none of the two {did}", ENTAILMENT),
            (f"at least one of the two {did}", CONTRADICTION), (f"{one} {did}", CONTRADICTION), (f"both {one} and {other} {did}", CONTRADICTION), (f"{other} {did}", CONTRADICTION),
            (f"neither {one} nor {third} {did}", NEUTRAL), (f"{third} {did}", NEUTRAL),
        ]  # fmt: skip
    else:
        most = random.choice(("all the others", "every other one", "all others that were tested"))
        premise = random.choice((f"all {did} except {one}", f"everything tested {did}, with the exception of {one}", f"of all that were tested, only {one} {did_not}", f"all {did} but {one}, which {did_not}", f"{one} alone {did_not}"))
        statements = [
            (f"{one} {did_not}", ENTAILMENT), (f"only {one} {did_not}", ENTAILMENT), (f"{most} {did}", ENTAILMENT),
            (f"{one} {did}", CONTRADICTION), (f"all {did}, {one} included", CONTRADICTION), (f"none {did}", CONTRADICTION), (f"{one} {did}, but {most} {did_not}", CONTRADICTION), (f"only {one} {did}", CONTRADICTION),
            (f"{one} {unrelated}", NEUTRAL), (f"all {unrelated} except {one}", NEUTRAL),
        ]  # fmt: skip
    return _sentence(premise), _mutants([(_sentence(text), label) for text, label in statements], "finding_exceptions")


_KINDS = ((_comparison, 6), (_association, 3), (_hedged, 1), (_share, 2), (_span, 1), (_rivals, 5), (_sides, 4), (_conditions, 4), (_trend, 5), (_groups, 4), (_levels, 4), (_changes, 4), (_scales, 4), (_arms, 3), (_counts, 4), (_exceptions, 2))


def finding(random: Random) -> tuple[str, list[Mutant]]:
    """A premise of one to three findings and statements about one of them, at most two of a label."""
    kind = _draw(_KINDS, random)
    premise, asked = kind(random.choice(FIELDS), random)
    # Findings of the same kind might decide what the asked one leaves open.
    others = tuple(other for other in _KINDS if other[0] is not kind)
    premises = [premise, *(_draw(others, random)(random.choice(FIELDS), random)[0] for _ in range(random.choice((0, 0, 1, 2))))]
    random.shuffle(premises)
    random.shuffle(asked)
    kept: list[Mutant] = []
    for mutant in asked:
        if sum(other.label == mutant.label for other in kept) < 2:
            kept.append(mutant)
    return " ".join(premises), kept


def _draw(kinds: tuple, random: Random):
    return random.choices([kind for kind, _ in kinds], [often for _, often in kinds])[0]
