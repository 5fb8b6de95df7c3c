from collections import defaultdict
from dataclasses import replace

import pytest
import torch

from inceptionist_gui.engine.devices import CPU
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.engine.wishes import SLOPE, gradient, wish
from inceptionist_gui.recipe import ClassGoal, DirectionGoal, Goal, LayerGoal, NeuronGoal, Recipe, with_value
from tests.engine.conftest import TOY, ToyModule

OUTPUTS = torch.arange(2 * 2 * 3 * 4, dtype=torch.float32).reshape(2, 2, 3, 4)


def views() -> torch.Tensor:
    return torch.rand(3, 3, 16, 16, generator=torch.Generator().manual_seed(4))


def recipe(*goals: Goal, purity: float = 0.0) -> Recipe:
    return with_value(Recipe(goals=goals), "imagine.purity", purity)


def slope_of(network: LoadedNetwork, wanted: Recipe, *, first: bool = True) -> torch.Tensor:
    scales: defaultdict[Goal, LossScale] = defaultdict(LossScale)
    return gradient(views(), wanted, network, scales, first=first)


def test_a_class_counts_by_its_logit_or_by_its_odds(toy: LoadedNetwork) -> None:
    logits = torch.tensor([[1.0, 3.0], [2.0, 0.5]])
    goal = ClassGoal(label="level")
    assert float(wish(goal, logits, toy, 0.0)) == pytest.approx(1.75)
    assert float(wish(goal, logits, toy, 1.0)) == pytest.approx((2.0 - 1.5) / 2)


def test_a_neuron_counts_at_its_place_in_every_view(toy: LoadedNetwork) -> None:
    goal = NeuronGoal(layer="halves", channel=1, x=1.0, y=0.5)
    assert float(wish(goal, OUTPUTS, toy, 0.0)) == float(OUTPUTS[:, 1, 1, 3].mean())


def test_some_channels_count_by_their_mean_and_all_by_their_squares(toy: LoadedNetwork) -> None:
    assert float(wish(LayerGoal(layer="halves", channels=(0,)), OUTPUTS, toy, 0.0)) == float(OUTPUTS[:, 0].mean())
    assert float(wish(LayerGoal(layer="halves"), OUTPUTS, toy, 0.0)) == float(OUTPUTS.square().mean())


def test_a_direction_counts_what_points_its_way(toy: LoadedNetwork) -> None:
    goal = DirectionGoal(layer="halves", vector=(0.0, 2.0))
    along, across, against = (torch.tensor(v).reshape(1, 2, 1, 1) for v in ((0.0, 3.0), (3.0, 0.0), (0.0, -3.0)))
    assert float(wish(goal, along, toy, 0.0)) == pytest.approx(3.0)
    assert float(wish(goal, across, toy, 0.0)) == pytest.approx(0.0)
    assert float(wish(goal, against, toy, 0.0)) < 0.0


def test_the_gradient_is_that_of_the_wish(toy: LoadedNetwork) -> None:
    found = slope_of(toy, recipe(ClassGoal(label="level"), purity=0.5))
    step = 1e-3 * found / found.norm()
    before, after = (
        float(wish(ClassGoal(label="level"), toy.logits(shown), toy, 0.5)) for shown in (views(), views() + step)
    )
    assert after - before == pytest.approx(1e-3 * float(found.norm()), rel=0.05)


def test_classes_add_up_by_weight(toy: LoadedNetwork) -> None:
    both = slope_of(toy, recipe(ClassGoal(label="level"), ClassGoal(label="upright", weight=-0.5)))
    apart = slope_of(toy, recipe(ClassGoal(label="level"))) - 0.5 * slope_of(
        toy, recipe(ClassGoal(label="upright"))
    )
    torch.testing.assert_close(both, apart)


@pytest.mark.parametrize("goal", [LayerGoal(layer="edges"), DirectionGoal(layer="edges", vector=(1.0, 0.5))])
def test_other_goals_have_a_logits_slope_whatever_their_layer(toy: LoadedNetwork, goal: Goal) -> None:
    assert float(slope_of(toy, recipe(goal)).square().mean().sqrt()) == pytest.approx(SLOPE, rel=1e-3)


def test_a_network_that_joins_is_asked_for_classes_alone(toy: LoadedNetwork) -> None:
    wanted = recipe(ClassGoal(label="level"), LayerGoal(layer="edges"))
    torch.testing.assert_close(slope_of(toy, wanted, first=False), slope_of(toy, recipe(ClassGoal(label="level"))))
    assert not slope_of(toy, recipe(LayerGoal(layer="edges")), first=False).any()


def test_half_precision_points_the_same_way(toy: LoadedNetwork) -> None:
    half = LoadedNetwork.of(TOY, ToyModule(), replace(CPU, dtype=torch.float16))
    for goal in (ClassGoal(label="level"), LayerGoal(layer="edges")):
        exact, rough = slope_of(toy, recipe(goal)), slope_of(half, recipe(goal))
        assert rough.dtype == torch.float32
        assert float((rough - exact).norm()) < 0.02 * float(exact.norm())
