"""Between two looks, by a slider."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from inceptionist_gui.recipe import Control, Preset
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.slider import ValueEdit
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

MIX = Control(
    path="mix",
    group=later("Presets"),
    title=later("Mix"),
    term=later("interpolation"),
    tells=later("How far the look is on its way from the first to the second."),
    unit="%",
    minimum=0.0,
    maximum=100.0,
    step=1.0,
    default=0.0,
    whole=True,
    restarts=False,
)


class PresetMixer(QWidget):
    """Two looks to choose, and a slider that goes from one to the other: one drag is one undo step."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.first, self.second = _End(_("From")), _End(_("To"))
        self.edit = ValueEdit(MIX, self)
        self.edit.track.setToolTip(tip(_(MIX.tells), _(MIX.term)))
        self.edit.changed.connect(self._mix)
        self.edit.settled.connect(session.end_gesture)
        for end in (self.first, self.second):
            end.activated.connect(self._begin)
        self._lay_out()

    def offer(self, presets: Sequence[Preset]) -> None:
        """The looks there are; the look as it is now comes before them."""
        now = Preset.of(self._session.recipe, "", _("As it is now"))
        for end, usual in ((self.first, 0), (self.second, 1)):
            end.offer((now, *presets), usual)

    def set_ends(self, first: Preset | None, second: Preset | None) -> None:
        """Goes from the first to the second; None leaves an end as it is."""
        for end, preset in ((self.first, first), (self.second, second)):
            if preset is not None:
                end.choose(preset)
        self._begin()

    def _lay_out(self) -> None:
        ends, slider = QHBoxLayout(), QHBoxLayout()
        ends.setSpacing(4)
        slider.setSpacing(6)
        ends.addWidget(self.first, 1)
        ends.addWidget(self.second, 1)
        slider.addWidget(self.edit.track, 1)
        slider.addWidget(self.edit.number)
        lines = QVBoxLayout(self)
        # It ends in line with the controls, which leave room for a scroll bar.
        lines.setContentsMargins(4, 0, 14, 0)
        lines.setSpacing(2)
        lines.addLayout(ends)
        lines.addLayout(slider)

    def _begin(self) -> None:
        """Another pair has not been mixed yet."""
        self._session.end_gesture()
        self.edit.show_value(0.0)

    def _mix(self, percent: float) -> None:
        self._session.looks.mix(self.first.preset, self.second.preset, percent / 100)


class _End(QComboBox):
    """A look, chosen from a list."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumContentsLength(6)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setAccessibleName(name)
        self.setToolTip(tip(name))

    @property
    def preset(self) -> Preset:
        preset = self.currentData()
        assert isinstance(preset, Preset)
        return preset

    def offer(self, presets: Sequence[Preset], usual: int) -> None:
        """What was chosen stays so while it is there."""
        name = self.preset.name if self.count() else None
        self.clear()
        for preset in presets:
            self.addItem(_(preset.title), preset)
        rows = [row for row, preset in enumerate(presets) if preset.name == name]
        self.setCurrentIndex(rows[0] if rows else min(usual, self.count() - 1))

    def choose(self, preset: Preset) -> None:
        """One that is not in the list comes to its end."""
        rows = [row for row in range(self.count()) if self.itemData(row) == preset]
        if not rows:
            self.addItem(_(preset.title), preset)
        self.setCurrentIndex(rows[0] if rows else self.count() - 1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # A look is not to change because the pointer rested here.
        event.ignore()
