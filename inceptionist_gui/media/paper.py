"""Sizes of paper, and lengths as people write them."""

import re
from dataclasses import dataclass

MM_PER_INCH = 25.4


@dataclass(frozen=True, slots=True)
class Paper:
    """A size that prints come in, upright."""

    name: str
    """As the command line takes it."""
    title: str
    width: float
    """mm, as `height`."""
    height: float


def _iso(number: int, width: float, height: float) -> Paper:
    return Paper(f"a{number}", f"A{number}", width, height)


def _cm(width: int, height: int) -> Paper:
    return Paper(f"{width}x{height}cm", f"{width} x {height} cm", width * 10.0, height * 10.0)


def _inch(width: float, height: float, name: str = "", title: str = "") -> Paper:
    return Paper(
        name or f"{width:g}x{height:g}in",
        title or f"{width:g} x {height:g} in",
        width * MM_PER_INCH,
        height * MM_PER_INCH,
    )


PAPERS = (
    _iso(5, 148, 210),
    _iso(4, 210, 297),
    _iso(3, 297, 420),
    _iso(2, 420, 594),
    _iso(1, 594, 841),
    _iso(0, 841, 1189),
    *(_cm(*sides) for sides in ((30, 40), (40, 50), (40, 60), (50, 70), (60, 80), (60, 90), (70, 100))),
    *(_cm(*sides) for sides in ((80, 120), (100, 140), (100, 150))),
    _inch(8.5, 11, "letter", "US Letter"),
    _inch(11, 17, "tabloid", "US Tabloid"),
    *(_inch(*sides) for sides in ((8, 10), (11, 14), (16, 20), (18, 24), (20, 30), (24, 36), (30, 40))),
    *(_cm(side, side) for side in (20, 30, 50, 70, 100)),
)

_UNITS = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": MM_PER_INCH, '"': MM_PER_INCH, "pt": MM_PER_INCH / 72}


def paper_named(name: str) -> Paper | None:
    wanted = re.sub(r"\s", "", name.casefold())
    return next((paper for paper in PAPERS if paper.name == wanted), None)


def millimetres(text: str, dpi: float) -> float:
    """A length as in 60cm, 24in, 594mm or 7016px. Raises ValueError."""
    found = re.fullmatch(r'(\d+(?:[.,]\d+)?)\s*(mm|cm|m|in|"|pt|px)', text.strip().casefold())
    if not found:
        raise ValueError(text)
    number = float(found[1].replace(",", "."))
    return number / dpi * MM_PER_INCH if found[2] == "px" else number * _UNITS[found[2]]


def pixels(length: float, dpi: float) -> int:
    """Of a length in mm; at least one."""
    return max(1, round(length / MM_PER_INCH * dpi))
