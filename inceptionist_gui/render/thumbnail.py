"""Small pictures that stand for large ones."""

import numpy as np
from PIL import Image

from inceptionist_gui.media import Picture, as_uint8

LONGEST = 192
"""px; enough for a card on a screen of three times the density."""


def thumbnail(picture: Picture) -> Picture:
    """The picture, no larger than `LONGEST`; nothing of what is told about it goes along."""
    image = Image.fromarray(as_uint8(picture.pixels))
    image.thumbnail((LONGEST, LONGEST), Image.Resampling.BICUBIC, reducing_gap=2.0)
    return Picture(np.array(image))
