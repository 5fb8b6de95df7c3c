"""The list of all keys, to be searched."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QHeaderView, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from inceptionist_gui.ui.commands import Command
from inceptionist_gui.words import _

KEYS = 1
"""The column."""
SIZE = (520, 600)
_MOST = 2
"""Keys told of one command."""


def canvas_keys() -> tuple[tuple[str, str], ...]:
    """What the canvas does at a key or a gesture, and that key."""
    return (
        (_("Start, pause, go on"), _("Space")),
        (_("Move the picture"), _("Drag, or Space and a drag")),
        (_("Zoom"), _("Wheel, + and -")),
        (_("100 %, 200 %"), _("1, 2")),
        (_("Show the picture as it was"), _("hold C")),
        (_("Choose a part of the picture"), _("Shift and a drag")),
        (_("Let go of what is laid over or chosen"), _("Esc")),
        (_("Hide the panels, and bring them back"), _("Tab")),
        (_("On to the panels"), _("F6, or Shift+Tab")),
    )


def painting_keys() -> tuple[tuple[str, str], ...]:
    """What the brush does at a key, while it is in hand, beside what the menu has."""
    return (
        (_("Smaller, larger"), _("[ and ]")),
        (_("Softer, harder"), _("Shift and [ or ]")),
        (_("Strength in tenths"), _("1 to 9, 0 for all")),
    )


def control_keys() -> tuple[tuple[str, str], ...]:
    """What sliders and numbers do at a key or a gesture."""
    return (
        (_("A step less, a step more"), _("Arrows, or the wheel on the one in use")),
        (_("A tenth of the way"), _("Page up, page down")),
        (_("Back to the usual value"), _("Double click")),
        (_("Type a number"), _("Click it, then Enter; Esc gives up")),
    )


class ShortcutsDialog(QDialog):
    """Every key in groups: the menus' own, the canvas's, the brush's, the sliders'."""

    def __init__(self, found: Sequence[Command], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search for a word or a key"))
        self.search.setAccessibleName(_("Search the shortcuts"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.tree = self._made_tree()
        for title, keys in self._groups(found):
            self._add(title, keys)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(16, 16, 16, 16)
        lines.setSpacing(8)
        lines.addWidget(self.search)
        lines.addWidget(self.tree)
        self.resize(*SIZE)
        self.search.setFocus()

    def _made_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setAccessibleName(_("Shortcuts"))
        tree.setColumnCount(2)
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setIndentation(12)
        tree.header().setStretchLastSection(False)
        tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        tree.header().setSectionResizeMode(KEYS, QHeaderView.ResizeMode.ResizeToContents)
        return tree

    def _groups(self, found: Sequence[Command]) -> Iterator[tuple[str, Sequence[tuple[str, str]]]]:
        for menu in dict.fromkeys(command.where[0] for command in found):
            own = [(command.title, _all_keys(command)) for command in found if command.where[0] == menu]
            yield menu, [(title, keys) for title, keys in own if keys]
        yield _("On the picture"), canvas_keys()
        yield _("With the brush"), painting_keys()
        yield _("Sliders and numbers"), control_keys()

    def _add(self, title: str, keys: Sequence[tuple[str, str]]) -> None:
        if not keys:
            return
        group = QTreeWidgetItem([title])
        group.setFlags(Qt.ItemFlag.ItemIsEnabled)
        font = group.font(0)
        font.setBold(True)
        group.setFont(0, font)
        for words, key in keys:
            item = QTreeWidgetItem([words, key])
            item.setTextAlignment(KEYS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            group.addChild(item)
        self.tree.addTopLevelItem(group)
        group.setExpanded(True)

    def shown(self) -> list[tuple[str, str]]:
        """What can be read now: words and keys."""
        return [
            (item.text(0), item.text(KEYS))
            for group in self._tops()
            for item in _children(group)
            if not item.isHidden()
        ]

    def _tops(self) -> list[QTreeWidgetItem]:
        return _children(self.tree.invisibleRootItem())

    def _filter(self, words: str) -> None:
        wanted = words.casefold().split()
        for group in self._tops():
            for item in _children(group):
                text = f"{group.text(0)} {item.text(0)} {item.text(KEYS)}".casefold()
                item.setHidden(not all(word in text for word in wanted))
            group.setHidden(all(item.isHidden() for item in _children(group)))


def _children(group: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    rows = (group.child(row) for row in range(group.childCount()))
    return [row for row in rows if row is not None]


def _all_keys(command: Command) -> str:
    """Its first keys; desktops add some that no keyboard has had for long."""
    native = QKeySequence.SequenceFormat.NativeText
    further = [key.toString(native) for key in command.action.shortcuts()[1:_MOST]]
    return ", ".join([command.keys, *(key for key in further if "+" in key)])
