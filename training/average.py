"""Join runs that began at the same weights: the mean of their weights (Wortsman et al. 2022, "Model soups").

    python average.py RUN/a/weights.pt RUN/b/weights.pt --out RUN/weights.pt [--base RUN/base.pt --keep 0.2]

With `--base` and `--keep`, so much of the base is mixed in, which keeps what the mixture does not teach.
"""

import argparse
from pathlib import Path

import torch


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--base", type=Path)
    parser.add_argument("--keep", type=float, default=0.0)
    given = parser.parse_args()
    states = [torch.load(path, map_location="cpu") for path in given.weights]
    mean = {name: sum(state[name] for state in states) / len(states) for name in states[0]}
    if given.base:
        base = torch.load(given.base, map_location="cpu")
        mean = {name: (1 - given.keep) * value + given.keep * base[name] for name, value in mean.items()}
    torch.save(mean, given.out)


if __name__ == "__main__":
    main()
