"""What a line typed at a plain prompt says: answers, words as evidence, or a command."""

import re
from dataclasses import dataclass

from annotator.coding.model import Span

_QUOTED = re.compile(r'"([^"]*)"(\d{0,9})')
_COMMAND = re.compile(r"\.([a-z]+)(?:\s+(.*))?$")
_BREAKS = re.compile(r"[\s,]+")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotes: what was typed between them, and which occurrence (0: there is only one)."""

    words: str
    occurrence: int = 0


@dataclass(frozen=True, slots=True)
class Command:
    """A line that begins with a dot and a word."""

    name: str
    rest: str


def command(line: str) -> Command | None:
    """The command of a line, or None if it is none: `.5` is a number and `.note` a command."""
    found = _COMMAND.match(line)
    return Command(found[1], (found[2] or "").strip()) if found else None


def picks(line: str) -> list[str | Quote]:
    """The parts of a line that picks: keys and ids as text, words in quotes, in their order."""
    parts: list[str | Quote] = []
    done = 0
    for found in _QUOTED.finditer(line):
        parts.extend(_words(line[done : found.start()]))
        parts.append(_quote(found))
        done = found.end()
    parts.extend(_words(line[done:]))
    return parts


def value_and_quotes(line: str) -> tuple[str, list[Quote]]:
    """A typed value and the words in quotes that stand after it."""
    quotes = [_quote(found) for found in _QUOTED.finditer(line)]
    return _QUOTED.sub(" ", line).strip(), quotes


def find_words(quote: Quote, text: str, start: int) -> Span:
    """Where the words of a quote stand in a passage; any white space between two words is alike.

    Args:
        quote: The words, exactly as in the passage but for white space.
        text: The text of the passage.
        start: Where the passage begins in its report, in code points.

    Raises:
        ValueError: They do not stand there, or several times and it is not said which one; the
            message says so.
    """
    words = quote.words.split()
    if not words:
        raise ValueError("there are no words between the quotes")
    found = list(re.finditer(r"\s+".join(map(re.escape, words)), text))
    if not found:
        raise ValueError(f'"{quote.words}" does not stand in the passage; copy it letter by letter')
    if not quote.occurrence and len(found) > 1:
        raise ValueError(
            f'"{quote.words}" stands {len(found)} times in the passage; '
            f'write "{quote.words}"1 for the first, "{quote.words}"2 for the second'
        )
    if quote.occurrence > len(found):
        times = "once" if len(found) == 1 else f"{len(found)} times"
        raise ValueError(f'"{quote.words}" stands only {times} in the passage')
    first, last = found[max(quote.occurrence, 1) - 1].span()
    return Span(start + first, start + last, text[first:last])


def _words(text: str) -> list[str]:
    return [word for word in _BREAKS.split(text) if word]


def _quote(found: re.Match[str]) -> Quote:
    return Quote(found[1], int(found[2] or 0))
