"""Train on a mixture; resumable; two processes on halves of it meet at the mean of their weights.

    python train.py --base RUN/base.pt --mixture RUN/mixture.jsonl.gz --tokenizer ../www/models/probatum-nli-1/tokenizer.json \
                    --run RUN/train --pairs 100000 [--shard 0/2] [--until 22:05] [--freeze 1] [--lr 1e-4]

The schedule: 60 steps of warm-up, then linear to zero at `--pairs` pairs or at the time of `--until`, whichever the run is
nearer to. `RUN/train/0.pt` of shard 0 holds all that is needed to resume, `RUN/train/0.weights.pt` its weights and
`RUN/train/0.ema.pt` their running mean; a run that is told to stop (SIGTERM) writes them first.

Every `--meet` minutes of the clock each shard writes its weights, waits for those of the others and goes on from their mean
(local SGD: Stich 2019, "Local SGD converges fast and communicates little"); one that stays away is not waited for long.
"""

import argparse
import gzip
import json
import os
import signal
import threading
import time
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import torch
from tokenizers import Tokenizer
from torch.nn import functional

from data import UNKNOWN
from network import Nli
from teacher import Teacher
from tokens import encode, tensors

LABELS = ("entailment", "neutral", "contradiction")
NETWORKS = {"student": Nli, "teacher": Teacher}
CHUNK = 4096
WARM_UP = 60
PATIENCE = 90
"""Seconds that a shard waits for the others."""


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


def targets(labels: list[str], smoothing: float, taught: list[list[float] | None] | None = None, share: float = 0.0) -> torch.Tensor:
    """Wanted probabilities `[batch, 3]`; each label gives `smoothing` away to all three (Szegedy et al. 2016).

    Where a teacher said what it holds likely, that counts for `share` of it (Hinton et al. 2015). Rows of the two-way "not
    entailment" without a teacher are all zero: `loss_of` asks them for no entailment, whichever the other two are.
    """
    wanted = torch.zeros(len(labels), 3)
    for at, label in enumerate(labels):
        if label in LABELS:
            wanted[at] = smoothing / 3
            wanted[at, LABELS.index(label)] += 1 - smoothing
        if taught and taught[at]:
            said = torch.tensor(taught[at])
            if label == UNKNOWN:
                wanted[at] = said
            elif label not in LABELS:
                wanted[at, 1:] = said[1:] / said[1:].sum().clamp(min=1e-6)
            wanted[at] = share * said + (1 - share) * wanted[at]
    return wanted


