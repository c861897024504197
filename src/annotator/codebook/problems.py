"""Mistakes found in a codebook: each with its place, all of them reported together."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from annotator.errors import AnnotatorError

MOST_PROBLEMS = 200
"""Reading stops after this many mistakes, so that a hostile file cannot keep it busy."""

_MOST_CANDIDATES = 300
_LONGEST_QUOTE = 60


class Placed(Protocol):
    """Anything that knows where in the file it stands."""

    @property
    def line(self) -> int:
        """The line, from 1."""

    @property
    def column(self) -> int:
        """The column in characters, from 1."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One mistake in a codebook.

    Args:
        file: Name of the file, as the user gave it.
        line: Line of the mistake, from 1.
        column: Column of the mistake in characters, from 1.
        message: What is wrong.
        hint: What was likely meant or what to write; may be empty.
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        ending = f"; {self.hint}" if self.hint else ""
        return f"{self.file}:{self.line}:{self.column}: {self.message}{ending}"


class CodebookErrors(AnnotatorError):
    """A codebook cannot be used.

    Args:
        problems: Every mistake found, at least one; kept in the order of the file.

    Attributes:
        problems: The mistakes, sorted by line and column.
        sentence: One sentence that says how many there are and gives the first.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        first = self.problems[0]
        if len(self.problems) == 1:
            sentence = str(first)
        else:
            sentence = f"{len(self.problems)} mistakes in {first.file}, the first: {first}"
        super().__init__(sentence)

    @property
    def as_printed(self) -> str:
        """Every mistake on a line of its own."""
        return "\n".join(map(str, self.problems))


class Problems:
    """Collects the mistakes found while one codebook is read.

    Args:
        file: Name of the file, as the user gave it.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Problem] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, place: Placed, message: str, hint: str = "") -> None:
        """Note a mistake and go on; raises CodebookErrors once there are `MOST_PROBLEMS`."""
        self._found.append(Problem(self.file, place.line, place.column, message, hint))
        if len(self._found) >= MOST_PROBLEMS:
            raise CodebookErrors(self._found)

    def fatal(self, line: int, column: int, message: str, hint: str = "") -> CodebookErrors:
        """The error to raise when reading cannot go on past a mistake."""
        return CodebookErrors([*self._found, Problem(self.file, line, column, message, hint)])

    def error(self) -> CodebookErrors:
        """The error that holds everything found; there must be something."""
        return CodebookErrors(self._found)


def quote(text: str) -> str:
    """A piece of the file as it may stand in a message: in quotes, on one line, not too long."""
    line = " ".join(text.split())
    if len(line) > _LONGEST_QUOTE:
        line = line[: _LONGEST_QUOTE - 1] + "…"
    return f'"{line}"'


def likely(word: str, candidates: Collection[str]) -> str:
    """A hint that names the candidate a misspelt word most resembles; empty if none does."""
    if len(word) > _LONGEST_QUOTE or len(candidates) > _MOST_CANDIDATES:
        return ""
    # Imported here since every command imports this module and few meet a mistake.
    from difflib import get_close_matches

    close = get_close_matches(word.lower(), candidates, n=1, cutoff=0.6)
    return f"did you mean {quote(close[0])}?" if close else ""


def one_of(words: Iterable[str]) -> str:
    """Words as a choice in a sentence: `a, b or c`."""
    *most, last = words
    return f"{', '.join(most)} or {last}" if most else last
