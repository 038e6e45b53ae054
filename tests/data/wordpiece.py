"""Makes wordpiece.jsonl: hard strings, built by this script alone, with the token ids of the reference implementation.

    python3 -m venv venv && venv/bin/pip install tokenizers==0.23.3
    venv/bin/python tests/data/wordpiece.py

The reference is Hugging Face's `tokenizers` with the model's own tokenizer.json, truncation and padding off. Its
`added_tokens` are removed: with them the reference finds "[SEP]" or "[MASK]" in a text and injects the special token,
which a paper's text must never do. The lines where that changes the result carry the unaltered reference's ids as
`injected`, so that the difference is on record.

Lines of the file, after a first one that names the reference:
  {"text": T, "ids": I}                  ids of one text, no special tokens
  {"text": T, "ids": I, "injected": I}   the same, where the unaltered reference reads a special token
  {"premise": T, "hypothesis": T, "ids": I, "types": I}   a pair with its special tokens
  {"block": N, "sha256": H}              digest of the ids of "a" + c + "b" for the 4,096 code points c from N
T is a list of strings and [string, count] repetitions; I is a list of ids and [id, count] repetitions.
"""

import hashlib
import json
import pathlib

import tokenizers

from hard_texts import RANDOM, compact, plain, texts

HERE = pathlib.Path(__file__).parent
MODEL = HERE / "../../www/models/probatum-nli-1/tokenizer.json"
DESCRIPTION = json.loads(MODEL.read_text())
DESCRIPTION |= {"truncation": None, "padding": None}
UNALTERED = tokenizers.Tokenizer.from_str(json.dumps(DESCRIPTION))
REFERENCE = tokenizers.Tokenizer.from_str(json.dumps(DESCRIPTION | {"added_tokens": []}))
SPECIAL = ["[SEP]", "[CLS]", "[MASK]", "[UNK]", "[PAD]"]


def ids_of(tokenizer, text):
    return tokenizer.encode(text, add_special_tokens=False).ids


def digest(block):
    ids = [ids_of(REFERENCE, f"a{chr(c)}b") for c in range(block, block + 4096) if not 0xD800 <= c <= 0xDFFF]
    return hashlib.sha256("\n".join(",".join(map(str, row)) for row in ids).encode()).hexdigest()


def lines():
    yield {"reference": f"tokenizers {tokenizers.__version__}, added_tokens removed"}
    kept = list(texts(SPECIAL))
    for pieces in kept:
        text = plain(pieces)
        ids, injected = ids_of(REFERENCE, text), ids_of(UNALTERED, text)
        line = {"text": pieces, "ids": compact(ids)}
        yield line if ids == injected else line | {"injected": compact(injected)}
    for _ in range(200):
        premise, hypothesis = RANDOM.choice(kept), RANDOM.choice(kept)
        pair = REFERENCE.encode(plain(premise), plain(hypothesis))
        yield {"premise": premise, "hypothesis": hypothesis, "ids": compact(pair.ids), "types": compact(pair.type_ids)}
    for block in range(0, 0x20000, 4096):
        yield {"block": block, "sha256": digest(block)}


with open(HERE / "wordpiece.jsonl", "w") as file:
    for line in lines():
        file.write(json.dumps(line, separators=(",", ":")) + "\n")
