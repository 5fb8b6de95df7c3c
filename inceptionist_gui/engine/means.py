"""Means gathered part by part."""

import torch
from torch import Tensor

_LEAST = 1e-12
"""What a mean is at the least, so that it can be divided by."""


class PowerMean:
    """(mean |x|^p)^(1/p) of all the values that were added: with p = 2 their RMS, with 1 their mean size."""

    def __init__(self, power: int) -> None:
        self._power, self._count, self._sum = power, 0, 0.0

    def add(self, values: Tensor) -> None:
        self._count += values.numel()
        self._sum += float(torch.linalg.vector_norm(values, self._power)) ** self._power

    @property
    def value(self) -> float:
        """Never zero."""
        mean: float = (self._sum / max(1, self._count)) ** (1.0 / self._power)
        return max(_LEAST, mean)


def root_mean_square(tensor: Tensor) -> float:
    """Never zero."""
    mean = PowerMean(2)
    mean.add(tensor)
    return mean.value
