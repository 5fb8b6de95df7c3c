import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import load
from inceptionist_gui.engine.objectives import direction
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.engine.tiles import (
    GRID,
    LEAST_TILE,
    bytes_per_pixel,
    context_for,
    places,
    side_for,
)
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal

LITE = network_named("lite0")
PLENTY = 2**31


@given(
    st.integers(1, 3000), st.integers(1, 3000), st.integers(128, 1500), st.integers(0, 128), st.integers(0, 64),
    st.integers(0, 99),
)  # fmt: skip
def test_tiles_cover_every_pixel_once_and_lie_in_their_windows(
    height: int, width: int, side: int, context: int, jitter: int, seed: int
) -> None:
    covered = np.zeros((height, width), dtype=np.uint8)
    for place in places((height, width), side, context, jitter, random.Random(seed)):
        covered[place.rows, place.columns] += 1
        rows, columns = place.inner
        assert 0 <= rows.start <= rows.stop <= place.window[0]
        assert 0 <= columns.start <= columns.stop <= place.window[1]
        assert place.window[0] % GRID == place.window[1] % GRID == 0
        assert max(place.size) <= side * 9 / 8
    assert (covered == 1).all()


def test_the_grid_lies_elsewhere_each_time() -> None:
    chance = random.Random(0)
    cuts = {tuple(place.row for place in places((2000, 400), 500, 32, 0, chance)) for _ in range(8)}
    assert len(cuts) == 8


def test_tiles_grow_with_the_memory_and_shrink_with_the_depth() -> None:
    shallow, deep = (bytes_per_pixel(LITE, [name]) for name in ("blocks.1", "blocks.6"))
    assert shallow < deep < bytes_per_pixel(LITE, [LOGITS]) * 1.01
    assert side_for(2**30, shallow, 32) > side_for(2**30, deep, 32) > side_for(2**28, deep, 32)
    assert side_for(1, deep, 300) == LEAST_TILE


def test_context_follows_the_receptive_field() -> None:
    assert context_for(LITE, ["blocks.2"]) == 32
    assert context_for(LITE, ["blocks.2", "blocks.4"]) == 128
    assert context_for(LITE, [LOGITS]) == 288


@pytest.fixture(scope="module")
def photo() -> torch.Tensor:
    data = pytest.importorskip("skimage.data")
    return torch.from_numpy(data.coffee()).permute(2, 0, 1)[None].float() / 255


@pytest.mark.parametrize("layer", ["blocks.1", "blocks.3", "blocks.4"])
def test_forced_into_small_tiles_the_gradient_is_that_of_the_whole(layer: str, photo: torch.Tensor) -> None:
    network, goals = load(LITE), (LayerGoal(layer=layer),)
    side = 192
    per_pixel, context = bytes_per_pixel(LITE, [layer]), context_for(LITE, [layer])
    little = int(per_pixel * (side + 2 * context + GRID) ** 2) + 1
    # A window far larger than the picture, so that the whole has as much around its borders as the tiles have.
    whole = direction(photo, goals, network, jitter=0, chance=Unmoved(), budget=Budget(PLENTY))
    tiled = direction(photo, goals, network, jitter=0, chance=Unmoved(), budget=Budget(little))
    inner = (..., slice(144, -144), slice(144, -144))
    tiled, whole = (found[inner] / found[inner].norm() for found in (tiled, whole))
    assert float((tiled - whole).norm()) < 0.02


@pytest.mark.parametrize(
    "goals",
    [
        (ClassGoal(label="banana"),),
        (NeuronGoal(layer="blocks.3", channel=3, x=0.9, y=0.1), LayerGoal(layer="blocks.1", weight=0.5)),
    ],
)
def test_every_kind_of_goal_works_in_tiles(goals: tuple[Goal, ...], photo: torch.Tensor) -> None:
    found = direction(photo, goals, load(LITE), jitter=4, chance=random.Random(3), budget=Budget(1))
    assert torch.isfinite(found).all()
    assert float(found.square().mean()) > 0.1


class Unmoved(random.Random):
    """Puts every grid at the same, even place."""

    def randint(self, a: int, b: int) -> int:
        return b if a else 0
