"""One goal: what it is, its weight, and its channels or place."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Classes, Network
from inceptionist_gui.recipe import (
    ClassGoal,
    Control,
    DirectionGoal,
    Goal,
    GuideGoal,
    LayerGoal,
    NeuronGoal,
    described,
)
from inceptionist_gui.ui.channels import ChannelsField, channels_text
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.glyphs import GlyphButton, cross, letter
from inceptionist_gui.ui.grip import WIDTH, Grip
from inceptionist_gui.ui.layer_choice import LayerChoice
from inceptionist_gui.ui.layer_tree import in_words, seen_by
from inceptionist_gui.ui.mask_button import MaskButton
from inceptionist_gui.ui.number import Number
from inceptionist_gui.ui.pixmaps import Thumb, picture_tip, pixmap_of
from inceptionist_gui.ui.slider import ValueEdit, told
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later


def _control(title: str, maximum: float, default: float, tells: str, unit: str = "") -> Control:
    """A whole number from 0."""
    return Control(
        path="goals",
        group=later("Goals"),
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


ACROSS = _control("x", 100, 50, later("Where in the picture, from its left edge to its right."), "%")
DOWN = _control("y", 100, 50, later("Where in the picture, from its top edge to its bottom."), "%")
WEIGHT = replace(
    _control(later("Weight"), 2.0, 1.0, later("Its share in the mix; below zero the dream avoids it.")),
    minimum=-2.0,
    step=0.05,
    whole=False,
)


LONGEST_NAME = 88
"""Pixels a layer's name may take from what the layer brings out."""
THUMB = QSize(32, 24)


class GoalRow(QWidget):
    """A goal in lines: its name and the way out; whether and where it counts, and how much; what else it has."""

    changed = Signal(object, str, str)
    """By hand: the Goal, what the undo menu calls it, and what part of it changed where changes are to merge."""
    settled = Signal()
    """What comes next is another undo step."""
    shifted = Signal(int)
    """By keyboard: so many places down the list."""

    def __init__(self, goal: Goal, title: str, name: str, tells: str) -> None:
        super().__init__()
        self._goal = goal
        said = described(goal)
        self.grip = Grip(_("Move {goal}").format(goal=said), _("Drag it to another place (Ctrl+Up, Ctrl+Down)"))
        self.title = _eliding(title)
        self.name = _quiet(self.fontMetrics().elidedText(name, Qt.TextElideMode.ElideLeft, LONGEST_NAME))
        self.remove = GlyphButton(cross, _("Remove {goal}").format(goal=said), "")
        self.mute = _toggle(_("M"), _("Mute {goal}").format(goal=said), _("Leave it out of the mix for now"))
        self.solo = _toggle(
            _("S"), _("Solo {goal}").format(goal=said), _("Dream it alone, or with others so marked")
        )
        self.mask_button = MaskButton()
        self.weight = ValueEdit(WEIGHT, self)
        self.weight.track.setToolTip(told(WEIGHT))
        self.weight.track.setAccessibleName(_("Weight of {goal}").format(goal=title))
        self.weight.number.setAccessibleName(_("Weight of {goal}").format(goal=title))
        for label in (self.title, self.name):
            label.setToolTip(tip(tells, name))
        self._connect()
        self._lines = QVBoxLayout(self)
        self._head = _line(self.grip, self.title, self.name, self.remove)
        self._lay_out()

    def show_goal(self, goal: Goal) -> None:
        self._goal = goal
        self.weight.show_value(goal.weight)
        self.mute.setChecked(goal.muted)
        self.solo.setChecked(goal.solo)
        self.mask_button.show_mask(goal.mask)

    def show_counting(self, counts: bool) -> None:
        """Whether it is part of the mix as it stands."""
        self.title.setProperty("role", "" if counts else "quiet")
        self.title.style().unpolish(self.title)
        self.title.style().polish(self.title)

    def allow_removal(self, allowed: bool) -> None:
        line = (
            _("Take it out of the mix")
            if allowed
            else _("The dream needs a goal: add another before you remove this")
        )
        self.remove.setEnabled(allowed)
        self.remove.setToolTip(tip(line))

    def begin(self) -> None:
        """The row was just added by hand: the focus goes where something is to be filled in."""

    def _connect(self) -> None:
        self.weight.changed.connect(self._on_weight)
        self.weight.settled.connect(self.settled)
        self.mute.clicked.connect(self._on_mute)
        self.solo.clicked.connect(self._on_solo)
        self.mask_button.removal_wanted.connect(self._on_mask_removed)
        for keys, step in (("Ctrl+Up", -1), ("Ctrl+Down", 1)):
            # From every part of the row.
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda step=step: self.shifted.emit(step))

    def _lay_out(self) -> None:
        # The sliders of all rows begin below the titles.
        second = _line(self.mute, self.solo, self.mask_button, self.weight.track, self.weight.number)
        second.setContentsMargins(WIDTH + 2, 0, 0, 0)
        second.setSpacing(2)
        self._head.setStretch(1, 1)
        second.setStretch(3, 1)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._lines.addLayout(self._head)
        self._lines.addLayout(second)

    def _add_line(self, widget: QWidget) -> None:
        """Below the others, in line with them."""
        line = _line(widget)
        line.setContentsMargins(WIDTH + 4, 0, 0, 0)
        self._lines.addLayout(line)

    def _on_weight(self, weight: float) -> None:
        text = _("Weight of {goal} {weight}").format(goal=described(self._goal), weight=WEIGHT.shown(weight))
        self._change("weight", text, weight=weight)

    def _on_mute(self, on: bool) -> None:
        text = _("Mute {goal}") if on else _("Unmute {goal}")
        self._change("", text.format(goal=described(self._goal)), muted=on)

    def _on_solo(self, on: bool) -> None:
        text = _("Solo {goal}") if on else _("No longer solo {goal}")
        self._change("", text.format(goal=described(self._goal)), solo=on)

    def _on_mask_removed(self) -> None:
        self._change("", _("Remove the mask of {goal}").format(goal=described(self._goal)), mask=None)

    def _change(self, part: str, text: str, **update: object) -> None:
        self.changed.emit(self._goal.model_copy(update=update), text, part)


