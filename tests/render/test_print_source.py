from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project, write_picture, write_project
from inceptionist_gui.recipe import (
    ClassGoal,
    LayerGoal,
    Mask,
    Mode,
    NeuronGoal,
    Provenance,
    Recipe,
    Start,
)
from inceptionist_gui.render.print_job import PrintJob, layout_of
from inceptionist_gui.render.print_source import Original, cut, drawing, original_of, part_of

PIXELS = np.random.default_rng(1).integers(0, 256, (40, 60, 3), dtype=np.uint8)
PHOTO = np.random.default_rng(2).integers(0, 256, (120, 180, 3), dtype=np.uint8)
RECIPE = Recipe(goals=(LayerGoal(layer="blocks.1"), LayerGoal(layer="blocks.2", muted=True)))


def dreamed(recipe: Recipe = RECIPE, alpha: Any = None) -> Picture:
    return Picture(PIXELS, alpha, provenance=Provenance(recipe=recipe))


def original(recipe: Recipe = RECIPE) -> Original:
    return Original(PIXELS, PHOTO, Provenance(recipe=recipe))


def job(source: Path = Path("a.png"), **fields: Any) -> PrintJob:
    return PrintJob(**{"source": source, "output": Path("b.tif"), "width": 100.0, **fields})


def test_from_a_picture(tmp_path: Path) -> None:
    write_picture(dreamed(), tmp_path / "a.png")
    found = original_of(job(tmp_path / "a.png"))
    np.testing.assert_array_equal(found.preview, PIXELS)
    assert (found.photo, found.recipe) == (None, RECIPE)


def test_a_picture_without_a_recipe(tmp_path: Path) -> None:
    write_picture(Picture(PIXELS), tmp_path / "a.png")
    with pytest.raises(UserError, match=r"a\.png: no recipe inside"):
        original_of(job(tmp_path / "a.png"))


def test_from_a_project_comes_the_photo_too(tmp_path: Path) -> None:
    write_project(Project(RECIPE, Picture(PHOTO), dreamed()), tmp_path / "a.dream")
    found = original_of(job(tmp_path / "a.dream"))
    np.testing.assert_array_equal(found.preview, PIXELS)
    assert found.photo is not None
    np.testing.assert_array_equal(found.photo, PHOTO)


@pytest.mark.parametrize("update", [{"mode": Mode.IMAGINE}, {"start": Start.CLOUDS}])
def test_a_photo_that_was_not_dreamed_from_does_not_count(tmp_path: Path, update: dict[str, Any]) -> None:
    recipe = RECIPE.model_copy(update=update)
    write_project(Project(recipe, Picture(PHOTO), dreamed(recipe)), tmp_path / "a.dream")
    assert original_of(job(tmp_path / "a.dream")).photo is None


def test_a_project_without_a_result(tmp_path: Path) -> None:
    write_project(Project(RECIPE, Picture(PHOTO)), tmp_path / "a.dream")
    with pytest.raises(UserError, match="nothing is dreamed"):
        original_of(job(tmp_path / "a.dream"))


def test_a_photo_by_name(tmp_path: Path) -> None:
    write_picture(dreamed(), tmp_path / "a.png")
    write_picture(Picture(PHOTO), tmp_path / "p.png")
    write_picture(Picture(PHOTO[:, :100]), tmp_path / "q.png")
    found = original_of(job(tmp_path / "a.png", photo=tmp_path / "p.png"))
    assert found.photo is not None
    with pytest.raises(UserError, match=r"q\.png: of another shape"):
        original_of(job(tmp_path / "a.png", photo=tmp_path / "q.png"))


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    alpha = np.zeros((40, 60), np.uint8)
    alpha[:20] = 255
    write_picture(dreamed(alpha=alpha), tmp_path / "a.png")
    found = original_of(job(tmp_path / "a.png")).preview
    np.testing.assert_allclose(found[:20], PIXELS[:20] / 255, atol=1e-6)
    assert (found[20:] == 1.0).all()


def test_the_part_of_a_paper() -> None:
    layout = layout_of(job(height=100.0), (40, 60))
    found = cut(original(), layout)
    np.testing.assert_array_equal(found.preview, PIXELS[:, 10:50])
    assert found.photo is not None
    np.testing.assert_array_equal(found.photo, PHOTO[:, 30:150])


def test_places_move_along_with_a_part() -> None:
    half = np.zeros((20, 30), np.uint8)
    half[:, 15:] = 255
    goals = (
        NeuronGoal(layer="blocks.1", channel=1, x=0.75, y=0.5),
        NeuronGoal(layer="blocks.1", channel=2, x=0.25, y=0.5),
        LayerGoal(layer="blocks.1", mask=Mask.of(half)),
    )
    recipe = RECIPE.model_copy(update={"goals": goals, "mask": Mask.of(half), "restored": Mask.of(255 - half)})
    found = part_of(original(recipe), (0.5, 0.0, 1.0, 1.0)).recipe
    assert [(goal.x, goal.channel) for goal in found.goals if isinstance(goal, NeuronGoal)] == [(0.5, 1)]
    assert found.mask is not None
    assert found.restored is not None
    assert (found.mask.array() == 255).all()
    assert not found.restored.array().any()


def test_a_whole_is_left_as_it_is() -> None:
    whole = original()
    assert part_of(whole, (0.0, 0.0, 1.0, 1.0)) is whole


def test_what_draws() -> None:
    found = drawing(original(), job(detail=0.5))
    assert found is not None
    assert found.strength.step_size == pytest.approx(RECIPE.strength.step_size / 2)
    assert found.goals == RECIPE.goals


def test_goals_by_number() -> None:
    recipe = RECIPE.model_copy(update={"goals": (LayerGoal(layer="blocks.1"), ClassGoal(label="banana"))})
    found = drawing(original(recipe), job(goals=(1,)))
    assert found is not None
    assert found.goals == (ClassGoal(label="banana"),)
    with pytest.raises(UserError, match="there are 2 goals, and no number 3"):
        drawing(original(recipe), job(goals=(2,)))


@pytest.mark.parametrize(
    ("recipe", "fields"),
    [
        (RECIPE, {"detail": 0}),
        (RECIPE, {"goals": (1,)}),
        (RECIPE, {"goals": ()}),
        (RECIPE.model_copy(update={"mode": Mode.FOOL}), {}),
    ],
)
def test_nothing_draws(recipe: Recipe, fields: dict[str, Any]) -> None:
    assert drawing(original(recipe), job(**fields)) is None


def test_where_the_photo_came_back_nothing_is_drawn() -> None:
    left, top = np.zeros((4, 4), np.uint8), np.zeros((2, 2), np.uint8)
    left[:, :2], top[0] = 255, 255
    restored = RECIPE.model_copy(update={"restored": Mask.of(left)})
    found = drawing(original(restored), job())
    assert found is not None
    assert found.mask is not None
    np.testing.assert_array_equal(found.mask.array(), 255 - left)
    both = drawing(original(restored.model_copy(update={"mask": Mask.of(top)})), job())
    assert both is not None
    assert both.mask is not None
    weights = both.mask.array()
    assert weights[0, 0] == weights[3, 3] == weights[3, 0] == 0
    assert weights[0, 3] == 255


def test_what_is_imagined_is_drawn_on_faintly() -> None:
    recipe = RECIPE.model_copy(update={"mode": Mode.IMAGINE})
    found = drawing(replace(original(recipe), photo=None), job())
    assert found is not None
    assert found.strength.step_size < RECIPE.strength.step_size
