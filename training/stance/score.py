"""The shipped model's logits of pairs, kept in a file so that a pair is scored once.

    python score.py --model ../../www/models/probatum-nli-1 --cache cache.jsonl < pairs.jsonl
"""

import argparse
import hashlib
import json
import sys
from pathlib import Path

import numpy
import onnxruntime
from tokenizers import Tokenizer


def key(premise, hypothesis):
    return hashlib.sha1(f"{premise}\0{hypothesis}".encode()).hexdigest()[:20]


class Cache:
    def __init__(self, path):
        self.path, self.known = Path(path), {}
        if self.path.exists():
            for line in self.path.open():
                row = json.loads(line)
                self.known[row[0]] = row[1]

    def get(self, premise, hypothesis):
        return self.known.get(key(premise, hypothesis))


def score(folder, cache, pairs):
    """Scores what is not known yet, one pair at a time as the product does; a long premise loses its start."""
    manifest = json.loads((folder / "manifest.json").read_text())
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    # In the product a long premise is split into windows; here it keeps its end, where the sentence in question stands.
    tokenizer.enable_truncation(manifest["maxTokens"], strategy="only_first", direction="left")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(folder / "model.onnx"), options)
    order = [manifest["labels"].index(name) for name in ("entailment", "neutral", "contradiction")]
    inputs = [entry.name for entry in session.get_inputs()]
    with cache.path.open("a") as file:
        for premise, hypothesis in pairs:
            name = key(premise, hypothesis)
            if name in cache.known:
                continue
            encoded = tokenizer.encode(premise, hypothesis)
            given = {"input_ids": encoded.ids, "attention_mask": encoded.attention_mask, "token_type_ids": encoded.type_ids}
            feed = {name: numpy.array([given[name]], dtype=numpy.int64) for name in inputs}
            logits = session.run(None, feed)[0][0]
            cache.known[name] = [round(float(logits[at]), 4) for at in order]
            file.write(json.dumps([name, cache.known[name]]) + "\n")
            file.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--cache", type=Path, required=True)
    arguments = parser.parse_args()
    score(arguments.model, Cache(arguments.cache), (json.loads(line) for line in sys.stdin))


if __name__ == "__main__":
    main()
