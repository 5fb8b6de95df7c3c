"""The goals: what the dream amplifies, in which mix."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.recipe import (
    ClassGoal,
    DirectionGoal,
    Goal,
    GuideGoal,
    LayerGoal,
    Mode,
    NeuronGoal,
    Recipe,
    described,
)
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.recipe.taste import GOALS
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.classes import ClassPicker
from inceptionist_gui.ui.drop_hint import DropHint
from inceptionist_gui.ui.goal_order import Reordering
from inceptionist_gui.ui.goal_pictures import ask_guide, ask_pictures, drop_line, pictures_in
from inceptionist_gui.ui.goal_row import ClassRow, DirectionRow, GoalRow, GuideRow, LayerRow, NeuronRow
from inceptionist_gui.ui.locking import LockSign
from inceptionist_gui.ui.mixing import moved, with_class, with_goal, without_goal
from inceptionist_gui.ui.quiet_button import quiet_button
from inceptionist_gui.ui.scrolling import Snug
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

ALL_SEEN = 248
"""Pixels up to which the panel takes the height it needs: some three goals."""
_GAP = 12
"""Between two goals."""


class GoalsPanel(QWidget):
    """The list of goals, each with its weight, and a button that adds one.

    A picture dropped here guides the dream; to imagine, classes come first, and pictures dropped here are a goal.
    `ask_pictures` and `ask_guide` put up a dialog; tests answer in their place.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[str, ...] = ()
        self.rows: list[GoalRow] = []
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.add = quiet_button(_("+ Add"), "")
        self.add.setObjectName("add")
        self.add.setMenu(self.menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setAccessibleName(_("Add a goal"))
        self.add_class = quiet_button(_("+ Class"), "")
        self.add_class.setAccessibleName(_("Add a class"))
        self.add_class.clicked.connect(lambda: self.pick_class())
        self.lock = LockSign(_("the goals"), GOALS, session.looks, self)
        self._lines = QVBoxLayout()
        self._lay_out()
        self.hint = DropHint(self)
        self.setAcceptDrops(True)
        session.recipe_changed.connect(self._show)
        session.masking.target_changed.connect(self._mark_painted)
        self._show(session.recipe)

    def _lay_out(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(8)
        self._lines.setSpacing(_GAP)
        lines.addLayout(self._lines)
        adding = QHBoxLayout()
        adding.setSpacing(4)
        adding.addWidget(self.add_class)
        adding.addWidget(self.add)
        adding.addStretch(1)
        adding.addWidget(self.lock)
        lines.addLayout(adding)
        lines.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self._scroll = Snug(content, ALL_SEEN)
        around.addWidget(self._scroll)
        self.order = Reordering(content, lambda: self.rows, _GAP)
        # Room that the goals do not need is the controls'.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # From the session

    def _show(self, recipe: Recipe) -> None:
        kinds = (recipe.network, *(_what(goal) for goal in recipe.goals))
        # The rows stay while they can: one of them may be under the pointer in mid-drag.
        if kinds != self._shown:
            self._shown = kinds
            self._rebuild(recipe)
        alone = any(goal.solo for goal in recipe.goals)
        for row, goal in zip(self.rows, recipe.goals, strict=True):
            row.show_goal(goal)
            row.show_counting(goal.solo if alone else not goal.muted)
            # What is imagined has no place yet that could be painted.
            row.mask_button.setVisible(recipe.mode is Mode.DREAM)
        self._mark_painted()
        self._offer_adding(len(recipe.goals), recipe.mode)

    def _mark_painted(self) -> None:
        target = self._session.masking.target
        for place, row in enumerate(self.rows):
            row.mask_button.setChecked(target == Target.goal(place))

    def _rebuild(self, recipe: Recipe) -> None:
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(place, goal) for place, goal in enumerate(recipe.goals)]
        for row in self.rows:
            row.allow_removal(len(self.rows) > 1)
            self._lines.addWidget(row)
            # Left to the layout, it would be shown later, and could not have the focus until then.
            row.show()

    def _row(self, place: int, goal: Goal) -> GoalRow:
        row: GoalRow
        match goal:
            case LayerGoal():
                row = LayerRow(goal, self._session.network)
            case NeuronGoal():
                row = NeuronRow(goal, self._session.network)
            case ClassGoal():
                row = ClassRow(goal, self._session.network.classes)
            case DirectionGoal():
                row = DirectionRow(goal)
            case GuideGoal():
                row = GuideRow(goal, self._session.network)
        row.changed.connect(lambda goal, text, part: self._on_changed(place, goal, text, part))
        row.settled.connect(self._session.end_gesture)
        row.remove.clicked.connect(lambda: self._on_remove(place))
        row.shifted.connect(lambda step: self._on_shifted(place, step))
        row.grip.dragged.connect(self._on_dragged)
        row.grip.dropped.connect(lambda pointer: self._move(place, self.order.place_at(pointer, place)))
        row.mask_button.clicked.connect(lambda: self._on_mask(place))
        return row

    def _offer_adding(self, count: int, mode: Mode) -> None:
        full = count >= MOST_GOALS
        most = _("A mix holds {count} goals at most").format(count=MOST_GOALS)
        self.add_class.setVisible(mode is Mode.IMAGINE)
        self.add.setText(_("+ Other") if mode is Mode.IMAGINE else _("+ Add"))
        what = (
            _("Add a layer, channels, a neuron or pictures to the mix")
            if mode is Mode.IMAGINE
            else _("Add a layer, a class, a neuron or a guide picture to the mix")
        )
        for button, line in ((self.add, what), (self.add_class, _("What to imagine"))):
            button.setDisabled(full)
            button.setToolTip(tip(most if full else line))

    # By hand

    def _on_changed(self, place: int, goal: Goal, text: str, part: str) -> None:
        goals = with_goal(self._session.recipe.goals, place, goal)
        self._session.set_goals(goals, text, f"{place} {part}" if part else "")

    def _on_remove(self, place: int) -> None:
        goals = self._session.recipe.goals
        text = _("Remove {goal}").format(goal=described(goals[place]))
        self._session.set_goals(without_goal(goals, place), text)

    def _on_mask(self, place: int) -> None:
        if self._session.masking.target == Target.goal(place):
            self._session.masking.end()
        else:
            self._session.masking.begin(Target.goal(place))
        self._mark_painted()

    def _on_shifted(self, place: int, step: int) -> None:
        to = place + step
        if 0 <= to < len(self.rows):
            self._move(place, to)
            self.rows[to].grip.setFocus()
            self._scroll.ensureWidgetVisible(self.rows[to])

    def _on_dragged(self, pointer: QPoint) -> None:
        self._scroll.ensureVisible(0, self.order.show_at(pointer), 0, 2 * _GAP)

    def _move(self, place: int, to: int) -> None:
        goals = self._session.recipe.goals
        if to != place:
            text = _("Move {goal}").format(goal=described(goals[place]))
            self._session.set_goals(moved(goals, place, to), text)

    def _add(self, goal: Goal) -> None:
        self._put((*self._session.recipe.goals, goal), _("Add {goal}").format(goal=described(goal)))

    def _add_class(self, label: str) -> None:
        if self._session.recipe.mode is Mode.IMAGINE:
            self._put(with_class(self._session.recipe.goals, label), _("Imagine {label}").format(label=label))
        else:
            self._add(ClassGoal(label=label))

    def _put(self, goals: tuple[Goal, ...], text: str) -> None:
        self._session.set_goals(goals, text)
        self.rows[-1].begin()
        # Later, because the row has no place yet.
        QTimer.singleShot(0, self, self._show_last)

    def _show_last(self) -> None:
        self._scroll.settle()
        self._scroll.ensureWidgetVisible(self.add)
        self._scroll.ensureWidgetVisible(self.rows[-1])

    def pick_class(self) -> ClassPicker:
        """Opens the class picker below the button."""
        picker = ClassPicker(self._session.network.classes, self)
        picker.chosen.connect(self._add_class)
        button = self.add_class if self.add_class.isVisibleTo(self) else self.add
        picker.open_at(button.mapToGlobal(QPoint(0, button.height())))
        return picker

    def _fill_menu(self) -> None:
        self.menu.clear()
        layers = self.menu.addMenu(_("&Layer"))
        if self._session.recipe.mode is not Mode.IMAGINE:
            self.menu.addAction(_("&Class…")).triggered.connect(lambda: self.pick_class())
        neurons = self.menu.addMenu(_("&Neuron"))
        self.menu.addAction(_("&Guide Picture…")).triggered.connect(lambda: self.pick_guide())
        self.menu.addAction(_("Like &Pictures…")).triggered.connect(lambda: self.pick_pictures())
        for stage in self._session.network.stages:
            self._offer(layers, stage, LayerGoal(layer=stage.name))
            self._offer(neurons, stage, NeuronGoal(layer=stage.name, channel=0))

    def _offer(self, menu: QMenu, stage: Layer, goal: Goal) -> None:
        menu.addAction(f"{_(stage.tells)}\t{stage.name}").triggered.connect(lambda: self._add(goal))

    # Pictures

    def pick_guide(self) -> None:
        """Adds a picture of the user's whose features the dream is to find."""
        path = self.ask_guide()
        if path is not None:
            self._session.guides.add(path)

    def pick_pictures(self) -> None:
        """Adds a goal made of pictures of the user's."""
        paths = self.ask_pictures()
        if paths:
            self._session.add_likeness(paths)

    def ask_guide(self) -> Path | None:
        return ask_guide(self)

    def ask_pictures(self) -> list[Path]:
        return ask_pictures(self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        paths = pictures_in(event.mimeData())
        if not paths:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.hint.show_text(drop_line(self._session.recipe.mode, len(paths)))

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self.hint.hide()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self.hint.hide()
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        paths = pictures_in(event.mimeData())
        if self._session.recipe.mode is Mode.IMAGINE:
            self._session.add_likeness(paths)
        else:
            for path in paths:
                self._session.guides.add(path)


def _what(goal: Goal) -> str:
    """What a row of its own is for; its numbers are not in it."""
    match goal:
        case ClassGoal():
            return f"class {goal.label}"
        case DirectionGoal():
            return f"direction {goal.layer} {goal.name}"
        case GuideGoal():
            # Its layer is chosen in its row.
            return f"guide {hash(goal.picture)} {goal.name}"
    return f"{goal.kind} {goal.layer}"
