"""The controls: the recipe's numbers and choices under quiet headings, and what the dream starts from."""

from random import randint

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.recipe import (
    NO_PRIORS,
    Choice,
    Control,
    Mode,
    NaturalPriors,
    Recipe,
    Start,
    choices,
    control_at,
    controls,
    value_at,
    word_at,
)
from inceptionist_gui.recipe.taste import LOCKABLE
from inceptionist_gui.session import wording
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.choices import ChoiceRow
from inceptionist_gui.ui.glyphs import GlyphButton, dice
from inceptionist_gui.ui.lazily import Lazily
from inceptionist_gui.ui.locking import add_lock
from inceptionist_gui.ui.number import Number, widest_of
from inceptionist_gui.ui.quiet_button import quiet_button
from inceptionist_gui.ui.scrolling import Scrolling
from inceptionist_gui.ui.slider import ControlRow, told
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

SIZE, SEED = "size", "seed"
PICTURE = "Picture"
"""The first group, which also says what the dream starts from."""

STARTS = {
    Start.PHOTO: later("Begins with the photo that is open."),
    Start.CLOUDS: later("Begins with clouds in a sky's colours, made from the seed."),
    Start.NOISE: later("Begins with noise, made from the seed."),
}
ANEW = later("Begins the picture anew.")


class ControlsPanel(QWidget):
    """Every number and choice of the recipe that matters in its mode."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows: dict[str, ControlRow | SeedRow] = {}
        self._choices: dict[str, ChoiceRow] = {}
        self._column = max(widest_of(control, self.fontMetrics()) for control in controls())
        self.start = StartChooser()
        self.start.chosen.connect(session.set_start)
        self.priors = PriorsHeading()
        self.priors.wanted.connect(self._set_priors)
        self._sections = {group: self._lazy_section(group) for group in _groups()}
        self._lay_out()
        session.recipe_changed.connect(self._show)
        session.picture_opened.connect(self._offer_photo)
        self._show(session.recipe)
        self._offer_photo()

    def row(self, path: str) -> "ControlRow | SeedRow":
        """The row of the control at a dotted path."""
        self._sections[control_at(path).group].make()
        return self._rows[path]

    def choice(self, path: str) -> ChoiceRow:
        """The row of the choice at a dotted path."""
        self._sections[next(choice.group for choice in choices() if choice.path == path)].make()
        return self._choices[path]

    def _lay_out(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(0)
        for section in self._sections.values():
            lines.addWidget(section)
        lines.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(Scrolling(content))

    def _lazy_section(self, group: str) -> Lazily[QWidget]:
        # Those of another mode are made when it is first chosen.
        return Lazily(lambda: self._section(group))

    def _section(self, group: str) -> QWidget:
        section = QWidget()
        lines = QVBoxLayout(section)
        lines.setContentsMargins(0, 0, 0, 14)
        lines.setSpacing(6)
        lines.addWidget(self._heading(group))
        for choice in choices():
            if choice.group == group:
                lines.addWidget(self._choice_row(choice))
        for control in controls():
            if control.group == group:
                lines.addWidget(self._row(control))
        return section

    def _choice_row(self, choice: Choice) -> ChoiceRow:
        row = ChoiceRow(choice)
        row.chosen.connect(lambda word, text: self._session.set_word(choice.path, word, text))
        row.show_word(word_at(self._session.recipe, choice.path))
        self._choices[choice.path] = row
        return row

    def _row(self, control: Control) -> "ControlRow | SeedRow":
        row = SeedRow(control) if control.path == SEED else ControlRow(control)
        row.changed.connect(lambda value: self._session.set_value(control.path, value))
        row.settled.connect(self._session.end_gesture)
        if isinstance(row, ControlRow) and control.path in LOCKABLE:
            add_lock(row, control, self._session.looks)
        # One width for all numbers, so that what stands before them stands in a column.
        row.number.setFixedWidth(self._column)
        row.show_value(value_at(self._session.recipe, control.path))
        self._rows[control.path] = row
        return row

    def _heading(self, group: str) -> QWidget:
        # The panel's own title stands above the first group, and is heading enough.
        if group == PICTURE:
            return self.start
        return self.priors if group == NaturalPriors.heading else _heading(_(group))

    def _set_priors(self, priors: NaturalPriors, text: str) -> None:
        self._session.apply_recipe(self._session.recipe.model_copy(update={"natural": priors}), text)

    def _offer_photo(self) -> None:
        self.start.offer_photo(self._session.photo is not None)

    def _show(self, recipe: Recipe) -> None:
        self.start.show_start(recipe.start)
        self.priors.show_priors(recipe.natural)
        for path, row in self._rows.items():
            row.show_value(value_at(recipe, path))
        for path, choice in self._choices.items():
            choice.show_word(word_at(recipe, path))
        self._show_what_matters(recipe)

    def _show_what_matters(self, recipe: Recipe) -> None:
        mattering = {control.group for control in controls() if recipe.mode in control.modes}
        for group, section in self._sections.items():
            if group in mattering:
                section.make()
            section.setVisible(group in mattering)
        self.start.setVisible(recipe.mode is not Mode.IMAGINE)
        # A photo is fooled with as it is: nothing is left to size or chance.
        generated = recipe.mode is not Mode.FOOL or recipe.start is not Start.PHOTO
        for path in (SIZE, SEED):
            self.row(path).setVisible(generated)


def _groups() -> list[str]:
    """The headings, in the order in which they stand."""
    return list(dict.fromkeys(control.group for control in controls()))


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
        self.dice = GlyphButton(dice, _("Another seed"), _("Another seed, by chance"), self)
        self.dice.clicked.connect(self._throw)
        self.setToolTip(told(control))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(QLabel(_(control.title)))
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
        self.setAccessibleName(_("Start from"))
        self._group = QButtonGroup(self)
        self._buttons = {start: self._button(start) for start in Start}
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 4)
        line.setSpacing(2)
        line.addWidget(QLabel(_("Start")))
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
        line = _(STARTS[Start.PHOTO]) if there else _("There is no photo yet: drop one anywhere.")
        button.setToolTip(tip(line, note=_(ANEW)))

    def _button(self, start: Start) -> QToolButton:
        button = QToolButton()
        button.setText(_(wording.STARTS[start]))
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName(_("Start from {what}").format(what=_(wording.STARTS[start])))
        button.setToolTip(tip(_(STARTS[start]), note=_(ANEW)))
        button.clicked.connect(lambda: self.chosen.emit(start))
        self._group.addButton(button)
        return button


class PriorsHeading(QWidget):
    """The heading of the natural-image priors, with a way to have none of them and a way back."""

    wanted = Signal(object, str)
    """By hand: the NaturalPriors, and what the undo menu calls the step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.off = quiet_button(
            _("All off"), _("The network alone decides: certain to it, and nothing to anybody else.")
        )
        self.back = quiet_button(_("Back to usual"), _("Every weight as at the first start."))
        self.off.clicked.connect(lambda: self.wanted.emit(NO_PRIORS, _("Priors all off")))
        self.back.clicked.connect(lambda: self.wanted.emit(NaturalPriors(), _("Priors back to usual")))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addWidget(_heading(_(NaturalPriors.heading)))
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.off)

    def show_priors(self, priors: NaturalPriors) -> None:
        self.off.setVisible(not priors.absent)
        self.back.setVisible(priors.absent)


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "heading")
    return label
