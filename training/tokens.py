"""Pairs as the networks take them."""

from collections.abc import Sequence
from random import Random

import numpy as np
import torch
from tokenizers import Tokenizer

CHUNK = 16_384
"""Pairs that are tokenized at a time (what a tokenizer says of a pair takes a hundred times the room of its ids), and that are
sorted by length together."""


class Pairs:
    """Token ids of pairs, one pair after another in one tensor on the device, and where the second side of each begins."""

    def __init__(self, rows: Sequence[dict], tokenizer: Tokenizer, max_tokens: int, device: torch.device = torch.device("cpu")):
        tokenizer.no_padding()
        tokenizer.enable_truncation(max_tokens, strategy="longest_first")
        ids: list[np.ndarray] = []
        turns: list[int] = []
        for start in range(0, len(rows), CHUNK):
            for pair in tokenizer.encode_batch([(row["premise"], row["hypothesis"]) for row in rows[start : start + CHUNK]]):
                ids.append(np.array(pair.ids, dtype=np.int32))
                turns.append(pair.type_ids.count(0))
        self.lengths = [len(pair) for pair in ids]
        ends = np.cumsum(self.lengths)
        self._ids, self._starts, self._lengths, self._turns = (
            torch.from_numpy(np.asarray(values)).to(device) for values in (np.concatenate(ids), ends - self.lengths, self.lengths, turns)
        )

    def batch(self, chosen: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """`input_ids`, `attention_mask` and `token_type_ids` of these pairs, padded with zeros to the longest."""
        at = torch.tensor(chosen, device=self._ids.device)
        places = torch.arange(max(self.lengths[index] for index in chosen), device=self._ids.device)
        mask = places < self._lengths[at, None]
        ids = self._ids[(self._starts[at, None] + places).clamp(max=len(self._ids) - 1)] * mask
        sides = (places >= self._turns[at, None]) & mask
        return ids.long(), mask.long(), sides.long()


def batches(lengths: list[int], tokens: int, seed: int) -> list[list[int]]:
    """Indices of pairs of like length, at most `tokens` tokens a batch with its padding, all in an order of the seed."""
    shuffled = list(range(len(lengths)))
    Random(seed).shuffle(shuffled)
    made: list[list[int]] = []
    for start in range(0, len(shuffled), CHUNK):
        batch: list[int] = []
        for index in sorted(shuffled[start : start + CHUNK], key=lambda index: lengths[index]):
            if batch and (len(batch) + 1) * lengths[index] > tokens:
                made.append(batch)
                batch = []
            batch.append(index)
        made.append(batch)
    Random(seed).shuffle(made)
    return made
