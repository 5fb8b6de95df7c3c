"""Sheets of small pictures: the stages of the network and the channels of a layer, to be clicked."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QImage, QMouseEvent, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QListWidgetItem, QToolButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.recipe import LayerGoal, Recipe
from inceptionist_gui.recipe.goals import MOST_CHANNELS
from inceptionist_gui.render.sheets import StageTile, Tiny
from inceptionist_gui.session.looking import Feature, Looking, Ranking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.layer_tree import in_words
from inceptionist_gui.ui.mixing import goal_of_layer, with_channels
from inceptionist_gui.ui.tiles import CHOSEN, FITS, PICTURE, Tiles
from inceptionist_gui.ui.tips import tip

STAGE_LEAST = 96
CHANNEL_LEAST = 64
_SETTLE = 120
"""Milliseconds without scrolling after which the pictures in sight are made."""
_WAITS = "Made as soon as the dream rests"


class StageSheet(QWidget):
    """Every stage of the network dreaming on the photo; a click takes one up."""

    def __init__(self, session: Session, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self.tiles = Tiles("Stages", STAGE_LEAST, 2 / 3)
        self.note = _quiet()
        _stack(self, self.note, self.tiles)
        self.tiles.itemClicked.connect(self._adopt)
        self.tiles.itemActivated.connect(self._adopt)
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
        self.tiles.clear()
        if photo is not None:
            self.tiles.set_shape(min(2.0, max(0.5, photo.height / photo.width)))
            for stage in self._session.network.stages:
                self.tiles.addItem(_tile(stage.tells, stage.name, tip(f"{stage.tells}: dream this", stage.name)))
        self._mark(self._session.recipe)
        self._tell()

    def _show_tile(self, tile: StageTile) -> None:
        for item in _items(self.tiles):
            if item.data(CHOSEN) == tile.layer:
                item.setData(PICTURE, _pixmap(tile.pixels))
        self._tell()

    def _show_failure(self, what: str, line: str) -> None:
        if what == "stages":
            self._say(line)

    def _mark(self, recipe: Recipe) -> None:
        for item in _items(self.tiles):
            fits = goal_of_layer(recipe.goals, item.data(CHOSEN)) is not None
            item.setData(FITS, fits)
            _name(item, item.text(), fits=fits)

    def _tell(self) -> None:
        missing = any(item.data(PICTURE) is None for item in _items(self.tiles))
        if not self.tiles.count():
            self._say("Open a photo, and every stage of the network dreams on it here.")
        elif missing and self._session.state in (State.WAKING, State.DREAMING):
            self._say(_WAITS)
        else:
            self._say("")

    def _say(self, line: str) -> None:
        self.note.setText(line)
        self.note.setVisible(bool(line))
        self.tiles.setVisible(self.tiles.count() > 0)

    def _adopt(self, item: QListWidgetItem) -> None:
        layer = item.data(CHOSEN)
        self._session.set_goals((LayerGoal(layer=layer),), f"Dream {layer}")


class ChannelSheet(QWidget):
    """The channels of a layer, each with its own picture; a click has the dream follow one alone.

    Ctrl and a click add one to the mix, or take it out.
    """

    def __init__(self, session: Session, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self._layer: Layer | None = None
        self._network = ""
        self._items: dict[int, QListWidgetItem] = {}
        self._ranks: dict[int, int] = {}
        self.title = QElidingLabel()
        self.strongest = QToolButton()
        self.note = _quiet()
        self.tiles = _ChannelTiles()
        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._ask)
        self._connect()

    def _lay_out(self) -> None:
        self.strongest.setText("Strongest first")
        self.strongest.setCheckable(True)
        self.strongest.setChecked(True)
        self.strongest.setProperty("role", "choice")
        self.strongest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.strongest.setToolTip(
            tip(
                "Those first that answer most to the picture; Shift and a drag on the canvas ask of a part alone.",
                "mean activation",
            )
        )
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.title, 1)
        line.addWidget(self.strongest)
        _stack(self, head, self.note, self.tiles)

    def _connect(self) -> None:
        looking, session = self._looking, self._session
        self.strongest.toggled.connect(self._arrange)
        self.tiles.itemClicked.connect(self._on_clicked)
        self.tiles.itemActivated.connect(self._on_clicked)
        self.tiles.verticalScrollBar().valueChanged.connect(self._settle.start)
        looking.ranked.connect(self._rank)
        looking.featured.connect(self._show_feature)
        looking.failed.connect(self._show_failure)
        session.recipe_changed.connect(self._mark)
        session.state_changed.connect(self._tell)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._layer is not None:
            self._looking.want_channels(self._layer.name)
        self._settle.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.want_channels("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._settle.start()

    def show_layer(self, layer: Layer) -> None:
        network = self._session.recipe.network
        if layer == self._layer and network == self._network:
            return
        self._layer, self._network, self._ranks = layer, network, {}
        self.title.setText(in_words(self._session.network, layer.name))
        self.title.setToolTip(tip(layer.tells, layer.name))
        self.tiles.clear()
        self._items = {}
        for channel in range(layer.channels):
            item = _tile(str(channel), channel, tip(f"Channel {channel}"))
            self._items[channel] = item
            self.tiles.addItem(item)
        self._mark(self._session.recipe)
        if self.isVisible():
            self._looking.want_channels(layer.name)
        self._settle.start()

    # What it is told

    def _rank(self, ranking: Ranking) -> None:
        if self._layer is None or ranking.layer != self._layer.name:
            return
        self._ranks = {response.channel: rank for rank, response in enumerate(ranking.responses)}
        for response in ranking.responses:
            line = f"Channel {response.channel}: answers with {response.strength:.2f} on average"
            self._items[response.channel].setToolTip(tip(line))
        self._arrange()

    def _arrange(self) -> None:
        """Puts the tiles in their order."""
        place = self.tiles.verticalScrollBar().value()
        ranks = self._ranks if self.strongest.isChecked() else {}
        while self.tiles.count():
            self.tiles.takeItem(0)
        for channel in sorted(self._items, key=lambda channel: (ranks.get(channel, 0), channel)):
            self.tiles.addItem(self._items[channel])
        self.tiles.verticalScrollBar().setValue(place)
        self._settle.start()

    def _show_feature(self, feature: Feature) -> None:
        if self._layer is not None and feature.layer == self._layer.name:
            self._items[feature.channel].setData(PICTURE, _pixmap(feature.pixels))
            self._tell()

    def _show_failure(self, what: str, line: str) -> None:
        if what in ("ranking", "features"):
            self._say(line)

    def _ask(self) -> None:
        """Has the pictures made that are in sight and missing."""
        missing = self._missing()
        if self._layer is not None and missing:
            self._looking.want_features(self._layer.name, missing)
        self._tell()

    def _missing(self) -> tuple[int, ...]:
        if not self.isVisible():
            return ()
        seen = self.tiles.viewport().rect()
        return tuple(
            item.data(CHOSEN)
            for item in _items(self.tiles)
            if item.data(PICTURE) is None and seen.intersects(self.tiles.visualItemRect(item))
        )

    def _tell(self) -> None:
        dreaming = self._session.state in (State.WAKING, State.DREAMING)
        self._say(_WAITS if dreaming and self._missing() else "")

    def _say(self, line: str) -> None:
        self.note.setText(line)
        self.note.setVisible(bool(line))

    def _mark(self, recipe: Recipe) -> None:
        goal = goal_of_layer(recipe.goals, self._layer.name) if self._layer is not None else None
        chosen = goal.channels if goal else ()
        for channel, item in self._items.items():
            item.setData(FITS, channel in chosen)
            _name(item, f"Channel {channel}", fits=channel in chosen)

    # By hand

    def _on_clicked(self, item: QListWidgetItem) -> None:
        assert self._layer is not None
        channel, layer = item.data(CHOSEN), self._layer.name
        goals = self._session.recipe.goals
        goal = goal_of_layer(goals, layer)
        before = goal.channels if goal else ()
        after = tuple(sorted({*before} ^ {channel})) if self.tiles.mixes else (channel,)
        if len(after) > MOST_CHANNELS:
            self._say(f"A goal holds {MOST_CHANNELS} channels at most, or all of them.")
            return
        self._session.set_goals(with_channels(goals, layer, after), f"Channel {channel} of {layer}")


class _ChannelTiles(Tiles):
    def __init__(self) -> None:
        super().__init__("Channels", CHANNEL_LEAST, 1.0)
        self.mixes = False
        """The last press was with Ctrl."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.mixes = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        super().mousePressEvent(event)


