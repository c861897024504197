"""The themes: readable in colour, and as clear without any."""

import itertools

import pytest
from rich.color import Color
from rich.style import Style
from textual.app import App, ComposeResult

from annotator.errors import AnnotatorError
from annotator.tui.lines import PLAIN
from annotator.tui.theme import ON_CURSOR, THEMES, Theme, theme_named
from annotator.tui.widgets.lines_view import LinesView

LEAST_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, level AA, for text of usual size."""

ATTRIBUTES = ("bold", "dim", "italic", "underline", "reverse", "strike")
IN_A_PASSAGE = (
    PLAIN, "cursor", "marked", "evidence", "record evidence", "other evidence", "candidate",
    "candidate current", "cursor evidence",
)  # fmt: skip
NAMES = tuple(theme_named("ansi", {}).styles)


def luminance(color: Color) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = [part / 255 for part in color.get_truecolor()]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: Color, second: Color) -> float:
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def on_base(theme: Theme, name: str) -> tuple[Color, Color]:
    """The colours of a style as they are painted."""
    style = theme.style(PLAIN) + theme.style(name)
    assert style.color is not None
    assert style.bgcolor is not None
    return style.color, style.bgcolor


def attributes(style: Style) -> frozenset[str]:
    return frozenset(name for name in ATTRIBUTES if getattr(style, name))


def test_contrast_is_computed_as_defined() -> None:
    black, white, grey = Color.parse("#000000"), Color.parse("#ffffff"), Color.parse("#767676")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize("name", THEMES)
def test_every_theme_has_every_style(name: str) -> None:
    assert tuple(theme_named(name, {}).styles) == NAMES


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", [*NAMES, "cursor evidence"])
def test_text_in_every_style_stands_out_from_what_it_stands_on(theme: str, name: str) -> None:
    found = theme_named(theme, {})
    assert not found.style(name).dim, "how far a terminal dims is not known"
    assert contrast(*on_base(found, name)) >= LEAST_CONTRAST


@pytest.mark.parametrize("theme", ["ansi", "mono"])
@pytest.mark.parametrize("name", NAMES[1:])
def test_every_style_is_told_from_plain_text_without_its_colour(theme: str, name: str) -> None:
    found = theme_named(theme, {})
    style = found.style(name)
    # Black on a colour is a bar whatever the colour.
    assert attributes(style) or style.bgcolor is not None


@pytest.mark.parametrize("theme", ["dark", "light"])
@pytest.mark.parametrize("name", NAMES[1:])
def test_every_style_is_told_from_plain_text_in_grey(theme: str, name: str) -> None:
    found = theme_named(theme, {})
    pairs = zip(on_base(found, name), on_base(found, PLAIN), strict=True)
    assert attributes(found.style(name)) or any(contrast(*pair) >= 1.5 for pair in pairs)


def test_without_colours_no_two_styles_of_a_passage_look_alike() -> None:
    found = theme_named("mono", {})
    looks = {name: attributes(found.style(name)) for name in IN_A_PASSAGE}
    for first, second in itertools.combinations(IN_A_PASSAGE, 2):
        assert looks[first] != looks[second], (first, second)


@pytest.mark.parametrize("name", NAMES)
def test_mono_has_no_colour_at_all(name: str) -> None:
    style = theme_named("mono", {}).style(name)
    assert style.color is None
    assert style.bgcolor is None


@pytest.mark.parametrize("name", ["evidence", "marked", "candidate"])
def test_what_lies_under_the_cursor_is_seen_to_be_highlighted(name: str) -> None:
    for theme in (theme_named(name, {}) for name in THEMES):
        assert theme.style(ON_CURSOR + name) != theme.style("cursor")


@pytest.mark.parametrize(
    ("name", "environ", "expected"),
    [
        ("auto", {"TERM": "xterm-256color"}, "ansi"),
        ("auto", {"TERM": "linux"}, "ansi"),
        ("auto", {"TERM": "vt100"}, "mono"),
        ("auto", {}, "ansi"),
        ("dark", {"NO_COLOR": "1"}, "mono"),
        ("dark", {"NO_COLOR": ""}, "dark"),
        ("light", {"TERM": "vt100"}, "light"),
    ],
)
def test_the_terminal_has_a_say_in_the_theme(
    name: str, environ: dict[str, str], expected: str
) -> None:
    assert theme_named(name, environ).name == expected


def test_a_theme_that_is_not_there_is_refused_with_those_that_are() -> None:
    with pytest.raises(AnnotatorError, match="no theme “neon”; there are auto, ansi, dark"):
        theme_named("neon", {})


def test_a_text_console_gets_look_alikes_of_one_cell() -> None:
    theme = theme_named("auto", {"TERM": "linux"})
    signs = "│─↑↓←→…“x”‘’–␛"
    assert theme.shown(signs) == "|-^v<>.\"x\"''-?"
    assert len(theme.shown(signs)) == len(signs)
    assert theme_named("auto", {"TERM": "xterm"}).shown(signs) == signs


async def test_a_view_paints_in_the_theme_it_is_given_last() -> None:
    class OneView(App[None]):
        def compose(self) -> ComposeResult:
            yield LinesView(theme_named("mono", {}))

    app = OneView()
    async with app.run_test(size=(20, 6)) as pilot:
        view = app.query_one(LinesView)
        view.show([(("a", "good"), ("…", ""))])
        view.use_theme(theme_named("dark", {"TERM": "linux"}))
        await pilot.pause()
        first, second, *rest = view.render_line(0)
        assert first.style == Style.parse("bold #8fd694 on #1b1d1f")
        assert (second.text, rest[-1].style) == (".", Style.parse("#d4d4d4 on #1b1d1f"))
