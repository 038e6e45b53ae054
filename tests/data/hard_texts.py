"""Hard strings for tokenizers, built by this file alone, the same ones every time."""

import itertools
import random

RANDOM = random.Random(20261122)

WORDS = """accuracy model fine-tuned on ChatGPT data improves by reasoning the of results p < 0.05 significantly NLI
benchmarks entailment contradiction neutral electroencephalography antidisestablishmentarianism unbelievably Zürich
naïve façade São Tomé coöperate Ångström résumé Москва İstanbul straße ΑΒΓ Σίσυφος ΟΔΥΣΣΕΥΣ SARS-CoV-2 IL-6 CD4+
H2O CO₂ GPT-4 F1-score BLEU-4 x86_64 C++ .NET k-NN ImageNet-1k""".split()
RANGES = {
    "latin": [(0x20, 0x7E), (0xA0, 0x24F), (0x1E00, 0x1EFF)],
    "combining": [(0x300, 0x36F), (0x1AB0, 0x1ADD), (0x20D0, 0x20F0), (0xFE20, 0xFE2F), (0x61, 0x7A)],
    "greek": [(0x370, 0x3FF), (0x1F00, 0x1FFF)],
    "cyrillic": [(0x400, 0x52F)],
    "cjk": [(0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x3000, 0x30FF), (0xFF00, 0xFFEF), (0xF900, 0xFAFF)],
    "rare cjk": [(0x20000, 0x2A6DF), (0x2A700, 0x2CEAF), (0x2CEB0, 0x323AF), (0x2F800, 0x2FA1F)],
    "hangul": [(0xAC00, 0xD7A3), (0x1100, 0x11FF), (0x3130, 0x318F)],
    "rtl": [(0x590, 0x6FF), (0x700, 0x7BF), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069), (0xFB50, 0xFDFF)],
    "indic": [(0x900, 0xDFF), (0xE00, 0xEFF), (0xF00, 0xFFF)],
    "math": [(0x2190, 0x23FF), (0x2A00, 0x2AFF), (0x1D400, 0x1D7FF), (0x2070, 0x209F), (0x2100, 0x218F)],
    "emoji": [(0x1F300, 0x1F6FF), (0x1F900, 0x1FAFF), (0x2600, 0x27BF), (0x200D, 0x200D), (0xFE0E, 0xFE0F)],
    "control": [(0x00, 0x1F), (0x7F, 0x9F), (0x61, 0x66)],
    "invisible": [(0x200B, 0x200F), (0x2028, 0x202F), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xAD, 0xAD), (0x61, 0x66)],
    "spaces": [(0x2000, 0x200A), (0x1680, 0x1680), (0x3000, 0x3000), (0x85, 0x85), (0xA0, 0xA0), (0x61, 0x66)],
    "punctuation": [(0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0x2010, 0x205E), (0x2E00, 0x2E5D)],
    "private and unassigned": [(0xE000, 0xF8FF), (0x378, 0x379), (0x2FE0, 0x2FEF), (0xE0000, 0xE01EF), (0xFFF0, 0xFFFF)],
    "anything": [(0x0, 0xD7FF), (0xE000, 0x10FFFF)],
}


def character(ranges):
    low, high = RANDOM.choice(ranges)
    return chr(RANDOM.randint(low, high))


def number():
    digits = str(RANDOM.randint(0, 10 ** RANDOM.randint(1, 14)))
    forms = [
        f"{RANDOM.random():.{RANDOM.randint(1, 8)}f}",
        f"{int(digits):,}",
        f"{int(digits):,}".replace(",", RANDOM.choice(["\u202f", "\u00a0", "'", ".", "_", " "])),
        f"{RANDOM.uniform(-1, 1):.3e}",
        f"{RANDOM.randint(1, 100)}%",
        f"±{RANDOM.randint(1, 99)}.{RANDOM.randint(0, 9)}",
        f"{RANDOM.randint(1, 12)}/{RANDOM.randint(1, 31)}/{RANDOM.randint(1900, 2030)}",
        f"10\u2212{RANDOM.randint(1, 9)}",
        f"{RANDOM.randint(1, 9)}×10{''.join(RANDOM.choice('⁰¹²³⁴⁵⁶⁷⁸⁹') for _ in range(2))}",
        f"½ of {digits}",
        "".join(RANDOM.choice("٠١٢٣٤٥٦٧٨٩") for _ in range(5)),
    ]
    return RANDOM.choice(forms)


