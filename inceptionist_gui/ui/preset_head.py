"""What may be done with looks, in a row that stands beside the shelf's heading."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from inceptionist_gui.recipe.taste import GOALS
from inceptionist_gui.session.looks import Looks
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.quiet_button import quiet_button
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, n_


class PresetHead(QWidget):
    """Buttons that save, vary and mix, a menu for the rest, and how many pictures are yet to come."""

    adding_wanted = Signal()
    """A preset from a file."""

    def __init__(self, looks: Looks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._looks = looks
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.save = quiet_button(_("+ Save"), _("Keep this look as a preset"))
        self.vary = quiet_button(_("Vary"), _("Another look by chance, within taste; what is locked stays"))
        self.mix = quiet_button(_("Mix"), _("Go from one look to another by a slider"))
        self.mix.setCheckable(True)
        self.more = quiet_button("⋯", _("More to do with presets"))
        self.more.setAccessibleName(_("More"))
        self.more.setMenu(self.menu)
        self.more.setObjectName("add")
        self.more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.to_come = ElidingLabel()
        self.to_come.setProperty("role", "quiet")
        self.to_come.setToolTip(tip(_("Your photo with every preset, made while nothing is dreamed")))
        line = QHBoxLayout(self)
        line.setContentsMargins(4, 0, 4, 0)
        line.setSpacing(4)
        line.addWidget(self.to_come, 1)
        for button in (self.save, self.vary, self.mix, self.more):
            line.addWidget(button)

    def show_remaining(self, count: int) -> None:
        """So many pictures are yet to be made."""
        line = n_("{count} left", "{count} left", count).format(count=count)
        self.to_come.setText(line if count else "")

    def _fill_menu(self) -> None:
        self.menu.clear()
        self.menu.addAction(_("&Add from a File…")).triggered.connect(self.adding_wanted)
        self.menu.addSeparator()
        keep = self.menu.addAction(_("&Keep the Goals"))
        keep.setCheckable(True)
        keep.setChecked(GOALS in self._looks.locked)
        keep.setToolTip(_("No preset, mix or variation changes them"))
        keep.toggled.connect(lambda on: self._looks.lock(GOALS, on))
        count = len(self._looks.locked)
        text = n_("&Unlock {count} Locked Field", "&Unlock {count} Locked Fields", count).format(count=count)
        unlock = self.menu.addAction(text)
        unlock.setEnabled(count > 0)
        unlock.triggered.connect(lambda: self._looks.restore_locks(frozenset()))
