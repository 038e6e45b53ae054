"""Makes tokenizers/: a byte-level BPE and two Unigram vocabularies, trained on the project's own texts, and the token ids
of the reference implementation for hard strings.

    python3 -m venv venv && venv/bin/pip install tokenizers==0.23.3 sentencepiece==0.2.3 protobuf==7.36.2
    venv/bin/python tests/data/subwords.py

The vocabularies are built as the files of well-known models are: bpe.json as RoBERTa's, unigram.json as
XLM-RoBERTa's, pieces.json as DeBERTa-v3's, its `precompiled_charsmap` made by SentencePiece from rules that this script
writes. bpe.jsonl, unigram.jsonl and pieces.jsonl hold the reference ids.

The reference is Hugging Face's `tokenizers`. A text must never produce a special token: `added_tokens` are removed and
special pieces of Unigram vocabularies renamed to what no text holds, which changes no other result.

Lines of a .jsonl file, after a first one that names the reference:
  {"change": {P: V}, "names": S}      the lines that follow are of the .json file with V at each JSON pointer P
  {"text": T, "ids": I}               ids of one text, no special tokens
  {"text": T, "sha256": H}            the same, where they are many: digest of the ids joined by commas
  {"premise": T, "hypothesis": T, "ids": I, "types": I}   a pair with its special tokens
  {"block": N, "form": F, "without": C, "sha256": H}   digest of the lines of ids of the form F, its "¤" replaced by each
        of the 4,096 code points c from N, but for the runs C, each [first, number]: the reference normalises these by
        the tables of Unicode 9, which do not know them
T is a list of strings and [string, count] repetitions; I is a list of ids and [id, count] repetitions.
"""

import hashlib
import io
import itertools
import json
import os
import pathlib
import tempfile
import unicodedata

os.environ["TOKENIZERS_PARALLELISM"] = "false"

import sentencepiece
import tokenizers
from sentencepiece import sentencepiece_model_pb2
from tokenizers import Regex, decoders, models, normalizers, pre_tokenizers, processors, trainers

from hard_texts import RANDOM, compact, plain, texts

HERE = pathlib.Path(__file__).parent
OUT = HERE / "tokenizers"
MARK = "▁"
ROBERTA = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
DEBERTA = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "[MASK]"]
LITERALS = ROBERTA + DEBERTA + ["<0x41>", "▁"]
BLOCKS = range(0, 0x34000, 4096)
MOST_IDS = 50

TEXTS = list(texts(LITERALS))
SPACED = [
    "".join(RANDOM.choice([" ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u2581", "'s", "'ll", "'", "''", "a", "é", "7", "½", "!", "中"])
            for _ in range(RANDOM.randint(1, 14)))
    for _ in range(400)
]
TEXTS += [[text] for text in SPACED]


def corpus(most):
    """The project's texts, and hard ones of characters up to `most`."""
    for name in ["sentences.txt", "../../training/suite.txt"]:
        yield from (HERE / name).read_text().splitlines()
    papers = json.loads((HERE / "../../src/source/demo.json").read_text())["papers"]
    for paper in papers:
        yield paper["title"]
        for section in paper["sections"]:
            yield from (str(value) for value in section.values())
    for pieces in TEXTS[::3]:
        text = plain(pieces)
        if len(text) < 200 and all(ord(c) <= most for c in text):
            yield text


def special_tokens(ids):
    flags = {"single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    return [{"id": at, "content": token} | flags for token, at in ids.items()]


def template(kind, ids):
    start, end = ("[CLS]", "[SEP]") if kind == "bert" else ("<s>", "</s>")
    pair = f"{start} $A {end} $B:1 {end}:1" if kind == "bert" else f"{start} $A {end} {end} $B {end}"
    processor = processors.TemplateProcessing(
        single=f"{start} $A {end}", pair=pair, special_tokens=[(start, ids[start]), (end, ids[end])]
    )
    return json.loads(processor.__getstate__())


def bpe():
    tokenizer = tokenizers.Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=1256 + len(ROBERTA), special_tokens=ROBERTA, initial_alphabet=alphabet, show_progress=False
    )
    tokenizer.train_from_iterator(corpus(0x10FFFF), trainer)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0), add_prefix_space=False)
    return json.loads(tokenizer.to_str())


