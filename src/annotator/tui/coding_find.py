"""The keys of the coding screen that find: codes, words of the passage, places on the screen."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import chain
from string import ascii_letters, digits
from types import MappingProxyType
from typing import TYPE_CHECKING

from annotator.codebook.model import Code
from annotator.coding.folding import folded, stretches_of
from annotator.tui.cells import cells
from annotator.tui.coding_life import LifeKeys
from annotator.tui.form_lines import code_lines
from annotator.tui.lines import Line, Piece
from annotator.tui.overlays import Chooser, Entry, Prompt
from annotator.tui.passage import Highlight
from annotator.work.outline import Row

if TYPE_CHECKING:
    from annotator.tui.own_list import OwnList

_LETTERS = ascii_letters + digits
"""What targets of a jump are called, in this order."""

_BETWEEN_KEYS = 0.02
"""Seconds in which a key may come before a list is read on."""


class FindKeys(LifeKeys):
    """The part of the coding screen that finds things and goes to them."""

    _sought = ""
    _matches: tuple[tuple[int, int], ...] = ()
    _targets: dict[str, Callable[[], None]] | None = None
    _row_letters: Mapping[tuple[str, str], str] = MappingProxyType({})
    _own_list: "OwnList | None" = None
    _filling = False

    # --- codes -----------------------------------------------------------------------------------

    def why_not_answer_find(self) -> str:
        """The question must have codes."""
        return "" if self._session.row.codes else "This question has no codes to choose from."

    def do_answer_find(self) -> None:
        """Choose a code from the list of all, with what each means below."""
        row = self._session.row
        depths = {} if row.variable is None else {c.id: row.variable.depth(c.id) for c in row.codes}
        entries = [
            Entry(
                f"{'*' if code.id in row.chosen else ' '} {'  ' * depths.get(code.id, 0)}"
                f"{code.label}",
                partial(self._pick_found, code),
                code.key,
                partial(code_lines, code),
                _other_words(code),
                "The codebook has retired this code." if code.retired else "",
            )
            for code in row.codes
        ]
        self.chooser = Chooser(
            row.title, entries, "No code is called so.", about_lines=8, keeps_work=True
        )

    def _pick_found(self, code: Code) -> None:
        self._after_answer(self._session.pick(code, self.text.mark))

    # --- words of the passage --------------------------------------------------------------------

    def do_text_find(self) -> None:
        """Look for words in the passage; every place lights up while they are typed."""
        before = self._sought, self.text.cursor

        def typed(text: str | None) -> None:
            if text is None:
                self._seek(before[0])
                self.text.move_to(before[1])
                return
            self._seek(text)
            if self._matches:
                self._go_to_match(0, before[1])
            elif text.strip():
                self.say("That stands nowhere in this passage.", refused=True)

        def done(text: str) -> None:
            self._seek(text)
            if self._matches:
                self._moved()

        self.prompt = Prompt("Find in the passage", "", done, typed)

    def _seek(self, text: str) -> None:
        self._sought = text
        self._matches = tuple(stretches_of(text, self._session.item.text))

    def why_not_text_next_match(self) -> str:
        """Something must be looked for, and stand there."""
        if self._matches:
            return ""
        if self._sought:
            return f"“{self._sought}” stands nowhere in this passage."
        return f"{self.key('text.find')} first: it looks for words."

    def why_not_text_previous_match(self) -> str:
        """The same."""
        return self.why_not_text_next_match()

    def do_text_next_match(self) -> None:
        """Next place of what is looked for."""
        self._go_to_match(1, self.text.cursor)

    def do_text_previous_match(self) -> None:
        """Previous place of what is looked for."""
        self._go_to_match(-1, self.text.cursor)

    def _go_to_match(self, step: int, cursor: int) -> None:
        """Put the cursor on the next match (the one under it counts for 0), or the one before."""
        at = cursor - self._session.item.start
        ends = [end for _, end in self._matches]
        starts = [start for start, _ in self._matches]
        if step < 0:
            # The word the cursor is on may begin before the match that it stands for.
            number = next((n for n in reversed(range(len(ends))) if ends[n] <= at), len(ends) - 1)
        elif step:
            last = self.text.words[self.text.word][1]
            number = next((n for n, start in enumerate(starts) if start >= last), 0)
        else:
            number = next((n for n, end in enumerate(ends) if end > at), 0)
        self.text.move_to(self._session.item.start + starts[number])
        if step:
            self._moved()
        self.say(f"{number + 1} of {len(starts)}", neutral=True)

    def _open_passage(self) -> None:
        super()._open_passage()
        self._targets = None
        self._seek(self._sought)

    def _highlights(self) -> list[Highlight]:
        """What stands behind answers and is offered, with what is looked for and jumped to."""
        found = [Highlight(start, end, "found") for start, end in self._matches]
        return [*super()._highlights(), *found, *self._jump_signs()]

    # --- passages --------------------------------------------------------------------------------

    def do_passage_go(self) -> None:
        """Go to a passage by its place in the queue, or by report and number."""
        progress = self._session.progress
        self.prompt = Prompt(
            f"Go to passage 1 to {progress.assigned}, or report and number",
            "",
            lambda text: self._show_move(self._session.go_to_passage(text)),
        )

    def do_passage_list(self) -> None:
        """List the coder's own passages."""
        from annotator.tui.own_list import OwnList
        from annotator.work.own_passages import OwnPassages

        listed = OwnList(
            lambda wanted: OwnPassages(self._session.desk, wanted),
            lambda assignment: self._show_move(self._session.open_passage(assignment)),
            self._own_list.typed if self._own_list is not None else "",
            self._session.item.assignment_id,
        )
        self.chooser = self._own_list = listed

    def paint(self) -> None:
        """Bring the screen up to date, and read on in the own passages while they are listed."""
        super().paint()
        listed = self._own_list
        if listed is not None and self.chooser is listed and listed.reading and not self._filling:
            self._filling = True
            self.set_timer(_BETWEEN_KEYS, self._fill)

    def _fill(self) -> None:
        """Read on in the list, a little at a time between keys."""
        self._filling = False
        if self._own_list is not None and self.chooser is self._own_list:
            self._own_list.fill()
            self.paint()

    # --- jumping ---------------------------------------------------------------------------------

    def do_work_jump(self) -> None:
        """Put a letter on everything that can be gone to; the letter goes there."""
        spots = chain.from_iterable(painted.spots for painted in self._painted)
        places = [spot.target.place for spot in spots if isinstance(spot.target, Row)]
        targets = chain(
            (partial(self._jump_to_row, place) for place in places),
            (partial(self._jump_in_text, start) for start in self._sentence_starts()),
        )
        self._targets = dict(zip(_LETTERS, targets, strict=False))
        self._row_letters = dict(zip(places, _LETTERS, strict=False))
        self.say("Press a letter to go there; any other key stays.", neutral=True)

    def _jump_to_row(self, place: tuple[str, str]) -> None:
        self._show_move(self._session.go_to(place))

    def _jump_in_text(self, start: int) -> None:
        self.text.move_to(self._session.item.start + start)
        self._moved()

    def _sentence_starts(self) -> Iterator[int]:
        """Where the sentences begin that the window shows, in code points of the passage."""
        shown = self.text.shown
        for start in self.text.sentence_starts:
            if any(first <= start < last for first, last in shown):
                yield start

    def _jump_signs(self) -> list[Highlight]:
        if self._targets is None:
            return []
        letters = _LETTERS[len(self._row_letters) :]
        return [
            Highlight(start, start + 1, "found", letter)
            for letter, start in zip(letters, self._sentence_starts(), strict=False)
        ]

    def _work_key(self, key: str) -> None:
        targets, self._targets = self._targets, None
        if targets is None:
            super()._work_key(key)
        elif key in targets:
            targets[key]()
        else:
            self.say("You are where you were.", neutral=True)

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The passage and what is asked; while jumping, with a letter on each question."""
        lines = super().body_lines(width, height)
        if self._targets is None:
            return lines
        return [
            _with_letters(
                one,
                {
                    spot.first: self._row_letters.get(spot.target.place, "")
                    for spot in painted.spots
                    if isinstance(spot.target, Row)
                },
            )
            for one, painted in zip(lines, self._painted, strict=True)
        ]


def _with_letters(one: Line, letters: Mapping[int, str]) -> Line:
    """A line with letters in the place of pieces of one cell that begin at some cells."""
    pieces: list[Piece] = []
    at = 0
    for text, style in one:
        letter = letters.get(at, "")
        pieces.append((letter, "found") if letter and cells(text) == 1 else (text, style))
        at += cells(text)
    return tuple(pieces)


def _other_words(code: Code) -> str:
    """What a code can be found by, beside its label."""
    listed = chain(code.aliases.values(), code.cues.values())
    return folded(" ".join((code.id, *chain.from_iterable(listed), code.definition)))
