"""Makes nli/: one sound little model and others that are each wrong in one way, to test what is refused at load.

    python3 -m venv venv && venv/bin/pip install onnx==1.23.2 numpy
    venv/bin/python tests/data/nli_models.py

Every model looks its tokens up in a table of three columns and returns their mean: logits of shape [1, 3].
"""

import json
import pathlib

import numpy
from onnx import TensorProto, helper, numpy_helper

HERE = pathlib.Path(__file__).parent / "nli"
VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "yes", "no", "may", "##be", "."]
INPUTS = ["input_ids", "attention_mask", "token_type_ids"]
ROWS = len(VOCABULARY)


def table(rows=ROWS, columns=3, fill=None):
    values = numpy.zeros((rows, columns), numpy.float32)
    if columns == 3:
        values[5 % rows, 0] = values[6 % rows, 2] = values[7 % rows, 1] = 9.0
    return numpy_helper.from_array(values if fill is None else numpy.full_like(values, fill), "table")


def save(name, *, inputs=INPUTS, output="logits", declared=None, constants=(), nodes=None):
    nodes = nodes or [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("ReduceMean", ["rows"], [output], axes=[1], keepdims=0),
    ]
    graph = helper.make_graph(
        nodes,
        name,
        [helper.make_tensor_value_info(i, TensorProto.INT64, ["batch", "sequence"]) for i in inputs],
        [helper.make_tensor_value_info(declared or output, TensorProto.FLOAT, ["batch", None])],
        list(constants) or [table()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (HERE / f"{name}.onnx").write_bytes(model.SerializeToString())


HERE.mkdir(exist_ok=True)
save("sound")
save("two-logits", constants=[table(columns=2)])
save("not-finite", constants=[table(fill=numpy.nan)])
save("no-segments", inputs=INPUTS[:2])
save("extra-input", inputs=[*INPUTS, "position_ids"])
save("other-output", output="scores")
save("uncomputed-output", declared="probabilities")
save("small-table", constants=[table(rows=ROWS - 1)])
save("large-table", constants=[table(rows=500)])
save(
    "no-table",
    nodes=[
        helper.make_node("Cast", ["input_ids"], ["wide"], to=TensorProto.FLOAT),
        helper.make_node("ReduceMean", ["wide"], ["mean"], axes=[1], keepdims=1),
        helper.make_node("Concat", ["mean", "mean", "mean"], ["logits"], axis=1),
    ],
)
save(
    "unknown-operation",
    nodes=[
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Frobnicate", ["rows"], ["logits"]),
    ],
)
# Positions for 16 tokens, looked up by the running index of each token.
save(
    "few-positions",
    constants=[
        table(),
        numpy_helper.from_array(numpy.zeros((16, 3), numpy.float32), "positions"),
        numpy_helper.from_array(numpy.array(1, numpy.int64), "one"),
    ],
    nodes=[
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("CumSum", ["attention_mask", "one"], ["counts"]),
        helper.make_node("Sub", ["counts", "one"], ["index"]),
        helper.make_node("Gather", ["positions", "index"], ["places"]),
        helper.make_node("Add", ["rows", "places"], ["sum"]),
        helper.make_node("ReduceMean", ["sum"], ["logits"], axes=[1], keepdims=0),
    ],
)
special = ["[CLS]", "[SEP]"]
piece = lambda kind, name, segment: {kind: {"id": name, "type_id": segment}}
(HERE / "tokenizer.json").write_text(
    json.dumps(
        {
            "version": "1.0",
            "added_tokens": [{"id": VOCABULARY.index(token), "content": token, "special": True} for token in special],
            "normalizer": {
                "type": "BertNormalizer",
                "clean_text": True,
                "handle_chinese_chars": True,
                "strip_accents": None,
                "lowercase": True,
            },
            "pre_tokenizer": {"type": "BertPreTokenizer"},
            "post_processor": {
                "type": "TemplateProcessing",
                "pair": [
                    piece("SpecialToken", "[CLS]", 0),
                    piece("Sequence", "A", 0),
                    piece("SpecialToken", "[SEP]", 0),
                    piece("Sequence", "B", 1),
                    piece("SpecialToken", "[SEP]", 1),
                ],
                "special_tokens": {token: {"id": token, "ids": [VOCABULARY.index(token)]} for token in special},
            },
            "model": {
                "type": "WordPiece",
                "unk_token": "[UNK]",
                "continuing_subword_prefix": "##",
                "max_input_chars_per_word": 100,
                "vocab": {token: row for row, token in enumerate(VOCABULARY)},
            },
        },
        indent=1,
    )
    + "\n"
)
