"""The photo brought back through what was dreamed."""

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import LayerGoal, Mask, Mode, Provenance, Recipe, Scale, Start, Strength
from inceptionist_gui.render.restoring import Composed, restored
from inceptionist_gui.render.still import composed, dreaming, picture_of

SMALL = Recipe(
    size=96,
    goals=(LayerGoal(layer="blocks.1"),),
    scale=Scale(octaves=2, jitter=4),
    strength=Strength(iterations=2),
)

Floats = npt.NDArray[np.float32]
Levels = npt.NDArray[np.uint8]


def floats(seed: int, height: int = 20, width: int = 30) -> Floats:
    return np.random.default_rng(seed).random((height, width, 3), dtype=np.float32)


def levels(seed: int, height: int = 20, width: int = 30) -> Levels:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def halves(left: int, right: int, height: int = 20, width: int = 30) -> Mask:
    values = np.full((height, width), left, np.uint8)
    values[:, width // 2 :] = right
    return Mask.of(values)


def photo() -> Picture:
    return Picture(levels(2, 50, 80), name="cat.png")


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 99))
def test_where_the_mask_is_full_is_the_photo_and_where_it_is_nothing_the_dream(
    height: int, width: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    values = chance.choice(np.array([0, 128, 255], np.uint8), (height, width))
    mask = Mask.of(values)
    for dreamed, before in ((floats(1, height, width), floats(2, height, width)),):
        found = restored(dreamed, before, mask)
        np.testing.assert_array_equal(found[values == 255], before[values == 255])
        np.testing.assert_array_equal(found[values == 0], dreamed[values == 0])
        half = values == 128
        np.testing.assert_allclose(found[half], dreamed[half] + (before - dreamed)[half] * (128 / 255), atol=1e-6)


def test_eight_bits_are_rounded_and_not_cut_off() -> None:
    dreamed, before = np.full((1, 1, 3), 100, np.uint8), np.full((1, 1, 3), 103, np.uint8)
    found = restored(dreamed, before, Mask.of(np.full((1, 1), 140, np.uint8)))
    assert found.dtype == np.uint8
    assert found.flatten().tolist() == [102] * 3


@pytest.mark.parametrize("mask", [None, Mask.of(np.zeros((3, 3), np.uint8))])
def test_without_anything_to_bring_back_the_dream_is_not_copied(mask: Mask | None) -> None:
    dreamed = levels(1)
    assert restored(dreamed, levels(2), mask) is dreamed


def test_what_was_dreamed_is_left_as_it_was() -> None:
    dreamed, before = levels(1), levels(2)
    restored(dreamed, before, halves(255, 255))
    np.testing.assert_array_equal(dreamed, levels(1))


def test_large_pictures_are_done_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    dreamed, before, mask = floats(1), floats(2), halves(30, 200)
    whole = restored(dreamed, before, mask)
    monkeypatch.setattr("inceptionist_gui.render.restoring._ROWS", 64)
    np.testing.assert_array_equal(restored(dreamed, before, mask), whole)


def test_a_small_mask_is_stretched_over_the_picture() -> None:
    found = restored(levels(1, 40, 60), levels(2, 40, 60), Mask.of(np.array([[0, 0, 255, 255]], np.uint8)))
    np.testing.assert_array_equal(found[:, :20], levels(1, 40, 60)[:, :20])
    np.testing.assert_array_equal(found[:, 40:], levels(2, 40, 60)[:, 40:])


class TestComposed:
    def made(self, mask: Mask | None = None) -> Composed:
        recipe = Recipe(restored=mask)
        pixels = restored(floats(1), floats(2), mask)
        return Composed(Picture(pixels, provenance=Provenance(recipe=recipe)), floats(1), floats(2))

    def test_another_mask_takes_no_other_dream(self) -> None:
        mask = halves(255, 0)
        anew = self.made(halves(90, 200)).restoring(mask)
        np.testing.assert_array_equal(anew.picture.pixels, self.made(mask).picture.pixels)
        assert anew.picture.provenance == Provenance(recipe=Recipe(restored=mask))

    def test_and_none_brings_all_of_the_dream_back(self) -> None:
        np.testing.assert_array_equal(self.made(halves(255, 9)).restoring(None).picture.pixels, floats(1))

    def test_the_same_mask_is_nothing_to_do(self) -> None:
        made = self.made(halves(255, 0))
        assert made.restoring(halves(255, 0)) is made

    def test_what_came_from_nothing_has_nothing_to_bring_back(self) -> None:
        made = Composed(
            Picture(floats(1), provenance=Provenance(recipe=Recipe(mode=Mode.IMAGINE))), floats(1), None
        )
        assert made.restoring(halves(255, 0)) is made


def test_a_dream_ends_with_the_photo_brought_back_to_the_bit() -> None:
    mask = halves(255, 0, 60, 96)
    recipe = SMALL.model_copy(update={"restored": mask})
    frame = list(dreaming(recipe, photo()))[-1]
    found = picture_of(frame, recipe, photo())
    whole = mask.array() == 255
    np.testing.assert_array_equal(found.pixels[whole], frame.photo_floats()[whole])
    np.testing.assert_array_equal(found.pixels[~whole], frame.floats()[~whole])
    assert found.provenance is not None
    assert found.provenance.recipe == recipe
    np.testing.assert_array_equal(composed(frame, recipe, photo()).picture.pixels, found.pixels)


def test_what_is_imagined_has_no_photo_behind_it() -> None:
    recipe = Recipe(mode=Mode.IMAGINE, start=Start.NOISE, restored=halves(255, 255))
    frame = list(dreaming(SMALL.model_copy(update={"start": Start.NOISE}), None))[-1]
    np.testing.assert_array_equal(picture_of(frame, recipe, None).pixels, frame.floats())
    assert composed(frame, recipe, None).photo is None
