"""Lines in and lines out, for sessions without a screen.

Lines are only ever added: no colour, no cursor movement, nothing drawn twice. So a screen reader
speaks them in order, a dumb terminal shows them, and a script can be piped in.
"""

import sys
from typing import TextIO

from annotator.corpus.visible import visible

_PROMPT = "> "


class Lines:
    """A conversation in lines.

    Args:
        source: Where lines are read from; standard input by default.
        target: Where lines are written to; standard output by default.
    """

    def __init__(self, source: TextIO | None = None, target: TextIO | None = None) -> None:
        self._source = source or sys.stdin
        self._target = target or sys.stdout

    def say(self, text: str = "") -> None:
        """Write some lines, what cannot be seen in them spelled out."""
        print(visible(text, newlines=True), file=self._target, flush=True)

    def ask(self) -> str | None:
        """Read a line, trimmed; None at the end of the input.

        A line that is no text in the terminal's encoding is turned away and asked for again.
        What comes from a file or a pipe is written out as well, so that the output tells all.
        """
        while True:
            print(_PROMPT, end="", file=self._target, flush=True)
            line = self._source.readline()
            if not line:
                self.say()
                return None
            text = line.strip()
            if not self._source.isatty():
                self.say(text)
            if not any("\ud800" <= character <= "\udfff" for character in text):
                return text
            self.say("That line is not text in this terminal's encoding; nothing was changed.")
