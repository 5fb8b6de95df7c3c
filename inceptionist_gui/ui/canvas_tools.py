"""What the window offers to do on the canvas: to paint masks and to compare."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from inceptionist_gui.recipe import Mode
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.targets import Target
from inceptionist_gui.ui.compare_actions import CompareActions
from inceptionist_gui.ui.icons import Icons
from inceptionist_gui.ui.mask_actions import MaskActions, MaskMenu
from inceptionist_gui.ui.painting_bar import PaintingBar
from inceptionist_gui.ui.stage import Stage


class CanvasTools(QObject):
    """The actions, the two menus and the bar, wired to a stage."""

    def __init__(self, session: Session, looking: Looking, stage: Stage, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._canvas = session, stage.canvas
        self.masks = MaskActions(stage.painting, icons, self)
        self.mask_menu = MaskMenu(session, self.masks, parent)
        self.bar = PaintingBar(session, stage.painting, self.masks, icons)
        stage.put_above(self.bar)
        self.compares = CompareActions(stage.canvas, self)
        self.compare_menu = self.compares.menu(parent)
        looking.heated.connect(self.masks.follow_heat)
        stage.canvas.painting_wanted.connect(self._paint)
        stage.canvas.changed.connect(self._show_possible)
        session.recipe_changed.connect(self._show_possible)
        session.masking.target_changed.connect(self._take_focus)
        self._show_possible()

    def _paint(self, restoring: bool) -> None:
        action = self.masks.restore if restoring else self.masks.paint
        action.trigger()

    def _take_focus(self, target: Target | None) -> None:
        """The brush's keys are the canvas's."""
        if target is not None:
            self._canvas.setFocus()

    def _show_possible(self) -> None:
        # What is imagined comes from nothing: there is no photo to keep.
        imagined = self._session.recipe.mode is Mode.IMAGINE
        self.masks.allow(self._canvas.image is not None and not imagined)
