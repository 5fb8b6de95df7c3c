"""TIFF and BigTIFF, strip by strip: the pixels first, what is said of them behind (TIFF 6.0; BigTIFF, 2007)."""

import struct
from fractions import Fraction
from typing import BinaryIO

from inceptionist_gui.media.embedding import xmp
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.strips import Compression, Page, pieces

_STRIP_BYTES = 1_000_000
_BIG_FROM = 3_900_000_000
"""Bytes, before compression, from which 32 bits may not do."""
_ASCII, _SHORT, _LONG, _RATIONAL, _UNDEFINED, _LONG8, _BYTE = 2, 3, 4, 5, 7, 16, 1
_LETTERS = {_SHORT: "H", _LONG: "I", _LONG8: "Q"}
_NUMBERS = {Compression.NONE: 1, Compression.LZW: 5, Compression.DEFLATE: 8}
_RGB, _INKS = 2, 5
_DIFFERENCES = 2
_INCH = 2
_DEFLATE_LEVEL = 6
_MOST_RATIONAL = 10_000

_Field = tuple[int, int, int, bytes]
"""Tag, type, count and value."""


class TiffStrips:
    def __init__(self, page: Page, file: BinaryIO) -> None:
        self._page, self._file = page, file
        self._big = page.row_bytes * page.height > _BIG_FROM
        self.rows = max(1, _STRIP_BYTES // page.row_bytes)
        self._at: list[int] = []
        self._lengths: list[int] = []
        # Where the directory is, is not known yet.
        file.write(struct.pack("<2sHHHQ", b"II", 43, 8, 0, 0) if self._big else struct.pack("<2sHI", b"II", 42, 0))

    def write(self, pixels: Pixels) -> None:
        for part in pieces(pixels, self.rows):
            data = self._packed(part)
            self._at.append(self._file.tell())
            self._lengths.append(len(data))
            # Each strip begins at an even place.
            self._file.write(data + bytes(len(data) % 2))

    def finish(self) -> None:
        fields = sorted(self._fields())
        at = self._file.tell()
        self._file.write(self._directory(fields, at))
        self._file.seek(8 if self._big else 4)
        self._file.write(struct.pack("<Q" if self._big else "<I", at))
        self._file.seek(0, 2)

    def _packed(self, pixels: Pixels) -> bytes:
        import imagecodecs

        ordered = pixels.astype(pixels.dtype.newbyteorder("<"))
        if self._page.compression is Compression.NONE:
            return ordered.tobytes()
        ordered[:, 1:] -= ordered[:, :-1].copy()
        if self._page.compression is Compression.LZW:
            return bytes(imagecodecs.lzw_encode(ordered.tobytes()))
        return bytes(imagecodecs.deflate_encode(ordered.tobytes(), level=_DEFLATE_LEVEL))

    def _fields(self) -> list[_Field]:
        page, offsets = self._page, _LONG8 if self._big else _LONG
        packet = xmp(page.provenance, page.about)
        fields = [
            _numbers(256, _LONG, page.width),
            _numbers(257, _LONG, page.height),
            _numbers(258, _SHORT, *[page.depth] * page.channels),
            _numbers(259, _SHORT, _NUMBERS[page.compression]),
            _numbers(262, _SHORT, _RGB if page.channels == 3 else _INKS),
            _numbers(273, offsets, *self._at),
            _numbers(277, _SHORT, page.channels),
            _numbers(278, _LONG, self.rows),
            _numbers(279, offsets, *self._lengths),
            _ratio(282, page.dpi),
            _ratio(283, page.dpi),
            _numbers(284, _SHORT, 1),
            _numbers(296, _SHORT, _INCH),
            (700, _BYTE, len(packet), packet),
            (34675, _UNDEFINED, len(page.profile.data), page.profile.data),
            *_text(270, page.about.title),
            *_text(305, page.provenance.program),
            *_text(315, page.about.author),
            *_text(33432, page.about.copyright),
        ]
        if page.compression is not Compression.NONE:
            fields.append(_numbers(317, _SHORT, _DIFFERENCES))
        return fields

    def _directory(self, fields: list[_Field], at: int) -> bytes:
        count, entry, slot, following = ("<Q", "<HHQ", 8, 8) if self._big else ("<H", "<HHI", 4, 4)
        length = struct.calcsize(count) + len(fields) * (struct.calcsize(entry) + slot) + following
        head, behind = struct.pack(count, len(fields)), b""
        for tag, kind, number, data in fields:
            head += struct.pack(entry, tag, kind, number)
            if len(data) <= slot:
                head += data.ljust(slot, b"\x00")
                continue
            head += struct.pack("<Q" if self._big else "<I", at + length + len(behind))
            behind += data + bytes(len(data) % 2)
        return head + bytes(following) + behind


def _numbers(tag: int, kind: int, *numbers: int) -> _Field:
    return tag, kind, len(numbers), struct.pack(f"<{len(numbers)}{_LETTERS[kind]}", *numbers)


def _ratio(tag: int, value: float) -> _Field:
    ratio = Fraction(value).limit_denominator(_MOST_RATIONAL)
    return tag, _RATIONAL, 1, struct.pack("<II", ratio.numerator, ratio.denominator)


def _text(tag: int, text: str) -> list[_Field]:
    # ASCII by the letter of the standard; all that read it take UTF-8.
    data = text.replace("\x00", "").encode("utf-8", "replace") + b"\x00"
    return [(tag, _ASCII, len(data), data)] if text else []
