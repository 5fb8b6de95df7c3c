"""What is to grow: a number that each goal gives a picture, and the direction in which the mix of them grows."""

import random
from collections.abc import Sequence

import torch
from torch import Tensor

from inceptionist_gui.engine.compile import Compiled
from inceptionist_gui.engine.memory import Budget
from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.taps import LOGITS
from inceptionist_gui.engine.tiles import Place, bytes_per_pixel, context_for, grid_for, places
from inceptionist_gui.engine.transforms import reflected_window, root_mean_square
from inceptionist_gui.errors import lacks_memory
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal

_NOTHING = 1e-4
"""Share of the goals' weights; a mix of gradients below it points nowhere."""


def tap_of(goal: Goal) -> str:
    """The layer whose outputs the goal looks at."""
    return LOGITS if isinstance(goal, ClassGoal) else goal.layer


def value(goal: Goal, outputs: Tensor, network: Network, picture: Tensor, place: Place) -> Tensor:
    """The scalar that the goal wants to grow, its weight left out, for one tile of the picture.

    The values of all tiles add up to the picture's.
    """
    match goal:
        case ClassGoal():
            # The logit is a mean over the window; times the area, tiles of any size count alike.
            return outputs[0, network.class_index(goal.label)] * (place.window[0] * place.window[1])
        case NeuronGoal():
            return _neuron(goal, outputs, network.layer(goal.layer).stride, picture, place)
        case LayerGoal():
            chosen = outputs[:, list(goal.channels)] if goal.channels else outputs
            return chosen.square().sum() / 2


def direction(
    picture: Tensor,
    goals: Sequence[Goal],
    network: LoadedNetwork,
    *,
    jitter: int,
    chance: random.Random,
    budget: Budget,
) -> Tensor:
    """Where the picture should move for the goals to grow; both of shape (1, 3, height, width).

    It is seen through windows shifted at random by up to `jitter` pixels, mirrored beyond its borders: a circular
    shift would bleed one edge into the other. Each goal's gradient is brought to unit RMS over the whole picture
    before its weight is applied, so that weights mean what they say whatever the layer. The network's activations
    take about as much memory as the budget allows; where that is not to be had after all, the budget is halved
    and the tiles are smaller.
    """
    while True:
        try:
            return _mixed(goals, _tiled(picture, goals, network, jitter, chance, budget.size))
        except (RuntimeError, MemoryError) as error:
            if not lacks_memory(error) or not budget.halve():
                raise


def _tiled(
    picture: Tensor, goals: Sequence[Goal], network: LoadedNetwork, jitter: int, chance: random.Random, memory: int
) -> Sequence[Tensor]:
    """Each goal's gradient over the whole picture."""
    names = sorted({tap_of(goal) for goal in goals})
    context, pixels = context_for(network.description, names), memory / bytes_per_pixel(network.description, names)
    size = picture.shape[-2], picture.shape[-1]
    grid = grid_for(size, pixels, context, jitter)
    run = network.compiled(names)
    gradients = [torch.zeros_like(picture) for _ in goals]
    for place in places(size, grid, context, jitter, chance):
        for whole, part in zip(gradients, _gradients(picture, goals, network, run, place), strict=True):
            whole[..., place.rows, place.columns] = part
    return gradients


def _mixed(goals: Sequence[Goal], gradients: Sequence[Tensor]) -> Tensor:
    total = torch.zeros_like(gradients[0])
    for goal, gradient in zip(goals, gradients, strict=True):
        total.add_(gradient, alpha=goal.weight / float(root_mean_square(gradient)))
    wanted = sum(abs(goal.weight) for goal in goals)
    # Goals that cancel leave rounding errors, which must not be made a step of full length.
    return total if float(root_mean_square(total)) > _NOTHING * wanted else torch.zeros_like(total)


def _gradients(
    picture: Tensor, goals: Sequence[Goal], network: LoadedNetwork, run: Compiled, place: Place
) -> Sequence[Tensor]:
    """Each goal's gradient over one tile, in the tile's size."""
    window = reflected_window(picture, place.row - place.top, place.column - place.left, place.window)
    # The leaf is what the network takes: the way back through the normalisation is one division, done below.
    leaf = network.normalised(window).requires_grad_()
    with torch.enable_grad():
        outputs = run(leaf)
        values = [value(goal, outputs[tap_of(goal)], network.description, picture, place) for goal in goals]
    rows, columns = place.inner
    gradients = []
    for index, grown in enumerate(values):
        (gradient,) = torch.autograd.grad(grown, leaf, retain_graph=index + 1 < len(values))
        gradients.append(gradient[..., rows, columns] / network.deviation)
    return gradients


def _neuron(goal: NeuronGoal, outputs: Tensor, stride: int, picture: Tensor, place: Place) -> Tensor:
    """The neuron's output where its place lies in this tile; elsewhere a zero that still has a gradient."""
    y, x = goal.y * (picture.shape[-2] - 1), goal.x * (picture.shape[-1] - 1)
    if not (place.rows.start <= int(y) < place.rows.stop and place.columns.start <= int(x) < place.columns.stop):
        return outputs.sum() * 0.0
    row = int((y - place.row + place.top) / stride)
    column = int((x - place.column + place.left) / stride)
    return outputs[0, goal.channel, min(row, outputs.shape[-2] - 1), min(column, outputs.shape[-1] - 1)]
