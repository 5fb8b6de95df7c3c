"""Whether a recipe fits a network, known before the network is loaded. No torch."""

from inceptionist_gui.engine.networks.catalogue import network_named
from inceptionist_gui.engine.networks.description import Network, UnknownNameError
from inceptionist_gui.recipe import ClassGoal, DirectionGoal, Goal, GuideGoal, LayerGoal, Mode, NeuronGoal, Recipe
from inceptionist_gui.words import _


def check(recipe: Recipe) -> Network:
    """The recipe's network. Raises UnknownNameError for what is not there: network, layer, channel or class."""
    network = network_named(recipe.network)
    for goal in recipe.goals:
        _check_goal(goal, network)
    if recipe.mode is Mode.IMAGINE:
        _check_others(recipe)
    if recipe.mode is Mode.FOOL:
        network.class_index(recipe.fool.label)
    return network


def _check_others(recipe: Recipe) -> None:
    """The networks that join must be there and know the classes."""
    for name in recipe.imagine.networks:
        other = network_named(name)
        for goal in recipe.goals:
            if isinstance(goal, ClassGoal):
                other.class_index(goal.label)


def _check_goal(goal: Goal, network: Network) -> None:
    match goal:
        case ClassGoal():
            network.class_index(goal.label)
        case NeuronGoal():
            network.checked_channel(goal.layer, goal.channel)
        case GuideGoal():
            network.layer(goal.layer)
        case LayerGoal():
            network.layer(goal.layer)
            for channel in goal.channels:
                network.checked_channel(goal.layer, channel)
        case DirectionGoal():
            count, wanted = network.layer(goal.layer).channels, len(goal.vector)
            if count != wanted:
                raise UnknownNameError(
                    _("direction of {layer}: {wanted} numbers; {title} has {count}").format(
                        layer=goal.layer, wanted=wanted, title=network.title, count=count
                    )
                )
