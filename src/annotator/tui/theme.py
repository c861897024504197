"""What the named styles of lines look like.

Only the sixteen colours every terminal has, on the terminal's own background, and never colour
alone: whatever a colour says, bold, underline or reverse says too, so that nothing is lost with
NO_COLOR or to an eye that does not see the colour.
"""

from functools import cache

from rich.style import Style

STYLES = {
    "": "",
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
    "cursor": "reverse bold",
    "marked": "black on yellow underline",
    "cursor marked": "reverse bold underline",
    "evidence": "underline bold yellow",
    "other evidence": "underline",
    "cursor evidence": "reverse bold underline",
    "cursor other evidence": "reverse bold underline",
    "differs": "bold yellow",
}


@cache
def style(name: str) -> Style:
    """The style of a name; KeyError for a name this theme does not have."""
    return Style.parse(STYLES[name])
