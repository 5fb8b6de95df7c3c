"""The main window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
)
from PySide6.QtWidgets import QLineEdit, QMainWindow, QWidget

from inceptionist_gui.recipe import Recipe, Start
from inceptionist_gui.session.devices import Devices
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.settings import Settings
from inceptionist_gui.session.state import Message, State, Tone
from inceptionist_gui.ui.actions import Actions
from inceptionist_gui.ui.around import TabKey, go_round
from inceptionist_gui.ui.canvas_tools import CanvasTools
from inceptionist_gui.ui.docks import Docks
from inceptionist_gui.ui.file_verbs import FileVerbs
from inceptionist_gui.ui.help_verbs import HelpVerbs
from inceptionist_gui.ui.icons import Icons
from inceptionist_gui.ui.incoming import may_hold_picture
from inceptionist_gui.ui.menus import RecentMenu, TopBar, fill_menus
from inceptionist_gui.ui.mnemonics import Mnemonics
from inceptionist_gui.ui.outgoing import DragHandle
from inceptionist_gui.ui.preferences import Preferences
from inceptionist_gui.ui.print_verbs import PrintVerbs
from inceptionist_gui.ui.queue_verbs import QueueVerbs
from inceptionist_gui.ui.stage import Stage
from inceptionist_gui.ui.status import StatusLine
from inceptionist_gui.ui.theme import Theme
from inceptionist_gui.ui.tones import Tones
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from inceptionist_gui.ui.look_association import AssociationDialog

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
        self.settled = False
        """When it was closed, its user had the say about what was not saved."""
        self._devices = Devices(self)
        self._looking = Looking(session, self)
        icons = Icons(theme, self)
        self.actions_ = Actions(self, icons)
        self.files = FileVerbs(session, settings, self)
        self.help = HelpVerbs(self, session, settings)
        self.preferences = Preferences(session, settings, theme, self)
        self.queue = QueueVerbs(session, settings, theme, self)
        self.prints = PrintVerbs(self.actions_.print_, self.files.name, session, settings, self)
        self.stage = Stage(session, theme.tones, self)
        self.canvas = self.stage.canvas
        self.bar = TopBar(self.actions_, self)
        icons.give(self.bar.compare, "columns")
        self.tools = CanvasTools(session, self._looking, self.stage, icons, self)
        self.bar.offer(self.tools.masks.paint, self.tools.compare_menu)
        self.canvas.addAction(self.actions_.dream_on)
        self.canvas.addActions([self.actions_.keep_state, self.actions_.copy, self.actions_.save_picture_as])
        self.canvas.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._assemble(icons)
        self._connect_actions()
        self._listen()
        self._restore()
        self._show_title()
        self._show_possible()

    def _assemble(self, icons: Icons) -> None:
        self.resize(first_size(self.screen().availableSize()))
        self.setAcceptDrops(True)
        self.setDockOptions(self.DockOption.AnimatedDocks | self.DockOption.AllowNestedDocks)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.addToolBar(self.bar)
        self.setCentralWidget(self.stage)
        self.docks = Docks(self, self._session, self._looking, self.queue.panel)
        self.docks.look.join(self.canvas)
        self.docks.history.said.connect(self.stage.say)
        self.docks.history.budget_wanted.connect(self.preferences.give_history)
        self.docks.history.compare_wanted.connect(self.canvas.compare_with)
        self.docks.history.save_wanted.connect(self.files.save_other)
        self.docks.follow_look(self.actions_.look)
        recent = RecentMenu(self._settings, self.files.open, self)
        fill_menus(self, self.actions_, recent, self.docks.toggles(), self.tools)
        Mnemonics(self.menuBar())
        TabKey(self.canvas, self.actions_.hide_panels.trigger)
        self.stage.put_beside_progress(StatusLine(self._session, self._devices))
        handle = DragHandle(self._session, self.bar)
        icons.give(handle, "hand-grabbing")
        self.bar.put_last(handle)
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
            actions.save_picture: self.files.save_picture,
            actions.save_picture_as: self.files.save_picture_as,
            actions.from_photo: lambda: self.files.start_from(Start.PHOTO),
            actions.from_clouds: lambda: self.files.start_from(Start.CLOUDS),
            actions.reset: self._session.reset,
            actions.vary: lambda: session.looks.vary(),
            actions.save_look: self.docks.presets.ask_title,
            actions.from_noise: lambda: self.files.start_from(Start.NOISE),
            actions.quit: self.close,
            actions.copy: self.copy_picture,
            actions.paste: self.paste_picture,
            actions.dream: session.toggle,
            actions.stop: session.stop,
            actions.restart: session.start,
            actions.dream_on: session.dream_on_result,
            actions.keep_state: session.keep_state,
            actions.undo_list: self.list_undo,
            actions.enqueue: self.queue.add,
            actions.enqueue_with: self.queue.add_with,
            actions.enqueue_photos: self.queue.add_photos,
            actions.fit: canvas.fit,
            actions.actual: lambda: canvas.zoom_to(1.0),
            actions.double: lambda: canvas.zoom_to(2.0),
            actions.zoom_in: canvas.zoom_in,
            actions.zoom_out: canvas.zoom_out,
            actions.reset_layout: self.reset_layout,
            actions.associate: self.associate,
            actions.about: self.help.tell_about,
            actions.palette: self.help.open_palette,
            actions.shortcuts: self.help.show_shortcuts,
            actions.what_is_this: self.help.ask_what_is_this,
            actions.tour: self.help.lead_tour,
            actions.next_part: lambda: go_round(self._parts()),
            actions.previous_part: lambda: go_round(self._parts(), back=True),
        }
        for action, verb in verbs.items():
            action.triggered.connect(lambda _on=False, verb=verb: verb())
        actions.hide_panels.toggled.connect(self._hide_panels)
        actions.full_screen.toggled.connect(self._show_full_screen)
        actions.follow_undo(session.undo_stack)
        for mode, action in actions.modes.items():
            action.triggered.connect(lambda _on=False, mode=mode: session.set_mode(mode))
        self.preferences.follow(actions)

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
        self.queue.said.connect(self.stage.say)
        self.prints.said.connect(self.stage.say)
        self.queue.wanted.connect(self.docks.show_queue)
        self.queue.picture_wanted.connect(self.files.open)
        self.queue.notice.title_changed.connect(self._show_title)
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
        title = f"{name}[*] - Inceptionist" if name else "Inceptionist[*]"
        self.setWindowTitle(self.queue.notice.prefix() + title)
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
        for action in (actions.save, actions.save_as):
            action.setEnabled(dreamed or session.photo is not None)
        for action in (actions.save_picture, actions.save_picture_as, actions.dream_on, actions.keep_state):
            action.setEnabled(dreamed)
        actions.copy.setEnabled(self.canvas.image is not None)
        actions.from_photo.setEnabled(session.photo is not None)
        self.bar.compare.setEnabled(self.canvas.can_compare)

    def _dress(self, tones: Tones) -> None:
        self.stage.messages.dress(tones)

    def list_undo(self) -> None:
        from inceptionist_gui.ui.undo_list import show_undo_list

        show_undo_list(self._session.undo_stack, self)

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

    def associate(self) -> "AssociationDialog":
        """Asks what goes with a class; the dialog stands beside the window."""
        from inceptionist_gui.ui.look_association import AssociationDialog

        label = self.docks.look.classes.likeliest or self._session.network.classes.labels[0]
        dialog = AssociationDialog(self._session, self._looking, label, self)
        dialog.show()
        return dialog

    def _parts(self) -> list[QWidget]:
        """What F6 goes round, from the bar over the picture to the panels."""
        return [self.bar, self.stage, *self.docks.all()]

    # The clipboard

    def copy_picture(self) -> None:
        image = self.canvas.image
        if image is not None:
            QGuiApplication.clipboard().setImage(image)
            self.say(Message(_("Copied the picture")))

    def paste_picture(self) -> None:
        self.files.take(QGuiApplication.clipboard().mimeData(), _("Pasted picture"))

    # Drag and drop

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        # Its own picture, dragged out and back again, is nothing new.
        if may_hold_picture(event.mimeData()) and not isinstance(event.source(), DragHandle):
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
        if not self.docks.presets.take_dropped(event.mimeData()):
            self.files.take(event.mimeData(), _("Dropped picture"))

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
        self.files.settle(lambda: self.leave(settled=True))

    def leave(self, *, settled: bool = False) -> None:
        """Closes without a question, or after it is `settled`. Files being written are finished first."""
        if self._leaving:
            return
        self._leaving, self.settled = True, settled
        self._settings.geometry = self.saveGeometry()
        self._settings.layout = self.docks.state()
        # The dreamer ends with its iteration; until then there is nothing more to look at.
        self.hide()
        self._looking.close()
        self.queue.close()
        self._session.close()
        self._devices.finish()
        self.close()
        self.left.emit()

    def fault(self, line: str) -> None:
        """Says that something went wrong that nobody foresaw."""
        self.say(Message(line, Tone.ERROR))
