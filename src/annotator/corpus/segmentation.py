"""Where the passages of a report begin and end.

A paragraph is a slice `[start, end)` of the stored text in code points, without white space at its
ends. Blank lines always divide. Inside a block of lines without blank ones, every line is a
paragraph if the lines are too long to have been wrapped or each ends a sentence; otherwise the
block is taken for hard-wrapped text, and is divided only before bullets, before indented first
lines, and after a line that ends a sentence although the next word would still have fitted on it.
Where that is not clear, lines are merged rather than a sentence cut.

Short paragraphs at the head of a report that end no sentence are its headings: first the
publisher, then the headline; a lone one is the headline. They are kept in the text but are no
passages. Neither are Markdown headings, nor rules such as `* * *`.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

Span = tuple[int, int]
"""`[start, end)` in code points of a report's stored text."""

LONGEST_HEADING = 200
"""Code points a heading at the head of a plain text may have."""

_LONGEST_WRAPPED_LINE = 120  # longer lines are wrapped by hardly any program
_LONGEST_ODD_LINE = 200  # up to here, lines that all break where they must are believed wrapped
_MOST_PLAIN_HEADINGS = 2  # publisher and headline; a line with only the date comes on top
_LONGEST_RUN_OF_HEADINGS = 3  # more short lines than that are a list

