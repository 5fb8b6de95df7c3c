import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.recipe import (
    Control,
    LayerGoal,
    Mask,
    Recipe,
    RecipeError,
    Start,
    assigned,
    control_at,
    controls,
    restarts,
    value_at,
    with_value,
)

each_control = pytest.mark.parametrize("control", controls(), ids=lambda control: control.path)


@each_control
def test_every_control_can_be_explained_and_stands_at_its_default(control: Control) -> None:
    assert control.title
    assert control.term
    assert control.tells.endswith(".")
    assert control.minimum <= control.default <= control.maximum
    assert 0 < control.step <= control.maximum - control.minimum
    assert value_at(Recipe(), control.path) == control.default


@each_control
def test_a_control_takes_its_whole_range_and_nothing_beyond(control: Control) -> None:
    for value in (control.minimum, control.maximum):
        assert value_at(with_value(Recipe(), control.path, value), control.path) == value
    beyond = (control.minimum - control.step, control.maximum + control.step)
    for wrong in (*beyond, float("nan"), "x", None):
        with pytest.raises(RecipeError, match=control.path):
            with_value(Recipe(), control.path, wrong)


@each_control
def test_decimals_tell_neighbouring_steps_apart(control: Control) -> None:
    assert control.shown(control.default) != control.shown(control.default + control.step)


def test_changing_one_field_leaves_the_others() -> None:
    changed = with_value(Recipe(), "priors.smoothness", 0.5)
    assert changed.priors.smoothness == 0.5
    assert with_value(changed, "priors.smoothness", Recipe().priors.smoothness) == Recipe()


def test_a_fields_last_name_is_enough() -> None:
    assert control_at("octaves") is control_at("scale.octaves")


@pytest.mark.parametrize(
    ("assignment", "line"),
    [
        ("octaves", "octaves: not an assignment; write field=value"),
        ("octave=3", "octave: no such field; there are mode, network, start, .*size,"),
        ("octaves=many", "scale.octaves: .*integer.*many"),
        ("octaves=2.5", "scale.octaves: .*2.5"),
        ("priors.gamut=-1", "priors.gamut: .*greater than or equal to 0"),
        ("start=photon", "start: .*'photo', 'clouds' or 'noise'"),
    ],
)
def test_a_wrong_assignment_gets_its_line(assignment: str, line: str) -> None:
    with pytest.raises(RecipeError, match=line) as error:
        assigned(Recipe(), assignment)
    assert "\n" not in str(error.value)


def test_assignments_are_carried_out() -> None:
    recipe = assigned(assigned(assigned(Recipe(), "octaves = 3"), "start=noise"), "network=lite2")
    assert (recipe.scale.octaves, recipe.start, recipe.network) == (3, Start.NOISE, "lite2")


@given(st.sampled_from(controls()), st.floats(0, 1))
def test_only_what_shapes_the_whole_run_restarts_it(control: Control, share: float) -> None:
    value = control.minimum + share * (control.maximum - control.minimum)
    after = with_value(Recipe(), control.path, round(value) if control.whole else value)
    assert restarts(Recipe(), after) == (control.restarts and after != Recipe())


def test_another_network_or_start_restarts() -> None:
    assert restarts(Recipe(), Recipe(network="lite1"))
    assert restarts(Recipe(), Recipe(start=Start.CLOUDS))


def test_masks_are_taken_up_in_mid_run() -> None:
    mask = Mask.of(np.zeros((2, 2), np.uint8))
    masked = LayerGoal(layer="blocks.4", mask=mask, muted=True)
    assert not restarts(Recipe(), Recipe(mask=mask, restored=mask, goals=(masked,)))
