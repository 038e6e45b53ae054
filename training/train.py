"""Train on a mixture; resumable; two processes on halves of it meet at the mean of their weights.

    python train.py --base RUN/base.pt --mixture RUN/mixture.jsonl.gz --tokenizer ../www/models/probatum-nli-1/tokenizer.json \
                    --run RUN/train --pairs 100000 [--shard 0/2] [--minutes 90] [--freeze 1] [--lr 1e-4]

On the GPU where there is one. The schedule: 60 steps of warm-up, then linear to zero at `--pairs` pairs or after `--minutes`,
whichever the run is nearer to. `RUN/train/0.pt` of shard 0 holds all that is needed to resume, `RUN/train/0.weights.pt` its weights and
`RUN/train/0.ema.pt` their running mean; a run that is told to stop (SIGTERM) writes them first.

Every `--meet` minutes of the clock each shard writes its weights, waits for those of the others and goes on from their mean
(local SGD: Stich 2019, "Local SGD converges fast and communicates little"); one that stays away is not waited for long.
"""

import argparse
import os
import signal
import threading
import time
from contextlib import nullcontext
from datetime import datetime
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional

from data import UNKNOWN, rows_of
from network import Nli
from quantize import as_stored
from teacher import Teacher, Tutor
from tokens import Pairs, batches

LABELS = ("entailment", "neutral", "contradiction")
NETWORKS = {"student": Nli.with_weights, "teacher": Teacher.with_weights}
WARM_UP = 60
PATIENCE = 90
"""Seconds that a shard waits for the others."""


