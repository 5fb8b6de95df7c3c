"""Everything that the menus offer, as a list: for the palette, the list of shortcuts and the tests."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar


@dataclass(frozen=True, slots=True)
class Command:
    """An entry of a menu that does something."""

    action: QAction
    where: tuple[str, ...]
    """The menus that lead to it, outermost first."""

    @property
    def title(self) -> str:
        return plain(self.action.text())

    @property
    def keys(self) -> str:
        """Its first shortcut as this system writes it; empty where it has none."""
        shown = self.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        # A key that its widget knows by itself stands behind a tab.
        return shown or self.action.text().partition("\t")[2]


def commands(bar: QMenuBar) -> list[Command]:
    """In the order of the menus. What a menu fills in only when it is shown, it is asked for."""
    return [command for action in bar.actions() for command in _below(action, ())]


def submenus(bar: QMenuBar) -> list[QMenu]:
    """Every menu, however deep."""
    return [menu for action in bar.actions() for menu in _menus_below(action)]


def menu_of(action: QAction) -> QMenu | None:
    """The menu that the entry opens."""
    # Not QAction.menu(): of what that returns, the action would be taken for the owner.
    menu = action.menu()
    return menu if isinstance(menu, QMenu) else None


def plain(text: str) -> str:
    """An entry's text without its mnemonic and the key behind it."""
    return text.partition("\t")[0].replace("&&", "\0").replace("&", "").replace("\0", "&")


def _below(action: QAction, where: tuple[str, ...]) -> Iterator[Command]:
    menu = menu_of(action)
    if menu is not None:
        if menu.property("filled_late"):
            menu.aboutToShow.emit()
        for entry in menu.actions():
            yield from _below(entry, (*where, plain(action.text())))
    elif not action.isSeparator() and action.isVisible():
        yield Command(action, where)


def _menus_below(action: QAction) -> Iterator[QMenu]:
    menu = menu_of(action)
    if menu is not None:
        yield menu
        for entry in menu.actions():
            yield from _menus_below(entry)
