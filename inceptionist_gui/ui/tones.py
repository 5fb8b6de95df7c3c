"""The colours of the studio: neutral greys that do not tint the eye, and one accent."""

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QPalette

if TYPE_CHECKING:
    from collections.abc import Iterator

Role = QPalette.ColorRole


@dataclass(frozen=True, slots=True)
class Tones:
    """One theme's colours. Text on its ground keeps a contrast of 4.5 to 1 or more."""

    window: str
    """Panels and bars."""
    surround: str
    """Around the picture."""
    field: str
    """What is typed or chosen in."""
    raised: str
    """Buttons."""
    hover: str
    line: str
    text: str
    quiet: str
    disabled: str
    accent: str
    on_accent: str
    accent_hover: str
    note: str
    """Ground of messages and tooltips."""
    fault: str
    """The mark of an error message."""

    def palette(self) -> QPalette:
        palette = QPalette(QColor(self.raised), QColor(self.window))
        for role, tone in self._roles():
            palette.setColor(role, QColor(tone))
        for role in (Role.WindowText, Role.Text, Role.ButtonText, Role.PlaceholderText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(self.disabled))
        palette.setColor(QPalette.ColorGroup.Disabled, Role.Highlight, QColor(self.line))
        return palette

    def _roles(self) -> "Iterator[tuple[QPalette.ColorRole, str]]":
        yield Role.Window, self.window
        yield Role.WindowText, self.text
        yield Role.Base, self.field
        yield Role.AlternateBase, self.window
        yield Role.Text, self.text
        yield Role.PlaceholderText, self.quiet
        yield Role.Button, self.raised
        yield Role.ButtonText, self.text
        yield Role.BrightText, self.on_accent
        yield Role.Highlight, self.accent
        yield Role.Accent, self.accent
        yield Role.HighlightedText, self.on_accent
        yield Role.Link, self.accent
        yield Role.LinkVisited, self.accent
        yield Role.ToolTipBase, self.note
        yield Role.ToolTipText, self.text
        yield Role.Mid, self.line
        # The canvas paints its surround with it.
        yield Role.Dark, self.surround

    def names(self) -> dict[str, str]:
        return asdict(self)


DARK = Tones(
    window="#262626",
    surround="#343434",
    field="#1b1b1b",
    raised="#383838",
    hover="#444444",
    line="#474747",
    text="#e3e3e3",
    quiet="#a6a6a6",
    disabled="#6e6e6e",
    accent="#e5a04f",
    on_accent="#1d1206",
    accent_hover="#f0b36c",
    note="#131313",
    fault="#ff8a7a",
)

LIGHT = Tones(
    window="#ededed",
    surround="#c4c4c4",
    field="#fbfbfb",
    raised="#fafafa",
    hover="#ffffff",
    line="#c6c6c6",
    text="#1c1c1c",
    quiet="#4f4f4f",
    disabled="#9a9a9a",
    accent="#9c5a0e",
    on_accent="#ffffff",
    accent_hover="#86490a",
    note="#ffffff",
    fault="#b3261e",
)
