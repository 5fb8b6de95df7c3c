import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.engine.networks.loading import load
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.engine.tiles import Reach, grid_for, places
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal
from tests.engine.directed import directed

LITE = network_named("lite0")
SIDES = st.integers(1, 3000)
REACH = Reach(context=64, stride=16, bytes_per_pixel=1.0)


@given(
    SIDES,
    SIDES,
    st.integers(50_000, 5_000_000),
    st.sampled_from([(8, 4), (64, 16), (128, 32)]),
    st.integers(0, 64),
)
def test_tiles_cover_every_pixel_once_and_their_windows_fit(
    height: int, width: int, pixels: int, needs: tuple[int, int], jitter: int
) -> None:
    size, reach = (height, width), Reach(*needs, bytes_per_pixel=1.0)
    grid = grid_for(size, pixels, reach)
    covered = np.zeros(size, dtype=np.uint8)
    for place in places(size, grid, reach, jitter, random.Random(height)):
        covered[place.rows, place.columns] += 1
        rows, columns = place.inner
        assert 0 <= rows.start <= rows.stop <= place.window[0]
        assert 0 <= columns.start <= columns.stop <= place.window[1]
        assert place.window[0] % reach.stride == place.window[1] % reach.stride == 0
        assert place.window[0] * place.window[1] <= max(pixels, 600 * 600)
    assert (covered == 1).all()


def test_every_tile_has_its_context_but_none_beyond_the_picture() -> None:
    for place in places((1000, 900), (3, 2), REACH, 0, random.Random(0)):
        assert min(64, place.row) <= place.top <= min(64, place.row) + REACH.stride
        assert place.window[0] - place.top - place.size[0] >= min(64, 1000 - place.rows.stop)


@given(st.integers(0, 64), st.integers(0, 99))
def test_the_networks_own_grid_is_the_same_in_every_window(jitter: int, seed: int) -> None:
    windows = list(places((1000, 900), (3, 3), REACH, jitter, random.Random(seed)))
    assert len({(place.row - place.top) % REACH.stride for place in windows}) == 1
    assert len({(place.column - place.left) % REACH.stride for place in windows}) == 1


def test_the_grid_lies_elsewhere_each_time() -> None:
    chance = random.Random(0)
    cuts = {tuple(place.row for place in places((2000, 400), (4, 1), REACH, 0, chance)) for _ in range(8)}
    assert len(cuts) == 8


def test_what_fits_is_seen_whole_and_tiles_shrink_with_depth_and_memory() -> None:
    shallow, deep = (Reach.of(LITE, [name]).bytes_per_pixel for name in ("blocks.1", "blocks.6"))
    assert shallow < deep < Reach.of(LITE, [LOGITS]).bytes_per_pixel * 1.01
    assert grid_for((512, 768), 2**30 / deep, REACH) == (1, 1)
    few, many = (grid_for((4000, 6000), memory / deep, REACH) for memory in (2**31, 2**29))
    assert 1 < few[0] * few[1] < many[0] * many[1]
    assert grid_for((300, 520), 1, REACH) == (2, 4)


def test_context_follows_the_receptive_field() -> None:
    shallow, mixed, deepest = (
        Reach.of(LITE, names) for names in (["blocks.2"], ["blocks.2", "blocks.4"], [LOGITS])
    )
    assert (shallow.context, shallow.stride) == (32, 8)
    assert (mixed.context, mixed.stride) == (128, 16)
    assert (deepest.context, deepest.stride) == (288, 32)


@pytest.fixture(scope="module")
def photo() -> torch.Tensor:
    data = pytest.importorskip("skimage.data")
    return torch.from_numpy(data.coffee()).permute(2, 0, 1)[None].float() / 255


@pytest.mark.parametrize("layer", ["blocks.1", "blocks.3", "blocks.4"])
def test_forced_into_small_tiles_the_gradient_is_that_of_the_whole(
    layer: str, photo: torch.Tensor, monkeypatch: pytest.MonkeyPatch
) -> None:
    network, goals = load(LITE), (LayerGoal(layer=layer),)
    whole = directed(photo, goals, network, chance=Unmoved())
    monkeypatch.setattr("inceptionist_gui.engine.ways.grid_for", lambda *_: (2, 3))
    tiled = directed(photo, goals, network, chance=Unmoved())
    inner = (..., slice(64, -64), slice(64, -64))
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
    found = directed(photo, goals, load(LITE), jitter=4, chance=random.Random(3), budget=Budget(2**26))
    assert torch.isfinite(found).all()
    assert float(found.square().mean()) > 0.1


class Unmoved(random.Random):
    """Puts every grid at the same, even place."""

    def randint(self, a: int, b: int) -> int:
        return b if a > 0 else 0
