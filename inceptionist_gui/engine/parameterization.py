"""What the optimiser moves when a picture is imagined, and the picture that it makes.

Each is made for the largest size at which it will be seen, and shows itself at any smaller one: coarse to fine is
a matter of asking. Pictures are tensors of shape (1, 3, height, width), sRGB in [0, 1].
"""

from collections.abc import Sequence
from typing import Protocol

import torch
from torch import Tensor

from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.spectrum import amplitudes, radii

COLOURS = torch.tensor([[0.26, 0.27, 0.27], [0.09, 0.00, -0.09], [0.02, -0.05, 0.03]])
"""A row for each of three colours that vary apart in natural pictures, as long as they vary: light, then warm
against cold, then green against purple (the square root of ImageNet's colour covariance; Olah et al. 2017)."""
_COLOURFUL = (1.0, 1.7, 1.7)
"""How much easier than light and dark the others are to move: as they vary in photos, lemons come out grey."""
_STRENGTH = 4.0
"""Of the first picture's logits, before the colours; the noise to begin with is a fraction of it."""
_FAINT = 0.01
"""Of the parameters to begin with."""
_SHARE = 0.25
"""Of natural contrast, where only phases move: the squashing needs room."""


class Parameters(Protocol):
    """What a picture is made of."""

    def moved(self) -> Tensor:
        """What the optimiser moves, a leaf that wants a gradient."""

    def picture(self, size: Size) -> Tensor:
        """The picture at a size no larger than the one it was made for."""


class Pixels:
    """Each pixel for itself."""

    def __init__(self, size: Size, chance: torch.Generator) -> None:
        self._values = (torch.randn(1, 3, *size, generator=chance) * _FAINT).requires_grad_()

    def moved(self) -> Tensor:
        return self._values

    def picture(self, size: Size) -> Tensor:
        return torch.sigmoid(resized(self._values, size))


class Spectrum:
    """Fourier coefficients scaled by 1 / f ** power, in decorrelated colours (Olah et al. 2017)."""

    def __init__(self, size: Size, power: float, chance: torch.Generator) -> None:
        shape = 3, size[0], size[1] // 2 + 1, 2
        self._values = (torch.randn(shape, generator=chance) * _FAINT).requires_grad_()
        scale = radii(size).clamp_min(1.0) ** -power
        # All powers begin with the same contrast and move alike.
        self._scale = scale / scale.square().sum().sqrt() * _STRENGTH
        self._size = size

    def moved(self) -> Tensor:
        return self._values

    def picture(self, size: Size) -> Tensor:
        coefficients = torch.view_as_complex(self._values) * self._scale
        return _coloured(_waves(coefficients, self._size, size))


class Phases:
    """The phases of a spectrum whose magnitudes stay natural: MaCo (Fel et al. 2023)."""

    def __init__(self, size: Size, profile: Sequence[float], chance: torch.Generator) -> None:
        shape = 3, size[0], size[1] // 2 + 1
        self._values = (torch.rand(shape, generator=chance) * (2 * torch.pi)).requires_grad_()
        magnitudes = amplitudes(radii(size), profile)
        magnitudes[0, 0] = 0.0
        self._magnitudes = magnitudes / _SHARE
        self._size = size

    def moved(self) -> Tensor:
        return self._values

    def picture(self, size: Size) -> Tensor:
        coefficients = torch.polar(self._magnitudes.expand_as(self._values), self._values)
        return _coloured(_waves(coefficients, self._size, size))


def _waves(coefficients: Tensor, full: Size, size: Size) -> Tensor:
    """The sum of a spectrum's waves as a picture of this size, those too fine for it left out."""
    height, width = size
    if size != full:
        half = height // 2
        rows = torch.cat((coefficients[:, : height - half], coefficients[:, full[0] - half :]), 1)
        coefficients = rows[..., : width // 2 + 1]
    picture: Tensor = torch.fft.irfft2(coefficients, size, norm="forward")
    return picture[None]


def _coloured(picture: Tensor) -> Tensor:
    """From the three colours that vary apart to sRGB in [0, 1]."""
    colours = COLOURS * torch.tensor(_COLOURFUL)[:, None] / COLOURS.norm(dim=1).max()
    return torch.sigmoid(torch.einsum("nkhw,kc->nchw", picture, colours))