def targets(rows: list[dict], smoothing: float) -> torch.Tensor:
    """Wanted probabilities `[rows, 3]`; each label gives `smoothing` away to all three (Szegedy et al. 2016). Of a row with `said`, three
    probabilities that a teacher gave it beforehand, it is these.

    Rows of the two-way "not entailment" are all zero: `loss_of` asks them for no entailment, whichever the other two are.
    """
    places = np.array([LABELS.index(row["label"]) if row["label"] in LABELS else -1 for row in rows])
    wanted = np.zeros((len(rows), 3), dtype=np.float32)
    wanted[places >= 0] = smoothing / 3
    wanted[places >= 0, places[places >= 0]] += 1 - smoothing
    for at, row in enumerate(rows):
        if "said" in row:
            wanted[at] = row["said"]
    return torch.from_numpy(wanted)


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
    if given.minutes:
        done = max(done, (time.time() - started) / 60 / given.minutes)
    return min((step + 1) / WARM_UP, 1.0) * max(1.0 - done, 0.0)


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
    parser.add_argument("--minutes", type=float, help="from the run's first start, after which the rate is zero")
    parser.add_argument("--shard", default="0/1", help="e.g. 0/2: the first half of the mixture's rows")
    parser.add_argument("--lr", type=float, default=1e-4)
    parser.add_argument("--layer-decay", type=float, default=0.9)
    parser.add_argument("--freeze", type=int, default=1, help="layers that stay as they are")
    parser.add_argument("--embeddings", action="store_true", help="train the embeddings too, at the rate of the lowest layer")
    parser.add_argument("--dropout", type=float, default=0.0, help="share of what each sublayer adds that is dropped")
    parser.add_argument("--smoothing", type=float, default=0.05, help="of the labels")
    parser.add_argument("--teacher", type=Path, help="weights of a teacher, or of a student to equal, which says what it holds likely of each pair as it comes")
    parser.add_argument("--taught", type=float, default=0.7, help="share of the teacher's word in what is wanted of a pair with a label")
    parser.add_argument("--vary", type=float, default=0.0, help="share of the pairs that have words changed before the teacher reads them")
    parser.add_argument("--sure", nargs="*", default=[], help="rows whose source begins so keep their words and their label: the teacher isn't asked")
    parser.add_argument("--round-from", type=float, default=0.0, help="share of the full rate below which the weights are rounded as they will be stored")
    parser.add_argument("--ema", type=float, default=0.998, help="decay a step of the running mean of the weights")
    parser.add_argument("--tokens", type=int, default=2048, help="tokens a batch")
    parser.add_argument("--max-tokens", type=int, default=144, help="tokens a pair")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--meet", type=float, default=10.0, help="minutes between checkpoints, at which the shards meet")
    given = parser.parse_args()
    torch.manual_seed(given.seed)
    torch.set_num_threads(given.threads)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    given.run.mkdir(parents=True, exist_ok=True)
    shard, shards = (int(part) for part in given.shard.split("/"))

    rows = [
        row
        for row in rows_of(given.mixture)
        if (row["label"] != UNKNOWN or "said" in row or given.teacher) and not row["source"].startswith(tuple(given.without))
    ][shard::shards]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    pairs = Pairs(rows, tokenizer, given.max_tokens, device)
    wanted = targets(rows, given.smoothing).to(device)
    weights = torch.tensor([row["weight"] for row in rows], device=device)
    tutor = Tutor(given.teacher, tokenizer, given.vary, given.taught, device) if given.teacher else None
    asked = torch.tensor([not row["source"].startswith(tuple(given.sure)) for row in rows], device=device)
    unlabelled = torch.tensor([row["label"] == UNKNOWN for row in rows], device=device)

    network = NETWORKS[given.network](torch.load(given.base, map_location="cpu"), given.dropout)
    network.to(device)
    freeze(network, [*([] if given.embeddings else network.embeddings()), *network.layers[: given.freeze]])
    optimizer = torch.optim.AdamW(groups(network, given), lr=given.lr, weight_decay=0.01, fused=True)
    ema = {name: value.clone() for name, value in network.state_dict().items()}
    step = seen = epoch = 0
    started = time.time()
    last = given.run / f"{shard}.pt"
    if last.exists():
        state = torch.load(last, map_location=device)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        ema = state["ema"]
        # A pass that was cut short is not gone on with: the next one has another order.
        step, seen, started, epoch = state["step"], state["seen"], state["started"], state["epoch"] + 1

    def checkpoint() -> None:
        own = {"step": step, "seen": seen, "started": started, "epoch": epoch}
        save(last, {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "ema": ema, **own})

    told_to_stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: told_to_stop.set())
    trained = [(ema[name], value) for name, value in network.named_parameters() if value.requires_grad]
    period = given.meet * 60
    order: list[list[int]] = []
    begun, first, losses, met = time.time(), seen, [], time.time() // period
    while (share := rate(step, seen, started, given)) > 0 and not told_to_stop.is_set():
        if not order:
            order = batches(pairs.lengths, given.tokens, given.seed * 1_000 + epoch)
            epoch += 1
        batch = order.pop()
        for group in optimizer.param_groups:
            group["lr"] = group["base"] * share
        at = torch.tensor(batch, device=device)
        inputs, aims = pairs.batch(batch), wanted[at]
        if tutor:
            inputs, aims = tutor(inputs, aims, asked[at], unlabelled[at])
        with as_stored(network) if share < given.round_from else nullcontext():
            with torch.autocast(device.type, dtype=torch.bfloat16):
                logits = network(*inputs)
            loss = loss_of(logits, aims, weights[at])
            loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        with torch.no_grad():
            torch._foreach_lerp_([mean for mean, _ in trained], [value for _, value in trained], 1 - given.ema)
        step, seen = step + 1, seen + len(batch)
        losses = [*losses[-99:], loss.detach()]
        if step % 20 == 0:
            each = torch.stack(losses).mean().item()
            print(f"{datetime.now():%H:%M:%S} step {step} pairs {seen} loss {each:.3f} rate {share:.2f} {(seen - first) / (time.time() - begun):.1f} pairs/s", flush=True)
        if time.time() // period > met:
            met = time.time() // period
            meet(given.run, shard, shards, {"weights": network.state_dict(), "ema": ema}, met * period)
            checkpoint()
    meet(given.run, shard, shards, {"weights": network.state_dict(), "ema": ema}, time.time() - PATIENCE)
    checkpoint()
    if given.round_from:
        with as_stored(network):
            save(given.run / f"{shard}.weights.pt", network.state_dict())


if __name__ == "__main__":
    main()
