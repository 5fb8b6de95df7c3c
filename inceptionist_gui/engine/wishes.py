"""What goals say of several views of an imagined picture."""

from collections.abc import Mapping

import torch
from torch import Tensor

from inceptionist_gui.engine.guide import guided
from inceptionist_gui.engine.means import root_mean_square
from inceptionist_gui.engine.networks.loading import LoadedNetwork
from inceptionist_gui.engine.objectives import pointing, tap_of
from inceptionist_gui.engine.scaling import LossScale
from inceptionist_gui.recipe import (
    ClassGoal,
    DirectionGoal,
    Goal,
    GuideGoal,
    LayerGoal,
    NeuronGoal,
    Recipe,
    counting,
)

SLOPE = 1e-4
"""RMS of a logit's gradient for the views' pixels, about; what other goals are brought to, so that the priors
weigh alike against all."""


def wish(goal: Goal, outputs: Tensor, network: LoadedNetwork, purity: float) -> Tensor:
    """The scalar that the goal wants to grow, its weight left out: a mean over the views.

    A class counts by its logit, less a share of what the others come to together: at a `purity` of 1 that is the
    logarithm of its odds. Some channels of a layer count by their mean (Olah et al. 2017): by their
    squares, as in a dream, what is farthest from them would count as well. All channels count by their squares.
    """
    outputs = outputs.float()
    match goal:
        case ClassGoal():
            return _apart(outputs, network.description.class_index(goal.label), purity)
        case NeuronGoal():
            height, width = outputs.shape[2:]
            return outputs[:, goal.channel, int(goal.y * (height - 1)), int(goal.x * (width - 1))].mean()
        case LayerGoal():
            return outputs[:, list(goal.channels)].mean() if goal.channels else outputs.square().mean()
        case DirectionGoal():
            return pointing(outputs, goal.vector).mean()
        case GuideGoal():
            return guided(outputs, goal, network).mean()


def _apart(logits: Tensor, index: int, purity: float) -> Tensor:
    others = torch.cat((logits[:, :index], logits[:, index + 1 :]), 1)
    return (logits[:, index] - purity * others.logsumexp(1)).mean()


def gradient(
    views: Tensor,
    recipe: Recipe,
    network: LoadedNetwork,
    scales: Mapping[Goal, LossScale],
    *,
    first: bool,
) -> Tensor:
    """Where the views should move for the goals to grow; of their shape, float32, on the network's device.

    A network that is not the first is asked for classes alone: layers are the first's own. A class counts by its
    logit, as it is; the other goals at a logit's usual slope.
    """
    asked = [goal for goal in counting(recipe.goals) if first or isinstance(goal, ClassGoal)]
    leaf = network.normalised(views).requires_grad_()
    total = torch.zeros(leaf.shape, device=leaf.device)
    if not asked:
        return total
    with torch.enable_grad():
        outputs = network.compiled({tap_of(goal) for goal in asked})(leaf)
        wishes = [wish(goal, outputs[tap_of(goal)], network, recipe.imagine.purity) for goal in asked]
    for index, (goal, grown) in enumerate(zip(asked, wishes, strict=True)):
        found = scales[goal].gradient(grown, leaf, retain_graph=index + 1 < len(wishes)) / network.deviation
        if not isinstance(goal, ClassGoal):
            found = found * (SLOPE / root_mean_square(found))
        total = total + goal.weight * found
    return total
