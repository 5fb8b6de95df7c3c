"""A print as it is asked for, and what that comes to in pixels."""

import json
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.octaves import Size
from inceptionist_gui.errors import UserError
from inceptionist_gui.media.paper import MM_PER_INCH, pixels
from inceptionist_gui.media.profiles import SRGB, Intent
from inceptionist_gui.media.strips import Compression
from inceptionist_gui.recipe.reading import explained

MOST_PIXELS = 1_000_000_000
_MARK, _GAP = 5.0, 1.0
"""mm; the length of a crop mark, and how far it stays from the picture."""
_LINE = 0.25 / 72
"""Inch."""

Millimetres = Annotated[float, Field(gt=0.0, le=20_000.0)]
Share = Annotated[float, Field(ge=0.0, le=1.0)]
Words = Annotated[str, Field(max_length=500)]


class Orientation(StrEnum):
    """Which way a sheet lies."""

    GIVEN = "given"
    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"
    AUTO = "auto"
    """As the picture does."""


class PrintJob(BaseModel):
    """All that decides the file of a print."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    source: Path
    """A picture with its recipe inside, or a project."""
    output: Path
    photo: Path | None = None
    """What the picture was dreamed from, where its full resolution is to count."""
    width: Millimetres | None = None
    """Of the sheet when it is cut, as `height`; None follows from the picture's shape. One of them is needed."""
    height: Millimetres | None = None
    orientation: Orientation = Orientation.GIVEN
    crop: tuple[Share, Share, Share, Share] = (0.0, 0.0, 1.0, 1.0)
    """Left, top, width and height of the part that is wanted, in shares of the picture."""
    dpi: Annotated[float, Field(ge=10.0, le=2400.0)] = 300.0
    bleed: Annotated[float, Field(ge=0.0, le=100.0)] = 0.0
    """mm that the picture goes beyond the sheet's edges, to be cut off."""
    marks: bool = False
    """Crop marks around the picture."""
    depth: int = 8
    quality: Annotated[int, Field(ge=1, le=100)] = 92
    compression: Compression = Compression.DEFLATE
    profile: str = SRGB
    """A name that `media.profiles` knows, or a file."""
    intent: Intent = Intent.RELATIVE
    black_point: bool = True
    detail: Annotated[float, Field(ge=0.0, le=2.0)] = 1.0
    """How strongly what the preview is too small to show is drawn; 0 enlarges and draws nothing."""
    goals: tuple[Annotated[int, Field(ge=0)], ...] | None = None
    """Which of the recipe's goals draw it, from 0; None is all."""
    title: Words = ""
    author: Words = ""
    copyright: Words = ""
    device: DeviceName = DeviceName.AUTO
    memory: int | None = None

    def text(self) -> str:
        """As JSON. File names that are no text are written as numbers, and come back as they were."""
        return json.dumps(self.model_dump(mode="python"), default=str)


def print_job(**fields: Any) -> PrintJob:
    """Raises UserError for a field that is out of range."""
    try:
        return PrintJob(**fields)
    except ValidationError as error:
        raise UserError(explained(error)) from error


def print_job_from_text(text: str | bytes, origin: str) -> PrintJob:
    """Raises UserError, naming `origin`."""
    try:
        return PrintJob.model_validate(json.loads(text))
    except ValidationError as error:
        raise UserError(f"{origin}: {explained(error)}") from error
    except (ValueError, RecursionError) as error:
        raise UserError(f"{origin}: damaged; a print job is expected") from error


@dataclass(frozen=True, slots=True)
class Layout:
    """A print in pixels."""

    picture: Size
    """Height and width with the bleed."""
    bleed: int
    outside: int
    """Around the picture, for marks."""
    line: int
    """How thick a mark is."""
    part: tuple[int, int, int, int]
    """Of the preview: left, top, right and bottom."""

    @property
    def page(self) -> Size:
        return self.picture[0] + 2 * self.outside, self.picture[1] + 2 * self.outside

    def marks(self, gap: int) -> list[tuple[slice, slice]]:
        """Rows and columns of the page that are to be black."""
        if not self.outside:
            return []
        height, width = self.page
        cut = self.outside + self.bleed
        ends = slice(0, self.outside - gap), slice(height - self.outside + gap, height)
        sides = slice(0, self.outside - gap), slice(width - self.outside + gap, width)
        across = [slice(at, at + self.line) for at in (cut - self.line, width - cut)]
        down = [slice(at, at + self.line) for at in (cut - self.line, height - cut)]
        return [(end, at) for end in ends for at in across] + [(at, side) for at in down for side in sides]


def layout_of(job: PrintJob, preview: Size) -> Layout:
    """Raises UserError for a size that cannot be."""
    left, top, right, bottom = _wanted(job, preview)
    height, width = _trimmed(job, (bottom - top, right - left))
    bleed = round(job.bleed / MM_PER_INCH * job.dpi)
    picture = height + 2 * bleed, width + 2 * bleed
    if picture[0] * picture[1] > MOST_PIXELS:
        raise UserError(
            f"width: {picture[1]} x {picture[0]} px are {picture[0] * picture[1] / 1e6:.0f} megapixels;"
            f" up to {MOST_PIXELS // 10**6} can be printed: a smaller size would do, or less dpi"
        )
    outside = pixels(_MARK + _GAP, job.dpi) if job.marks else 0
    line = max(1, round(job.dpi * _LINE))
    return Layout(picture, bleed, outside, line, _shaped((left, top, right, bottom), picture))


def gap_of(job: PrintJob) -> int:
    """px between a crop mark and the picture."""
    return pixels(_GAP, job.dpi)


def _wanted(job: PrintJob, preview: Size) -> tuple[int, int, int, int]:
    height, width = preview
    x, y, across, down = job.crop
    left, top = round(x * width), round(y * height)
    right, bottom = min(width, round((x + across) * width)), min(height, round((y + down) * height))
    if right - left < 1 or bottom - top < 1:
        raise UserError("crop: nothing of the picture is left; left, top, width and height within it are expected")
    return left, top, right, bottom


def _trimmed(job: PrintJob, part: Size) -> Size:
    """Height and width when it is cut, in pixels."""
    width, height = job.width, job.height
    if width is None and height is None:
        raise UserError("width: a width, a height or a paper is expected, as in --width 60cm")
    if width is None or height is None:
        shape = part[1] / part[0]
        width, height = (width, width / shape) if width else ((height or 0.0) * shape, height or 0.0)
    elif _lies(job.orientation, part) not in (None, width > height):
        width, height = height, width
    return pixels(height, job.dpi), pixels(width, job.dpi)


def _lies(orientation: Orientation, part: Size) -> bool | None:
    """Whether the sheet is to lie across; None where it is as it is."""
    if orientation is Orientation.GIVEN:
        return None
    return part[1] > part[0] if orientation is Orientation.AUTO else orientation is Orientation.LANDSCAPE


def _shaped(part: tuple[int, int, int, int], picture: Size) -> tuple[int, int, int, int]:
    """The middle of the part, as large as it can be in the picture's shape."""
    left, top, right, bottom = part
    width, height = right - left, bottom - top
    across = min(width, max(1, round(height * picture[1] / picture[0])))
    down = min(height, max(1, round(width * picture[0] / picture[1])))
    left, top = left + (width - across) // 2, top + (height - down) // 2
    return left, top, left + across, top + down
