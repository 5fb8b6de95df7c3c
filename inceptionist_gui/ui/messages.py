"""Lines for the user, laid over the canvas; they go by themselves and never stand in the way."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QIcon, QPalette
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.ui.icons import icon
from inceptionist_gui.ui.tones import Tones
from inceptionist_gui.words import _

MOST = 4
"""Lines at a time."""
MARGIN = 16
_WIDEST = 640
_NARROWEST = 96
"""px; a text is not broken to less."""
_SECONDS = {Tone.INFO: 5.0, Tone.ERROR: 20.0}
_SIGNS = {Tone.INFO: "info", Tone.ERROR: "warning-circle"}


class MessageLine(QFrame):
    """One message, with a way to be rid of it. It waits while the pointer is on it."""

    def __init__(self, message: Message, tones: Tones, parent: QWidget) -> None:
        super().__init__(parent)
        self.message = message
        self.setObjectName("message")
        self.setProperty("tone", message.tone.value)
        self.setAccessibleName(message.text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._sign = QLabel(self)
        self._text = _text(self.message.text, self)
        self._close = QToolButton(self)
        self._timer = QTimer(self, singleShot=True, interval=int(_SECONDS[message.tone] * 1000))
        self._timer.timeout.connect(self.leave)
        self._lay_out()
        self.dress(tones)
        self._timer.start()

    def _lay_out(self) -> None:
        self._close.setAccessibleName(_("Close this message"))
        self._close.setIconSize(QSize(14, 14))
        self._close.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._close.clicked.connect(self.leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 8, 8)
        row.setSpacing(8)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)

    def fit(self, width: int) -> None:
        """Breaks the text so that the message is no wider than this."""
        besides = self.sizeHint().width() - self._text.sizeHint().width()
        natural = self._text.fontMetrics().horizontalAdvance(self.message.text) + 2
        room = max(_NARROWEST, min(_WIDEST, width - besides))
        self._text.setWordWrap(natural > room)
        self._text.setFixedWidth(min(natural, room))

    def dress(self, tones: Tones) -> None:
        self._sign.setPixmap(_sign(self.message.tone, tones).pixmap(QSize(16, 16), self.devicePixelRatioF()))
        self._close.setIcon(icon("x", tones))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._timer.stop()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._timer.start()
        super().leaveEvent(event)

    def leave(self) -> None:
        self._timer.stop()
        self.hide()
        self.deleteLater()


def _text(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setForegroundRole(QPalette.ColorRole.ToolTipText)
    return label


def _sign(tone: Tone, tones: Tones) -> QIcon:
    return icon(_SIGNS[tone], tones, tones.fault if tone is Tone.ERROR else tones.accent)


class Messages(QWidget):
    """The newest messages, at the top of the widget they lie over; it takes no more room than they need."""

    def __init__(self, over: QWidget, tones: Tones) -> None:
        super().__init__(over)
        self._tones = tones
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(8)
        self.hide()
        over.installEventFilter(self)

    def say(self, message: Message) -> None:
        standing = self.lines()
        for line in standing:
            if line.message == message:
                line.leave()
        for line in standing[: max(0, len(standing) + 1 - MOST)]:
            line.leave()
        line = MessageLine(message, self._tones, self)
        line.destroyed.connect(self._place)
        self._lines.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        line.show()
        self._place()

    def lines(self) -> list[MessageLine]:
        """What can be read now, oldest first."""
        return [line for line in self.findChildren(MessageLine) if not line.isHidden()]

    def dress(self, tones: Tones) -> None:
        self._tones = tones
        for line in self.lines():
            line.dress(tones)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self.parentWidget()
        if not self.lines() or over is None:
            self.hide()
            return
        for line in self.lines():
            line.fit(over.width() - 2 * MARGIN)
        self._lines.activate()
        size = self._lines.sizeHint()
        self.setGeometry((over.width() - size.width()) // 2, MARGIN, size.width(), size.height())
        self.show()
        self.raise_()