def address():
    host = RANDOM.choice(["example.org", "www.example.com", "sub.domain.example", "xn--bcher-kva.example", "bücher.example"])
    path = "/".join(RANDOM.choice(WORDS) for _ in range(RANDOM.randint(0, 4)))
    forms = [
        f"https://{host}/{path}?q={RANDOM.choice(WORDS)}&page={RANDOM.randint(1, 99)}#s{RANDOM.randint(1, 9)}",
        f"http://{host}:8080/{path}/~user/%7Efoo%20bar",
        f"{RANDOM.choice(WORDS)}.{RANDOM.choice(WORDS)}+tag@{host}",
        f"mailto:{RANDOM.choice(WORDS)}@{host}",
        f"doi:10.5555/{RANDOM.randint(1000, 9999)}.{RANDOM.randint(1, 99)}",
    ]
    return RANDOM.choice(forms)


def texts(special):
    """Each text as its list of pieces; some hold the names of special tokens."""
    yield from ([text] for text in ["", " ", "\n", "\t\r\n", "\u0000", "\ufffd", "\ufeff", "\u200b", ".", "##", "##ing", "a##b"])
    for name, ranges in RANGES.items():
        for _ in range(90):
            length = RANDOM.choice([1, 2, 3, 5, 8, 13, 21])
            text = "".join(character(ranges) for _ in range(length))
            if RANDOM.random() < 0.4:
                text = f"{RANDOM.choice(WORDS)} {text} {RANDOM.choice(WORDS)}"
            yield [text]
    for _ in range(150):
        yield [" ".join(RANDOM.choice(WORDS) for _ in range(RANDOM.randint(1, 12)))]
    for _ in range(150):
        yield [" ".join(number() for _ in range(RANDOM.randint(1, 5)))]
    for _ in range(100):
        yield [f"{RANDOM.choice(WORDS)} {address()} {RANDOM.choice(WORDS)}"]
    for _ in range(150):  # mixed scripts, no space between
        yield ["".join(character(RANGES[RANDOM.choice(list(RANGES))]) for _ in range(RANDOM.randint(2, 25)))]
    for family in ["👨‍👩‍👧‍👦", "🏳️‍🌈", "👍🏽", "🇩🇪🇫🇷", "1️⃣", "❤️‍🔥", "🧑🏿‍🚀"]:
        yield [f"nice {family} result"]
        yield [family * 3]
    for base, marks in itertools.product("aeoñ가ก", ["\u0301", "\u0301\u0323", "\u0323\u0301", "\u0345\u0308\u0315"]):
        yield [base + marks]  # marks in and out of canonical order
        yield [base, [marks, 50], " end"]
    for word in ["a", "ab", "é", "e\u0301", "中", "가", "ß", "İ", "Σ", "🙂", "!", "\u200d", "\u0301", "1", "_", "##"]:
        for count in [99, 100, 101, 10_000]:
            yield [[word, count]]
            yield ["before ", [word, count], " after"]
    for word in ["a ", "unbelievably ", "no. "]:
        yield [[word, 2_000]]
    yield ["x", ["y", 99]]
    yield ["x", ["y", 100]]
    for literal in special:
        for form in [literal, literal.lower(), f"a {literal} b", f"a{literal}b", f"{literal}{literal}", f"[ {literal[1:]}"]:
            yield [form]
    for _ in range(100):
        yield [" ".join(RANDOM.choice(WORDS + special) for _ in range(8))]


def plain(pieces):
    return "".join(piece if isinstance(piece, str) else piece[0] * piece[1] for piece in pieces)


def compact(ids):
    runs = [(key, len(list(run))) for key, run in itertools.groupby(ids)]
    return list(itertools.chain.from_iterable([[key, count]] if count > 3 else [key] * count for key, count in runs))
