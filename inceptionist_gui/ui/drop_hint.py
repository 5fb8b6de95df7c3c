"""What is said over a panel while something is dragged above it that it would take."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QWidget

_MARGIN = 6
_RADIUS = 6.0


class DropHint(QWidget):
    """Covers a panel with one line, framed in the accent's colour."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.text = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        over.installEventFilter(self)

    def show_text(self, text: str) -> None:
        self.text = text
        self.setAccessibleName(text)
        self._cover()
        self.raise_()
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        over = self.parentWidget()
        if over is not None:
            self.setGeometry(over.rect())

    def paintEvent(self, _: QPaintEvent) -> None:
        palette, role = self.palette(), QPalette.ColorRole
        place = QRectF(self.rect()).adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        ground = palette.color(role.ToolTipBase)
        ground.setAlphaF(0.92)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(ground)
            painter.setPen(QPen(palette.color(role.Highlight), 2))
            painter.drawRoundedRect(place, _RADIUS, _RADIUS)
            painter.setPen(palette.color(role.ToolTipText))
            words = place.adjusted(8, 4, -8, -4)
            painter.drawText(words, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self.text)
