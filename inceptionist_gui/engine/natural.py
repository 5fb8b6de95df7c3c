"""What a natural picture is like: losses that pull an imagined picture towards it.

At weight 1 each is worth about as much as a goal's growth by some tens of logits; at weight zero none is computed.
Pictures are tensors of shape (1, 3, height, width), sRGB in [0, 1].
"""

from collections.abc import Sequence

import torch
from torch import Tensor

from inceptionist_gui.engine.parameterization import COLOURS
from inceptionist_gui.engine.spectrum import distance
from inceptionist_gui.recipe import NaturalPriors

TOTAL_VARIATION, SMOOTHNESS, SPECTRUM, COLOUR, GAMUT = 120.0, 400.0, 8.0, 400.0, 400.0
"""What the losses are multiplied with at weight 1 (found by eye)."""
DARKEST, BRIGHTEST = 0.04, 0.96
"""Where the gamut begins to pull."""
_VARIED = (0.40, 0.14, 0.05)
"""How much the three decorrelated colours vary in photos, in sRGB units."""


def unnaturalness(picture: Tensor, priors: NaturalPriors, profile: Sequence[float]) -> Tensor:
    """The sum of the losses, each with its weight; a scalar. `profile` as `engine.spectrum` has it."""
    loss = picture.new_zeros(())
    if priors.total_variation:
        loss = loss + priors.total_variation * TOTAL_VARIATION * total_variation(picture)
    if priors.smoothness:
        loss = loss + priors.smoothness * SMOOTHNESS * roughness(picture)
    if priors.spectrum:
        loss = loss + priors.spectrum * SPECTRUM * distance(picture, profile)
    if priors.colour:
        loss = loss + priors.colour * COLOUR * garishness(picture)
    if priors.gamut:
        loss = loss + priors.gamut * GAMUT * excess(picture)
    return loss


def total_variation(picture: Tensor) -> Tensor:
    """The mean size of the differences between neighbours (Rudin, Osher & Fatemi 1992)."""
    across, down = picture.diff(dim=-1).abs().mean(), picture.diff(dim=-2).abs().mean()
    return across + down


def roughness(picture: Tensor) -> Tensor:
    """The mean squared difference between neighbours."""
    return picture.diff(dim=-1).square().mean() + picture.diff(dim=-2).square().mean()


def garishness(picture: Tensor) -> Tensor:
    """How much more the decorrelated colours vary than in photos; light and dark may vary as they like."""
    axes = COLOURS.to(picture) / COLOURS.to(picture).norm(dim=1, keepdim=True)
    parts = torch.einsum("nchw,kc->nkhw", picture - picture.mean((2, 3), keepdim=True), axes)
    found = parts.square().mean((0, 2, 3))
    allowed = torch.tensor(_VARIED, device=picture.device).square()
    return (found[1:] - allowed[1:]).clamp_min(0.0).sum()


def excess(picture: Tensor) -> Tensor:
    """How far pixels are beyond the gamut's bounds, squared; the mean."""
    return ((picture - BRIGHTEST).clamp_min(0.0) + (DARKEST - picture).clamp_min(0.0)).square().mean()
