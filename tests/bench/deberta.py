"""Makes a DeBERTa-v3-xsmall-shaped NLI cross-encoder with random weights: the second model of the benchmark.

    python3 -m venv venv && venv/bin/pip install torch==2.12.0 transformers==5.24.0 onnxscript==0.7.2 \\
        onnx==1.23.2 onnxruntime==1.32.0
    venv/bin/python tests/bench/deberta.py target/bench/deberta

Nothing is downloaded: the shape is the published one, the weights are drawn with a fixed seed. Speed does not depend on
their values. Writes into the folder:

    model_<type>.onnx   one file a --type: int8 (dynamic quantisation by onnxruntime, weights a channel), f32, f16
    inputs.json         {"vocabulary": rows, "sequences": [[token id, ...], ...]}: lengths 8 to 256
    expected_<type>.json {"logits": [[3 numbers], ...]}: of onnxruntime, a row a sequence
"""

import argparse
import json
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parents[1] / "data"))
import classifiers  # noqa: E402

LENGTHS = [8, 32, 64, 128, 160, 256]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--type", action="append", choices=classifiers.TYPES, help="default: int8")
    parser.add_argument("--exporter", choices=classifiers.EXPORTERS, default="torchscript")
    parser.add_argument("--reduce-range", action="store_true", help="7-bit weights")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)

    model = classifiers.deberta(layers=12, hidden=384, heads=6, intermediate=1536, vocabulary=128_100, buckets=256)
    sequences = classifiers.sequences(model.config.vocab_size, LENGTHS)
    write(arguments.folder / "inputs.json", {"vocabulary": model.config.vocab_size, "sequences": sequences})
    f32 = arguments.folder / "model_f32.onnx"
    classifiers.export(model, f32, arguments.exporter)
    types = arguments.type or ["int8"]
    for wanted in types:
        path = arguments.folder / f"model_{wanted}.onnx"
        classifiers.convert(f32, path, wanted, reduce_range=arguments.reduce_range)
        write(arguments.folder / f"expected_{wanted}.json", {"logits": classifiers.logits(path, sequences)})
    if "f32" not in types:
        f32.unlink()


def write(path, value):
    path.write_text(json.dumps(value) + "\n")


if __name__ == "__main__":
    main()
