"""A PDF of one page at its true size, with one picture on it (ISO 32000-1)."""

from math import ceil
from typing import BinaryIO

from inceptionist_gui.media.embedding import xmp
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.png_strips import FilteredRows
from inceptionist_gui.media.strips import Page

_POINTS = 72
"""To the inch."""
_MOST_POINTS = 14_400
"""Of a page's side, in its own unit."""
_FAMILIES = {3: "DeviceRGB", 4: "DeviceCMYK"}
_CATALOGUE, _PAGES, _PAGE, _CONTENT, _PICTURE, _LENGTH, _PROFILE, _SAID, _INFO = range(1, 10)
"""The numbers of the objects."""


class PdfStrips:
    rows = 1

    def __init__(self, page: Page, file: BinaryIO) -> None:
        self._page, self._file, self._rows = page, file, FilteredRows(page)
        self._places: dict[int, int] = {}
        file.write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._begin(_PICTURE)
        file.write(
            f"<< /Type /XObject /Subtype /Image /Width {page.width} /Height {page.height}"
            f" /BitsPerComponent {page.depth} /ColorSpace [/ICCBased {_PROFILE} 0 R] /Filter /FlateDecode"
            f" /DecodeParms << /Predictor 15 /Colors {page.channels} /BitsPerComponent {page.depth}"
            f" /Columns {page.width} >> /Length {_LENGTH} 0 R >>\nstream\n".encode()
        )
        self._length = 0

    def write(self, pixels: Pixels) -> None:
        self._put(self._rows.packed(pixels))

    def finish(self) -> None:
        self._put(self._rows.rest())
        self._file.write(b"\nendstream\nendobj\n")
        page = self._page
        self._object(_LENGTH, str(self._length))
        self._stream(_PROFILE, f"/N {page.channels} /Alternate /{_FAMILIES[page.channels]}", page.profile.data)
        self._stream(_SAID, "/Type /Metadata /Subtype /XML", xmp(page.provenance, page.about))
        unit = max(1, ceil(max(self._points(page.width), self._points(page.height)) / _MOST_POINTS))
        width, height = self._points(page.width) / unit, self._points(page.height) / unit
        self._stream(_CONTENT, "", f"q {width:.4f} 0 0 {height:.4f} 0 0 cm /P Do Q".encode())
        boxes = "".join(
            f" /{name} [{in_:.4f} {in_:.4f} {width - in_:.4f} {height - in_:.4f}]"
            for name, in_ in (
                ("MediaBox", 0.0),
                ("BleedBox", self._points(page.outside) / unit),
                ("TrimBox", self._points(page.outside + page.bleed) / unit),
            )
        )
        self._object(
            _PAGE,
            f"<< /Type /Page /Parent {_PAGES} 0 R /UserUnit {unit}{boxes} /Contents {_CONTENT} 0 R"
            f" /Resources << /XObject << /P {_PICTURE} 0 R >> >> >>",
        )
        self._object(_PAGES, f"<< /Type /Pages /Kids [{_PAGE} 0 R] /Count 1 >>")
        self._object(_CATALOGUE, f"<< /Type /Catalog /Pages {_PAGES} 0 R /Metadata {_SAID} 0 R >>")
        self._object(_INFO, self._info())
        self._end()

    def _points(self, pixels: int) -> float:
        return pixels / self._page.dpi * _POINTS

    def _info(self) -> str:
        about, program = self._page.about, self._page.provenance.program
        said = {"Title": about.title, "Author": about.author, "Subject": about.copyright, "Creator": program}
        return f"<< {' '.join(f'/{key} {_text(text)}' for key, text in said.items() if text)} >>"

    def _put(self, data: bytes) -> None:
        self._length += len(data)
        self._file.write(data)

    def _begin(self, number: int) -> None:
        self._places[number] = self._file.tell()
        self._file.write(f"{number} 0 obj\n".encode())

    def _object(self, number: int, content: str) -> None:
        self._begin(number)
        self._file.write(f"{content}\nendobj\n".encode())

    def _stream(self, number: int, said: str, data: bytes) -> None:
        self._begin(number)
        self._file.write(f"<< {said} /Length {len(data)} >>\nstream\n".encode() + data + b"\nendstream\nendobj\n")

    def _end(self) -> None:
        at, count = self._file.tell(), len(self._places) + 1
        entries = "".join(f"{self._places[number]:010} 00000 n \n" for number in sorted(self._places))
        self._file.write(
            f"xref\n0 {count}\n0000000000 65535 f \n{entries}"
            f"trailer\n<< /Size {count} /Root {_CATALOGUE} 0 R /Info {_INFO} 0 R >>\n"
            f"startxref\n{at}\n%%EOF\n".encode()
        )


def _text(text: str) -> str:
    return "<feff" + text.encode("utf-16-be", "replace").hex() + ">"
