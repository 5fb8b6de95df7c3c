"""PNG files as their chunks: pixels by libpng, which keeps 16 bits, all else by hand."""

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from inceptionist_gui.media.exif import orientation_in
from inceptionist_gui.media.icc import MOST_PROFILE_BYTES
from inceptionist_gui.media.limits import refuse_hollow, refuse_large
from inceptionist_gui.media.raster import Raster, plausible_dpi, split

SIGNATURE = b"\x89PNG\r\n\x1a\n"
METRES_PER_INCH = 0.0254
MOST_CHUNKS = 1_000_000

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


@dataclass(frozen=True, slots=True)
class Chunk:
    kind: bytes
    length: int
    at: int
    """Where its data begins."""


def decoded(file: BinaryIO, name: str) -> Raster:
    """Raises UnreadablePictureError by the header, anything that libpng raises by the pixels."""
    import imagecodecs

    there = _chunks_by_kind(file)
    _check_header(file, there, name)
    file.seek(0)
    colour, alpha = split(imagecodecs.png_decode(file.read()))
    orientation, notes = orientation_in(_data(file, there, b"eXIf"))
    return Raster(
        samples=colour,
        alpha=alpha,
        profile=_profile(_data(file, there, b"iCCP")),
        orientation=orientation,
        dpi=_dpi(_data(file, there, b"pHYs")),
        notes=notes,
    )


def chunks(file: BinaryIO) -> Iterator[Chunk]:
    """The chunks in file order, as far as there are whole ones."""
    end = file.seek(0, 2)
    at = len(SIGNATURE)
    while at + 12 <= end:
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        if at + 12 + length > end:
            return
        yield Chunk(kind, length, at + 8)
        at += 12 + length


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk as it stands in the file, with its length and check sum."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def with_chunks(png: bytes, *added: bytes) -> bytes:
    """The file with chunks set in right after its header."""
    behind_header = len(SIGNATURE) + 12 + 13
    return b"".join((png[:behind_header], *added, png[behind_header:]))


def profile_chunk(profile: bytes) -> bytes:
    return chunk(b"iCCP", b"ICC profile\x00\x00" + zlib.compress(profile, 9))


def dpi_chunk(dpi: float) -> bytes:
    per_metre = round(dpi / METRES_PER_INCH)
    return chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))


def text_chunk(key: str, text: str) -> bytes:
    """International text, not compressed, so that any tool can show it."""
    return chunk(b"iTXt", key.encode("latin-1") + b"\x00\x00\x00\x00\x00" + text.encode())


def text_at(file: BinaryIO, key: str, most: int) -> bytes | None:
    """The text under a key, of whichever kind of text chunk; no more than `most` + 1 bytes of it."""
    for found in islice(chunks(file), MOST_CHUNKS):
        if found.kind in (b"iTXt", b"zTXt", b"tEXt"):
            file.seek(found.at)
            word, _, rest = file.read(min(found.length, most + 256)).partition(b"\x00")
            if word == key.encode("latin-1"):
                return _text(found.kind, rest, most)
    return None


def _text(kind: bytes, rest: bytes, most: int) -> bytes:
    packed = kind == b"zTXt"
    if kind == b"iTXt":
        packed, rest = rest[:1] == b"\x01", rest[2:].partition(b"\x00")[2].partition(b"\x00")[2]
    elif packed:
        rest = rest[1:]
    return _inflated(rest, most + 1) if packed else rest


def _inflated(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error:
        return b""


def _chunks_by_kind(file: BinaryIO) -> dict[bytes, list[Chunk]]:
    there: dict[bytes, list[Chunk]] = {}
    for found in islice(chunks(file), MOST_CHUNKS):
        there.setdefault(found.kind, []).append(found)
    return there


def _data(file: BinaryIO, there: dict[bytes, list[Chunk]], kind: bytes) -> bytes | None:
    if kind not in there:
        return None
    file.seek(there[kind][0].at)
    return file.read(min(there[kind][0].length, MOST_PROFILE_BYTES))


def _check_header(file: BinaryIO, there: dict[bytes, list[Chunk]], name: str) -> None:
    header = _data(file, there, b"IHDR") or b""
    width, height, depth, colour = struct.unpack(">IIBB", header[:10])
    bits = depth * _CHANNELS.get(colour, 4)
    # libpng gives out no less than a byte for each channel, and may add alpha.
    refuse_large(width, height, max(8, depth) // 8 * 4, name)
    packed = sum(found.length for found in there.get(b"IDAT", ()))
    refuse_hollow(height * ((width * bits + 7) // 8), packed, name)


def _profile(data: bytes | None) -> bytes | None:
    """What cannot be inflated gives an empty profile, which is then noted as damaged."""
    if data is None:
        return None
    return _inflated(data.partition(b"\x00")[2][1:], MOST_PROFILE_BYTES)


def _dpi(data: bytes | None) -> float | None:
    if data is None or len(data) < 9 or data[8] != 1:
        return None
    said = int.from_bytes(data[:4], "big") * METRES_PER_INCH
    # PNG counts in whole dots to the metre, people in whole dots to the inch.
    return plausible_dpi(round(said) if abs(said - round(said)) < METRES_PER_INCH / 2 else said)
