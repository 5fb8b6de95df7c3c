"""What is too large to open, judged by a file's header before a pixel is decoded."""

from inceptionist_gui.media.errors import UnreadablePictureError
from inceptionist_gui.words import _

MOST_FILE_BYTES = 2 * 1024**3
MOST_KEPT_BYTES = 64_000_000
"""Of a file that is kept in memory beside its pixels, to be put into a project as it is."""
MOST_SIDE = 32_768
"""px"""
MOST_PIXELS = 300_000_000
MOST_DECODED_BYTES = 2_500_000_000
"""300 megapixels of RGB and alpha at 16 bits."""
MOST_DEFLATE_RATIO = 1_040
"""Deflate gives at most 1032 bytes for one, so a header that promises more lies."""


def refuse_large(width: int, height: int, bytes_per_pixel: int, name: str) -> None:
    """Raises UnreadablePictureError when a picture of this size is more than the program opens."""
    if width < 1 or height < 1:
        raise UnreadablePictureError(
            _("{name}: {width} x {height} px; a picture has at least one pixel").format(
                name=name, width=width, height=height
            )
        )
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise UnreadablePictureError(
            _(
                "{name}: {width} x {height} px is too large; up to {side} px a side and {most} megapixels "
                "can be opened"
            ).format(name=name, width=width, height=height, side=MOST_SIDE, most=MOST_PIXELS // 1_000_000)
        )
    if width * height * bytes_per_pixel > MOST_DECODED_BYTES:
        raise UnreadablePictureError(
            _(
                "{name}: {width} x {height} px of {bytes_per_pixel} bytes are too large; up to {most:.1f} GB "
                "of pixels can be opened"
            ).format(
                name=name,
                width=width,
                height=height,
                bytes_per_pixel=bytes_per_pixel,
                most=MOST_DECODED_BYTES / 1e9,
            )
        )


def refuse_hollow(expected: int, packed: int, name: str) -> None:
    """Raises UnreadablePictureError when `packed` deflated bytes cannot hold the `expected` ones."""
    if expected > packed * MOST_DEFLATE_RATIO:
        raise UnreadablePictureError(
            _(
                "{name}: cut short: {packed} bytes of data cannot hold the picture; a whole file is expected"
            ).format(name=name, packed=packed)
        )
