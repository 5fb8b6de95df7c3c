import random

import pytest
import torch

from inceptionist_gui.engine.means import root_mean_square
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal
from tests.engine.directed import directed


@pytest.fixture
def picture() -> torch.Tensor:
    return torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(3))


def towards(toy: LoadedNetwork, picture: torch.Tensor, *goals: Goal, jitter: int = 0) -> torch.Tensor:
    return directed(picture, goals, toy, jitter=jitter, chance=random.Random(1))


def strengths(toy: LoadedNetwork, picture: torch.Tensor) -> torch.Tensor:
    return toy.logits(picture)[0]


@pytest.mark.parametrize(
    ("goal", "grown"),
    [
        (LayerGoal(layer="edges", channels=(0,)), 0),
        (LayerGoal(layer="halves", channels=(1,)), 1),
        (ClassGoal(label="upright"), 0),
        (ClassGoal(label="Level"), 1),
    ],
)
def test_a_step_towards_a_goal_makes_it_grow(
    toy: LoadedNetwork, picture: torch.Tensor, goal: Goal, grown: int
) -> None:
    moved = picture + 0.01 * towards(toy, picture, goal)
    gain = strengths(toy, moved) - strengths(toy, picture)
    assert gain[grown] > 0
    assert gain[grown] > 2 * gain[1 - grown].abs()


def test_a_whole_layer_is_all_its_channels(toy: LoadedNetwork, picture: torch.Tensor) -> None:
    both = towards(toy, picture, LayerGoal(layer="edges", channels=(0, 1)))
    torch.testing.assert_close(towards(toy, picture, LayerGoal(layer="edges")), both)


def test_a_negative_weight_turns_away(toy: LoadedNetwork, picture: torch.Tensor) -> None:
    away = towards(toy, picture, ClassGoal(label="upright", weight=-1.0))
    torch.testing.assert_close(away, -towards(toy, picture, ClassGoal(label="upright")))


def test_weights_mean_what_they_say_whatever_the_layers_scale(toy: LoadedNetwork, picture: torch.Tensor) -> None:
    edges, label = LayerGoal(layer="edges", weight=0.5), ClassGoal(label="level", weight=2.0)
    alone = [towards(toy, picture, goal) for goal in (edges, label)]
    torch.testing.assert_close(towards(toy, picture, edges, label), alone[0] + alone[1])
    assert [round(float(root_mean_square(part)), 4) for part in alone] == [0.5, 2.0]


@pytest.mark.parametrize(("x", "y", "at"), [(1.0, 0.0, (0, 15)), (0.0, 1.0, (15, 0)), (0.5, 0.5, (7, 7))])
@pytest.mark.parametrize("jitter", [0, 5])
def test_a_neuron_draws_only_where_it_looks(
    toy: LoadedNetwork, picture: torch.Tensor, x: float, y: float, at: tuple[int, int], jitter: int
) -> None:
    drawn = towards(toy, picture, NeuronGoal(layer="halves", channel=0, x=x, y=y), jitter=jitter)
    touched = drawn.abs().sum(1)[0].nonzero()
    assert len(touched)
    assert (touched - torch.tensor(at)).abs().max() <= 3


def test_goals_that_cancel_leave_the_picture_alone(toy: LoadedNetwork, picture: torch.Tensor) -> None:
    for_and_against = (LayerGoal(layer="edges"), LayerGoal(layer="edges", weight=-1.0))
    assert not towards(toy, picture, *for_and_against).any()
