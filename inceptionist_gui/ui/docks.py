"""The panels around the canvas."""

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QLabel, QMainWindow, QWidget

from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.controls import ControlsPanel
from inceptionist_gui.ui.goals import GoalsPanel
from inceptionist_gui.ui.layers import LayersPanel
from inceptionist_gui.ui.presets import PresetShelf

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_VERSION = 1
"""Of the layout: one kept by an older program with other panels is not restored."""


class Docks:
    """The window's dock widgets: where they stand at first, and as the user left them."""

    def __init__(self, window: QMainWindow, session: Session) -> None:
        self._window = window
        self.layers = LayersPanel(session)
        self.goals = GoalsPanel(session)
        self.controls = ControlsPanel(session)
        self.presets = PresetShelf(session)
        self._left = [self._add("See through", self.layers, _LEFT)]
        self._right = [
            self._add("Goals", self.goals, _RIGHT),
            self._add("Controls", self.controls, _RIGHT),
            self._add("Presets", self.presets, _RIGHT),
        ]
        window.resizeDocks([*self._left, self._right[0]], [232, 304], Qt.Orientation.Horizontal)
        window.resizeDocks(self._right, [152, 352, 200], Qt.Orientation.Vertical)
        self._aside: QByteArray | None = None
        self._at_first = window.saveState(_VERSION)

    def _add(self, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(title, self._window)
        dock.setObjectName(title)
        dock.setTitleBarWidget(_title(title, dock))
        dock.setWidget(panel)
        self._window.addDockWidget(area, dock)
        return dock

    def toggles(self) -> list[QAction]:
        """Actions that show and hide each panel."""
        return [dock.toggleViewAction() for dock in (*self._left, *self._right)]

    def hide(self) -> None:
        """Leaves the window to the picture."""
        self._aside = self.state()
        for dock in (*self._left, *self._right):
            dock.hide()

    def bring_back(self) -> None:
        """As they were before `hide`."""
        aside, self._aside = self._aside, None
        if aside is not None:
            self.restore(aside)

    def state(self) -> QByteArray:
        """Where the panels stand, or stood before they were all hidden."""
        return self._window.saveState(_VERSION) if self._aside is None else self._aside

    def restore(self, state: QByteArray) -> None:
        """A state that makes no sense changes nothing."""
        self._window.restoreState(state, _VERSION)

    def reset(self) -> None:
        self.restore(self._at_first)


def _title(text: str, dock: QDockWidget) -> QLabel:
    """A quiet heading, in line with the panel; the dock is dragged by it, and floats at a double click."""
    title = QLabel(text, dock)
    title.setProperty("role", "quiet")
    title.setContentsMargins(12, 8, 12, 0)
    return title
