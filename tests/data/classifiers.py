"""Small sequence classifiers with random weights as the usual tools export them, and their logits by onnxruntime.

    python3 -m venv venv && venv/bin/pip install torch==2.12.0 transformers==5.24.0 onnxscript==0.7.2 \\
        onnx==1.23.2 onnxruntime==1.32.0
    venv/bin/python tests/data/classifiers.py

Renews tests/data/classifiers/: <family>-<exporter>-<type>.onnx, and expected.json with the token ids given and the
logits that onnxruntime computes; the second half of each sequence is its second segment. tests/bench/deberta.py makes a model of a real size with the same functions.
"""

import contextlib
import io
import json
import pathlib
import tempfile

import numpy
import onnx
import onnxruntime
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.float16 import convert_float_to_float16
from transformers import (
    BertConfig,
    BertForSequenceClassification,
    DebertaConfig,
    DebertaForSequenceClassification,
    DebertaV2Config,
    DebertaV2ForSequenceClassification,
    MPNetConfig,
    MPNetForSequenceClassification,
    RobertaConfig,
    RobertaForSequenceClassification,
)

HERE = pathlib.Path(__file__).parent / "classifiers"
EXPORTERS = ["torchscript", "dynamo"]
# torch.export refuses its scripted functions.
SCRIPTED = {"deberta_v1"}
TYPES = ["f32", "f16", "int8"]
SEED = 20
OPSET = 17


def drawn(model):
    """Random weights: scaled so that logits differ between inputs, and norms and biases that are not the identity."""
    torch.manual_seed(SEED)
    with torch.no_grad():
        for name, weights in model.named_parameters():
            if weights.dim() > 1:
                weights.normal_(0.0, 1.5 / weights.shape[-1] ** 0.5 if "embedding" not in name else 0.5)
            elif name.endswith("LayerNorm.weight"):
                weights.normal_(1.0, 0.1)
            else:
                weights.normal_(0.0, 0.05)
    return model.eval()


def deberta(*, layers, hidden, heads, intermediate, vocabulary, buckets, positions=512):
    """The shape of DeBERTa-v3: shared position keys, log buckets, normed relative embeddings."""
    config = DebertaV2Config(
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        vocab_size=vocabulary,
        position_buckets=buckets,
        relative_attention=True,
        pos_att_type=["p2c", "c2p"],
        share_att_key=True,
        norm_rel_ebd="layer_norm",
        max_relative_positions=-1,
        max_position_embeddings=positions,
        position_biased_input=False,
        type_vocab_size=0,
        num_labels=3,
        pooler_hidden_size=hidden,
        pooler_hidden_act="gelu",
    )
    return drawn(DebertaV2ForSequenceClassification(config))


def deberta_v1(*, layers, hidden, heads, intermediate, vocabulary, positions):
    """The shape of DeBERTa's first version: keys of positions of their own, a row for every distance."""
    config = DebertaConfig(
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        vocab_size=vocabulary,
        relative_attention=True,
        pos_att_type=["c2p", "p2c"],
        max_relative_positions=-1,
        max_position_embeddings=positions,
        position_biased_input=False,
        type_vocab_size=0,
        num_labels=3,
        pooler_hidden_size=hidden,
        pooler_hidden_act="gelu",
    )
    return drawn(DebertaForSequenceClassification(config))


def bert(*, layers, hidden, heads, intermediate, vocabulary, positions):
    config = BertConfig(
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        vocab_size=vocabulary,
        max_position_embeddings=positions,
        num_labels=3,
    )
    return drawn(BertForSequenceClassification(config))


def roberta(*, layers, hidden, heads, intermediate, vocabulary, positions):
    config = RobertaConfig(
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        vocab_size=vocabulary,
        max_position_embeddings=positions,
        type_vocab_size=1,
        num_labels=3,
    )
    return drawn(RobertaForSequenceClassification(config))


def mpnet(*, layers, hidden, heads, intermediate, vocabulary, positions):
    """One table of relative positions for all layers, of the library's 32 buckets, the farthest from 128 on."""
    config = MPNetConfig(
        num_hidden_layers=layers,
        hidden_size=hidden,
        num_attention_heads=heads,
        intermediate_size=intermediate,
        vocab_size=vocabulary,
        max_position_embeddings=positions,
        num_labels=3,
    )
    config.type_vocab_size = 0
    return drawn(MPNetForSequenceClassification(config))


