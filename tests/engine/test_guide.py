"""Dreams led by a guide picture."""

import gc
import random
import weakref

import numpy as np
import pytest
import torch

from inceptionist_gui.engine import guide as module
from inceptionist_gui.engine.guide import features_of, guided
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks import check
from inceptionist_gui.engine.networks.description import UnknownNameError
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.recipe import Guide, GuideGoal, Recipe
from tests.engine.conftest import TOY, ToyModule
from tests.engine.directed import directed


def stripes(*, upright: bool, side: int = 24) -> Guide:
    wave = np.round(128 + 90 * np.sin(0.8 * np.arange(side)))
    grey = np.broadcast_to(wave[None, :] if upright else wave[:, None], (side, side))
    return Guide.of(np.repeat(grey[..., None], 3, axis=2).astype(np.uint8))


def goal(picture: Guide, layer: str = "edges") -> GuideGoal:
    return GuideGoal(layer=layer, picture=picture)


def picture(side: int = 48) -> torch.Tensor:
    return torch.rand(1, 3, side, side, generator=torch.Generator().manual_seed(3))


def strengths(toy: LoadedNetwork, shown: torch.Tensor) -> torch.Tensor:
    return toy.logits(shown)[0]


@pytest.mark.parametrize("upright", [True, False])
def test_what_the_guide_shows_grows_and_the_rest_does_not(toy: LoadedNetwork, upright: bool) -> None:
    step = directed(picture(), [goal(stripes(upright=upright))], toy)
    gain = strengths(toy, picture() + 0.01 * step) - strengths(toy, picture())
    wanted = 0 if upright else 1
    assert gain[wanted] > 3 * abs(float(gain[1 - wanted]))


def test_each_place_goes_along_the_feature_that_it_resembles_most(
    toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    features = torch.tensor([[1.0, 0.0], [0.0, 2.0], [-1.0, -1.0]])
    monkeypatch.setattr(module, "features_of", lambda *_: features)
    outputs = torch.randn(2, 2, 5, 4, generator=torch.Generator().manual_seed(1), requires_grad=True)
    along = guided(outputs, goal(stripes(upright=True)), toy)
    products = torch.einsum("nchw,fc->nhwf", outputs, features)
    torch.testing.assert_close(along, products.amax(-1))
    (gradient,) = torch.autograd.grad(along.sum(), outputs)
    torch.testing.assert_close(gradient, features[products.argmax(-1)].permute(0, 3, 1, 2))


def test_however_few_are_compared_at_once_the_outcome_is_the_same(
    toy: LoadedNetwork, monkeypatch: pytest.MonkeyPatch
) -> None:
    outputs, wanted = (
        torch.randn(1, 2, 9, 7, generator=torch.Generator().manual_seed(1)),
        goal(stripes(upright=True)),
    )
    whole = guided(outputs, wanted, toy)
    monkeypatch.setattr(module, "_COMPARED", 1)
    torch.testing.assert_close(guided(outputs, wanted, toy), whole)


def test_tiles_go_where_the_whole_picture_goes(toy: LoadedNetwork) -> None:
    wanted = [goal(stripes(upright=True), "halves")]
    whole, tiled = (
        directed(picture(300), wanted, toy, chance=random.Random(1), budget=Budget(size) if size else None)
        for size in (0, 2**20)
    )
    assert (whole - tiled).norm() < 0.02 * whole.norm()


def test_a_guide_is_looked_at_once(toy: LoadedNetwork) -> None:
    first = features_of(stripes(upright=True), "edges", toy)
    assert features_of(stripes(upright=True), "edges", toy) is first
    assert features_of(stripes(upright=True), "halves", toy) is not first
    assert features_of(stripes(upright=False), "edges", toy) is not first


def test_few_guides_are_kept_and_none_of_a_network_that_is_gone() -> None:
    network = LoadedNetwork.of(TOY, ToyModule())
    for side in range(9, 9 + 2 * module._KEPT):
        features_of(stripes(upright=True, side=side), "edges", network)
    assert len(module._known[network]) == module._KEPT
    gone = weakref.ref(network)
    del network
    gc.collect()
    assert gone() is None


def test_a_tiny_guide_is_enlarged_to_what_the_network_takes(toy: LoadedNetwork) -> None:
    tiny = Guide.of(np.full((1, 2, 3), 200, np.uint8))
    assert len(features_of(tiny, "edges", toy)) == 8 * 16


def test_a_flat_guide_leads_nowhere_bad(toy: LoadedNetwork) -> None:
    flat = Guide.of(np.full((16, 16, 3), 128, np.uint8))
    assert torch.isfinite(directed(picture(), [goal(flat)], toy)).all()


def test_its_layer_must_be_there() -> None:
    with pytest.raises(UnknownNameError, match=r"blocks\.9"):
        check(Recipe(goals=(goal(stripes(upright=True), "blocks.9"),)))
    check(Recipe(goals=(goal(stripes(upright=True), "blocks.3"),)))
