"""The controls: every number of the recipe under quiet headings, and what the dream starts from."""

from itertools import groupby
from random import randint

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.recipe import Control, Recipe, Start, controls, value_at
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.glyphs import GlyphButton, dice
from inceptionist_gui.ui.number import Number
from inceptionist_gui.ui.scrolling import Scrolling
from inceptionist_gui.ui.slider import ControlRow, told
from inceptionist_gui.ui.tips import tip

SEED = "seed"
PICTURE = "Picture"
"""The first group, which also says what the dream starts from."""

STARTS = {
    Start.PHOTO: "Dreams on the photo that is open.",
    Start.CLOUDS: "Dreams on clouds in a sky's colours, made from the seed.",
    Start.NOISE: "Dreams on noise, made from the seed.",
}
ANEW = "Begins the dream anew."


class ControlsPanel(QWidget):
    """Every number of the recipe, each with its slider."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[str, ControlRow | SeedRow] = {c.path: self._row(c) for c in controls()}
        self.start = StartChooser()
        self.start.chosen.connect(session.set_start)
        self._align()
        self._lay_out()
        session.recipe_changed.connect(self._show)
        session.picture_opened.connect(self._offer_photo)
        self._show(session.recipe)
        self._offer_photo()

    def row(self, path: str) -> "ControlRow | SeedRow":
        """The row of the control at a dotted path."""
        return self._rows[path]

    def _row(self, control: Control) -> "ControlRow | SeedRow":
        row = SeedRow(control) if control.path == SEED else ControlRow(control)
        row.changed.connect(lambda value: self._session.set_value(control.path, value))
        row.settled.connect(self._session.end_gesture)
        return row

    def _align(self) -> None:
        """One width for all numbers, so that what stands before them stands in a column."""
        numbers = [row.number for row in self._rows.values()]
        widest = max(number.width() for number in numbers)
        for number in numbers:
            number.setFixedWidth(widest)

    def _lay_out(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(12, 8, 12, 16)
        lines.setSpacing(6)
        for group, members in groupby(controls(), key=lambda control: control.group):
            # The panel's own title stands above the first group, and is heading enough.
            lines.addWidget(self.start if group == PICTURE else _heading(group))
            for control in members:
                lines.addWidget(self._rows[control.path])
            lines.addSpacing(8)
        lines.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scrolling(content))

    def _offer_photo(self) -> None:
        self.start.offer_photo(self._session.photo is not None)

    def _show(self, recipe: Recipe) -> None:
        self.start.show_start(recipe.start)
        for path, row in self._rows.items():
            row.show_value(value_at(recipe, path))


class SeedRow(QWidget):
    """The seed: a number that no slider could aim at, and dice."""

    changed = Signal(float)
    settled = Signal()

    def __init__(self, control: Control, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._control = control
        self.number = Number(control, self)
        self.number.valueChanged.connect(self.changed)
        self.number.editingFinished.connect(self.settled)
        self.dice = GlyphButton(dice, "Another seed", "Another seed, by chance", self)
        self.dice.clicked.connect(self._throw)
        self.setToolTip(told(control))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(QLabel(control.title))
        line.addStretch(1)
        line.addWidget(self.dice)
        line.addWidget(self.number)

    def show_value(self, value: float) -> None:
        self.number.show_value(value)

    def _throw(self) -> None:
        self.settled.emit()
        self.changed.emit(randint(round(self._control.minimum), round(self._control.maximum)))
        self.settled.emit()


class StartChooser(QWidget):
    """What the dream starts from: three buttons, one of them down."""

    chosen = Signal(object)
    """A Start, by hand."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Start from")
        self._group = QButtonGroup(self)
        self._buttons = {start: self._button(start) for start in Start}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(2)
        line.addWidget(QLabel("Start"))
        line.addStretch(1)
        for button in self._buttons.values():
            line.addWidget(button)

    def button(self, start: Start) -> QToolButton:
        return self._buttons[start]

    def show_start(self, start: Start) -> None:
        self._buttons[start].setChecked(True)

    def offer_photo(self, there: bool) -> None:
        button = self._buttons[Start.PHOTO]
        button.setEnabled(there)
        line = STARTS[Start.PHOTO] if there else "There is no photo yet: drop one anywhere."
        button.setToolTip(tip(line, note=ANEW))

    def _button(self, start: Start) -> QToolButton:
        button = QToolButton()
        button.setText(start.value.capitalize())
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(f"Start from {start.value}")
        button.setToolTip(tip(STARTS[start], note=ANEW))
        button.clicked.connect(lambda: self.chosen.emit(start))
        self._group.addButton(button)
        return button


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
