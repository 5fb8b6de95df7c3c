"""The kinds of picture file: what can be written, and what a file's first bytes say it is."""

from dataclasses import dataclass
from pathlib import Path

from inceptionist_gui.media.errors import CannotWriteError, UnreadablePictureError, shown
from inceptionist_gui.words import _

HEAD = 64
"""Bytes of a file that tell its kind."""


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file that pictures are saved as."""

    name: str
    title: str
    suffixes: tuple[str, ...]
    """Lower case, with the dot; the first is the usual one."""
    depths: tuple[int, ...]
    """Bits per channel."""
    holds_alpha: bool
    lossy: bool
    """Whether `quality` counts."""
    most_side: int
    """px"""


FORMATS = (
    Format("png", "PNG", (".png",), (8, 16), holds_alpha=True, lossy=False, most_side=2**31 - 1),
    Format("tiff", "TIFF", (".tif", ".tiff"), (8, 16), holds_alpha=True, lossy=False, most_side=2**31 - 1),
    Format("jpeg", "JPEG", (".jpg", ".jpeg"), (8,), holds_alpha=False, lossy=True, most_side=65_535),
    Format("webp", "WebP", (".webp",), (8,), holds_alpha=True, lossy=True, most_side=16_383),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that pictures are read from."""

    name: str
    title: str
    suffixes: tuple[str, ...]


PNG = Kind("png", "PNG", (".png", ".apng"))
JPEG = Kind("jpeg", "JPEG", (".jpg", ".jpeg", ".jpe", ".jfif"))
TIFF = Kind("tiff", "TIFF", (".tif", ".tiff"))
WEBP = Kind("webp", "WebP", (".webp",))
BMP = Kind("bmp", "BMP", (".bmp", ".dib"))
GIF = Kind("gif", "GIF", (".gif",))
HEIF = Kind("heif", "HEIF", (".heic", ".heif", ".hif"))
AVIF = Kind("avif", "AVIF", (".avif",))

KINDS = (JPEG, PNG, TIFF, WEBP, HEIF, AVIF, GIF, BMP)
READABLE_SUFFIXES = tuple(suffix for kind in KINDS for suffix in kind.suffixes)
"""For file dialogs; reading itself goes by content."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"BM", BMP),
    (b"II\x2a\x00", TIFF),
    (b"MM\x00\x2a", TIFF),
    (b"II\x2b\x00", TIFF),
    (b"MM\x00\x2b", TIFF),
)
_AVIF_BRANDS = (b"avif", b"avis")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")


def format_for(path: Path) -> Format:
    """The format that the path's suffix names. Raises CannotWriteError with the suffixes there are."""
    for form in FORMATS:
        if path.suffix.lower() in form.suffixes:
            return form
    there_are = ", ".join(suffix for form in FORMATS for suffix in form.suffixes)
    said = (
        _("{suffix} is no format to save as").format(suffix=path.suffix)
        if path.suffix
        else _("no suffix to tell the format")
    )
    raise CannotWriteError(
        _("{path}: {said}; there are {there_are}").format(
            path=shown(path.name), said=shown(said), there_are=there_are
        )
    )


def format_named(name: str) -> Format:
    """Raises CannotWriteError with the names there are."""
    for form in FORMATS:
        if form.name == name.casefold():
            return form
    raise CannotWriteError(
        _("{shown}: no such format; there are {all}").format(
            shown=shown(name), all=", ".join(f.name for f in FORMATS)
        )
    )


def kind_of(head: bytes, name: str) -> Kind:
    """What a file with these first bytes is, whatever its suffix. Raises UnreadablePictureError."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return WEBP
    if head[4:8] == b"ftyp":
        return _kind_by_brand(head, name)
    raise _no_picture(name)


def _kind_by_brand(head: bytes, name: str) -> Kind:
    size = min(int.from_bytes(head[:4], "big"), HEAD)
    # The major brand, then (after a version) the compatible ones.
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size, 4))]
    if any(brand in _AVIF_BRANDS for brand in brands):
        return AVIF
    if any(brand in _HEIF_BRANDS for brand in brands):
        return HEIF
    raise _no_picture(name)


def _no_picture(name: str) -> UnreadablePictureError:
    titles = [kind.title for kind in KINDS]
    return UnreadablePictureError(
        _("{name}: not a picture that can be opened; {titles} and {last} can").format(
            name=name, titles=", ".join(titles[:-1]), last=titles[-1]
        )
    )
