"""The words a user reads, in the language of their choice."""

import gettext
from pathlib import Path

from inceptionist_gui.shipped import resource

DOMAIN = "inceptionist"
SOURCE_LANGUAGE = "en"
"""In which the program is written; it needs no catalogue."""

_spoken = gettext.NullTranslations()


def _(text: str) -> str:
    """The text in the user's language, itself where there is no translation.

    What varies is put in afterwards: `_("Saved {name}").format(name=name)`. Text that is a value elsewhere (a
    control's title, a preset's) is translated where it is shown, not where it is kept.
    """
    # Of nothing, gettext gives what the catalogue says of itself.
    return _spoken.gettext(text) if text else ""


def n_(one: str, many: str, count: int) -> str:
    """The form of the text that goes with the count."""
    return _spoken.ngettext(one, many, count)


def later(text: str) -> str:
    """The text as it is; marks one that is kept in English and goes through `_` where it is shown."""
    return text


def speak(language: str) -> None:
    """Has everything be said in this language from now on; one that there is no catalogue for leaves English."""
    global _spoken
    _spoken = gettext.translation(DOMAIN, str(_catalogues()), [language], fallback=True)


def languages() -> tuple[str, ...]:
    """The languages that there are, by their codes."""
    found = _catalogues().glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    return (SOURCE_LANGUAGE, *sorted(path.parent.parent.name for path in found))


def _catalogues() -> Path:
    return resource("languages")
