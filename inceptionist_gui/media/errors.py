"""What goes wrong with picture files, each told in one line."""

from inceptionist_gui.errors import UserError

LONGEST_REASON = 160
"""Characters of a decoder's own words that go into a line."""


class UnreadablePictureError(UserError):
    """A file that is no picture, or none that can be used."""


class CannotWriteError(UserError):
    """A picture that cannot be written where, or as, it was asked for."""


def shown(name: str) -> str:
    """A file name fit for one line: names may hold line breaks and bytes that are no text."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in name)


def reason(error: Exception) -> str:
    """What a decoder or the system complains of, cut to one short line."""
    told = error.strerror.lower() if isinstance(error, OSError) and error.strerror else str(error)
    said = " ".join(shown(part) for part in told.split()) or type(error).__name__
    return said if len(said) <= LONGEST_REASON else f"{said[: LONGEST_REASON - 3]}..."
