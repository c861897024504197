"""Whether there is a terminal, and whether it can show a screen."""

import os
import sys

from annotator.cli.output import say
from annotator.errors import AnnotatorError


def at_terminal() -> bool:
    """Whether there is a person at a terminal, both to read and to type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def can_show_screen() -> bool:
    """Whether there is a terminal that can show more than lines."""
    return at_terminal() and os.environ.get("TERM", "dumb") != "dumb"


def on_screen(plain: bool) -> bool:
    """Whether to open a screen rather than ask in plain lines.

    Args:
        plain: Whether plain lines were asked for.

    Raises:
        AnnotatorError: They were not, and there is no terminal for a screen.
    """
    if plain:
        return False
    if not at_terminal():
        raise AnnotatorError(
            "There is no terminal for the screen; add --plain to work in plain lines."
        )
    if not can_show_screen():
        say("This terminal (TERM=dumb) can show no screen; going on in plain lines.")
        return False
    return True
