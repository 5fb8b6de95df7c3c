"""The main window."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QLineEdit, QMainWindow

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.recipe import Recipe, Start
from inceptionist_gui.session.devices import Devices
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings, ThemeChoice
from inceptionist_gui.session.state import Message, State, Tone
from inceptionist_gui.ui.about import show_about
from inceptionist_gui.ui.actions import Actions
from inceptionist_gui.ui.docks import Docks
from inceptionist_gui.ui.file_verbs import FileVerbs
from inceptionist_gui.ui.icons import Icons
from inceptionist_gui.ui.incoming import may_hold_picture
from inceptionist_gui.ui.look_association import AssociationDialog
from inceptionist_gui.ui.menus import RecentMenu, TopBar, fill_menus
from inceptionist_gui.ui.stage import Stage
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.tones import Tones

FIRST_SIZE = QSize(1280, 800)
FRAME = QSize(16, 48)
"""px; about what a desktop draws around a window."""


def first_size(available: QSize) -> QSize:
    """The window's at the first start: with its frame it fits on a small screen."""
    return FIRST_SIZE.boundedTo(available - FRAME)


class Window(QMainWindow):
    """The studio's window around a session."""

    left = Signal()
    """It is closed for good, and the session with it."""

    def __init__(self, session: Session, settings: Settings, theme: Theme) -> None:
        super().__init__()
        self._session = session
        self._settings = settings
        self._theme = theme
        self._leaving = False
        self._devices = Devices(self)
        self._looking = Looking(session, self)
        icons = Icons(theme, self)
        self.actions_ = Actions(self, icons)
        self.files = FileVerbs(session, settings, self)
        self.stage = Stage(session, theme.tones, self)
        self.canvas = self.stage.canvas
        self.bar = TopBar(self.actions_, self)
        icons.give(self.bar.compare, "columns")
        self.canvas.addAction(self.actions_.dream_on)
        self.canvas.addActions([self.actions_.copy, self.actions_.save_as])
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._assemble()
        self._connect_actions()
        self._listen()
        self._restore()
        self._show_title()
        self._show_possible()

    def _assemble(self) -> None:
        self.resize(first_size(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self.setDockOptions(self.DockOption.AnimatedDocks | self.DockOption.AllowNestedDocks)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.addToolBar(self.bar)
        self.setCentralWidget(self.stage)
        self.docks = Docks(self, self._session, self._looking)
        self.docks.look.join(self.canvas)
        self.docks.follow_look(self.actions_.look)
        recent = RecentMenu(self._settings, self.files.open, self)
        fill_menus(self, self.actions_, recent, self.docks.toggles())
        for edit in self.findChildren(QLineEdit):
            # A file dropped on a field of text is to be opened, not to be typed as an address.
            edit.setAcceptDrops(False)
        self.canvas.setFocus()

    def _connect_actions(self) -> None:
        actions, session, canvas = self.actions_, self._session, self.canvas
        verbs = {
            actions.open: self.files.choose_file,
            actions.save: self.files.save,
            actions.save_as: self.files.save_as,
            actions.from_photo: lambda: self.files.start_from(Start.PHOTO),
            actions.from_clouds: lambda: self.files.start_from(Start.CLOUDS),
            actions.reset: self._session.reset,
            actions.from_noise: lambda: self.files.start_from(Start.NOISE),
            actions.quit: self.close,
            actions.copy: self.copy_picture,
            actions.paste: self.paste_picture,
            actions.dream: session.toggle,
            actions.stop: session.stop,
            actions.restart: session.start,
            actions.dream_on: session.dream_on_result,
            actions.fit: canvas.fit,
            actions.actual: lambda: canvas.zoom_to(1.0),
            actions.double: lambda: canvas.zoom_to(2.0),
            actions.zoom_in: canvas.zoom_in,
            actions.zoom_out: canvas.zoom_out,
            actions.reset_layout: self.reset_layout,
            actions.associate: self.associate,
            actions.about: lambda: show_about(self),
        }
        for action, verb in verbs.items():
            action.triggered.connect(lambda _=False, verb=verb: verb())
        actions.hide_panels.toggled.connect(self._hide_panels)
        actions.full_screen.toggled.connect(self._show_full_screen)
        actions.follow_undo(session.undo_stack)
        for mode, action in actions.modes.items():
            action.triggered.connect(lambda _=False, mode=mode: session.set_mode(mode))
        for choice, action in actions.themes.items():
            action.setChecked(choice is self._theme.choice)
            action.triggered.connect(lambda _=False, choice=choice: self.choose_theme(choice))
        for name, action in actions.devices.items():
            action.setChecked(name is session.device)
            action.triggered.connect(lambda _=False, name=name: self.choose_device(name))

    def _listen(self) -> None:
        session = self._session
        session.state_changed.connect(self._show_state)
        session.recipe_changed.connect(self._show_mode)
        for signal in (
            session.file_changed,
            session.picture_opened,
            session.recipe_changed,
            session.state_changed,
            session.result_changed,
        ):
            signal.connect(self._show_title)
        for signal in (session.picture_opened, session.result_changed, self.canvas.changed):
            signal.connect(self._show_possible)
        self.files.said.connect(self.stage.say)
        self.actions_.devices_wanted.connect(self._devices.ask)
        self._devices.offered.connect(self.actions_.show_offers)
        self._devices.failed.connect(self.fault)
        self.bar.compare.pressed.connect(lambda: self.canvas.compare(True))
        self.bar.compare.released.connect(lambda: self.canvas.compare(False))
        self.canvas.comparing_changed.connect(self.bar.compare.setDown)
        self._theme.changed.connect(self._dress)

    # What is shown

    def say(self, message: Message) -> None:
        self.stage.say(message)

    def _show_title(self) -> None:
        name = self.files.name()
        self.setWindowTitle(f"{name}[*] - Inceptionist" if name else "Inceptionist[*]")
        self.setWindowModified(self._session.unsaved)

    def _show_mode(self, recipe: Recipe) -> None:
        self.actions_.show_mode(recipe.mode)
        self.docks.show_mode(recipe.mode)

    def _show_state(self, state: State) -> None:
        self.actions_.show_state(state)
        self._show_possible()

    def _show_possible(self) -> None:
        actions, session = self.actions_, self._session
        dreamed = session.result is not None or session.state is State.DREAMING
        actions.save.setEnabled(dreamed)
        actions.save_as.setEnabled(dreamed)
        actions.dream_on.setEnabled(dreamed)
        actions.copy.setEnabled(self.canvas.image is not None)
        actions.from_photo.setEnabled(session.photo is not None)
        self.bar.compare.setEnabled(self.canvas.can_compare)

    def _dress(self, tones: Tones) -> None:
        self.stage.messages.dress(tones)

    def choose_theme(self, choice: ThemeChoice) -> None:
        self._theme.choose(choice)
        self._settings.theme = choice

    def choose_device(self, name: DeviceName) -> None:
        self._settings.device = name
        self._session.choose_device(name)

    def _show_full_screen(self, on: bool) -> None:
        # Not showNormal: a window that was maximised is so again.
        full = Qt.WindowState.WindowFullScreen
        self.setWindowState(self.windowState() | full if on else self.windowState() & ~full)

    def _hide_panels(self, hidden: bool) -> None:
        if hidden:
            self.docks.hide()
        else:
            self.docks.bring_back()

    def reset_layout(self) -> None:
        self.actions_.hide_panels.setChecked(False)
        self.docks.reset()

    def _restore(self) -> None:
        self.restoreGeometry(self._settings.geometry)
        self.docks.restore(self._settings.layout)

    def associate(self) -> AssociationDialog:
        """Asks what goes with a class; the dialog stands beside the window."""
        label = self.docks.look.classes.likeliest or self._session.network.classes.labels[0]
        dialog = AssociationDialog(self._session, self._looking, label, self)
        dialog.show()
        return dialog

    # The clipboard

    def copy_picture(self) -> None:
        image = self.canvas.image
        if image is not None:
            QGuiApplication.clipboard().setImage(image)
            self.say(Message("Copied the picture"))

    def paste_picture(self) -> None:
        self.files.take(QGuiApplication.clipboard().mimeData(), "Pasted picture")

    # Drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if may_hold_picture(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            self.canvas.invite(True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.canvas.invite(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.canvas.invite(False)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.activateWindow()
        self.files.take(event.mimeData(), "Dropped picture")

    # Keys that no other widget wanted

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.canvas.take_press(event):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if not self.canvas.take_release(event):
            super().keyReleaseEvent(event)

    # The end

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving:
            event.accept()
            return
        event.ignore()
        self.files.settle(self.leave)

    def leave(self) -> None:
        """Closes without a question. Files being written are finished first."""
        if self._leaving:
            return
        self._leaving = True
        self._settings.geometry = self.saveGeometry()
        self._settings.layout = self.docks.state()
        # The dreamer ends with its iteration; until then there is nothing more to look at.
        self.hide()
        self._looking.close()
        self._session.close()
        self._devices.finish()
        self.close()
        self.left.emit()

    def fault(self, line: str) -> None:
        """Says that something went wrong that nobody foresaw."""
        self.say(Message(line, Tone.ERROR))
