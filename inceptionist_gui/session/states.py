"""The history on disk: states in a folder, each with its recipe, its picture and the photo it was made of."""

import hashlib
import os
import shutil
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inceptionist_gui.engine.networks import network_named
from inceptionist_gui.errors import UserError
from inceptionist_gui.media import Picture, Project, ProjectError, write_whole
from inceptionist_gui.media.errors import reason
from inceptionist_gui.media.project import (
    Manifest,
    Part,
    PictureEntry,
    manifest_from,
    part_of,
    project_from,
    thumbnail_of,
)
from inceptionist_gui.recipe import ClassGoal, Goal, Mode, Recipe, described
from inceptionist_gui.recipe.goals import counting
from inceptionist_gui.recipe.provenance import LONGEST_NAME
from inceptionist_gui.words import _

LONGEST_TITLE = 120
"""Characters."""

_MANIFEST, _CARD, _THUMBNAIL, _PHOTOS = "manifest.json", "state.json", "thumbnail.png", "photos"
_DRAFT = ".part-"
_MOST_CARD = 20_000
"""Bytes."""
_MOST_TOLD = 2
"""Goals that a title names."""
_STALE = 3600.0
"""Seconds after which what somebody began to write is not going to be finished."""


class _Card(BaseModel):
    """What is told of a state without opening it."""

    model_config = ConfigDict(frozen=True)
    number: Annotated[int, Field(ge=1)]
    title: Annotated[str, Field(max_length=LONGEST_TITLE)]
    time: Annotated[float, Field(ge=0.0, allow_inf_nan=False)]
    parent: Annotated[str, Field(max_length=100)] = ""
    pinned: bool = False
    photo: Annotated[str, Field(pattern=r"^(photo-[a-z0-9.]{1,60})?$")] = ""
    source: Annotated[str, Field(max_length=LONGEST_NAME)] = ""


@dataclass(frozen=True)
class HistoryState:
    """A picture that was once on the canvas, and how it was made."""

    folder: Path
    card: _Card
    bytes: int
    """On disk, without the photo, which it may share with others."""

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def number(self) -> int:
        """Counts the states, from 1."""
        return self.card.number

    @property
    def title(self) -> str:
        return self.card.title

    @property
    def time(self) -> float:
        """Seconds since 1970."""
        return self.card.time

    @property
    def parent(self) -> str:
        """The id of the state that was shown when its dream began; empty for none."""
        return self.card.parent

    @property
    def pinned(self) -> bool:
        """It stays, whatever room there is."""
        return self.card.pinned

    @property
    def source(self) -> str:
        """The photo's name; empty for none."""
        return self.card.source

    @property
    def thumbnail(self) -> Path:
        """A PNG."""
        return self.folder / _THUMBNAIL

    @cached_property
    def recipe(self) -> Recipe:
        """Raises UserError where it is damaged or gone."""
        return _manifest_of(self).recipe


