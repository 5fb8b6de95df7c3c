"""The channels of a layer, each with its own picture: a grid that may be thousands of tiles long."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QIntValidator, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QWidget

from inceptionist_gui.engine.networks import Layer
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.recipe.goals import MOST_CHANNELS
from inceptionist_gui.session.looking import Feature, Looking, Ranking
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State
from inceptionist_gui.ui.eliding import ElidingLabel
from inceptionist_gui.ui.layer_tree import in_words
from inceptionist_gui.ui.mixing import goal_of_layer, with_channels
from inceptionist_gui.ui.pixmaps import pixmap_of
from inceptionist_gui.ui.sheets import quiet_note, stack, waits
from inceptionist_gui.ui.tiles import ENTER, Tile, Tiles
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _

CHANNEL_LEAST = 64
_SETTLE = 120
"""Milliseconds without scrolling after which the pictures in sight are made."""
_FIND_WIDTH = 80


class ChannelSheet(QWidget):
    """The channels of a layer; a click has the dream follow one alone.

    Ctrl and a click, Enter or the space bar add one to the mix, or take it out. A number typed finds its channel.
    """

    def __init__(self, session: Session, looking: Looking, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looking = looking
        self._layer: Layer | None = None
        self._network = ""
        self._ranks: dict[int, int] = {}
        self._strengths: dict[int, float] = {}
        self.title = ElidingLabel()
        self.number = _FindField()
        self.strongest = QToolButton()
        self.note = quiet_note()
        self.tiles = _ChannelTiles()
        self._lay_out()
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE)
        self._settle.timeout.connect(self._ask)
        self._connect()

    def _lay_out(self) -> None:
        self.strongest.setText(_("Strongest first"))
        self.strongest.setCheckable(True)
        self.strongest.setChecked(True)
        self.strongest.setProperty("role", "choice")
        self.strongest.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.strongest.setToolTip(
            tip(
                _("Those first that answer most to the picture; Shift and a drag on the canvas ask of a part."),
                _("mean activation"),
            )
        )
        head = QWidget()
        line = QHBoxLayout(head)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        line.addWidget(self.number)
        line.addStretch(1)
        line.addWidget(self.strongest)
        stack(self, self.title, head, self.note, self.tiles)

    def _connect(self) -> None:
        looking, session = self._looking, self._session
        self.strongest.toggled.connect(self._arrange)
        self.number.sought.connect(self._seek)
        self.number.entered.connect(lambda: self._take(self.number.channel, mixed=True))
        self.tiles.chosen.connect(lambda channel: self._take(channel, mixed=False))
        self.tiles.mixed.connect(lambda channel: self._take(channel, mixed=True))
        self.tiles.entered.connect(lambda channel: self._take(channel, mixed=True))
        self.tiles.typed.connect(self.number.begin)
        # Not the timer's own slot: it would take the bar's value for an interval.
        self.tiles.verticalScrollBar().valueChanged.connect(lambda _place: self._settle.start())
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
        self._layer, self._network, self._ranks, self._strengths = layer, network, {}, {}
        self.title.setText(in_words(self._session.network, layer.name))
        self.title.setToolTip(tip(_(layer.tells), layer.name))
        self.number.show_count(layer.channels)
        self.tiles.tiles.forget_pictures()
        self._arrange()
        self.tiles.scrollToTop()
        self._mark(self._session.recipe)
        if self.isVisible():
            self._looking.want_channels(layer.name)

    # What it is told

    def _rank(self, ranking: Ranking) -> None:
        if self._layer is None or ranking.layer != self._layer.name:
            return
        self._ranks = {response.channel: rank for rank, response in enumerate(ranking.responses)}
        self._strengths = {response.channel: response.strength for response in ranking.responses}
        self._arrange()

    def _arrange(self) -> None:
        """Puts the tiles in their order; what was current stays so."""
        if self._layer is None:
            return
        place, current = self.tiles.verticalScrollBar().value(), self.tiles.current()
        ranks = self._ranks if self.strongest.isChecked() else {}
        order = sorted(range(self._layer.channels), key=lambda channel: (ranks.get(channel, 0), channel))
        self.tiles.tiles.show_tiles([self._tile(channel) for channel in order])
        self.tiles.make_current(current)
        self.tiles.verticalScrollBar().setValue(place)
        self._settle.start()

    def _tile(self, channel: int) -> Tile:
        name, strength = _("Channel {number}").format(number=channel), self._strengths.get(channel)
        told = _("{channel}: answers with {strength} on average")
        tells = name if strength is None else told.format(channel=name, strength=f"{strength:.2f}")
        return Tile(channel, str(channel), tells, name=name)

    def _show_feature(self, feature: Feature) -> None:
        if self._layer is not None and feature.layer == self._layer.name:
            self.tiles.tiles.show_picture(feature.channel, pixmap_of(feature.pixels))
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
        model = self.tiles.tiles
        seen = (model.tile(row).key for row in self.tiles.in_sight())
        return tuple(key for key in seen if isinstance(key, int) and model.picture_of(key) is None)

    def _tell(self) -> None:
        dreaming = self._session.state in (State.WAKING, State.DREAMING)
        self._say(waits() if dreaming and self._missing() else "")

    def _say(self, line: str) -> None:
        self.note.setText(line)
        self.note.setVisible(bool(line))

    def _mark(self, recipe: Recipe) -> None:
        goal = goal_of_layer(recipe.goals, self._layer.name) if self._layer is not None else None
        self.tiles.tiles.mark(goal.channels if goal else ())

    # By hand

    def _seek(self, channel: int) -> None:
        self.tiles.make_current(channel)
        self.tiles.show_tile(channel)

    def _take(self, channel: int, *, mixed: bool) -> None:
        assert self._layer is not None
        goals, layer = self._session.recipe.goals, self._layer.name
        goal = goal_of_layer(goals, layer)
        before = goal.channels if goal else ()
        after = tuple(sorted({*before} ^ {channel})) if mixed else (channel,)
        if len(after) > MOST_CHANNELS:
            self._say(_("A goal holds {count} channels at most, or all of them.").format(count=MOST_CHANNELS))
            return
        text = _("Channel {number} of {layer}").format(number=channel, layer=layer)
        self._session.set_goals(with_channels(goals, layer, after), text)


class _ChannelTiles(Tiles):
    takes_space = True
    typed = Signal(str)
    """A digit that belongs in the field for a number."""

    def __init__(self) -> None:
        super().__init__(_("Channels"), CHANNEL_LEAST, 1.0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text().isdecimal():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)


class _FindField(QLineEdit):
    """A channel's number: typing goes to it, Enter takes it into the mix or out."""

    sought = Signal(int)
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._validator = QIntValidator(self)
        self._validator.setBottom(0)
        self.setValidator(self._validator)
        self.setFixedWidth(_FIND_WIDTH)
        self.setAcceptDrops(False)
        self.setPlaceholderText(_("Number"))
        self.setAccessibleName(_("Find a channel by its number"))
        self.textEdited.connect(self._on_edited)

    @property
    def channel(self) -> int:
        return int(self.text())

    def show_count(self, count: int) -> None:
        """There are so many channels."""
        self._validator.setTop(count - 1)
        self.clear()
        line = _("Go to a channel, 0 to {last}; Enter takes it into the mix, or out").format(last=count - 1)
        self.setToolTip(tip(line))

    def begin(self, digit: str) -> None:
        """What was typed elsewhere goes on here."""
        self.setFocus()
        if self._within(digit):
            self.setText(digit)
            self._on_edited(digit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            if self._within(self.text()):
                self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def _on_edited(self, text: str) -> None:
        if self._within(text):
            self.sought.emit(int(text))

    def _within(self, text: str) -> bool:
        return text.isdecimal() and int(text) <= self._validator.top()
