"""The menu bar, and the bar of buttons below it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.actions import Actions
from inceptionist_gui.ui.modes import ModeSwitch

_GAP, _NARROW_GAP = 16, 4
_PRIMARY_WIDTH = 120
"""Room for its longest word, so that nothing moves when the word changes."""


def fill_menus(window: QMainWindow, actions: Actions, recent: QMenu, panels: list[QAction]) -> None:
    """Puts every action into the menu bar."""
    bar = window.menuBar()
    file = bar.addMenu("&File")
    file.addAction(actions.open)
    file.addMenu(recent)
    file.addSeparator()
    file.addActions([actions.save, actions.save_as])
    file.addSeparator()
    file.addActions([actions.from_photo, actions.from_clouds, actions.from_noise])
    file.addSeparator()
    file.addAction(actions.quit)
    edit = bar.addMenu("&Edit")
    edit.addActions([actions.undo, actions.redo, actions.reset])
    edit.addSeparator()
    edit.addActions([actions.copy, actions.paste])
    _fill_dream(bar.addMenu("&Dream"), actions)
    _fill_view(bar.addMenu("&View"), actions, panels)
    bar.addMenu("&Help").addAction(actions.about)


def _fill_dream(dream: QMenu, actions: Actions) -> None:
    modes = dream.addMenu("Mode")
    modes.setToolTipsVisible(True)
    modes.addActions(list(actions.modes.values()))
    dream.addSeparator()
    dream.addActions([actions.dream, actions.stop, actions.restart])
    dream.addSeparator()
    dream.addActions([actions.dream_on, actions.associate])
    dream.addSeparator()
    devices = dream.addMenu("Dream On")
    # Why one cannot be had.
    devices.setToolTipsVisible(True)
    devices.addActions(list(actions.devices.values()))
    devices.aboutToShow.connect(actions.devices_wanted)


def _fill_view(view: QMenu, actions: Actions, panels: list[QAction]) -> None:
    view.addActions([actions.fit, actions.actual, actions.double, actions.zoom_in, actions.zoom_out])
    view.addSeparator()
    view.addAction(actions.look)
    view.addMenu("Panels").addActions(panels)
    view.addActions([actions.hide_panels, actions.reset_layout])
    view.addSeparator()
    view.addMenu("Theme").addActions(list(actions.themes.values()))
    view.addAction(actions.full_screen)


class RecentMenu(QMenu):
    """The files opened or saved last; read anew whenever it is shown."""

    def __init__(self, settings: Settings, open_file: Callable[[Path], None], parent: QWidget) -> None:
        super().__init__("Open Recent", parent)
        self._settings = settings
        self._open_file = open_file
        # The folder, which tells two files of one name apart.
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.read)

    def read(self) -> None:
        self.clear()
        files = self._settings.recent_files()
        for path in files:
            entry = self.addAction(path.name.replace("&", "&&"))
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _=False, path=path: self._open_file(path))
        if files:
            self.addSeparator()
            self.addAction("Clear the List").triggered.connect(self._settings.forget_recent)
        else:
            self.addAction("Nothing yet").setEnabled(False)


class TopBar(QToolBar):
    """The few buttons that are always at hand, the dream's in the middle."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__("Buttons", parent)
        self.setObjectName("top bar")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.toggleViewAction().setEnabled(False)
        self.compare = _hold_button("Before", "Hold to see the picture as it was (B)")
        self._worded = [self.compare]
        """Buttons with an icon beside their word, which is left out where the bar is narrow."""
        self._wide = 0
        """Pixels that the bar needs with all words."""
        self._gaps: list[QWidget] = []
        self._add(actions.open, words=True)
        self._add(actions.save, words=True)
        self._add_gap()
        self.modes = ModeSwitch(list(actions.modes.values()), self)
        self.addWidget(self.modes)
        self._add_spring()
        self._add_primary(actions.dream)
        self._add(actions.stop)
        self._add(actions.restart)
        self._add_spring()
        self._add(actions.undo)
        self._add(actions.redo)
        self._add_gap()
        self.addWidget(self.compare)
        self._add(actions.fit)
        self._add(actions.actual)
        self._add(actions.look, words=True)

    def _add(self, action: QAction, *, words: bool = False) -> QToolButton:
        self.addAction(action)
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if words:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._worded.append(button)
        return button

    def resizeEvent(self, event: QResizeEvent) -> None:
        if self._worded[0].toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly:
            self._wide = self.sizeHint().width()
        self._show_words(event.size().width() >= self._wide)
        super().resizeEvent(event)

    def _show_words(self, shown: bool) -> None:
        style = Qt.ToolButtonStyle
        for button in self._worded:
            button.setToolButtonStyle(style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly)
        for gap in self._gaps:
            gap.setFixedWidth(_GAP if shown else _NARROW_GAP)

    def _add_primary(self, action: QAction) -> None:
        # A tool button would set its icon and word to the left of the room that the longest word needs.
        button = QPushButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(_PRIMARY_WIDTH)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: _show(button, action))
        _show(button, action)
        self.addWidget(button)

    def _add_spring(self) -> None:
        spring = QWidget(self)
        spring.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spring)

    def _add_gap(self) -> None:
        gap = QWidget(self)
        gap.setFixedWidth(_GAP)
        self._gaps.append(gap)
        self.addWidget(gap)


def _hold_button(text: str, tells: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setToolTip(tells)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def _show(button: QPushButton, action: QAction) -> None:
    button.setText(action.text())
    button.setIcon(action.icon())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
