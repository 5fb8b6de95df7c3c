"""Where the tour stops, and what it says there."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDockWidget, QWidget

from inceptionist_gui.ui.tour import Stop
from inceptionist_gui.words import _

if TYPE_CHECKING:
    from inceptionist_gui.ui.window import Window


def stops(window: "Window") -> list[Stop]:
    """Six, from the picture to the file."""
    docks, bar = window.docks, window.bar
    return [
        Stop(
            _("Your picture"),
            _("Drop a photo here, or press Open. The wheel zooms, a drag moves it; until then, clouds dream."),
            lambda: window.canvas,
        ),
        Stop(
            _("See through a layer"),
            _("Low layers draw strokes, high ones animals and things. Click one, and the picture follows."),
            lambda: _dock_of(docks.layers),
        ),
        Stop(
            _("A mix of goals"),
            _("Add layers, classes or a guide picture, and give each its weight."),
            lambda: _dock_of(docks.goals),
        ),
        Stop(
            _("Controls that act at once"),
            _(
                "Each shows its effect while you move it. A double click brings the usual value back, "
                "Undo any step; point at a control, and it says what it does."
            ),
            lambda: _dock_of(docks.controls),
        ),
        Stop(
            _("Dream, pause, compare"),
            _("The space bar starts and pauses from anywhere. Hold C to see the picture as it was."),
            lambda: bar.primary,
        ),
        Stop(
            _("Keep it"),
            _("Save puts photo, dream and controls into one file. Ctrl+K finds any command, F1 lists all keys."),
            lambda: bar.save,
        ),
    ]


def _dock_of(panel: QWidget) -> QWidget:
    """The dock that a panel stands in, with its title."""
    around: QWidget | None = panel
    while around is not None and not isinstance(around, QDockWidget):
        around = around.parentWidget()
    return around or panel