class ClassRow(GoalRow):
    """A class."""

    def __init__(self, goal: ClassGoal, classes: Classes) -> None:
        index = classes.index(goal.label)
        others = classes.other_names[index] if index is not None else ()
        tells = ", ".join(others) or _("What the network calls by this name.")
        super().__init__(goal, goal.label, _("class"), tells)


class LayerRow(GoalRow):
    """A layer, with a field for its channels."""

    def __init__(self, goal: LayerGoal, network: Network) -> None:
        layer = network.layer(goal.layer)
        super().__init__(goal, in_words(network, goal.layer), layer.name, seen_by(layer))
        self._count = layer.channels
        self.channels = ChannelsField()
        self.channels.field.setAccessibleName(_("Channels of {layer}").format(layer=layer.name))
        self.channels.chosen.connect(self._on_channels)
        self._add_line(self.channels)

    def show_goal(self, goal: Goal) -> None:
        super().show_goal(goal)
        assert isinstance(goal, LayerGoal)
        self.channels.show_channels(goal.channels, self._count)

    def _on_channels(self, channels: tuple[int, ...]) -> None:
        assert isinstance(self._goal, LayerGoal)
        which = channels_text(channels)[:40]
        text = _("Channels of {layer}: {which}").format(layer=self._goal.layer, which=which)
        self._change("", text, channels=channels)


class DirectionRow(GoalRow):
    """What pictures call up in a layer."""

    def __init__(self, goal: DirectionGoal) -> None:
        tells = _("What the network makes of {name}.").format(name=goal.name or _("a few pictures"))
        title = _("like {name}").format(name=goal.name or _("pictures"))
        super().__init__(goal, title, goal.layer, tells)


class GuideRow(GoalRow):
    """A picture whose features are to be found, and the layer in which."""

    def __init__(self, goal: GuideGoal, network: Network) -> None:
        name = goal.name or _("a picture")
        super().__init__(goal, name, _("guide"), _("The dream takes up what it finds of this picture."))
        picture = pixmap_of(goal.picture.array())
        self.thumb = Thumb(THUMB)
        self.thumb.show_picture(picture)
        self.thumb.setToolTip(picture_tip(picture, name))
        self._head.insertWidget(1, self.thumb)
        self._head.setStretch(1, 0)
        self._head.setStretch(2, 1)
        self.layer = LayerChoice(network, goal.layer)
        self.layer.setToolTip(tip(_("Low layers take up its strokes and textures, high ones its forms.")))
        self.layer.chosen.connect(self._on_layer)
        self._add_line(self.layer)

    def show_goal(self, goal: Goal) -> None:
        super().show_goal(goal)
        assert isinstance(goal, GuideGoal)
        self.layer.show_layer(goal.layer)

    def _on_layer(self, layer: str) -> None:
        assert isinstance(self._goal, GuideGoal)
        text = _("Guide by {name} in {layer}").format(name=self._goal.name or _("a picture"), layer=layer)
        self._change("", text, layer=layer)


class NeuronRow(GoalRow):
    """One channel of a layer at one place of the picture."""

    def __init__(self, goal: NeuronGoal, network: Network) -> None:
        layer = network.layer(goal.layer)
        super().__init__(goal, in_words(network, goal.layer), layer.name, seen_by(layer))
        self.channel = Number(
            _control(later("Neuron"), layer.channels - 1, 0, later("Which of the layer's channels."))
        )
        self.across, self.down = Number(ACROSS), Number(DOWN)
        self.channel.valueChanged.connect(lambda value: self._on_number("channel", int(value)))
        self.across.valueChanged.connect(lambda value: self._on_number("x", value / 100))
        self.down.valueChanged.connect(lambda value: self._on_number("y", value / 100))
        line = _line(_quiet(_("Neuron")), self.channel, _quiet("x"), self.across, _quiet("y"), self.down)
        line.insertStretch(2, 1)
        line.setSpacing(3)
        line.insertSpacing(5, 4)
        # It takes the whole width: in a narrow panel there is none to spare.
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
        text = _("Place of {goal}") if part in ("x", "y") else _("Channel of {goal}")
        self._change(part, text.format(goal=described(moved)), **{part: value})


def _line(*widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(6)
    for widget in widgets:
        line.addWidget(widget)
    return line


def _toggle(sign: str, name: str, tells: str) -> GlyphButton:
    button = GlyphButton(letter(sign), name, tells)
    button.setCheckable(True)
    return button


def _eliding(text: str) -> ElidingLabel:
    label = ElidingLabel(text)
    label.setMinimumWidth(40)
    return label


def _quiet(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "quiet")
    return label
