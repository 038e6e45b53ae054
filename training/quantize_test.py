"""Rounding, the engine's arithmetic and the loss on small numbers (`python -m unittest quantize_test`)."""

import unittest

import numpy as np
import torch

from network import Nli, Shape
from quantize import LEAST, MOST, as_stored, correlations, rounded
from score import quantized_rows
from teacher import buckets
from train import loss_of, targets


class Rounding(unittest.TestCase):
    def test_correlated_inputs_lose_less_than_by_nearest_steps(self):
        random = np.random.default_rng(1)
        mixed = random.normal(size=(4, 24)) @ random.normal(size=(24, 24)) * 0.1
        inputs = random.normal(size=(2000, 4)) @ mixed + 0.05 * random.normal(size=(2000, 24))
        weight = random.normal(size=(8, 24))
        integers, step = rounded(weight, inputs.T @ inputs / len(inputs))
        self.assertTrue(LEAST <= integers.min() and integers.max() <= MOST)
        nearest = np.abs(weight).max(axis=1, keepdims=True) / MOST
        error = ((inputs @ (weight - integers * step[:, None]).T) ** 2).mean()
        plain = ((inputs @ (weight - np.round(weight / nearest) * nearest).T) ** 2).mean()
        self.assertLess(error, plain / 2)

    def test_inputs_of_every_linear_layer_are_seen(self):
        network = Nli(Shape(vocabulary=20, positions=8, layers=1, width=12, inner=24, heads=2)).eval()
        ids = torch.tensor([[1, 2, 3]])
        found = correlations(network, [(ids, torch.ones_like(ids), torch.zeros_like(ids))])
        self.assertEqual(len(found), 8)
        self.assertEqual(found["layers.0.outer"].shape, (24, 24))

    def test_weights_trained_as_stored_are_stored_as_they_are(self):
        torch.manual_seed(1)
        network = Nli(Shape(vocabulary=20, positions=8, layers=1, width=12, inner=24, heads=2))
        before = network.layers[0].inner.weight.detach().clone()
        with as_stored(network):
            stored = {name: value.clone() for name, value in network.state_dict().items()}
        self.assertTrue(torch.equal(network.layers[0].inner.weight, before))
        weight = stored["layers.0.inner.weight"].numpy()
        self.assertFalse(np.allclose(weight, before.numpy(), atol=1e-6))
        integers, step = rounded(weight, np.cov(np.random.default_rng(1).normal(size=(12, 50))))
        self.assertTrue(np.allclose(integers * step[:, None], weight, atol=1e-7))
        network.load_state_dict(stored)
        with as_stored(network):
            for name, value in network.state_dict().items():
                self.assertTrue(torch.allclose(value, stored[name], atol=1e-6), name)

    def test_rows_keep_zero_and_are_off_by_half_a_step_at_most(self):
        rows = torch.tensor([[0.0, 1.0, -3.0, 0.017], [0.0, 250.0, 4.0, 1.0], [0.0, 0.0, 0.0, 0.0]])
        found = quantized_rows(rows)
        self.assertTrue((found[:, 0] == 0).all())
        steps = torch.tensor([[4 / 255], [250 / 255], [0.0]])
        # The zero point is rounded too, so an end of the range may be off by a whole step.
        self.assertTrue(((found - rows).abs() <= steps * 1.01).all())


class Network(unittest.TestCase):
    def test_computing_the_first_token_alone_changes_nothing(self):
        torch.manual_seed(1)
        network = Nli(Shape(vocabulary=20, positions=8, layers=2, width=12, inner=24, heads=2))
        ids = torch.tensor([[1, 2, 3, 4], [5, 6, 0, 0]])
        inputs = ids, (ids > 0).long(), torch.zeros_like(ids)
        with torch.no_grad():
            self.assertTrue(torch.allclose(network.train()(*inputs), network.eval()(*inputs), atol=1e-6))


class Loss(unittest.TestCase):
    def test_not_entailment_is_either_of_the_other_two(self):
        wanted = targets([{"label": "entailment"}, {"label": "not_entailment"}], 0.0)
        weights = torch.ones(2)
        for other in (1, 2):
            logits = torch.zeros(2, 3)
            logits[0, 0] = logits[1, other] = 20.0
            self.assertAlmostEqual(loss_of(logits, wanted, weights).item(), 0.0, places=5)

    def test_smoothing_asks_for_a_little_of_every_label(self):
        self.assertTrue(torch.allclose(targets([{"label": "neutral"}], 0.06), torch.tensor([[0.02, 0.96, 0.02]])))
        said = [0.7, 0.2, 0.1]
        self.assertTrue(torch.allclose(targets([{"label": "neutral", "said": said}], 0.06), torch.tensor([said])))


class Distances(unittest.TestCase):
    def test_near_ones_have_a_bucket_each_and_far_ones_share(self):
        ahead = torch.tensor([0, -1, 1, -7, 7, -8, -12, -127, -500, 500])
        self.assertEqual(buckets(ahead).tolist(), [0, 1, 17, 7, 23, 8, 9, 15, 15, 31])


if __name__ == "__main__":
    unittest.main()
