"""The thread that looks: what networks say of a picture, and small pictures made beside it."""

import time
from collections.abc import Generator
from dataclasses import dataclass
from enum import StrEnum
from threading import Condition
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from PIL import Image
from PySide6.QtCore import QObject, QThread, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.networks import judge_of, network_named
from inceptionist_gui.media import Pixels, as_float32, as_uint8
from inceptionist_gui.render.heat import Floats, overlaid
from inceptionist_gui.session.background import line_of

if TYPE_CHECKING:
    from inceptionist_gui.engine.networks.loading import LoadedNetwork

TOP = 5
"""Classes that a network is asked for."""
_EVERY = 0.3
"""Seconds between two looks at a dream under way, at the least."""
_REST = 5.0
"""So many times as long as a look took, the dream is left alone: it loses a sixth at the most."""
_ENOUGH = 640
"""px; of the shorter side. No network looks at so much at the scale at which it was tested."""

Levels = npt.NDArray[np.uint8]
Steps = Generator[object, None, None]


class Method(StrEnum):
    """How evidence is found."""

    AREAS = "gradcam"
    POINTS = "input"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A class whose evidence is asked for."""

    label: str
    method: Method


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A picture to be looked at."""

    pixels: Pixels
    """Of any of a Picture's kinds."""
    network: str
    wish: DeviceName
    live: bool
    """Of a dream under way: there will soon be another."""
    wanted: Wanted | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a class stands with the two networks, from 0 to 1."""

    label: str
    own: float
    judge: float
    first: bool
    """It is what the judge holds likeliest."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the network and the judge say of a picture."""

    title: str
    judge: str
    standings: tuple[Standing, ...]
    """The network's likeliest classes, likeliest first; then the judge's likeliest, if that is another."""


@dataclass(frozen=True, slots=True, eq=False)
class Heat:
    """A picture with the evidence for a class laid over it."""

    wanted: Wanted
    pixels: Levels
    values: Floats
    """The evidence alone, from 0 to 1; of the pixels' height and width."""


@dataclass(frozen=True, slots=True, eq=False)
class Chore:
    """Long work: each step gives something, and is the point at which it can be stopped."""

    name: str
    """A new one takes the place of the last of its name."""
    steps: Steps


