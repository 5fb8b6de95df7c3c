"""Dragging the result out of the window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, read_picture
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.incoming import FromFile, incoming
from inceptionist_gui.ui.outgoing import FILES, DragHandle, OutgoingPicture
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def handle(session: Session, qtbot: QtBot) -> DragHandle:
    handle = DragHandle(session)
    qtbot.addWidget(handle)
    handle.show()
    return handle


def test_the_file_is_written_when_it_is_asked_for_and_only_once(
    handle: DragHandle, photo: Picture, tmp_path: Path
) -> None:
    written: list[Path] = []

    def write() -> Path | None:
        path = handle.write(photo)
        assert path is not None
        written.append(path)
        return path

    mime = OutgoingPicture(write)
    assert mime.hasUrls()
    assert mime.formats() == [FILES]
    assert not written
    for _time in range(2):
        assert [Path(url.toLocalFile()) for url in mime.urls()] == written
    assert len(written) == 1
    assert (read_picture(written[0]).pixels == photo.pixels).all()
    assert tmp_path not in written[0].parents
    assert isinstance(incoming(mime, "x"), FromFile)


def test_what_cannot_be_written_is_said(
    handle: DragHandle, photo: Picture, session: Session, qtbot: QtBot
) -> None:
    handle._folder.remove()
    with qtbot.waitSignal(session.said):
        assert handle.write(photo) is None
    assert OutgoingPicture(lambda: None).urls() == []


def test_it_is_there_once_there_is_a_result(window: Window, session: Session, photo: Picture) -> None:
    handle = window.findChild(DragHandle)
    assert isinstance(handle, DragHandle)
    assert not handle.isEnabled()
    session.result = photo
    session.result_changed.emit(photo)
    assert handle.isEnabled()


def test_a_drag_begins_beyond_the_usual_distance(
    handle: DragHandle, session: Session, photo: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.result = photo
    session.result_changed.emit(photo)
    dragged: list[int] = []
    monkeypatch.setattr(handle, "drag", lambda: dragged.append(1))
    middle = handle.rect().center()
    QTest.mousePress(handle, LEFT, pos=middle)
    QTest.mouseMove(handle, middle + QPoint(1, 1))
    assert not dragged
    QTest.mouseMove(handle, middle + QPoint(40, 0))
    QTest.mouseMove(handle, middle + QPoint(60, 0))
    assert dragged == [1]


def test_a_click_says_what_it_is_for(handle: DragHandle, session: Session, photo: Picture, qtbot: QtBot) -> None:
    session.result_changed.emit(photo)
    with qtbot.waitSignal(session.said):
        QTest.mouseClick(handle, LEFT)
