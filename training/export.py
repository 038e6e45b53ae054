"""Write a checkpoint in the shipping format: ONNX, opset 17, dynamic int8.

    python export.py --weights RUN/weights.pt --mixture RUN/mixture.jsonl.gz --tokenizer ../www/models/interim/tokenizer.json \
                     --out RUN/export

Linear layers become `DynamicQuantizeLinear → MatMulInteger → Cast → Mul → Add`, the weights signed, per output channel,
in 7 bits (−64…63): the relaxed SIMD dot product of WebAssembly is exact on every engine only while one operand stays
within 7 bits. How they are rounded is decided on pairs of the mixture (`quantize.py`). Embeddings become `Gather → DequantizeLinear`. Only operators of `OPERATORS` may come out, since the
engine that runs the model knows no others.
"""

import argparse
import gzip
import itertools
import json
import shutil
import sys
import tempfile
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from base import owner_of
from network import Nli
from quantize import correlations, rounded
from train import encode, tensors

OPERATORS = {
    "Add", "And", "Cast", "Concat", "Constant", "ConstantOfShape", "DequantizeLinear", "Div", "DynamicQuantizeLinear", "Equal",
    "Erf", "Expand", "Flatten", "Gather", "GreaterOrEqual", "LayerNormalization", "MatMul", "MatMulInteger", "Mul", "Range",
    "Reshape", "Shape", "Slice", "Softmax", "Tanh", "Transpose", "Unsqueeze", "Where",
}  # fmt: skip
PAIRS, BATCH = 1536, 32
"""Pairs of the mixture that decide the rounding."""
INPUTS = ("input_ids", "attention_mask", "token_type_ids")


def write_float(network: Nli, path: Path) -> None:
    """The network as a float ONNX file with free batch and length."""
    example = (torch.tensor([[101, 7592, 102, 2088, 102]]), torch.ones(1, 5, dtype=torch.int64), torch.tensor([[0, 0, 0, 1, 1]]))
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=list(INPUTS),
        output_names=["logits"],
        dynamic_axes={name: {0: "batch", 1: "sequence"} for name in INPUTS} | {"logits": {0: "batch"}},
        opset_version=17,
        dynamo=False,
    )


def some_batches(mixture: Path, tokenizer: Path, max_tokens: int) -> list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]:
    """Inputs of the first `PAIRS` pairs of a mixture."""
    with gzip.open(mixture, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in itertools.islice(lines, PAIRS)]
    reader = Tokenizer.from_file(str(tokenizer))
    reader.no_padding()
    reader.enable_truncation(max_tokens, strategy="longest_first")
    encoded = sorted(encode(rows, reader), key=lambda pair: len(pair[0]))
    return [tensors(encoded[at : at + BATCH]) for at in range(0, len(encoded), BATCH)]


def round_products(path: Path, network: Nli, batches: list[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]) -> None:
    """Put better rounded weights in place of those of the exporter's nearest steps."""
    model = onnx.load(path)
    stored = {tensor.name: tensor for tensor in model.graph.initializer}
    found = correlations(network, batches)
    layers = dict(network.named_modules())
    for node in model.graph.node:
        if node.op_type != "MatMulInteger":
            continue
        name, owner = node.input[1], owner_of(node)
        integers, step = rounded(layers[owner].weight.detach().numpy(), found[owner])
        scale = stored[name.removesuffix("_quantized") + "_scale"]
        stored[name].CopyFrom(numpy_helper.from_array(np.ascontiguousarray(integers.T), name))
        scale.CopyFrom(numpy_helper.from_array(step, scale.name))
    onnx.save(model, path)


def check(path: Path) -> None:
    """Refuse a graph with an unknown operator, a product that is not quantized, or weights wider than 7 bits."""
    graph = onnx.load(path).graph
    unknown = {node.op_type for node in graph.node} - OPERATORS
    if unknown:
        sys.exit(f"{path.name} has operators that the engine does not know: {', '.join(sorted(unknown))}")
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
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--mixture", type=Path, required=True)
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    network = Nli()
    network.load_state_dict(torch.load(given.weights))
    network.eval()
    given.out.mkdir(parents=True, exist_ok=True)
    model = given.out / "model.onnx"
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        write_float(network, plain)
        quantize_dynamic(
            plain, model, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["MatMul", "Gemm", "Gather"], extra_options={"MatMulConstBOnly": True},
        )  # fmt: skip
    round_products(model, network, some_batches(given.mixture, given.tokenizer, given.max_tokens))
    check(model)
    shutil.copyfile(given.tokenizer, given.out / "tokenizer.json")
    print(f"{model.name}: {model.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
