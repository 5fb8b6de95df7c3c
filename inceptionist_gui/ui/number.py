"""A number that reads like text until it is edited."""

from PySide6.QtCore import QEvent, QLocale, QObject, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QValidator,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QWidget

from inceptionist_gui.recipe import Control
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _


class Number(QDoubleSpinBox):
    """A control's value with its unit, to be typed over. `valueChanged` comes at Enter, not at every key."""

    def __init__(self, control: Control, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self._standing = control.default
        """What it goes back to when typing is given up."""
        self.setLocale(QLocale.c())
        self.setDecimals(control.decimals)
        self.setRange(control.minimum, control.maximum)
        self.setSingleStep(control.step)
        self.setSuffix(f" {control.unit}" if control.unit else "")
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFrame(False)
        self._go_bare()
        self.setKeyboardTracking(False)
        self.setCorrectionMode(QAbstractSpinBox.CorrectionMode.CorrectToNearestValue)
        self.valueChanged.connect(self._stand)
        self.lineEdit().setAcceptDrops(False)
        self.lineEdit().installEventFilter(self)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(_(control.title))
        self.setToolTip(
            tip(
                _("{least} to {most}").format(
                    least=control.shown(control.minimum), most=control.shown(control.maximum)
                )
            )
        )
        self.setFixedSize(widest_of(control, self.fontMetrics()), self.fontMetrics().height() + 5)

    def show_value(self, value: float) -> None:
        """Shows a value that came from elsewhere; nothing is emitted."""
        self._standing = value
        with QSignalBlocker(self):
            self.setValue(value)

    def _stand(self, value: float) -> None:
        self._standing = value

    def _go_bare(self) -> None:
        """Without a ground of its own: the frame alone would leave a dark box at the end of every row."""
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        self.setPalette(palette)
        # The digits end where the slider below them ends.
        self.lineEdit().setTextMargins(0, 0, -3, 0)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        # Half of the world writes a decimal comma.
        return super().validate(text.replace(",", "."), position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape end the typing; the keys after them are the window's again, as space to dream."""
        if event.key() == Qt.Key.Key_Escape:
            self.show_value(self._standing)
            self.clearFocus()
            return
        if event.key() == Qt.Key.Key_Space:
            # No number has one: it is the window's, to dream and pause.
            event.ignore()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyReleaseEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click takes the whole number: a word, which is what Qt takes, ends at the decimal point."""
        if event.type() == QEvent.Type.MouseButtonDblClick:
            self.selectAll()
            return True
        return super().eventFilter(watched, event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        # Later, because the click that gave the focus would put the selection away again.
        QTimer.singleShot(0, self, self.selectAll)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus() or self.underMouse():
            role = QPalette.ColorRole.Highlight if self.hasFocus() else QPalette.ColorRole.Mid
            with QPainter(self) as painter:
                painter.fillRect(0, self.height() - 1, self.width(), 1, self.palette().color(role))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


def widest_of(control: Control, metrics: QFontMetrics) -> int:
    """Pixels that any of the control's values has room in."""
    ends = (control.minimum, control.maximum)
    return max(metrics.horizontalAdvance(control.shown(value)) for value in ends) + 9
