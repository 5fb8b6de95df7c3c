"""A tour of the window: a few words beside each thing, while everything goes on working."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from inceptionist_gui.words import _

WIDTH = 300
_GAP = 12
"""Pixels between a thing and what is said of it."""
_RING = 4


@dataclass(frozen=True, slots=True)
class Stop:
    """One thing of the window, and what there is to say of it."""

    title: str
    tells: str
    shows: Callable[[], QWidget]


class Tour(QObject):
    """Leads from stop to stop. Nothing is modal: whoever goes on working may let it stand or skip it."""

    ended = Signal()
    """Done or skipped."""

    def __init__(self, window: QWidget, stops: Sequence[Stop]) -> None:
        super().__init__(window)
        self._window = window
        self._stops = tuple(stops)
        self.place = 0
        """Of the stop that is shown."""
        self.ring = _Ring(window)
        self.card = TourCard(window)
        self.card.next.clicked.connect(lambda: self.go_to(self.place + 1))
        self.card.back.clicked.connect(lambda: self.go_to(self.place - 1))
        self.card.skip.clicked.connect(self.end)
        self.card.gone.connect(self.end)
        self._watched: QWidget | None = None
        window.installEventFilter(self)

    def begin(self) -> None:
        self.go_to(0)

    def go_to(self, place: int) -> None:
        """Shows the stop at that place; behind the last, the tour ends."""
        if place >= len(self._stops):
            self.end()
            return
        self.place = max(0, place)
        stop = self._stops[self.place]
        self._watch(stop.shows())
        self.card.show_stop(stop, self.place, len(self._stops))
        self._arrange()

    def end(self) -> None:
        self._window.removeEventFilter(self)
        self._watch(None)
        for part in (self.ring, self.card):
            part.hide()
            part.deleteLater()
        self.ended.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide):
            self._arrange()
        return super().eventFilter(watched, event)

    def _watch(self, shown: QWidget | None) -> None:
        if self._watched is not None and self._watched is not self._window:
            self._watched.removeEventFilter(self)
        self._watched = shown
        if shown is not None and shown is not self._window:
            shown.installEventFilter(self)

    def _arrange(self) -> None:
        # At the window's end its parts go before the tour does.
        if self._watched is None or not isValid(self._watched):
            return
        thing = QRect(self._watched.mapTo(self._window, QPoint()), self._watched.size())
        seen = self._watched.isVisible()
        self.ring.setVisible(seen)
        self.ring.setGeometry(thing.adjusted(-_RING, -_RING, _RING, _RING).intersected(self._window.rect()))
        self.card.setFixedSize(WIDTH, self.card.heightForWidth(WIDTH))
        self.card.move(_beside(thing if seen else self._window.rect(), self.card.size(), self._window.rect()))
        for part in (self.ring, self.card):
            part.raise_()
        self.card.show()


def _beside(thing: QRect, size: QSize, window: QRect) -> QPoint:
    """Right of the thing, else left, below or above it; where there is no room, over its upper edge."""
    width, height = size.width(), size.height()
    middle = thing.center() - QPoint(width // 2, height // 2)
    places = (
        QPoint(thing.right() + _GAP, middle.y()),
        QPoint(thing.left() - _GAP - width, middle.y()),
        QPoint(middle.x(), thing.bottom() + _GAP),
        QPoint(middle.x(), thing.top() - _GAP - height),
        QPoint(middle.x(), thing.top() + _GAP),
    )
    # Moved into the window, it may come to lie on the thing.
    kept = [_kept(place, size, window) for place in places]
    apart = [place for place in kept if not QRect(place, size).intersects(thing)]
    return (apart or kept[-1:])[0]


def _kept(place: QPoint, size: QSize, window: QRect) -> QPoint:
    """Moved as little as needed to lie in the window."""
    x = max(_GAP, min(place.x(), window.width() - size.width() - _GAP))
    y = max(_GAP, min(place.y(), window.height() - size.height() - _GAP))
    return QPoint(x, y)


class TourCard(QFrame):
    """What is said at a stop, and the ways on, back and out."""

    gone = Signal()
    """Escape was pressed on it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("tour")
        self._title, self._tells, self._count = QLabel(), QLabel(), QLabel()
        self._title.setProperty("role", "heading")
        self._tells.setWordWrap(True)
        self._count.setProperty("role", "quiet")
        self.skip, self.back, self.next = QPushButton(_("&Skip")), QPushButton(_("&Back")), QPushButton(_("&Next"))
        self.skip.setToolTip(_("End the tour; Help has it again"))
        self.back.setToolTip(_("The stop before"))
        self.next.setToolTip(_("The next stop"))
        self.next.setProperty("primary", True)
        for button in (self.skip, self.back, self.next):
            # A click leaves the focus, and with it the space bar, where it was.
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        ways = QHBoxLayout()
        ways.setSpacing(8)
        ways.addWidget(self._count, 1)
        for button in (self.skip, self.back, self.next):
            ways.addWidget(button)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 14, 16, 14)
        lines.setSpacing(8)
        lines.addWidget(self._title)
        lines.addWidget(self._tells)
        lines.addLayout(ways)
        self.hide()

    def show_stop(self, stop: Stop, place: int, count: int) -> None:
        last = place + 1 == count
        self._title.setText(stop.title)
        self._tells.setText(stop.tells)
        self._count.setText(f"{place + 1} / {count}")
        self.back.setVisible(place > 0)
        self.skip.setVisible(not last)
        self.next.setText(_("&Done") if last else _("&Next"))
        self.setAccessibleName(f"{stop.title}: {stop.tells}")

    @property
    def title(self) -> str:
        return self._title.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.gone.emit()
        else:
            super().keyPressEvent(event)


class _Ring(QWidget):
    """A line around a thing, through which everything goes on to be clicked."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def paintEvent(self, _: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
