"""The panels around the canvas."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QHBoxLayout, QLabel, QMainWindow, QSizePolicy, QVBoxLayout, QWidget

from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.previews import Previews
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.controls import ControlsPanel
from inceptionist_gui.ui.filmstrip import Filmstrip
from inceptionist_gui.ui.goals import GoalsPanel
from inceptionist_gui.ui.layers import LayersPanel
from inceptionist_gui.ui.lazily import Lazily
from inceptionist_gui.ui.look import LookPanel
from inceptionist_gui.ui.presets import PresetShelf
from inceptionist_gui.words import _, later

if TYPE_CHECKING:
    from inceptionist_gui.ui.fooling import FoolPanel

_LEFT, _RIGHT = Qt.DockWidgetArea.LeftDockWidgetArea, Qt.DockWidgetArea.RightDockWidgetArea
_BELOW = Qt.DockWidgetArea.BottomDockWidgetArea
_VERSION = 2
"""Of the layout: one kept by an older program with other panels is not restored."""


class Docks:
    """The window's dock widgets: where they stand at first, and as the user left them."""

    def __init__(
        self, window: QMainWindow, session: Session, looking: Looking, queue: Callable[[], QWidget]
    ) -> None:
        """`queue` makes the queue's panel, which is made when it is first seen."""
        self._window = window
        self._session = session
        self.previews = Previews(session, looking.looker, window)
        self.layers = LayersPanel(session, self.previews)
        self.goals = GoalsPanel(session)
        self._fooling = Lazily(self._fool_panel)
        self.controls = ControlsPanel(session)
        self.presets = PresetShelf(session, self.previews)
        self.look = LookPanel(session, looking)
        layers = self._add(later("See through"), self.layers, _LEFT)
        self._looking = self._add(later("What it sees"), self.look, _LEFT)
        self._left = [layers, self._looking]
        self._right = [
            self._add(later("Goals"), _stacked(self.goals, self._fooling), _RIGHT),
            self._add(later("Controls"), self.controls, _RIGHT),
            self._add(later("Presets"), self.presets, _RIGHT),
        ]
        self._shelf = self._right[2]
        self._shelf.setTitleBarWidget(_head(self._shelf, self.presets.head))
        self.history = Filmstrip(session.history)
        self._below = [
            self._add(later("History"), self.history, _BELOW),
            self._add(later("Queue"), Lazily(queue), _BELOW),
        ]
        self._queue = self._below[1]
        window.tabifyDockWidget(*self._below)
        self._queue.hide()
        self._put_away = False
        """The presets would be there in a dream."""
        window.resizeDocks([self._left[0], self._right[0]], [240, 304], Qt.Orientation.Horizontal)
        window.resizeDocks(self._right, [152, 352, 200], Qt.Orientation.Vertical)
        window.resizeDocks(self._left, [392, 336], Qt.Orientation.Vertical)
        window.resizeDocks(self._below[:1], [self.history.sizeHint().height()], Qt.Orientation.Vertical)
        self.layers.looked_at.connect(self.look.show_layer)
        self.look.show_layer(self.layers.tree.current_layer())
        self.layers.pictures_wanted.connect(self._show_channels)
        self.history.mix_wanted.connect(self.presets.mix_recipes)
        self._aside: QByteArray | None = None
        self._at_first = window.saveState(_VERSION)
        self.show_mode(session.recipe.mode)

    @property
    def fooling(self) -> "FoolPanel":
        return self._fooling.content

    def _fool_panel(self) -> "FoolPanel":
        from inceptionist_gui.ui.fooling import FoolPanel

        return FoolPanel(self._session)

    def _add(self, title: str, panel: QWidget, area: Qt.DockWidgetArea) -> QDockWidget:
        dock = QDockWidget(_(title), self._window)
        # In one language: the kept layout knows it by this.
        dock.setObjectName(title)
        dock.setTitleBarWidget(_title(_(title), dock))
        dock.setWidget(panel)
        self._window.addDockWidget(area, dock)
        return dock

    def _show_channels(self) -> None:
        self._looking.show()
        self._looking.raise_()
        self.look.open_channels()

    def show_queue(self) -> None:
        """Unless the window is left to the picture."""
        if self._aside is None:
            self._queue.show()
            self._queue.raise_()

    def follow_look(self, action: QAction) -> None:
        """Has a checkable action show and hide what the network sees."""
        own = self._looking.toggleViewAction()
        action.setChecked(own.isChecked())
        own.toggled.connect(action.setChecked)
        action.toggled.connect(self._looking.setVisible)

    def all(self) -> list[QDockWidget]:
        """In the order in which one goes from panel to panel."""
        return self._window.findChildren(QDockWidget)

    def toggles(self) -> list[QAction]:
        """Actions that show and hide each panel."""
        return [dock.toggleViewAction() for dock in (*self._left, *self._right, *self._below)]

    def show_mode(self, mode: Mode) -> None:
        """Only what matters in it: presets are looks of a dream."""
        old, new = (self.goals, self._fooling) if mode is Mode.FOOL else (self._fooling, self.goals)
        # In this order: with both of them shown for a moment, the window would grow.
        old.hide()
        new.show()
        self._shelf.toggleViewAction().setVisible(mode is Mode.DREAM)
        if self._aside is None:
            self._put_shelf_away(mode is not Mode.DREAM)

    def _put_shelf_away(self, away: bool) -> None:
        if away and not self._shelf.isHidden():
            self._put_away = True
            self._shelf.hide()
        elif not away and self._put_away:
            self._put_away = False
            self._shelf.show()

    def hide(self) -> None:
        """Leaves the window to the picture."""
        self._aside = self.state()
        for dock in (*self._left, *self._right, *self._below):
            dock.hide()

    def bring_back(self) -> None:
        """As they were before `hide`."""
        aside, self._aside = self._aside, None
        if aside is not None:
            self.restore(aside)

    def state(self) -> QByteArray:
        """Where the panels stand in a dream, or stood before they were all hidden."""
        if self._aside is not None:
            return self._aside
        self.show_mode(Mode.DREAM)
        state = self._window.saveState(_VERSION)
        self.show_mode(self._session.recipe.mode)
        return state

    def restore(self, state: QByteArray) -> None:
        """A state that makes no sense changes nothing."""
        self._put_away = False
        self._window.restoreState(state, _VERSION)
        self.show_mode(self._session.recipe.mode)

    def reset(self) -> None:
        self.restore(self._at_first)


def _stacked(*panels: QWidget) -> QWidget:
    """Panels of one dock, of which each mode shows its own."""
    stack = QWidget()
    lines = QVBoxLayout(stack)
    lines.setContentsMargins(0, 0, 0, 0)
    for panel in panels:
        lines.addWidget(panel)
    # Room that they do not need is the controls'.
    stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    return stack


def _title(text: str, dock: QDockWidget) -> QLabel:
    """A quiet heading, in line with the panel; the dock is dragged by it, and floats at a double click."""
    title = QLabel(text, dock)
    title.setProperty("role", "quiet")
    title.setContentsMargins(12, 8, 12, 0)
    return title


def _head(dock: QDockWidget, verbs: QWidget) -> QWidget:
    """The heading of a dock with what may be done beside it."""
    head = QWidget(dock)
    line = QHBoxLayout(head)
    line.setContentsMargins(0, 6, 8, 0)
    line.setSpacing(0)
    title = dock.titleBarWidget()
    title.setContentsMargins(12, 0, 4, 0)
    line.addWidget(title)
    line.addWidget(verbs, 1)
    return head
