"""Make the table of word embeddings take fewer bytes once compressed, as a file does on its way to a reader.

Half of the model is this table. Rows that no English paper uses are set to zero, rows that training hardly met keep 6 bits;
all others may be kept in fewer bits, too.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

import numpy as np
from tokenizers import Tokenizer

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


RARE, RARE_BITS = 25, 6
"""Most occurrences of a rare token in a mixture, and the bits that its row keeps."""


def rare(tokenizer: Tokenizer, texts: Iterable[str]) -> list[int]:
    """Rows of tokens that come at most `RARE` times in these texts."""
    words = Counter(word for text in texts for word in text.split())
    found: Counter[int] = Counter()
    for encoded, times in zip(tokenizer.encode_batch(list(words), add_special_tokens=False), words.values(), strict=True):
        for row in encoded.ids:
            found[row] += times
    return [row for row in range(tokenizer.get_vocab_size()) if found[row] <= RARE]


def slimmer(table: np.ndarray, zero: int, scale: float, unused: list[int], rare: list[int], bits: int) -> tuple[np.ndarray, int, float]:
    """The table with zeros in the rows `unused` and steps so wide that the others' values fill `bits` bits, of the rows `rare`
    `RARE_BITS`: table, zero point and scale, as of 8-bit unsigned numbers."""
    values = (table.astype(np.float32) - zero) * scale
    values[unused] = 0.0
    least, greatest = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    step = (greatest - least) / (2**bits - 1)
    new_zero = round(-least / step)
    steps = np.round(values / step)
    at_once = 2 ** max(bits - RARE_BITS, 0)
    steps[rare] = np.round(values[rare] / step / at_once) * at_once
    return np.clip(steps + new_zero, 0, 2**bits - 1).astype(np.uint8), new_zero, step