class Looker(QThread):
    """Looks at the newest picture, and does chores while nothing is dreamed, the newest first.

    Every method may be called from the window's thread and returns at once.
    """

    opined = Signal(object)
    """An Opinion."""
    heated = Signal(object)
    """A Heat."""
    stepped = Signal(object, object)
    """A Chore, and what a step of it gave."""
    failed = Signal(object, str)
    """A Chore, or None where it was a look; and one line."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changed = Condition()
        self._sight: Sight | None = None
        self._chores: dict[str, Chore] = {}
        self._given_up: list[Chore] = []
        self._resting = False
        self._leaving = False
        self._next_look = 0.0
        """When a dream under way may be looked at again."""

    def look(self, sight: Sight | None) -> None:
        """Looks at this in place of what has not been looked at yet."""
        with self._changed:
            self._sight = sight
            self._wake()

    def begin(self, chore: Chore) -> None:
        """Does this before older chores."""
        with self._changed:
            self._drop(chore.name)
            self._chores[chore.name] = chore
            self._wake()

    def drop(self, name: str) -> None:
        """Nothing more comes of the chore of that name but a step under way."""
        with self._changed:
            self._drop(name)
            self._changed.notify()

    def rest(self, on: bool) -> None:
        """Whether chores wait: a dream is under way and wants the machine for itself."""
        with self._changed:
            self._resting = on
            self._changed.notify()

    def leave(self) -> None:
        """Ends the thread and waits for it: at most one look, or one step of a chore."""
        with self._changed:
            self._leaving = True
            self._changed.notify()
        self.wait()

    def _wake(self) -> None:
        # Only now: whoever never looks has no thread for it.
        if not self._leaving and not self.isRunning():
            self.start()
        self._changed.notify()

    def _drop(self, name: str) -> None:
        chore = self._chores.pop(name, None)
        if chore is not None:
            # It may be in mid-step: its own thread closes it.
            self._given_up.append(chore)

    def run(self) -> None:
        while (work := self._next()) is not None:
            if isinstance(work, Sight):
                self._look(work)
            else:
                self._step(work)
        for chore in (*self._given_up, *self._chores.values()):
            chore.steps.close()

    def _next(self) -> Sight | Chore | None:
        with self._changed:
            while not self._leaving:
                self._close_given_up()
                left = self._next_look - time.monotonic()
                sight = self._sight
                if sight is not None and (left <= 0.0 or not sight.live):
                    self._sight = None
                    return sight
                if self._chores and not self._resting:
                    return list(self._chores.values())[-1]
                self._changed.wait(None if sight is None else left)
            return None

    def _close_given_up(self) -> None:
        for chore in self._given_up:
            chore.steps.close()
        self._given_up.clear()

    # Looks

    def _look(self, sight: Sight) -> None:
        began = time.monotonic()
        try:
            self._tell(sight)
        except Exception as error:  # noqa: BLE001  A thread that dies in silence would leave a dead panel.
            self.failed.emit(None, line_of(error))
        now = time.monotonic()
        self._next_look = now + max(_EVERY, _REST * (now - began))

    def _tell(self, sight: Sight) -> None:
        levels = reduced(sight.pixels)
        network = loaded(sight.network, sight.wish)
        if sight.wanted is not None:
            self.heated.emit(_heat(levels, network, sight.wanted))
        self.opined.emit(_opinion(levels, network, loaded(judge_of(network.description).name, sight.wish)))

    # Chores

    def _step(self, chore: Chore) -> None:
        try:
            self.stepped.emit(chore, next(chore.steps))
        except StopIteration:
            self._forget(chore)
        except Exception as error:  # noqa: BLE001  As above.
            self._forget(chore)
            self.failed.emit(chore, line_of(error))

    def _forget(self, chore: Chore) -> None:
        with self._changed:
            if self._chores.get(chore.name) is chore:
                del self._chores[chore.name]


def loaded(network: str, wish: DeviceName) -> "LoadedNetwork":
    """The network, on the device that dreams run on, so that both share it. Not for the window's thread."""
    # Here and not above: torch takes seconds to load.
    from inceptionist_gui.engine.devices import chosen
    from inceptionist_gui.engine.networks.loading import load

    return load(network_named(network), chosen(wish))


def reduced(pixels: Pixels) -> Levels:
    """At 8 bits, and no larger than a look needs."""
    levels = as_uint8(pixels)
    factor = min(levels.shape[:2]) // _ENOUGH
    return levels if factor < 2 else np.asarray(Image.fromarray(levels).reduce(factor))


def _heat(levels: Levels, network: "LoadedNetwork", wanted: Wanted) -> Heat:
    from inceptionist_gui.engine.evidence import grad_cam, gradient_times_input

    found = grad_cam if wanted.method is Method.AREAS else gradient_times_input
    heat = found(as_float32(levels), network, wanted.label)
    return Heat(wanted, overlaid(levels, heat), heat)


def _opinion(levels: Levels, network: "LoadedNetwork", judge: "LoadedNetwork") -> Opinion:
    from inceptionist_gui.engine.evidence import answers

    photo, labels = as_float32(levels), network.description.classes.labels
    own, other = (answers(photo, each).softmax(0).tolist() for each in (network, judge))
    # The two may order their classes differently.
    judged = dict(zip(judge.description.classes.labels, other, strict=True))
    first = max(judged, key=lambda label: judged[label])
    best = sorted(range(len(labels)), key=lambda i: own[i], reverse=True)[:TOP]
    rows = [(labels[i], own[i]) for i in best]
    if first not in dict(rows):
        index = network.description.classes.index(first)
        rows.append((first, 0.0 if index is None else own[index]))
    standings = tuple(Standing(name, share, judged.get(name, 0.0), name == first) for name, share in rows)
    return Opinion(network.description.title, judge.description.title, standings)
