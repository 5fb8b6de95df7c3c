"""The ways to compare, as actions and a menu."""

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from inceptionist_gui.ui.compare import Compare
from inceptionist_gui.ui.picture_view import PictureView
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

_MODES = {
    Compare.OFF: (later("Do Not Compare"), later("Show the picture as it now is.")),
    Compare.WIPE: (later("Wipe\tW"), later("What was left, what is right of a line that is dragged (W).")),
    Compare.SIDE: (later("Side by Side\tY"), later("Both beside each other, zoomed and moved as one (Y).")),
    Compare.DIFFERENCE: (
        later("Difference\tD"),
        later("Grey where nothing changed, and the change magnified (D)."),
    ),
}


class CompareActions(QObject):
    """Follows what a view shows, and has it show something else. Greyed out where there is nothing to compare."""

    def __init__(self, view: PictureView, parent: QObject) -> None:
        super().__init__(parent)
        self._view = view
        group = QActionGroup(self)
        self.modes = {mode: self._made(mode) for mode in _MODES}
        for action in self.modes.values():
            group.addAction(action)
        view.compare_changed.connect(self._show)
        view.changed.connect(self._show_possible)
        self._show(view.comparison.mode)
        self._show_possible()

    def menu(self, parent: QWidget) -> QMenu:
        menu = QMenu(_("Compare"), parent)
        menu.setToolTipsVisible(True)
        menu.addActions(list(self.modes.values()))
        return menu

    def _made(self, mode: Compare) -> QAction:
        text, tells = _MODES[mode]
        action = QAction(_(text), self)
        action.setToolTip(tip(_(tells)))
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False: self._view.choose_compare(mode))
        return action

    def _show(self, mode: Compare) -> None:
        self.modes[mode].setChecked(True)

    def _show_possible(self) -> None:
        for mode, action in self.modes.items():
            action.setEnabled(mode is Compare.OFF or self._view.can_compare)
