"""What the stages of the network and the presets make of the user's own picture: small, and in the background."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from inceptionist_gui.media import Picture
from inceptionist_gui.recipe import Preset, Recipe
from inceptionist_gui.render.cache import Cache
from inceptionist_gui.render.sheets import PresetTile, StageTile, contact_sheet, preset_sheet
from inceptionist_gui.render.still import Means
from inceptionist_gui.session.looker import Chore, Looker, Steps
from inceptionist_gui.session.session import Session

_SOON = 600
"""Milliseconds after a photo was opened: it is to be seen first."""


class Previews(QObject):
    """Has small pictures made of the photo while nothing is dreamed, for those that are to be seen.

    The stages are shown with the usual sliders, so that they need not be made anew with every change.
    """

    stages_begun = Signal()
    """Of another photo or network: what was there no longer holds."""
    staged = Signal(object)
    """A StageTile."""
    presets_begun = Signal()
    """Of another photo, or of none."""
    dressed = Signal(object)
    """A PresetTile."""
    remaining_changed = Signal(int)
    """So many presets are yet to come."""

    def __init__(self, session: Session, looker: Looker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._looker = looker
        self._cache = Cache()
        self._stages_wanted = False
        self._presets: tuple[Preset, ...] | None = None
        self._stages_of: tuple[Picture | None, str] = (None, "")
        self._presets_of: tuple[Picture | None, tuple[Preset, ...]] = (None, ())
        self._stages: Chore | None = None
        self._dressing: Chore | None = None
        self.remaining = 0
        self._soon = QTimer(self, singleShot=True, interval=_SOON)
        self._soon.timeout.connect(self._catch_up)
        looker.stepped.connect(self._on_stepped)
        session.picture_opened.connect(self._on_opened)
        session.recipe_changed.connect(self._on_recipe)

    def want_stages(self, on: bool) -> None:
        """Whether somebody sees the stages."""
        self._stages_wanted = on
        self._soon.start()

    def want_presets(self, presets: Sequence[Preset] | None) -> None:
        """These are to be seen; None where none are."""
        self._presets = None if presets is None else tuple(presets)
        self._soon.start()

    def _on_opened(self, _photo: Picture | None) -> None:
        self._soon.start()

    def _on_recipe(self, recipe: Recipe) -> None:
        if recipe.network != self._stages_of[1]:
            self._soon.start()

    def _catch_up(self) -> None:
        # The looker does first what is begun last.
        if self._presets is not None:
            self._dress(self._session.photo, self._presets)
        if self._stages_wanted:
            self._stage(self._session.photo, self._session.recipe.network)

    def _stage(self, photo: Picture | None, network: str) -> None:
        before, self._stages_of = self._stages_of, (photo, network)
        if before[0] is photo and before[1] == network:
            return
        sheet = (
            None if photo is None else contact_sheet(Recipe(network=network), photo, self._means(), self._cache)
        )
        self._stages = self._begun("explorer", sheet)
        self.stages_begun.emit()

    def _dress(self, photo: Picture | None, presets: tuple[Preset, ...]) -> None:
        before, self._presets_of = self._presets_of, (photo, presets)
        if before[0] is photo and before[1] == presets:
            return
        sheet = None if photo is None else preset_sheet(presets, photo, self._means(), self._cache)
        self._dressing = self._begun("presets", sheet)
        if before[0] is not photo:
            self.presets_begun.emit()
        self._count(len(presets) if photo else 0)

    def _begun(self, name: str, steps: Steps | None) -> Chore | None:
        self._looker.drop(name)
        if steps is None:
            return None
        chore = Chore(name, steps)
        self._looker.begin(chore)
        return chore

    def _means(self) -> Means:
        return Means(self._session.device)

    def _count(self, remaining: int) -> None:
        self.remaining = remaining
        self.remaining_changed.emit(remaining)

    def _on_stepped(self, chore: Chore, step: object) -> None:
        if chore is self._stages and isinstance(step, StageTile):
            self.staged.emit(step)
        elif chore is self._dressing and isinstance(step, PresetTile):
            self.dressed.emit(step)
            self._count(max(0, self.remaining - 1))
