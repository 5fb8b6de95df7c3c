"""What the network is asked to amplify."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from inceptionist_gui.recipe.packed import Guide, Mask
from inceptionist_gui.words import _

MOST_CHANNELS = 4096
MOST_GOALS = 16

Weight = Annotated[float, Field(ge=-2.0, le=2.0, allow_inf_nan=False)]
Relative = Annotated[float, Field(ge=0.0, le=1.0, allow_inf_nan=False)]
LayerName = Annotated[str, Field(min_length=1, max_length=200)]
Channel = Annotated[int, Field(ge=0, lt=1_000_000)]

Component = Annotated[float, Field(allow_inf_nan=False, ge=-1e6, le=1e6)]


class _Goal(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    weight: Weight = 1.0
    """Its share in the mix; each goal's gradient has unit RMS before this. Below zero it is avoided."""
    muted: bool = False
    """It does not count for now."""
    solo: bool = False
    """While any goal has this, those without it do not count."""
    mask: Mask | None = None
    """Where it counts, and how strongly; None is everywhere."""


class LayerGoal(_Goal):
    """The mean square of a layer's outputs, or of some of its channels."""

    kind: Literal["layer"] = "layer"
    layer: LayerName
    channels: Annotated[tuple[Channel, ...], Field(max_length=MOST_CHANNELS)] = ()
    """Empty means all."""


class NeuronGoal(_Goal):
    """One channel of a layer at one place of the picture."""

    kind: Literal["neuron"] = "neuron"
    layer: LayerName
    channel: Channel
    x: Relative = 0.5
    """0 is the left edge of the picture, 1 the right."""
    y: Relative = 0.5
    """0 is the top edge of the picture, 1 the bottom."""


class ClassGoal(_Goal):
    """The logit of a class."""

    kind: Literal["class"] = "class"
    label: Annotated[str, Field(min_length=1, max_length=200)]
    """A class name as `inceptionist classes` lists it."""


class DirectionGoal(_Goal):
    """How strongly and how exactly a layer's outputs point one way: that of a few pictures' mean activation.

    `engine.directions.direction_of` makes it of pictures.
    """

    kind: Literal["direction"] = "direction"
    layer: LayerName
    vector: Annotated[tuple[Component, ...], Field(min_length=1, max_length=MOST_CHANNELS)]
    """One number for each of the layer's channels; its length does not matter."""
    name: Annotated[str, Field(max_length=200)] = ""
    """What the pictures were, as a list shows it."""


class GuideGoal(_Goal):
    """A layer's outputs, each drawn to that of the guide picture's which it resembles most.

    After Mordvintsev, Olah and Tyka 2015, "Inceptionism": the guided dream.
    """

    kind: Literal["guide"] = "guide"
    layer: LayerName
    picture: Guide
    name: Annotated[str, Field(max_length=200)] = ""
    """What the picture was, as a list shows it."""


Goal = Annotated[LayerGoal | NeuronGoal | ClassGoal | DirectionGoal | GuideGoal, Field(discriminator="kind")]


def counting(goals: Sequence[Goal]) -> tuple[Goal, ...]:
    """The goals that count: those that are solo where any is, else those that are not muted."""
    solo = tuple(goal for goal in goals if goal.solo)
    return solo or tuple(goal for goal in goals if not goal.muted)


def described(goal: Goal) -> str:
    """A goal in a few words, as a list or an undo menu shows it."""
    match goal:
        case GuideGoal():
            return _("{layer}, guided by {name}").format(layer=goal.layer, name=goal.name or _("a picture"))
        case DirectionGoal():
            return _("{layer}, like {name}").format(layer=goal.layer, name=goal.name or _("pictures"))
        case ClassGoal():
            return goal.label
        case NeuronGoal():
            return _("{layer}, neuron {number}").format(layer=goal.layer, number=goal.channel)
        case LayerGoal(channels=()):
            return goal.layer
        case LayerGoal(channels=(only,)):
            return _("{layer}, channel {number}").format(layer=goal.layer, number=only)
    return _("{layer}, {count} channels").format(layer=goal.layer, count=len(goal.channels))