def unigram():
    tokenizer = tokenizers.Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(MARK)
    bytes_ = [f"<0x{byte:02X}>" for byte in range(256)]
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(vocab_size=1000, special_tokens=special, unk_token="<unk>", show_progress=False)
    tokenizer.train_from_iterator(corpus(0x3FF), trainer)
    description = json.loads(tokenizer.to_str())
    vocabulary = description["model"]["vocab"]
    vocabulary += [[piece, 0.0] for piece in bytes_] + [["<mask>", 0.0]]
    ids = {piece: at for at, (piece, _) in enumerate(vocabulary)}
    description["added_tokens"] = special_tokens({token: ids[token] for token in ROBERTA})
    description["post_processor"] = template("roberta", ids)
    return description


def rules():
    """Rules of a charsmap: what NFKC does to many scripts, controls dropped, spaces of all kinds made blanks."""
    rows = {}
    ranges = [(0xA0, 0x1200), (0x1E00, 0x2500), (0x3000, 0x3400), (0xF900, 0xFB50), (0xFE30, 0xFFF0), (0x1D400, 0x1D500)]
    for code in (code for start, end in ranges for code in range(start, end)):
        normal = unicodedata.normalize("NFKC", chr(code))
        if normal != chr(code):
            rows[chr(code)] = normal
        apart = unicodedata.normalize("NFD", chr(code))
        whole = unicodedata.normalize("NFKC", apart)
        if len(apart) > 1 and whole != apart:
            rows[apart] = whole
    for code in [*range(0x1, 0x9), 0xB, *range(0xE, 0x20), 0x7F, 0x8F, 0x9F, 0xAD]:
        rows[chr(code)] = ""
    for code in [0x9, 0xA, 0xC, 0xD, 0x85, 0x1680, *range(0x2000, 0x2010), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000, 0xFEFF]:
        rows[chr(code)] = " "
    rows["\r\n"] = " "
    codes = lambda text: " ".join(f"{ord(c):X}" for c in text)
    return "".join(f"{codes(source)}\t{codes(target)}\n" for source, target in sorted(rows.items()))


def pieces():
    with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
        file.write(rules())
        file.flush()
        written = io.BytesIO()
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=corpus(0x3FF), model_writer=written, vocab_size=1000, normalization_rule_tsv=file.name,
            pad_id=0, bos_id=1, eos_id=2, unk_id=3, pad_piece="[PAD]", bos_piece="[CLS]", eos_piece="[SEP]",
            unk_piece="[UNK]", character_coverage=1.0, num_threads=1, minloglevel=2, hard_vocab_limit=False,
        )  # fmt: skip
    model = sentencepiece_model_pb2.ModelProto.FromString(written.getvalue())
    vocabulary = [[piece.piece, piece.score] for piece in model.pieces]
    ids = {piece: at for at, (piece, _) in enumerate(vocabulary)}
    tokenizer = tokenizers.Tokenizer(models.Unigram([tuple(piece) for piece in vocabulary], unk_id=3))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Strip(),
            normalizers.Precompiled(model.normalizer_spec.precompiled_charsmap),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.Metaspace(MARK, prepend_scheme="always")])
    description = json.loads(tokenizer.to_str())
    # As in DeBERTa-v3, [MASK] lies beyond the vocabulary.
    description["added_tokens"] = special_tokens({token: ids.get(token, len(ids)) for token in DEBERTA})
    description["post_processor"] = template("bert", ids)
    return description


def changed(description, change):
    """The description with a value at each JSON pointer."""
    description = json.loads(json.dumps(description))
    for pointer, value in change.items():
        *path, last = pointer.lstrip("/").split("/")
        place = description
        for key in path:
            place = place[int(key) if isinstance(place, list) else key]
        place[int(last) if isinstance(place, list) else last] = value
    return description


def reference(description):
    """The reference, in which no text can produce a special token."""
    special = {token["content"] for token in description["added_tokens"]}
    description = changed(description, {"/added_tokens": []})
    model = description["model"]
    if isinstance(model["vocab"], list):
        for at, piece in enumerate(model["vocab"]):
            if piece[0] in special or at == model["unk_id"]:
                piece[0] = f"\uffff\ufffe{at}"
    return tokenizers.Tokenizer.from_str(json.dumps(description))


