"""JPEG, strip by strip: each is coded alone, and they are joined by restart markers (ITU-T T.81, E.1.4)."""

import struct
from typing import BinaryIO

from inceptionist_gui.media import jpeg
from inceptionist_gui.media.embedding import jpeg_segments
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.strips import Page, pieces

_FINE_COLOUR = 90
"""From this quality on colours are kept at full resolution."""
_MOST_UNITS = 65_535
"""Between two restart markers."""
_STRIP_PIXELS = 2_000_000
_SOF0, _SOS, _DRI = 0xC0, 0xDA, 0xDD
_RESTARTS = 8
_END = b"\xff\xd9"


class JpegStrips:
    def __init__(self, page: Page, file: BinaryIO) -> None:
        self._page, self._file = page, file
        self._fine = page.quality >= _FINE_COLOUR
        side = 8 if self._fine else 16
        across = -(-page.width // side)
        down = max(1, min(_MOST_UNITS // across, _STRIP_PIXELS // (page.width * side)))
        self.rows = down * side
        self._units = across * down
        self._strips = 0

    def write(self, pixels: Pixels) -> None:
        for part in pieces(pixels, self.rows):
            head, data = _split(self._coded(part))
            if self._strips == 0:
                self._file.write(self._head(head))
            else:
                self._file.write(bytes((0xFF, 0xD0 + (self._strips - 1) % _RESTARTS)))
            self._file.write(data)
            self._strips += 1

    def finish(self) -> None:
        self._file.write(_END)

    def _coded(self, pixels: Pixels) -> bytes:
        import imagecodecs

        # With tables of its own each strip would be smaller, and all have to share theirs.
        coded = imagecodecs.jpeg8_encode(
            pixels, level=self._page.quality, subsampling="444" if self._fine else "420", optimize=False
        )
        return bytes(coded)

    def _head(self, head: bytes) -> bytes:
        """Of the first strip, made that of the whole."""
        page = self._page
        whole = bytearray(head)
        for marker, at, _ in _segments(head):
            if marker == _SOF0:
                whole[at + 5 : at + 7] = struct.pack(">H", page.height)
        scan = next(at for marker, at, _ in _segments(head) if marker == _SOS)
        said = jpeg_segments(page.provenance, page.about)
        restarts = jpeg.segment(_DRI, struct.pack(">H", self._units))
        # The profile's segments come first: the scan's place is counted from the plain head.
        return jpeg.with_segments(
            bytes(whole[:scan]) + restarts + bytes(whole[scan:]), page.dpi, page.profile.data, said
        )


def _split(coded: bytes) -> tuple[bytes, bytes]:
    """What stands before the pixels, and the pixels."""
    end = next(at + length for marker, at, length in _segments(coded) if marker == _SOS)
    return coded[:end], coded[end : -len(_END)]


def _segments(coded: bytes) -> list[tuple[int, int, int]]:
    """Marker, place and length of each, up to the pixels."""
    found, at = [], 2
    while True:
        marker, length = coded[at + 1], int.from_bytes(coded[at + 2 : at + 4], "big") + 2
        found.append((marker, at, length))
        if marker == _SOS:
            return found
        at += length
