"""The history's states as a list that a view can show, and their thumbnails, read when they are to be seen."""

from collections import OrderedDict

from PySide6.QtCore import QAbstractListModel, QDateTime, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImage, QPixmap

from inceptionist_gui.session.background import Background
from inceptionist_gui.session.history import History
from inceptionist_gui.session.states import HistoryState
from inceptionist_gui.ui.pixmaps import picture_tip
from inceptionist_gui.words import _

Index = QModelIndex | QPersistentModelIndex

STATE = Qt.ItemDataRole.UserRole
"""The HistoryState."""
PICTURE = Qt.ItemDataRole.UserRole + 1
"""A QPixmap; None while it is not there."""
SHOWN = Qt.ItemDataRole.UserRole + 2
"""Whether it is what the canvas shows."""
BRANCH = Qt.ItemDataRole.UserRole + 3
"""From which state it was dreamed, in a few words; empty where that is the one before it, or none."""
FOLLOWS = Qt.ItemDataRole.UserRole + 4
"""Whether it was dreamed from the one before it."""

_MOST = 400
"""Thumbnails in memory."""


class StripModel(QAbstractListModel):
    """The states, oldest first."""

    def __init__(self, history: History, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._history = history
        self._states: tuple[HistoryState, ...] = ()
        self._rows: dict[str, int] = {}
        self._shown = ""
        self._pictures: OrderedDict[str, QPixmap | None] = OrderedDict()
        self._background = Background(self)
        history.changed.connect(self._take)
        history.current_changed.connect(self._mark)
        self._take()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._states)

    def state_at(self, index: Index) -> HistoryState:
        return self._states[index.row()]

    def index_of(self, identity: str) -> QModelIndex:
        """An invalid one where there is no such state."""
        row = self._rows.get(identity)
        return QModelIndex() if row is None else self.index(row)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._states):
            return None
        state = self._states[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return f"{state.number}  {state.title}"
            case Qt.ItemDataRole.ToolTipRole:
                return picture_tip(self._pictures.get(state.id), self._told(state), _when(state))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._accessible(state)
            case _:
                return self._own(state, index.row(), role)

    def finish(self) -> None:
        """Waits for the thumbnails that are being read."""
        self._background.finish()

    def _own(self, state: HistoryState, row: int, role: int) -> object:
        match role:
            case _ if role == STATE:
                return state
            case _ if role == PICTURE:
                return self._picture(state)
            case _ if role == SHOWN:
                return state.id == self._shown
            case _ if role == BRANCH:
                return "" if self._follows(row) else self._parent(state)
            case _ if role == FOLLOWS:
                return self._follows(row)
        return None

    def _follows(self, row: int) -> bool:
        return row > 0 and self._states[row].parent == self._states[row - 1].id

    def _parent(self, state: HistoryState) -> str:
        row = self._rows.get(state.parent)
        return "" if row is None else _("from {number}").format(number=self._states[row].number)

    def _told(self, state: HistoryState) -> str:
        parts = (_("State {number}").format(number=state.number), state.title, state.source, self._parent(state))
        return ", ".join(part for part in parts if part)

    def _accessible(self, state: HistoryState) -> str:
        marks = [_("shown")] * (state.id == self._shown) + [_("stays")] * state.pinned
        return ", ".join((self._told(state), *marks))

    def _picture(self, state: HistoryState) -> QPixmap | None:
        """The thumbnail; None while it is on its way, and where it is damaged."""
        if state.id in self._pictures:
            self._pictures.move_to_end(state.id)
            return self._pictures[state.id]
        self._pictures[state.id] = None
        while len(self._pictures) > _MOST:
            self._pictures.popitem(last=False)
        path = str(state.thumbnail)
        self._background.run(lambda: QImage(path), lambda image: self._show(state.id, image), lambda _line: None)
        return None

    def _show(self, identity: str, image: QImage) -> None:
        if identity in self._pictures and not image.isNull():
            self._pictures[identity] = QPixmap.fromImage(image)
            index = self.index_of(identity)
            self.dataChanged.emit(index, index)

    def _take(self) -> None:
        before, states = self._states, self._history.states()
        if len(states) > len(before) and [s.id for s in states[: len(before)]] == [s.id for s in before]:
            # What is selected and how far it is scrolled stays.
            self.beginInsertRows(QModelIndex(), len(before), len(states) - 1)
            self._put(states)
            self.endInsertRows()
        elif [s.id for s in states] == [s.id for s in before]:
            self._put(states)
        else:
            self.beginResetModel()
            self._put(states)
            self.endResetModel()
        if states:
            self.dataChanged.emit(self.index(0), self.index(len(states) - 1))

    def _put(self, states: tuple[HistoryState, ...]) -> None:
        self._states = states
        self._rows = {state.id: row for row, state in enumerate(states)}

    def _mark(self) -> None:
        before, self._shown = self._shown, self._history.current
        for index in (self.index_of(before), self.index_of(self._shown)):
            if index.isValid():
                self.dataChanged.emit(index, index)


def _when(state: HistoryState) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(state.time))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
