"""Between two looks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.recipe import ClassGoal, LayerGoal, Preset, Recipe, between, presets, value_at
from inceptionist_gui.recipe.goals import MOST_GOALS, Goal
from inceptionist_gui.recipe.mixing import cross_faded, look_controls

looks = st.sampled_from(presets())
shares = st.floats(0.0, 1.0)
goals = st.lists(
    st.builds(
        LayerGoal,
        layer=st.sampled_from([f"blocks.{number}" for number in range(7)]),
        channels=st.sampled_from([(), (1,), (2, 5)]),
        weight=st.floats(-2.0, 2.0),
        muted=st.booleans(),
        solo=st.booleans(),
    ),
    min_size=1,
    max_size=MOST_GOALS,
).map(tuple)

STROKES, EYES = (next(p for p in presets() if p.name == name) for name in ("strokes", "eyes"))


@given(looks, looks, shares)
def test_every_number_lies_between_those_of_the_two(first: Preset, second: Preset, share: float) -> None:
    mixed = between(first, second, share).applied(Recipe())
    for control in look_controls():
        ends = sorted(value_at(look.applied(Recipe()), control.path) for look in (first, second))
        assert ends[0] <= value_at(mixed, control.path) <= ends[1]


@given(looks, looks)
def test_the_ends_are_the_two_themselves(first: Preset, second: Preset) -> None:
    assert between(first, second, 0.0) == first
    assert between(first, second, 1.0) == second


@given(goals, goals, shares)
def test_a_mix_of_goals_is_one_that_a_recipe_holds(
    first: tuple[Goal, ...], second: tuple[Goal, ...], share: float
) -> None:
    mix = cross_faded(first, second, share)
    assert Recipe.model_validate(Recipe(goals=mix).model_dump()).goals == mix
    assert all(-2.0 <= goal.weight <= 2.0 for goal in mix)


def test_goals_cross_fade() -> None:
    mixed = between(STROKES, EYES, 0.25)
    assert [(goal.layer, goal.weight) for goal in mixed.goals if isinstance(goal, LayerGoal)] == [
        ("blocks.1", 0.75),
        ("blocks.4", 0.25),
    ]


def test_a_goal_of_both_goes_from_weight_to_weight() -> None:
    first = (LayerGoal(layer="blocks.4", weight=1.0), ClassGoal(label="banana"))
    second = (LayerGoal(layer="blocks.4", weight=0.5),)
    assert [goal.weight for goal in cross_faded(first, second, 0.5)] == [0.75, 0.5]


def test_what_does_not_count_is_no_part_of_the_mix() -> None:
    first = (LayerGoal(layer="blocks.1"), LayerGoal(layer="blocks.2", muted=True))
    second = (LayerGoal(layer="blocks.3", solo=True), LayerGoal(layer="blocks.4"))
    mix = cross_faded(first, second, 0.5)
    assert [goal.layer for goal in mix if isinstance(goal, LayerGoal)] == ["blocks.1", "blocks.3"]
    assert not any(goal.solo for goal in mix)


def test_of_nothing_that_counts_the_nearer_stays() -> None:
    first, second = ((LayerGoal(layer=layer, muted=True),) for layer in ("blocks.1", "blocks.2"))
    assert cross_faded(first, second, 0.4) == first
    assert cross_faded(first, second, 0.6) == second


@pytest.mark.parametrize(("share", "network"), [(0.4, "lite0"), (0.6, "lite2")])
def test_two_networks_change_places_half_way(share: float, network: str) -> None:
    other = EYES.model_copy(update={"network": "lite2"})
    mixed = between(STROKES, other, share)
    assert mixed.network == network
    assert mixed.goals == (STROKES if network == "lite0" else other).goals
