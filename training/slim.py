"""Make the table of word embeddings take fewer bytes once compressed, as a file does on its way to a reader.

Half of the model is this table. Rows that no English paper uses are set to zero; all others may be kept in fewer bits.
"""

import re
import unicodedata

import numpy as np

FOREIGN = frozenset(
    "ARABIC ARMENIAN BENGALI CJK CYRILLIC DEVANAGARI GEORGIAN HANGUL HEBREW HIRAGANA KANNADA KATAKANA KATAKANA-HIRAGANA MYANMAR "
    "SINHALA TAMIL THAI TIBETAN".split()
)
"""Scripts, by the first word of their letters' Unicode names. Greek and the signs of mathematics stay."""


def never_used(vocabulary: dict[str, int]) -> list[int]:
    """Rows of tokens that are spare, or written in a script of `FOREIGN`."""

    def is_foreign(token: str) -> bool:
        return any(unicodedata.name(character, "").split(" ")[0] in FOREIGN for character in token)

    return sorted(row for token, row in vocabulary.items() if re.fullmatch(r"\[unused\d+\]", token) or is_foreign(token))


def slimmer(table: np.ndarray, zero: int, scale: float, unused: list[int], bits: int) -> tuple[np.ndarray, int, float]:
    """The table with zeros in the rows `unused` and steps so wide that the others' values fill `bits` bits: table, zero point
    and scale, as of 8-bit unsigned numbers."""
    values = (table.astype(np.float32) - zero) * scale
    values[unused] = 0.0
    least, greatest = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    step = (greatest - least) / (2**bits - 1)
    new_zero = round(-least / step)
    return np.clip(np.round(values / step) + new_zero, 0, 2**bits - 1).astype(np.uint8), new_zero, step
