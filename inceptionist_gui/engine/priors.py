"""What keeps a dream a picture: priors, applied to the detail after each step.

The detail is what was dreamed, apart from the photo. Each prior is a small pull whose strength is its weight,
so that one weight means the same at every size and for every network. At weight zero none does anything.
"""

import torch
from torch import Tensor

from inceptionist_gui.engine.transforms import smoothed
from inceptionist_gui.recipe import Priors

MARGIN = 8
"""Pixels around a part of a picture that decide what becomes of it."""
DARKEST, BRIGHTEST = 0.03, 0.97
"""Where the gamut prior begins to pull; a photo's own darker or brighter pixels are left to it."""
_FLATTENING = 0.02
"""Step of the total-variation descent at weight 1, in sRGB units."""
_EDGE = 0.02
"""Differences below this count as grain rather than edges, in sRGB units."""


def restrained(detail: Tensor, photo: Tensor, priors: Priors) -> Tensor:
    """The detail after every prior had its pull. Both of shape (1, 3, height, width)."""
    if priors.smoothness:
        detail = torch.lerp(detail, smoothed(detail), priors.smoothness)
    if priors.total_variation:
        detail = detail - _FLATTENING * priors.total_variation * total_variation_slope(photo + detail)
    if priors.keep_colours:
        detail = torch.lerp(detail, detail.mean(1, keepdim=True).expand_as(detail), priors.keep_colours)
    if priors.keep_photo:
        detail = detail * (1.0 - priors.keep_photo)
    if priors.gamut:
        detail = torch.lerp(detail, within_gamut(detail, photo), priors.gamut)
    return detail


def total_variation_slope(picture: Tensor) -> Tensor:
    """The gradient of the total variation (Rudin, Osher & Fatemi 1992), rounded off for small differences."""
    down = _signs(picture.diff(dim=-2))
    across = _signs(picture.diff(dim=-1))
    slope = torch.zeros_like(picture)
    slope[..., 1:, :] += down
    slope[..., :-1, :] -= down
    slope[..., :, 1:] += across
    slope[..., :, :-1] -= across
    return slope


def within_gamut(detail: Tensor, photo: Tensor) -> Tensor:
    """The nearest detail that leaves no pixel beyond the gamut's bounds, or beyond the photo's own there."""
    lowest = photo.clamp(0.0, DARKEST)
    highest = photo.clamp(BRIGHTEST, 1.0)
    return torch.clamp(photo + detail, lowest, highest) - photo


def _signs(differences: Tensor) -> Tensor:
    return differences / torch.sqrt(differences.square() + _EDGE**2)
