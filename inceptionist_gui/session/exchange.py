"""What passes between the window's thread and the one that dreams: frozen data and finished arrays."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.restoring import Composed


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A dream that was asked for."""

    generation: int
    """Counts the dreams of a session; what comes from an older one than the newest is dropped."""
    recipe: Recipe
    photo: Picture | None
    wish: DeviceName = DeviceName.AUTO


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a dream stands."""

    octave: int
    octaves: int
    iteration: int
    iterations: int
    done: float
    """From 0 to 1."""
    seconds_left: float | None
    """None while nothing can be said yet."""


@dataclass(frozen=True, slots=True, eq=False)
class Before:
    """What a dream started from, at the size of its views."""

    generation: int
    pixels: npt.NDArray[np.uint8]
    """Shape (height, width, 3), sRGB."""


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """A frame as the canvas shows it."""

    generation: int
    recipe: Recipe
    """With which this frame was made."""
    progress: Progress
    pixels: npt.NDArray[np.uint8]
    """Shape (height, width, 3), sRGB."""


@dataclass(frozen=True, slots=True, eq=False)
class Result:
    """The picture of a dream as it stood when it was asked for, or at its end."""

    generation: int
    picture: Picture
    whole: bool
    """The dream went to its end."""
    composed: Composed | None = None
    """What the picture is put together of."""
