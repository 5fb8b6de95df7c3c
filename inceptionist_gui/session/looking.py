"""What is looked at, and when: the session's picture as it is on the canvas, and the sheets made from it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from inceptionist_gui.engine.device_names import DeviceName
from inceptionist_gui.engine.region import WHOLE, Region
from inceptionist_gui.media import Picture, Pixels, as_float32
from inceptionist_gui.recipe import Recipe
from inceptionist_gui.render.cache import Cache
from inceptionist_gui.render.sheets import StageTile, Tiny, contact_sheet, feature_picture
from inceptionist_gui.render.still import Means
from inceptionist_gui.session.exchange import View
from inceptionist_gui.session.looker import Chore, Heat, Looker, Opinion, Sight, Steps, Wanted, loaded, reduced
from inceptionist_gui.session.session import Session
from inceptionist_gui.session.state import State

if TYPE_CHECKING:
    from inceptionist_gui.engine.evidence import Response

_SOON = 400
"""Milliseconds in which further changes are waited for before long work begins anew."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """A layer's channels, as they answer to the picture, strongest first."""

    layer: str
    responses: "tuple[Response, ...]"


@dataclass(frozen=True, slots=True, eq=False)
class Feature:
    """What a channel is like by itself."""

    layer: str
    channel: int
    pixels: Tiny


