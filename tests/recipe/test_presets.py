from pathlib import Path

import numpy as np
import pytest

from inceptionist_gui.recipe import (
    LayerGoal,
    Mask,
    Preset,
    Recipe,
    RecipeError,
    Start,
    preset_from_text,
    preset_named,
    preset_text,
    presets,
)
from inceptionist_gui.recipe.presets import preset_from_file

each_preset = pytest.mark.parametrize("preset", presets(), ids=lambda preset: preset.name)


def test_there_are_at_least_ten_with_names_of_their_own() -> None:
    assert len(presets()) >= 10
    assert (
        len({preset.name for preset in presets()}) == len({preset.title for preset in presets()}) == len(presets())
    )


@each_preset
def test_a_preset_changes_the_look_and_nothing_else(preset: Preset) -> None:
    before = Recipe(start=Start.CLOUDS, size=96, seed=7)
    after = preset.applied(before)
    assert (after.start, after.size, after.seed) == (Start.CLOUDS, 96, 7)
    assert preset.fits(after)
    assert Recipe.model_validate(after.model_dump()) == after


@each_preset
def test_only_one_preset_fits_its_own_look(preset: Preset) -> None:
    assert [other.name for other in presets() if other.fits(preset.applied(Recipe()))] == [preset.name]


def test_presets_are_found_by_name_or_title() -> None:
    first = presets()[0]
    assert preset_named(first.title.upper()) is preset_named(first.name) is first


def test_an_unknown_preset_is_told_those_there_are() -> None:
    with pytest.raises(RecipeError, match=f"dog: no such preset; there are {presets()[0].name}"):
        preset_named("dog")


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text("{}")
    with pytest.raises(RecipeError, match=r"mine\.json: name: field required"):
        preset_from_file(path)


def test_a_look_is_kept_and_read_back_without_its_masks(tmp_path: Path) -> None:
    masked = LayerGoal(layer="blocks.2", mask=Mask.of(np.zeros((4, 4), np.uint8)))
    look = Preset.of(Recipe(goals=(masked,), size=96), "mine", "Mine").without_masks()
    path = tmp_path / "mine.json"
    path.write_text(preset_text(look))
    assert preset_from_file(path) == look
    assert look.fits(Recipe(goals=(LayerGoal(layer="blocks.2"),), size=640))


def test_one_of_a_newer_version_is_refused_in_words() -> None:
    newer = presets()[0].model_dump_json().replace('"version":3', '"version":4')
    with pytest.raises(RecipeError, match=r"mine\.dreampreset: written by a newer Inceptionist"):
        preset_from_text(newer, "mine.dreampreset")


@each_preset
def test_a_shipped_preset_is_passed_on_whole(preset: Preset) -> None:
    assert preset_from_text(preset_text(preset), "any") == preset
