"""JPEG files as their segments."""

import struct
from collections.abc import Iterator
from typing import BinaryIO

APP1 = 0xE1
LONGEST = 65_533
"""Bytes that a segment holds."""
MOST_SEGMENTS = 100_000

_APP0 = 0xE0
_APP2 = 0xE2
_START_OF_SCAN = 0xDA
_DOTS_PER_INCH = 1
_PROFILE = b"ICC_PROFILE\x00"


def segment(marker: int, data: bytes) -> bytes:
    """A segment as it stands in the file; `data` of no more than LONGEST bytes."""
    return struct.pack(">BBH", 0xFF, marker, len(data) + 2) + data


def segments(file: BinaryIO, wanted: int) -> Iterator[bytes]:
    """The data of the segments of one marker that stand before the pixels."""
    file.seek(2)
    for _ in range(MOST_SEGMENTS):
        head = file.read(4)
        if len(head) < 4 or head[0] != 0xFF or head[1] == _START_OF_SCAN:
            return
        data = file.read(max(0, int.from_bytes(head[2:], "big") - 2))
        if head[1] == wanted:
            yield data


def with_segments(jpeg: bytes, dpi: float, profile: bytes, added: bytes) -> bytes:
    """The file with its resolution and profile said, and `added` segments set in."""
    behind_jfif = 4 + int.from_bytes(jpeg[4:6], "big")
    jfif = b"JFIF\x00" + struct.pack(">HBHHBB", 0x0101, _DOTS_PER_INCH, round(dpi), round(dpi), 0, 0)
    icc = b"".join(_profile_segments(profile))
    return b"".join((jpeg[:2], segment(_APP0, jfif), added, icc, jpeg[behind_jfif:]))


def _profile_segments(profile: bytes) -> Iterator[bytes]:
    room = LONGEST - len(_PROFILE) - 2
    parts = [profile[at : at + room] for at in range(0, len(profile), room)]
    for number, part in enumerate(parts, 1):
        yield segment(_APP2, _PROFILE + bytes((number, len(parts))) + part)
