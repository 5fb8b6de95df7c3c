"""Keys that lead through the window: Tab on the canvas hides the panels, F6 goes from part to part."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget


class TabKey(QObject):
    """Has Tab, pressed on the canvas, do something else than lead on. Shift+Tab and F6 still lead away from it."""

    def __init__(self, canvas: QWidget, do: Callable[[], None]) -> None:
        super().__init__(canvas)
        self._do = do
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            if event.key() == Qt.Key.Key_Tab and plain:
                self._do()
                return True
        return super().eventFilter(watched, event)


def go_round(parts: Sequence[QWidget], *, back: bool = False) -> None:
    """Gives the focus to the part behind the one that has it, or before it; the last is followed by the first."""
    seen = [part for part in parts if part.isVisible() and _entrance(part) is not None]
    if not seen:
        return
    focused = QApplication.focusWidget()
    here = next((place for place, part in enumerate(seen) if focused and _holds(part, focused)), -1)
    there = seen[(here + (-1 if back else 1)) % len(seen)]
    entrance = _entrance(there)
    if entrance is not None:
        entrance.setFocus(Qt.FocusReason.TabFocusReason)


def _holds(part: QWidget, widget: QWidget) -> bool:
    return part is widget or part.isAncestorOf(widget)


def _entrance(part: QWidget) -> QWidget | None:
    """The first in it that takes the focus."""
    candidates = [part, *part.findChildren(QWidget)]
    return next((each for each in candidates if _takes_focus(each)), None)


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled() and widget.focusProxy() is None
