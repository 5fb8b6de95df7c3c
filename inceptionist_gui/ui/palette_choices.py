"""What the command palette offers, beside the menus: presets, layers, classes and controls."""

from collections.abc import Iterator
from functools import partial

from PySide6.QtWidgets import QMenuBar, QScrollArea

from inceptionist_gui.errors import UserError
from inceptionist_gui.recipe import ClassGoal, Goal, LayerGoal, Mode, controls_of, presets
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import Message
from inceptionist_gui.ui.commands import commands
from inceptionist_gui.ui.controls import ControlsPanel
from inceptionist_gui.ui.mixing import with_class
from inceptionist_gui.ui.palette import Choice
from inceptionist_gui.words import _

FOOL_LABEL = "fool.label"
_JOINED = " \u203a "


class PaletteChoices:
    """All that can be chosen at the moment; called, it lists them anew."""

    def __init__(self, bar: QMenuBar, session: Session, controls: ControlsPanel) -> None:
        self._bar, self._session, self._controls = bar, session, controls

    def __call__(self) -> Iterator[Choice]:
        yield from self._commands()
        yield from self._presets()
        yield from self._controls_of_mode()
        yield from self._layers()
        yield from self._classes()

    def _commands(self) -> Iterator[Choice]:
        for command in commands(self._bar):
            action = command.action
            where = _JOINED.join(command.where)
            yield Choice(command.title, where, action.trigger, command.keys, action.isEnabled())

    def _presets(self) -> Iterator[Choice]:
        try:
            found = presets()
        except UserError:
            # The shelf says so already.
            return
        for preset in found:
            yield Choice(_(preset.title), _("Preset"), partial(self._session.apply_preset, preset), common=False)

    def _controls_of_mode(self) -> Iterator[Choice]:
        for control in controls_of(self._session.recipe.mode):
            kind = _JOINED.join((_("Control"), _(control.group)))
            yield Choice(_(control.title), kind, partial(self._go_to, control.path), common=False)

    def _layers(self) -> Iterator[Choice]:
        for layer in self._session.network.layers():
            goal = LayerGoal(layer=layer.name)
            text = _("Dream {layer}").format(layer=layer.name)
            run = partial(self._session.set_goals, (goal,), text)
            yield Choice(f"{_(layer.tells)} ({layer.name})", _("Layer"), run, common=False)

    def _classes(self) -> Iterator[Choice]:
        for label in self._session.network.classes.labels:
            yield Choice(label, _("Class"), partial(self._want_class, label), common=False)

    # What is chosen

    def _go_to(self, path: str) -> None:
        """Brings a control into sight and gives it the focus."""
        dock = self._controls.parentWidget()
        if dock is not None:
            dock.show()
        row = self._controls.row(path)
        for area in self._controls.findChildren(QScrollArea):
            area.ensureWidgetVisible(row)
        row.number.setFocus()

    def _want_class(self, label: str) -> None:
        recipe = self._session.recipe
        if recipe.mode is Mode.FOOL:
            self._session.set_word(FOOL_LABEL, label, _("Fool into {label}").format(label=label))
        elif recipe.mode is Mode.IMAGINE:
            self._put(with_class(recipe.goals, label), _("Imagine {label}").format(label=label))
        else:
            self._put((*recipe.goals, ClassGoal(label=label)), _("Add {label}").format(label=label))

    def _put(self, goals: tuple[Goal, ...], text: str) -> None:
        if len(goals) > MOST_GOALS:
            self._session.said.emit(Message(_("A mix holds {count} goals at most").format(count=MOST_GOALS)))
        else:
            self._session.set_goals(goals, text)
