"""A studio whose settings are the test's own, with no dream running."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture
from inceptionist_gui.session.looker import Looker
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(tmp_path / "settings.ini")


@pytest.fixture
def session(qapp: QApplication) -> Iterator[Session]:
    session = Session(qapp)
    yield session
    session.close()
    session.undo_stack.clear()
    session.deleteLater()


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    theme = Theme(qapp)
    yield theme
    qapp.setStyleSheet("")
    theme.deleteLater()


@pytest.fixture
def window(qtbot: QtBot, session: Session, settings: Settings, theme: Theme) -> Window:
    window = Window(session, settings, theme)
    # Leaving it without questions is what the fixture, not the test, does at the end.
    qtbot.addWidget(window, before_close_func=lambda _: window.leave())
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def previews(session: Session) -> Iterator[Previews]:
    looker = Looker(session)
    yield Previews(session, looker, session)
    looker.leave()


@pytest.fixture
def pixels() -> npt.NDArray[np.uint8]:
    return np.random.default_rng(5).integers(0, 255, (60, 90, 3), dtype=np.uint8)


@pytest.fixture
def photo(pixels: npt.NDArray[np.uint8]) -> Picture:
    return Picture(pixels, name="cat.png")