class States:
    """All states. Its methods take their time, and are called one after another, from whichever thread."""

    def __init__(self, folder: Path) -> None:
        """The folder need not be there yet."""
        self._folder = folder
        self._states: dict[str, HistoryState] | None = None
        self._photo: tuple[Picture, str] | None = None
        """What was kept last, which the next state is likely to share."""
        self.damaged = 0
        """States that could not be read."""

    def all(self) -> tuple[HistoryState, ...]:
        """The oldest first."""
        return tuple(sorted(self._known().values(), key=lambda state: (state.number, state.time)))

    def keep(self, project: Project, parent: str, *, pinned: bool) -> HistoryState:
        """Puts it on disk, whole or not at all; what is there already is not put there again. Raises UserError."""
        if project.result is None:
            raise ValueError("a state shows what was dreamed")
        try:
            return self._keep(project, parent, part_of(project.result, "result"), pinned=pinned)
        except OSError as error:
            raise UserError(_("The history cannot be written ({reason})").format(reason=reason(error))) from error

    def read(self, state: HistoryState) -> Project:
        """Raises UserError where it is damaged or gone."""

        def part(name: str) -> bytes:
            place = self._folder / _PHOTOS if name == state.card.photo else state.folder
            return (place / name).read_bytes()

        name = _("State {number}").format(number=state.number)
        try:
            return project_from(_manifest_of(state), part, name)
        except OSError as error:
            raise ProjectError(_("{name} is gone or damaged").format(name=name)) from error

    def change(self, state: HistoryState, *, title: str | None = None, pinned: bool | None = None) -> HistoryState:
        """Another title, or another word on whether it stays. Raises UserError."""
        new = {"title": title, "pinned": pinned}
        card = state.card.model_copy(update={name: value for name, value in new.items() if value is not None})
        write_whole(state.folder / _CARD, card.model_dump_json().encode())
        changed = replace(state, card=card)
        self._known()[state.id] = changed
        return changed

    def delete(self, states: Iterable[HistoryState]) -> None:
        for state in states:
            self._known().pop(state.id, None)
            shutil.rmtree(state.folder, ignore_errors=True)
        self._drop_photos()

    def prune(self, budget: int, stay: Iterable[str]) -> None:
        """Deletes the oldest until no more than `budget` bytes are taken; none that is pinned or is to `stay`."""
        taken, staying, gone = self._taken(), set(stay), []
        for state in self.all():
            if taken <= budget:
                break
            if not state.pinned and state.id not in staying:
                gone.append(state)
                taken -= state.bytes
        if gone:
            self.delete(gone)

    def _taken(self) -> int:
        photos = self._folder / _PHOTOS
        return sum(state.bytes for state in self._known().values()) + _size_of(photos)

    def _keep(self, project: Project, parent: str, result: Part, *, pinned: bool) -> HistoryState:
        assert project.result is not None
        parts = {"result": result}
        if project.dreamed is not None:
            parts["dreamed"] = part_of(project.dreamed, "dreamed")
        entries = {role: PictureEntry.of(part.name, getattr(project, role)) for role, part in parts.items()}
        photo = None
        if project.photo is not None:
            photo = PictureEntry.of(self._kept_photo(project.photo), project.photo)
        manifest = Manifest(recipe=project.recipe, photo=photo, **entries)
        same = next((s for s in self._known().values() if s.id.endswith(_digest(manifest))), None)
        if same is not None:
            return self.change(same, pinned=True) if pinned and not same.pinned else same
        files = {part.name: part.data for part in parts.values()}
        return self._write(manifest, {**files, _THUMBNAIL: thumbnail_of(project.result)}, parent, pinned=pinned)

    def _write(self, manifest: Manifest, files: dict[str, bytes], parent: str, *, pinned: bool) -> HistoryState:
        card = _Card(
            number=max((state.number for state in self._known().values()), default=0) + 1,
            title=title_of(manifest.recipe),
            time=time.time(),
            parent=parent,
            pinned=pinned,
            photo=manifest.photo.part if manifest.photo else "",
            source=manifest.photo.name if manifest.photo else "",
        )
        folder = self._folder / f"{card.number:06d}-{_digest(manifest)}"
        told = {_CARD: card.model_dump_json().encode(), _MANIFEST: manifest.data()}
        _write_folder(folder, {**files, **told})
        state = HistoryState(folder, card, _size_of(folder))
        self._known()[state.id] = state
        return state

    def _kept_photo(self, photo: Picture) -> str:
        """The name of the photo's file, which is there from now on."""
        if self._photo is not None and self._photo[0] is photo and self._has_photo(self._photo[1]):
            return self._photo[1]
        part = part_of(photo, "photo")
        if not self._has_photo(part.name):
            _make_folder(self._folder / _PHOTOS)
            write_whole(self._folder / _PHOTOS / part.name, part.data)
        self._photo = photo, part.name
        return part.name

    def _has_photo(self, name: str) -> bool:
        return (self._folder / _PHOTOS / name).is_file()

    def _drop_photos(self) -> None:
        """Those that no state needs any more."""
        needed = {state.card.photo for state in self._known().values()}
        with suppress(OSError):
            for path in (self._folder / _PHOTOS).iterdir():
                # Another window's newest photo may wait for its state.
                if path.name not in needed and _age(path) > _STALE:
                    path.unlink(missing_ok=True)

    def _known(self) -> dict[str, HistoryState]:
        if self._states is None:
            self._states = self._found()
        return self._states

    def _found(self) -> dict[str, HistoryState]:
        found: dict[str, HistoryState] = {}
        for folder in _folders_in(self._folder):
            if folder.name.startswith(_DRAFT):
                if _age(folder) > _STALE:
                    shutil.rmtree(folder, ignore_errors=True)
            elif folder.name != _PHOTOS:
                try:
                    found[folder.name] = _state_in(folder)
                except (OSError, ValidationError):
                    self.damaged += 1
        return found


def title_of(recipe: Recipe) -> str:
    """What a state is called until it is given another name."""
    if recipe.mode is Mode.FOOL:
        return recipe.fool.label[:LONGEST_TITLE]
    goals = counting(recipe.goals) or recipe.goals
    told = [_in_words(goal, recipe.network) for goal in goals[:_MOST_TOLD]]
    more = f" +{len(goals) - _MOST_TOLD}" if len(goals) > _MOST_TOLD else ""
    return (", ".join(told) + more)[:LONGEST_TITLE]


def _in_words(goal: Goal, network: str) -> str:
    """The goal with its layer called by what that brings out."""
    if isinstance(goal, ClassGoal):
        return described(goal)
    try:
        known = network_named(network)
        layer = known.layer(goal.layer)
    except UserError:
        return described(goal)
    stage = next(stage for stage in known.stages if layer in stage.walk())
    return described(goal).replace(goal.layer, _(stage.tells), 1)


def _digest(manifest: Manifest) -> str:
    """The same for the same recipe, photo and picture."""
    told = manifest.model_dump_json(exclude={"program"})
    return hashlib.sha256(told.encode()).hexdigest()[:20]


def _manifest_of(state: HistoryState) -> Manifest:
    name = _("State {number}").format(number=state.number)
    try:
        return manifest_from((state.folder / _MANIFEST).read_bytes(), name)
    except OSError as error:
        raise ProjectError(_("{name} is gone or damaged").format(name=name)) from error


def _state_in(folder: Path) -> HistoryState:
    """Raises OSError or ValidationError where it is damaged."""
    with (folder / _CARD).open("rb") as file:
        card = _Card.model_validate_json(file.read(_MOST_CARD))
    if not (folder / _MANIFEST).is_file():
        raise FileNotFoundError(_MANIFEST)
    return HistoryState(folder, card, _size_of(folder))


def _write_folder(folder: Path, files: dict[str, bytes]) -> None:
    """The folder appears whole or not at all."""
    _make_folder(folder.parent)
    draft = folder.with_name(f"{_DRAFT}{os.urandom(8).hex()}")
    draft.mkdir(mode=0o700)
    try:
        for name, data in files.items():
            write_whole(draft / name, data)
        draft.rename(folder)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _make_folder(folder: Path) -> None:
    # It shows the user's pictures, which are nobody else's business.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _folders_in(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir()]
    except OSError:
        return []


def _size_of(folder: Path) -> int:
    with suppress(OSError), os.scandir(folder) as entries:
        return sum(entry.stat().st_size for entry in entries if entry.is_file())
    return 0


def _age(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except OSError:
        return 0.0
