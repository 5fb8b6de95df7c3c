"""What is to grow: a number that each goal gives a picture, and the direction in which the mix of them grows."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.engine.taps import LOGITS, Taps
from inceptionist_gui.engine.transforms import root_mean_square
from inceptionist_gui.recipe import ClassGoal, Goal, NeuronGoal


@dataclass(frozen=True, slots=True)
class Place:
    """Where the picture lies in the window that the network sees, in pixels of the window."""

    top: int
    left: int
    size: Size

    def cut(self, window: Tensor) -> Tensor:
        """The picture's part of a tensor of the window's size."""
        height, width = self.size
        return window[..., self.top : self.top + height, self.left : self.left + width]


def tap_of(goal: Goal) -> str:
    """The layer whose outputs the goal looks at."""
    return LOGITS if isinstance(goal, ClassGoal) else goal.layer


def value(goal: Goal, taps: Taps, network: Network, place: Place) -> Tensor:
    """The scalar that the goal wants to grow, its weight left out."""
    outputs = taps[tap_of(goal)]
    match goal:
        case ClassGoal():
            return outputs[0, network.class_index(goal.label)]
        case NeuronGoal():
            row, column = _neuron(goal, place, network.layer(goal.layer).stride, outputs)
            return outputs[0, goal.channel, row, column]
    chosen = outputs[:, list(goal.channels)] if goal.channels else outputs
    return chosen.square().mean() / 2


def direction(goals: Sequence[Goal], network: LoadedNetwork, taps: Taps, window: Tensor, place: Place) -> Tensor:
    """Where the picture should move for the goals to grow, in the picture's own size.

    Each goal's gradient is brought to unit RMS over the picture before its weight is applied, so that
    weights mean what they say whatever the layer.
    """
    leaf = window.detach().requires_grad_()
    with torch.enable_grad():
        taps.run(network.normalised(leaf))
        values = [value(goal, taps, network.description, place) for goal in goals]
    total = torch.zeros_like(place.cut(window))
    for index, (goal, grown) in enumerate(zip(goals, values, strict=True)):
        (gradient,) = torch.autograd.grad(grown, leaf, retain_graph=index + 1 < len(values))
        inner = place.cut(gradient)
        total.add_(inner, alpha=goal.weight / float(root_mean_square(inner)))
    return total


def _neuron(goal: NeuronGoal, place: Place, stride: int, outputs: Tensor) -> tuple[int, int]:
    height, width = place.size
    row = int((place.top + goal.y * (height - 1)) / stride)
    column = int((place.left + goal.x * (width - 1)) / stride)
    return min(row, outputs.shape[-2] - 1), min(column, outputs.shape[-1] - 1)
