"""What an empty canvas says, and a demonstration."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inceptionist_gui.recipe import Mode
from inceptionist_gui.words import _, later

_ABOVE_BOTTOM = 24
_BESIDE = 16
_PADDING = (14, 7)
_WORDS = {
    Mode.DREAM: (later("Drop a photo anywhere"), later("or open one, paste one, or start from clouds")),
    Mode.IMAGINE: (
        later("Choose what to imagine"),
        later("a class, a layer or pictures of yours; no photo is needed"),
    ),
    Mode.FOOL: (later("Drop a photo anywhere"), later("and see how little it takes to fool the network with it")),
}


class Invitation(QWidget):
    """ "Drop a photo anywhere": in the middle of an empty canvas, at the foot of a demonstration."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._drop = QLabel(self, alignment=Qt.AlignmentFlag.AlignCenter)
        self._drop.setObjectName("invitation")
        self._others = QLabel(self)
        self._others.setProperty("role", "quiet")
        self._others.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._others.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addWidget(self._drop, 0, Qt.AlignmentFlag.AlignHCenter)
        rows.addWidget(self._others)
        self._empty = True
        over.installEventFilter(self)

    def invite(self, mode: Mode, *, empty: bool, demonstrating: bool) -> None:
        self._empty = empty
        for label, words in zip((self._drop, self._others), _WORDS[mode], strict=True):
            label.setText(_(words))
        self._drop.setProperty("empty", empty)
        self._drop.style().unpolish(self._drop)
        self._drop.style().polish(self._drop)
        # The style sheet's own padding would not reach the label's size when the property changes.
        across, down = (0, 0) if empty else _PADDING
        self._drop.setContentsMargins(across, down, across, down)
        self._others.setVisible(empty)
        self.setVisible(empty or demonstrating)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        words = self._others.fontMetrics().horizontalAdvance(self._others.text())
        self._others.setFixedWidth(min(words + 1, over.width() - 2 * _BESIDE))
        self.adjustSize()
        top = (
            (over.height() - self.height()) // 2 if self._empty else over.height() - self.height() - _ABOVE_BOTTOM
        )
        self.move((over.width() - self.width()) // 2, top)