def sequences(vocabulary, lengths):
    """Token ids, one list a length; none is a padding token (0 or 1)."""
    draw = numpy.random.default_rng(SEED)
    return [draw.integers(2, vocabulary, length).tolist() for length in lengths]


def export(model, path, exporter):
    """Writes the model as ONNX with a batch and a length that are not fixed."""
    ids = torch.randint(2, model.config.vocab_size, (2, 11))
    inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    if model.config.type_vocab_size > 1:
        inputs["token_type_ids"] = torch.zeros_like(ids)
    axes = {0: "batch", 1: "sequence"}
    with contextlib.redirect_stdout(io.StringIO()):
        torch.onnx.export(
            model,
            (),
            str(path),
            kwargs=inputs,
            input_names=list(inputs),
            output_names=["logits"],
            opset_version=OPSET,
            **(
                {"dynamo": False, "dynamic_axes": {name: axes for name in inputs} | {"logits": {0: "batch"}}}
                if exporter == "torchscript"
                else {
                    "dynamo": True,
                    "external_data": False,
                    "dynamic_shapes": {name: axes for name in inputs},
                }
            ),
        )


def convert(f32, path, wanted, *, reduce_range=False):
    """The f32 export in another type; int8 is what `quantize_dynamic` makes of it."""
    if wanted == "f16":
        onnx.save(convert_float_to_float16(onnx.load(f32), keep_io_types=True), path)
    elif wanted == "int8":
        quantize_dynamic(f32, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=reduce_range)
    elif path != f32:
        path.write_bytes(f32.read_bytes())


def shorten(path):
    """Takes out what changes nothing: names of nodes, notes, and shapes along the way; values get numbers for names."""
    model = onnx.load(path)
    kept = {value.name for value in [*model.graph.input, *model.graph.output]}
    names = {"": ""} | {name: name for name in kept}
    short = lambda name: names.setdefault(name, str(len(names)))
    for tensor in model.graph.initializer:
        tensor.name, tensor.doc_string = short(tensor.name), ""
    for node in model.graph.node:
        node.name = node.doc_string = ""
        del node.metadata_props[:]
        for values in [node.input, node.output]:
            values[:] = [short(name) for name in values]
    del model.graph.value_info[:], model.graph.metadata_props[:], model.metadata_props[:]
    del model.functions[:]
    onnx.checker.check_model(model)
    onnx.save(model, path)


def logits(path, token_ids):
    """Of onnxruntime, a row a sequence; the second half of each is its second segment."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])
    taken = {value.name for value in session.get_inputs()}
    rows = []
    for ids in token_ids:
        ids = numpy.array([ids], numpy.int64)
        segments = (numpy.arange(ids.size) >= ids.size // 2).astype(numpy.int64)[None]
        inputs = {"input_ids": ids, "attention_mask": numpy.ones_like(ids), "token_type_ids": segments}
        inputs = {name: value for name, value in inputs.items() if name in taken}
        rows.append(session.run(["logits"], inputs)[0][0].tolist())
    return rows


def main():
    HERE.mkdir(exist_ok=True)
    small = {"layers": 2, "hidden": 16, "heads": 2, "intermediate": 24, "vocabulary": 60, "positions": 48}
    models = {
        # Eight buckets to either side, of which four are exact: most distances share one with others.
        "deberta": deberta(**small, buckets=8),
        "deberta_v1": deberta_v1(**small),
        "bert": bert(**small),
        "roberta": roberta(**small),
        "mpnet": mpnet(**small),
    }
    token_ids = sequences(small["vocabulary"], [1, 2, 7, 16, 29, 40])
    expected = {"ids": token_ids, "logits": {}}
    with tempfile.TemporaryDirectory() as scratch:
        for family, model in models.items():
            for exporter in EXPORTERS[:1] if family in SCRIPTED else EXPORTERS:
                f32 = pathlib.Path(scratch) / "f32.onnx"
                export(model, f32, exporter)
                for wanted in TYPES if exporter == "torchscript" else ["f32", "int8"]:
                    name = f"{family}-{exporter}-{wanted}"
                    path = HERE / f"{name}.onnx"
                    convert(f32, path, wanted)
                    shorten(path)
                    expected["logits"][name] = logits(path, token_ids)
    (HERE / "expected.json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main()
