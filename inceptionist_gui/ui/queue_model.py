"""The queue as a list view wants it."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QImageReader, QPixmap

from inceptionist_gui.session.queue import Queue
from inceptionist_gui.session.queue_entry import Entry, Standing
from inceptionist_gui.ui.queue_words import spoken, status, title
from inceptionist_gui.ui.tips import tip

ENTRY = Qt.ItemDataRole.UserRole
"""The Entry."""
PICTURE = Qt.ItemDataRole.UserRole + 1
"""A QPixmap; null while there is none."""
_MIME = "application/x-inceptionist-job"

Index = QModelIndex | QPersistentModelIndex


class QueueModel(QAbstractListModel):
    """Follows the queue. A job that is dropped elsewhere moves there."""

    def __init__(self, queue: Queue, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = queue
        self._pictures: dict[str, QPixmap] = {}
        queue.changed.connect(self._renew)
        queue.entry_changed.connect(self._touch)
        queue.going_changed.connect(self._touch_all)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._queue.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not 0 <= index.row() < len(self._queue.entries):
            return None
        entry = self._queue.entries[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title(entry)
            case Qt.ItemDataRole.AccessibleTextRole:
                return spoken(entry)
            case Qt.ItemDataRole.ToolTipRole:
                return tip(title(entry), note=" ".join(filter(None, status(entry))))
            case _ if role == ENTRY:
                return entry
            case _ if role == PICTURE:
                return self._picture(entry)
        return None

    def row_of(self, key: str) -> int:
        """-1 where there is no such job."""
        return next((row for row, entry in enumerate(self._queue.entries) if entry.key == key), -1)

    # Dragging

    def flags(self, index: Index) -> Qt.ItemFlag:
        between = Qt.ItemFlag.ItemIsDropEnabled
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled if index.isValid() else between

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        return [_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        mime = QMimeData()
        keys = [self._queue.entries[index.row()].key for index in indexes]
        mime.setData(_MIME, " ".join(keys).encode())
        return mime

    def dropMimeData(self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index) -> bool:  # noqa: ARG002
        """Moves the job; False, or the view would take away what it holds to be the one that was dragged."""
        key = bytes(data.data(_MIME).data()).decode()
        at = self.row_of(key)
        if at >= 0:
            to = self.rowCount() if row < 0 else row
            self._queue.move(key, to - 1 if to > at else to)
        return False

    # Following

    def _renew(self) -> None:
        self.beginResetModel()
        keys = {entry.key for entry in self._queue.entries}
        self._pictures = {key: picture for key, picture in self._pictures.items() if key in keys}
        self.endResetModel()

    def _touch(self, key: str) -> None:
        entry = self._queue.entry(key)
        row = self.row_of(key)
        if entry is None or row < 0:
            return
        if entry.standing is not Standing.RUNNING:
            # It may have got another thumbnail: its own, and at the end its result's.
            self._pictures.pop(key, None)
        self.dataChanged.emit(self.index(row), self.index(row))

    def _touch_all(self) -> None:
        if self.rowCount():
            self.dataChanged.emit(self.index(0), self.index(self.rowCount() - 1))

    def _picture(self, entry: Entry) -> QPixmap:
        if entry.key not in self._pictures:
            reader = QImageReader(str(self._queue.thumbnail_path(entry.key)))
            picture = QPixmap.fromImage(reader.read())
            if picture.isNull():
                return picture
            self._pictures[entry.key] = picture
        return self._pictures[entry.key]