_BLOCK = re.compile(r"\S[^\n]*+(?:\n[^\S\n]*+\S[^\n]*+)*+")
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LONG_WORD = re.compile(r"\S{60}")
_SENTENCE_END = re.compile(r"[.!?…:؟۔][\"'”’»›)\]]*\Z")
_BULLET = re.compile(r"(?:([-*+•‣▪●◦–—])|(?:\d{1,3}|[a-z])[.)])[^\S\n]+(?=\S)")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+[^\s#]")
_UNDERLINE = re.compile(r"(?:=+|-{2,})\Z")
_DATE_LINE = re.compile(r"(?:[^\W\d_]+[^\S\n]*:[^\S\n]*)?\d{4}-\d{2}-\d{2}\Z")


@dataclass(frozen=True, slots=True)
class Segments:
    """How a report is divided; together the spans hold every character but white space.

    Attributes:
        headings: Paragraphs at the head that name the report rather than belong to it.
        passages: The paragraphs that are coded.
        skipped: Markdown headings further down, and paragraphs without a letter or digit.
        publisher: The text of the heading that names the publisher, "" if there is none.
        headline: The same for the headline, without Markdown's signs.
    """

    headings: tuple[Span, ...]
    passages: tuple[Span, ...]
    skipped: tuple[Span, ...]
    publisher: str = ""
    headline: str = ""


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    indent: int
    text: str
    ends_sentence: bool
    bullet: str  # its sign, "1" for any number or letter, "" for none

    @property
    def width(self) -> int:
        return self.indent + len(self.text)

    @property
    def is_bare(self) -> bool:
        return _LETTER_OR_DIGIT.search(self.text) is None


def paragraphs(text: str, *, markdown: bool = False) -> list[Span]:
    """Return the paragraphs of a text, in order and without overlap.

    Args:
        text: A text whose lines end in line feeds, as `annotator.corpus.cleaning.clean` returns it.
        markdown: Whether a line that begins with `# ` stands alone.

    Returns:
        Spans that begin and end with a character that is no white space and together hold every
        such character of the text.
    """
    blocks = [match.span() for match in _BLOCK.finditer(text)]
    several = {
        start: _lines(text, start, end) for start, end in blocks if text.find("\n", start, end) >= 0
    }
    widest = max((_wrapped_width(lines) for lines in several.values()), default=0)
    found: list[Span] = []
    for start, end in blocks:
        lines = several.get(start)
        if lines is None:
            found.append((start, start + len(text[start:end].rstrip())))
        else:
            found.extend(_divided(lines, widest, start == blocks[0][0], markdown))
    return found


def _lines(text: str, start: int, end: int) -> list[_Line]:
    lines = []
    at = text.rfind("\n", 0, start) + 1
    for whole in text[at:end].split("\n"):
        bare = whole.strip()
        indent = len(whole) - len(whole.lstrip())
        bullet = _BULLET.match(bare)
        lines.append(
            _Line(
                at + indent,
                at + indent + len(bare),
                len(whole[:indent].expandtabs(8)),
                bare,
                _SENTENCE_END.search(bare) is not None,
                (bullet[1] or "1") if bullet else "",
            )
        )
        at += len(whole) + 1
    return lines


def _wrapped_width(lines: Sequence[_Line]) -> int:
    widths = (line.width for line in lines)
    return max((width for width in widths if width <= _LONGEST_WRAPPED_LINE), default=0)


def _divided(lines: Sequence[_Line], widest: int, leading: bool, markdown: bool) -> Iterator[Span]:
    """Yield the paragraphs of one block of at least two lines.

    Args:
        lines: The lines of the block.
        widest: The longest line of the whole text that may have been wrapped.
        leading: Whether it is the first block of the text.
        markdown: As in `paragraphs`.
    """
    one_a_line = _is_one_a_line(lines, leading)
    width = _wrapped_width(lines) if len(lines) > 3 else widest
    trusted = _trusted_bullets(lines)
    most_headings = _MOST_PLAIN_HEADINGS if leading else 0
    first = lines[0]
    for number, (before, line) in enumerate(pairwise(lines)):
        short = _would_have_fitted(line, before, width)
        if (
            one_a_line
            or before.is_bare
            or line.is_bare
            or (line.bullet and (line.bullet in trusted or before.ends_sentence))
            or (before.ends_sentence and (short or _is_indented_from(before, line)))
            or (number < most_headings and short and before is first and _is_headed(before, line))
            or (markdown and (_is_markdown_heading(line.text) or _is_markdown_heading(before.text)))
        ):
            yield first.start, before.end
            first = line
    yield first.start, lines[-1].end


def _would_have_fitted(line: _Line, before: _Line, width: int) -> bool:
    """Tell whether the line before was ended although the next word had room on it."""
    return before.width + 1 + len(line.text.split(None, 1)[0]) <= width


def _is_indented_from(before: _Line, line: _Line) -> bool:
    return line.indent >= before.indent + 2 and not before.bullet


def _is_headed(before: _Line, line: _Line) -> bool:
    """Tell whether the line before looks like a heading above this one, not its beginning."""
    return before.width * 2 <= line.width and not line.text[0].islower()


def _is_one_a_line(lines: Sequence[_Line], leading: bool) -> bool:
    longest = max((line.width for line in lines if not _LONG_WORD.search(line.text)), default=0)
    if longest > _LONGEST_WRAPPED_LINE:
        amid = [pair for pair in pairwise(lines) if not pair[0].ends_sentence]
        return (
            longest > _LONGEST_ODD_LINE
            or len(amid) < 2
            or any(_would_have_fitted(line, before, longest) for before, line in amid)
        )
    # Headings end no sentence, so they do not speak against the lines below them.
    judged = lines[_MOST_PLAIN_HEADINGS:] if leading and len(lines) >= 5 else lines
    return len(judged) >= 3 and all(line.ends_sentence for line in judged)


def _trusted_bullets(lines: Sequence[_Line]) -> set[str]:
    """Return the bullets that are no accident of wrapping; a dash is one only on the first line."""
    signs = Counter(line.bullet for line in lines if line.bullet)
    return {
        sign
        for sign, times in signs.items()
        if sign == lines[0].bullet or (times > 1 and sign not in "–—")
    }


def segment(text: str, *, markdown: bool = False, headings: bool = True) -> Segments:
    """Divide a text into headings, passages and what is skipped.

    Args:
        text: A text whose lines end in line feeds, as `annotator.corpus.cleaning.clean` returns it.
        markdown: Whether `# ` and underlined lines are headings.
        headings: Whether to look for headings at all; if not, every paragraph with a letter or
            digit is a passage.

    Returns:
        Spans that together hold every character of the text that is no white space.
    """
    spans = paragraphs(text, markdown=markdown)
    worded = [span for span in spans if _LETTER_OR_DIGIT.search(text, *span)]
    if not headings:
        return Segments((), tuple(worded), _without(spans, worded))
    titles = _markdown_titles(text, spans) if markdown else {}
    head = _head(text, worded, titles)
    passages = [span for span in worded[len(head) :] if span not in titles]
    plain = [
        " ".join(text[start:end].split())
        for start, end in head
        if (start, end) not in titles and not _DATE_LINE.match(text[start:end])
    ]
    marked = [titles[span] for span in head if span in titles]
    named = (plain[:1] + marked[:1]) if marked else plain
    return Segments(
        tuple(head),
        tuple(passages),
        _without(spans, head + passages),
        publisher=named[0] if len(named) > 1 else "",
        headline=named[-1] if named else "",
    )


def _without(spans: Sequence[Span], taken: Sequence[Span]) -> tuple[Span, ...]:
    if len(spans) == len(taken):
        return ()
    known = set(taken)
    return tuple(span for span in spans if span not in known)


def _head(text: str, worded: Sequence[Span], titles: Mapping[Span, str]) -> list[Span]:
    """Return the headings at the head of a text.

    There are none in front of nothing but more short lines, and none in a longer run of short
    lines: that is a list, whose first entries are as good as the others.
    """
    head: list[Span] = []
    plain = 0
    for span in worded:
        start, end = span
        if span not in titles and not _DATE_LINE.match(text[start:end]):
            if not _could_be_heading(text, span):
                break
            plain += 1
        head.append(span)
    if len(head) == len(worded) or plain > _LONGEST_RUN_OF_HEADINGS:
        return list(takewhile(titles.__contains__, worded))
    while plain > _MOST_PLAIN_HEADINGS:
        plain -= head.pop() not in titles
    return head


def _could_be_heading(text: str, span: Span) -> bool:
    start, end = span
    return (
        end - start <= LONGEST_HEADING
        and _SENTENCE_END.search(text, start, end) is None
        and _BULLET.match(text, start, end) is None
    )


def _is_markdown_heading(line: str) -> bool:
    return _MARKDOWN_HEADING.match(line) is not None


def _markdown_titles(text: str, spans: Sequence[Span]) -> dict[Span, str]:
    """Return the spans that Markdown makes headings, and their titles without its signs."""
    titles: dict[Span, str] = {}
    for number, (start, end) in enumerate(spans):
        if _MARKDOWN_HEADING.match(text, start, end):
            words = text[start:end].split()[1:]
            titles[start, end] = " ".join(words if words[-1].strip("#") else words[:-1])
        elif number and _UNDERLINE.match(text, start, end):
            above = spans[number - 1]
            close = text.count("\n", above[0], start) == 1
            if close and above not in titles and _could_be_heading(text, above):
                titles[above] = " ".join(text[slice(*above)].split())
    return titles
