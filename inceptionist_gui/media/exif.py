"""The little that is wanted of EXIF: which way is up, and how many dots to the inch."""

from typing import TYPE_CHECKING

from inceptionist_gui.media.raster import plausible_dpi

if TYPE_CHECKING:
    from PIL import Image

ORIENTATION = 274
X_RESOLUTION = 282
Y_RESOLUTION = 283
RESOLUTION_UNIT = 296
INCH = 2
CENTIMETRE = 3
CM_PER_INCH = 2.54

DAMAGED = "its EXIF data is damaged; taken as upright"


def orientation_in(data: bytes | None) -> tuple[int, tuple[str, ...]]:
    """EXIF's orientation, 1 where there is none, and a note where the data is damaged."""
    from PIL import Image

    if data is None:
        return 1, ()
    exif = Image.Exif()
    try:
        exif.load(data)
        return orientation_of(exif.get(ORIENTATION)), ()
    except Exception:  # noqa: BLE001  Pillow's EXIF reader raises whatever the bytes lead it to.
        return 1, (DAMAGED,)


def orientation_of(value: object) -> int:
    return value if isinstance(value, int) and 1 <= value <= 8 else 1


def dpi_from(exif: "Image.Exif") -> float | None:
    return dpi_of(exif.get(X_RESOLUTION), exif.get(RESOLUTION_UNIT, INCH))


def dpi_of(resolution: object, unit: object) -> float | None:
    """The resolution in dots per inch, where its unit is one of length."""
    found = plausible_dpi(resolution)
    if found is None or unit not in (INCH, CENTIMETRE):
        return None
    return plausible_dpi(found * CM_PER_INCH) if unit == CENTIMETRE else found


def resolution_exif(dpi: float) -> bytes:
    """An EXIF block that says the resolution, for files that have no other place for it."""
    from PIL import Image

    exif = Image.Exif()
    exif[X_RESOLUTION] = exif[Y_RESOLUTION] = dpi
    exif[RESOLUTION_UNIT] = INCH
    return exif.tobytes()
