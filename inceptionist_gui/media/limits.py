"""What is too large to open, judged by a file's header before a pixel is decoded."""

from inceptionist_gui.media.errors import UnreadablePictureError

MOST_FILE_BYTES = 2 * 1024**3
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
        raise UnreadablePictureError(f"{name}: {width} x {height} px; a picture has at least one pixel")
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise UnreadablePictureError(
            f"{name}: {width} x {height} px is too large;"
            f" up to {MOST_SIDE} px a side and {MOST_PIXELS // 1_000_000} megapixels can be opened"
        )
    if width * height * bytes_per_pixel > MOST_DECODED_BYTES:
        raise UnreadablePictureError(
            f"{name}: {width} x {height} px of {bytes_per_pixel} bytes are too large;"
            f" up to {MOST_DECODED_BYTES / 1e9:.1f} GB of pixels can be opened"
        )


def refuse_hollow(expected: int, packed: int, name: str) -> None:
    """Raises UnreadablePictureError when `packed` deflated bytes cannot hold the `expected` ones."""
    if expected > packed * MOST_DEFLATE_RATIO:
        raise UnreadablePictureError(
            f"{name}: cut short: {packed} bytes of data cannot hold the picture; a whole file is expected"
        )
