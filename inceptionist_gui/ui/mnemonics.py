"""Letters that are underlined in menus, each once in its menu, in whatever language the menu is."""

import sys
from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar
from shiboken6 import isValid

from inceptionist_gui.ui.commands import submenus


class Mnemonics(QObject):
    """Gives every entry of a menu bar a letter; those of a menu only while it is open.

    Entries' texts are on buttons too, change with what goes on, and are in several languages: letters that are
    kept in them would soon be there twice. A Mac knows none.
    """

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self._lent: dict[QAction, tuple[str, str]] = {}
        """To what is open: the text as it was, and as it is."""
        if sys.platform == "darwin":
            return
        for action, text in lettered(bar.actions()):
            action.setText(text)
        for menu in submenus(bar):
            self._follow(menu)

    def _follow(self, menu: QMenu) -> None:
        menu.aboutToShow.connect(lambda: self._lend(menu))
        menu.aboutToHide.connect(lambda: self._take_back(menu))

    def _lend(self, menu: QMenu) -> None:
        for action, text in lettered(menu.actions()):
            self._lent[action] = action.text(), text
            action.setText(text)

    def _take_back(self, menu: QMenu) -> None:
        for action in menu.actions():
            before, lent = self._lent.pop(action, ("", ""))
            # What was given another text meanwhile has nothing to give back.
            if lent and isValid(action) and action.text() == lent:
                action.setText(before)


def lettered(actions: Sequence[QAction]) -> list[tuple[QAction, str]]:
    """Those that can have a letter of their own and have none, each with its text and the letter marked."""
    shown = [action for action in actions if action.isVisible() and not action.isSeparator() and action.text()]
    taken = {letter_of(action.text()) for action in shown} - {""}
    found = []
    for action in shown:
        place = -1 if letter_of(action.text()) else _place(action.text(), taken)
        if place >= 0:
            text = action.text()
            taken.add(text[place].casefold())
            found.append((action, f"{text[:place]}&{text[place:]}"))
    return found


def letter_of(text: str) -> str:
    """The letter that is marked in a text, in lower case; empty where none is."""
    at = text.replace("&&", "\0\0").find("&")
    return text[at + 1 : at + 2].casefold() if at >= 0 else ""


def _place(text: str, taken: set[str]) -> int:
    """Where to mark: first letters of words before others; -1 where every one is taken."""
    named = text.partition("\t")[0]
    letters = [place for place, letter in enumerate(named) if letter.isalnum()]
    starts = [place for place in letters if place == 0 or not named[place - 1].isalnum()]
    free = (place for place in (*starts, *letters) if named[place].casefold() not in taken)
    return next(free, -1)
