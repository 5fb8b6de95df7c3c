"""The goals: what the dream amplifies, in which mix."""

from pathlib import Path

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.media import READABLE_SUFFIXES
from inceptionist_gui.recipe import ClassGoal, DirectionGoal, Goal, LayerGoal, Mode, NeuronGoal, Recipe, described
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.session.session import Session
from inceptionist_gui.ui.classes import ClassPicker
from inceptionist_gui.ui.goal_row import ClassRow, DirectionRow, GoalRow, LayerRow, NeuronRow
from inceptionist_gui.ui.incoming import local_files
from inceptionist_gui.ui.mixing import with_class, with_goal, without_goal
from inceptionist_gui.ui.scrolling import Snug
from inceptionist_gui.ui.tips import tip

ALL_SEEN = 248
"""Pixels up to which the panel takes the height it needs: some three goals."""


class GoalsPanel(QWidget):
    """The list of goals, each with its weight, and a button that adds one.

    To imagine, classes come first, and pictures dropped here become a goal. `ask_pictures` puts up a dialog;
    tests answer in its place.
    """

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
        self.add_class = QToolButton()
        self.add_class.setText("+ Class")
        self.add_class.setAutoRaise(True)
        self.add_class.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.add_class.setAccessibleName("Add a class")
        self.add_class.clicked.connect(lambda: self.pick_class())
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
        adding = QHBoxLayout()
        adding.setSpacing(4)
        adding.addWidget(self.add_class)
        adding.addWidget(self.add)
        adding.addStretch(1)
        lines.addLayout(adding)
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
        self._offer_adding(len(recipe.goals), recipe.mode)
        # In a dream, what is dropped here as anywhere is a photo to be opened.
        self.setAcceptDrops(recipe.mode is Mode.IMAGINE)

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
            case DirectionGoal():
                row = DirectionRow(goal)
        row.changed.connect(lambda goal, text, part: self._on_changed(place, goal, text, part))
        row.settled.connect(self._session.end_gesture)
        row.remove.clicked.connect(lambda: self._on_remove(place))
        return row

    def _offer_adding(self, count: int, mode: Mode) -> None:
        full = count >= MOST_GOALS
        most = f"A mix holds {MOST_GOALS} goals at most"
        self.add_class.setVisible(mode is Mode.IMAGINE)
        self.add.setText("+ Other" if mode is Mode.IMAGINE else "+ Add")
        what = "channels, a neuron or pictures" if mode is Mode.IMAGINE else "a class, a neuron or pictures"
        for button, line in ((self.add, f"Add a layer, {what} to the mix"), (self.add_class, "What to imagine")):
            button.setDisabled(full)
            button.setToolTip(tip(most if full else line))

    # By hand

    def _on_changed(self, place: int, goal: Goal, text: str, part: str) -> None:
        goals = with_goal(self._session.recipe.goals, place, goal)
        self._session.set_goals(goals, text, f"{place} {part}" if part else "")

    def _on_remove(self, place: int) -> None:
        goals = self._session.recipe.goals
        self._session.set_goals(without_goal(goals, place), f"Remove {described(goals[place])}")

    def _add(self, goal: Goal) -> None:
        self._put((*self._session.recipe.goals, goal), f"Add {described(goal)}")

    def _add_class(self, label: str) -> None:
        if self._session.recipe.mode is Mode.IMAGINE:
            self._put(with_class(self._session.recipe.goals, label), f"Imagine {label}")
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
        layers = self.menu.addMenu("Layer")
        if self._session.recipe.mode is not Mode.IMAGINE:
            self.menu.addAction("Class…").triggered.connect(lambda: self.pick_class())
        neurons = self.menu.addMenu("Neuron")
        self.menu.addAction("Like Pictures…").triggered.connect(lambda: self.pick_pictures())
        for stage in self._session.network.stages:
            self._offer(layers, stage, LayerGoal(layer=stage.name))
            self._offer(neurons, stage, NeuronGoal(layer=stage.name, channel=0))

    def _offer(self, menu: QMenu, stage: Layer, goal: Goal) -> None:
        menu.addAction(f"{stage.tells}\t{stage.name}").triggered.connect(lambda: self._add(goal))

    # Pictures

    def pick_pictures(self) -> None:
        """Adds a goal made of pictures of the user's."""
        paths = self.ask_pictures()
        if paths:
            self._session.add_likeness(paths)

    def ask_pictures(self) -> list[Path]:
        every = " ".join(f"*{suffix}" for suffix in READABLE_SUFFIXES)
        names, _ = QFileDialog.getOpenFileNames(
            self, "Pictures to be like", "", f"Pictures ({every});;All files (*)"
        )
        return [Path(name) for name in names]

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_files(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._session.add_likeness(local_files(event.mimeData()))


def _what(goal: Goal) -> str:
    """What a row of its own is for; its numbers are not in it."""
    match goal:
        case ClassGoal():
            return f"class {goal.label}"
        case DirectionGoal():
            return f"direction {goal.layer} {goal.name}"
    return f"{goal.kind} {goal.layer}"
