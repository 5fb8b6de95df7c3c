"""The class picker: a search over everything the network can name."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from inceptionist_gui.engine.networks import Classes
from inceptionist_gui.words import _, later

Index = QModelIndex | QPersistentModelIndex

OTHER_NAMES = Qt.ItemDataRole.UserRole
MOVING_KEYS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
WIDTH, HEIGHT = 300, 360
NOTHING = later("Nothing of that name; try a simpler or an English word")
NEAR = later("Nothing of that name; the nearest are:")


class ClassPicker(QFrame):
    """A popup: type, choose with the arrows, Enter."""

    chosen = Signal(str)
    """A class's label."""

    def __init__(self, classes: Classes, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(_("Classes"))
        self._found = _Found(classes, self)
        self.search = QLineEdit()
        self.search.setPlaceholderText(
            _("Search {count:,} things").format(count=len(classes)).replace(",", "\u202f")
        )
        self.search.setAccessibleName(_("Search classes"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._on_search)
        self.search.installEventFilter(self)
        self.list = self._list()
        self.nothing = QLabel()
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self._lay_out()
        self._on_search("")

    def open_at(self, corner: QPoint) -> None:
        """Opens with its upper left corner there, or as near as the screen lets it."""
        room = self.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - WIDTH))
        y = max(room.top(), min(corner.y(), room.bottom() - HEIGHT))
        self.move(x, y)
        self.show()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The search field keeps the focus; keys that move or choose go to the list.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in MOVING_KEYS:
                self.list.keyPressEvent(event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose(self.list.currentIndex())
                return True
        return super().eventFilter(watched, event)

    def _list(self) -> QListView:
        view = QListView()
        view.setModel(self._found)
        view.setItemDelegate(_Names(view))
        view.setFrameShape(QFrame.Shape.NoFrame)
        view.setUniformItemSizes(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setMouseTracking(True)
        view.setAccessibleName(_("Classes found"))
        view.clicked.connect(self._choose)
        return view

    def _lay_out(self) -> None:
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.setSpacing(8)
        lines.addWidget(self.search)
        lines.addWidget(self.nothing)
        lines.addWidget(self.list, stretch=1)
        lines.addStretch(0)
        self.setFixedSize(WIDTH, HEIGHT)

    def _on_search(self, words: str) -> None:
        found = self._found.search(words)
        near = not found and self._found.search_nearest(words)
        self.nothing.setText(_(NEAR if near else NOTHING))
        self.nothing.setVisible(not found)
        self.list.setVisible(found or near)
        # What is only near is not to be taken by mistake.
        self.list.setCurrentIndex(self._found.index(0) if found else QModelIndex())
        self.list.scrollToTop()

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data())
            self.close()


class _Found(QAbstractListModel):
    """The classes that were found."""

    def __init__(self, classes: Classes, parent: QObject) -> None:
        super().__init__(parent)
        self._classes = classes
        self._rows: list[int] = []

    def search(self, words: str) -> bool:
        """Whether anything was found."""
        return self._show(list(self._classes.search(words)))

    def search_nearest(self, word: str) -> bool:
        """Whether there is anything of a name like it."""
        return self._show(list(self._classes.nearest(word)))

    def _show(self, rows: list[int]) -> bool:
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return bool(rows)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  As Qt has it.
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        number = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._classes.labels[number]
        if role == OTHER_NAMES:
            return ", ".join(self._classes.other_names[number])
        return None


class _Names(QStyledItemDelegate):
    """A class's label, and quietly its other names."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        palette, metrics = option.palette, option.fontMetrics
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            ground = palette.color(QPalette.ColorRole.Highlight if chosen else QPalette.ColorRole.Text)
            ground.setAlphaF(0.25 if chosen else 0.06)
            painter.fillRect(option.rect, ground)
        label, rest = index.data(), option.rect.adjusted(8, 0, -8, 0)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, label)
        rest.setLeft(rest.left() + metrics.horizontalAdvance(label) + 12)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        names = metrics.elidedText(index.data(OTHER_NAMES), Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, Qt.AlignmentFlag.AlignVCenter, names)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + 8)
