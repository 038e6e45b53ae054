"""Train on a mixture; resumable; a checkpoint every ten minutes.

    python train.py --base RUN/base.pt --mixture RUN/mixture.jsonl.gz --tokenizer ../www/models/interim/tokenizer.json \
                    --run RUN/a --pairs 20000 [--shard 0/2] [--freeze 3] [--lr 1e-4]

The schedule: 40 steps of warm-up, then a constant rate, then linear to zero over the last `--decay` pairs. It depends
on the pairs seen alone, so a run may be resumed with a larger or smaller `--pairs`. `RUN/a/last.pt` holds all that is
needed to resume, `RUN/a/weights.pt` the weights; a run that is told to stop (SIGTERM) writes both first. Runs on shards of one mixture are joined by `average.py`.
"""

import argparse
import gzip
import json
import os
import signal
import threading
import time
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from network import Nli

LABELS = ("entailment", "neutral", "contradiction")
CHUNK = 512
WARM_UP = 40


def encode(rows: list[dict], tokenizer: Tokenizer) -> list[tuple[list[int], list[int]]]:
    """Token ids and sides of each pair, cut at the longest length."""
    pairs = tokenizer.encode_batch([(row["premise"], row["hypothesis"]) for row in rows])
    return [(pair.ids, pair.type_ids) for pair in pairs]


def tensors(encoded: list[tuple[list[int], list[int]]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """`input_ids`, `attention_mask` and `token_type_ids`, padded to the longest pair."""
    longest = max(len(ids) for ids, _ in encoded)
    ids, mask, sides = (torch.zeros(len(encoded), longest, dtype=torch.int64) for _ in range(3))
    for at, (tokens, side) in enumerate(encoded):
        ids[at, : len(tokens)] = torch.tensor(tokens)
        mask[at, : len(tokens)] = 1
        sides[at, : len(tokens)] = torch.tensor(side)
    return ids, mask, sides


def batches(lengths: list[int], tokens: int, seed: int) -> list[list[int]]:
    """Indices of pairs of like length, at most `tokens` tokens a batch with its padding, in random order."""
    made: list[list[int]] = []
    for chunk in range(0, len(lengths), CHUNK):
        batch: list[int] = []
        found = []
        for index in sorted(range(chunk, min(chunk + CHUNK, len(lengths))), key=lambda index: lengths[index]):
            if batch and (len(batch) + 1) * lengths[index] > tokens:
                found.append(batch)
                batch = []
            batch.append(index)
        found.append(batch)
        Random(seed * 1_000_003 + chunk).shuffle(found)
        made += found
    return made


def loss_of(logits: torch.Tensor, labels: list[str], weights: torch.Tensor) -> torch.Tensor:
    """Mean weighted loss; where a set has two labels, "not entailment" is neutral or contradiction, whichever."""
    log = functional.log_softmax(logits, dim=-1)
    picked = [
        torch.logaddexp(row[1], row[2]) if label == "not_entailment" else row[LABELS.index(label)]
        for row, label in zip(log, labels)
    ]
    return -(torch.stack(picked) * weights).sum() / weights.sum()


def rate(seen: int, step: int, given: argparse.Namespace) -> float:
    """Share of the full learning rate at this point of the schedule."""
    left = max(given.pairs - seen, 0)
    return min((step + 1) / WARM_UP, 1.0) * min(left / max(given.decay, 1), 1.0)


def freeze(network: Nli, layers: int) -> None:
    """Keep the embeddings and the first `layers` layers as they are: their backward pass is never computed."""
    for part in (network.words, network.places, network.sides, network.norm, *network.layers[:layers]):
        for parameter in part.parameters():
            parameter.requires_grad = False


def groups(network: Nli, given: argparse.Namespace) -> list[dict]:
    """Parameters with their rates: each layer below the top learns at `--layer-decay` times the one above."""
    made = [{"params": [*network.pooler.parameters(), *network.classifier.parameters()], "base": given.lr}]
    for depth, layer in enumerate(reversed(network.layers)):
        trained = [parameter for parameter in layer.parameters() if parameter.requires_grad]
        if trained:
            made.append({"params": trained, "base": given.lr * given.layer_decay**depth})
    return made


def save(path: Path, state: object) -> None:
    """Write beside, then rename: a run that is killed leaves the last whole checkpoint."""
    torch.save(state, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--mixture", type=Path, required=True)
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--pairs", type=int, required=True, help="pairs to see, of this shard")
    parser.add_argument("--decay", type=int, default=2000, help="pairs of the final decay")
    parser.add_argument("--shard", default="0/1", help="e.g. 0/2: the first half of the mixture's rows")
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--freeze", type=int, default=3, help="layers that stay as they are; the embeddings always do")
    parser.add_argument("--tokens", type=int, default=2048, help="tokens a batch")
    parser.add_argument("--max-tokens", type=int, default=144, help="tokens a pair")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=10.0, help="between checkpoints")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    given.run.mkdir(parents=True, exist_ok=True)

    with gzip.open(given.mixture, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    shard, shards = (int(part) for part in given.shard.split("/"))
    rows = rows[shard::shards]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(given.max_tokens, strategy="longest_first")
    encoded = encode(rows, tokenizer)
    order = batches([len(ids) for ids, _ in encoded], given.tokens, given.seed)

    network = Nli()
    network.load_state_dict(torch.load(given.base))
    freeze(network, given.freeze)
    optimizer = torch.optim.AdamW(groups(network, given), lr=given.lr, weight_decay=0.01, fused=True)
    step = seen = 0
    last = given.run / "last.pt"
    if last.exists():
        state = torch.load(last)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        step, seen = state["step"], state["seen"]

    def checkpoint() -> None:
        save(given.run / "weights.pt", network.state_dict())
        save(last, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seen": seen})

    told_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    saved, started, cpu, first, losses = time.time(), time.time(), time.process_time(), seen, []
    while seen < given.pairs and not told_to_stop.is_set():
        batch = order[step % len(order)]
        share = rate(seen, step, given)
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * share
        weights = torch.tensor([rows[index]["weight"] for index in batch])
        logits = network(*tensors([encoded[index] for index in batch]))
        loss = loss_of(logits, [rows[index]["label"] for index in batch], weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step, seen = step + 1, seen + len(batch)
        losses.append(loss.item())
        if step % 20 == 0:
            done = seen - first
            print(
                f"step {step} pairs {seen} loss {sum(losses[-100:]) / len(losses[-100:]):.3f} rate {share:.2f} "
                f"{done / (time.time() - started):.1f} pairs/s, {done / (time.process_time() - cpu):.1f} per CPU second",
                flush=True,
            )
        if time.time() - saved > given.minutes * 60:
            checkpoint()
            saved = time.time()
    checkpoint()


if __name__ == "__main__":
    main()
