"""Write the deep model in the shipping format: MPNet as ONNX, opset 17, dynamic int8.

    python deep_export.py --weights RUN/deep/0.weights.pt --mixture RUN/deep.jsonl.gz --tokenizer ../www/models/probatum-nli-1/tokenizer.json \
                          --wheels RUN --out RUN/export

The nodes are those of ONNX Runtime's dynamic quantizer, as in `export.py`, which says why weights keep 7 bits. The graph is written here, node by
node: which bucket a distance falls into is a table in the file, so that no logarithm, of which every processor has another last
bit, decides it.
"""

import argparse
import gzip
import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer

from data import rows_of
from export import PAIRS, some_batches
from quantize import correlations, rounded
from slim import never_used, rare, slimmer
from teacher import FURTHEST, PADDING, Teacher, buckets, files_of

OPSET, IR = 17, 8
"""As the shipped small model has them."""
MASKED = -10_000.0
"""Added to the scores of padding."""


class Graph:
    """Nodes and constants as they are added."""

    def __init__(self):
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def constant(self, name: str, values: np.ndarray) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.array(values, order="C"), name))
        return name

    def add(self, kind: str, inputs: list[str], name: str, **attributes) -> str:
        """A node of one output, which has the node's name."""
        self.nodes.append(helper.make_node(kind, inputs, [name], name=name, **attributes))
        return name

    def quantized(self, x: str) -> list[str]:
        """What a value is in 8 bits: whole numbers, scale and zero point; once for all layers that read it."""
        parts = [f"{x}_quantized", f"{x}_scale", f"{x}_zero_point"]
        if not any(node.output[0] == parts[0] for node in self.nodes):
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [x], parts, name=f"{x}/quantize"))
        return parts

    def linear(self, x: str, name: str, weight: np.ndarray, step: np.ndarray, bias: np.ndarray) -> str:
        """A linear layer; `weight` `[out, in]` in whole numbers, `step` and `bias` `[out]`."""
        whole, scale, zero = self.quantized(x)
        of_weight = self.constant(f"{name}.weight_scale", step)
        zeros = self.constant(f"{name}.weight_zero_point", np.zeros(len(step), np.int8))
        product = self.add("MatMulInteger", [whole, self.constant(f"{name}.weight_quantized", weight.T), zero, zeros], f"{name}/product")
        scales = self.add("Mul", [scale, of_weight], f"{name}/scales")
        scaled = self.add("Mul", [self.add("Cast", [product], f"{name}/cast", to=TensorProto.FLOAT), scales], f"{name}/scaled")
        return self.add("Add", [scaled, self.constant(f"{name}.bias", bias)], name)

    def look_up(self, name: str, ids: str, table: tuple[np.ndarray, int, float]) -> str:
        """Rows of a table of 8-bit numbers with its zero point and scale."""
        values, zero, scale = table
        rows = self.add("Gather", [self.constant(f"{name}.weight_quantized", values), ids], f"{name}/rows", axis=0)
        parts = [self.constant(f"{name}.weight_scale", np.float32(scale)), self.constant(f"{name}.weight_zero_point", np.uint8(zero))]
        return self.add("DequantizeLinear", [rows, *parts], name)

    def norm(self, x: str, name: str, state: dict[str, np.ndarray], epsilon: float) -> str:
        parts = [self.constant(f"{name}.{part}", state[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [x, *parts], f"{name}/out", axis=-1, epsilon=epsilon)


def table_of(values: np.ndarray) -> tuple[np.ndarray, int, float]:
    """A table on 256 steps, with zero point and scale."""
    least, greatest = min(float(values.min()), 0.0), max(float(values.max()), 0.0)
    step = (greatest - least) / 255
    zero = round(-least / step)
    return np.clip(np.round(values / step) + zero, 0, 255).astype(np.uint8), zero, step


def graph_of(network: Teacher, weights: dict[str, tuple[np.ndarray, np.ndarray]], words: tuple[np.ndarray, int, float]) -> onnx.ModelProto:
    """The network with its linear layers as `quantize.rounded` has them (by name) and its table of words as `slim.slimmer` has it."""
    state = {name: value.detach().numpy() for name, value in network.state_dict().items()}
    heads, width = network.layers[0].heads, network.layers[0].head_width
    epsilon = network.norm.eps
    graph = Graph()
    whole = lambda name, *values: graph.constant(name, np.array(values, np.int64))  # noqa: E731
    single = lambda name, value: graph.constant(name, np.array(value, np.int64))  # noqa: E731

    def layer(x: str, name: str) -> str:
        return graph.linear(x, name, *weights[name], state[f"{name}.bias"])

    tokens = graph.add("Gather", [graph.add("Shape", ["input_ids"], "shape"), single("one", 1)], "tokens", axis=0)
    places = graph.add("Range", [single("zero", 0), tokens, "one"], "order")
    upright, flat = (graph.add("Unsqueeze", [places, whole(f"axis{axis}", axis)], f"order{axis}") for axis in (1, 0))
    ahead = graph.add("Clip", [graph.add("Sub", [flat, upright], "ahead"), single("least", -FURTHEST), single("most", FURTHEST)], "near")
    of_distance = buckets(torch.arange(-FURTHEST, FURTHEST + 1)).numpy()
    bucket = graph.add("Gather", [graph.constant("buckets", of_distance), graph.add("Add", [ahead, "most"], "row")], "bucket", axis=0)
    rows = graph.add("Gather", [graph.constant("distances.weight", state["distances.weight"]), bucket], "distances", axis=0)
    by_head = graph.add("Unsqueeze", [graph.add("Transpose", [rows], "by_head", perm=[2, 0, 1]), "axis0"], "bias")
    marks = graph.add("Cast", ["attention_mask"], "marks", to=TensorProto.FLOAT)
    hidden = graph.add("Sub", [graph.constant("full", np.float32(1)), graph.add("Unsqueeze", [marks, whole("axes", 1, 2)], "wide")], "hidden")
    mask = graph.add("Mul", [hidden, graph.constant("masked", np.float32(MASKED))], "mask")
    from_padding = graph.add("Add", [places, single("first", PADDING + 1)], "positions")
    embedded = graph.add("Add", [graph.look_up("words", "input_ids", words), graph.look_up("places", from_padding, table_of(state["places.weight"]))], "embedded")
    states = graph.norm(embedded, "norm", state, epsilon)
    split, joined = whole("split", 0, 0, heads, width), whole("joined", 0, 0, heads * width)
    for at in range(len(network.layers)):
        name = f"layers.{at}"
        query, key, value = (
            graph.add("Transpose", [graph.add("Reshape", [layer(states, f"{name}.{side}"), split], f"{name}.{side}/split")], f"{name}.{side}/heads", perm=perm)
            for side, perm in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3]))
        )
        scores = graph.add("Div", [graph.add("MatMul", [query, key], f"{name}/scores"), graph.constant("root", np.float32(width**0.5))], f"{name}/scaled")
        biased = graph.add("Add", [graph.add("Add", [scores, by_head], f"{name}/placed"), mask], f"{name}/masked")
        mixed = graph.add("MatMul", [graph.add("Softmax", [biased], f"{name}/shares", axis=-1), value], f"{name}/mixed")
        mixed = graph.add("Reshape", [graph.add("Transpose", [mixed], f"{name}/turned", perm=[0, 2, 1, 3]), joined], f"{name}/joined")
        states = graph.norm(graph.add("Add", [layer(mixed, f"{name}.output"), states], f"{name}/attended"), f"{name}.attention_norm", state, epsilon)
        inner = layer(states, f"{name}.inner")
        error = graph.add("Erf", [graph.add("Div", [inner, graph.constant("root2", np.float32(2**0.5))], f"{name}/over")], f"{name}/erf")
        gelu = graph.add("Mul", [inner, graph.add("Add", [error, "full"], f"{name}/more")], f"{name}/twice")
        gelu = graph.add("Mul", [gelu, graph.constant("half", np.float32(0.5))], f"{name}/gelu")
        states = graph.norm(graph.add("Add", [layer(gelu, f"{name}.outer"), states], f"{name}/added"), f"{name}.norm", state, epsilon)
    first = graph.add("Gather", [states, "zero"], "first_token", axis=1)
    layer(graph.add("Tanh", [layer(first, "pooler")], "pooled"), "classifier")
    graph.nodes[-1].output[0] = "logits"
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "sequence"]) for name in ("input_ids", "attention_mask")]
    outputs = [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch", 3])]
    made = helper.make_graph(graph.nodes, "probatum", inputs, outputs, list(graph.constants.values()))
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=IR)
    onnx.checker.check_model(model)
    return model


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--mixture", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True, help="of the small model: pairs are tokenized as in training")
    parser.add_argument("--wheels", type=Path, required=True, help="folder of the five packages, which hold MPNet's own tokenizer")
    parser.add_argument("--max-tokens", type=int, default=144)
    parser.add_argument("--bits", type=int, default=7, help="of the word embeddings")
    parser.add_argument("--bias", type=float, nargs=2, default=(0.0, 0.0), help="as of `export.py`")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    network = Teacher.with_weights(torch.load(given.weights, map_location="cpu")).eval()
    entailment, contradiction = given.bias
    network.classifier.bias.data += torch.tensor([entailment, 0.0, contradiction])
    rows = rows_of(given.mixture)
    found = correlations(network, some_batches(rows[:PAIRS], given.tokenizer, given.max_tokens))
    parts = dict(network.named_modules())
    weights = {name: rounded(parts[name].weight.detach().numpy(), found[name]) for name in found}
    tokenizer = Tokenizer.from_str(files_of(given.wheels)("tokenizer.json").decode())
    tokenizer.no_padding(), tokenizer.no_truncation()
    texts = {row[side] for row in rows for side in ("premise", "hypothesis")}
    words = slimmer(*table_of(network.words.weight.detach().numpy()), never_used(tokenizer.get_vocab()), rare(tokenizer, texts), given.bits)
    model = graph_of(network, weights, words)
    given.out.mkdir(parents=True, exist_ok=True)
    onnx.save(model, given.out / "model.onnx")
    kept = json.loads(tokenizer.to_str())
    (given.out / "tokenizer.json").write_text(json.dumps(kept, ensure_ascii=False))
    body = (given.out / "model.onnx").read_bytes()
    print(f"model.onnx: {len(body) / 1e6:.1f} MB, {len(gzip.compress(body, 9)) / 1e6:.1f} MB compressed")


if __name__ == "__main__":
    main()