def ids_of(tokenizer, text):
    return tokenizer.encode(text, add_special_tokens=False).ids


def joined(ids):
    return ",".join(map(str, ids))


def sha256(text):
    return hashlib.sha256(text.encode()).hexdigest()


def known_alike(text):
    """False where the tables of Unicode 9 may give another normal form than later ones, or know no mark."""
    forms = [(normalizers.NFKC(), "NFKC"), (normalizers.NFKD(), "NFKD")]
    same = all(early.normalize_str(text) == unicodedata.normalize(form, text) for early, form in forms)
    marks = "".join(c for c in text if unicodedata.category(c)[0] == "M")
    return same and not normalizers.StripAccents().normalize_str(marks) and "Cn" not in map(unicodedata.category, text)


def text_lines(tokenizer, chosen, newer_matter):
    for pieces_ in chosen:
        text = plain(pieces_)
        if newer_matter and not known_alike(text):
            continue
        ids = ids_of(tokenizer, text)
        short = compact(ids)
        yield {"text": pieces_} | ({"ids": short} if len(short) <= MOST_IDS else {"sha256": sha256(joined(ids))})


def pair_lines(tokenizer, count, newer_matter):
    for _ in range(count):
        premise, hypothesis = RANDOM.choice(SPACED), RANDOM.choice(SPACED)
        if newer_matter and not known_alike(premise + hypothesis):
            continue
        pair = tokenizer.encode(premise, hypothesis)
        yield {"premise": [premise], "hypothesis": [hypothesis], "ids": compact(pair.ids), "types": compact(pair.type_ids)}


def runs(codes):
    """Runs of neighbours as their first and their number."""
    groups = itertools.groupby(enumerate(codes), lambda item: item[1] - item[0])
    members = ([code for _, code in group] for _, group in groups)
    return [[codes[0], len(codes)] for codes in members]


def block_lines(tokenizer, form, newer_matter):
    for block in BLOCKS:
        codes = [code for code in range(block, block + 4096) if not 0xD800 <= code <= 0xDFFF]
        kept = [code for code in codes if not newer_matter or known_alike(chr(code))]
        rows = [joined(ids_of(tokenizer, form.replace("¤", chr(code)))) for code in kept]
        without = [code for code in codes if code not in set(kept)]
        yield {"block": block, "form": form, "without": runs(without), "sha256": sha256("\n".join(rows))}


def save(name, description, variants):
    """Variants: name, change, share of the texts, form of the blocks, whether newer characters are read otherwise."""
    (OUT / f"{name}.json").write_text(json.dumps(description, separators=(",", ":")) + "\n")
    with open(OUT / f"{name}.jsonl", "w") as file:
        put = lambda line: file.write(json.dumps(line, separators=(",", ":")) + "\n")
        put({"reference": f"tokenizers {tokenizers.__version__}, no special tokens in texts"})
        for names, change, share, form, newer_matter in variants:
            tokenizer = reference(changed(description, change))
            put({"change": change, "names": names})
            for line in text_lines(tokenizer, TEXTS[::share], newer_matter):
                put(line)
            for line in pair_lines(tokenizer, 100 // share, newer_matter):
                put(line)
            for line in block_lines(tokenizer, form, newer_matter) if form else []:
                put(line)


def class_reader():
    """A BPE that merges the last byte of a character with "z", "1" and "!", if the split lets them stand together."""
    symbol = {ord(c): c for c in map(chr, [*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)])}
    unseen = (byte for byte in range(256) if byte not in symbol)
    symbol |= {byte: chr(0x100 + at) for at, byte in enumerate(list(unseen))}
    merges = [[symbol[byte], mark] for byte in range(0xC0) for mark in "z1!"]
    names = ROBERTA + list(symbol.values()) + ["".join(merge) for merge in merges]
    return {"/model/vocab": {name: at for at, name in enumerate(names)}, "/model/merges": merges}


