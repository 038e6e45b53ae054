"""The network: a BERT encoder of 6 layers with a three-way head, written out so that training needs PyTorch alone.

`bert_name` gives each parameter its name in the published BERT checkpoints, for weights that come in or go out.
"""

from dataclasses import dataclass

import torch
from torch import nn
from torch.nn import functional


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder; the defaults are those of all-MiniLM-L6-v2."""

    vocabulary: int = 30522
    positions: int = 512
    layers: int = 6
    width: int = 384
    inner: int = 1536
    heads: int = 12
    epsilon: float = 1e-12


class Layer(nn.Module):
    """One transformer block, normalised after each residual sum as in BERT (Devlin et al. 2019)."""

    def __init__(self, shape: Shape, dropout: float):
        super().__init__()
        self.dropout = dropout
        self.heads = shape.heads
        self.head_width = shape.width // shape.heads
        self.query = nn.Linear(shape.width, shape.width)
        self.key = nn.Linear(shape.width, shape.width)
        self.value = nn.Linear(shape.width, shape.width)
        self.output = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)

    def forward(self, states: torch.Tensor, bias: torch.Tensor, first_only: bool = False) -> torch.Tensor:
        """States of every token, or with `first_only` of the first: `[batch, tokens or 1, width]`."""
        batch, tokens = states.shape[:2]
        asking, asked = (states[:, :1], 1) if first_only else (states, tokens)
        query, key, value = (
            project(of).reshape(batch, length, self.heads, self.head_width).transpose(1, 2)
            for project, of, length in ((self.query, asking, asked), (self.key, states, tokens), (self.value, states, tokens))
        )
        scores = query @ key.transpose(2, 3) * self.head_width**-0.5 + bias
        mixed = (scores.softmax(-1) @ value).transpose(1, 2).reshape(batch, asked, self.heads * self.head_width)
        asking = self.attention_norm(self.dropped(self.output(mixed)) + asking)
        return self.norm(self.dropped(self.outer(functional.gelu(self.inner(asking)))) + asking)

    def dropped(self, states: torch.Tensor) -> torch.Tensor:
        """What a sublayer adds, with dropout while training."""
        return functional.dropout(states, self.dropout, self.training)


class Nli(nn.Module):
    """Premise and hypothesis in, logits of entailment, neutral and contradiction out, in this order."""

    def __init__(self, shape: Shape = Shape(), dropout: float = 0.0):
        super().__init__()
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.sides = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.pooler = nn.Linear(shape.width, shape.width)
        self.classifier = nn.Linear(shape.width, 3)

    def forward(self, input_ids, attention_mask, token_type_ids) -> torch.Tensor:
        """All three of shape `[batch, tokens]`, int64; the logits are `[batch, 3]`."""
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        states = self.norm(self.words(input_ids) + self.sides(token_type_ids) + self.places(places))
        bias = attention_mask[:, None, None, :].to(states.dtype) * 10_000.0 + -10_000.0
        for layer in self.layers:
            # The head reads the first token alone: in training, the last layer computes no other.
            states = layer(states, bias, first_only=self.training and layer is self.layers[-1])
        return self.classifier(torch.tanh(self.pooler(states[:, 0])))

    @staticmethod
    def with_weights(state: dict[str, torch.Tensor], dropout: float = 0.0) -> "Nli":
        """A network of these weights."""
        network = Nli(dropout=dropout)
        network.load_state_dict(state)
        return network

    def embeddings(self) -> list[nn.Module]:
        """What turns token ids into states."""
        return [self.words, self.places, self.sides, self.norm]


# Our names for the modules of a BERT checkpoint.
_LAYER_NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "output": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}
_OTHER_NAMES = {
    "words": "bert.embeddings.word_embeddings",
    "places": "bert.embeddings.position_embeddings",
    "sides": "bert.embeddings.token_type_embeddings",
    "norm": "bert.embeddings.LayerNorm",
    "pooler": "bert.pooler.dense",
    "classifier": "classifier",
}


def bert_name(parameter: str) -> str:
    """Name in a BERT checkpoint of one of our parameters, e.g. `layers.0.key.bias`."""
    parts = parameter.split(".")
    if parts[0] == "layers":
        return f"bert.encoder.layer.{parts[1]}.{_LAYER_NAMES[parts[2]]}.{parts[3]}"
    return f"{_OTHER_NAMES[parts[0]]}.{parts[1]}"
