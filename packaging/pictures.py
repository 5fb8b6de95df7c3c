"""Makes the pictures that ship or stand in the documentation, with the program itself.

`python packaging/pictures.py thumbnails` dreams the presets' thumbnails into `resources/presets/`;
`python packaging/pictures.py readme` the three dreams of the README into `docs/`, and
`python packaging/pictures.py imagined` the sheet of imagined classes beside them. The photos are scikit-image's
(chelsea, coffee and rocket, all CC0 or public domain).
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps
from skimage import data

from inceptionist_gui.media import Picture, as_uint8, write_picture
from inceptionist_gui.recipe import ClassGoal, Mode, Preset, Recipe, preset_named, presets
from inceptionist_gui.render.still import dreaming, finished

ROOT = Path(__file__).resolve().parent.parent
DREAMED = 448
"""px; the longer side of a thumbnail's dream, so that forms are neither crowded nor cut off."""
THUMBNAIL = (240, 180)
"""px; width and height, the size at which the shelf shows them on a dense screen."""
CLASSES = (
    "banana", "dumbbell", "starfish", "goldfish", "ant", "anemone fish", "parachute", "screw", "measuring cup",
    "bee", "hen", "ladybug", "daisy", "lemon", "jellyfish", "volcano", "mosque", "tarantula", "school bus",
    "broccoli",
)  # fmt: skip
"""Those of the bench, in its order."""
IMAGINED = 288
"""px; of an imagined picture's side."""
COLUMNS, GAP = 5, 8
"""Of the sheet; the gap in px."""
README = (("rocket", "knots"), ("chelsea", "eyes"), ("coffee", "hounds"))


def thumbnails() -> None:
    photo = _photo("chelsea")
    for preset in presets():
        picture = _dreamed(photo, preset, DREAMED)
        small = _reduced(picture, *THUMBNAIL)
        write_picture(small, ROOT / "resources" / "presets" / f"{preset.name}.jpg", quality=85)


def readme() -> None:
    for photo, preset in README:
        picture = _dreamed(_photo(photo), preset_named(preset), 768)
        write_picture(picture, ROOT / "docs" / f"{photo}-{preset}.jpg", quality=88)


def imagined() -> None:
    pictures = [_imagined(label) for label in CLASSES]
    side, rows = IMAGINED + GAP, -(-len(pictures) // COLUMNS)
    sheet = np.full((rows * side - GAP, COLUMNS * side - GAP, 3), 255, np.uint8)
    for place, picture in enumerate(pictures):
        top, left = (number * side for number in divmod(place, COLUMNS))
        sheet[top : top + IMAGINED, left : left + IMAGINED] = as_uint8(picture.pixels)
    write_picture(Picture(sheet), ROOT / "docs" / "imagined.jpg", quality=88)


def _imagined(label: str) -> Picture:
    recipe = Recipe(mode=Mode.IMAGINE, size=IMAGINED, goals=(ClassGoal(label=label),))
    *_, last = dreaming(recipe, None)
    return finished(last.floats(), recipe, None)


def _photo(name: str) -> Picture:
    return Picture(getattr(data, name)(), name=f"{name}.png")


def _dreamed(photo: Picture, preset: Preset, size: int) -> Picture:
    recipe = preset.applied(Recipe(size=size))
    *_, last = dreaming(recipe, photo)
    return finished(last.floats(), recipe, photo)


def _reduced(picture: Picture, width: int, height: int) -> Picture:
    fitted = ImageOps.fit(Image.fromarray(as_uint8(picture.pixels)), (width, height), Image.Resampling.LANCZOS)
    return Picture(np.asarray(fitted), provenance=picture.provenance)


if __name__ == "__main__":
    {"thumbnails": thumbnails, "readme": readme, "imagined": imagined}[sys.argv[1]]()