def bpe_variants(description):
    merges, vocabulary = description["model"]["merges"], description["model"]["vocab"]
    prefixed = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    first_years = {key: value for key, value in description["model"].items() if key != "type"}
    first_years |= {"merges": ["#version: 0.2", *map(" ".join, merges)], "continuing_subword_prefix": ""}
    first_years |= {"end_of_word_suffix": ""}
    lower = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    bert = {"[CLS]": len(vocabulary), "[SEP]": len(vocabulary) + 1}
    yield "as RoBERTa", {}, 1, None, False
    yield "a blank before the first word", {"/pre_tokenizer": prefixed}, 8, None, False
    yield "merges of the first years", {"/model": first_years, "/post_processor": template("roberta", vocabulary)}, 8, None, False
    yield "whole words first", {"/model/ignore_merges": True, "/model/merges": merges[:200]}, 8, None, False
    yield "as DeBERTa, lower case", {
        "/normalizer": json.loads(lower.__getstate__()),
        "/model/vocab": vocabulary | bert,
        "/post_processor": template("bert", bert),
    }, 8, None, True
    yield "classes of characters", class_reader(), 40, "¤z¤1¤!", False


def unigram_variants(description):
    step = lambda made: json.loads(made.__getstate__())
    metaspace = lambda **options: {"type": "Metaspace", "replacement": MARK} | options
    albert = normalizers.Sequence(
        [
            normalizers.Replace("``", '"'),
            normalizers.Replace("''", '"'),
            normalizers.NFKD(),
            normalizers.StripAccents(),
            normalizers.Lowercase(),
            normalizers.Replace(Regex(" {2,}"), " "),
        ]
    )
    yield "as XLM-RoBERTa", {}, 1, "a¤b", True
    yield "no mark before the first word", {"/pre_tokenizer": metaspace(prepend_scheme="never", split=True)}, 8, None, True
    yield "not split", {"/pre_tokenizer": metaspace(prepend_scheme="first", split=False)}, 8, None, True
    yield "as first years", {"/pre_tokenizer": metaspace(str_rep=MARK, add_prefix_space=True)}, 8, None, True
    spaces = {"type": "Sequence", "pretokenizers": [{"type": "WhitespaceSplit"}, metaspace(prepend_scheme="always")]}
    yield "split at spaces", {"/pre_tokenizer": spaces}, 8, None, True
    yield "another mark", {"/pre_tokenizer": metaspace() | {"replacement": "n"}}, 8, None, True
    yield "bytes", {"/model/byte_fallback": True}, 4, "a¤b", True
    at = [piece for piece, _ in description["model"]["vocab"]].index("<0xE2>")
    yield "not all bytes", {"/model/byte_fallback": True, f"/model/vocab/{at}/0": "no byte"}, 8, None, True
    yield "not normalised", {"/normalizer": None}, 8, "a¤b", False
    yield "as ALBERT", {"/normalizer": step(albert)}, 4, None, True
    yield "NFC", {"/normalizer": step(normalizers.NFC())}, 8, None, True
    yield "NFD, stripped at the left", {
        "/normalizer": step(normalizers.Sequence([normalizers.NFD(), normalizers.Strip(left=True, right=False)]))
    }, 8, None, True
    # A sum in which unknown characters score better than pieces: they are fused, and may be a piece together.
    high = [[piece, 30 + score] for piece, score in description["model"]["vocab"]]
    yield "unknown characters that are a piece together", {
        "/model/vocab": [piece for piece in high if len(piece[0]) != 1 or piece[0] == MARK],
    }, 8, None, True


def pieces_variants(description):
    strip, charsmap, spaces = description["normalizer"]["normalizers"]
    later = {"type": "Sequence", "normalizers": [strip | {"strip_left": False}, charsmap, spaces | {"content": MARK}]}
    yield "as DeBERTa-v3", {}, 1, "a¤b", False
    yield "later form of the normalizer", {"/normalizer": later}, 8, None, False
    yield "lower case", {"/normalizer": {"type": "Sequence", "normalizers": [{"type": "Lowercase"}, charsmap]}}, 8, None, False
    yield "marks", {"/normalizer/normalizers/0/strip_right": False}, 8, "e¤\u0301", False


OUT.mkdir(exist_ok=True)
for name, make, variants in [
    ("bpe", bpe, bpe_variants),
    ("unigram", unigram, unigram_variants),
    ("pieces", pieces, pieces_variants),
]:
    made = make()
    save(name, made, variants(made))
