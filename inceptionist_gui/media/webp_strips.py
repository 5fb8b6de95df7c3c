"""WebP, which can only be coded as a whole: gathered first. It is small enough for that."""

from typing import BinaryIO

import numpy as np

from inceptionist_gui.media.embedding import xmp
from inceptionist_gui.media.exif import resolution_exif
from inceptionist_gui.media.picture import Pixels
from inceptionist_gui.media.strips import Page


class WebpStrips:
    rows = 1

    def __init__(self, page: Page, file: BinaryIO) -> None:
        self._page, self._file = page, file
        self._whole = np.empty((page.height, page.width, page.channels), np.uint8)
        self._filled = 0

    def write(self, pixels: Pixels) -> None:
        self._whole[self._filled : self._filled + len(pixels)] = pixels
        self._filled += len(pixels)

    def finish(self) -> None:
        from PIL import Image

        page = self._page
        Image.fromarray(self._whole).save(
            self._file,
            "WEBP",
            quality=page.quality,
            icc_profile=page.profile.data,
            exif=resolution_exif(page.dpi),
            xmp=xmp(page.provenance, page.about),
        )
