"""Write a checkpoint in the shipping format: the graph of a shipped model with other weights.

    python export.py --weights RUN/weights.pt --graph ../www/models/probatum-nli-1/model.onnx --mixture RUN/mixture.jsonl.gz \
                     --tokenizer ../www/models/probatum-nli-1/tokenizer.json --out RUN/export

The graph is that of ONNX Runtime's dynamic quantizer: linear layers are `DynamicQuantizeLinear → MatMulInteger → Cast → Mul →
Add`, the weights signed, per output channel, in 7 bits (−64…63): the relaxed SIMD dot product of WebAssembly is exact on
every engine only while one operand stays within 7 bits. How they are rounded is decided on pairs of the mixture
(`quantize.py`). Embeddings are `Gather → DequantizeLinear`; those of words are made to compress well (`slim.py`).
"""

import argparse
import gzip
import shutil
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer

from base import owner_of, plain
from data import rows_of
from network import Nli, bert_name
from quantize import correlations, rounded
from slim import never_used, rare, slimmer
from tokens import Pairs

PAIRS, BATCH = 768, 32
"""Pairs of the mixture that decide the rounding."""


def some_batches(rows: list[dict], tokenizer: Path, max_tokens: int) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Inputs of these pairs."""
    pairs = Pairs(rows, Tokenizer.from_file(str(tokenizer)), max_tokens)
    order = sorted(range(len(rows)), key=lambda index: pairs.lengths[index])
    return [pairs.batch(order[at : at + BATCH]) for at in range(0, len(order), BATCH)]


def put(model: onnx.ModelProto, network: Nli, batches: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]) -> None:
    """Put the network's weights in place of the graph's."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    weights = {bert_name(name): value.numpy() for name, value in network.state_dict().items()}

    def replace(name: str, values: np.ndarray) -> None:
        was = numpy_helper.to_array(stored[name])
        if was.shape != values.shape or was.dtype != values.dtype:
            sys.exit(f"{name} is {was.dtype} {was.shape} in the graph and {values.dtype} {values.shape} in the checkpoint")
        stored[name].CopyFrom(numpy_helper.from_array(np.array(values, order="C"), name))

    found = correlations(network, batches)
    ours = {bert_name(f"{name}.weight"): name for name in found}
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            owner = plain(f"{owner_of(node)}.weight")
            integers, step = rounded(weights.pop(owner), found[ours[owner]])
            replace(node.input[1], integers.T)
            replace(node.input[1].removesuffix("_quantized") + "_scale", step)
    for name in list(stored):
        stem = name.removesuffix("_quantized")
        values = weights.pop(plain(stem), None)
        if values is None:
            continue
        if stem == name:
            replace(name, values)
            continue
        zero, scale = (numpy_helper.to_array(stored[stem + end]) for end in ("_zero_point", "_scale"))
        was = (numpy_helper.to_array(stored[name]).astype(np.float32) - zero) * scale
        # A table that training left alone is on its steps already, but for the rounding of averages.
        if not np.allclose(was, values, rtol=0.0, atol=float(scale) / 1000):
            step = (max(values.max(), 0.0) - min(values.min(), 0.0)) / 255
            zero = np.round(-min(values.min(), 0.0) / step)
            replace(name, np.clip(np.round(values / step) + zero, 0, 255).astype(np.uint8))
            replace(stem + "_scale", np.array(step, dtype=np.float32))
            replace(stem + "_zero_point", np.array(zero, dtype=np.uint8))
    if weights:
        sys.exit(f"the graph has no place for {', '.join(sorted(weights))}")


def slim(model: onnx.ModelProto, tokenizer: Tokenizer, texts: set[str], bits: int) -> None:
    """Take the table of word embeddings down to `bits` bits, to fewer where these texts hardly have the token, without the rows
    that no English paper uses."""
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    name = next(name for name in stored if "word" in name and name.endswith("_quantized"))
    names = [name, *(name.removesuffix("_quantized") + end for end in ("_zero_point", "_scale"))]
    table, zero, scale = (numpy_helper.to_array(stored[name]) for name in names)
    made = slimmer(table, int(zero), float(scale), never_used(tokenizer.get_vocab()), rare(tokenizer, texts), bits)
    for name, values, like in zip(names, made, (table, zero, scale), strict=True):
        stored[name].CopyFrom(numpy_helper.from_array(np.array(values, dtype=like.dtype), name))


def check(path: Path) -> None:
    """Refuse weights wider than 7 bits, and products that are not quantized."""
    graph = onnx.load(path).graph
    products = sum(node.op_type == "MatMulInteger" for node in graph.node)
    if products != 38:
        sys.exit(f"{path.name} has {products} quantized products, not the 38 of 6 layers, pooler and classifier")
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if tensor.name.endswith("_quantized") and values.dtype == np.int8 and np.abs(values.astype(int)).max() > 64:
            sys.exit(f"{tensor.name} holds more than 7 bits")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--graph", type=Path, required=True, help="a shipped model of the same shape")
    parser.add_argument("--mixture", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--bits", type=int, default=8, help="of the word embeddings; with 7 one label in a hundred changes, and a megabyte less travels")
    parser.add_argument("--bias", type=float, nargs=2, default=(0.0, 0.0), help="added to the head's bias for entailment and contradiction (`calibrate.py --bias`)")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    network = Nli()
    network.load_state_dict(torch.load(given.weights, map_location="cpu"))
    entailment, contradiction = given.bias
    network.classifier.bias.data += torch.tensor([entailment, 0.0, contradiction])
    network.eval()
    model = onnx.load(given.graph)
    rows = rows_of(given.mixture)
    put(model, network, some_batches(rows[:PAIRS], given.tokenizer, given.max_tokens))
    slim(model, Tokenizer.from_file(str(given.tokenizer)), {row[side] for row in rows for side in ("premise", "hypothesis")}, given.bits)
    given.out.mkdir(parents=True, exist_ok=True)
    path = given.out / "model.onnx"
    onnx.save(model, path)
    check(path)
    shutil.copyfile(given.tokenizer, given.out / "tokenizer.json")
    print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB, {len(gzip.compress(path.read_bytes(), 9)) / 1e6:.1f} MB compressed")


if __name__ == "__main__":
    main()
