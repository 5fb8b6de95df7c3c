"""Whether a recipe fits a network, known before the network is loaded. No torch."""

from inceptionist_gui.engine.networks.catalogue import network_named
from inceptionist_gui.engine.networks.description import Network
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal, Recipe


def check(recipe: Recipe) -> Network:
    """The recipe's network. Raises UnknownNameError for what is not there: network, layer, channel or class."""
    network = network_named(recipe.network)
    for goal in recipe.goals:
        _check_goal(goal, network)
    return network


def _check_goal(goal: Goal, network: Network) -> None:
    match goal:
        case ClassGoal():
            network.class_index(goal.label)
        case NeuronGoal():
            network.checked_channel(goal.layer, goal.channel)
        case LayerGoal():
            network.layer(goal.layer)
            for channel in goal.channels:
                network.checked_channel(goal.layer, channel)
