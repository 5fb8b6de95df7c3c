"""Looks by chance."""

from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.recipe import LayerGoal, Recipe, keeping, presets, value_at, varied
from inceptionist_gui.recipe.mixing import look_controls
from inceptionist_gui.recipe.taste import GOALS, TASTE

LAYERS = tuple(f"blocks.{number}" for number in range(1, 6))
PATHS = tuple(control.path for control in look_controls())

seeds = st.integers(0, 999_999)
kept = st.frozensets(st.sampled_from((*PATHS, GOALS)))


def test_every_control_of_a_look_has_its_range_and_every_range_is_one_of_a_control() -> None:
    assert set(TASTE) == set(PATHS)
    for control in look_controls():
        least, most = TASTE[control.path]
        assert control.minimum <= least < most <= control.maximum


@given(seeds, kept)
def test_what_is_kept_stays_and_the_rest_is_within_taste(seed: int, kept: frozenset[str]) -> None:
    before = Recipe(size=96, seed=7)
    after = varied(before, seed, LAYERS, kept)
    for path in PATHS:
        least, most = TASTE[path]
        if path in kept:
            assert value_at(after, path) == value_at(before, path)
        else:
            assert least <= value_at(after, path) <= most
    assert (after.goals == before.goals) or GOALS not in kept
    assert (after.size, after.seed, after.network) == (before.size, before.seed, before.network)
    assert Recipe.model_validate(after.model_dump()) == after


@given(seeds)
def test_the_same_seed_gives_the_same_look(seed: int) -> None:
    assert varied(Recipe(), seed, LAYERS) == varied(Recipe(), seed, LAYERS)


@given(seeds)
def test_what_is_kept_does_not_change_what_comes_of_the_rest(seed: int) -> None:
    free, held = varied(Recipe(), seed, LAYERS), varied(Recipe(), seed, LAYERS, frozenset({"texture.colour"}))
    assert held.goals == free.goals
    assert held.priors == free.priors


def test_seeds_differ_and_without_layers_the_goals_stay() -> None:
    assert len({varied(Recipe(), seed, LAYERS) for seed in range(20)}) == 20
    assert varied(Recipe(), 3, ()).goals == Recipe().goals


def test_only_layers_that_may_are_goals() -> None:
    goals = [goal for seed in range(50) for goal in varied(Recipe(), seed, LAYERS).goals]
    assert {goal.layer for goal in goals if isinstance(goal, LayerGoal)} == set(LAYERS)


@given(kept)
def test_another_look_but_for_what_is_kept(kept: frozenset[str]) -> None:
    before, look = Recipe(), presets()[1].applied(Recipe())
    after = keeping(before, look, kept)
    for path in PATHS:
        assert value_at(after, path) == value_at(before if path in kept else look, path)
    assert after.goals == (before if GOALS in kept else look).goals
