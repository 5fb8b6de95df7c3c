"""The strip above the canvas while a mask is painted: which one, with what, and all at once."""

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from inceptionist_gui.recipe import Control, Recipe, described
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.targets import Kind, Target
from inceptionist_gui.ui.icons import Icons
from inceptionist_gui.ui.mask_actions import MaskActions
from inceptionist_gui.ui.painting import SMALLEST, Painting
from inceptionist_gui.ui.slider import ValueEdit
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.ui.wrapping import Wrapping
from inceptionist_gui.words import _

_TRACK = 56
"""Pixels of a slider: its number says the rest."""
_CHOOSER = 240


def _percent(title: str, least: float, step: float, default: float, tells: str) -> Control:
    return Control(
        path="brush",
        group="Brush",
        title=title,
        term=title.lower(),
        tells=tells,
        unit="%",
        minimum=least,
        maximum=100.0,
        step=step,
        default=default,
        whole=step >= 1.0,
        restarts=False,
    )


class PaintingBar(QFrame):
    """Shown while a mask is painted, and only then. It takes a second row where there is little room."""

    def __init__(
        self,
        session: Session,
        painting: Painting,
        actions: MaskActions,
        icons: Icons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._painting = session, painting
        self.setObjectName("painting")
        self.setAccessibleName(_("Painting a mask"))
        self.chooser = QComboBox()
        self.chooser.setFixedWidth(_CHOOSER)
        self.chooser.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.chooser.setAccessibleName(_("What is painted"))
        self.chooser.setToolTip(tip(_("Which mask the brush paints.")))
        self.chooser.activated.connect(self._choose)
        self.size_ = ValueEdit(
            _percent(_("Size"), 100 * SMALLEST, 0.5, 12.0, _("How wide the brush is, of the picture ([ and ]).")),
            self,
        )
        self.hardness = ValueEdit(
            _percent(_("Hardness"), 0.0, 1.0, 50.0, _("How sharp its edge is (Shift with [ and ]).")), self
        )
        self.strength = ValueEdit(
            _percent(_("Strength"), 1.0, 1.0, 100.0, _("How far one stroke goes (1 to 9, 0 is full).")), self
        )
        self._lay_out(actions, icons)
        self._listen()
        self._show_target()
        self._show_brush()

    def _listen(self) -> None:
        painting = self._painting
        self.size_.changed.connect(lambda value: painting.set_brush(diameter=value / 100))
        self.hardness.changed.connect(lambda value: painting.set_brush(hardness=value / 100))
        self.strength.changed.connect(lambda value: painting.set_brush(strength=value / 100))
        painting.changed.connect(self._show_brush)
        painting.masking.target_changed.connect(self._show_target)
        self._session.recipe_changed.connect(self._show_target)

    # Made

    def _lay_out(self, actions: MaskActions, icons: Icons) -> None:
        feather = QMenu(self)
        feather.addActions(actions.feathers)
        whole = [_button(actions.fill), _button(actions.invert), _opening(feather, icons)]
        whole += [_button(actions.from_heat), _button(actions.clear), _button(actions.show)]
        self.done = _button(actions.done)
        self.done.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.done.setProperty("role", "done")
        row = Wrapping(self, gap=12)
        row.setContentsMargins(16, 6, 16, 6)
        row.addWidget(self.chooser)
        row.addWidget(_grouped(*map(_button, actions.tools.values())))
        row.addWidget(_grouped(*whole))
        row.add_group(*map(_edited, (self.size_, self.hardness, self.strength)))
        row.addWidget(self.done)

    # What is shown

    def _show_target(self) -> None:
        target = self._painting.masking.target
        self.setVisible(target is not None)
        if target is None:
            return
        with QSignalBlocker(self.chooser):
            self.chooser.clear()
            for each in _targets(self._session.recipe):
                self.chooser.addItem(_title(each, self._session.recipe), each)
                if each == target:
                    self.chooser.setCurrentIndex(self.chooser.count() - 1)

    def _show_brush(self) -> None:
        brush = self._painting.brush
        self.size_.show_value(100 * brush.diameter)
        self.hardness.show_value(100 * brush.hardness)
        self.strength.show_value(100 * brush.strength)
        for edit in (self.size_, self.hardness):
            for part in (edit.track, edit.number):
                part.setEnabled(not self._painting.tool.draws)

    def _choose(self, index: int) -> None:
        target = self.chooser.itemData(index)
        if isinstance(target, Target):
            self._painting.masking.begin(target)


def _targets(recipe: Recipe) -> list[Target]:
    goals = [Target.goal(number) for number in range(len(recipe.goals))]
    return [Target.dream(), Target.photo(), *goals]


def _title(target: Target, recipe: Recipe) -> str:
    match target.kind:
        case Kind.DREAM:
            return _("Where to dream")
        case Kind.PHOTO:
            return _("Where the photo comes back")
    return _("Where {goal} counts").format(goal=described(recipe.goals[target.number]))


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setAccessibleName(action.iconText())
    button.setIconSize(QSize(16, 16))
    button.setAutoRaise(True)
    # Reached with Tab, but a click leaves the focus, and with it the brush's keys, to the canvas.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _opening(menu: QMenu, icons: Icons) -> QToolButton:
    button = QToolButton()
    icons.give(button, "drop-half")
    button.setAccessibleName(_("Feather"))
    button.setToolTip(tip(_("Soften the mask's edges.")))
    button.setIconSize(QSize(16, 16))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setMenu(menu)
    button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
    return button


def _grouped(*widgets: QWidget, gap: int = 2) -> QWidget:
    group = QWidget()
    line = QHBoxLayout(group)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(gap)
    for widget in widgets:
        line.addWidget(widget)
    return group


def _edited(edit: ValueEdit) -> QWidget:
    name = QLabel(edit.track.accessibleName())
    name.setProperty("role", "quiet")
    edit.track.setFixedWidth(_TRACK)
    group = _grouped(name, edit.track, edit.number, gap=6)
    group.setToolTip(edit.track.toolTip())
    return group
