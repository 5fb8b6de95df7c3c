"""What is dropped on the window or pasted into it."""

from io import BytesIO
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from inceptionist_gui.media import Picture, write_picture
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.questions import Answer
from inceptionist_gui.ui.window import Window
from tests.ui.drops import drag_over, drop, files

pytestmark = pytest.mark.qt
WAIT = 10_000


@pytest.fixture
def file(photo: Picture, tmp_path: Path) -> Path:
    path = tmp_path / "cat.png"
    write_picture(photo, path)
    return path


def png(pixels: npt.NDArray[np.uint8]) -> bytes:
    content = BytesIO()
    Image.fromarray(pixels).save(content, "PNG")
    return content.getvalue()


def texts(window: Window) -> list[str]:
    return [line.message.text for line in window.stage.messages.lines()]


def opened(session: Session) -> Picture:
    assert session.photo is not None
    return session.photo


def test_a_file_is_opened_shown_and_remembered(
    window: Window, session: Session, settings: Settings, file: Path, photo: Picture, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(file))
    np.testing.assert_array_equal(opened(session).pixels, photo.pixels)
    image = window.canvas.image
    assert image is not None
    assert (image.width(), image.height()) == (90, 60)
    assert window.windowTitle() == "cat.png[*] - Inceptionist"
    assert settings.recent_files() == [file]
    assert settings.open_folder == file.parent


def test_of_several_files_the_first_picture_is_opened_and_told(
    window: Window, session: Session, file: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "notes.txt").write_text("nothing")
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, files(tmp_path / "notes.txt", file, file))
    assert texts(window) == ["3 files were dropped: opening cat.png"]


def test_an_address_on_the_web_gets_a_line(window: Window, session: Session) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    drop(window, mime)
    assert texts(window) == [
        "https://example.org/cat.jpg: on the web; save the picture first, or copy and paste it"
    ]
    assert session.photo is None


def test_a_picture_dragged_from_a_browser_is_taken_by_its_data(
    window: Window, session: Session, pixels: npt.NDArray[np.uint8], qtbot: QtBot
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/cat.jpg")])
    mime.setData("image/png", png(pixels))
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        drop(window, mime)
    np.testing.assert_array_equal(opened(session).pixels, pixels)
    assert opened(session).name == "cat.jpg"


def test_text_is_not_welcome(window: Window) -> None:
    mime = QMimeData()
    mime.setText("a cat")
    assert not drag_over(window, mime)


def test_the_canvas_shows_that_it_would_take_it(window: Window, file: Path) -> None:
    before = window.canvas.grab().toImage()
    assert drag_over(window, files(file))
    assert window.canvas.grab().toImage() != before


def test_what_is_no_picture_gets_a_line_and_changes_nothing(
    window: Window, session: Session, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "bad.png").write_text("no picture")
    with qtbot.waitSignal(session.said, timeout=WAIT):
        drop(window, files(tmp_path / "bad.png"))
    assert len(texts(window)) == 1
    assert texts(window)[0].startswith("bad.png: ")
    assert window.canvas.image is None


def test_a_file_is_pasted(window: Window, session: Session, file: Path, qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setMimeData(files(file))
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        window.actions_.paste.trigger()
    assert opened(session).name == "cat.png"


def test_pixels_are_pasted(window: Window, session: Session, pixels: npt.NDArray[np.uint8], qtbot: QtBot) -> None:
    image = QImage(pixels.data, 90, 60, 270, QImage.Format.Format_RGB888)
    QGuiApplication.clipboard().setImage(image)
    with qtbot.waitSignal(session.picture_opened, timeout=WAIT):
        window.actions_.paste.trigger()
    np.testing.assert_array_equal(opened(session).pixels, pixels)
    assert window.windowTitle() == "Pasted picture[*] - Inceptionist"


def test_an_empty_clipboard_gets_a_line(window: Window) -> None:
    QGuiApplication.clipboard().setText("a cat")
    window.actions_.paste.trigger()
    assert texts(window) == ["There is no picture in it; a picture or a picture's file is expected"]


def test_what_is_shown_is_copied(window: Window, session: Session, photo: Picture) -> None:
    session.adopt(photo)
    window.actions_.copy.trigger()
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == (90, 60)
    assert image.pixelColor(3, 4).red() == photo.pixels[4, 3, 0]


def test_an_unsaved_dream_is_not_dropped_for_another_picture(
    window: Window, session: Session, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.unsaved = True
    monkeypatch.setattr(window.files, "ask_unsaved", lambda: Answer.CANCEL)
    drop(window, files(file))
    session._background.finish()
    assert session.photo is None
