"""Studios on the real network, with settings of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from skimage import data

from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.window import Window

OpenStudio = Callable[[], tuple[Window, Session]]


@pytest.fixture
def open_studio(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[OpenStudio]:
    """Opens one more window with a session; all are closed at the end."""
    theme = Theme(qapp)
    settings = Settings(tmp_path / "settings.ini")

    def opened() -> tuple[Window, Session]:
        session = Session()
        window = Window(session, settings, theme)
        qtbot.addWidget(window, before_close_func=lambda _: window.leave())
        window.show()
        qtbot.waitExposed(window)
        return window, session

    yield opened
    qapp.setStyleSheet("")
    theme.deleteLater()


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """A file of 151 x 100 pixels."""
    path = tmp_path / "cat.png"
    cat = np.ascontiguousarray(data.chelsea()[::3, ::3])  # type: ignore[no-untyped-call]
    write_picture(Picture(cat, name=path.name), path)
    return path
