"""What a drop or the clipboard brings: a file, a picture's bytes, or nothing of use."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QUrl
from PySide6.QtGui import QImage

from inceptionist_gui.media import PROJECT_SUFFIX, READABLE_SUFFIXES
from inceptionist_gui.words import _


@dataclass(frozen=True, slots=True)
class FromFile:
    """A file of this machine."""

    path: Path
    note: str = ""
    """What the user should know about the choice."""


@dataclass(frozen=True, slots=True)
class FromBytes:
    """The content of a picture file."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """Nothing that can be opened."""

    why: str


Incoming = FromFile | FromBytes | Unusable


def may_hold_picture(mime: QMimeData) -> bool:
    """Whether it is worth a look; cheap, for while something is dragged over the window."""
    return mime.hasUrls() or mime.hasImage() or _image_kind(mime) is not None


def incoming(mime: QMimeData, name: str) -> Incoming:
    """The picture in the data; `name` is for one that has none of its own."""
    urls = mime.urls()
    paths = local_files(mime)
    if paths:
        return _chosen(paths)
    held = _held(mime)
    if held:
        return FromBytes(held, _file_name(urls) or name)
    if urls:
        return Unusable(
            _("{address}: on the web; save the picture first, or copy and paste it").format(
                address=urls[0].toDisplayString()
            )
        )
    return Unusable(_("There is no picture in it; a picture or a picture's file is expected"))


def local_files(mime: QMimeData) -> list[Path]:
    """The files of this machine that the data names."""
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]


def _chosen(paths: list[Path]) -> FromFile:
    known = (PROJECT_SUFFIX, *READABLE_SUFFIXES)
    path = next((path for path in paths if path.suffix.lower() in known), paths[0])
    note = (
        _("{count} files were dropped: opening {name}").format(count=len(paths), name=path.name)
        if len(paths) > 1
        else ""
    )
    return FromFile(path, note)


def _image_kind(mime: QMimeData) -> str | None:
    """The format of the data in which a picture file's own bytes lie."""
    kinds = [kind for kind in mime.formats() if kind.startswith("image/") and "svg" not in kind]
    # A browser offers several of the same picture; PNG loses nothing.
    return next((kind for kind in kinds if kind == "image/png"), kinds[0] if kinds else None)


def _held(mime: QMimeData) -> bytes:
    kind = _image_kind(mime)
    data = bytes(mime.data(kind).data()) if kind else b""
    return data or _as_png(mime.imageData() if mime.hasImage() else None)


def _as_png(image: object) -> bytes:
    if not isinstance(image, QImage) or image.isNull():
        return b""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    # Speed before size: it is read back at once.
    image.save(buffer, "PNG", 100)  # type: ignore[call-overload]
    return bytes(content.data())


def _file_name(urls: list[QUrl]) -> str:
    return urls[0].fileName() if urls else ""
