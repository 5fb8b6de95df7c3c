import json

import pytest

from inceptionist_gui.recipe import (
    NO_PRIORS,
    DirectionGoal,
    Mode,
    NaturalPriors,
    Parameterization,
    Recipe,
    RecipeError,
    assigned,
    choices,
    choices_of,
    control_at,
    controls,
    controls_of,
    described,
    recipe_from_text,
    recipe_text,
    restarts,
    with_value,
)


def test_each_way_of_working_has_its_controls() -> None:
    dream, imagine, fool = ({c.path for c in controls_of(mode)} for mode in Mode)
    assert {"size", "seed"} == dream & imagine & fool
    assert "scale.octaves" in dream - imagine - fool
    assert {"imagine.steps", "natural.colour"} <= imagine - dream - fool
    assert "fool.bound" in fool - dream - imagine
    assert dream | imagine | fool == {c.path for c in controls()}


def test_each_way_of_working_has_its_choices() -> None:
    assert {c.path for c in choices_of(Mode.IMAGINE)} == {"imagine.parameterization", "imagine.magnitudes"}
    assert [c.path for c in choices_of(Mode.FOOL)] == ["fool.norm"]
    assert not choices_of(Mode.DREAM)
    for choice in choices():
        assert choice.default in choice.options
        assert choice.tells.endswith(".")


def test_a_last_name_means_the_control_of_the_way_of_working() -> None:
    assert control_at("gamut", Mode.IMAGINE).path == "natural.gamut"
    assert control_at("gamut", Mode.DREAM).path == "priors.gamut"
    assert control_at("gamut", Mode.FOOL).path == "priors.gamut"
    recipe = assigned(Recipe(mode=Mode.IMAGINE), "octaves=2")
    assert (recipe.imagine.octaves, recipe.scale.octaves) == (2, Recipe().scale.octaves)


@pytest.mark.parametrize(
    ("assignment", "found"),
    [
        ("parameterization=maco", lambda recipe: recipe.imagine.parameterization is Parameterization.MACO),
        ("imagine.networks = lite1, lite2", lambda recipe: recipe.imagine.networks == ("lite1", "lite2")),
        ("networks=", lambda recipe: recipe.imagine.networks == ()),
        ("label=lemon", lambda recipe: recipe.fool.label == "lemon"),
        ("mode=imagine", lambda recipe: recipe.mode is Mode.IMAGINE),
    ],
)
def test_words_are_assigned(assignment: str, found: "object") -> None:
    assert callable(found)
    assert found(assigned(Recipe(), assignment))


def test_a_strange_word_gets_the_words_there_are() -> None:
    with pytest.raises(RecipeError, match=r"imagine\.parameterization: .*'pixels', 'spectrum' or 'maco'"):
        assigned(Recipe(), "parameterization=wavelets")


def test_no_priors_means_none() -> None:
    assert NO_PRIORS.absent
    assert not NaturalPriors().absent
    for name in NaturalPriors.model_fields:
        assert not NO_PRIORS.model_copy(update={name: 0.1}).absent


@pytest.mark.parametrize(
    ("path", "value", "anew"),
    [
        ("mode", Mode.IMAGINE, True),
        ("imagine.parameterization", Parameterization.PIXELS, True),
        ("imagine.networks", ("lite1",), True),
        ("imagine.profile", (0.1, 0.2), True),
        ("natural.colour", 0.9, False),
        ("imagine.rate", 0.1, False),
    ],
)
def test_what_cannot_change_in_mid_run_restarts(path: str, value: object, anew: bool) -> None:
    assert restarts(Recipe(), with_value(Recipe(), path, value)) is anew


def test_a_recipe_of_version_1_becomes_one_of_today() -> None:
    data = json.loads(recipe_text(Recipe(seed=4)))
    for name in ("mode", "imagine", "natural", "fool"):
        del data[name]
    assert recipe_from_text(json.dumps({**data, "version": 1})) == Recipe(seed=4)


def test_a_direction_survives_its_own_text() -> None:
    goal = DirectionGoal(layer="head", vector=(0.25, -1.0), name="cat.jpg")
    assert recipe_from_text(recipe_text(Recipe(goals=(goal,)))).goals == (goal,)
    assert described(goal) == "head, like cat.jpg"
    assert described(goal.model_copy(update={"name": ""})) == "head, like pictures"


def test_a_direction_needs_numbers() -> None:
    text = '{"goals": [{"kind": "direction", "layer": "head", "vector": []}]}'
    with pytest.raises(RecipeError, match=r"goals\.0\.vector: .*at least 1"):
        recipe_from_text(text)
