"""More than a hundred damaged or odd files, the same each time, for the reader and for the studio."""

import struct
import zlib
from collections.abc import Iterator

import numpy as np
import pillow_heif
from PIL import Image

from inceptionist_gui.media import png
from inceptionist_gui.media.embedding import KEY, NAMESPACE
from tests.media.files import ADOBE_PRIMARIES as ADOBE
from tests.media.files import by_pillow, by_program, by_tifffile, eight_bit, ink_profile, provenance, rgb_profile

Named = tuple[str, bytes]

_SHARES = (0.03, 0.2, 0.5, 0.8, 0.97)
_ORIENTED_SIDEWAYS = (
    b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
)


def odd_files() -> Iterator[Named]:
    """Names and bytes; some load, the others are each worth one line."""
    for family in (_cut, _flipped, _misnamed, _empty, _liars, _bombs, _odd_modes, _odd_shapes, _moving, _metadata):
        yield from family()


def whole_files() -> dict[str, bytes]:
    """One sound file of each kind and depth."""
    image = eight_bit()
    return {
        "small.jpg": by_program("jpeg"),
        "small.png": by_program("png"),
        "deep.png": by_program("png", depth=16),
        "small.tif": by_program("tiff"),
        "deep.tif": by_program("tiff", depth=16),
        "small.webp": by_program("webp"),
        "small.bmp": by_pillow(image, "BMP"),
        "small.gif": by_pillow(image, "GIF"),
        "small.avif": by_pillow(image, "AVIF"),
        "small.heic": _heif(),
    }


def header(width: int, height: int, depth: int, colour: int, *chunks: bytes) -> bytes:
    """A PNG that says what it likes of itself."""
    said = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    return png.SIGNATURE + png.chunk(b"IHDR", said) + b"".join(chunks) + png.chunk(b"IEND", b"")


def _heif() -> bytes:
    from io import BytesIO

    file = BytesIO()
    pillow_heif.from_pillow(Image.fromarray(eight_bit(32, 24))).save(file)
    return file.getvalue()


def _cut() -> Iterator[Named]:
    for name, data in whole_files().items():
        for share in _SHARES:
            yield f"cut at {share:.0%} {name}", data[: int(len(data) * share)]


def _flipped() -> Iterator[Named]:
    chance = np.random.default_rng(1)
    for name, data in whole_files().items():
        for turn, count in enumerate((1, 8, 64)):
            broken = bytearray(data)
            for at in chance.integers(0, len(data), count):
                broken[at] ^= 1 << int(chance.integers(8))
            yield f"flipped {turn} {name}", bytes(broken)


def _misnamed() -> Iterator[Named]:
    whole = whole_files()
    yield "a PNG called.jpg", whole["small.png"]
    yield "a JPEG called.png", whole["small.jpg"]
    yield "a TIFF called.webp", whole["deep.tif"]
    yield "text.png", b"Dear diary,\nno picture today.\n"
    yield "page.jpg", b"<!DOCTYPE html><html><body>404</body></html>"
    yield "drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg"/>'
    yield "film.avif", b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + bytes(100)
    yield "program.exe", b"MZ" + bytes(200)
    yield "line\nbreak.png", b"\x00\x01"


def _empty() -> Iterator[Named]:
    yield "empty.png", b""
    yield "one byte.jpg", b"\xff"
    yield "zeros.tif", bytes(5_000)
    yield "only magic.png", png.SIGNATURE
    yield "only magic.jpg", b"\xff\xd8\xff"
    yield "only magic.tif", b"II\x2a\x00"
    yield "only magic.gif", b"GIF89a"
    yield "only magic.bmp", b"BM"
    yield "only magic.webp", b"RIFF\x00\x00\x00\x00WEBP"
    yield "only magic.avif", b"\x00\x00\x00\x14ftypavif\x00\x00\x00\x00avif"
    yield "only magic.heic", b"\x00\x00\x00\x14ftypheic\x00\x00\x00\x00heic"
    yield "only magic big.tif", b"II\x2b\x00\x08\x00\x00\x00"


