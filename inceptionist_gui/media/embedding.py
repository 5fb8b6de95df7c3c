"""The recipe inside a picture: a text chunk in PNG, XMP in the others."""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import BinaryIO

from inceptionist_gui.media import jpeg, png, tiff
from inceptionist_gui.media.formats import JPEG, PNG, TIFF, WEBP, Kind
from inceptionist_gui.recipe import Provenance, RecipeError, provenance_from_text
from inceptionist_gui.recipe.reading import LONGEST_TEXT
from inceptionist_gui.words import _

KEY = "inceptionist"
"""Of the PNG text chunk."""
NAMESPACE = "urn:inceptionist:1.0:"
MOST_BYTES = LONGEST_TEXT + 1_000_000
"""Of a recipe with all that is wrapped around it."""
MOST_CHUNKS = 100_000
"""Of a WebP file."""

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_ELEMENT = f"{{{NAMESPACE}}}provenance"
_PACKET = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    f'<rdf:RDF xmlns:rdf="{_RDF}">'
    '<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    ' xmlns:xmpNote="http://ns.adobe.com/xmp/note/"'
    f' xmlns:{KEY}="{NAMESPACE}">'
    "%s</rdf:Description></rdf:RDF></x:xmpmeta>"
    '<?xpacket end="r"?>'
)
_XMP_SEGMENT = b"http://ns.adobe.com/xap/1.0/\x00"
_EXTENSION_SEGMENT = b"http://ns.adobe.com/xmp/extension/\x00"
_EXTENSION_HEAD = len(_EXTENSION_SEGMENT) + 40


@dataclass(frozen=True, slots=True)
class About:
    """What a picture's makers say of it; what is empty is not said."""

    title: str = ""
    author: str = ""
    copyright: str = ""


NOTHING_SAID = About()


def xmp(provenance: Provenance, about: About = NOTHING_SAID) -> bytes:
    """An XMP packet with the provenance in a namespace of its own."""
    said = f"{_creator(provenance)}{_said(about)}"
    return _packet(f"{said}<{KEY}:provenance>{_json(provenance)}</{KEY}:provenance>")


def jpeg_segments(provenance: Provenance, about: About = NOTHING_SAID) -> bytes:
    """The XMP packet as JPEG segments; where one cannot hold it, as Adobe's extended XMP."""
    from hashlib import md5

    whole = xmp(provenance, about)
    if len(_XMP_SEGMENT) + len(whole) <= jpeg.LONGEST:
        return jpeg.segment(jpeg.APP1, _XMP_SEGMENT + whole)
    # The standard names the extension by its MD5; nothing is secured by it.
    guid = md5(whole, usedforsecurity=False).hexdigest().upper()
    main = _packet(f"{_creator(provenance)}{_said(about)}<xmpNote:HasExtendedXMP>{guid}</xmpNote:HasExtendedXMP>")
    return jpeg.segment(jpeg.APP1, _XMP_SEGMENT + main) + b"".join(_extension(whole, guid))


def provenance_inside(file: BinaryIO, kind: Kind, name: str) -> Provenance | None:
    """What the picture says of its making, None where it says nothing.

    Raises RecipeError, naming `name`, where what it says cannot be used.
    """
    text = png.text_at(file, KEY, MOST_BYTES) if kind is PNG else _text_in_xmp(_xmp_of(file, kind), name)
    if text is None:
        return None
    if len(text) > MOST_BYTES:
        raise RecipeError(
            _("{name}: the recipe inside is longer than {most} MB").format(name=name, most=MOST_BYTES // 1_000_000)
        )
    try:
        return provenance_from_text(text.decode() if isinstance(text, bytes) else text, name)
    except UnicodeDecodeError as error:
        raise RecipeError(
            _("{name}: the recipe inside is damaged; its text is not UTF-8").format(name=name)
        ) from error


def _creator(provenance: Provenance) -> str:
    return f"<xmp:CreatorTool>{escape(_printable(provenance.program))}</xmp:CreatorTool>"


def _said(about: About) -> str:
    """In the words of the Dublin Core."""
    return "".join(
        f'<dc:{word} xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:{kind}>{item}{escape(_printable(text))}'
        f"</rdf:li></rdf:{kind}></dc:{word}>"
        for word, kind, item, text in (
            ("title", "Alt", '<rdf:li xml:lang="x-default">', about.title),
            ("creator", "Seq", "<rdf:li>", about.author),
            ("rights", "Alt", '<rdf:li xml:lang="x-default">', about.copyright),
        )
        if text
    )


def _json(provenance: Provenance) -> str:
    # ASCII, since XML forbids some of the signs that a file name may have.
    return escape(json.dumps(json.loads(provenance.text()), separators=(",", ":")))


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())


