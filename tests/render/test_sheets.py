from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from inceptionist_gui.engine.networks import UnknownNameError, network_named
from inceptionist_gui.engine.region import Region
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Imagine, LayerGoal, Mask, Mode, Preset, Recipe, Scale, Strength
from inceptionist_gui.render import sheets
from inceptionist_gui.render.cache import Cache
from inceptionist_gui.render.sheets import channel_sheet, contact_sheet, feature_picture, preset_sheet

T = TypeVar("T")

QUICK = Recipe(mode=Mode.IMAGINE, scale=Scale(octaves=1), strength=Strength(iterations=1))


def made(steps: Iterable[T | None]) -> list[T]:
    """The tiles, without the steps to them."""
    return [tile for tile in steps if tile is not None]


def first_of(steps: Iterable[T | None]) -> T:
    return next(tile for tile in steps if tile is not None)


@pytest.fixture
def photo() -> Picture:
    rng = np.random.default_rng(3)
    return Picture(np.kron(rng.integers(0, 255, (6, 9, 3)), np.ones((20, 20, 1))).astype(np.uint8))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "cache")


@pytest.fixture
def quick_features(monkeypatch: pytest.MonkeyPatch) -> None:
    imagine = sheets._FEATURE.imagine.model_dump() | {"steps": 20}
    quick = sheets._FEATURE.model_copy(update={"imagine": Imagine.model_validate(imagine)})
    monkeypatch.setattr(sheets, "_FEATURE", quick)


def forbid_dreaming(monkeypatch: pytest.MonkeyPatch) -> None:
    def dreamed(*_: object, **__: object) -> object:
        raise AssertionError("dreamed anew")

    monkeypatch.setattr(sheets, "dreaming", dreamed)


