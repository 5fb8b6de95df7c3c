"""What can be done to masks, each with its words, icon and keys."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from inceptionist_gui.recipe import described
from inceptionist_gui.session.brush import Shares
from inceptionist_gui.session.looker import Heat
from inceptionist_gui.session.masking import Masking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.icons import Icons
from inceptionist_gui.ui.painting import Painting, PressureFor, Tool
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

_TOOLS = {
    Tool.BRUSH: (later("Brush\tB"), "paint-brush", later("Paint the mask (B); hold Ctrl or Alt to erase.")),
    Tool.ERASER: (
        later("Eraser\tE"),
        "eraser",
        later("Take away from the mask (E); a pen's other end erases too."),
    ),
    Tool.LINEAR: (
        later("Gradient\tG"),
        "square-half",
        later("Drag from where the mask is full to where it ends (G)."),
    ),
    Tool.RADIAL: (
        later("Round Gradient\tShift+G"),
        "circle-half",
        later("Drag from a middle, where the mask is full, to its rim (Shift+G)."),
    ),
}
_PRESSURES = {
    PressureFor.STRENGTH: later("Changes the Strength"),
    PressureFor.SIZE: later("Changes the Size"),
    PressureFor.NOTHING: later("Changes Nothing"),
}
_FEATHERS = {0.005: later("A Little"), 0.02: later("Softly"), 0.06: later("Widely")}
"""Radii, as shares of the picture's longer side."""


class MaskActions(QObject):
    """The actions of the mask menu and the painting bar. What needs a mask in work is greyed out without one."""

    def __init__(self, painting: Painting, icons: Icons, parent: QObject) -> None:
        super().__init__(parent)
        self._painting, self._icons = painting, icons
        self._heat: Shares | None = None
        masking = painting.masking
        self.paint = self._made(
            later("Paint Where to Dream\tB"),
            "paint-brush",
            later("Paint where the dream may change the picture (B)."),
            lambda: self.toggle(Target.dream()),
        )
        self.restore = self._made(
            later("Bring the Photo Back\tShift+B"),
            "",
            later("Paint where the photo comes back through the dream (Shift+B)."),
            lambda: self.toggle(Target.photo()),
        )
        self.paint.setIconText(_("Mask"))
        self.paint.setCheckable(True)
        self.restore.setCheckable(True)
        self.tools = {tool: self._made(*words, self._taker(tool)) for tool, words in _TOOLS.items()}
        self.pressures = {to: self._presser(to, text) for to, text in _PRESSURES.items()}
        self._make_exclusive(list(self.tools.values()))
        self._make_exclusive(list(self.pressures.values()))
        self.fill = self._made(later("Fill"), "paint-bucket", later("Make the whole mask full."), masking.fill)
        self.invert = self._made(
            later("Invert\tI"), "selection-inverse", later("What was full becomes empty (I)."), masking.invert
        )
        self.feathers = [self._feather(radius, text) for radius, text in _FEATHERS.items()]
        self.from_heat = self._made(
            later("From the Evidence"),
            "fire",
            later("Mask where the evidence on the canvas lies."),
            self._take_heat,
        )
        self.clear = self._made(later("Clear\tDel"), "trash", later("Take the mask away (Del)."), masking.clear)
        self.show = self._made(later("Show the Mask\tO"), "eye", later("Lay the mask over the picture (O)."))
        self.show.setCheckable(True)
        self.show.triggered.connect(painting.show_mask)
        self.done = self._made(
            later("Done\tEsc"), "", later("Leave the brush; the mask stays (Esc)."), masking.end
        )
        masking.target_changed.connect(self._show_possible)
        masking.changed.connect(self._show_possible)
        painting.changed.connect(self._show_tool)
        self._show_tool()
        self._show_possible()

    @property
    def _masking(self) -> Masking:
        return self._painting.masking

    # Made

    def _made(self, text: str, icon: str, tells: str, verb: Callable[[], None] | None = None) -> QAction:
        words = _(text)
        action = QAction(words, self)
        action.setIconText(words.partition("\t")[0])
        action.setToolTip(tip(_(tells)))
        if icon:
            self._icons.give(action, icon)
        action.setIconVisibleInMenu(False)
        if verb is not None:
            action.triggered.connect(lambda _checked=False: verb())
        return action

    def _taker(self, tool: Tool) -> Callable[[], None]:
        return lambda: self._painting.take(tool)

    def _presser(self, pressure_for: PressureFor, text: str) -> QAction:
        return self._made(
            text, "", later("What a pen's pressure does."), lambda: self._painting.press_for(pressure_for)
        )

    def _make_exclusive(self, choices: list[QAction]) -> None:
        group = QActionGroup(self)
        for action in choices:
            action.setCheckable(True)
            group.addAction(action)

    def _feather(self, radius: float, text: str) -> QAction:
        return self._made(text, "", later("Soften the mask's edges."), lambda: self._masking.feather(radius))

    # What they do

    def toggle(self, target: Target) -> None:
        """Paints this one, or ends painting where it is painted already."""
        if self._masking.target == target:
            self._masking.end()
        else:
            self._masking.begin(target)

    def allow(self, possible: bool) -> None:
        """Whether there is a picture that a mask makes sense for."""
        self.paint.setEnabled(possible)
        self.restore.setEnabled(possible)
        if not possible:
            self._masking.end()

    def follow_heat(self, heat: Heat | None) -> None:
        """The evidence that lies on the canvas, or none."""
        self._heat = None if heat is None else heat.values
        self._show_possible()

    def _take_heat(self) -> None:
        if self._heat is not None:
            self._masking.take_heat(self._heat)

    def _show_tool(self) -> None:
        self.tools[self._painting.tool].setChecked(True)
        self.pressures[self._painting.pressure_for].setChecked(True)
        self.show.setChecked(self._painting.shown)

    def _show_possible(self) -> None:
        masked = self._masking.values is not None
        target = self._masking.target
        self.paint.setChecked(target == Target.dream())
        self.restore.setChecked(target == Target.photo())
        for action in (*self.tools.values(), self.fill, self.invert, self.show, self.done):
            action.setEnabled(self._painting.active)
        for action in (self.clear, *self.feathers):
            action.setEnabled(self._painting.active and masked)
        self.from_heat.setEnabled(self._painting.active and self._heat is not None)


class MaskMenu(QMenu):
    """The menu of all that can be done to masks."""

    def __init__(self, session: Session, actions: MaskActions, parent: QWidget) -> None:
        super().__init__(_("Mask"), parent)
        self._session, self._actions = session, actions
        self.addActions([actions.paint, actions.restore])
        self._goals = self.addMenu(_("Paint Where a Goal Counts"))
        self._goals.aboutToShow.connect(self._list_goals)
        self._goals.setProperty("filled_late", True)
        actions.paint.changed.connect(lambda: self._goals.setEnabled(actions.paint.isEnabled()))
        self.addSeparator()
        self.addActions(list(actions.tools.values()))
        self.addMenu(_("Pen Pressure")).addActions(list(actions.pressures.values()))
        self.addSeparator()
        self.addActions([actions.fill, actions.invert])
        self.addMenu(_("Feather")).addActions(actions.feathers)
        self.addActions([actions.from_heat, actions.clear])
        self.addSeparator()
        self.addActions([actions.show, actions.done])

    def _list_goals(self) -> None:
        self._goals.clear()
        for number, goal in enumerate(self._session.recipe.goals):
            entry = self._goals.addAction(described(goal).replace("&", "&&"))
            entry.triggered.connect(
                lambda _checked=False, number=number: self._actions.toggle(Target.goal(number))
            )
