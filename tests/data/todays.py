"""Makes tokenizers/todays.jsonl: the reference's token ids for pieces.json with the steps that exporters of 2026 write.

    python3 -m venv venv && venv/bin/pip install tokenizers==0.23.3
    venv/bin/python tests/data/todays.py

The form of the lines is told in subwords.py. As there, `added_tokens` are removed and special pieces renamed, for a text
never produces a special token.
"""

import json
import os
import pathlib

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import tokenizers

HERE = pathlib.Path(__file__).parent / "tokenizers"
MARK = "▁"
METASPACE = {"type": "Metaspace", "replacement": MARK, "prepend_scheme": "always", "split": True}
# What DebertaV2Tokenizer of transformers 5 normalises with.
DEBERTA = [
    {"type": "Replace", "pattern": {"Regex": r"\s{2,}|[\n\r\t]"}, "content": " "},
    {"type": "NFC"},
    {"type": "Strip", "strip_left": False, "strip_right": True},
]


def sequence(kind, steps):
    return {"type": "Sequence", kind: steps}


def punctuation(behavior):
    return sequence("pretokenizers", [{"type": "Punctuation", "behavior": behavior}, METASPACE])


def replaced(regex, content=" "):
    return {"type": "Replace", "pattern": {"Regex": regex}, "content": content}


VARIANTS = {
    "DeBERTa-v3 of transformers 5": {"/normalizer": sequence("normalizers", DEBERTA), "/pre_tokenizer": sequence("pretokenizers", [METASPACE])},
    "the same in lower case, split at punctuation": {
        "/normalizer": sequence("normalizers", [{"type": "Lowercase"}] + DEBERTA), "/pre_tokenizer": punctuation("Isolated"),
    },
    "XLM-RoBERTa of transformers 5": {
        "/normalizer": sequence("normalizers", [replaced(r"[\n\r\t]"), {"type": "NFKC"}, replaced(" {2,}")]),
        "/pre_tokenizer": sequence("pretokenizers", [{"type": "WhitespaceSplit"}, METASPACE]),
    },
    "any white space": {"/normalizer": replaced(r"\s+"), "/pre_tokenizer": METASPACE},
    "controls": {"/normalizer": replaced("[^ -~]", "?"), "/pre_tokenizer": METASPACE},
    **{f"punctuation {behavior}": {"/normalizer": None, "/pre_tokenizer": punctuation(behavior)}
       for behavior in ("Contiguous", "MergedWithPrevious", "MergedWithNext", "Removed")},
    "spaces, then punctuation": {
        "/normalizer": None,
        "/pre_tokenizer": sequence("pretokenizers", [{"type": "WhitespaceSplit"}, {"type": "Punctuation", "behavior": "Isolated"}, METASPACE]),
    },
}
VARIANTS |= {
    "DeBERTa-v3 without a blank in front": {"/normalizer": sequence("normalizers", DEBERTA), "/pre_tokenizer": {**METASPACE, "prepend_scheme": "first"}},
    "the same, split at punctuation": {
        "/normalizer": sequence("normalizers", DEBERTA),
        "/pre_tokenizer": sequence("pretokenizers", [{"type": "Punctuation", "behavior": "Isolated"}, {**METASPACE, "prepend_scheme": "first"}]),
    },
    "split at spaces, the first with a blank": {
        "/normalizer": None, "/pre_tokenizer": sequence("pretokenizers", [{"type": "WhitespaceSplit"}, {**METASPACE, "prepend_scheme": "first"}]),
    },
    # What transformers 5 makes of a SentencePiece model of no class that it knows.
    "of a SentencePiece model": {
        "/normalizer": sequence("normalizers", [replaced(r"\A +| +\z", ""), replaced(" {2,}"), replaced(" +▁", MARK)]),
        "/pre_tokenizer": {**METASPACE, "split": False},
    },
    "lines": {"/normalizer": replaced(r"^a|\n$", "b"), "/pre_tokenizer": METASPACE},
    "sequences within sequences": {
        "/normalizer": sequence("normalizers", [sequence("normalizers", [{"type": "NFC"}]), {"type": "Lowercase"}]),
        "/pre_tokenizer": sequence("pretokenizers", [sequence("pretokenizers", [{"type": "WhitespaceSplit"}]), METASPACE]),
    },
}
TEXTS = [
    "Naps improved recall.", "  Naps\n\nimproved\trecall !!  ", "p < 0.05 (n = 20), 31%", "Łoś, Müller; Ostergård", "“quoted” — and ‘single’",
    "...", "!a!!b", "a!!", "", " ", "\t", "x\u00a0y\u3000z", "state-of-the-art", "ＡＢＣ ﬁne", "a  b   c    d", "中文。标点！", "a\r\nb\rc\n",
    "e\u0301 caf\u00e9", "(([[", "¿qué?", "$5 and €6", "a_b_c", "end. Next", "١٢٣", "👩\u200d🔬 lab",
]


def reference(file):
    file = json.loads(json.dumps(file))
    special = {token["content"] for token in file["added_tokens"]}
    file["added_tokens"] = []
    file["post_processor"] = None
    for at, (piece, score) in enumerate(file["model"]["vocab"]):
        if piece in special:
            file["model"]["vocab"][at] = [f"\ue000{at}\ue000", score]
    return tokenizers.Tokenizer.from_str(json.dumps(file))


def main():
    base = json.loads((HERE / "pieces.json").read_text())
    lines = [{"reference": f"tokenizers {tokenizers.__version__}"}]
    for names, change in VARIANTS.items():
        file = {**base, "normalizer": change["/normalizer"], "pre_tokenizer": change["/pre_tokenizer"]}
        known = reference(file)
        lines.append({"change": change, "names": names})
        lines += [{"text": [text], "ids": known.encode(text, add_special_tokens=False).ids} for text in TEXTS]
    written = "".join(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n" for line in lines)
    (HERE / "todays.jsonl").write_text(written)


main()
