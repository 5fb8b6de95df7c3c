"""The queue's panel: its jobs as cards in their order, and the queue as a whole above them."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QItemSelectionModel, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QListView, QMenu, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.session.queue import Queue
from inceptionist_gui.session.queue_entry import Entry
from inceptionist_gui.ui.queue_card import LEAST_WIDTH, QueueCard
from inceptionist_gui.ui.queue_model import ENTRY, Index, QueueModel
from inceptionist_gui.ui.queue_words import KEYS, Verb, possible, summary
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.ui.tones import Tones
from inceptionist_gui.words import _, later

_EMPTY = later("Nothing is queued: Add to Queue, in the Dream menu, has a picture made while you go on.")
_MOVING = Qt.KeyboardModifier.AltModifier
_EDGE = 4
"""px that labels and buttons keep to the sides, in line with the cards."""


class QueueList(QListView):
    """The cards. They are dragged into another order, or moved with Alt and the arrows."""

    wanted = Signal(str, object)
    """The key of a job and a Verb."""

    def __init__(self, model: QueueModel, tones: Callable[[], Tones]) -> None:
        super().__init__()
        self.setModel(model)
        self._cards = QueueCard(tones, self)
        self._cards.pressed.connect(self.wanted)
        self.setItemDelegate(self._cards)
        self.setAccessibleName(_("Jobs of the queue"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setDragDropMode(QListView.DragDropMode.InternalMove)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda place: self.menu_at(place))
        self.doubleClicked.connect(lambda _: self._do(Verb.OPEN))
        self._key, self._row = "", -1
        """The current job, and where it stood last: the list is made anew with every change of the order."""
        model.modelReset.connect(self._restore_current)

    # Keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        verb = self._verb_for(event)
        if verb is None:
            super().keyPressEvent(event)
        else:
            self._do(verb)

    def _verb_for(self, event: QKeyEvent) -> Verb | None:
        entry = self.current()
        if entry is None:
            return None
        key, moved = event.key(), bool(event.modifiers() & _MOVING)
        may = possible(entry)
        if moved and key in (Qt.Key.Key_Left, Qt.Key.Key_Up):
            return Verb.EARLIER
        if moved and key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
            return Verb.LATER
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            return may[-1]
        if key == Qt.Key.Key_Space and may[0] in (Verb.PAUSE, Verb.RESUME):
            return may[0]
        return Verb.OPEN if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None

    def _do(self, verb: Verb) -> None:
        entry = self.current()
        moving = verb in (Verb.EARLIER, Verb.LATER)
        if entry is not None and (moving or verb in possible(entry)):
            self.wanted.emit(entry.key, verb)

    def menu_at(self, place: QPoint) -> QMenu | None:
        """Opens what may be done with the job there; with the keyboard, with the current one."""
        index = self.indexAt(place)
        if index.isValid():
            self.setCurrentIndex(index)
        entry = self.current()
        if entry is None:
            return None
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        *first, last = possible(entry)
        for verb in first:
            menu.addAction(self._action(verb, menu))
        menu.addSeparator()
        menu.addActions([self._action(verb, menu) for verb in (Verb.EARLIER, Verb.LATER)])
        menu.addSeparator()
        menu.addAction(self._action(last, menu))
        menu.popup(self.viewport().mapToGlobal(place))
        return menu

    def _action(self, verb: Verb, menu: QMenu) -> QAction:
        action = QAction(_(verb.value), menu)
        if verb in KEYS:
            action.setShortcut(QKeySequence(KEYS[verb]))
        action.triggered.connect(lambda: self._do(verb))
        return action

    # The current job

    def current(self) -> Entry | None:
        entry = self.currentIndex().data(ENTRY)
        return entry if isinstance(entry, Entry) else None

    def show_current(self, key: str) -> None:
        """Makes the job the current one."""
        row = self._jobs.row_of(key)
        if row >= 0:
            index = self._jobs.index(row)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    @property
    def _jobs(self) -> QueueModel:
        model = self.model()
        assert isinstance(model, QueueModel)
        return model

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        entry = self.current()
        if entry is not None:
            self._key, self._row = entry.key, current.row()

    def _restore_current(self) -> None:
        if self._jobs.row_of(self._key) < 0 <= self._row and self._jobs.rowCount():
            # Its neighbour takes its place, so that several can be taken out one after another.
            row = min(self._row, self._jobs.rowCount() - 1)
            self._key = self._jobs.index(row).data(ENTRY).key
        self.show_current(self._key)

    # Its size

    def minimumSizeHint(self) -> QSize:
        return QSize(LEAST_WIDTH, self._cards.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._share_width()
        super().resizeEvent(event)

    def _share_width(self) -> None:
        # Whether or not the scroll bar is there, so that nothing jumps when it comes.
        room = self.width() - self.verticalScrollBar().sizeHint().width() - 1
        self.setGridSize(QSize(room // max(1, room // LEAST_WIDTH), self._cards.height()))


class QueuePanel(QWidget):
    """Shows the queue, and has it do what is asked."""

    opened = Signal(object)
    """The Path of a picture to be opened here."""
    shown = Signal(object)
    """The Path of a picture whose folder is to be shown."""

    def __init__(self, queue: Queue, tones: Callable[[], Tones], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._model = QueueModel(queue, self)
        self.list = QueueList(self._model, tones)
        self.line = QLabel()
        self.nothing = QLabel(_(_(_EMPTY)), wordWrap=True)
        self.toggle = _button(_("Pause the Queue"), _("Hold what runs, and begin nothing new."))
        self.clear = _button(_("Clear Finished"), _("Take what is over out of the list; the pictures stay."))
        self._lay_out()
        self.list.wanted.connect(self._do)
        self.toggle.clicked.connect(lambda: queue.pause() if queue.going else queue.start())
        self.clear.clicked.connect(queue.clear_finished)
        for signal in (queue.changed, queue.entry_changed, queue.going_changed):
            signal.connect(self._tell)
        self._tell()

    def _lay_out(self) -> None:
        for label in (self.line, self.nothing):
            label.setProperty("role", "quiet")
        self.nothing.setContentsMargins(_EDGE, 0, _EDGE, 0)
        head = QHBoxLayout()
        head.setContentsMargins(_EDGE, 0, _EDGE, 0)
        head.setSpacing(8)
        head.addWidget(self.line)
        head.addStretch(1)
        head.addWidget(self.toggle)
        head.addWidget(self.clear)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 4, 4, 4)
        lines.setSpacing(4)
        lines.addLayout(head)
        lines.addWidget(self.nothing)
        lines.addWidget(self.list, 1)
        lines.addStretch(0)

    def _tell(self) -> None:
        queue = self._queue
        tally = queue.tally
        self.line.setText(summary(tally, going=queue.going))
        self.nothing.setVisible(not tally.total)
        self.list.setVisible(bool(tally.total))
        self.toggle.setText(_("Pause the Queue") if queue.going else _("Start the Queue"))
        settled = sum(entry.settled for entry in queue.entries)
        self.toggle.setEnabled(settled < tally.total)
        self.clear.setEnabled(settled > 0)

    def _do(self, key: str, verb: Verb) -> None:
        queue, entry = self._queue, self._queue.entry(key)
        if entry is None:
            return
        match verb:
            case Verb.PAUSE:
                queue.pause_job(key)
            case Verb.RESUME:
                queue.resume_job(key)
            case Verb.CANCEL:
                queue.cancel(key)
            case Verb.RETRY:
                queue.retry(key)
            case Verb.REMOVE:
                queue.remove(key)
            case Verb.EARLIER | Verb.LATER:
                queue.move(key, self._model.row_of(key) + (1 if verb is Verb.LATER else -1))
            case Verb.OPEN:
                self.opened.emit(entry.output or Path())
            case Verb.SHOW:
                self.shown.emit(entry.output or Path())


def _button(text: str, tells: str) -> QToolButton:
    button = QToolButton()
    button.setText(text)
    button.setProperty("role", "choice")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setToolTip(tip(tells))
    return button
