"""Work that a crash left behind, offered where the user looks, and in nobody's way."""

from PySide6.QtCore import QDateTime, QEvent, QLocale, QObject, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QImage, QPalette, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from inceptionist_gui.session.recovery import LeftBehind
from inceptionist_gui.ui.pixmaps import Thumb
from inceptionist_gui.words import _

_ABOVE_BOTTOM = 72
"""px; below it an invitation may stand."""
_BESIDE = 16
_THUMB = QSize(56, 42)
_NARROWEST, _WIDEST = 120, 360
"""px, of the words."""


class RecoveryBar(QFrame):
    """Asks whether the work is to be brought back. It stays until it is answered, and is laid over the canvas."""

    brought_back = Signal(object)
    """The LeftBehind that is to be opened."""
    discarded = Signal(object)
    """The LeftBehind that nobody wants any more."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setObjectName("message")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._left: LeftBehind | None = None
        self._thumb = Thumb(_THUMB, self)
        self._words = QLabel(self)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self._words.setForegroundRole(QPalette.ColorRole.ToolTipText)
        self._words.setWordWrap(True)
        self.bring_back = self._button(_("Bring Back"), _("Open it as it was, a moment before the end"))
        self.bring_back.setObjectName("first")
        self.discard = self._button(_("Discard"), _("Let it go for good"))
        self.bring_back.clicked.connect(lambda: self._answer(self.brought_back))
        self.discard.clicked.connect(lambda: self._answer(self.discarded))
        self._lay_out()
        self.hide()
        over.installEventFilter(self)

    def _button(self, text: str, tells: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(text)
        button.setToolTip(tells)
        button.setProperty("role", "choice")
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(12)
        row.addWidget(self._thumb)
        row.addWidget(self._words, 1)
        row.addWidget(self.bring_back)
        row.addWidget(self.discard)

    def offer(self, left: LeftBehind) -> None:
        self._left = left
        moment = QDateTime.fromSecsSinceEpoch(int(left.note.time))
        when = QLocale().toString(moment, QLocale.FormatType.ShortFormat)
        self._words.setText(
            _("The studio ended without warning. Your work on {name}, {when}, is still here.").format(
                name=left.note.name or _("a dream"), when=when
            )
        )
        self.setAccessibleName(self._words.text())
        image = QImage(str(left.thumbnail))
        self._thumb.show_picture(None if image.isNull() else QPixmap.fromImage(image))
        self._thumb.setVisible(not image.isNull())
        self.show()
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _answer(self, answer: SignalInstance) -> None:
        left, self._left = self._left, None
        self.hide()
        if left is not None:
            answer.emit(left)

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None or self.isHidden():
            return
        self._words.setFixedWidth(_NARROWEST)
        besides = self.sizeHint().width() - _NARROWEST
        natural = self._words.fontMetrics().horizontalAdvance(self._words.text()) + 2
        room = min(_WIDEST, over.width() - 2 * _BESIDE - besides)
        self._words.setFixedWidth(max(_NARROWEST, min(natural, room)))
        self.adjustSize()
        self.move((over.width() - self.width()) // 2, over.height() - self.height() - _ABOVE_BOTTOM)
        self.raise_()
