"""The command palette: every command, preset, layer, class and control, found by a few letters."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from inceptionist_gui.ui.fuzzy import score
from inceptionist_gui.words import _

Index = QModelIndex | QPersistentModelIndex

WIDTH, ROWS = 560, 12
_ROW = 30
_TOP = 64
"""Pixels from the window's upper edge."""
_LESS = 2.0
"""By how much a word of the kind counts less than one of the title."""
_BONUS = 6.0
"""By how much a command comes before one of a thousand classes."""
_MOST = 60
"""Entries shown at a time: nobody reads on beyond."""
_CHOICE = Qt.ItemDataRole.UserRole
_LEAVING = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.TabFocusReason, Qt.FocusReason.OtherFocusReason)
"""Why the focus leaves when the palette is no longer wanted; not for a menu's or another window's sake."""
_MOVING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen."""

    title: str
    kind: str
    """Where else it is found."""
    run: Callable[[], None]
    keys: str = ""
    enabled: bool = True
    common: bool = True
    """Offered before anything was typed."""


def ranked(choices: Sequence[Choice], query: str, recent: Sequence[str] = ()) -> list[Choice]:
    """Those that answer to the query, best first; what was chosen lately first where nothing is asked."""
    if not query.strip():
        places = {title: place for place, title in enumerate(recent)}
        offered = [choice for choice in choices if choice.common or choice.title in places]
        return sorted(offered, key=lambda choice: places.get(choice.title, len(places)))[:_MOST]
    found = [(_score(query, choice), choice) for choice in choices]
    hits = [(worth, choice) for worth, choice in found if worth is not None]
    return [choice for worth, choice in sorted(hits, key=lambda hit: -hit[0])][:_MOST]


def _score(query: str, choice: Choice) -> float | None:
    """By its title; or word by word, each in the title or the kind, as in "layer 4"."""
    words = [_word_score(word, choice) for word in query.split()]
    by_words = None if None in words else sum(word for word in words if word is not None)
    scores = [each for each in (score(query, choice.title), by_words) if each is not None]
    return max(scores) + (_BONUS if choice.common else 0.0) if scores else None


def _word_score(word: str, choice: Choice) -> float | None:
    by_title, by_kind = score(word, choice.title), score(word, choice.kind)
    return max((each for each in (by_title, by_kind and by_kind - _LESS) if each is not None), default=None)


class Palette(QFrame):
    """Lies over the window until something is chosen or Escape is pressed."""

    def __init__(self, over: QWidget, find: Callable[[], Iterator[Choice]]) -> None:
        """`find` is asked for the choices whenever it is opened."""
        super().__init__(over)
        self._over = over
        self._find = find
        self._choices: tuple[Choice, ...] = ()
        self._recent: list[str] = []
        self._back_to: QWidget | None = None
        self.setObjectName("palette")
        self.setAccessibleName(_("Commands"))
        self.field = QLineEdit()
        self.field.setPlaceholderText(_("Type a command, a preset, a layer, a class or a control"))
        self.field.setAccessibleName(_("Search the commands"))
        self.field.setAcceptDrops(False)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._show)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Found commands"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.itemClicked.connect(lambda _item: self._choose())
        lines = QVBoxLayout(self)
        lines.setContentsMargins(8, 8, 8, 8)
        lines.setSpacing(8)
        lines.addWidget(self.field)
        lines.addWidget(self.list)
        over.installEventFilter(self)
        self.hide()

    def open(self) -> None:
        self._back_to = QApplication.focusWidget()
        self._choices = tuple(self._find())
        self.field.clear()
        self._show("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def shown(self) -> list[Choice]:
        """What can be chosen now, best first."""
        return [self.list.item(row).data(_CHOICE) for row in range(self.list.count())]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        if watched is self.field:
            if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._take_key(event)
            if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() in _LEAVING:
                self._leave()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self._leave(back=True)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._choose()
            case Qt.Key.Key_Tab | Qt.Key.Key_Backtab:
                pass
            case key if key in _MOVING:
                QApplication.sendEvent(self.list, event)
            case _:
                return False
        return True

    def _show(self, query: str) -> None:
        self.list.clear()
        for choice in ranked(self._choices, query, self._recent):
            item = QListWidgetItem(choice.title)
            item.setData(_CHOICE, choice)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{choice.title}, {choice.kind} {choice.keys}".strip()
            )
            if not choice.enabled:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self.list.addItem(item)
        self._place()
        self.list.setCurrentRow(next((row for row, each in enumerate(self.shown()) if each.enabled), -1))

    def _choose(self) -> None:
        chosen = [item.data(_CHOICE) for item in self.list.selectedItems()]
        if not chosen or not chosen[0].enabled:
            return
        choice: Choice = chosen[0]
        self._recent = [choice.title, *(title for title in self._recent if title != choice.title)]
        # First: what is chosen may want the focus, or open something of its own.
        self._leave(back=True)
        choice.run()

    def _leave(self, *, back: bool = False) -> None:
        if self.isVisible():
            self.hide()
            if back and self._back_to is not None:
                self._back_to.setFocus(Qt.FocusReason.PopupFocusReason)
        self._back_to = None

    def _place(self) -> None:
        over = self._over
        width = min(WIDTH, over.width() - 32)
        rows = min(ROWS, max(1, self.list.count())) * max(_ROW, self.list.sizeHintForRow(0)) + 4
        height = min(self.field.sizeHint().height() + rows + 3 * 8, over.height() - _TOP - 16)
        self.setGeometry((over.width() - width) // 2, _TOP, width, height)


class _Row(QStyledItemDelegate):
    """Title at the left, its kind quietly behind it, its keys at the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        return QSize(120, max(_ROW, option.fontMetrics.height() + 10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        choice: Choice = index.data(_CHOICE)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(option.rect, option.palette.color(QPalette.ColorRole.Highlight))
        words, quiet = self._roles(chosen)
        group = QPalette.ColorGroup.Normal if choice.enabled else QPalette.ColorGroup.Disabled
        room = option.rect.adjusted(10, 0, -10, 0)
        painter.setPen(option.palette.color(group, quiet))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, choice.keys)
        if choice.keys:
            room.setRight(room.right() - option.fontMetrics.horizontalAdvance(choice.keys) - 12)
        painter.setPen(option.palette.color(group, words))
        room.setLeft(room.left() + _write(painter, room, choice.title) + 12)
        painter.setPen(option.palette.color(group, quiet))
        _write(painter, room, choice.kind)

    def _roles(self, chosen: bool) -> tuple[QPalette.ColorRole, QPalette.ColorRole]:
        role = QPalette.ColorRole
        return (role.HighlightedText, role.HighlightedText) if chosen else (role.Text, role.PlaceholderText)


def _write(painter: QPainter, room: QRect, text: str) -> int:
    """Writes as much of the text as there is room for, and tells how wide that is."""
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, max(0, room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, shown)
    return painter.fontMetrics().horizontalAdvance(shown)
