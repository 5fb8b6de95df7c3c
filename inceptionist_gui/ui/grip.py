"""What a row of a list is taken by, to be put in another place."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QWidget

from inceptionist_gui.ui.glyphs import SIDE, GlyphButton, dots

WIDTH = 14


class Grip(GlyphButton):
    """Dragged by the mouse; the row's keys do the same."""

    dragged = Signal(QPoint)
    """Where the pointer is, in the screen's coordinates."""
    dropped = Signal(QPoint)

    def __init__(self, name: str, tells: str, parent: QWidget | None = None) -> None:
        super().__init__(dots, name, tells, parent)
        self.setFixedSize(WIDTH, SIDE)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self._taken_at: QPoint | None = None
        self._moving = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._taken_at = event.globalPosition().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._taken_at is None:
            return
        place = event.globalPosition().toPoint()
        far = (place - self._taken_at).manhattanLength() >= QApplication.startDragDistance()
        self._moving = self._moving or far
        if self._moving:
            self.dragged.emit(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        moved, self._moving, self._taken_at = self._moving, False, None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        if moved:
            self.dropped.emit(event.globalPosition().toPoint())
