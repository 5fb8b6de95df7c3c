"""The window in other languages: longer words, and nothing cut off."""

import gettext
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from inceptionist_gui import app, words
from inceptionist_gui.recipe import Mode, Recipe, Start
from inceptionist_gui.session.naming import subject
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
LONGER = 0.3
SMALL = (1280, 690)
"""px; a screen of 1280 x 720 less the frame around a window."""


class Longer(gettext.NullTranslations):
    """A language whose every text takes a third more room."""

    def gettext(self, message: str) -> str:
        return message + "·" * max(1, round(len(message) * LONGER))

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@pytest.fixture
def longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(words, "_spoken", Longer())


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    """And English again, Qt's own words too."""
    words.speak("de")
    yield
    words.speak(words.SOURCE_LANGUAGE)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


def cut_off(window: QWidget) -> list[str]:
    """What cannot be read whole, of all that is to be read."""
    labels = [label for label in window.findChildren(QLabel) if not isinstance(label, ElidingLabel)]
    texts: list[QLabel | QAbstractButton] = [*labels, *window.findChildren(QAbstractButton)]
    found = [each for each in texts if each.isVisible() and each.text()]
    return [f"{type(each).__name__}: {each.text()}" for each in found if not _whole(each)]


def _whole(widget: QLabel | QAbstractButton) -> bool:
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() >= widget.heightForWidth(widget.width())
    return widget.width() >= min(widget.sizeHint().width(), widget.minimumSizeHint().width())


@pytest.mark.usefixtures("longer")
@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_is_cut_off_where_words_are_longer(
    window: Window, session: Session, mode: Mode, qtbot: QtBot
) -> None:
    window.resize(*SMALL)
    session.set_mode(mode)
    qtbot.wait(20)
    assert window.size().toTuple() == SMALL
    assert cut_off(window) == []


@pytest.mark.usefixtures("german")
def test_what_was_generated_is_named_in_german() -> None:
    assert subject(Recipe(start=Start.CLOUDS), "") == "Wolken"


@pytest.mark.usefixtures("german")
def test_the_window_speaks_german(window: Window, session: Session) -> None:
    assert window.actions_.dream.text() == "Träumen"
    assert window.docks.all()[0].windowTitle() == "Hindurchsehen"
    session.set_value("scale.octaves", 3)
    assert window.actions_.undo.text() == "Rückgängig: Oktaven 3"


@pytest.mark.usefixtures("german")
def test_the_layout_is_the_same_in_every_language(window: Window, settings: Settings, qtbot: QtBot) -> None:
    window.docks.toggles()[0].trigger()
    window.close()
    words.speak(words.SOURCE_LANGUAGE)
    session = Session()
    again = Window(session, settings, Theme(QApplication.instance()))  # type: ignore[arg-type]
    qtbot.addWidget(again, before_close_func=lambda _: again.leave())
    again.show()
    assert not again.docks.all()[0].isVisible()


@pytest.mark.usefixtures("german")
def test_the_language_is_the_chosen_one_or_the_systems(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    app.speak_to_user(qapp, "en")
    assert words._("Goals") == "Goals"
    monkeypatch.setattr(QLocale, "system", staticmethod(lambda: QLocale("de_AT")))
    app.speak_to_user(qapp, "")
    assert words._("Goals") == "Ziele"
