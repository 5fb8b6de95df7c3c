"""Whether tiles show: the change across their borders over that elsewhere, the gradient beside the untiled."""

import random

import numpy as np
import torch
from skimage import data
from torch import Tensor

from bench.figure import Figure, at_most
from inceptionist_gui.engine.ascent import Ascent
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import load
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.tiles import GRID, bytes_per_pixel, context_for, places, side_for
from inceptionist_gui.engine.transforms import resized
from inceptionist_gui.recipe import LayerGoal, Recipe

LAYER = "blocks.4"
SIDE = 256
ITERATIONS = 10


def measure() -> list[Figure]:
    photo = resized(torch.from_numpy(_photo()).permute(2, 0, 1)[None].float() / 255, (800, 1200))
    seam = _seam_score(photo)
    return [
        at_most("seams: 256 px tiles, score's distance from 1.00 over ten iterations", abs(seam - 1.0), "", 0.02),
        at_most("seams: 256 px tiles, gradient against the untiled one", _error(photo), "", 0.02),
    ]


def _photo() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = data.coffee()  # type: ignore[no-untyped-call]
    return pixels


def _forced() -> int:
    """The memory in bytes that makes tiles of 256 px."""
    network = network_named("lite0")
    per_pixel, context = bytes_per_pixel(network, [LAYER]), context_for(network, [LAYER])
    memory = int(per_pixel * (SIDE + 2 * context + GRID) ** 2) + 1
    assert side_for(memory, per_pixel, context) == SIDE
    return memory


def _seam_score(photo: Tensor) -> float:
    """Mean absolute difference of neighbouring detail pixels across tile borders over that elsewhere."""
    network, recipe, goals = load(network_named("lite0")), Recipe(), (LayerGoal(layer=LAYER),)
    context, memory = context_for(network.description, [LAYER]), _forced()
    detail, ascent, scores = torch.zeros_like(photo), Ascent(), []
    for iteration in range(ITERATIONS):
        chance = random.Random(iteration)
        gradient = direction(photo + detail, goals, network, jitter=16, chance=chance, budget=Budget(memory))
        move = ascent.move(gradient, iteration, recipe.strength, recipe.texture)
        detail = detail + move
        rows = _borders(photo, context, random.Random(iteration))
        across = detail.diff(dim=-2).abs().mean((0, 1, 3))
        scores.append(float(across[rows].mean() / across.mean()))
    return sum(scores) / len(scores)


def _borders(photo: Tensor, context: int, chance: random.Random) -> list[int]:
    """The rows after which a tile ends; the same grid that `direction` drew from an equal source of chance."""
    size = photo.shape[-2], photo.shape[-1]
    return sorted({place.row - 1 for place in places(size, SIDE, context, 16, chance) if place.row})


def _error(photo: Tensor) -> float:
    network, goals = load(network_named("lite0")), (LayerGoal(layer=LAYER),)
    whole, tiled = (
        direction(photo, goals, network, jitter=0, chance=_Even(), budget=Budget(memory))
        for memory in (2**33, _forced())
    )
    inner = (..., slice(SIDE // 2, -SIDE // 2), slice(SIDE // 2, -SIDE // 2))
    whole, tiled = (found[inner] / found[inner].norm() for found in (whole, tiled))
    return float((tiled - whole).norm())


class _Even(random.Random):
    """Puts every grid at the same place."""

    def randint(self, a: int, b: int) -> int:
        return b if a else 0
