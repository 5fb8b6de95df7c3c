"""A picture's pixels as they may be changed, and what a network says of them when they are."""

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.coverage import Stretched
from inceptionist_gui.engine.evidence import middle_square
from inceptionist_gui.engine.means import root_mean_square
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.raster import Given
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.recipe import Mask

Levels = npt.NDArray[np.uint8]
"""Shape (height, width, 3), sRGB at 8 bits."""

WHITE = 255.0
CPU = torch.device("cpu")
_NOTHING = torch.empty(0)


@dataclass(frozen=True, slots=True)
class Look:
    """A change in whole levels, and what the network says of the picture with it."""

    change: Tensor
    """Shape (1, 3, side, side), whole numbers as float32."""
    gradient: Tensor
    """Of the loss with respect to the picture, of the same shape; only its direction counts."""
    certainty: float
    """The probability of the class."""
    turned: bool

    def kept(self) -> "Look":
        """Without the gradient, which of a large photo is large."""
        return replace(self, gradient=_NOTHING)

    def worth(self) -> tuple[bool, float]:
        """By which looks within one bound are compared."""
        return self.turned, self.certainty


class Target:
    """The middle square of a photo, and what a network says of it when it is changed."""

    def __init__(self, base: Levels, label: str, network: LoadedNetwork, mask: Mask | None = None) -> None:
        """Where the mask is 0 no gradient leads, and elsewhere one as strong as it is."""
        self.base, self.label, self._network = base, label, network
        self.index = network.description.class_index(label)
        self.square = middle_square((base.shape[0], base.shape[1]))
        self.middle = Given(base, CPU)[self.square] * WHITE
        """In levels; shape (1, 3, side, side)."""
        self._where = None if mask is None else Stretched(mask, (base.shape[0], base.shape[1]), CPU)[self.square]
        self._share = self.middle.numel() / base.size
        """Of the photo's values: the rest stays as it is."""
        self._scale = LossScale()

    @property
    def nothing(self) -> Tensor:
        return torch.zeros_like(self.middle)

    def look(self, change: Tensor) -> Look:
        """The change rounded to levels that the picture can hold, and its gradient (cross-entropy, targeted)."""
        network, side = self._network, self._network.description.input_size
        levels = (self.middle + change).round_().clamp_(0.0, WHITE)
        # The large part stays on the CPU; what the network takes is small.
        picture = (levels / WHITE).requires_grad_()
        with torch.enable_grad():
            seen = _shrunk(picture, side).clamp(0.0, 1.0)
            leaf = network.normalised(seen.detach()).requires_grad_()
            logits = network.compiled([LOGITS])(leaf)[LOGITS].float()
            loss = F.cross_entropy(logits, torch.tensor([self.index], device=logits.device))
            inner = self._scale.gradient(loss, leaf) / network.deviation
            (gradient,) = torch.autograd.grad(seen, picture, inner.to(CPU))
        if self._where is not None:
            gradient = gradient * self._where
        turned = int(logits.argmax()) == self.index and self._confirmed(levels)
        certainty = float(logits.detach().softmax(1)[0, self.index])
        return Look(levels - self.middle, gradient, certainty, turned)

    def length(self, change: Tensor) -> float:
        """The root mean square of the change over the whole picture, in levels; never zero."""
        return root_mean_square(change) * math.sqrt(self._share)

    def held(self, change: Tensor) -> Tensor:
        """The change as far as the picture with it stays within black and white."""
        return torch.minimum(torch.maximum(change, -self.middle), WHITE - self.middle)

    def _confirmed(self, levels: Tensor) -> bool:
        """Whether the class is first as `evidence.answers` sees the picture, to the last digit."""
        side = self._network.description.input_size
        with torch.no_grad():
            seen = resized(levels / WHITE, (side, side)).clamp(0.0, 1.0)
            return int(self._network.logits(seen)[0].argmax()) == self.index


def _shrunk(picture: Tensor, side: int) -> Tensor:
    """As `resample.resized` within rounding, and far quicker both ways for large pictures."""
    return F.interpolate(picture, (side, side), mode="bicubic", antialias=True)


def rounded(photo: npt.NDArray[np.generic]) -> Levels:
    """The photo, uint8, uint16, or float32 in [0, 1], at 8 bits."""
    if photo.dtype == np.uint8:
        return photo.astype(np.uint8, copy=False)
    whole = Block.whole((photo.shape[0], photo.shape[1]))
    levels = (Given(photo, CPU)[whole].clamp(0.0, 1.0) * WHITE).round_().byte()
    rounded: Levels = levels[0].permute(1, 2, 0).contiguous().numpy()
    return rounded
