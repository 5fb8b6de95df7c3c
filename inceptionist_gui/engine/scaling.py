"""Gradients through a network in half precision, kept within what it can hold."""

import math

import torch
from torch import Tensor

from inceptionist_gui.errors import UserError
from inceptionist_gui.words import _

_STEP = 16.0
_FIRST, _LEAST, _MOST = 2.0**12, 2.0**-40, 2.0**40
_FAINT = 16.0
"""Half precision holds up to 65504 and loses digits below 6e-5: a gradient whose highest number is below this
leaves room above, and those of the layers between may be far smaller."""


class LossScale:
    """Multiplies an objective before its gradient is taken, and divides the gradient by the same after.

    The scale follows the gradients (Micikevicius et al. 2018): where they overflow it falls and they are taken
    anew; where they are faint it rises for the next time, but not to where they once overflowed. It is a power
    of two, which changes no digit. One of them serves one goal of one dream.
    """

    def __init__(self) -> None:
        self._scale = _FIRST
        self._most = _MOST

    def gradient(self, grown: Tensor, leaf: Tensor, *, retain_graph: bool = False) -> Tensor:
        """The gradient of a float32 scalar with respect to the leaf: float32, of the leaf's shape.

        In single precision nothing is scaled. Raises UserError where the network's own outputs overflow.
        """
        if leaf.dtype != torch.float16:
            return torch.autograd.grad(grown, leaf, retain_graph=retain_graph)[0]
        while self._scale >= _LEAST:
            # The graph is kept for another try; it goes with the tensors that hold it.
            gradient = torch.autograd.grad(grown * self._scale, leaf, retain_graph=True)[0].float()
            peak = float(gradient.abs().amax())
            if math.isfinite(peak):
                gradient /= self._scale
                if 0.0 < peak < _FAINT:
                    self._scale = min(self._scale * _STEP, self._most)
                return gradient
            self._scale /= _STEP
            self._most = self._scale
        raise UserError(_("this network's outputs are too large for half precision; the CPU would do"))
