"""Pictures side by side, each under its title and with a few lines below, as one picture."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from inceptionist_gui.media import Pixels, as_uint8

TALL = 300
"""px; so high are all pictures, but those that would be too wide."""
_WIDEST, _NARROWEST = 1.8, 0.9
"""Of a panel, in heights: a panorama is made less high, and words have room under a slim picture."""
_GAP = 24
_TITLE, _TEXT = 18, 14
"""px; of the letters."""
_LEADING = 1.45
"""Of a line, in heights of its letters."""
_BACK, _INK, _QUIET = (24, 24, 26), (232, 232, 230), (158, 158, 160)

Sheet = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Panel:
    """A picture with its words."""

    title: str
    pixels: Pixels
    lines: tuple[str, ...] = ()
    """What is too long for the panel is cut."""


def comparison(panels: Sequence[Panel], tall: int = TALL) -> Sheet:
    """The panels from left to right on dark grey, their pictures on one line; shape (height, width, 3)."""
    title, text = ImageFont.load_default(_TITLE), ImageFont.load_default(_TEXT)
    pictures = [_fitted(panel.pixels, tall) for panel in panels]
    widths = [max(picture.width, round(tall * _NARROWEST)) for picture in pictures]
    above, line = round(_TITLE * _LEADING) + _GAP // 3, round(_TEXT * _LEADING)
    most = max(len(panel.lines) for panel in panels)
    below = _GAP // 2 + most * line if most else 0
    size = _GAP + sum(width + _GAP for width in widths), 2 * _GAP + above + tall + below
    sheet = Image.new("RGB", size, _BACK)
    draw = ImageDraw.Draw(sheet)
    left, top = _GAP, _GAP + above
    for panel, picture, width in zip(panels, pictures, widths, strict=True):
        draw.text((left, _GAP), _cut(panel.title, title, width), _INK, title)
        sheet.paste(picture, (left, top + (tall - picture.height) // 2))
        for row, words in enumerate(panel.lines):
            draw.text((left, top + tall + _GAP // 2 + row * line), _cut(words, text, width), _QUIET, text)
        left += width + _GAP
    return np.array(sheet)


def _fitted(pixels: Pixels, tall: int) -> Image.Image:
    image = Image.fromarray(as_uint8(pixels))
    scale = min(tall / image.height, tall * _WIDEST / image.width)
    size = max(1, round(image.width * scale)), max(1, round(image.height * scale))
    return image.resize(size, Image.Resampling.LANCZOS)


def _cut(words: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: int) -> str:
    """As much of the words as there is room for."""
    if font.getlength(words) <= width:
        return words
    while words and font.getlength(f"{words}...") > width:
        words = words[:-1]
    return f"{words.rstrip()}..."
