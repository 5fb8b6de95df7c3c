import pytest
import torch

from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.objectives import Place, direction, tap_of
from inceptionist_gui.engine.taps import tapped
from inceptionist_gui.engine.transforms import root_mean_square
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal

WHOLE = Place(0, 0, (16, 16))


@pytest.fixture
def picture() -> torch.Tensor:
    return torch.rand(1, 3, 16, 16, generator=torch.Generator().manual_seed(3))


def towards(toy: LoadedNetwork, picture: torch.Tensor, *goals: Goal, place: Place = WHOLE) -> torch.Tensor:
    with tapped(toy.module, {tap_of(goal) for goal in goals}) as taps:
        return direction(goals, toy, taps, picture, place)


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


def test_a_neuron_draws_only_where_it_looks(toy: LoadedNetwork, picture: torch.Tensor) -> None:
    drawn = towards(toy, picture, NeuronGoal(layer="edges", channel=0, x=1.0, y=0.0))
    touched = drawn.abs().sum(1)[0].nonzero()
    assert touched.tolist() == [[0, 14], [1, 14]] or set(map(tuple, touched.tolist())) <= {
        (row, column) for row in (0, 1) for column in (14, 15)
    }
    assert len(touched)


def test_a_neurons_place_is_the_pictures_not_the_windows(toy: LoadedNetwork, picture: torch.Tensor) -> None:
    place = Place(4, 6, (8, 8))
    drawn = towards(toy, picture, NeuronGoal(layer="halves", channel=0, x=0.0, y=0.0), place=place)
    assert drawn.shape == (1, 3, 8, 8)
    assert drawn.abs().sum(1)[0].nonzero().max() <= 2