def _liars() -> Iterator[Named]:
    """Headers that say what is not so."""
    rows = zlib.compress(bytes(4 * 13))
    yield "no size.png", header(0, 0, 8, 2, png.chunk(b"IDAT", rows))
    yield "odd depth.png", header(4, 4, 7, 2, png.chunk(b"IDAT", rows))
    yield "odd colour.png", header(4, 4, 8, 5, png.chunk(b"IDAT", rows))
    yield "no palette.png", header(4, 4, 8, 3, png.chunk(b"IDAT", zlib.compress(bytes(20))))
    yield "no pixels.png", header(4, 4, 8, 2)
    yield "half the rows.png", header(4, 8, 8, 2, png.chunk(b"IDAT", rows))
    yield "half the rows deep.png", header(4, 8, 16, 2, png.chunk(b"IDAT", zlib.compress(bytes(4 * 25))))
    yield "not deflated.png", header(4, 4, 8, 2, png.chunk(b"IDAT", b"plain bytes"))
    yield "long chunk.png", png.SIGNATURE + b"\xff\xff\xff\xffIHDR" + bytes(50)
    yield "tag loop.tif", b"II\x2a\x00\x08\x00\x00\x00" + struct.pack("<H", 0) + struct.pack("<I", 8)
    yield "tags everywhere.tif", b"II\x2a\x00\x08\x00\x00\x00\xff\xff" + b"\x01\x01\x04\x00\xff\xff\xff\xff" * 40
    yield "tag beyond.tif", b"MM\x00\x2a\xff\xff\xff\xf0"
    yield "strips beyond.tif", _retagged(279, 10**9)
    yield "no strips.tif", _retagged(279, 0)
    yield "offset beyond.tif", _retagged(273, 10**9)
    yield "million samples.tif", _retagged(277, 65_535)
    yield "odd planar.tif", _retagged(284, 77)
    yield "odd compression.tif", _retagged(259, 34_712)
    yield "odd colours.tif", _retagged(262, 32_803)
    yield "odd bits.bmp", by_pillow(eight_bit(), "BMP")[:28] + b"\x11" + by_pillow(eight_bit(), "BMP")[29:]


def _bombs() -> Iterator[Named]:
    """A few bytes that would become gigabytes."""
    nothing = png.chunk(b"IDAT", zlib.compress(bytes(100_000)))
    yield "bomb.png", header(30_000, 9_000, 8, 2, nothing)
    yield "bomb deep.png", header(30_000, 9_000, 16, 6, nothing)
    yield "bomb wide.png", header(2**31 - 1, 2**31 - 1, 8, 2, nothing)
    yield (
        "bomb.gif",
        b"GIF89a" + struct.pack("<HH", 65_535, 65_535) + b"\x80\x00\x00" + bytes(6) + b"\x2c" + bytes(20),
    )
    bitmap = by_pillow(eight_bit(), "BMP")
    yield "bomb.bmp", bitmap[:18] + struct.pack("<ii", 32_000, 9_000) + bitmap[26:]
    yield "bomb negative.bmp", bitmap[:18] + struct.pack("<ii", -32_000, -(2**31)) + bitmap[26:]
    photo = by_pillow(eight_bit(), "JPEG")
    at = photo.index(b"\xff\xc0") + 5
    yield "bomb.jpg", photo[:at] + struct.pack(">HH", 65_500, 65_500) + photo[at + 4 :]
    yield "bomb.tif", _retagged(256, 4_000_000_000)
    yield "bomb rows.tif", _retagged(257, 32_000)
    yield "bomb tall.tif", _retagged(257, 12_000_000)


def _retagged(code: int, value: int) -> bytes:
    """A 16-bit TIFF with one tag's value overwritten."""
    data = bytearray(by_tifffile(eight_bit().astype(np.uint16) * 257, photometric="rgb", byteorder="<"))
    count = int.from_bytes(data[8:10], "little")
    for at in range(10, 10 + 12 * count, 12):
        if int.from_bytes(data[at : at + 2], "little") == code:
            data[at + 2 : at + 12] = struct.pack("<HII", 4, 1, value)
    return bytes(data)


def _odd_modes() -> Iterator[Named]:
    image = Image.fromarray(eight_bit())
    for mode in ("1", "L", "P", "CMYK", "YCbCr"):
        yield f"{mode}.tif", by_pillow(image.convert(mode), "TIFF")
    for mode in ("1", "L", "P", "RGBA"):
        yield f"{mode}.png", by_pillow(image.convert(mode), "PNG")
    yield "grey and alpha.png", by_pillow(image.convert("L").convert("LA"), "PNG")
    yield "Lab.tif", by_pillow(Image.new("LAB", (9, 7)), "TIFF")
    yield "inverted CMYK.jpg", by_pillow(image.convert("CMYK"), "JPEG")
    yield "CMYK with profile.jpg", by_pillow(image.convert("CMYK"), "JPEG", icc_profile=ink_profile())
    yield "see-through palette.png", by_pillow(image.quantize(8), "PNG", transparency=2)
    yield "see-through palette.gif", by_pillow(image.quantize(8), "GIF", transparency=2)
    deep = eight_bit().astype(np.uint16) * 257
    yield "grey deep.png", by_pillow(deep[..., 0].copy(), "PNG")
    yield "grey deep.tif", by_tifffile(deep[..., 0], photometric="minisblack")
    yield "white is zero.tif", by_tifffile(deep[..., 0], photometric="miniswhite")
    yield "signed.tif", by_tifffile(deep[..., 0].astype(np.int16), photometric="minisblack")
    yield "complex.tif", by_tifffile(deep[..., 0].astype(np.complex64), photometric="minisblack")
    floats = eight_bit().astype(np.float32)
    yield "floats.tif", by_tifffile(floats / 255, photometric="rgb")
    yield "floats to 255.tif", by_tifffile(floats, photometric="rgb")
    floats[0, :3] = np.nan, np.inf, -np.inf
    yield "no numbers.tif", by_tifffile(floats, photometric="rgb")
    yield "five channels.tif", by_tifffile(np.dstack((deep, deep[..., :2])), photometric="rgb")
    yield "volume.tif", by_tifffile(np.zeros((3, 5, 6, 7), np.uint16), photometric="minisblack", volumetric=True)


