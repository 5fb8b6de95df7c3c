"""Locks on controls: what is locked stays as it is when a whole look is changed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu, QWidget

from inceptionist_gui.recipe import Control
from inceptionist_gui.session.looks import Looks
from inceptionist_gui.ui.glyphs import GlyphButton, lock
from inceptionist_gui.ui.slider import ControlRow
from inceptionist_gui.words import _


class LockSign(GlyphButton):
    """To be seen while the path is locked; a click unlocks it."""

    def __init__(self, what: str, path: str, looks: Looks, parent: QWidget) -> None:
        told = _("Locked: no preset, mix or variation changes this; a click unlocks it")
        super().__init__(lock, _("Unlock {control}").format(control=what), told, parent)
        self._path = path
        self._looks = looks
        self.clicked.connect(lambda: looks.lock(path, False))
        looks.locks_changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        self.setVisible(self._path in self._looks.locked)


def add_lock(row: ControlRow, control: Control, looks: Looks) -> None:
    """Lets a control be locked by its row's menu; the sign of it stands beside the title."""
    row.head.insertWidget(1, LockSign(_(control.title), control.path, looks, row))
    row.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    row.customContextMenuRequested.connect(
        lambda place: menu_of(row, control, looks).popup(row.mapToGlobal(_within(row, place)))
    )


def menu_of(row: ControlRow, control: Control, looks: Looks) -> QMenu:
    """What may be done to a control."""
    menu, locked = QMenu(row), control.path in looks.locked
    menu.aboutToHide.connect(menu.deleteLater)
    text = _("&Unlock {control}") if locked else _("&Lock {control}")
    toggle = menu.addAction(text.format(control=_(control.title)))
    toggle.triggered.connect(lambda: looks.lock(control.path, not locked))
    menu.addAction(_("&Reset {control}").format(control=_(control.title))).triggered.connect(row.edit.reset)
    return menu


def _within(row: ControlRow, place: QPoint) -> QPoint:
    # Asked for by a key, it may lie anywhere.
    return place if row.rect().contains(place) else row.rect().center()
