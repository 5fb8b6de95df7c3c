"""What the user reads, in the user's language."""

from collections.abc import Iterator

import pytest

from inceptionist_gui import words


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    words.speak(words.SOURCE_LANGUAGE)


def test_without_a_catalogue_it_speaks_english() -> None:
    words.speak("tlh")
    assert words._("Goals") == "Goals"
    assert words.n_("{n} core", "{n} cores", 1) == "{n} core"
    assert words.n_("{n} core", "{n} cores", 2) == "{n} cores"


def test_german_is_one_of_the_languages() -> None:
    assert words.languages()[0] == "en"
    assert "de" in words.languages()
    words.speak("de")
    assert words._("Goals") == "Ziele"
    assert words.n_("{n} core", "{n} cores", 2).format(n=2) == "2 Kerne"


def test_nothing_stays_nothing_and_what_is_strange_stays_as_it_is() -> None:
    words.speak("de")
    assert words._("") == ""
    assert words._("xyzzy") == "xyzzy"


def test_what_is_said_later_is_kept_in_english() -> None:
    words.speak("de")
    assert words.later("Goals") == "Goals"
