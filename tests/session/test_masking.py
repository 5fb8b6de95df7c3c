"""Masks under the brush: what the recipe holds after each gesture, and what undo takes back."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui.recipe import LayerGoal, Mask, Recipe
from inceptionist_gui.session.asking import Asking
from inceptionist_gui.session.brush import FULL, Brush, Dab, Levels
from inceptionist_gui.session.masking import Masking
from inceptionist_gui.session.targets import Target, unmasked

pytestmark = pytest.mark.qt
BRUSH = Brush(0.2, hardness=1.0)
GOALS = LayerGoal(layer="blocks.2"), LayerGoal(layer="blocks.4")


@pytest.fixture
def asking(qapp: QApplication) -> Asking:
    asking = Asking(qapp)
    asking.set_goals(GOALS, "Goals")
    asking.undo_stack.clear()
    return asking


@pytest.fixture
def masking(asking: Asking) -> Masking:
    masking = Masking(asking, asking)
    masking.fit(90, 60)
    return masking


def stroke(masking: Masking, *points: tuple[float, float], erase: bool = False) -> None:
    masking.press(BRUSH, Dab(points[0]), erase=erase)
    for point in points[1:]:
        masking.move(Dab(point))
    masking.release()


def values(mask: Mask | None) -> Levels:
    assert mask is not None
    return mask.array()


def test_the_first_stroke_dreams_where_it_is_and_nowhere_else(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.dream())
    stroke(masking, (0.25, 0.5), (0.3, 0.5))
    mask = values(asking.recipe.mask)
    assert mask.shape == (683, 1024)
    assert mask[341, 280] == FULL
    assert mask[341, 800] == 0
    assert asking.undo_stack.count() == 1
    assert asking.undo_stack.undoText() == "Mask stroke"
    asking.undo_stack.undo()
    assert asking.recipe.mask is None
    assert masking.values is None


def test_erasing_first_leaves_the_rest_of_everywhere(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.dream())
    stroke(masking, (0.5, 0.5), erase=True)
    mask = values(asking.recipe.mask)
    assert mask[341, 512] == 0
    assert mask[0, 0] == FULL


def test_the_photo_comes_back_only_where_it_is_painted(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.photo())
    stroke(masking, (0.5, 0.5), erase=True)
    assert asking.recipe.restored is None
    assert asking.undo_stack.count() == 0
    stroke(masking, (0.5, 0.5))
    assert asking.undo_stack.undoText() == "Restore stroke"
    assert values(asking.recipe.restored)[341, 512] == FULL
    masking.press(Brush(0.5, hardness=1.0), Dab((0.5, 0.5)), erase=True)
    masking.release()
    assert asking.recipe.restored is None


def test_each_stroke_is_a_step(asking: Asking, masking: Masking, qtbot: QtBot) -> None:
    masking.begin(Target.dream())
    stroke(masking, (0.2, 0.5))
    first = asking.recipe
    masking.press(BRUSH, Dab((0.8, 0.5)))
    # A dream hears of it before the pen is lifted.
    qtbot.waitUntil(lambda: asking.recipe != first)
    masking.move(Dab((0.9, 0.5)))
    masking.release()
    assert asking.undo_stack.count() == 2
    asking.undo_stack.undo()
    assert asking.recipe == first
    assert masking.values is not None
    assert masking.values[341, 820] == 0


def test_a_stroke_can_be_given_up(asking: Asking, masking: Masking, qtbot: QtBot) -> None:
    masking.begin(Target.dream())
    masking.press(BRUSH, Dab((0.5, 0.5)))
    qtbot.waitUntil(lambda: asking.recipe.mask is not None)
    masking.give_up()
    assert asking.recipe.mask is None
    assert asking.undo_stack.count() == 0
    assert not masking.busy


def test_undo_in_the_midst_of_a_stroke_ends_it(asking: Asking, masking: Masking, qtbot: QtBot) -> None:
    masking.begin(Target.dream())
    masking.press(BRUSH, Dab((0.5, 0.5)))
    qtbot.waitUntil(lambda: asking.recipe.mask is not None)
    asking.undo_stack.undo()
    assert not masking.busy
    masking.move(Dab((0.6, 0.5)))
    masking.release()
    assert asking.recipe.mask is None


def test_whole_masks(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.dream())
    masking.fill()
    assert (values(asking.recipe.mask) == FULL).all()
    masking.invert()
    assert (values(asking.recipe.mask) == 0).all()
    assert asking.undo_stack.undoText() == "Invert the mask"
    masking.clear()
    assert asking.recipe.mask is None
    assert asking.undo_stack.count() == 3
    # Everywhere, inverted, is nowhere.
    masking.invert()
    assert (values(asking.recipe.mask) == 0).all()


def test_the_photo_fills_back_and_inverts_to_nothing(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.photo())
    masking.invert()
    assert (values(asking.recipe.restored) == FULL).all()
    masking.invert()
    assert asking.recipe.restored is None


def test_feathering_softens(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.dream())
    masking.feather(0.02)
    assert asking.undo_stack.count() == 0
    stroke(masking, (0.5, 0.5))
    hard = values(asking.recipe.mask)
    masking.feather(0.02)
    soft = values(asking.recipe.mask)
    between = (soft > 20) & (soft < 235)
    assert between.sum() > 4 * ((hard > 20) & (hard < 235)).sum()


def test_a_gradient_is_drawn_anew_until_it_is_let_go(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.dream())
    masking.draw_gradient((0.5, 0.5), (0.6, 0.5))
    masking.draw_gradient((0.0, 0.5), (1.0, 0.5))
    masking.release()
    mask = values(asking.recipe.mask)
    assert mask[341, 2] > 250
    assert 110 < mask[341, 512] < 145
    assert mask[341, -3] < 5
    assert asking.undo_stack.count() == 1


def test_evidence_becomes_a_mask(asking: Asking, masking: Masking) -> None:
    heat = np.zeros((30, 45), np.float32)
    heat[:, :20] = 1.0
    masking.begin(Target.dream())
    masking.take_heat(heat)
    mask = values(asking.recipe.mask)
    assert mask[341, 100] == FULL
    assert mask[341, 900] == 0


def test_a_goal_keeps_its_mask_where_the_list_is_put_in_order(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.goal(1))
    asking.set_goals((GOALS[1], GOALS[0]), "Order")
    assert masking.target == Target.goal(0)
    stroke(masking, (0.5, 0.5))
    assert asking.recipe.goals[0].mask is not None
    assert asking.recipe.goals[1].mask is None


def test_painting_ends_with_its_goal(asking: Asking, masking: Masking, qtbot: QtBot) -> None:
    masking.begin(Target.goal(1))
    with qtbot.waitSignal(masking.target_changed, check_params_cb=lambda target: target is None):
        asking.set_goals((GOALS[0],), "Remove")
    assert masking.target is None
    masking.press(BRUSH, Dab((0.5, 0.5)))
    assert not masking.busy
    masking.begin(Target.goal(5))
    assert masking.target is None


def test_without_a_picture_nothing_is_painted(asking: Asking) -> None:
    masking = Masking(asking, asking)
    masking.begin(Target.dream())
    stroke(masking, (0.5, 0.5))
    masking.fill()
    assert asking.recipe.mask is None


def test_a_mask_of_another_shape_is_stretched_and_kept(asking: Asking, masking: Masking) -> None:
    small = np.zeros((10, 10), np.uint8)
    small[:, 5:] = FULL
    asking.apply_recipe(asking.recipe.model_copy(update={"mask": Mask.of(small)}), "A mask from a file")
    masking.begin(Target.dream())
    assert masking.values is not None
    assert masking.values.shape == (683, 1024)
    assert masking.values[341, 900] == FULL
    assert values(asking.recipe.mask).shape == (10, 10)
    masking.fit(60, 90)
    assert masking.values.shape == (1024, 683)


def test_resetting_the_controls_keeps_what_was_painted(asking: Asking, masking: Masking) -> None:
    masking.begin(Target.dream())
    stroke(masking, (0.5, 0.5))
    before = asking.recipe.mask
    asking.set_value("scale.octaves", 3)
    asking.reset()
    assert asking.recipe.mask == before
    assert asking.recipe.scale.octaves == Recipe().scale.octaves


def test_for_another_picture_nothing_is_masked() -> None:
    recipe = Recipe(goals=GOALS)
    mask = Mask.of(np.full((2, 3), 7, np.uint8))
    masked = recipe
    for target in (Target.dream(), Target.photo(), Target.goal(1)):
        masked = target.masked(masked, mask)
    assert unmasked(masked) == recipe


def test_masks_stand_in_their_places() -> None:
    recipe = Recipe(goals=GOALS)
    mask = Mask.of(np.full((2, 3), 7, np.uint8))
    for target in (Target.dream(), Target.photo(), Target.goal(0), Target.goal(1)):
        masked = target.masked(recipe, mask)
        assert target.mask(masked) == mask
        assert target.masked(masked, None) == recipe