class Looking(QObject):
    """Asks the looker about the session's picture, for as long as somebody wants to know.

    Looks follow the picture while it dreams; all else waits until the dream rests.
    """

    opined = Signal(object)
    """An Opinion; None when there is nothing to be seen."""
    heated = Signal(object)
    """A Heat to be laid over the picture; None when it is to go."""
    wanted_changed = Signal(object)
    """A Wanted, or None: whose evidence is to be seen."""
    opened = Signal()
    """Another picture is looked at; nothing of it is chosen yet."""
    stages_changed = Signal()
    """Tiles of another photo or network are on their way, or of none."""
    staged = Signal(object)
    """A StageTile."""
    ranked = Signal(object)
    """A Ranking."""
    featured = Signal(object)
    """A Feature."""
    associated = Signal(object)
    """A Progress of the association; its last is whole."""
    failed = Signal(str, str)
    """What for, and one line."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._cache = Cache()
        self._looker = Looker(self)
        self._pixels: Pixels | None = None
        """What is on the canvas."""
        self._network = session.recipe.network
        self._watched = False
        self._wanted: Wanted | None = None
        self._stages_wanted = False
        self._stages_of: tuple[Picture, Recipe] | None = None
        self._layer = ""
        self._region = WHOLE
        self._ranked_of: tuple[Pixels, str, Region, str] | None = None
        self._chores: dict[str, Chore] = {}
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._catch_up)
        self._listen()

    def _listen(self) -> None:
        session, looker = self._session, self._looker
        session.picture_opened.connect(self._on_opened)
        session.viewed.connect(self._on_viewed)
        session.result_changed.connect(self._on_result)
        session.recipe_changed.connect(self._on_recipe)
        session.state_changed.connect(self._on_state)
        looker.opined.connect(self._on_opined)
        looker.heated.connect(self._on_heated)
        looker.stepped.connect(self._on_stepped)
        looker.failed.connect(self._on_failed)
        if session.photo is not None:
            self._on_opened(session.photo)

    @property
    def looker(self) -> Looker:
        """The thread that looks, for whoever has other chores for it."""
        return self._looker

    @property
    def wanted(self) -> Wanted | None:
        """The class whose evidence is to be seen."""
        return self._wanted

    # What somebody wants to know

    def watch(self, on: bool) -> None:
        """Whether the classes are to be told, from now on and with every change of the picture."""
        self._watched = on
        self._look()

    def want(self, wanted: Wanted | None) -> None:
        """Has the evidence for a class follow the picture, or no more."""
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.wanted_changed.emit(wanted)
        if wanted is None:
            self.heated.emit(None)
        self._look()

    def want_stages(self, on: bool) -> None:
        """Whether every stage is to dream on the photo."""
        self._stages_wanted = on
        if on:
            self._catch_up()
        else:
            self._give_up("stages")
            self._stages_of = None

    def want_channels(self, layer: str) -> None:
        """Has the channels of a layer ranked as they answer to the picture; of none where it is empty."""
        self._layer = layer
        self._give_up("features")
        self._rank()

    def look_within(self, region: Region) -> None:
        """Channels answer to this part of the picture."""
        self._region = region
        self._rank()

    def want_features(self, layer: str, channels: tuple[int, ...]) -> None:
        """Has these channels' own pictures made, in place of those wanted before."""
        steps = _features(self._session.recipe.network, layer, channels, self._means(), self._cache)
        self._begin("features", steps)

    def associate(self, label: str, times: int) -> None:
        """Imagines a class so many times, and tells what else is seen in it."""
        network = self._session.recipe.network
        self._begin("association", _associating(label, network, times, self._means()))

    def give_up_association(self) -> None:
        self._give_up("association")

    def close(self) -> None:
        """Ends the thread."""
        self._soon.stop()
        self._looker.leave()

    # What the session tells

    def _on_opened(self, picture: Picture | None) -> None:
        self.want(None)
        self._region = WHOLE
        self.opened.emit()
        self._see(None if picture is None else picture.pixels)
        self._soon.start()

    def _on_viewed(self, view: View) -> None:
        self._pixels = view.pixels
        self._look(live=self._session.state is State.DREAMING)

    def _on_result(self, picture: Picture | None) -> None:
        if picture is not None:
            self._see(picture.pixels)
            self._soon.start()

    def _on_recipe(self, recipe: Recipe) -> None:
        if recipe.network != self._network:
            self._network = recipe.network
            self.want(None)
            self._look()
        self._soon.start()

    def _on_state(self, state: State) -> None:
        self._looker.rest(state in (State.WAKING, State.DREAMING))

    def _see(self, pixels: Pixels | None) -> None:
        self._pixels = pixels
        if pixels is None:
            self.opined.emit(None)
        self._look()

    def _look(self, *, live: bool = False) -> None:
        if self._pixels is not None and (self._watched or self._wanted is not None):
            self._looker.look(Sight(self._pixels, self._network, self._session.device, live, self._wanted))
        else:
            self._looker.look(None)

    def _catch_up(self) -> None:
        """Begins anew what no longer holds."""
        self._rank()
        photo = self._session.photo
        if not self._stages_wanted:
            return
        if photo is None:
            self._give_up("stages")
            self._stages_of = None
            self.stages_changed.emit()
            return
        asked = photo, _of_no_goal(self._session.recipe)
        before, self._stages_of = self._stages_of, asked
        if before is None or before[0] is not photo or before[1].network != asked[1].network:
            self.stages_changed.emit()
        if asked != before:
            self._begin("stages", contact_sheet(self._session.recipe, photo, self._means(), self._cache))

    def _rank(self) -> None:
        if not self._layer or self._pixels is None:
            self._ranked_of = None
            self._give_up("ranking")
            return
        asked = self._pixels, self._layer, self._region, self._network
        before, self._ranked_of = self._ranked_of, asked
        if before is None or before[0] is not asked[0] or before[1:] != asked[1:]:
            place = self._network, self._session.device
            self._begin("ranking", _ranking(self._pixels, self._layer, self._region, *place))

    # What the looker tells

    def _on_opined(self, opinion: Opinion) -> None:
        if self._watched and self._pixels is not None:
            self.opined.emit(opinion)

    def _on_heated(self, heat: Heat) -> None:
        if heat.wanted == self._wanted:
            self.heated.emit(heat)

    def _on_stepped(self, chore: Chore, step: object) -> None:
        if self._chores.get(chore.name) is not chore:
            return
        match step:
            case StageTile():
                self.staged.emit(step)
            case Ranking():
                self.ranked.emit(step)
            case Feature():
                self.featured.emit(step)
            case _:
                self.associated.emit(step)

    def _on_failed(self, chore: Chore | None, line: str) -> None:
        if chore is None or self._chores.get(chore.name) is chore:
            self.failed.emit("look" if chore is None else chore.name, line)

    def _begin(self, name: str, steps: Steps) -> None:
        self._chores[name] = Chore(name, steps)
        self._looker.begin(self._chores[name])

    def _give_up(self, name: str) -> None:
        if self._chores.pop(name, None) is not None:
            self._looker.drop(name)

    def _means(self) -> Means:
        return Means(self._session.device)


def _of_no_goal(recipe: Recipe) -> Recipe:
    """What of a recipe counts where every stage takes its turn as the goal, at a size of its own."""
    plain = Recipe()
    fields = ("goals", "mask", "restored", "size", "mode")
    return recipe.model_copy(update={field: getattr(plain, field) for field in fields})


def _ranking(pixels: Pixels, layer: str, region: Region, network: str, wish: DeviceName) -> Steps:
    from inceptionist_gui.engine.evidence import responses

    yield Ranking(layer, responses(as_float32(reduced(pixels)), loaded(network, wish), layer, region))


def _features(network: str, layer: str, channels: tuple[int, ...], means: Means, cache: Cache) -> Steps:
    for channel in channels:
        yield Feature(layer, channel, feature_picture(network, layer, channel, means, cache))


def _associating(label: str, network: str, times: int, means: Means) -> Steps:
    from inceptionist_gui.render.association import associating

    yield from associating(label, network, times, means=means)
