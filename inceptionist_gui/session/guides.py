"""Guide pictures: read in the background, and made small enough for a recipe."""

from pathlib import Path

from PySide6.QtCore import QObject

from inceptionist_gui.media import read_picture
from inceptionist_gui.recipe import Guide, GuideGoal
from inceptionist_gui.recipe.goals import MOST_GOALS
from inceptionist_gui.render.packing import guide_of, layer_for_guide
from inceptionist_gui.session.asking import Asking
from inceptionist_gui.session.background import Background
from inceptionist_gui.session.state import Message, Tone
from inceptionist_gui.words import _

_LONGEST = 200
"""Characters of a goal's name."""


class Guides(QObject):
    """Reads pictures that are to guide a dream, without stalling the window, and adds them to the goals."""

    def __init__(self, asking: Asking, background: Background) -> None:
        super().__init__(asking)
        self._asking = asking
        self._background = background

    def add(self, path: Path) -> None:
        """Adds the picture as a goal once it was read: an undoable step. What is wrong with it is said."""
        self._asking.said.emit(Message(_("Looking at {name}").format(name=path.name)))
        self._background.run(
            lambda: guide_of(read_picture(path)),
            lambda guide: self._on_read(guide, path.name[:_LONGEST]),
            self._complain,
        )

    def _on_read(self, guide: Guide, name: str) -> None:
        goals = self._asking.recipe.goals
        if len(goals) >= MOST_GOALS:
            self._complain(_("A mix holds {count} goals at most: take one out first").format(count=MOST_GOALS))
            return
        layer = layer_for_guide(self._asking.recipe, self._asking.network)
        goal = GuideGoal(layer=layer, picture=guide, name=name)
        self._asking.set_goals((*goals, goal), _("Guide by {name}").format(name=name))

    def _complain(self, line: str) -> None:
        self._asking.said.emit(Message(line, Tone.ERROR))
