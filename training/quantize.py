"""Round the weights of linear layers to 7 bits so that what the layers put out changes least.

Rounding each weight to the nearest step errs at random in every direction. Columns rounded later can make up for what those
before them did to the layer's output, given how its inputs correlate (Frantar et al. 2023, "GPTQ").
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import numpy as np
import torch
from torch import nn

from network import Nli

LEAST, MOST = -64, 63
"""Signed 7 bits: beyond them the relaxed SIMD dot product of WebAssembly is not exact on every engine."""
DAMPING = 0.01
"""Share of the mean square input that is added to each: inputs that never vary would make the matrix singular."""


def correlations(network: Nli, batches: Iterable[tuple[torch.Tensor, torch.Tensor, torch.Tensor]]) -> dict[str, np.ndarray]:
    """Mean of x xᵀ over the inputs x of each linear layer, `[in, in]`, by the layer's name. Padding is not left out."""
    sums: dict[str, torch.Tensor] = {}
    counts: dict[str, int] = {}
    hooks = []
    for name, module in network.named_modules():
        if isinstance(module, nn.Linear):
            sums[name] = torch.zeros(module.in_features, module.in_features)
            counts[name] = 0

            def add(_, inputs, name=name):
                rows = inputs[0].reshape(-1, inputs[0].shape[-1])
                sums[name] += rows.T @ rows
                counts[name] += len(rows)

            hooks.append(module.register_forward_pre_hook(add))
    with torch.no_grad():
        for batch in batches:
            network(*batch)
    for hook in hooks:
        hook.remove()
    return {name: (total / counts[name]).double().numpy() for name, total in sums.items()}


def steps(weight: np.ndarray, importance: np.ndarray) -> np.ndarray:
    """A step size for each output channel `[out, 1]`: of some that clip the largest weights more or less, the one of least
    squared error, each input weighted by its `importance` `[in]`."""
    greatest = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-9)
    best, least = greatest / MOST, np.full((len(weight), 1), np.inf)
    for share in np.arange(1.0, 0.6, -0.025):
        step = greatest * share / MOST
        rounded = np.clip(np.round(weight / step), LEAST, MOST) * step
        error = ((weight - rounded) ** 2 * importance).sum(axis=1, keepdims=True)
        best, least = np.where(error < least, step, best), np.minimum(error, least)
    return best


def rounded(weight: np.ndarray, correlation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Integers `[out, in]` (int8, within 7 bits) and steps `[out]` (float32) of a weight `[out, in]`."""
    weight = weight.astype(np.float64)
    step = steps(weight, np.diag(correlation)).astype(np.float32).astype(np.float64)
    order = np.argsort(-np.diag(correlation), kind="stable")
    damped = correlation[np.ix_(order, order)].copy()
    damped[np.diag_indices_from(damped)] += DAMPING * np.diag(correlation).mean()
    # Row j of the upper Cholesky factor of the inverse says how the columns after j make up for an error in column j.
    spread = np.linalg.cholesky(np.linalg.inv(damped)).T
    left = weight[:, order].copy()
    integers = np.zeros_like(left)
    for at in range(left.shape[1]):
        integers[:, at] = np.clip(np.round(left[:, at] / step[:, 0]), LEAST, MOST)
        error = (left[:, at] - integers[:, at] * step[:, 0]) / spread[at, at]
        left[:, at + 1 :] -= np.outer(error, spread[at, at + 1 :])
    restored = np.empty_like(integers)
    restored[:, order] = integers
    return restored.astype(np.int8), step[:, 0].astype(np.float32)


@contextmanager
def as_stored(network: nn.Module) -> Iterator[None]:
    """Within it the network computes with its weights rounded to the nearest step; an optimizer that steps outside of it moves
    the weights as they were (the straight-through estimator: Bengio et al. 2013). Rounding what is rounded changes nothing, so
    a network trained so and saved within it is exported as it is."""
    kept = []
    with torch.no_grad():
        for module in network.modules():
            if isinstance(module, (nn.Linear, nn.Embedding)):
                kept.append((module.weight, module.weight.detach().clone()))
                module.weight.copy_(_nearest_row(module.weight) if isinstance(module, nn.Linear) else _nearest_table(module.weight))
    yield
    with torch.no_grad():
        for weight, values in kept:
            weight.copy_(values)


def _nearest_row(weight: torch.Tensor) -> torch.Tensor:
    """A weight `[out, in]` on 127 steps a row, of which the greatest value of the row takes the last."""
    step = weight.abs().amax(dim=1, keepdim=True).clamp(min=1e-9) / MOST
    return (weight / step).round() * step


def _nearest_table(table: torch.Tensor) -> torch.Tensor:
    """A table of embeddings on 256 steps from its least value to its greatest, 0 among them."""
    least, greatest = table.min().clamp(max=0.0), table.max().clamp(min=0.0)
    step = (greatest - least) / 255
    zero = (-least / step).round()
    return ((table / step).round() + zero).clamp(0, 255).sub(zero) * step
