"""What the review screen shows: the passage, what each side says of it, and what they agree on."""

from functools import partial
from typing import TYPE_CHECKING

from annotator.tui.base import BODY_TOP
from annotator.tui.choice_keys import ChoiceKeys
from annotator.tui.columns import Painted, beside
from annotator.tui.help_lines import sides_help
from annotator.tui.keymap import Keymap
from annotator.tui.layout import BORDER
from annotator.tui.lines import PLAIN, Line, cut, line, padded, paragraph, ruled
from annotator.tui.overlays import Panel
from annotator.tui.passage import PassageText
from annotator.tui.review_entry import entry_of
from annotator.tui.review_evidence import SideEvidence
from annotator.tui.review_heading import heading_lines, state_of
from annotator.tui.review_lines import (
    NO_PART,
    CaseLines,
    Folding,
    OwnedLine,
    arranged,
    whole_lines,
    window,
)
from annotator.work.review_choices import Only

if TYPE_CHECKING:
    # Load the database library or numpy; the screen is painted before that is done.
    from annotator.work.remarks import Remark
    from annotator.work.review import Case, ReviewProgress, ReviewSession
    from annotator.work.side_by_side import Part, Place

_WIDE = 120
"""Columns from which the sides stand beside the passage, each in a column of its own."""
_MOST_TEXT = 90
"""Cells of a line of the passage beyond which the eye loses its place."""
_FEWEST_TEXT_LINES = 5
_FEWEST_ENTRY_LINES = 6
_DECISION = "decided"
"""Instead of a letter: what was decided before."""


