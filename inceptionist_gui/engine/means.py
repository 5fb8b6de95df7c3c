"""Means gathered part by part."""

import torch
from torch import Tensor

_LEAST = 1e-12
"""What a mean is at the least, so that it can be divided by."""


class PowerMean:
    """(mean |x|^p)^(1/p) of all the values that were added: with p = 2 their RMS, with 1 their mean size.

    Values may be given weights, by which the mean is then taken.
    """

    def __init__(self, power: int) -> None:
        self._power, self._count, self._sum = power, 0.0, 0.0

    def add(self, values: Tensor, weights: Tensor | None = None) -> None:
        """Values of shape (1, C, H, W), or any without weights; weights from 0 up, of shape (1, 1, H, W)."""
        if weights is None:
            self._count += values.numel()
            self._sum += float(torch.linalg.vector_norm(values, self._power)) ** self._power
            return
        self._count += float(weights.sum(dtype=torch.float64)) * values.shape[1]
        self._sum += float((values.abs() ** self._power * weights).sum(dtype=torch.float64))

    @property
    def value(self) -> float:
        """Never zero; 1 where nothing was added that counts."""
        if not self._count:
            return 1.0
        mean: float = (self._sum / self._count) ** (1.0 / self._power)
        return max(_LEAST, mean)


def root_mean_square(tensor: Tensor) -> float:
    """Never zero."""
    mean = PowerMean(2)
    mean.add(tensor)
    return mean.value
