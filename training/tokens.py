"""Pairs as the networks take them."""

import torch
from tokenizers import Tokenizer


def encode(rows: list[dict], tokenizer: Tokenizer) -> list[tuple[list[int], list[int]]]:
    """Token ids and sides of each pair, cut at the longest length."""
    pairs = tokenizer.encode_batch([(row["premise"], row["hypothesis"]) for row in rows])
    return [(pair.ids, pair.type_ids) for pair in pairs]


def tensors(encoded: list[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """`input_ids`, `attention_mask` and `token_type_ids`, padded to the longest pair."""
    longest = max(len(ids) for ids, _ in encoded)
    ids, mask, sides = (torch.zeros(len(encoded), longest, dtype=torch.int64) for _ in range(3))
    for at, (tokens, side) in enumerate(encoded):
        ids[at, : len(tokens)] = torch.tensor(tokens)
        mask[at, : len(tokens)] = 1
        sides[at, : len(tokens)] = torch.tensor(side)
    return ids, mask, sides
