"""One normalised step: from a raw gradient to the move that the picture makes."""

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from inceptionist_gui.engine.transforms import resized, root_mean_square
from inceptionist_gui.recipe import Strength, Texture

BAND_WEIGHTS = (0.45, 0.8, 1.0)
"""Of the Laplacian pyramid's bands of detail, finest first; what is left has weight 1.

The finest weigh less, as in natural pictures, whose spectrum falls: evenly weighted they are grain.
"""
_LEAST_SIDE = 4
"""Pixels; a band smaller than this is not split again."""


class Ascent:
    """The moves of a picture, step after step."""

    def __init__(self) -> None:
        self._velocity: Tensor | None = None

    def move(self, gradient: Tensor, iteration: int, strength: Strength, texture: Texture) -> Tensor:
        """What to add to the picture for a raw gradient of shape (1, 3, height, width), in sRGB units.

        The direction is the gradient's running sum (Polyak 1964), its length the step of the iteration.
        """
        velocity = gradient / root_mean_square(gradient)
        if strength.momentum and self._velocity is not None:
            velocity.add_(
                resized(self._velocity, (velocity.shape[-2], velocity.shape[-1])), alpha=strength.momentum
            )
        self._velocity = velocity
        step = step_at(iteration, strength.iterations, strength.step_size, strength.settle)
        return shaped(velocity, texture) * step


def shaped(gradient: Tensor, texture: Texture) -> Tensor:
    """The gradient as the texture's controls ask for it, with a mean absolute value of 1.

    Statistics are over the whole picture: per part, flat skies would be made as busy as foliage.
    """
    tinted = with_colour(gradient, texture.colour)
    even = balanced(tinted, texture.detail_balance)
    return even / even.abs().mean().clamp_min(1e-12)


def with_colour(gradient: Tensor, colour: float) -> Tensor:
    """The gradient with its departure from grey scaled by `colour`: 0 leaves light and dark, 1 all."""
    if colour == 1.0:
        return gradient
    return torch.lerp(gradient.mean(1, keepdim=True).expand_as(gradient), gradient, colour)


def balanced(gradient: Tensor, balance: float) -> Tensor:
    """A mix of the gradient (0) and the sum of its Laplacian bands, evened out (1).

    Both parts have unit RMS before they are mixed (after Mordvintsev's gradient normalisation, 2016).
    """
    plain = gradient / root_mean_square(gradient)
    if balance == 0.0:
        return plain
    even = equalised(plain)
    return torch.lerp(plain, even / root_mean_square(even), balance)


def equalised(picture: Tensor) -> Tensor:
    """The sum of the picture's Laplacian bands, each brought to unit RMS and then to its weight."""
    bands: list[Tensor] = []
    rest = picture
    for _ in BAND_WEIGHTS:
        if min(rest.shape[-2:]) < 2 * _LEAST_SIDE:
            break
        coarser = F.avg_pool2d(rest, 2, ceil_mode=True, count_include_pad=False)
        bands.append(rest - _enlarged(coarser, rest))
        rest = coarser
    total = rest / root_mean_square(rest)
    for band, weight in reversed(list(zip(bands, BAND_WEIGHTS, strict=False))):
        total = _enlarged(total, band).add_(band, alpha=weight / float(root_mean_square(band)))
    return total


def step_at(iteration: int, iterations: int, step_size: float, settle: float) -> float:
    """The step of an iteration, counted from 0: falls evenly to (1 - settle) of the first within an octave."""
    progress = iteration / max(1, iterations - 1)
    return step_size * (1.0 - settle * min(1.0, progress))


def _enlarged(picture: Tensor, like: Tensor) -> Tensor:
    return F.interpolate(picture, like.shape[-2:], mode="bilinear", align_corners=False)
