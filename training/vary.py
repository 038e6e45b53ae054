"""Pairs with some words changed, made anew each time they are seen: a teacher labels them as they come.

Words of one side are replaced by words of like meaning or by words of the pair, or dropped (after Jiao et al. 2020, "TinyBERT:
Distilling BERT for Natural Language Understanding", who make such pairs beforehand). What the changed pair says is whatever the teacher reads there.
"""

import torch
from torch.nn import functional

NEAREST = 12
"""Words of like meaning that a word can become."""
MOST_CHANGED = 0.5
"""Of the longer words and the numbers of a side, the greatest share that is changed; the share of a pair is drawn below it."""
PREMISES = 0.3
"""Share of pairs whose premise is changed; of the others it is the hypothesis."""
BORROWED, DROPPED = 0.2, 0.1
"""Shares of the changed words that become a word of the pair, and that are left out."""
AT_A_TIME = 2_048
"""Words that are compared with all others at a time."""

Batch = tuple[torch.Tensor, torch.Tensor, torch.Tensor]


class Varied:
    """Changes words of batches; `vocabulary` is the tokenizer's by id, `vectors` `[ids, width]` say what is alike."""

    def __init__(self, vocabulary: list[str], vectors: torch.Tensor):
        device = vectors.device
        self.goes_on = torch.tensor([token.startswith("##") for token in vocabulary], device=device)
        # Shorter words than of four letters are mostly grammar, which has no neighbours of like meaning.
        self.is_word = torch.tensor([token.isdigit() or token.isalpha() and len(token) > 3 for token in vocabulary], device=device)
        words = self.is_word.nonzero()[:, 0]
        unit = functional.normalize(vectors[words].float(), dim=1)
        self.nearest = torch.zeros(len(vocabulary), NEAREST, dtype=torch.long, device=device)
        for start in range(0, len(words), AT_A_TIME):
            # The word itself is the first.
            alike = (unit[start : start + AT_A_TIME] @ unit.T).topk(NEAREST + 1, dim=1).indices[:, 1:]
            self.nearest[words[start : start + AT_A_TIME]] = words[alike]

    def __call__(self, batch: Batch, which: torch.Tensor) -> Batch:
        """The batch (`tokens.Pairs.batch`) with words changed in the pairs that `which` `[pairs]` names, and no token longer."""
        ids, mask, sides = batch
        size, device = ids.shape, ids.device

        def chance(*shape: int) -> torch.Tensor:
            return torch.rand(*shape, device=device)

        followed = functional.pad(self.goes_on[ids][:, 1:], (0, 1))
        whole = self.is_word[ids] & ~followed & mask.bool()
        side = (chance(size[0], 1) >= PREMISES).long()
        hit = whole & (sides == side) & (chance(*size) < chance(size[0], 1) * MOST_CHANGED) & which[:, None]
        like = self.nearest[ids, torch.randint(NEAREST, size, device=device)]
        place = (chance(*size) * mask.sum(dim=1, keepdim=True)).long()
        borrowed = ids.gather(1, place).where(whole.gather(1, place), like)
        kind = chance(*size)
        ids = ids.where(~hit, like.where(kind >= BORROWED, borrowed))
        dropped = hit & (kind > 1 - DROPPED)
        order = dropped.long().argsort(dim=1, stable=True)
        kept = (mask * ~dropped).gather(1, order)
        return ids.gather(1, order) * kept, kept, sides.gather(1, order) * kept
