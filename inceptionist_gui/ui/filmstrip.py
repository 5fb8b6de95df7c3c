"""The filmstrip: the history's states side by side, to return to, compare and branch from."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QInputDialog, QLabel, QListView, QMenu, QStackedWidget, QVBoxLayout, QWidget

from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import recipe_text
from inceptionist_gui.session.files import Found
from inceptionist_gui.session.history import History
from inceptionist_gui.session.settings import LEAST_HISTORY, MOST_HISTORY
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.session.states import LONGEST_TITLE, HistoryState
from inceptionist_gui.ui.filmstrip_model import StripModel
from inceptionist_gui.ui.filmstrip_tile import CAPTION, LEAST, StripTile
from inceptionist_gui.words import _

_USUAL_HEIGHT = 72
"""px of a thumbnail, where the panel has room."""


class Filmstrip(QWidget):
    """Shows the history. A click, or Enter, returns to a state."""

    compare_wanted = Signal(object)
    """The pixels with which what is shown is to be compared."""
    mix_wanted = Signal(object)
    """Titles and Recipes of one state or two: to go towards the last by a slider."""
    save_wanted = Signal(object)
    """A Picture that is to be saved."""
    budget_wanted = Signal(int)
    """Megabytes that the history may take on disk."""
    said = Signal(object)
    """A Message."""

    def __init__(self, history: History, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self.model = StripModel(history, self)
        self.strip = _Strip(self.model)
        self.nothing = QLabel(_("What is finished, paused or saved gathers here, to return to and branch from."))
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self.nothing.setContentsMargins(12, 4, 12, 8)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(4, 0, 4, 0)
        # One behind the other: the first state must not push the canvas aside.
        self._pages = QStackedWidget()
        self._pages.addWidget(self.nothing)
        self._pages.addWidget(self.strip)
        lines.addWidget(self._pages)
        self._connect()
        self._tell()

    def _connect(self) -> None:
        strip = self.strip
        strip.chosen.connect(self._history.open)
        strip.delete_wanted.connect(self._delete)
        strip.rename_wanted.connect(self._rename)
        strip.customContextMenuRequested.connect(self._show_menu)
        self._history.changed.connect(self._tell)
        self._history.current_changed.connect(self._follow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._history.load()

    def chosen(self) -> list[HistoryState]:
        """The selected states, oldest first."""
        rows = sorted(index.row() for index in self.strip.selectedIndexes())
        return [self.model.state_at(self.model.index(row)) for row in rows]

    def menu(self) -> QMenu:
        """What may be done with the selected states."""
        menu, states = QMenu(self), self.chosen()
        first, last = states[0], states[-1]
        shown = self._history.current
        self._offer(menu, _("Return to It"), lambda: self._history.open(last), len(states) == 1)
        alone = len(states) == 1
        self._offer(
            menu, _("Compare With What Is Shown"), lambda: self._compare(first), alone and first.id != shown
        )
        self._offer(menu, _("Compare the Two"), lambda: self._compare_two(first, last), len(states) == 2)
        mix = _("Mix Towards It") if alone else _("Mix the Two")
        self._offer(menu, mix, lambda: self._mix(states), len(states) <= 2)
        menu.addSeparator()
        pinned = all(state.pinned for state in states)
        pin = self._offer(menu, _("Keep for Good"), lambda: self._history.pin(states, on=not pinned))
        pin.setCheckable(True)
        pin.setChecked(pinned)
        self._offer(menu, _("Rename…"), lambda: self._rename(first), alone)
        self._offer(menu, _("Save as a Picture…"), lambda: self._save(first), alone)
        self._offer(menu, _("Copy the Recipe"), lambda: self._copy(first), alone)
        menu.addSeparator()
        self._offer(menu, _("Delete"), lambda: self._delete(states))
        self._offer(menu, _("Room on Disk…"), self._give_room)
        return menu

    def _offer(self, menu: QMenu, text: str, verb: Callable[[], object], on: bool = True) -> QAction:
        action = menu.addAction(text)
        action.setEnabled(on)
        action.triggered.connect(lambda _checked=False: verb())
        return action

    def _show_menu(self, at: QPoint) -> None:
        if self.chosen():
            menu = self.menu()
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(self.strip.viewport().mapToGlobal(at))

    # What is done with them

    def _compare(self, state: HistoryState) -> None:
        self._history.read(state, lambda found: self._hand_on(found))

    def _compare_two(self, first: HistoryState, last: HistoryState) -> None:
        """The later one is returned to, and compared with the earlier."""
        if last.id != self._history.current:
            self._history.open(last)
        self._compare(first)

    def _hand_on(self, found: Found) -> None:
        if found.project.result is not None:
            self.compare_wanted.emit(found.project.result.pixels)

    def _save(self, state: HistoryState) -> None:
        def hand_on(found: Found) -> None:
            picture: Picture | None = found.project.result
            if picture is not None:
                self.save_wanted.emit(picture)

        self._history.read(state, hand_on)

    def _mix(self, states: list[HistoryState]) -> None:
        try:
            self.mix_wanted.emit([(f"{state.number}  {state.title}", state.recipe) for state in states])
        except UserError as error:
            self.said.emit(Message(str(error), Tone.ERROR))

    def _copy(self, state: HistoryState) -> None:
        try:
            QGuiApplication.clipboard().setText(recipe_text(state.recipe))
        except UserError as error:
            self.said.emit(Message(str(error), Tone.ERROR))
        else:
            self.said.emit(Message(_("Copied the recipe")))

    def _rename(self, state: HistoryState) -> None:
        title = self.ask_title(state.title)
        if title:
            self._history.rename(state, title[:LONGEST_TITLE])

    def ask_title(self, title: str) -> str:
        """Puts up a dialog; empty when it was cancelled. Tests answer in its place."""
        said, accepted = QInputDialog.getText(self, _("Rename the state"), _("Title"), text=title)
        return said.strip() if accepted else ""

    def _give_room(self) -> None:
        megabytes = self.ask_room(self._history.budget // 1_000_000)
        if megabytes:
            self.budget_wanted.emit(megabytes)

    def ask_room(self, megabytes: int) -> int:
        """Puts up a dialog; 0 when it was cancelled. Tests answer in its place."""
        asked = _("Megabytes for the history; the oldest states give way, those kept for good stay")
        most, accepted = QInputDialog.getInt(
            self, _("Room on Disk"), asked, megabytes, LEAST_HISTORY, MOST_HISTORY, 500
        )
        return most if accepted else 0

    def _delete(self, states: list[HistoryState]) -> None:
        pinned = [state for state in states if state.pinned]
        if pinned:
            line = _("State {number} is kept for good: untick that first, then delete it")
            self.said.emit(Message(line.format(number=pinned[0].number), Tone.ERROR))
            return
        self._history.delete(states)

    # What is shown

    def _tell(self) -> None:
        self._pages.setCurrentWidget(self.strip if self.model.rowCount() else self.nothing)
        if not self.strip.selectedIndexes():
            self._follow()

    def _follow(self) -> None:
        """What is shown is in sight, and chosen."""
        index = self.model.index_of(self._history.current)
        if index.isValid():
            # Whatever keys are held: it is not the user who chooses.
            self.strip.selectionModel().setCurrentIndex(index, _CHOOSE)
            self.strip.scrollTo(index)
        else:
            self.strip.scrollTo(self.model.index(self.model.rowCount() - 1))


class _Strip(QListView):
    """One row of states that scrolls sideways."""

    chosen = Signal(object)
    """The HistoryState to return to."""
    delete_wanted = Signal(object)
    """A list of HistoryStates."""
    rename_wanted = Signal(object)
    """A HistoryState."""

    def __init__(self, model: StripModel) -> None:
        super().__init__()
        self._model = model
        self._tile = StripTile(self)
        self.setModel(model)
        self.setItemDelegate(self._tile)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        # A click leaves the keys, as space to dream, with the canvas.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setAccessibleName(_("History"))
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(self._on_clicked)

    def sizeHint(self) -> QSize:
        return QSize(320, self._height_for(_USUAL_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(2 * LEAST, self._height_for(LEAST))

    def _height_for(self, picture: int) -> int:
        tile = self._tile.height_for(picture, self.fontMetrics().height())
        return tile + self.horizontalScrollBar().sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.horizontalScrollBar().sizeHint().height()
        self._tile.set_height(self.height() - bar - self.fontMetrics().height() - CAPTION)
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # One row: whichever way the wheel turns.
        turn = event.pixelDelta() if not event.pixelDelta().isNull() else event.angleDelta()
        bar = self.horizontalScrollBar()
        bar.setValue(bar.value() - (turn.x() or turn.y()))
        event.accept()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and event.key() in _OWN_KEYS
        ):
            # While the strip has the focus they mean its states, whatever they are elsewhere.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        states = [self._model.state_at(index) for index in self.selectedIndexes()]
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self.currentIndex().isValid():
                self.chosen.emit(self._model.state_at(self.currentIndex()))
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace if states:
                self.delete_wanted.emit(states)
            case Qt.Key.Key_F2 if states:
                self.rename_wanted.emit(states[0])
            case _ if event.text().isprintable() and event.text() and not _commands(event):
                # The canvas has these, space among them.
                event.ignore()
            case _:
                super().keyPressEvent(event)

    def _on_clicked(self) -> None:
        if not QGuiApplication.keyboardModifiers() & _CHOOSING and self.currentIndex().isValid():
            self.chosen.emit(self._model.state_at(self.currentIndex()))


_CHOOSE = QItemSelectionModel.SelectionFlag.ClearAndSelect
_OWN_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2)
_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def _commands(event: QKeyEvent) -> bool:
    return bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