class ReviewView(ChoiceKeys):
    """The review screen without its keys: the session and how it is painted."""

    def __init__(self, lead: str, keymap: Keymap | None = None) -> None:
        super().__init__(keymap)
        self.lead = lead
        self.session: ReviewSession | None = None
        self.text = PassageText("")
        self.parts: tuple[Part, ...] = ()
        self.remarks: tuple[Remark, ...] = ()
        self.folding = Folding()
        # The number of the part in focus among those shown.
        self.at = 0
        self.choosing = ""
        # The passage whose words are shown though it is tagged as graphic.
        self._uncovered: tuple[str, int] | None = None
        self._counted: ReviewProgress
        # Counted once nothing is left in the queue.
        self._flagged = self._given_back = 0
        # Whether the lead has begun a coding of their own of this passage.
        self._begun = False
        self._arranged: tuple[list[Part], list[Part]] = ([], [])
        self._evidence = SideEvidence(None, (), 0)
        self._top = 0
        # The column and the row of the body where the lines of the sides begin, and whose they are.
        self._sides_at = (0, 0)
        self._owners: list[int] = []

    @property
    def ready(self) -> bool:
        """Whether the project has been opened."""
        return self.session is not None

    @property
    def _session(self) -> "ReviewSession":
        if self.session is None:
            raise RuntimeError("the session is used before the project is open")
        return self.session

    @property
    def _case(self) -> "Case":
        case = self._session.current()
        if case is None:
            raise RuntimeError("there is no disagreement on the screen")
        return case

    @property
    def covered(self) -> bool:
        """Whether the passage is tagged as graphic and its words were not asked for."""
        case = self._session.current()
        return case is not None and case.graphic and case.disagreement.place != self._uncovered

    @property
    def _cover_words(self) -> str:
        show = self.key("part.settle")
        return f"This passage is tagged as graphic: {show} shows it."

    @property
    def _letters(self) -> list[str]:
        return [side.letter for side in self._case.sides]

    @property
    def _part(self) -> "Part | None":
        """The part in focus; None where no part is shown."""
        shown = self._arranged[0]
        return shown[self.at] if shown else None

    # --- what is open ----------------------------------------------------------------------------

    def _open_case(self) -> None:
        """Show the case of the session from its first difference on."""
        self.at, self.choosing, self.folding, self._top = 0, "", Folding(), 0
        self.parts, self.remarks, self._arranged, self._owners = (), (), ([], []), []
        # Counted over the whole queue, and another only with another passage.
        self._counted = self._session.progress
        case = self._session.current()
        if case is None:
            self._flagged = self._session.left_of(Only.FLAGGED)
            self._given_back = self._session.left_of(Only.SKIPPED)
            return
        from annotator.work.remarks import remarks

        self.text = PassageText(case.passage.text, case.passage.start, case.passage.start)
        self.parts = case.parts
        self._begun = self._session.editing
        self.remarks = remarks(case.codings, case.parts, self._session.codebook, case.context)
        self._arrange()

    def _arrange(self, key: object = None) -> None:
        """Put the parts in order anew, with the part of a key in focus if it is shown."""
        self._arranged = arranged(self.parts, self.folding)
        shown = self._arranged[0]
        at = next((n for n, part in enumerate(shown) if part.key == key), self.at)
        self._go_to_part(min(at, max(0, len(shown) - 1)))

    def _go_to_part(self, number: int) -> None:
        """Bring a part into focus, and the words behind it into view."""
        self.at = number
        case = self._case
        self._evidence = SideEvidence(self._part, self._letters, case.passage.start)
        if self._evidence.words:
            self.text.move_to(self._evidence.words[0][1].start)

    # --- painting --------------------------------------------------------------------------------

    def status_text(self) -> tuple[str, str]:
        """Who reviews what, and how much is left."""
        if self.session is None:
            return f"annotator review · {self.lead}", "opening the project …"
        progress = self._counted
        words = [self.lead, f"review of {self.session.round.name}"]
        right = f"settled {progress.settled}  left {progress.left}"
        case = self.session.current()
        if case is not None:
            # What is cut off first is what a lead knows.
            words.insert(1, f"{case.report.name} ¶{case.passage.number}/{case.report.passages}")
            # On the right, where the name of no file can push it off the line.
            right = f"{state_of(case.disagreement)} · {right}"
        more = {"own": progress.own, "waiting": progress.waiting}
        right += "".join(f" ({name} {count})" for name, count in more.items() if count)
        if progress.sample:
            right += f"  sample {progress.sample_settled} of {progress.sample}"
        return " · ".join(words), right

    def idle_message(self) -> str:
        """What can be chosen, or what has been."""
        if self.session is None:
            return ""
        if self.session.current() is None:
            choose, leave = self.key("queue.choose"), self.key("app.quit")
            return f"Nothing is left to settle here. {choose} chooses others, {leave} quits."
        if self.covered:
            return self._cover_words
        if self.choosing:
            again = self.key("reason.drop")
            return f"{self.choosing}: why? The reason settles it; {again} chooses again."
        takes = "  ".join(
            f"{number} take {side.letter}" for number, side in enumerate(self._case.sides, 1)
        )
        return f"{takes}  0 cannot resolve"

    def hint_text(self, width: int) -> str:
        """While something is chosen, the reasons there are, and the note."""
        if not self.choosing:
            return super().hint_text(width)
        from annotator.work.review import REASONS

        reasons = (f"{code.key} {code.label.lower()}" for code in REASONS)
        return "  ".join((*reasons, f"{self.key('review.note')} note"))

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The passage and what the sides say: below it, or on a wide screen beside it."""
        if self._session.current() is None:
            return self._nothing_left(width)
        if self.covered:
            return [line(""), *paragraph(self._cover_words, width, "bold")]
        return self._wide(width, height) if width >= _WIDE else self._narrow(width, height)

    def _nothing_left(self, width: int) -> list[Line]:
        progress = self._counted
        lines = [line(""), line(cut(f" {progress.settled} settled, none left.", width), "good")]
        if progress.waiting:
            text = f"Sent back and waiting for a coder: {progress.waiting}."
            lines += paragraph(text, width - 1, indent=1)
        if progress.own:
            text = f"{progress.own} more are of passages you coded: someone else settles those."
            lines += paragraph(text, width - 1, indent=1)
        said = (("given back by coders", self._given_back), ("flagged by coders", self._flagged))
        if found := [f"{count} {name}" for name, count in said if count]:
            text = f"Still to look at: {', '.join(found)}. {self.key('queue.choose')} chooses them."
            lines += paragraph(text, width - 1, indent=1)
        return lines

    def _narrow(self, width: int, height: int) -> list[Line]:
        least = max(_FEWEST_TEXT_LINES, height * 2 // 5)
        rows = self._sides_lines(width, height - least - 1, columns=False)
        text = self._text_lines(width, max(least, height - len(rows) - 1))
        room = height - len(text) - 1
        below = self._in_view(rows, room)
        self._sides_at = (0, len(text) + 1)
        return [*text, self._rule(width, len(rows), room), *below]

    def _rule(self, width: int, lines: int, room: int) -> Line:
        """The line between passage and sides: where it is from, and whether there is more."""
        above, total = self.text.more
        more = "↓" if total - above > len(self.text.shown) else ""
        last = min(lines, self._top + room)
        below = f" {self._top + 1}-{last} of {lines} " if lines > room else ""
        title = f"{more} {self._case.report.title}".strip()
        if self.remarks:
            title += f" ─ notes and checks: {self.key('show.case')}"
        return line(f"{ruled(title, width - len(below))}{below}", "dim")

    def _wide(self, width: int, height: int) -> list[Line]:
        left = min(_MOST_TEXT, width * 2 // 5)
        right = width - left - len(BORDER)
        title = line(f" {cut(self._case.report.title, left - 2)}", "dim")
        text = [title, *self._text_lines(left - 1, height - 1)]
        text += self._entry_below(left - 1, height - len(text))
        above, total = self.text.more
        borders = [BORDER] * height
        if above:
            borders[1] = "↑"
        if total - above > len(self.text.shown):
            borders[-1] = "↓"
        rows = self._in_view(self._sides_lines(right, height, columns=True), height)
        self._sides_at = (left + len(BORDER), 0)
        painted = beside([Painted(one) for one in text], left, [Painted(r) for r in rows], borders)
        return [one.line for one in painted]

    def _entry_below(self, width: int, room: int) -> list[Line]:
        """What the codebook says of the part in focus, where the passage leaves room for it."""
        if self._part is None or room < _FEWEST_ENTRY_LINES:
            return []
        lines = entry_of(self._part, self._session.codebook, width - 2)
        if len(lines) > room - 2:
            more = f"… {len(lines) - room + 3} more lines: {self.key('show.codebook')}"
            lines = [*lines[: room - 3], line(cut(more, width - 2), "dim")]
        head = line(ruled(f"Codebook: {self._part.name}", width), "dim")
        return [(), head, *(((" ", PLAIN), *one) for one in lines)]

    def _text_lines(self, width: int, height: int) -> list[Line]:
        """The passage with the letters of the sides beside their words."""
        gutter = self._evidence.margin
        lines = self.text.view(width - gutter, height, self._evidence.highlights())
        margins = (self._evidence.letters_on(*shown) for shown in self.text.shown)
        return [
            ((padded(margin, gutter), "key"), *row)
            for margin, row in zip(margins, lines, strict=True)
        ]

    def _sides_lines(self, width: int, height: int, *, columns: bool) -> list[OwnedLine]:
        """What stands above the sides, and what they say.

        Args:
            width: Cells of a line.
            height: Lines there is room for.
            columns: Whether the sides may stand in columns.
        """
        shown, folded = self._arranged
        heading = heading_lines(self._case, width)
        if self._begun:
            on = self.key("coding.edit")
            heading += paragraph(
                f"You have begun a coding of your own; {on} goes on.", width, "title", 1
            )
        of_case = CaseLines(
            self._letters, shown, folded, self.at, self._taken, self.remarks
        ).fitting(width, height - len(heading), columns=columns)
        return [*((NO_PART, one) for one in heading), *of_case]

    @property
    def _taken(self) -> "dict[tuple[Place, str], str]":
        """The side taken, by the key of a part."""
        return {}

    def _in_view(self, rows: list[OwnedLine], room: int) -> list[Line]:
        self._top = window(rows, self.at, room, self._top)
        shown = rows[self._top : self._top + room]
        self._owners = [owner for owner, _ in shown]
        return [one for _, one in shown]

    def cursor_place(self) -> tuple[int, int]:
        """The line of the part in focus, for who reads the screen by its cursor."""
        over = (self.panel, self.prompt, self.chooser)
        if not self.ready or self.at not in self._owners or any(over):
            return super().cursor_place()
        column, row = self._sides_at
        return column, BODY_TOP + row + self._owners.index(self.at)

    # --- mouse -----------------------------------------------------------------------------------

    def click_work(self, place: tuple[int, int], *, double: bool) -> None:
        """Bring the part that was clicked into focus."""
        column, row = self._sides_at
        number = place[1] - BODY_TOP - row
        if self._session.current() is None or place[0] < column:
            return
        if 0 <= number < len(self._owners) and self._owners[number] != NO_PART:
            self._go_to_part(self._owners[number])

    def scroll_work(self, step: int) -> None:
        """Passage down or up."""
        self.text.move_lines(step)

    # --- what can be read ------------------------------------------------------------------------

    def focus_help(self, width: int) -> list[Line]:
        """What the part in focus is, and the keys that settle it."""
        if self._session.current() is None:
            return []
        here = self._part.title if self._part is not None else ""
        from annotator.work.review import REASONS

        return sides_help(here, self._letters, REASONS, self.key_and_title, width)

    def do_show_codebook(self) -> None:
        """Show the codebook entry of the part in focus."""
        part = self._part
        if part is None:
            self.say("The codebook has no entry for this.", refused=True)
            return
        self.panel = Panel(part.title, partial(entry_of, part, self._session.codebook))

    def do_show_case(self) -> None:
        """Show everything that the sides say."""
        case, parts, found, letters = self._case, self.parts, self.remarks, self._letters
        earlier = case.earlier
        if earlier is not None:
            from annotator.work.side_by_side import side_by_side

            # Beside the sides stands what was decided, so that it can be compared with them.
            sides = {**case.codings, _DECISION: earlier.coding}
            parts = side_by_side(sides, self._session.codebook)
            letters = [*letters, _DECISION]

        def build(width: int) -> list[Line]:
            heading = heading_lines(case, width, whole=True)
            return [*heading, *whole_lines(letters, parts, found, width)]

        self.panel = Panel("All that the sides say", build)
