"""One goal: what it is, its weight, and its channels or place."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from superqt import QElidingLabel

from inceptionist_gui.engine.networks import Classes, Network
from inceptionist_gui.recipe import ClassGoal, Control, DirectionGoal, Goal, LayerGoal, NeuronGoal, described
from inceptionist_gui.ui.channels import ChannelsField, channels_text
from inceptionist_gui.ui.glyphs import GlyphButton, cross
from inceptionist_gui.ui.layer_tree import in_words, seen_by
from inceptionist_gui.ui.number import Number
from inceptionist_gui.ui.slider import ValueEdit, told
from inceptionist_gui.ui.tips import tip


def _control(title: str, maximum: float, default: float, tells: str, unit: str = "") -> Control:
    """A whole number from 0."""
    return Control(
        path="goals",
        group="Goals",
        title=title,
        term=title.lower(),
        tells=tells,
        unit=unit,
        minimum=0.0,
        maximum=maximum,
        step=1.0,
        default=default,
        whole=True,
        restarts=False,
    )


ACROSS = _control("x", 100, 50, "Where in the picture, from its left edge to its right.", "%")
DOWN = _control("y", 100, 50, "Where in the picture, from its top edge to its bottom.", "%")
WEIGHT = replace(
    _control("Weight", 2.0, 1.0, "Its share in the mix; below zero the dream avoids it."),
    minimum=-2.0,
    step=0.05,
    whole=False,
)


LONGEST_NAME = 88
"""Pixels a layer's name may take from what the layer brings out."""


class GoalRow(QWidget):
    """A goal in lines: its name and the way out, its weight, and what else its kind has."""

    changed = Signal(object, str, str)
    """By hand: the Goal, what the undo menu calls it, and what part of it changed where changes are to merge."""
    settled = Signal()
    """What comes next is another undo step."""

    def __init__(self, goal: Goal, title: str, name: str, tells: str) -> None:
        super().__init__()
        self._goal = goal
        self.title = _eliding(title)
        self.name = _quiet(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideLeft, LONGEST_NAME))
        self.remove = GlyphButton(cross, f"Remove {described(goal)}", "")
        self.weight = ValueEdit(WEIGHT, self)
        self.weight.track.setToolTip(told(WEIGHT))
        self.weight.track.setAccessibleName(f"Weight of {title}")
        self.weight.number.setAccessibleName(f"Weight of {title}")
        self.weight.changed.connect(self._on_weight)
        self.weight.settled.connect(self.settled)
        for label in (self.title, self.name):
            label.setToolTip(tip(tells, name))
        self._lines = QVBoxLayout(self)
        self._lay_out()

    def show_goal(self, goal: Goal) -> None:
        self._goal = goal
        self.weight.show_value(goal.weight)

    def allow_removal(self, allowed: bool) -> None:
        line = (
            "Take it out of the mix" if allowed else "The dream needs a goal: add another before you remove this"
        )
        self.remove.setEnabled(allowed)
        self.remove.setToolTip(tip(line))

    def begin(self) -> None:
        """The row was just added by hand: the focus goes where something is to be filled in."""

    def _lay_out(self) -> None:
        first, second = _line(self.title, self.name, self.remove), _line(self.weight.track, self.weight.number)
        first.setStretch(0, 1)
        second.setStretch(0, 1)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addLayout(first)
        self._lines.addLayout(second)

    def _on_weight(self, weight: float) -> None:
        text = f"Weight of {described(self._goal)} {WEIGHT.shown(weight)}"
        self._change("weight", text, weight=weight)

    def _change(self, part: str, text: str, **update: object) -> None:
        self.changed.emit(self._goal.model_copy(update=update), text, part)


class ClassRow(GoalRow):
    """A class."""

    def __init__(self, goal: ClassGoal, classes: Classes) -> None:
        index = classes.index(goal.label)
        others = classes.other_names[index] if index is not None else ()
        super().__init__(goal, goal.label, "class", ", ".join(others) or "What the network calls by this name.")


class LayerRow(GoalRow):
    """A layer, with a field for its channels."""

    def __init__(self, goal: LayerGoal, network: Network) -> None:
        layer = network.layer(goal.layer)
        super().__init__(goal, in_words(network, goal.layer), layer.name, seen_by(layer))
        self._count = layer.channels
        self.channels = ChannelsField()
        self.channels.field.setAccessibleName(f"Channels of {layer.name}")
        self.channels.chosen.connect(self._on_channels)
        self._lines.addWidget(self.channels)

    def show_goal(self, goal: Goal) -> None:
        super().show_goal(goal)
        assert isinstance(goal, LayerGoal)
        self.channels.show_channels(goal.channels, self._count)

    def _on_channels(self, channels: tuple[int, ...]) -> None:
        assert isinstance(self._goal, LayerGoal)
        text = f"Channels of {self._goal.layer}: {channels_text(channels)[:40]}"
        self._change("", text, channels=channels)


class DirectionRow(GoalRow):
    """What pictures call up in a layer."""

    def __init__(self, goal: DirectionGoal) -> None:
        tells = f"What the network makes of {goal.name or 'a few pictures'}."
        super().__init__(goal, f"like {goal.name or 'pictures'}", goal.layer, tells)


class NeuronRow(GoalRow):
    """One channel of a layer at one place of the picture."""

    def __init__(self, goal: NeuronGoal, network: Network) -> None:
        layer = network.layer(goal.layer)
        super().__init__(goal, in_words(network, goal.layer), layer.name, seen_by(layer))
        self.channel = Number(_control("Neuron", layer.channels - 1, 0, "Which of the layer's channels."))
        self.across, self.down = Number(ACROSS), Number(DOWN)
        self.channel.valueChanged.connect(lambda value: self._on_number("channel", int(value)))
        self.across.valueChanged.connect(lambda value: self._on_number("x", value / 100))
        self.down.valueChanged.connect(lambda value: self._on_number("y", value / 100))
        line = _line(_quiet("Neuron"), self.channel, _quiet("x"), self.across, _quiet("y"), self.down)
        line.insertStretch(2, 1)
        line.setSpacing(3)
        line.insertSpacing(5, 4)
        self._lines.addLayout(line)
        for number in (self.channel, self.across, self.down):
            number.editingFinished.connect(self.settled)

    def show_goal(self, goal: Goal) -> None:
        super().show_goal(goal)
        assert isinstance(goal, NeuronGoal)
        self.channel.show_value(goal.channel)
        self.across.show_value(100 * goal.x)
        self.down.show_value(100 * goal.y)

    def begin(self) -> None:
        self.channel.setFocus()

    def _on_number(self, part: str, value: float) -> None:
        moved = self._goal.model_copy(update={part: value})
        what = "Place of" if part in ("x", "y") else "Channel of"
        self._change(part, f"{what} {described(moved)}", **{part: value})


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(6)
    for widget in widgets:
        line.addWidget(widget)
    return line


def _eliding(text: str) -> QElidingLabel:
    label = QElidingLabel(text)
    label.setMinimumWidth(40)
    return label


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    return label
