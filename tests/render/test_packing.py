"""Pictures made small enough for a recipe."""

import numpy as np
import pytest

from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import ClassGoal, LayerGoal, NeuronGoal, Recipe
from inceptionist_gui.render.packing import guide_of, layer_for_guide, mask_of


def plain(height: int, width: int, level: int = 90, alpha: int | None = None) -> Picture:
    cover = None if alpha is None else np.full((height, width), alpha, np.uint8)
    return Picture(np.full((height, width, 3), level, np.uint8), cover)


@pytest.mark.parametrize(
    ("size", "reduced"), [((40, 60), (40, 60)), ((4000, 2000), (1024, 512)), ((3, 3000), (1, 1024))]
)
def test_a_mask_is_as_large_as_it_may_be(size: tuple[int, int], reduced: tuple[int, int]) -> None:
    assert mask_of(plain(*size)).array().shape == reduced


def test_white_is_in_full_and_black_not_at_all() -> None:
    pixels = np.stack([np.full(3, level, np.uint16) for level in (0, 32768, 65535)])[None]
    assert mask_of(Picture(pixels)).array().tolist() == [[0, 128, 255]]


@pytest.mark.parametrize(("alpha", "mask", "guide"), [(0, 0, 255), (255, 90, 90), (128, 45, 172)])
def test_what_lets_through_is_black_in_a_mask_and_white_in_a_guide(alpha: int, mask: int, guide: int) -> None:
    picture = plain(4, 4, 90, alpha)
    assert set(mask_of(picture).array().flatten().tolist()) == {mask}
    assert set(guide_of(picture).array().flatten().tolist()) == {guide}


def test_a_guide_keeps_its_shape_and_colours() -> None:
    picture = Picture(np.full((1000, 500, 3), (200, 100, 50), np.uint8))
    found = guide_of(picture).array()
    assert found.shape == (256, 128, 3)
    assert found.reshape(-1, 3).tolist() == [[200, 100, 50]] * (256 * 128)


def test_a_guide_is_followed_at_the_first_goals_layer() -> None:
    network = network_named("lite0")
    goals = (ClassGoal(label="banana"), NeuronGoal(layer="blocks.2", channel=1), LayerGoal(layer="blocks.5"))
    assert layer_for_guide(Recipe(goals=goals), network) == "blocks.2"
    assert layer_for_guide(Recipe(goals=goals[:1]), network) in {stage.name for stage in network.stages}
