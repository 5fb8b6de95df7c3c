"""A row of widgets that breaks into more rows where there is little room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

_BETWEEN = 4
"""Pixels between two rows."""


class Wrapping(QLayout):
    """Lays its items out from left to right, each as wide as it wants to be; the last stands at the right end.

    Items of one group stay in one row where there is room for that.
    """

    def __init__(self, parent: QWidget | None = None, *, gap: int = 8) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._together: list[tuple[QWidget, ...]] = []
        self.setSpacing(gap)

    def add_group(self, *widgets: QWidget) -> None:
        """Adds widgets that belong together."""
        self._together.append(widgets)
        for widget in widgets:
            self.addWidget(widget)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        margins = self.contentsMargins()
        room = width - margins.left() - margins.right()
        rows = self._rows(room)
        gaps = _BETWEEN * max(0, len(rows) - 1)
        return sum(map(_height, rows)) + gaps + margins.top() + margins.bottom()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        widest = max((item.sizeHint().width() for item in self._shown()), default=0)
        return QSize(widest + margins.left() + margins.right(), 0)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        room = rect.marginsRemoved(self.contentsMargins())
        top = room.top()
        rows = self._rows(room.width())
        for row in rows:
            self._lay_row(row, QRect(room.left(), top, room.width(), _height(row)), last=row is rows[-1])
            top += _height(row) + _BETWEEN

    def _lay_row(self, row: list[QLayoutItem], room: QRect, *, last: bool) -> None:
        left = room.left()
        for item in row:
            size = item.sizeHint()
            if last and item is row[-1]:
                left = room.right() + 1 - size.width()
            item.setGeometry(QRect(QPoint(left, room.top() + (room.height() - size.height()) // 2), size))
            left += size.width() + self.spacing()

    def _rows(self, width: int) -> list[list[QLayoutItem]]:
        rows: list[list[QLayoutItem]] = []
        left = 0
        for item in self._shown():
            needed = self._led(item)
            if not rows or left + (needed if needed <= width else item.sizeHint().width()) > width:
                rows.append([])
                left = 0
            rows[-1].append(item)
            left += item.sizeHint().width() + self.spacing()
        return rows

    def _led(self, item: QLayoutItem) -> int:
        """The width of the group that the item leads; of itself alone where it leads none."""
        led = next((group for group in self._together if group[0] is item.widget()), ())
        widths = [each.sizeHint().width() for each in self._shown() if each is item or each.widget() in led]
        return sum(widths) + self.spacing() * (len(widths) - 1)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]


def _height(row: list[QLayoutItem]) -> int:
    return max(item.sizeHint().height() for item in row)