def loss_of(logits: torch.Tensor, wanted: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
    """Mean weighted cross-entropy; where a set has two labels, "not entailment" is neutral or contradiction, whichever."""
    log = functional.log_softmax(logits.float(), dim=-1)
    losses = -(wanted * log).sum(dim=-1)
    two_way = wanted.sum(dim=-1) == 0
    losses = torch.where(two_way, -torch.logaddexp(log[:, 1], log[:, 2]), losses)
    return (losses * weights).sum() / weights.sum()


def rate(step: int, seen: int, started: float, given: argparse.Namespace) -> float:
    """Share of the full learning rate at this point of the schedule."""
    done = seen / given.pairs
    if given.until:
        done = max(done, (time.time() - started) / max(given.until - started, 1.0))
    return min((step + 1) / WARM_UP, 1.0) * max(1.0 - done, 0.0)


def clock(text: str) -> float:
    """Seconds since 1970 of the next "22:05", today or tomorrow."""
    now = datetime.now()
    then = datetime.combine(now.date(), datetime.strptime(text, "%H:%M").time())
    return (then if then > now else then + timedelta(days=1)).timestamp()


def freeze(network: Nli | Teacher, parts: list[torch.nn.Module]) -> None:
    """Keep these parts as they are: their backward pass is never computed."""
    for part in parts:
        for parameter in part.parameters():
            parameter.requires_grad = False


def groups(network: Nli | Teacher, given: argparse.Namespace) -> list[dict]:
    """Parameters with their rates: each layer below the top learns at `--layer-decay` times the one above."""
    made = [{"params": [*network.pooler.parameters(), *network.classifier.parameters()], "base": given.lr}]
    for depth, layer in enumerate(reversed(network.layers)):
        trained = [parameter for parameter in layer.parameters() if parameter.requires_grad]
        if trained:
            made.append({"params": trained, "base": given.lr * given.layer_decay**depth})
    trained = [parameter for part in network.embeddings() for parameter in part.parameters() if parameter.requires_grad]
    if trained:
        # No decay: most rows are in no batch, and would only shrink.
        made.append({"params": trained, "base": given.lr * given.layer_decay ** len(network.layers), "weight_decay": 0.0})
    return made


def save(path: Path, state: object) -> None:
    """Write beside, then rename: a run that is killed leaves the last whole checkpoint."""
    torch.save(state, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path)


def meet(folder: Path, shard: int, shards: int, states: dict[str, dict], since: float) -> None:
    """Replace each of `states` (by name: weights, ema) by its mean over the shards that have written since `since`."""
    for name, state in states.items():
        save(folder / f"{shard}.{name}.pt", state)
    others = [other for other in range(shards) if other != shard]
    # The name written last is looked for: when it is there, the others are too.
    last = list(states)[-1]
    patience = time.time() + PATIENCE

    def written(other: int) -> bool:
        path = folder / f"{other}.{last}.pt"
        return path.exists() and path.stat().st_mtime >= since

    while time.time() < patience and not all(map(written, others)):
        time.sleep(1.0)
    present = [other for other in others if written(other)]
    for name, state in states.items():
        theirs = [torch.load(folder / f"{other}.{name}.pt") for other in present]
        for part, value in state.items():
            value.copy_((value + sum(their[part] for their in theirs)) / (1 + len(theirs)))
    print(f"met {len(present)} of {len(others)}", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--network", choices=NETWORKS, default="student")
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--mixture", type=Path, required=True)
    parser.add_argument("--without", nargs="*", default=[], help="leave out rows whose source begins so")
    parser.add_argument("--tokenizer", type=Path, required=True)
    parser.add_argument("--run", type=Path, required=True)
    parser.add_argument("--pairs", type=int, required=True, help="pairs to see, of this shard")
    parser.add_argument("--until", type=clock, help="the time, as 22:05, at which the rate is zero")
    parser.add_argument("--shard", default="0/1", help="e.g. 0/2: the first half of the mixture's rows")
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--freeze", type=int, default=1, help="layers that stay as they are")
    parser.add_argument("--embeddings", action="store_true", help="train the embeddings too, at the rate of the lowest layer")
    parser.add_argument("--dropout", type=float, default=0.0, help="share of what each sublayer adds that is dropped")
    parser.add_argument("--smoothing", type=float, default=0.05, help="of the labels")
    parser.add_argument("--taught", type=float, default=0.7, help="share of the teacher's word in what is wanted, where the mixture has it")
    parser.add_argument("--ema", type=float, default=0.998, help="decay a step of the running mean of the weights")
    parser.add_argument("--tokens", type=int, default=2048, help="tokens a batch")
    parser.add_argument("--max-tokens", type=int, default=144, help="tokens a pair")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--meet", type=float, default=10.0, help="minutes between checkpoints, at which the shards meet")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    given.run.mkdir(parents=True, exist_ok=True)

    with gzip.open(given.mixture, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    shard, shards = (int(part) for part in given.shard.split("/"))
    known = [row for row in rows if row["label"] != UNKNOWN or "teacher" in row]
    rows = [row for row in known if not row["source"].startswith(tuple(given.without))][shard::shards]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    tokenizer.no_padding()
    tokenizer.enable_truncation(given.max_tokens, strategy="longest_first")
    encoded = encode(rows, tokenizer)
    wanted = targets([row["label"] for row in rows], given.smoothing, [row.get("teacher") for row in rows], given.taught)
    weights = torch.tensor([row["weight"] for row in rows])
    order = batches([len(ids) for ids, _ in encoded], given.tokens, given.seed)

    network = NETWORKS[given.network](dropout=given.dropout)
    network.load_state_dict(torch.load(given.base))
    freeze(network, [*([] if given.embeddings else network.embeddings()), *network.layers[: given.freeze]])
    optimizer = torch.optim.AdamW(groups(network, given), lr=given.lr, weight_decay=0.01, fused=True)
    ema = {name: value.clone() for name, value in network.state_dict().items()}
    step = seen = at = 0
    started = time.time()
    last = given.run / f"{shard}.pt"
    if last.exists():
        state = torch.load(last)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        ema = state["ema"]
        step, seen, started = state["step"], state["seen"], state["started"]
        # Another mixture is read from its beginning.
        at = state["at"] if state["mixture"] == str(given.mixture) else 0

    def checkpoint() -> None:
        own = {"step": step, "seen": seen, "started": started, "at": at, "mixture": str(given.mixture)}
        save(last, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "ema": ema, **own})

    told_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    trained = [(ema[name], value) for name, value in network.named_parameters() if value.requires_grad]
    period = given.meet * 60
    begun, cpu, first, losses, met = time.time(), time.process_time(), seen, [], time.time() // period
    while (share := rate(step, seen, started, given)) > 0 and not told_to_stop.is_set():
        batch = order[at % len(order)]
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * share
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits = network(*tensors([encoded[index] for index in batch]))
        loss = loss_of(logits, wanted[batch], weights[batch])
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            torch._foreach_lerp_([mean for mean, _ in trained], [value for _, value in trained], 1 - given.ema)
        step, seen, at = step + 1, seen + len(batch), at + 1
        losses.append(loss.item())
        if step % 20 == 0:
            done = seen - first
            print(
                f"{datetime.now():%H:%M:%S} step {step} pairs {seen} loss {sum(losses[-100:]) / len(losses[-100:]):.3f} rate {share:.2f} "
                f"{done / (time.time() - begun):.1f} pairs/s, {done / (time.process_time() - cpu):.1f} per CPU second",
                flush=True,
            )
        if time.time() // period > met:
            met = time.time() // period
            meet(given.run, shard, shards, {"weights": network.state_dict(), "ema": ema}, met * period)
            checkpoint()
    meet(given.run, shard, shards, {"weights": network.state_dict(), "ema": ema}, time.time() - PATIENCE)
    checkpoint()


if __name__ == "__main__":
    main()
