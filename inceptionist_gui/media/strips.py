"""Pictures written as they come, from top to bottom, so that none has to be in memory as a whole."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Protocol

from inceptionist_gui.media.embedding import NOTHING_SAID, About
from inceptionist_gui.media.errors import CannotWriteError, shown
from inceptionist_gui.media.formats import FORMATS, Format
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.profiles import Profile
from inceptionist_gui.recipe import Provenance

PDF = Format("pdf", "PDF", (".pdf",), (8, 16), holds_alpha=False, lossy=False, most_side=2**31 - 1)
PRINT_FORMATS = (*FORMATS, PDF)


class Compression(StrEnum):
    """Of a TIFF."""

    DEFLATE = "deflate"
    LZW = "lzw"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Page:
    """What a file of a print holds beside its pixels."""

    width: int
    """px, as `height`."""
    height: int
    depth: int
    """Bits per channel."""
    dpi: float
    profile: Profile
    provenance: Provenance
    about: About = NOTHING_SAID
    compression: Compression = Compression.DEFLATE
    quality: int = 92
    bleed: int = 0
    """px around what is left when the sheet is cut, within `outside`."""
    outside: int = 0
    """px around the picture, for marks."""

    @property
    def channels(self) -> int:
        return self.profile.channels

    @property
    def row_bytes(self) -> int:
        return self.width * self.channels * self.depth // 8


class Strips(Protocol):
    """A file that is being written."""

    rows: int
    """Each array but the last must have a multiple of so many."""

    def write(self, pixels: Pixels) -> None:
        """The next rows: shape (rows, width, channels), uint8 or uint16 as the page's depth is."""
        ...

    def finish(self) -> None:
        """After the last row; the file is whole then."""
        ...


def print_format_for(path: Path) -> Format:
    """The format that the path's suffix names. Raises CannotWriteError with the suffixes there are."""
    for form in PRINT_FORMATS:
        if path.suffix.lower() in form.suffixes:
            return form
    there_are = ", ".join(suffix for form in PRINT_FORMATS for suffix in form.suffixes)
    raise CannotWriteError(f"{shown(path.name)}: no format to print to; there are {there_are}")


def check_page(page: Page, form: Format) -> None:
    """Raises CannotWriteError for what the format does not offer."""
    if page.depth not in form.depths:
        depths = " or ".join(map(str, form.depths))
        raise CannotWriteError(f"depth: {form.title} has {depths} bits per channel, not {page.depth}")
    if max(page.width, page.height) > form.most_side:
        raise CannotWriteError(
            f"{page.width} x {page.height} px: {form.title} holds {form.most_side} px a side; TIFF holds more"
        )
    if page.channels != 3 and form.name not in ("tiff", "pdf"):
        raise CannotWriteError(f"profile: {form.title} holds no CMYK; TIFF and PDF do")


def strips_for(form: Format, page: Page, file: BinaryIO) -> Strips:
    """The writer of a new file. Raises CannotWriteError for what the format does not offer."""
    check_page(page, form)
    # Here and not above: each knows this module.
    if form.name == "tiff":
        from inceptionist_gui.media.tiff_strips import TiffStrips

        return TiffStrips(page, file)
    if form.name == "png":
        from inceptionist_gui.media.png_strips import PngStrips

        return PngStrips(page, file)
    if form.name == "jpeg":
        from inceptionist_gui.media.jpeg_strips import JpegStrips

        return JpegStrips(page, file)
    if form.name == "pdf":
        from inceptionist_gui.media.pdf import PdfStrips

        return PdfStrips(page, file)
    from inceptionist_gui.media.webp_strips import WebpStrips

    return WebpStrips(page, file)


def pieces(pixels: Pixels, rows: int) -> Iterator[Pixels]:
    """The array in parts of so many rows; the last may have fewer."""
    for top in range(0, len(pixels), rows):
        yield pixels[top : top + rows]
