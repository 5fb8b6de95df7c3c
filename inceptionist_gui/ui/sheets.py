"""The sheet of stages: each dreams on the photo, and is taken up by a click."""

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.recipe import LayerGoal, Recipe
from inceptionist_gui.render.sheets import StageTile
from inceptionist_gui.session.looking import Looking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.mixing import goal_of_layer
from inceptionist_gui.ui.pixmaps import pixmap_of
from inceptionist_gui.ui.tiles import Tile, Tiles
from inceptionist_gui.words import _

STAGE_LEAST = 96


class StageSheet(QWidget):
    """Every stage of the network dreaming on the photo; a click takes one up."""

    def __init__(self, session: Session, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self.tiles = Tiles(_("Stages"), STAGE_LEAST, 2 / 3)
        self.note = quiet_note()
        stack(self, self.note, self.tiles)
        self.tiles.chosen.connect(self._adopt)
        self.tiles.mixed.connect(self._adopt)
        self.tiles.entered.connect(self._adopt)
        looking.stages_changed.connect(self._begin)
        looking.staged.connect(self._show_tile)
        looking.failed.connect(self._show_failure)
        session.recipe_changed.connect(self._mark)
        session.state_changed.connect(self._tell)
        self._begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._looking.want_stages(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.want_stages(False)

    def _begin(self) -> None:
        """Empty tiles, in forward order, where there is a photo for them."""
        photo = self._session.photo
        stages = self._session.network.stages if photo is not None else ()
        if photo is not None:
            self.tiles.set_shape(min(2.0, max(0.5, photo.height / photo.width)))
        self.tiles.tiles.show_tiles([_tile(stage) for stage in stages])
        self.tiles.tiles.forget_pictures()
        self._mark(self._session.recipe)
        self._tell()

    def _show_tile(self, tile: StageTile) -> None:
        self.tiles.tiles.show_picture(tile.layer, pixmap_of(tile.pixels))
        self._tell()

    def _show_failure(self, what: str, line: str) -> None:
        if what == "stages":
            self._say(line)

    def _mark(self, recipe: Recipe) -> None:
        stages = self._session.network.stages
        self.tiles.tiles.mark([stage.name for stage in stages if goal_of_layer(recipe.goals, stage.name)])

    def _tell(self) -> None:
        if not self.tiles.count():
            self._say(_("Open a photo, and every stage of the network dreams on it here."))
        elif not self.tiles.tiles.complete and self._session.state in (State.WAKING, State.DREAMING):
            self._say(waits())
        else:
            self._say("")

    def _say(self, line: str) -> None:
        self.note.setText(line)
        self.note.setVisible(bool(line))
        self.tiles.setVisible(self.tiles.count() > 0)

    def _adopt(self, layer: str) -> None:
        self._session.set_goals((LayerGoal(layer=layer),), _("Dream {layer}").format(layer=layer))


def _tile(stage: Layer) -> Tile:
    return Tile(stage.name, _(stage.tells), _("{what}: dream this").format(what=_(stage.tells)), stage.name)


def waits() -> str:
    """Why a picture is not there yet."""
    return _("Made as soon as the dream rests")


def stack(panel: QWidget, *widgets: QWidget) -> None:
    """The widgets below each other, the last in the room that is left."""
    lines = QVBoxLayout(panel)
    lines.setContentsMargins(8, 8, 0, 8)
    lines.setSpacing(4)
    for widget in widgets[:-1]:
        widget.setContentsMargins(4, 0, 12, 0)
        lines.addWidget(widget)
    lines.addWidget(widgets[-1], stretch=1)
    # What takes the tiles' place while there are none.
    lines.addStretch(0)


def quiet_note() -> QLabel:
    label = QLabel()
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    label.hide()
    return label
