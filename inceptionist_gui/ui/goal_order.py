"""The order of rows in a list, as it is changed by dragging one of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QPoint, QRect
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QFrame, QWidget

_THICK = 2
"""Pixels of the line that shows where a row will come to lie."""


class Reordering(QObject):
    """Shows where the dragged row would come to lie between the others, and tells where it was left."""

    def __init__(self, content: QWidget, rows: Callable[[], Sequence[QWidget]], gap: int) -> None:
        """`rows` lie in `content` below each other, `gap` pixels apart."""
        super().__init__(content)
        self._content = content
        self._rows = rows
        self._gap = gap
        self.line = QFrame(content)
        self.line.setAutoFillBackground(True)
        self.line.setBackgroundRole(QPalette.ColorRole.Highlight)
        self.line.hide()

    def show_at(self, pointer: QPoint) -> int:
        """Shows the line where the pointer is, on the screen; its place from the top of the content."""
        rows, slot = self._rows(), self._slot(pointer)
        # In the middle between two rows, else at the edge of the list.
        top = rows[slot].y() if slot < len(rows) else rows[-1].geometry().bottom() + 1 + self._gap
        middle = top - (self._gap + _THICK) // 2
        self.line.setGeometry(QRect(rows[0].x(), max(0, middle), rows[0].width(), _THICK))
        self.line.raise_()
        self.line.show()
        return middle

    def place_at(self, pointer: QPoint, moved: int) -> int:
        """Hides the line; the place in the list at which the row that was moved comes to lie."""
        self.line.hide()
        slot = self._slot(pointer)
        return slot - 1 if slot > moved else slot

    def _slot(self, pointer: QPoint) -> int:
        """Before which row; one more than the last is behind it."""
        y = self._content.mapFromGlobal(pointer).y()
        return sum(row.geometry().center().y() < y for row in self._rows())
