"""Whole looks, and what is locked against them."""

from PySide6.QtCore import QObject

from inceptionist_gui.recipe import LayerGoal, preset_named, presets, value_at
from inceptionist_gui.recipe.taste import GOALS
from inceptionist_gui.session.asking import Asking

STROKES, EYES = preset_named("strokes"), preset_named("eyes")


def asking(qapp: QObject) -> Asking:
    return Asking(qapp)


def test_a_locked_field_stays_through_a_preset_which_fits_all_the_same(qapp: QObject) -> None:
    asked = asking(qapp)
    asked.set_value("texture.colour", 0.9)
    asked.looks.lock("texture.colour", True)
    asked.apply_preset(STROKES)
    assert asked.recipe.texture.colour == 0.9
    assert asked.recipe.goals == STROKES.goals
    assert asked.looks.fits(STROKES)
    asked.looks.lock("texture.colour", False)
    assert not asked.looks.fits(STROKES)


def test_locked_goals_keep_their_network(qapp: QObject) -> None:
    asked = asking(qapp)
    asked.set_network("lite1")
    asked.looks.lock(GOALS, True)
    asked.apply_preset(STROKES)
    assert (asked.recipe.network, asked.recipe.goals) == ("lite1", (LayerGoal(layer="blocks.4"),))


def test_a_variation_is_one_step_and_keeps_what_is_locked(qapp: QObject) -> None:
    asked = asking(qapp)
    before = asked.recipe
    asked.looks.lock("strength.iterations", True)
    asked.looks.vary(11)
    assert asked.recipe.strength.iterations == before.strength.iterations
    assert asked.recipe != before
    assert asked.undo_stack.undoText() == "Vary the look"
    varied = asked.recipe
    asked.undo_stack.undo()
    assert asked.recipe == before
    asked.looks.vary(11)
    assert asked.recipe == varied


def test_a_drag_of_the_mix_is_one_step(qapp: QObject) -> None:
    asked = asking(qapp)
    asked.apply_preset(STROKES)
    for share in (0.1, 0.4, 1.0):
        asked.looks.mix(STROKES, EYES, share)
    assert asked.undo_stack.count() == 2
    assert asked.undo_stack.undoText() == f"Mix {STROKES.title} and {EYES.title} 100 %"
    assert asked.looks.fits(EYES)
    asked.end_gesture()
    asked.looks.mix(STROKES, EYES, 0.5)
    assert asked.undo_stack.count() == 3
    ends = sorted(value_at(look.applied(asked.recipe), "texture.colour") for look in (STROKES, EYES))
    assert ends[0] <= asked.recipe.texture.colour <= ends[1]


def test_the_size_and_the_seed_are_no_part_of_a_look(qapp: QObject) -> None:
    asked = asking(qapp)
    asked.set_value("size", 96)
    asked.set_value("seed", 5)
    asked.looks.vary(3)
    asked.looks.mix(presets()[0], presets()[1], 0.5)
    assert (asked.recipe.size, asked.recipe.seed) == (96, 5)