def _odd_shapes() -> Iterator[Named]:
    for width, height in ((1, 1), (1, 5_000), (5_000, 1), (3, 2)):
        image = Image.new("RGB", (width, height), (10, 200, 90))
        for form in ("PNG", "JPEG", "TIFF", "WEBP", "BMP", "GIF"):
            yield f"{width} x {height}.{form.lower()}", by_pillow(image, form)
    yield "1 x 1 deep.png", by_pillow(np.full((1, 1), 40_000, np.uint16), "PNG")
    yield "trailing rubbish.png", by_program("png") + b"rubbish" * 99
    yield "trailing rubbish.jpg", by_program("jpeg") + b"rubbish" * 99


def _moving() -> Iterator[Named]:
    frames = [Image.fromarray(np.roll(eight_bit(), shift, axis=1)) for shift in (0, 5, 9)]
    for form in ("GIF", "WEBP", "PNG", "TIFF", "AVIF"):
        yield f"moving.{form.lower()}", by_pillow(frames[0], form, save_all=True, append_images=frames[1:])
    moving = by_pillow(frames[0], "GIF", save_all=True, append_images=frames[1:])
    yield "moving cut.gif", moving[:-200]


def _metadata() -> Iterator[Named]:
    image, whole = eight_bit(), by_pillow(eight_bit(), "PNG")
    for name, exif in {
        "sideways": _ORIENTED_SIDEWAYS,
        "cut": _ORIENTED_SIDEWAYS[:20],
        "rubbish": b"Exif\x00\x00rubbish",
        "loop": b"Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x87\x69\x00\x04\x00\x00\x00\x01\x00\x00\x00\x08",
        "orientation 9": _ORIENTED_SIDEWAYS.replace(b"\x00\x06", b"\x00\x09"),
    }.items():
        yield f"EXIF {name}.jpg", by_pillow(image, "JPEG", exif=exif)
        yield f"EXIF {name}.png", png.with_chunks(whole, png.chunk(b"eXIf", exif[6:]))
        yield f"EXIF {name}.webp", by_pillow(image, "WEBP", exif=exif)
    adobe = rgb_profile(ADOBE)
    for name, profile in {
        "cut": adobe[:200],
        "rubbish": b"rubbish",
        "wrong space": ink_profile(),
        "scrambled": adobe[:140] + bytes(255 - byte for byte in adobe[140:]),
        "long": adobe[:128] + b"\xff" * 90_000,
    }.items():
        for form in ("JPEG", "PNG", "TIFF", "WEBP"):
            yield f"ICC {name}.{form.lower()}", by_pillow(image, form, icc_profile=profile)
    yield "ICC not deflated.png", png.with_chunks(whole, png.chunk(b"iCCP", b"x\x00\x00rubbish"))
    yield (
        "ICC bomb.png",
        png.with_chunks(whole, png.chunk(b"iCCP", b"x\x00\x00" + zlib.compress(bytes(50_000_000)))),
    )
    yield from _recipes(whole)


def _recipes(whole: bytes) -> Iterator[Named]:
    for name, text in {
        "huge": "9" * 6_000_000,
        "deep": "[" * 900_000,
        "half": provenance().text()[:90],
        "newer": '{"version": 99, "recipe": {}}',
        "newer within": '{"version": 1, "recipe": {"version": 99}}',
        "wrong": '{"version": 1, "recipe": {"size": -3}}',
        "line break": '{"version": 1, "recipe": {"a\\nb": 1}}',
        "nothing": "",
        "number": "17",
    }.items():
        yield f"recipe {name}.png", png.with_chunks(whole, png.text_chunk(KEY, text))
        if len(text) < 60_000:
            element = f"<i:provenance xmlns:i='{NAMESPACE}'>{text}</i:provenance>"
            yield f"recipe {name}.webp", by_pillow(eight_bit(), "WEBP", xmp=element.encode())
    bomb = KEY.encode() + b"\x00\x01\x00\x00\x00" + zlib.compress(b"[" * 80_000_000)
    yield "recipe bomb.png", png.with_chunks(whole, png.chunk(b"iTXt", bomb))
    yield (
        "text bomb.png",
        png.with_chunks(whole, png.chunk(b"zTXt", b"x\x00\x00" + zlib.compress(bytes(80_000_000)))),
    )
    laughs = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    laughing = f'<!DOCTYPE x [<!ENTITY l0 "{NAMESPACE}">{laughs}]><x>&l9;</x>'
    for name, xmp in {
        "laughing": laughing.encode(),
        "deep": b"<x>" * 20_000 + NAMESPACE.encode(),
        "deep closed": b"<x>" * 8_000 + NAMESPACE.encode() + b"</x>" * 8_000,
        "not XML": NAMESPACE.encode() + b"\x00<<<",
    }.items():
        for form in ("JPEG", "WEBP"):
            yield f"XMP {name}.{form.lower()}", by_pillow(eight_bit(), form, xmp=xmp)
