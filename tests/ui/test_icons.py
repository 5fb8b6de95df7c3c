"""Icons and lines of text that are cut off where they must be."""

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QIcon, QImage
from pytestqt.qtbot import QtBot

from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.icons import icon, outline
from inceptionist_gui.ui.tones import DARK

pytestmark = [pytest.mark.qt, pytest.mark.usefixtures("qapp")]
SQUARE = QRectF(-0.5, -0.5, 1.0, 1.0)


def drawn(name: str, mode: QIcon.Mode = QIcon.Mode.Normal, ratio: float = 1.0) -> QImage:
    return icon(name, DARK).pixmap(QSize(24, 24), ratio, mode).toImage()


@pytest.mark.parametrize("name", ["play-fill", "folder-open", "x", "columns", "eye"])
def test_an_outline_fills_its_square_and_stays_inside(name: str) -> None:
    bounds = outline(name).boundingRect()
    assert SQUARE.adjusted(-0.01, -0.01, 0.01, 0.01).contains(bounds)
    assert max(bounds.width(), bounds.height()) > 0.5
    assert abs(bounds.center().x()) < 0.15
    assert abs(bounds.center().y()) < 0.15


def test_a_strange_name_is_refused() -> None:
    with pytest.raises(KeyError):
        outline("no such icon")


def test_it_is_drawn_in_the_colours_of_its_state_and_sharp() -> None:
    normal, disabled, dense = drawn("x"), drawn("x", QIcon.Mode.Disabled), drawn("x", ratio=2.0)
    assert normal != disabled
    assert normal.pixelColor(12, 12).name() == DARK.text
    assert disabled.pixelColor(12, 12).name() == DARK.disabled
    assert dense.size() == QSize(48, 48)
    assert icon("x", DARK, DARK.accent).pixmap(24).toImage().pixelColor(12, 12).name() == DARK.accent


def test_a_copy_draws_the_same() -> None:
    first = icon("eye", DARK)
    copy = QIcon(first)
    del first
    assert copy.pixmap(24).toImage() == drawn("eye")


def test_a_line_is_cut_off_and_kept_whole(qtbot: QtBot) -> None:
    label = ElidingLabel("A rather long line of text")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    narrow = label.grab().toImage()
    label.setText("A rather other line of text")
    assert label.grab().toImage() == narrow, "only the beginning is to be seen"
    assert label.text() == "A rather other line of text"
    assert label.minimumSizeHint().width() < label.sizeHint().width()