def _packet(content: str) -> bytes:
    return (_PACKET % content).encode()


def _extension(whole: bytes, guid: str) -> Iterator[bytes]:
    room = jpeg.LONGEST - _EXTENSION_HEAD
    for at in range(0, len(whole), room):
        head = _EXTENSION_SEGMENT + guid.encode() + struct.pack(">II", len(whole), at)
        yield jpeg.segment(jpeg.APP1, head + whole[at : at + room])


def _text_in_xmp(packet: bytes | None, name: str) -> str | None:
    """The JSON inside a packet. Other programs' XMP, whole or damaged, gives None."""
    from defusedxml import ElementTree
    from defusedxml.common import DefusedXmlException

    if packet is None or NAMESPACE.encode() not in packet:
        return None
    try:
        root = ElementTree.fromstring(packet.strip(b"\x00"), forbid_dtd=True)
    except (ElementTree.ParseError, DefusedXmlException, ValueError) as error:
        raise RecipeError(
            _("{name}: the recipe inside is damaged; its XMP is not whole").format(name=name)
        ) from error
    for element in root.iter():
        if element.tag == _ELEMENT:
            return element.text or ""
        # Other tools write short properties as attributes.
        if _ELEMENT in element.attrib:
            return str(element.attrib[_ELEMENT])
    return None


def _xmp_of(file: BinaryIO, kind: Kind) -> bytes | None:
    if kind is JPEG:
        return _xmp_of_jpeg(file)
    if kind is WEBP:
        return _xmp_of_webp(file)
    return _xmp_of_tiff(file) if kind is TIFF else None


def _xmp_of_tiff(file: BinaryIO) -> bytes | None:
    try:
        packet = tiff.tag_of(file, tiff.XMP)
    except Exception:  # noqa: BLE001  tifffile raises whatever damaged bytes lead it to.
        return None
    return packet[:MOST_BYTES] if isinstance(packet, bytes) else None


def _xmp_of_webp(file: BinaryIO) -> bytes | None:
    end = file.seek(0, 2)
    at = 12
    for _chunk in range(MOST_CHUNKS):
        file.seek(at)
        if at + 8 > end:
            return None
        kind, length = struct.unpack("<4sI", file.read(8))
        if kind == b"XMP ":
            return file.read(min(length, MOST_BYTES))
        at += 8 + length + length % 2
    return None


def _xmp_of_jpeg(file: BinaryIO) -> bytes | None:
    main, parts = None, {}
    for data in jpeg.segments(file, jpeg.APP1):
        if data.startswith(_XMP_SEGMENT):
            main = main or data[len(_XMP_SEGMENT) :]
        elif data.startswith(_EXTENSION_SEGMENT) and len(data) > _EXTENSION_HEAD:
            guid, at = (
                data[_EXTENSION_HEAD - 40 : _EXTENSION_HEAD - 8],
                data[_EXTENSION_HEAD - 4 : _EXTENSION_HEAD],
            )
            parts[guid, int.from_bytes(at, "big")] = data[_EXTENSION_HEAD:]
    return _extended(main, parts) if main and parts else main


def _extended(main: bytes, parts: dict[tuple[bytes, int], bytes]) -> bytes:
    """The extension that the main packet names, its parts in order; else the main packet."""
    named = [key for key in sorted(parts) if key[0] in main]
    whole = b"".join(parts[key] for key in named if key[0] == named[0][0])
    return whole[:MOST_BYTES] or main
