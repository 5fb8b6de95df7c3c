"""Dragging the picture out of the window, as a file that is written only when somebody takes it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTemporaryDir, QUrl
from PySide6.QtGui import QDrag, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QToolButton, QWidget

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, as_uint8, write_picture
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.ui.pixmaps import pixmap_of
from inceptionist_gui.ui.saving import suggested
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

FILES = "text/uri-list"
_SHOWN = QSize(96, 96)
"""px; under the pointer while it is dragged."""


class OutgoingPicture(QMimeData):
    """A picture's file: offered at once, written when its address is asked for."""

    def __init__(self, write: Callable[[], Path | None]) -> None:
        super().__init__()
        self._write = write
        self._path: Path | None = None

    def formats(self) -> list[str]:
        return [FILES]

    def hasFormat(self, mimetype: str) -> bool:
        return mimetype == FILES

    def retrieveData(self, mimetype: str, _: object) -> object:
        if mimetype != FILES:
            return None
        self._path = self._path or self._write()
        # Qt makes of it whatever form is asked for.
        return [] if self._path is None else [QUrl.fromLocalFile(str(self._path))]


class DragHandle(QToolButton):
    """A button that is dragged rather than clicked: the picture comes along, its recipe inside."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._pressed_at: QPoint | None = None
        self._outgoing: OutgoingPicture | None = None
        self._folder = QTemporaryDir()
        """Goes with the program; whoever took a file out of it has a copy."""
        self.setText(_("Drag out"))
        self.setAccessibleName(_("Drag the picture out"))
        self.setToolTip(tip(_("Drag this into a folder or another program: the picture goes with it.")))
        # Without a mouse there is Copy, and Save.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.clicked.connect(self._explain)
        session.result_changed.connect(self._offer)
        self._offer(session.result)

    def _offer(self, result: Picture | None) -> None:
        self.setEnabled(result is not None)

    def _explain(self) -> None:
        self._session.said.emit(Message(_("Drag it: into a folder, a mail, another program")))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if self._pressed_at is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        way = event.position().toPoint() - self._pressed_at
        if way.manhattanLength() >= QGuiApplication.styleHints().startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.drag()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def drag(self) -> None:
        """Begins to drag the result; returns when it is dropped."""
        result = self._session.result
        if result is None:
            return
        drag = QDrag(self)
        # Kept here as well: Qt owns it, and Python's half must live as long.
        self._outgoing = OutgoingPicture(lambda: self.write(result))
        drag.setMimeData(self._outgoing)
        picture = pixmap_of(as_uint8(result.pixels)).scaled(
            _SHOWN * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        drag.setPixmap(picture)
        drag.exec(Qt.DropAction.CopyAction)

    def write(self, result: Picture) -> Path | None:
        """Writes the picture, its recipe inside, and tells where to; None where that failed, which is said."""
        path = suggested(Path(self._folder.path()), result.name)
        try:
            write_picture(result, path)
        except UserError as error:
            self._session.said.emit(Message(str(error), Tone.ERROR))
            return None
        return path
