import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inceptionist_gui.recipe import (
    ClassGoal,
    Goal,
    Guide,
    GuideGoal,
    LayerGoal,
    Mask,
    NeuronGoal,
    Provenance,
    Recipe,
    RecipeError,
    controls,
    described,
    provenance_from_text,
    recipe_from_text,
    recipe_text,
    with_value,
)

WEIGHTS = st.floats(-2, 2)
NAMES = st.text(min_size=1, max_size=20)
UNIT = st.floats(0, 1)
MASK = Mask.of(np.arange(12, dtype=np.uint8).reshape(3, 4))
GUIDE = Guide.of(np.arange(12, dtype=np.uint8).reshape(2, 2, 3))
MASKS = st.sampled_from([None, MASK])
GOALS = st.one_of(
    st.builds(
        LayerGoal,
        layer=NAMES,
        channels=st.lists(st.integers(0, 999), max_size=5).map(tuple),
        weight=WEIGHTS,
        muted=st.booleans(),
        solo=st.booleans(),
        mask=MASKS,
    ),
    st.builds(GuideGoal, layer=NAMES, picture=st.just(GUIDE), name=NAMES),
    st.builds(NeuronGoal, layer=NAMES, channel=st.integers(0, 999), x=UNIT, y=UNIT, weight=WEIGHTS),
    st.builds(ClassGoal, label=NAMES, weight=WEIGHTS),
)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    goals: list[Goal] = draw(st.lists(GOALS, min_size=1, max_size=4))
    recipe = Recipe(goals=tuple(goals), mask=draw(MASKS), restored=draw(MASKS))
    for control in controls():
        value = draw(st.floats(control.minimum, control.maximum))
        recipe = with_value(recipe, control.path, round(value) if control.whole else value)
    return recipe


@given(recipes())
def test_every_recipe_survives_its_own_text(recipe: Recipe) -> None:
    assert recipe_from_text(recipe_text(recipe)) == recipe
    provenance = Provenance(recipe=recipe, source="a.jpg", steered=True)
    assert provenance_from_text(provenance.text(), "x") == provenance


def test_a_recipe_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Recipe().__setattr__("size", 3)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("", "a.json: not JSON"),
        ("[]", "a.json: not a recipe; a JSON object is expected"),
        ('{"version": 4}', "a.json: written by a newer Inceptionist .*up to 3"),
        ('{"version": 0}', "a.json: version: .*not 0"),
        ('{"sise": 3}', "a.json: sise: extra inputs are not permitted"),
        ('{"a\\nb": 3}', "a.json: a b: extra"),
        ('{"size": "768"}', "a.json: size: .*integer.*768"),
        ('{"size": 1e999}', "a.json: size: "),
        ('{"goals": []}', "a.json: goals: .*at least 1"),
        ('{"goals": [{"kind": "layer", "layer": "x", "weight": 9}]}', "a.json: goals.0.weight: .*not 9"),
        ('{"goals": [{"kind": "dog"}]}', "a.json: goals.0: .*'dog'"),
        ('{"strength": {"step_size": NaN}}', "a.json: strength.step_size: .*finite"),
        ('{"priors": 3}', "a.json: priors: "),
        ('{"mask": {"width": 3, "height": 2, "packed": "?"}}', "a.json: mask: .*not a packed picture"),
        ('{"goals": [{"kind": "guide", "layer": "x", "picture": 3}]}', r"a.json: goals\.0\.picture: "),
        ("[" * 100_000, "a.json: not JSON"),
        ('"' + "x" * 9_000_000 + '"', "a.json: 9000002 characters; at most"),
    ],
)
def test_bad_text_gets_one_line_that_names_the_field(text: str, line: str) -> None:
    with pytest.raises(RecipeError, match=line) as error:
        recipe_from_text(text, "a.json")
    assert "\n" not in str(error.value)
    assert len(str(error.value)) < 400


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=5))
def test_no_value_of_a_field_brings_a_traceback(value: object) -> None:
    for field in ("version", "goals", "size", "strength", "network"):
        assert "\n" not in _fault(json.dumps({field: value}))


def _fault(text: str) -> str:
    try:
        recipe_from_text(text)
    except RecipeError as error:
        return str(error)
    return ""


def test_fields_left_out_stand_at_their_defaults() -> None:
    assert recipe_from_text("{}") == Recipe()


def test_a_bare_recipe_tells_where_a_picture_came_from_too() -> None:
    assert provenance_from_text(recipe_text(Recipe(size=96)), "x").recipe.size == 96


def test_a_newer_provenance_is_refused() -> None:
    text = json.dumps({"version": 99, "recipe": {}})
    with pytest.raises(RecipeError, match=r"b\.png: written by a newer"):
        provenance_from_text(text, "b.png")


@pytest.mark.parametrize(
    ("goal", "words"),
    [
        (ClassGoal(label="banana"), "banana"),
        (LayerGoal(layer="blocks.3"), "blocks.3"),
        (LayerGoal(layer="blocks.3", channels=(4,)), "blocks.3, channel 4"),
        (LayerGoal(layer="blocks.3", channels=(4, 7)), "blocks.3, 2 channels"),
        (NeuronGoal(layer="blocks.3", channel=4), "blocks.3, neuron 4"),
        (GuideGoal(layer="blocks.3", picture=GUIDE, name="cat.png"), "blocks.3, guided by cat.png"),
        (GuideGoal(layer="blocks.3", picture=GUIDE), "blocks.3, guided by a picture"),
    ],
)
def test_goals_in_a_few_words(goal: Goal, words: str) -> None:
    assert described(goal) == words
