"""PNG, row by row, and the same rows for a PDF."""

import struct
import zlib
from typing import BinaryIO

import numpy as np

from inceptionist_gui.media import png
from inceptionist_gui.media.embedding import KEY, xmp
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.strips import Page

_LEVEL = 6
_PAETH = 4
_TRUECOLOUR = 2
_XMP = "XML:com.adobe.xmp"
_WORDS = (("Title", "title"), ("Author", "author"), ("Copyright", "copyright"))


class FilteredRows:
    """Rows as PNG compresses them: each told by its neighbours (Paeth), all in one stream of zlib."""

    def __init__(self, page: Page) -> None:
        self._packer = zlib.compressobj(_LEVEL)
        self._pixel = page.channels * page.depth // 8
        self._above = np.zeros((1, page.row_bytes), np.uint8)

    def packed(self, pixels: Pixels) -> bytes:
        rows = len(pixels)
        values = pixels.astype(pixels.dtype.newbyteorder(">")).reshape(rows, -1).view(np.uint8)
        above = np.concatenate((self._above, values[:-1]))
        self._above = values[-1:].copy()
        filtered = np.empty((rows, values.shape[1] + 1), np.uint8)
        filtered[:, 0] = _PAETH
        filtered[:, 1:] = values - _foretold(_shifted(values, self._pixel), above, _shifted(above, self._pixel))
        return self._packer.compress(filtered.tobytes())

    def rest(self) -> bytes:
        return self._packer.flush()


class PngStrips:
    rows = 1

    def __init__(self, page: Page, file: BinaryIO) -> None:
        self._file, self._rows = file, FilteredRows(page)
        header = struct.pack(">IIBBBBB", page.width, page.height, page.depth, _TRUECOLOUR, 0, 0, 0)
        chunks = [
            png.chunk(b"IHDR", header),
            png.profile_chunk(page.profile.data),
            png.dpi_chunk(page.dpi),
            *(png.text_chunk(key, getattr(page.about, name)) for key, name in _WORDS if getattr(page.about, name)),
            png.text_chunk(KEY, page.provenance.text()),
            png.text_chunk(_XMP, xmp(page.provenance, page.about).decode()),
        ]
        file.write(png.SIGNATURE + b"".join(chunks))

    def write(self, pixels: Pixels) -> None:
        self._put(self._rows.packed(pixels))

    def finish(self) -> None:
        self._put(self._rows.rest())
        self._file.write(png.chunk(b"IEND", b""))

    def _put(self, data: bytes) -> None:
        if data:
            self._file.write(png.chunk(b"IDAT", data))


def _shifted(values: Pixels, by: int) -> Pixels:
    """The values of the pixel to the left; 0 at the edge."""
    shifted = np.zeros_like(values)
    shifted[:, by:] = values[:, :-by]
    return shifted


def _foretold(left: Pixels, above: Pixels, corner: Pixels) -> Pixels:
    """Of left, above and corner the one nearest to left + above - corner (PNG, 9.4)."""
    across = above.astype(np.int16) - corner
    down = left.astype(np.int16) - corner
    by_left, by_above, by_corner = np.abs(across), np.abs(down), np.abs(across + down)
    found: Pixels = np.where(
        (by_left <= by_above) & (by_left <= by_corner), left, np.where(by_above <= by_corner, above, corner)
    )
    return found
