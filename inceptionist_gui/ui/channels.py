"""Channels of a layer as an artist types them: "all", or numbers and ranges."""

import re
from collections.abc import Iterable, Iterator

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QWidget

from inceptionist_gui.recipe import RecipeError
from inceptionist_gui.recipe.goals import MOST_CHANNELS
from inceptionist_gui.ui.tips import tip
from inceptionist_gui.words import _, later

ALL = later("all")
_DASH = re.compile(r"\s*[-–]\s*")  # noqa: RUF001  Phones and word processors write the longer one.
_PART = re.compile(r"(\d{1,6})(?:-(\d{1,6}))?")


def channels_from_text(text: str, count: int) -> tuple[int, ...]:
    """The channels named in "3, 17, 40-44", in order and each once; empty for all of the `count` there are.

    Raises RecipeError.
    """
    wanted = _DASH.sub("-", text.strip().casefold())
    if wanted in ("", ALL, _(ALL)):
        return ()
    parts = re.split(r"[,;\s]+", wanted)
    chosen = sorted({channel for part in parts if part for channel in _channels_of(part, count)})
    if len(chosen) == count:
        return ()
    if len(chosen) > MOST_CHANNELS:
        raise RecipeError(_("At most {count} channels, or all").format(count=MOST_CHANNELS))
    return tuple(chosen)


def channels_text(channels: Iterable[int]) -> str:
    """The channels as `channels_from_text` reads them, runs of three and more as ranges."""
    return ", ".join(_run_text(run) for run in _runs(channels)) or _(ALL)


def _channels_of(part: str, count: int) -> range:
    match = _PART.fullmatch(part)
    if match is None:
        raise RecipeError(_("{part} is no channel: write all, or as in 3, 17, 40-44").format(part=part[:20]))
    first = int(match[1])
    last = int(match[2] or first)
    if max(first, last) >= count:
        raise RecipeError(
            _("There is no channel {number}: they are 0 to {last}").format(number=max(first, last), last=count - 1)
        )
    return range(min(first, last), max(first, last) + 1)


def _runs(channels: Iterable[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for channel in channels:
        if run and channel != run[-1] + 1:
            yield run
            run = []
        run.append(channel)
    if run:
        yield run


def _run_text(run: list[int]) -> str:
    return f"{run[0]}-{run[-1]}" if len(run) > 2 else ", ".join(str(channel) for channel in run)


class ChannelsField(QWidget):
    """A field for the channels of a layer; what is wrong with them is said below it."""

    chosen = Signal(object)
    """The channels as a tuple, by hand; empty for all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 1
        self._channels: tuple[int, ...] = ()
        self.field = QLineEdit()
        # A picture dropped here is to be opened by the window, not typed as an address.
        self.field.setAcceptDrops(False)
        self.field.setPlaceholderText(_(ALL))
        self.field.setAccessibleName(_("Channels"))
        self.field.editingFinished.connect(self._commit)
        self.fault = QLabel()
        self.fault.setProperty("role", "fault")
        self.fault.setWordWrap(True)
        self.fault.hide()
        self.field.textEdited.connect(self.fault.hide)
        title = QLabel(_("Channels"))
        title.setProperty("role", "quiet")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(1, 1)
        grid.addWidget(title, 0, 0)
        grid.addWidget(self.field, 0, 1)
        grid.addWidget(self.fault, 1, 1)

    def show_channels(self, channels: tuple[int, ...], count: int) -> None:
        """Shows the chosen ones of `count` channels; nothing is emitted."""
        self._channels, self._count = channels, count
        self.field.setText(channels_text(channels))
        self.field.setCursorPosition(0)
        self.field.setToolTip(
            tip(
                _("Which of the channels 0 to {last} to bring out: all, or as in 3, 17, 40-44").format(
                    last=count - 1
                )
            )
        )
        self.fault.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_channels(self._channels, self._count)
            self.field.clearFocus()
        else:
            super().keyPressEvent(event)

    def _commit(self) -> None:
        try:
            channels = channels_from_text(self.field.text(), self._count)
        except RecipeError as error:
            self.fault.setText(str(error))
            self.fault.show()
            return
        changed = channels != self._channels
        self.show_channels(channels, self._count)
        # The keys that follow are the window's again, as space to dream.
        self.field.clearFocus()
        if changed:
            self.chosen.emit(channels)