class TestContactSheet:
    def test_every_stage_dreams_small_on_the_photo(self, photo: Picture, cache: Cache) -> None:
        tiles = made(contact_sheet(QUICK, photo, cache=cache, side=64))
        assert [tile.layer for tile in tiles] == [stage.name for stage in network_named("lite0").stages]
        assert {tile.pixels.shape for tile in tiles} == {(43, 64, 3)}
        pairs = [(a, b) for i, a in enumerate(tiles) for b in tiles[:i]]
        assert all((a.pixels != b.pixels).mean() > 0.2 for a, b in pairs)

    def test_masks_leave_the_tiles_as_they_are(self, photo: Picture, cache: Cache) -> None:
        mask = Mask.of(np.zeros((2, 2), np.uint8))
        masked = QUICK.model_copy(update={"mask": mask, "restored": mask})
        plain, same = (first_of(contact_sheet(asked, photo, cache=cache, side=64)) for asked in (QUICK, masked))
        np.testing.assert_array_equal(plain.pixels, same.pixels)

    def test_it_can_be_stopped_within_a_tile(self, photo: Picture, cache: Cache, tmp_path: Path) -> None:
        sheet = contact_sheet(QUICK, photo, cache=cache, side=64)
        assert next(sheet) is None
        sheet.close()
        assert not (tmp_path / "cache").exists()

    def test_what_was_made_comes_from_the_disk(
        self, photo: Picture, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        forbid_dreaming(monkeypatch)
        again = first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        np.testing.assert_array_equal(first.pixels, again.pixels)

    @pytest.mark.parametrize("changed", ["photo", "slider", "network", "seed"])
    def test_another_photo_slider_or_network_is_dreamed_anew(
        self, changed: str, photo: Picture, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        recipe = QUICK
        match changed:
            case "photo":
                photo = Picture(photo.pixels[::-1].copy())
            case "slider":
                recipe = QUICK.model_copy(update={"strength": Strength(iterations=1, step_size=0.02)})
            case "network":
                recipe = QUICK.model_copy(update={"network": "lite1"})
            case "seed":
                recipe = QUICK.model_copy(update={"seed": 4})
        forbid_dreaming(monkeypatch)
        with pytest.raises(AssertionError, match="dreamed anew"):
            first_of(contact_sheet(recipe, photo, cache=cache, side=64))

    def test_goals_and_size_that_a_tile_has_not_are_nothing_new(
        self, photo: Picture, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        forbid_dreaming(monkeypatch)
        other = QUICK.model_copy(update={"size": 96, "goals": (LayerGoal(layer="blocks.1"),)})
        first_of(contact_sheet(other, photo, cache=cache, side=64))

    def test_a_spoilt_tile_is_dreamed_anew(self, photo: Picture, cache: Cache, tmp_path: Path) -> None:
        first = first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        (kept,) = (tmp_path / "cache").iterdir()
        kept.write_bytes(b"\x89PNG\r\n\x1a\n and no more")
        again = first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        np.testing.assert_array_equal(first.pixels, again.pixels)

    def test_a_click_adopts_the_stage(self, photo: Picture, cache: Cache) -> None:
        tile = first_of(contact_sheet(QUICK, photo, cache=cache, side=64))
        assert tile.adopted(QUICK) == QUICK.model_copy(update={"goals": (LayerGoal(layer="stem"),)})


class TestPresetSheet:
    def looks(self) -> list[Preset]:
        quick = QUICK.model_copy(update={"strength": Strength(iterations=1), "scale": Scale(octaves=1)})
        goals = [
            (LayerGoal(layer=layer, mask=Mask.of(np.zeros((2, 2), np.uint8))),) for layer in ("blocks.1", "no")
        ]
        return [Preset.of(quick.model_copy(update={"goals": each}), str(n), "") for n, each in enumerate(goals)]

    def test_each_look_on_the_photo_but_for_those_that_cannot_be_made(self, photo: Picture, cache: Cache) -> None:
        (tile,) = made(preset_sheet(self.looks(), photo, cache=cache, side=64))
        assert tile.name == "0"
        assert tile.pixels.shape == (43, 64, 3)
        assert tile.pixels.std() > 0

    def test_what_was_made_comes_from_the_disk(
        self, photo: Picture, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = first_of(preset_sheet(self.looks(), photo, cache=cache, side=64))
        forbid_dreaming(monkeypatch)
        again = first_of(preset_sheet(self.looks()[:1], photo, cache=cache, side=64))
        np.testing.assert_array_equal(first.pixels, again.pixels)


@pytest.mark.usefixtures("quick_features")
class TestChannelSheet:
    def test_channels_come_by_their_response(self, photo: Picture, cache: Cache) -> None:
        tiles = made(channel_sheet("lite0", "blocks.1", photo, count=3, cache=cache, side=64))
        strengths = [tile.strength for tile in tiles]
        assert strengths == sorted(strengths, reverse=True)
        assert len({tile.channel for tile in tiles}) == 3
        assert {tile.pixels.shape for tile in tiles} == {(64, 64, 3)}
        goal = LayerGoal(layer="blocks.1", channels=(tiles[0].channel,))
        assert tiles[0].adopted(QUICK).goals == (goal,)

    def test_a_region_has_channels_of_its_own(self, cache: Cache) -> None:
        pixels = np.zeros((96, 96, 3), np.uint8)
        pixels[:48, :, 0] = 255
        pixels[48:, :, 2] = 255
        red, blue = (
            [
                t.channel
                for t in made(
                    channel_sheet("lite0", "stem", Picture(pixels), region, count=3, cache=cache, side=64)
                )
            ]
            for region in (Region(0.1, 0.1, 0.9, 0.4), Region(0.1, 0.6, 0.9, 0.9))
        )
        assert red != blue

    def test_a_channels_picture_is_made_once_for_all_photos(
        self, cache: Cache, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        first = feature_picture("lite0", "blocks.1", 3, cache=cache, side=64)
        other = feature_picture("lite0", "blocks.1", 4, cache=cache, side=64)
        assert (first != other).mean() > 0.5
        forbid_dreaming(monkeypatch)
        np.testing.assert_array_equal(first, feature_picture("lite0", "blocks.1", 3, cache=cache, side=64))

    def test_a_channels_picture_calls_it_up(self, cache: Cache) -> None:
        from inceptionist_gui.engine.evidence import responses
        from inceptionist_gui.engine.networks.loading import load

        pixels = feature_picture("lite0", "blocks.2", 15, cache=cache, side=96)
        found = responses(pixels.astype(np.float32) / np.float32(255), load(network_named("lite0")), "blocks.2")
        assert 15 in [response.channel for response in found[:3]]

    def test_a_strange_layer_is_told(self, photo: Picture) -> None:
        with pytest.raises(UnknownNameError, match="layer blocks"):
            next(channel_sheet("lite0", "blocks.99", photo))