def _tile(title: str, stands_for: object, tells: str) -> QListWidgetItem:
    item = QListWidgetItem(title)
    item.setData(CHOSEN, stands_for)
    item.setToolTip(tells)
    return item


def _name(item: QListWidgetItem, name: str, *, fits: bool) -> None:
    item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{name}, in use" if fits else name)


def _items(tiles: Tiles) -> list[QListWidgetItem]:
    return [tiles.item(row) for row in range(tiles.count())]


def _pixmap(pixels: Tiny) -> QPixmap:
    height, width = pixels.shape[:2]
    image = QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB888)
    # The conversion copies: the pixels may go.
    return QPixmap.fromImage(image)


def _stack(panel: QWidget, *widgets: QWidget) -> None:
    lines = QVBoxLayout(panel)
    lines.setContentsMargins(8, 8, 0, 8)
    lines.setSpacing(4)
    for widget in widgets[:-1]:
        widget.setContentsMargins(4, 0, 12, 0)
        lines.addWidget(widget)
    lines.addWidget(widgets[-1], stretch=1)
    # What takes the tiles' place while there are none.
    lines.addStretch(0)


def _quiet() -> QLabel:
    label = QLabel()
    label.setProperty("role", "quiet")
    label.setWordWrap(True)
    label.hide()
    return label
