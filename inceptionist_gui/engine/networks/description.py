"""What a network says of itself before it is loaded: its layers, its classes, its needs. No torch."""

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from inceptionist_gui.engine.networks.classes import Classes
from inceptionist_gui.errors import UserError
from inceptionist_gui.words import _

Kind = Literal["stage", "block", "layer"]


class UnknownNameError(UserError):
    """A network, layer, channel or class that is not there; the line offers the nearest."""


@dataclass(frozen=True, slots=True)
class Layer:
    """A named output of a network: a stage, one of its blocks, or a layer within."""

    name: str
    kind: Kind
    tells: str
    """What it is or brings out, in an artist's words."""
    channels: int
    stride: int
    """Pixels of the picture from one of its outputs to the next."""
    receptive_field: int
    """Pixels of the picture, across, that one of its outputs can see."""
    children: tuple["Layer", ...] = ()

    def walk(self) -> Iterator["Layer"]:
        """This layer and all within, outermost first."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Network:
    """A network's description."""

    name: str
    title: str
    tells: str
    stages: tuple[Layer, ...]
    """In forward order; each ends where the next begins."""
    mean: tuple[float, float, float]
    """What is taken from sRGB in [0, 1], per colour, before the division by `deviation`."""
    deviation: tuple[float, float, float]
    least_size: int
    """Pixels; a picture with a shorter side has nothing to say to this network."""
    input_size: int
    """Pixels; the side of the square pictures on which it was trained to name classes."""
    megabytes: int
    licence: str
    classes: Classes

    @cached_property
    def _by_name(self) -> dict[str, Layer]:
        return {layer.name: layer for stage in self.stages for layer in stage.walk()}

    def layers(self) -> Iterator[Layer]:
        """Every layer, in forward order, each stage before its blocks and each block before its layers."""
        yield from self._by_name.values()

    def innermost(self, names: Sequence[str]) -> Sequence[Layer]:
        """The layers that hold no others, in forward order, up to the last named; a strange name means all."""
        innermost = [layer for layer in self.layers() if not layer.children]
        if any(name not in self._by_name for name in names):
            return innermost
        ends = [innermost.index(list(self.layer(name).walk())[-1]) for name in names]
        return innermost[: max(ends) + 1]

    def layer(self, name: str) -> Layer:
        """Raises UnknownNameError, offering the nearest names."""
        try:
            return self._by_name[name]
        except KeyError:
            raise UnknownNameError(
                _("layer {name}: {title} has none of that name{names}").format(
                    name=name, title=self.title, names=nearest(name, self._by_name)
                )
            ) from None

    def checked_channel(self, layer: str, channel: int) -> int:
        """The channel's number. Raises UnknownNameError when the layer has no such channel."""
        count = self.layer(layer).channels
        if not 0 <= channel < count:
            raise UnknownNameError(
                _("channel {channel} of {layer}: it has channels 0 to {count}").format(
                    channel=channel, layer=layer, count=count - 1
                )
            )
        return channel

    def class_index(self, label: str) -> int:
        """The number of the class of that name. Raises UnknownNameError, offering the nearest names."""
        index = self.classes.index(label)
        if index is None:
            names = self.classes.labels
            raise UnknownNameError(
                _("class {label}: {title} knows none of that name{names}").format(
                    label=label, title=self.title, names=nearest(label, names)
                )
            )
        return index


def nearest(name: str, names: "dict[str, Layer] | tuple[str, ...]") -> str:
    """The end of a message that offers the names most like this one; empty where none is."""
    by_fold = {candidate.casefold(): candidate for candidate in names}
    close = difflib.get_close_matches(name.casefold(), by_fold, n=3, cutoff=0.5)
    return _("; nearest are {names}").format(names=", ".join(by_fold[fold] for fold in close)) if close else ""
