"""Goals as words on the command line."""

import re
from typing import Any

from pydantic import ValidationError

from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal, RecipeError
from inceptionist_gui.recipe.reading import explained

_NUMBERS = re.compile(r"\d{1,9}(,\d{1,9})*")


_NEURON = re.compile(r"([^:]+):(\d{1,9})(?:@(\d{1,3}(?:\.\d*)?),(\d{1,3}(?:\.\d*)?))?")


def layer_goal(text: str) -> Goal:
    """From NAME[:CHANNELS][=WEIGHT]. Raises RecipeError, as do the others."""
    name, weight = _weighted(text, "--layer")
    layer, colon, channels = name.partition(":")
    if colon and not _NUMBERS.fullmatch(channels):
        raise RecipeError(
            f"--layer {text}: {channels or 'nothing'} are no channels; write them as in blocks.3:4,7"
        )
    numbers = tuple(map(int, channels.split(","))) if colon else ()
    return _made("--layer", LayerGoal, layer=layer, channels=numbers, weight=weight)


def class_goal(text: str) -> Goal:
    """From NAME[=WEIGHT]."""
    name, weight = _weighted(text, "--class")
    return _made("--class", ClassGoal, label=name, weight=weight)


def neuron_goal(text: str) -> Goal:
    """From LAYER:CHANNEL[@X,Y][=WEIGHT], the place in percent of the picture; in the middle without one."""
    name, weight = _weighted(text, "--neuron")
    found = _NEURON.fullmatch(name)
    if found is None:
        raise RecipeError(f"--neuron {text}: not a neuron; write it as in blocks.4:7 or blocks.4:7@50,30")
    layer, channel, x, y = found.groups()
    place = {"x": float(x) / 100, "y": float(y) / 100} if x else {}
    return _made("--neuron", NeuronGoal, layer=layer, channel=int(channel), weight=weight, **place)


def _made(option: str, kind: type[LayerGoal | NeuronGoal | ClassGoal], **fields: Any) -> Goal:
    try:
        return kind(**fields)
    except ValidationError as error:
        raise RecipeError(explained(error, option)) from error


def _weighted(text: str, option: str) -> tuple[str, float]:
    name, equals, weight = (part.strip() for part in text.partition("="))
    try:
        number = float(weight) if equals else 1.0
    except ValueError:
        number = float("nan")
    if not name or not -2.0 <= number <= 2.0:
        raise RecipeError(f"{option} {text}: a name is expected, or name=weight with a weight from -2 to 2")
    return name, number
