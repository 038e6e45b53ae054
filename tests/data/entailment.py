"""Makes entailment.json: pairs written for the purpose, with the logits of the reference implementation.

    python3 -m venv venv && venv/bin/pip install tokenizers==0.23.3 onnx==1.23.2 onnxruntime==1.32.0 numpy
    venv/bin/python tests/data/entailment.py

The reference is onnxruntime on the model's own int8 weights, but with activations in floats: what the model means. Its own
int8 activations have one scale for a whole tensor and differ from that by up to `referenceInt8Spread`; the engine's have
one a row, and must come nearer. One pair at a time, nothing padded, with the reference tokenizer. None of the sentences is
from a paper; their facts are invented or common knowledge. The model's opinion of them is recorded, right or wrong: the
file tests that two programs compute the same, not that the model is good.
"""

import hashlib
import json
import pathlib

import numpy
import onnx
import onnxruntime
import tokenizers
from onnx import helper, numpy_helper

HERE = pathlib.Path(__file__).parent
MODEL = HERE / "../../www/models/probatum-nli-1"

PREMISES = {
    "Fine-tuning on the synthetic set raised accuracy on the test set from 61.2% to 68.9%.": [
        "Fine-tuning on synthetic data improved accuracy.",
        "Fine-tuning on synthetic data lowered accuracy.",
        "Accuracy on the test set reached 68.9%.",
        "The synthetic set was written by students.",
    ],
    "We found no significant difference between the two groups (p = 0.47).": [
        "The two groups did not differ significantly.",
        "The treated group did significantly better.",
        "There were two groups.",
        "The study enrolled four hundred patients.",
    ],
    "Patients who received the vaccine were hospitalised less often than those who received placebo.": [
        "The vaccine reduced hospital admissions.",
        "The vaccine increased hospital admissions.",
        "Some patients received placebo.",
        "The vaccine was given in two doses.",
    ],
    "Larger models were consistently more accurate, but also slower and more expensive to run.": [
        "Model size and accuracy were positively related.",
        "Smaller models were more accurate than larger ones.",
        "Larger models cost more to run.",
        "Larger models were trained on more data.",
    ],
    "None of the participants reported side effects during the trial.": [
        "The drug caused headaches in most participants.",
        "No side effects were reported.",
        "Every participant finished the trial.",
    ],
    "Removing the attention mask reduced the F1 score by 4.3 points on average.": [
        "The attention mask contributes to the F1 score.",
        "The F1 score was unaffected by removing the attention mask.",
        "Removing the mask made training faster.",
    ],
    "The river was dammed in 1962, and the salmon disappeared within ten years.": [
        "Salmon vanished from the river after it was dammed.",
        "Salmon numbers rose after the dam was built.",
        "The dam produces electricity.",
    ],
    "A man in a red jacket is cycling down a mountain path.": [
        "A man is outdoors.",
        "A man is asleep in his bed.",
        "A man is training for a race.",
    ],
    "Only two of the nine benchmarks showed any improvement.": [
        "Most benchmarks did not improve.",
        "All benchmarks improved.",
        "Two benchmarks showed improvement.",
    ],
    "Zürich's café culture — naïve as it may sound — is older than São Paulo's.": [
        "Zürich has a café culture.",
        "São Paulo's café culture is older than Zürich's.",
    ],
    "在实验中，模型的准确率提高了5%。": ["The model became more accurate.", "模型的准确率下降了。"],
    "At 37 °C the half-life was ≈ 4.2 h (95% CI 3.8–4.6), i.e. twice that at 42 °C.": [
        "The half-life is longer at 37 °C than at 42 °C.",
        "The half-life is longer at 42 °C than at 37 °C.",
        "The half-life at 37 °C was about four hours.",
    ],
    "The survey covers work published before 2021 and leaves out studies of children.": [
        "Studies of children were excluded.",
        "The survey includes work published in 2023.",
        "The survey covers forty papers.",
    ],
    "Although the authors expected a loss, distillation left the student as accurate as its teacher while it used a "
    "tenth of the memory; the effect held for all four languages that were tested, and it did not depend on the seed.": [
        "The student was as accurate as the teacher.",
        "Distillation made the student less accurate than the teacher.",
        "The student needed less memory than the teacher.",
        "The effect was found in only one language.",
        "The experiments were run on graphics cards.",
    ],
    "No evidence was found that coffee increases blood pressure in the long run.": [
        "Coffee raises blood pressure in the long run.",
        "Long-term blood pressure was not shown to rise with coffee.",
        "Tea lowers blood pressure.",
    ],
    "The committee rejected the proposal because it would have doubled the cost.": [
        "The proposal was turned down.",
        "The proposal was accepted.",
        "The committee met in March.",
    ],
    "Mice lacking the gene gained weight on the same diet.": [
        "Without the gene, mice became heavier.",
        "Mice lacking the gene lost weight.",
        "The gene also affects sleep.",
    ],
    "": ["The model is accurate.", ""],
    "The model is accurate.": [""],
    "[SEP] The text of this premise holds a literal [SEP] token.": ["The text holds a literal token."],
}


