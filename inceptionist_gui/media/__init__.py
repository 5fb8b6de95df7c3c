"""Pixels in and out, and the recipe inside a picture. No torch, no Qt.

`read_picture` and `write_picture` are the two doors. Reading goes by content: `formats` tells the
kind, `png`, `tiff`, `heif` or `shallow` decodes it to a `Raster`, `icc` brings that to sRGB, and
`embedding` finds the recipe. Writing is `encoding` to bytes, then `writing` puts them in place whole.
`generated` makes pictures to start from where there is no photo.
"""

from inceptionist_gui.media.archive import PROJECT_SUFFIX, is_project, read_project, write_project
from inceptionist_gui.media.encoding import encoded
from inceptionist_gui.media.errors import CannotWriteError, UnreadablePictureError
from inceptionist_gui.media.formats import FORMATS, READABLE_SUFFIXES, Format, format_for, format_named
from inceptionist_gui.media.generated import clouds, noise
from inceptionist_gui.media.icc import srgb_profile
from inceptionist_gui.media.picture import Picture, Pixels, as_float32, as_uint8, as_uint16
from inceptionist_gui.media.project import Project, ProjectError
from inceptionist_gui.media.reading import picture_from_bytes, read_picture, read_provenance
from inceptionist_gui.media.writing import check_target, write_picture, write_whole

__all__ = [
    "FORMATS",
    "PROJECT_SUFFIX",
    "READABLE_SUFFIXES",
    "CannotWriteError",
    "Format",
    "Picture",
    "Pixels",
    "Project",
    "ProjectError",
    "UnreadablePictureError",
    "as_float32",
    "as_uint8",
    "as_uint16",
    "check_target",
    "clouds",
    "encoded",
    "format_for",
    "format_named",
    "is_project",
    "noise",
    "picture_from_bytes",
    "read_picture",
    "read_project",
    "read_provenance",
    "srgb_profile",
    "write_picture",
    "write_project",
    "write_whole",
]
