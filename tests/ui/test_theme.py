"""The themes: legible, neutral, and worn by the whole window at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from inceptionist_gui.session.settings import Settings, ThemeChoice
from inceptionist_gui.ui.theme import Theme, style_sheet
from inceptionist_gui.ui.tones import DARK, LIGHT, Tones
from inceptionist_gui.ui.window import Window

pytestmark = pytest.mark.qt
LEGIBLE, SEEN = 4.5, 3.0


def luminance(tone: str) -> float:
    def linear(level: float) -> float:
        return level / 12.92 if level <= 0.04045 else ((level + 0.055) / 1.055) ** 2.4

    colour = QColor(tone)
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("tones", [DARK, LIGHT])
def test_text_is_legible(tones: Tones) -> None:
    for text in (tones.text, tones.quiet):
        for ground in (tones.window, tones.surround, tones.field, tones.note):
            assert contrast(text, ground) >= LEGIBLE, (text, ground)
    for ground in (tones.raised, tones.hover):
        assert contrast(tones.text, ground) >= LEGIBLE
    for ground in (tones.accent, tones.accent_hover):
        assert contrast(tones.on_accent, ground) >= LEGIBLE
    # Words in colours: the tab that has the focus, the mark of a fault.
    assert contrast(tones.accent, tones.window) >= LEGIBLE
    assert contrast(tones.fault, tones.note) >= LEGIBLE
    # Lines and rings that show where the focus is need less.
    assert contrast(tones.accent, tones.field) >= SEEN
    assert contrast(tones.accent, tones.surround) >= SEEN


@pytest.mark.parametrize("tones", [DARK, LIGHT])
def test_what_lies_around_the_picture_is_neutral(tones: Tones) -> None:
    for tone in (tones.window, tones.surround, tones.field, tones.raised, tones.line):
        colour = QColor(tone)
        assert colour.red() == colour.green() == colour.blue()


@pytest.mark.parametrize("tones", [DARK, LIGHT])
def test_no_name_is_left_in_the_style_sheet(tones: Tones) -> None:
    sheet = style_sheet(tones)
    assert tones.accent in sheet
    assert "{" not in sheet.replace(" {", "")


def test_switching_dresses_the_window_and_is_remembered(window: Window, settings: Settings, theme: Theme) -> None:
    surround = window.canvas.palette().color(QPalette.ColorRole.Dark)
    icon = window.actions_.open.icon().pixmap(16).toImage()
    window.actions_.themes[ThemeChoice.LIGHT].trigger()
    assert theme.tones is LIGHT
    assert window.canvas.palette().color(QPalette.ColorRole.Dark) != surround
    assert window.actions_.open.icon().pixmap(16).toImage() != icon
    assert settings.theme is ThemeChoice.LIGHT


def test_the_system_theme_follows_the_system_while_it_runs(theme: Theme, monkeypatch: pytest.MonkeyPatch) -> None:
    theme.choose(ThemeChoice.SYSTEM)
    hints = type(theme._application.styleHints())
    monkeypatch.setattr(hints, "colorScheme", lambda _: Qt.ColorScheme.Light)
    theme._application.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tones is LIGHT
    theme.choose(ThemeChoice.DARK)
    theme._application.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme.tones is DARK


def test_the_system_theme_is_one_of_the_two(theme: Theme) -> None:
    theme.choose(ThemeChoice.SYSTEM)
    assert theme.tones in (DARK, LIGHT)
