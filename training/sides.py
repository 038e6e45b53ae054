"""Comparisons of two numbers, in both orders of everything: which side is greater, which is named first, which the statement names first.

Of each premise every statement is made in the four forms in which it can be said (A more than B, B more than A, A less than B,
B less than A), so that no word, place or order of numbers tells the label without the others.
"""

from random import Random

from data import Row

SUBJECTS = (
    ("the transformer", "the recurrent network"), ("drug A", "placebo"), ("RoBERTa", "BERT"), ("surgery", "physiotherapy"), ("the new assay", "the standard test"),
    ("fine-tuning", "prompting"), ("the treated group", "the control group"), ("metformin", "sulfonylurea"), ("women", "men"), ("the hybrid retriever", "BM25"),
    ("GPT-4", "Llama 2"), ("early feeding", "late feeding"), ("the wild type", "the mutant"), ("smokers", "non-smokers"), ("rural clinics", "urban clinics"),
    ("the 3D model", "the 2D model"), ("vaccinated patients", "unvaccinated patients"), ("self-training", "supervised training"), ("tamoxifen", "letrozole"),
    ("our system", "the baseline"), ("the ensemble", "the single model"), ("high-fat diets", "low-fat diets"), ("MRI", "ultrasound"), ("adults", "children"),
    ("catalyst 1", "catalyst 2"), ("the sparse model", "the dense model"), ("aspirin", "clopidogrel"), ("older workers", "younger workers"),
)  # fmt: skip
MEASURES = (
    # measure, unit, adjective for the greater and the lesser or None, least and greatest number, decimals
    ("accuracy", " %", ("more accurate", "less accurate"), 40, 97, 1),
    ("sensitivity", " %", ("more sensitive", "less sensitive"), 40, 97, 0),
    ("specificity", " %", ("more specific", "less specific"), 40, 97, 0),
    ("mortality", " %", None, 2, 40, 1),
    ("an error rate", " %", None, 2, 40, 1),
    ("a relapse rate", " %", None, 5, 60, 0),
    ("an F1 score", "", None, 40, 95, 1),
    ("a mean score", " points", None, 10, 90, 1),
    ("a response time", " ms", ("slower", "faster"), 80, 900, 0),
    ("a prevalence", " %", None, 1, 40, 1),
    ("a weight loss", " kg", None, 1, 20, 1),
    ("a median survival", " months", None, 4, 48, 1),
    ("a cost", " dollars", ("more expensive", "cheaper"), 20, 900, 0),
)
PREMISES = (
    # {a} comes first, with {x}; {m} is the measure without an article, {am} with its own
    "{A} had {am} of {x}, compared with {y} for {b}.",
    "{A} had {am} of {x}, compared to {y} in {b}.",
    "With {am} of {x}, {a} is set against {b} with {y}.",
    "{M} was {x} for {a} and {y} for {b}.",
    "{M} was {x} with {a} versus {y} with {b}.",
    "{A} reached {am} of {x} ({b}: {y}).",
    "The {m} of {a} was {x}, that of {b} {y}.",
    "{M}: {x} ({a}) vs. {y} ({b}).",
    "{A} and {b} had {am} of {x} and {y}, respectively.",
    "{A} showed {am} of {x}, whereas {b} showed {y}.",
    "For {b}, where {m} was {y}, we saw less detail than for {a}, where it was {x}.",
)
DIRECT = ("{A} had a {way} {m} than {b}.", "{M} was {way} for {a} than for {b}.", "The {m} of {a} was {way} than that of {b}.", "Compared with {b}, {a} had a {way} {m}.")


def capital(text: str) -> str:
    return text[0].upper() + text[1:]


def plain(measure: str) -> str:
    """The measure without its article."""
    return measure.removeprefix("an ").removeprefix("a ")


def compared(random: Random) -> list[Row]:
    """One premise and statements of it: two that follow, two that it contradicts, at times one that it does not decide."""
    sides = list(random.choice(SUBJECTS))
    random.shuffle(sides)
    first, second = sides
    measure, unit, adjectives, least, most, decimals = random.choice(MEASURES)
    numbers: list[float] = []
    while len(set(numbers)) < 2:
        numbers = [round(random.uniform(least, most), decimals) for _ in range(2)]
    x, y = (f"{number:.{decimals}f}{unit}" for number in numbers)
    name = plain(measure)
    premise = random.choice(PREMISES).format(a=first, A=capital(first), b=second, x=x, y=y, m=name, M=capital(name), am=measure)
    by_word = adjectives if adjectives and random.random() < 0.5 else None
    wording = random.choice(DIRECT)
    made = []
    for one, other, ahead in ((first, second, numbers[0] > numbers[1]), (second, first, numbers[1] > numbers[0])):
        for greater in (True, False):
            if by_word:
                # As the adjectives go: the greater number is the first of them.
                said = f"{capital(one)} {'were' if one.endswith('s') and not one.endswith('us') else 'was'} {by_word[0 if greater else 1]} than {other}."
            else:
                said = wording.format(a=one, A=capital(one), b=other, m=name, M=capital(name), way="higher" if greater else "lower")
            made.append(Row(premise, said, "entailment" if ahead == greater else "contradiction", "own/sides"))
    if random.random() < 0.5:
        changed = random.choice(made)
        measures = [plain(other[0]) for other in MEASURES if plain(other[0]) != name]
        if random.random() < 0.5 and not by_word:
            said = changed.hypothesis.replace(name, random.choice(measures)).replace(capital(name), capital(random.choice(measures)))
        else:
            gone = random.choice(sides)
            outside = random.choice([side for pair in SUBJECTS for side in pair if side not in sides])
            said = changed.hypothesis.replace(capital(gone), capital(outside)).replace(gone, outside)
        if said != changed.hypothesis:
            made.append(Row(premise, said, "neutral", "own/sides_other"))
    return made
