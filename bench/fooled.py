"""Whether a network is fooled by a change that nobody sees, in the file as it is saved, and its judge is not."""

from itertools import product
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt
from skimage import data

from bench.figure import Figure, at_least, at_most
from inceptionist_gui.engine.fool import Fooled
from inceptionist_gui.media import Picture, read_picture, write_picture
from inceptionist_gui.recipe import Fool, Mode, Recipe
from inceptionist_gui.render.fooling import outcome
from inceptionist_gui.render.still import dreaming, finished

PHOTOS = ("astronaut", "camera", "chelsea", "coffee", "rocket")
CLASSES = ("banana", "goldfish")
BOUND = 4.0
"""Levels of 8 bits."""


def measure() -> list[Figure]:
    found = [_fooled(_photo(name), label) for name, label in product(PHOTOS, CLASSES)]
    share = sum(each.turned for each in found) / len(found)
    return [
        at_least(f"fooled: share turned within {BOUND:g}/255, after saving as PNG", share, "", 0.9),
        at_most("fooled: median of the least bound", median(each.largest for each in found), "/255", BOUND),
        at_least("fooled: judge's median rank of the class", median(e.result[1].rank for e in found), "", 50),
    ]


def _fooled(photo: npt.NDArray[np.uint8], label: str) -> Fooled:
    recipe, picture = Recipe(mode=Mode.FOOL, fool=Fool(label=label, bound=BOUND)), Picture(photo)
    frame = list(dreaming(recipe, picture))[-1]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "fooled.png"
        write_picture(finished(frame.floats(), recipe, picture), path)
        return outcome(picture, read_picture(path).pixels, recipe)


def _photo(name: str) -> npt.NDArray[np.uint8]:
    pixels: npt.NDArray[np.uint8] = getattr(data, name)()
    return pixels if pixels.ndim == 3 else np.repeat(pixels[..., None], 3, axis=2)
