"""The menu bar, and the bar of buttons below it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QPushButton, QSizePolicy, QToolBar, QToolButton, QWidget

from inceptionist_gui.session.settings import Settings
from inceptionist_gui.ui.actions import Actions
from inceptionist_gui.ui.canvas_tools import CanvasTools
from inceptionist_gui.ui.modes import ModeSwitch
from inceptionist_gui.words import _

_GAP, _NARROW_GAP = 16, 4
_PRIMARY_WIDTH = 120
"""Room for its longest word, so that nothing moves when the word changes."""


def fill_menus(
    window: QMainWindow, actions: Actions, recent: QMenu, panels: list[QAction], tools: CanvasTools
) -> None:
    """Puts every action into the menu bar."""
    bar = window.menuBar()
    file = bar.addMenu(_("File"))
    file.addAction(actions.open)
    file.addMenu(recent)
    file.addSeparator()
    file.addActions([actions.save, actions.save_as])
    file.addActions([actions.save_picture, actions.save_picture_as, actions.print_])
    file.addSeparator()
    file.addActions([actions.from_photo, actions.from_clouds, actions.from_noise])
    file.addSeparator()
    file.addAction(actions.quit)
    edit = bar.addMenu(_("Edit"))
    edit.addActions([actions.undo, actions.redo, actions.undo_list, actions.reset])
    edit.addSeparator()
    edit.addActions([actions.vary, actions.save_look])
    edit.addSeparator()
    edit.addActions([actions.copy, actions.paste])
    edit.addSeparator()
    edit.addMenu(_("Language")).addActions(list(actions.languages.values()))
    _fill_dream(bar.addMenu(_("Dream")), actions)
    bar.addMenu(tools.mask_menu)
    _fill_view(bar.addMenu(_("View")), actions, panels, tools.compare_menu)
    _fill_help(bar.addMenu(_("Help")), actions)


def _fill_dream(dream: QMenu, actions: Actions) -> None:
    modes = dream.addMenu(_("Mode"))
    modes.setToolTipsVisible(True)
    modes.addActions(list(actions.modes.values()))
    dream.addSeparator()
    dream.addActions([actions.dream, actions.stop, actions.restart, actions.live])
    dream.addSeparator()
    dream.addActions([actions.dream_on, actions.keep_state, actions.associate])
    dream.addSeparator()
    dream.addActions([actions.enqueue, actions.enqueue_with, actions.enqueue_photos])
    dream.addSeparator()
    devices = dream.addMenu(_("Dream On"))
    # Why one cannot be had.
    devices.setToolTipsVisible(True)
    devices.addActions(list(actions.devices.values()))
    devices.aboutToShow.connect(actions.devices_wanted)


def _fill_view(view: QMenu, actions: Actions, panels: list[QAction], compare: QMenu) -> None:
    view.addActions([actions.fit, actions.actual, actions.double, actions.zoom_in, actions.zoom_out])
    view.addMenu(compare)
    view.addSeparator()
    view.addAction(actions.look)
    view.addMenu(_("Panels")).addActions(panels)
    view.addActions([actions.hide_panels, actions.reset_layout, actions.next_part, actions.previous_part])
    view.addSeparator()
    view.addMenu(_("Theme")).addActions(list(actions.themes.values()))
    view.addAction(actions.full_screen)


def _fill_help(help_: QMenu, actions: Actions) -> None:
    help_.addActions([actions.palette, actions.shortcuts, actions.what_is_this, actions.tour])
    help_.addSeparator()
    help_.addAction(actions.about)


class RecentMenu(QMenu):
    """The files opened or saved last; read anew whenever it is shown."""

    def __init__(self, settings: Settings, open_file: Callable[[Path], None], parent: QWidget) -> None:
        super().__init__(_("Open Recent"), parent)
        self._settings = settings
        self._open_file = open_file
        # The folder, which tells two files of one name apart.
        self.setToolTipsVisible(True)
        self.aboutToShow.connect(self.read)
        self.setProperty("filled_late", True)

    def read(self) -> None:
        self.clear()
        files = self._settings.recent_files()
        for path in files:
            entry = self.addAction(path.name.replace("&", "&&"))
            entry.setToolTip(str(path))
            entry.triggered.connect(lambda _on=False, path=path: self._open_file(path))
        if files:
            self.addSeparator()
            self.addAction(_("Clear the List")).triggered.connect(self._settings.forget_recent)
        else:
            self.addAction(_("Nothing yet")).setEnabled(False)


class TopBar(QToolBar):
    """The few buttons that are always at hand, the dream's in the middle."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(_("Buttons"), parent)
        self.setObjectName("top bar")
        self.setMovable(False)
        self.setIconSize(QSize(18, 18))
        self.toggleViewAction().setEnabled(False)
        self.compare = _hold_button(_("Before"), _("Hold to see the picture as it was (C)"))
        self._worded = [self.compare]
        """Buttons with an icon beside their word, which is left out where the bar is narrow."""
        self._wide = 0
        """Pixels that the bar needs with all words."""
        self._gaps: list[QWidget] = []
        self._add(actions.open, words=True)
        self.save = self._add(actions.save, words=True)
        self._add_gap()
        self.modes = ModeSwitch(list(actions.modes.values()), self)
        self.addWidget(self.modes)
        self._add_spring()
        self.primary = self._add_primary(actions.dream)
        self._add(actions.stop)
        self._add(actions.restart)
        self._add_spring()
        self._add(actions.undo)
        self._add(actions.redo)
        self._add_gap()
        self._before_compare = self.addWidget(self.compare)
        self._add(actions.fit)
        self._add(actions.look, words=True)

    def offer(self, mask: QAction, compare: QMenu) -> None:
        """The way to the brush, and more ways to compare."""
        self.insertAction(self._before_compare, mask)
        self._dress(mask, words=True)
        self.compare.setMenu(compare)
        self.compare.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)

    def put_last(self, widget: QToolButton) -> None:
        """A button of its own kind, at the end of the bar."""
        self.addWidget(widget)

    def _add(self, action: QAction, *, words: bool = False) -> QToolButton:
        self.addAction(action)
        return self._dress(action, words=words)

    def _dress(self, action: QAction, *, words: bool) -> QToolButton:
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

    def _add_primary(self, action: QAction) -> QPushButton:
        # A tool button would set its icon and word to the left of the room that the longest word needs.
        button = QPushButton(self)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setMinimumWidth(_PRIMARY_WIDTH)
        button.clicked.connect(action.trigger)
        action.changed.connect(lambda: _show(button, action))
        _show(button, action)
        self.addWidget(button)
        return button

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
    # Without the letter that is underlined while the menu is open.
    button.setText(action.iconText())
    button.setIcon(action.icon())
    button.setToolTip(action.toolTip())
    button.setEnabled(action.isEnabled())