def encode(tokenizer, premise, hypothesis):
    pair = tokenizer.encode(premise, hypothesis)
    columns = {"input_ids": pair.ids, "attention_mask": pair.attention_mask, "token_type_ids": pair.type_ids}
    return {name: numpy.array([column], dtype=numpy.int64) for name, column in columns.items()}


def with_float_activations(model):
    """The model with every DynamicQuantizeLinear, MatMulInteger, Cast and Mul in one MatMul on widened weights."""
    graph = model.graph
    constants = {tensor.name: tensor for tensor in graph.initializer}
    made_by = {output: node for node in graph.node for output in node.output}
    read_by = {}
    for node in graph.node:
        for value in node.input:
            read_by.setdefault(value, []).append(node)
    for product in [node for node in graph.node if node.op_type == "MatMulInteger"]:
        activations, weights, _, zero_point = product.input
        (cast,) = read_by[product.output[0]]
        (scaled,) = read_by[cast.output[0]]
        (scales,) = [made_by[value] for value in scaled.input if value != cast.output[0]]
        (scale,) = [constants[value] for value in scales.input if value in constants]
        centred = numpy_helper.to_array(constants[weights]).astype(numpy.float32)
        centred -= numpy_helper.to_array(constants[zero_point])
        wide = numpy_helper.from_array(centred * numpy_helper.to_array(scale), f"{weights}:wide")
        graph.initializer.append(wide)
        node = helper.make_node("MatMul", [made_by[activations].input[0], wide.name], [scaled.output[0]])
        graph.node.insert(list(graph.node).index(scaled), node)
        graph.node.remove(scaled)
    return model


def session(model):
    return onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])


def main():
    description = json.loads((MODEL / "tokenizer.json").read_text())
    description |= {"truncation": None, "padding": None, "added_tokens": []}
    tokenizer = tokenizers.Tokenizer.from_str(json.dumps(description))
    model = onnx.load(str(MODEL / "model.onnx"))
    int8 = session(model)
    floats = session(with_float_activations(model))
    labels = json.loads((MODEL / "manifest.json").read_text())["labels"]
    pairs, spread = [], 0.0
    for premise, hypotheses in PREMISES.items():
        for hypothesis in hypotheses:
            inputs = encode(tokenizer, premise, hypothesis)
            (logits,), (others,) = floats.run(["logits"], inputs), int8.run(["logits"], inputs)
            spread = max(spread, float(abs(logits - others).max()))
            scores = {label: round(float(logit), 5) for label, logit in zip(labels, logits[0])}
            pairs.append({"premise": premise, "hypothesis": hypothesis, **scores})
    result = {
        "note": "Pairs written for this test; logits by the reference implementation.",
        "reference": f"onnxruntime {onnxruntime.__version__}",
        "referenceInt8Spread": round(spread, 5),
        "modelSha256": hashlib.sha256((MODEL / "model.onnx").read_bytes()).hexdigest(),
        "pairs": pairs,
    }
    (HERE / "entailment.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n")
    print(len(pairs), "pairs")


main()
