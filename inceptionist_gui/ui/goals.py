"""The goals: what the dream amplifies, in which mix."""

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, NeuronGoal, Recipe, described
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.classes import ClassPicker
from inceptionist_gui.ui.goal_row import ClassRow, GoalRow, LayerRow, NeuronRow
from inceptionist_gui.ui.mixing import with_goal, without_goal
from inceptionist_gui.ui.scrolling import Snug
from inceptionist_gui.ui.tips import tip

ALL_SEEN = 248
"""Pixels up to which the panel takes the height it needs: some three goals."""


class GoalsPanel(QWidget):
    """The list of goals, each with its weight, and a button that adds one."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._shown: tuple[str, ...] = ()
        self.rows: list[GoalRow] = []
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.add = QToolButton()
        self.add.setObjectName("add")
        self.add.setText("+ Add")
        self.add.setAutoRaise(True)
        self.add.setMenu(self.menu)
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add.setAccessibleName("Add a goal")
        self._lines = QVBoxLayout()
        self._lay_out()
        session.recipe_changed.connect(self._show)
        self._show(session.recipe)

    def _lay_out(self) -> None:
        content = QWidget()
        lines = QVBoxLayout(content)
        lines.setContentsMargins(12, 8, 12, 8)
        lines.setSpacing(8)
        self._lines.setSpacing(12)
        lines.addLayout(self._lines)
        lines.addWidget(self.add)
        lines.addStretch(1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        self._scroll = Snug(content, ALL_SEEN)
        around.addWidget(self._scroll)
        # Room that the goals do not need is the controls'.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    # From the session

    def _show(self, recipe: Recipe) -> None:
        kinds = (recipe.network, *(_what(goal) for goal in recipe.goals))
        # The rows stay while they can: one of them may be under the pointer in mid-drag.
        if kinds != self._shown:
            self._shown = kinds
            self._rebuild(recipe)
        for row, goal in zip(self.rows, recipe.goals, strict=True):
            row.show_goal(goal)
        self._offer_adding(len(recipe.goals))

    def _rebuild(self, recipe: Recipe) -> None:
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [self._row(place, goal) for place, goal in enumerate(recipe.goals)]
        for row in self.rows:
            row.allow_removal(len(self.rows) > 1)
            self._lines.addWidget(row)

    def _row(self, place: int, goal: Goal) -> GoalRow:
        row: GoalRow
        match goal:
            case LayerGoal():
                row = LayerRow(goal, self._session.network)
            case NeuronGoal():
                row = NeuronRow(goal, self._session.network)
            case ClassGoal():
                row = ClassRow(goal, self._session.network.classes)
        row.changed.connect(lambda goal, text, part: self._on_changed(place, goal, text, part))
        row.settled.connect(self._session.end_gesture)
        row.remove.clicked.connect(lambda: self._on_remove(place))
        return row

    def _offer_adding(self, count: int) -> None:
        full = count >= MOST_GOALS
        self.add.setDisabled(full)
        line = f"A mix holds {MOST_GOALS} goals at most" if full else "Add a layer, a class or a neuron to the mix"
        self.add.setToolTip(tip(line))

    # By hand

    def _on_changed(self, place: int, goal: Goal, text: str, part: str) -> None:
        goals = with_goal(self._session.recipe.goals, place, goal)
        self._session.set_goals(goals, text, f"{place} {part}" if part else "")

    def _on_remove(self, place: int) -> None:
        goals = self._session.recipe.goals
        self._session.set_goals(without_goal(goals, place), f"Remove {described(goals[place])}")

    def _add(self, goal: Goal) -> None:
        self._session.set_goals((*self._session.recipe.goals, goal), f"Add {described(goal)}")
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
        picker.chosen.connect(lambda label: self._add(ClassGoal(label=label)))
        picker.open_at(self.add.mapToGlobal(QPoint(0, self.add.height())))
        return picker

    def _fill_menu(self) -> None:
        self.menu.clear()
        layers = self.menu.addMenu("Layer")
        self.menu.addAction("Class…").triggered.connect(lambda: self.pick_class())
        neurons = self.menu.addMenu("Neuron")
        for stage in self._session.network.stages:
            self._offer(layers, stage, LayerGoal(layer=stage.name))
            self._offer(neurons, stage, NeuronGoal(layer=stage.name, channel=0))

    def _offer(self, menu: QMenu, stage: Layer, goal: Goal) -> None:
        menu.addAction(f"{stage.tells}\t{stage.name}").triggered.connect(lambda: self._add(goal))


def _what(goal: Goal) -> str:
    """What a row of its own is for; its numbers are not in it."""
    return f"{goal.kind} {goal.label if isinstance(goal, ClassGoal) else goal.layer}"
