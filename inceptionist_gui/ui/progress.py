"""The line under the canvas: how far the dream is, and how the picture is looked at."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QWidget

from inceptionist_gui.render.duration import clock
from inceptionist_gui.session.exchange import Progress
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.words import _

HEIGHT = 32
_PARTS = 1000
_BAR_WIDTH, _LEAST_BAR = 160, 48
_LEAST_WORDS = 72
"""Pixels left to the words where the window is narrow."""


class ProgressLine(QWidget):
    """Says what is being waited for and where the dream stands; empty while nothing is dreamed."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stands = _Stand(self)
        self._bar = _Bar(self)
        self._left = QLabel(self)
        self._where = ""
        """Where the dream stands, in words."""
        self._lay_out()
        session.progressed.connect(self._show_progress)
        session.waiting_for.connect(self._show_waiting)
        session.state_changed.connect(self._show_state)
        self._show_state(session.state)

    def _lay_out(self) -> None:
        self._bar.setAccessibleName(_("Progress of the dream"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for part in (self._stands, self._bar, self._left):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)

    def text(self) -> str:
        """What can be read now."""
        return self._stands.text() if self._bar.isVisibleTo(self) else ""

    def _show_progress(self, progress: Progress) -> None:
        paused = self._session.state is State.PAUSED
        self._say(standing(progress), paused=paused)
        self._bar.setRange(0, _PARTS)
        self._bar.setValue(round(progress.done * _PARTS))
        left = None if paused else progress.seconds_left
        self._left.setText("" if left is None else _("{time} left").format(time=clock(left)))

    def _show_waiting(self, line: str) -> None:
        self._say(line)
        # Without a range the bar moves to and fro.
        self._bar.setRange(0, 0)
        self._left.clear()

    def _show_state(self, state: State) -> None:
        for part in (self._stands, self._bar, self._left):
            part.setVisible(state is not State.IDLE)
        match state:
            case State.IDLE:
                self._stands.forget()
            case State.WAKING:
                self._show_waiting(_("Waking"))
            case State.PAUSED:
                self._say(self._where, paused=True)
                self._bar.setRange(0, _PARTS)
                self._left.clear()
            case State.DREAMING:
                self._say(self._where)

    def _say(self, where: str, *, paused: bool = False) -> None:
        self._where = where
        first = where[:1].lower() if paused else where[:1].upper()
        text = first + where[1:]
        self._stands.setText(_("Paused: {where}").format(where=text) if paused else text)
        # Cut to the old width, it would ask for no more.
        self._stands.updateGeometry()


class _Bar(QProgressBar):
    """Gives way where the window is narrow."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, maximum=_PARTS, textVisible=False)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(_BAR_WIDTH)

    def sizeHint(self) -> QSize:
        return QSize(_BAR_WIDTH, 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_BAR, 4)


class _Stand(ElidingLabel):
    """Words of one width: it only grows, or the bar behind it would twitch with every digit."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self._widest = 0

    def forget(self) -> None:
        self._widest = 0

    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        # Room for an ellipsis is kept by the label, needed or not.
        self._widest = max(self._widest, metrics.horizontalAdvance(f"{self.text()}…") + 4)
        return QSize(self._widest, metrics.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(_LEAST_WORDS, self._widest), self.fontMetrics().height())


def standing(progress: Progress) -> str:
    """Where a dream stands, in words."""
    iteration = _("iteration {n} of {all}").format(n=progress.iteration, all=progress.iterations)
    if progress.octaves <= 1:
        return iteration
    return _("octave {n} of {all}").format(n=progress.octave, all=progress.octaves) + f", {iteration}"
