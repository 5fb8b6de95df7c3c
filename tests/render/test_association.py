import json
import re
from base64 import b64decode

import numpy as np
import pytest

from inceptionist_gui.engine.evidence import Prediction, Verdict
from inceptionist_gui.engine.networks import UnknownNameError, network_named
from inceptionist_gui.media import picture_from_bytes
from inceptionist_gui.recipe import NO_PRIORS, Imagine, Mode, Recipe
from inceptionist_gui.render import association
from inceptionist_gui.render.association import Association, Imagined, associating, imagining, report


def imagined(seed: int, *seen: dict[str, float]) -> Imagined:
    wanted = Prediction("dumbbell", 543, 0.9, 8.0)
    verdicts = tuple(Verdict(name, name.title(), (wanted,), wanted, 1) for name in ("lite0", "lite2"))
    return Imagined(seed, np.full((16, 24, 3), 40 * seed, np.uint8), verdicts, seen)


def found(*pictures: Imagined) -> Association:
    return Association("dumbbell", network_named("lite0"), network_named("lite2"), pictures)


ARMS = found(
    imagined(0, {"arm": 0.6, "barbell": 0.3, "<b>": 0.1}, {"arm": 0.2, "barbell": 0.1, "<b>": 0.7}),
    imagined(1, {"arm": 0.8, "barbell": 0.1, "<b>": 0.1}, {"arm": 0.6, "barbell": 0.3, "<b>": 0.1}),
)


def test_companions_are_means_over_the_pictures_likeliest_first() -> None:
    first, second, third = ARMS.companions()
    assert (first.label, second.label, third.label) == ("arm", "<b>", "barbell")
    assert [first.network, first.judge] == pytest.approx([0.7, 0.4])
    assert [third.network, third.judge] == pytest.approx([0.2, 0.2])
    assert [each.label for each in ARMS.companions(1)] == ["arm"]
    assert found().companions() == ()


def test_only_what_is_among_the_first_five_counts_as_seen() -> None:
    many = dict.fromkeys("abcde", 0.1) | {"f": 0.01}
    by_label = {each.label: each.pictures for each in found(imagined(0, many, many)).companions()}
    assert by_label == {"a": 1, "b": 1, "c": 1, "d": 1, "e": 1, "f": 0}


def test_the_report_holds_everything_and_asks_for_nothing() -> None:
    page = report(ARMS)
    assert "arm" in page
    assert "&lt;b&gt;" in page
    assert "<b></th>" not in page
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    pictures = re.findall(r"data:image/jpeg;base64,([^\"]+)", page)
    shapes = [picture_from_bytes(b64decode(data), "x").pixels.shape for data in pictures]
    assert shapes == [(16, 24, 3)] * 2
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', page)
    assert json.loads(data) == ARMS.data()
    assert json.loads(data)["companions"][0]["label"] == "arm"


def test_each_picture_has_its_seed_and_progress_never_falls(monkeypatch: pytest.MonkeyPatch) -> None:
    def quick(label: str, network: str, size: int, seed: int) -> Recipe:
        recipe = imagining(label, network, size, seed)
        return recipe.model_copy(update={"imagine": Imagine(steps=20, crops=1), "natural": NO_PRIORS})

    monkeypatch.setattr(association, "imagining", quick)
    steps = list(associating("Banana", "lite0", 2, size=64, seed=7))
    done = [step.done for step in steps]
    assert done == sorted(done)
    assert done[-1] == 1.0
    assert [len(step.association.pictures) for step in (steps[0], steps[-1])] == [0, 2]
    last = steps[-1].association
    assert last.label == "banana"
    assert [picture.seed for picture in last.pictures] == [7, 8]
    assert (last.pictures[0].pixels != last.pictures[1].pixels).mean() > 0.5
    assert [verdict.network for verdict in last.pictures[0].verdicts] == ["lite0", "lite2"]
    assert "banana" not in last.pictures[0].seen[0]


def test_the_recipe_imagines_the_class_with_priors() -> None:
    recipe = imagining("banana", "lite1", 96, 4)
    assert (recipe.mode, recipe.network, recipe.size, recipe.seed) == (Mode.IMAGINE, "lite1", 96, 4)
    assert not recipe.natural.absent


def test_a_strange_class_is_told() -> None:
    with pytest.raises(UnknownNameError, match=r"dumbell: .* dumbbell"):
        next(associating("dumbell", "lite0"))
