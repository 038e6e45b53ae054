"""Checks many claims on a Ray cluster, in parts, and puts the results together.

    pip install -r requirements.txt
    python verify.py claims.jsonl papers.jsonl results --shards 16 --workers 4

The three paths lie where every machine of the cluster sees them. An actor holds one process of `probatum verify` at a time,
with its model and index, for one part of the claims after another. A part that was broken off is taken up at its last
result when the program is run again (`--resume`). The result, `results/all.jsonl`, is byte for byte that of a single run.
"""

import argparse
import shlex
import subprocess
import sys
from pathlib import Path

import ray
import ray.data


class Verify:
    """Runs the command for one part of the claims."""

    def __init__(self, command: list[str], claims: str, papers: str, results: str, shards: int, workers: int) -> None:
        self.verify = [*command, "verify", claims, "--papers", papers, "--workers", str(workers), "--resume"]
        self.results = Path(results)
        self.shards = shards

    def __call__(self, row: dict) -> dict:
        part = int(row["id"]) + 1
        out = self.results / f"part-{part}.jsonl"
        run = subprocess.run(
            [*self.verify, "--shard", f"{part}/{self.shards}", "--out", str(out)], capture_output=True, text=True
        )
        # 1 says that some rows could not be checked: they say why themselves.
        if run.returncode not in (0, 1):
            raise RuntimeError(f"part {part}: {run.stderr.strip()}")
        return {"part": str(out), "said": run.stderr.strip().splitlines()[-1:]}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("claims", type=Path)
    parser.add_argument("papers", type=Path)
    parser.add_argument("results", type=Path, help="folder, made where it is not there")
    parser.add_argument("--shards", type=int, default=4, help="parts of the claims (4)")
    parser.add_argument("--workers", type=int, default=2, help="cores of each actor (2)")
    parser.add_argument("--actors", type=int, default=2, help="actors at once, at most (2)")
    parser.add_argument("--command", default="npx probatum", help="how the command is started")
    given = parser.parse_args()
    given.results.mkdir(parents=True, exist_ok=True)
    command = shlex.split(given.command)
    paths = [str(path.resolve()) for path in (given.claims, given.papers, given.results)]
    done = (
        ray.data.range(given.shards, override_num_blocks=given.shards)
        .map(
            Verify,
            fn_constructor_args=[command, *paths, given.shards, given.workers],
            num_cpus=given.workers,
            compute=ray.data.ActorPoolStrategy(min_size=1, max_size=given.actors),
        )
        .take_all()
    )
    parts = sorted(row["part"] for row in done)
    return subprocess.run([*command, "merge", *parts, "--out", f"{paths[2]}/all.jsonl"], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
