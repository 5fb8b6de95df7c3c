"""The loupe of the print dialog: the picture to point at, and the spot as it will be printed."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

SPOT = QSize(320, 220)
"""px of the print that are shown."""
_HEIGHT = 180
_STEP = 0.05
"""Of the picture, for the arrow keys."""
_KEYS = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, -_STEP),
    Qt.Key.Key_Down: (0.0, _STEP),
}


class Pointer(QWidget):
    """The picture, small; a click, or the arrow keys and Enter, choose a spot."""

    chosen = Signal(float, float)
    """The spot's middle, in shares of the picture."""

    def __init__(self, picture: QPixmap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture.scaled(
            QSize(SPOT.width(), _HEIGHT) * self.devicePixelRatioF(),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        self._picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.place = QPointF(0.5, 0.5)
        self.setFixedSize(self._picture.deviceIndependentSize().toSize())
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(_("The picture; choose a spot to look at"))
        self.setToolTip(tip(_("Click, or use the arrow keys and Enter, to see a spot as it will be printed.")))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            at = event.position()
            self._go_to(at.x() / self.width(), at.y() / self.height())
            self.chosen.emit(self.place.x(), self.place.y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _KEYS:
            across, down = _KEYS[key]
            self._go_to(self.place.x() + across, self.place.y() + down)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(self.place.x(), self.place.y())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        middle = QPointF(self.place.x() * self.width(), self.place.y() * self.height())
        ring = QRectF(middle.x() - 8, middle.y() - 8, 16, 16)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Two colours: one of them shows on any picture.
        for colour, width in ((QColor(0, 0, 0), 3.0), (QColor(255, 255, 255), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(ring)
        if self.hasFocus():
            painter.setPen(QPen(self.palette().highlight().color(), 2.0))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _go_to(self, x: float, y: float) -> None:
        self.place = QPointF(min(1.0, max(0.0, x)), min(1.0, max(0.0, y)))
        self.update()


class Spots(QWidget):
    """The pointer, and below it what it points at."""

    def __init__(self, picture: QPixmap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pointer = Pointer(picture, self)
        self.spot = QLabel(alignment=Qt.AlignmentFlag.AlignCenter)
        self.spot.setFixedSize(SPOT)
        self.spot.setAccessibleName(_("A spot of the print at 100 %"))
        self.line = QLabel(wordWrap=True)
        self.line.setProperty("role", "quiet")
        self.line.setFixedWidth(SPOT.width())
        self.line.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.line.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._waiting = False
        self.ask()
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(self.pointer, 0, Qt.AlignmentFlag.AlignHCenter)
        lines.addWidget(self.spot)
        lines.addWidget(self.line)
        lines.addStretch(1)

    def ask(self) -> None:
        self._waiting = False
        self.spot.clear()
        self.line.setText(_("Click on the picture to see that spot as it will be printed"))

    def give_up(self) -> None:
        """What was waited for will not come."""
        if self._waiting:
            self.ask()

    def wait(self) -> None:
        self._waiting = True
        self.spot.clear()
        self.line.setText(_("Drawing the spot…"))

    def show_spot(self, picture: QPixmap) -> None:
        self._waiting = False
        picture.setDevicePixelRatio(self.devicePixelRatioF())
        self.spot.setPixmap(picture)
        self.line.setText(_("At 100 %: strokes of this kind and strength, not each at its place"))
