"""How well each theme can be seen, worked out as WCAG 2.2 does (success criteria 1.4.3, 1.4.6 and 1.4.11)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import Theme

from rchrp_goals.screens.themes import ANSI, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, THEMES
from rchrp_goals.store.settings_spec import BY_NAME
from tests.screens.driver import driven
from tests.services.desk import desk_in, sit
from widgets.themes import DARK

GROUNDS = ("background", "surface", "panel")
READ = ("foreground", "quiet", "primary", "secondary", "accent", "warning", "success", "error")
"""What words are written in, or would be one day."""
DRAWN = ("line",)

PALETTES = {
    "xterm": "#ff00ff",
    "Terminal of macOS": "#e500e5",
    "Windows Terminal": "#b4009e",
    "GNOME": "#c061cb",
    "Linux console": "#ff55ff",
}
"""What terminals show as bright magenta."""

OWN_COLOURS = [theme for theme in THEMES.values() if not theme.ansi]


def colour(theme: Theme, name: str) -> Color:
    return Color.parse(theme.variables.get(name) or getattr(theme, name))


def luminance(of: Color) -> float:
    def linear(part: int) -> float:
        share = part / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    return 0.2126 * linear(of.r) + 0.7152 * linear(of.g) + 0.0722 * linear(of.b)


def contrast(one: Color, other: Color) -> float:
    """Give the contrast of two colours, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def painted(picture: str) -> set[str]:
    """Give the colours of words and grounds in Textual's picture of a screen."""
    inks = dict(re.findall(r"-(r\d+) \{ fill: (#[0-9a-f]{6})", picture))
    written = re.findall(r'<text class="[^"]*-(r\d+)"[^>]*>([^<]*)</text>', picture)
    grounds = re.findall(r'<rect fill="(#[0-9a-f]{6})" x=', picture)
    return {inks[name] for name, text in written if text.replace("&#160;", "").strip()} | set(grounds)


def is_alike(one: Color, other: Color) -> bool:
    """Tell whether two colours differ by rounding at most."""
    return all(abs(ours - theirs) <= 1 for ours, theirs in zip(one.rgb, other.rgb, strict=True))


def test_contrast_is_worked_out_as_it_should() -> None:
    assert contrast(Color.parse("#ffffff"), Color.parse("#000000")) == pytest.approx(21)
    assert contrast(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(4.48, abs=0.01)


def test_every_setting_has_its_theme() -> None:
    assert ["auto", *THEMES] == list(BY_NAME["theme"].choices)
    assert len({theme.name for theme in THEMES.values()}) == len(THEMES)


@pytest.mark.parametrize("theme", OWN_COLOURS, ids=lambda theme: theme.name)
@pytest.mark.parametrize("ground", GROUNDS)
def test_every_voice_can_be_read_on_every_ground(theme: Theme, ground: str) -> None:
    least = 7 if theme in (HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT) else 4.5
    paper = colour(theme, ground)
    for name in READ:
        assert contrast(colour(theme, name), paper) >= least, name
    for name in DRAWN:
        assert contrast(colour(theme, name), paper) >= (4.5 if least == 7 else 3), name


def test_the_terminals_own_colours_are_its_own_and_the_accent_is_seen_on_black_and_on_white() -> None:
    for name in (*GROUNDS, *READ, *DRAWN):
        assert (ANSI.variables.get(name) or getattr(ANSI, name)) in {"ansi_default", "ansi_bright_magenta"}
    for name in ("foreground", "quiet", "line", *GROUNDS):
        assert (ANSI.variables.get(name) or getattr(ANSI, name)) == "ansi_default"
    for terminal, shown in PALETTES.items():
        for ground in ("#000000", "#ffffff"):
            assert contrast(Color.parse(shown), Color.parse(ground)) >= 2.5, terminal


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("begins", [None, "values", "goals"])
async def test_every_theme_draws_only_its_own_colours(tmp_path: Path, name: str, begins: str | None) -> None:
    for part in ("learning", "goals"):
        sit(desk_in(tmp_path), part)
    (tmp_path / "settings.toml").write_text(f'theme = "{name}"\n', encoding="utf-8")
    theme = THEMES[name]
    async with driven(tmp_path, begins) as driver:
        await driver.press("enter", "7")
        assert driver.app.theme == theme.name
        assert driver.app.native_ansi_color is theme.ansi
        found = painted(driver.app.export_screenshot())
        assert len(found) >= 3
        if not theme.ansi:
            own = [colour(theme, one) for one in (*GROUNDS, *READ, *DRAWN)]
            assert [one for one in found if not any(is_alike(Color.parse(one), other) for other in own)] == []


async def test_a_theme_of_the_terminal_comes_and_goes(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    async with driven(tmp_path) as driver:
        for name in ("ansi", "dark"):
            driver.app.keep_setting(theme=name)
            await driver.drain()
            await driver.pilot.pause()
            assert driver.app.native_ansi_color is THEMES[name].ansi
            await driver.press("f9")
            assert driver.app.native_ansi_color
            await driver.press("f9")
            assert driver.app.native_ansi_color is THEMES[name].ansi
        assert driver.app.theme == DARK.name


@pytest.mark.parametrize("is_without", [False, True])
async def test_without_colours_what_lies_under_a_small_page_does_not_mix_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_without: bool
) -> None:
    sit(desk_in(tmp_path), "goals")
    if is_without:
        monkeypatch.setenv("NO_COLOR", "1")
    async with driven(tmp_path) as driver:
        await driver.press("a")
        assert driver.ui("home.add_title") in driver.words
        assert (driver.ui("home.greeting") in driver.words) is not is_without


async def test_in_the_terminals_own_colours_nothing_shines_through_a_page(tmp_path: Path) -> None:
    sit(desk_in(tmp_path), "goals")
    (tmp_path / "settings.toml").write_text('theme = "ansi"\n', encoding="utf-8")
    async with driven(tmp_path, size=(120, 40)) as driver:
        assert driver.ui("home.greeting") in driver.words
        await driver.press("p")
        await driver.pilot.pause()
        assert driver.ui("plan_page_screen.about_mine") in driver.words
        assert driver.ui("home.greeting")[:6] not in driver.text
