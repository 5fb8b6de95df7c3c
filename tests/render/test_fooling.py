import numpy as np
import pytest

from inceptionist_gui.engine.evidence import Prediction, Verdict
from inceptionist_gui.engine.fool import Fooled
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import ClassGoal, Fool, Mode, Recipe, Start
from inceptionist_gui.render.fooling import (
    difference,
    first_and_wanted,
    ordinal,
    outcome,
    said,
    sheet,
    size_of,
    verdicts,
    with_priors,
)
from inceptionist_gui.render.still import dreaming, finished

ASKED = Recipe(mode=Mode.FOOL, fool=Fool(label="espresso", steps=15, bound=8.0), seed=3)


def opinion(rank: int = 240) -> Verdict:
    wanted = Prediction("banana", 954, 0.001, -2.0)
    top = (wanted if rank == 1 else Prediction("tabby", 281, 0.412, 9.0),)
    return Verdict("lite0", "EfficientNet-Lite0", top, wanted, rank)


@pytest.fixture(scope="module")
def photo() -> Picture:
    rng = np.random.default_rng(5)
    return Picture(np.kron(rng.integers(60, 190, (6, 8, 3)), np.ones((12, 12, 1))).astype(np.uint8), name="a.png")


def test_the_difference_is_magnified_about_grey() -> None:
    before = np.full((1, 3, 3), 100, np.uint8)
    after = before.copy()
    after[0, 0], after[0, 1] = 104, 98
    shown, factor = difference(before, after)
    assert factor == 31
    assert shown[0, :, 0].tolist() == [128 + 4 * 31, 128 - 2 * 31, 128]
    assert difference(before, before)[1] == 127


def test_what_is_said_names_the_wanted_class_unless_it_is_first() -> None:
    assert said((opinion(),)) == ("EfficientNet-Lite0: tabby 41%, banana 240th",)
    assert said((opinion(1),)) == ("EfficientNet-Lite0: banana 0%",)
    assert first_and_wanted(opinion(22)) == ("tabby 41%", "banana 22nd")
    assert [ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111)] == (
        ["1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "101st", "111th"]
    )


def test_the_size_of_a_change_in_words() -> None:
    fooled = Fooled("banana", True, 2, 1.104, 2.75, (), ())
    assert size_of(fooled) == ("at most 2/255 a value", "1.10/255 root mean square", "L2 2.75")


def test_the_class_with_priors_is_the_same_class_of_the_same_network() -> None:
    recipe = with_priors(ASKED.model_copy(update={"network": "lite1"}))
    assert (recipe.mode, recipe.network, recipe.seed) == (Mode.IMAGINE, "lite1", 3)
    assert recipe.goals == (ClassGoal(label="espresso"),)
    assert not recipe.natural.absent


def test_a_recipe_fools_through_the_common_door(photo: Picture) -> None:
    frame = list(dreaming(ASKED, photo))[-1]
    assert frame.full_size == (72, 96)
    result = finished(frame.floats(), ASKED, photo)
    assert result.provenance is not None
    assert result.provenance.recipe == ASKED
    fooled = outcome(photo, frame.pixels(), ASKED)
    assert 0 < fooled.largest <= 8
    assert [verdict.network for verdict in fooled.result] == ["lite0", "lite2"]
    assert fooled.turned
    assert fooled.photo[0].rank > 1
    assert verdicts(Picture(frame.pixels()), ASKED) == fooled.result
    shown = sheet(photo, frame.pixels(), fooled, (np.zeros((50, 50, 3), np.uint8), fooled.result))
    assert shown.shape[1] > 4 * shown.shape[0] / 2


@pytest.mark.parametrize("start", [Start.CLOUDS, Start.NOISE])
def test_nothing_needs_a_photo(start: Start) -> None:
    recipe = ASKED.model_copy(update={"start": start, "size": 96})
    assert next(dreaming(recipe, None)).full_size == (64, 96)
