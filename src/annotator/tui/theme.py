"""What the named styles of lines look like, in a theme for every terminal.

`ansi` uses the sixteen colours every terminal has on the terminal's own background, `dark` and
`light` bring their own, `mono` has none. No theme says anything by colour alone: every style but
the plain one is bold, underlined, reversed, dim, or of another lightness, and the styles that meet
in a passage differ from each other without colour too.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rich.style import Style

from annotator.errors import AnnotatorError
from annotator.tui.lines import PLAIN

ON_CURSOR = "cursor "
"""Before the name of a style: that style under the cursor."""

_ANSI = {
    PLAIN: "",
    "dim": "dim",
    "bold": "bold",
    "title": "bold",
    "status": "reverse",
    "refused": "bold red",
    "good": "bold green",
    "focus": "bold reverse",
    "chosen": "bold green",
    "key": "bold cyan",
    "missing": "bold red",
    "differs": "bold magenta",
    "cursor": "reverse bold",
    "marked": "black on yellow underline",
    "evidence": "underline bold magenta",
    "record evidence": "underline magenta",
    "other evidence": "underline",
    "candidate": "bold cyan",
    "candidate current": "black on cyan underline",
    "found": "black on green",
}

_MONO = {
    PLAIN: "",
    "dim": "dim",
    "bold": "bold",
    "title": "bold",
    "status": "reverse",
    "refused": "bold",
    "good": "bold",
    "focus": "bold reverse",
    "chosen": "bold",
    "key": "bold",
    "missing": "bold",
    "differs": "bold",
    "cursor": "reverse bold",
    "marked": "reverse",
    "evidence": "underline bold",
    "record evidence": "underline",
    "other evidence": "underline dim",
    "candidate": "bold",
    "candidate current": "reverse underline",
    "found": "reverse",
}

_DARK = {
    PLAIN: "#d4d4d4 on #1b1d1f",
    "dim": "#9a9a9a",
    "bold": "bold",
    "title": "bold #ffffff",
    "status": "#1b1d1f on #b8c4ce",
    "refused": "bold #ff8a80",
    "good": "bold #8fd694",
    "focus": "bold #101214 on #8ab4f8",
    "chosen": "bold #8fd694",
    "key": "bold #7fd1de",
    "missing": "bold #ff8a80",
    "differs": "bold #ffd866",
    "cursor": "bold #101214 on #f5f5f5",
    "marked": "#101214 on #ffd866 underline",
    "evidence": "underline bold #ffd866",
    "record evidence": "underline #ffd866",
    "other evidence": "underline #b6a6e0",
    "candidate": "bold #7fd1de",
    "candidate current": "#101214 on #7fd1de underline",
    "found": "#101214 on #8fd694",
}

_LIGHT = {
    PLAIN: "#24292e on #fbfbf8",
    "dim": "#63686e",
    "bold": "bold",
    "title": "bold #000000",
    "status": "#fbfbf8 on #46515c",
    "refused": "bold #b3261e",
    "good": "bold #1d6b2f",
    "focus": "bold #ffffff on #1f4e9c",
    "chosen": "bold #1d6b2f",
    "key": "bold #0b6272",
    "missing": "bold #b3261e",
    "differs": "bold #8a3c00",
    "cursor": "bold #ffffff on #24292e",
    "marked": "#000000 on #ffd54a underline",
    "evidence": "underline bold #8a3c00",
    "record evidence": "underline #8a3c00",
    "other evidence": "underline #5b3fa8",
    "candidate": "bold #0b6272",
    "candidate current": "#ffffff on #0b6272 underline",
    "found": "#ffffff on #1d6b2f",
}

_ASCII = str.maketrans(
    {
        **dict.fromkeys("│┃", "|"),
        **dict.fromkeys("─━–—−‐‑", "-"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("‘’‚", "'"),
        "↑": "^",
        "↓": "v",
        "←": "<",
        "→": ">",
        "…": ".",
        "•": "*",
        # Pictures of control characters, which stand for what a terminal must not be sent.
        **{chr(picture): "?" for picture in range(0x2400, 0x2422)},
    }
)
"""Look-alikes of one cell for what the font of a text console lacks; not for stored text."""

_ASCII_TERMINALS = frozenset({"linux", "dumb", "vt100", "vt102", "vt220", "cons25"})
_COLOURLESS_TERMINALS = frozenset({"dumb", "vt100", "vt102", "vt220"})


class Theme(NamedTuple):
    """Styles by name, and the signs that a terminal cannot show with what to show for them."""

    name: str
    styles: Mapping[str, str]
    signs: Mapping[int, str] = MappingProxyType({})

    def style(self, name: str) -> Style:
        """The style of a name; KeyError for a name no theme has."""
        if name.startswith(ON_CURSOR):
            # What lies under the cursor is known by what the message line says of it.
            return Style.parse(self.styles["cursor"]) + Style.parse("underline")
        return Style.parse(self.styles[name])

    def shown(self, text: str) -> str:
        """The text with look-alikes for the signs that this terminal's font lacks."""
        return text.translate(self.signs) if self.signs else text


_STYLES = {"ansi": _ANSI, "dark": _DARK, "light": _LIGHT, "mono": _MONO}

THEMES = ("auto", *_STYLES)
"""The names a theme can be asked for by; `auto` is `ansi`, or `mono` where there are no colours."""


def theme_named(name: str, environ: Mapping[str, str]) -> Theme:
    """The theme of a name, as far as the terminal can show it.

    Args:
        name: One of `THEMES`.
        environ: The environment: a `NO_COLOR` that is not empty (no-color.org) wins over the name,
            and `TERM` says which signs the terminal's font lacks.

    Raises:
        AnnotatorError: There is no theme of that name.
    """
    if name not in THEMES:
        raise AnnotatorError(f"There is no theme “{name}”; there are {', '.join(THEMES)}.")
    term = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        name = "mono"
    elif name == "auto":
        name = "mono" if term in _COLOURLESS_TERMINALS else "ansi"
    return Theme(name, _STYLES[name], _ASCII if term in _ASCII_TERMINALS else {})
