"""Whether tiles show: the change across their borders over that elsewhere, the gradient beside the untiled."""

import random
from collections import defaultdict
from unittest.mock import patch

import numpy as np
import torch
from skimage import data
from torch import Tensor

from bench.figure import Figure, at_most
from inceptionist_gui.engine.ascent import Ascent
from inceptionist_gui.engine.blocks import Block
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import load
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.raster import Held
from inceptionist_gui.engine.resample import resized
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.store import Store
from inceptionist_gui.engine.tiles import Reach, places
from inceptionist_gui.recipe import Goal, LayerGoal, Recipe

LAYER = "blocks.4"
TILES = (3, 4)
"""Rows and columns: tiles of 256 px."""
ITERATIONS = 10
JITTER = 16


def measure() -> list[Figure]:
    photo = resized(torch.from_numpy(_photo()).permute(2, 0, 1)[None].float() / 255, (768, 1024))
    seam = _across_borders(photo, TILES) / _across_borders(photo, (1, 1))
    return [
        at_most("seams: 256 px tiles, score's distance from 1.00 over ten iterations", abs(seam - 1.0), "", 0.02),
        at_most("seams: 256 px tiles, gradient against the untiled one", _error(photo), "", 0.02),
    ]


def _photo() -> "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]":
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]] = data.coffee()  # type: ignore[no-untyped-call]
    return pixels


def _across_borders(photo: Tensor, grid: Size) -> float:
    """Mean change of the detail across the borders of `TILES` over that elsewhere, dreamed in tiles of this grid.

    What stands at a border differs from what stands elsewhere in any picture: only beside the score of the
    picture dreamed whole, at the same places, does it tell of seams.
    """
    network, recipe, goals = load(network_named("lite0")), Recipe(), (LayerGoal(layer=LAYER),)
    scales: defaultdict[Goal, LossScale] = defaultdict(LossScale)
    store, whole = Store(Budget()), Block.whole((photo.shape[-2], photo.shape[-1]))
    detail, ascent, scores = torch.zeros_like(photo), Ascent(store), []
    for iteration in range(ITERATIONS):
        chance = random.Random(iteration)
        with patch("inceptionist_gui.engine.ways.grid_for", lambda *_: grid):
            shown = Held(photo + detail)
            gradient = direction(shown, goals, network, jitter=JITTER, chance=chance, store=store, scales=scales)
        detail = detail + ascent.move(gradient, iteration, recipe.strength, recipe.texture)[whole]
        for dim, borders in zip((-2, -1), _borders(photo, random.Random(iteration)), strict=True):
            across = detail.diff(dim=dim).abs().movedim(dim, 0).flatten(1).mean(1)
            scores.append(float(across[borders].mean() / across.mean()))
    return sum(scores) / len(scores)


def _borders(photo: Tensor, chance: random.Random) -> tuple[list[int], list[int]]:
    """The rows and columns after which a tile ends: the grid `direction` drew from an equal source of chance."""
    reach = Reach.of(network_named("lite0"), [LAYER])
    tiles = list(places((photo.shape[-2], photo.shape[-1]), TILES, reach, JITTER, chance))
    return sorted({p.row - 1 for p in tiles if p.row}), sorted({p.column - 1 for p in tiles if p.column})


def _error(photo: Tensor) -> float:
    network, goals = load(network_named("lite0")), (LayerGoal(layer=LAYER),)
    found = []
    for grid in ((1, 1), TILES):
        with patch("inceptionist_gui.engine.ways.grid_for", lambda *_, grid=grid: grid):
            store, scales = Store(Budget()), defaultdict[Goal, LossScale](LossScale)
            raster = direction(Held(photo), goals, network, jitter=0, chance=_Even(), store=store, scales=scales)
            found.append(raster[Block.whole(raster.size)])
    whole, tiled = found
    return float((tiled / tiled.norm() - whole / whole.norm()).norm())


class _Even(random.Random):
    """Puts every grid at the same, even place."""

    def randint(self, a: int, b: int) -> int:
        return b if a > 0 else 0
