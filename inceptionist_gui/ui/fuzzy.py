"""Finds words from a few of their letters."""

import unicodedata
from functools import lru_cache

_START, _NEXT, _ANYWHERE = 8, 8, 2
"""What a letter is worth: at a word's start, and more right behind the one before; anywhere."""
_GAP = 0.1
"""What each letter that is passed over costs."""


def score(query: str, text: str) -> float | None:
    """How well the text answers to the query's letters, in their order; None where it does not.

    Case, accents and the query's blanks do not count. More is better; a shorter text wins over a longer one.
    """
    letters = "".join(_folded(query).split())
    folded = _folded(text)
    best = _best(letters, folded) if _holds(folded, letters) else None
    return None if best is None else best - _GAP * len(folded) / 10


@lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Without case and marks: whoever types "traumen" wants to find "Träumen"."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _holds(text: str, letters: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _best(letters: str, text: str) -> float | None:
    """The best way to find the letters: a row of scores, one for each place where the last letter may stand."""
    if not letters:
        return 0.0
    reached: list[float | None] = [
        _worth(text, at) if letter == letters[0] else None for at, letter in enumerate(text)
    ]
    for letter in letters[1:]:
        reached = _further(reached, text, letter)
    return max((each for each in reached if each is not None), default=None)


def _further(reached: list[float | None], text: str, letter: str) -> list[float | None]:
    """The scores with one more letter found."""
    found: list[float | None] = [None] * len(text)
    before: float | None = None
    for at in range(1, len(text)):
        beside = reached[at - 1]
        # The farther the letter before lies, the less the two belong together.
        before = None if before is None else before - _GAP
        if beside is not None and (before is None or beside > before):
            before = beside
        if text[at] == letter and before is not None:
            joined = beside + _NEXT if beside is not None else before
            found[at] = max(before + _worth(text, at), joined + _ANYWHERE)
    return found


def _worth(text: str, at: int) -> float:
    return _START if at == 0 or not text[at - 1].isalnum() else _ANYWHERE
