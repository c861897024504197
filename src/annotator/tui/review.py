"""The review screen: one disagreement at a time, the codings beside each other without names."""

from functools import partial
from typing import TYPE_CHECKING

from annotator.codebook.model import PASSAGE
from annotator.coding.model import Coding, Span
from annotator.config.settings import Settings
from annotator.tui.app import WorkApp, run_app
from annotator.tui.form_lines import codebook_lines
from annotator.tui.help_lines import sides_help
from annotator.tui.keymap import Keymap, keymap_of
from annotator.tui.lines import Line, cut, line, wrap
from annotator.tui.overlays import Panel, Prompt
from annotator.tui.passage import Highlight, PassageText
from annotator.tui.pointing import PointedScreen
from annotator.tui.registry import Context
from annotator.tui.review_actions import REVIEW
from annotator.work.outline import outline

if TYPE_CHECKING:
    from collections.abc import Callable

    from annotator.codebook.model import Code

    # Load the database library; the screen is painted before that is done.
    from annotator.store.project import Project
    from annotator.work.differences import Difference
    from annotator.work.review import Case, ReviewSession, Side

_FEWEST_PASSAGE_LINES = 5
_WITHOUT_CASE = frozenset({"app.quit", "show.keys", "case.previous"})
"""The ids of what can be done when no disagreement is left."""
_WHILE_CHOOSING = frozenset(
    {"reason.drop", "review.note", "text.down", "text.up", "show.keys", "app.quit"}
)
"""The ids of what can be done while the reason is asked for."""


class ReviewScreen(PointedScreen):
    """Steps a lead through the disagreements of a round."""

    GROUPS = REVIEW
    # A settlement is written by the key of its reason, which is no action.
    LOOKING = frozenset(action.id for group in REVIEW for action in group.actions)

    def __init__(self, lead: str, keymap: Keymap | None = None) -> None:
        super().__init__(keymap)
        self.lead = lead
        self.session: ReviewSession | None = None
        self.text = PassageText("")
        self.difference = 0
        self.parts: dict[int, str] = {}
        self.choosing = ""
        self.note = ""

    @property
    def ready(self) -> bool:
        """Whether the project has been opened."""
        return self.session is not None

    def begin(self, session: "ReviewSession") -> None:
        """Show the session, once the project is open."""
        self.session = session
        self._open_case()
        self.begin_work()

    @property
    def _session(self) -> "ReviewSession":
        if self.session is None:
            raise RuntimeError("the session is used before the project is open")
        return self.session

    def _open_case(self) -> None:
        self.difference, self.parts, self.choosing, self.note = 0, {}, "", ""
        case = self._session.current()
        if case is not None:
            self.text = PassageText(case.passage.text, case.passage.start, case.passage.start)
            self._show_words()

    def _show_words(self) -> None:
        """Bring the words behind the difference in focus into view."""
        spans = [span for side in self._case.sides for span in self._words(side)]
        if spans:
            self.text.move_to(min(spans).start)

    @property
    def _case(self) -> "Case":
        case = self._session.current()
        if case is None:
            raise RuntimeError("there is no disagreement on the screen")
        return case

    # --- painting --------------------------------------------------------------------------------

    def status_text(self) -> tuple[str, str]:
        """Who reviews what, and how much is left."""
        if self.session is None:
            return f"annotator review · {self.lead}", "opening the project …"
        progress = self.session.progress
        left = f"{self.lead} · review of {self.session.round.name}"
        case = self.session.current()
        if case is not None:
            left += f" · {case.report.name} ¶{case.passage.number}/{case.report.passages}"
            left += " · settled before" if case.earlier else ""
        own = f" (own {progress.own})" if progress.own else ""
        return left, f"settled {progress.settled}  left {progress.left}{own}"

    def idle_message(self) -> str:
        """What can be chosen, or what has been."""
        if self.session is None:
            return ""
        if self.session.current() is None:
            return f"No disagreement is left in this round. {self.key('app.quit')} quits."
        if self.choosing:
            again = self.key("reason.drop")
            return f"{self.choosing}: why? The reason settles it; {again} chooses again."
        takes = "  ".join(
            f"{number} take {side.letter}" for number, side in enumerate(self._case.sides, 1)
        )
        return f"{takes}  0 cannot resolve"

    def hint_text(self, width: int) -> str:
        """While something is chosen, the reasons there are."""
        if not self.choosing:
            return super().hint_text(width)
        from annotator.work.review import REASONS

        return "  ".join(f"{code.key} {code.label.lower()}" for code in REASONS)

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The passage above, what the sides say below."""
        case = self._session.current()
        if case is None:
            return self._nothing_left(width)
        below = self._difference_lines(case, width)
        room = max(_FEWEST_PASSAGE_LINES, height - len(below) - 1)
        text = self.text.view(width - 2, room, self._highlights(case))
        shown = [((" ", ""), *row) for row in text]
        rule = line(cut(f"─ {case.report.title} " + "─" * width, width), "dim")
        left = height - len(shown) - 1
        top = self._first_shown(below, left)
        return [*shown, rule, *(row for _, row in below[top : top + left])]

    def _nothing_left(self, width: int) -> list[Line]:
        progress = self._session.progress
        lines = [line(""), line(cut(f" {progress.settled} settled, none left.", width), "good")]
        if progress.own:
            text = f" {progress.own} more are of passages you coded: someone else settles those."
            lines.append(line(cut(text, width)))
        return lines

    def _first_shown(self, below: list[tuple[int, Line]], room: int) -> int:
        """The first line shown of the differences, such that the one in focus is there whole."""
        last = max((n for n, (owner, _) in enumerate(below) if owner == self.difference), default=0)
        return max(0, min(last + 1 - room + 1, len(below) - room))

    def _difference_lines(self, case: "Case", width: int) -> list[tuple[int, Line]]:
        lines: list[tuple[int, Line]] = []
        for number, difference in enumerate(case.differences):
            in_focus = number == self.difference
            where = f"{difference.record}: " if difference.record else ""
            title = cut(f"{'>' if in_focus else ' '} {where}{difference.name}", width)
            lines.append((number, line(title, "focus" if in_focus else "bold")))
            for side in case.sides:
                lines += [
                    (number, row) for row in self._side_lines(number, difference, side, width)
                ]
        if case.agreed:
            names = ", ".join(self._title_of(name) for name in case.agreed)
            lines.append((-1, line(cut(f"  agreed: {names}", width), "dim")))
        return lines

    def _side_lines(
        self, number: int, difference: "Difference", side: "Side", width: int
    ) -> list[Line]:
        taken = self.parts.get(number) == side.letter
        sign = "*" if taken else " "
        said = difference.values[side.letter]
        value_style = "chosen" if taken else "differs" if number == self.difference else ""
        if number != self.difference:
            return [
                (
                    (f"  {sign}", "chosen"),
                    (f"{side.letter} ", "key"),
                    (cut(said, width - 6), value_style),
                )
            ]
        lines: list[Line] = []
        for part, (first, last) in enumerate(wrap(said, width - 7)):
            letter = f"{side.letter} " if not part else "  "
            lines.append(
                ((f"  {sign}", "chosen"), (letter, "key"), *line(said[first:last], value_style))
            )
        words = " · ".join(f"“{span.text}”" for span in self._words(side))
        if words:
            lines.append(((" " * 5, ""), (cut(words, width - 6), "dim")))
        return lines

    def _title_of(self, name: str) -> str:
        names = {variable.id: variable.name for variable in self._session.codebook.variables}
        units = {unit.id: unit.label for unit in self._session.codebook.units}
        return names.get(name) or units.get(name) or name

    def _words(self, side: "Side") -> list[Span]:
        """The words a side gives for what is in focus: those of the answer, else of the record."""
        differences = self._case.differences
        if not differences:
            return []
        difference = differences[self.difference]
        return _evidence(side.coding, difference.ids[side.letter], difference.variable)

    def _highlights(self, case: "Case") -> list[Highlight]:
        start = case.passage.start
        return [
            Highlight(
                span.start - start, span.end - start, "evidence" if not n else "other evidence"
            )
            for n, side in reversed(list(enumerate(case.sides)))
            for span in self._words(side)
        ]

    # --- keys ------------------------------------------------------------------------------------

    def answer_key(self, key: str) -> bool:
        """While something is chosen, its reason; nothing else."""
        action = self.keymap.find(Context.ANSWERING, key)
        if self._session.current() is None:
            return action is None or action.id not in _WITHOUT_CASE
        if not self.choosing:
            return False
        from annotator.work.review import REASONS

        reason = next((code for code in REASONS if code.key == key), None)
        if reason is not None:
            self._settle(reason)
        elif action is not None and action.id in _WHILE_CHOOSING:
            return False
        else:
            again = self.key("reason.drop")
            self.say(f"First the reason, or {again} to choose again.", refused=True)
        return True

    def _settle(self, reason: "Code") -> None:
        shown, note = self._case, self.note
        try:
            self._session.settle(reason.id, note)
        finally:
            # Settled or not: a passage revised underneath has other sides now, or is no case.
            now = self._session.current()
            if now is not shown:
                self._open_case()
                if now is not None and now.disagreement.place == shown.disagreement.place:
                    self.note = note
        where = f"{shown.report.name} ¶{shown.passage.number}"
        self.say(f"Settled {where}: {reason.label.lower()}.")

    def do_side_take(self) -> None:
        """Choose a side whole."""
        number = int(self.pressed) - 1
        sides = self._case.sides
        if number >= len(sides):
            self.say(f"There is no side {number + 1}.", refused=True)
            return
        self._session.take(sides[number].letter)
        self.parts = dict.fromkeys(range(len(self._case.differences)), sides[number].letter)
        self.choosing = f"Take {sides[number].letter}"

    def do_side_unresolved(self) -> None:
        """Choose to say that it cannot be resolved."""
        self._session.cannot_resolve()
        self.parts = {}
        self.choosing = "Cannot be resolved"

    def why_not_reason_drop(self) -> str:
        """There must be something that was chosen."""
        return "" if self.choosing else "Nothing has been chosen yet."

    def do_reason_drop(self) -> None:
        """Go back to choosing."""
        self.choosing = ""

    def do_part_take(self) -> None:
        """Take the answer in focus from one side; records always come from one side together."""
        letter = self.pressed.upper()
        if letter not in {side.letter for side in self._case.sides}:
            self.say(f"There is no side {letter}.", refused=True)
            return
        here = self._case.differences[self.difference]
        for number, difference in enumerate(self._case.differences):
            same_records = self._of_records(here) and self._of_records(difference)
            if number == self.difference or same_records:
                self.parts[number] = letter
        numbers = range(len(self._case.differences))
        left = [number for number in numbers if number not in self.parts]
        settle = self.key("part.settle")
        self.say(f"{settle} settles it so." if not left else f"{len(left)} more to choose.")
        if left:
            self.difference = next((n for n in left if n > self.difference), left[0])
            self._show_words()

    def _of_records(self, difference: "Difference") -> bool:
        passage = {variable.id for variable in self._session.codebook.variables_of(PASSAGE)}
        return difference.variable not in passage

    def do_part_settle(self) -> None:
        """Choose the mixture of parts."""
        case = self._case
        records = ""
        answers: dict[str, str] = {}
        for number, letter in self.parts.items():
            if self._of_records(case.differences[number]):
                records = letter
            else:
                answers[case.differences[number].variable] = letter
        self._session.take_answers(answers, records)
        self.choosing = "Take these parts"

    def do_part_next(self) -> None:
        """Next difference."""
        self._move(1)

    def do_part_previous(self) -> None:
        """Previous difference."""
        self._move(-1)

    def _move(self, step: int) -> None:
        most = max(0, len(self._case.differences) - 1)
        self.difference = max(0, min(self.difference + step, most))
        self._show_words()

    def do_text_down(self) -> None:
        """Passage down."""
        self.text.move_lines(3)

    def do_text_up(self) -> None:
        """Passage up."""
        self.text.move_lines(-3)

    def scroll_work(self, step: int) -> None:
        """Passage down or up."""
        self.text.move_lines(step)

    def do_case_next(self) -> None:
        """Leave this disagreement for later."""
        if self._session.skip():
            self._open_case()
        else:
            self.say("This is the only disagreement left.", refused=True)

    def do_case_previous(self) -> None:
        """Back to the disagreement before."""
        if self._session.back():
            self._open_case()
        else:
            self.say("There is none before this one.", refused=True)

    def do_review_note(self) -> None:
        """Write a note that is kept with the decision."""
        self.prompt = Prompt(
            "Note", self.note, self._keep_note, left="The note was left as it was."
        )

    def _keep_note(self, text: str) -> None:
        self.note = text.strip()

    def focus_help(self, width: int) -> list[Line]:
        """What the difference in focus is, and the keys that settle it."""
        case = self._session.current()
        if case is None:
            return []
        here = case.differences[self.difference].name if case.differences else ""
        letters = [side.letter for side in case.sides]
        return sides_help(here, letters, self.key_and_title, width)

    def do_show_codebook(self) -> None:
        """Show the codebook entry of the difference in focus."""
        differences = self._case.differences
        name = differences[self.difference].variable if differences else ""
        for side in self._case.sides:
            for row in outline(side.coding, self._session.codebook):
                if row.name == name:
                    self.panel = Panel(row.title, partial(codebook_lines, row))
                    return
        self.say("The codebook has no entry for this.", refused=True)


def _evidence(coding: Coding, record_id: str, variable_id: str) -> list[Span]:
    known = {record.id: record for _, record in coding.walk()}
    if record_id not in known:
        return []
    record = known[record_id]
    answer = record.answers.get(variable_id)
    return list(answer.evidence if answer and answer.evidence else record.evidence)


def run_review(location: str, round_name: str | None, lead: str, settings: Settings) -> None:
    """Open the review screen of a lead and stay in it until they leave.

    Args:
        location: The project file.
        round_name: The round to review; None for the only one.
        lead: The lead's name.
        settings: How the lead likes the screen.

    Raises:
        AnnotatorError: There is no such project or round.
    """
    screen = ReviewScreen(lead, keymap_of(REVIEW, settings))
    screen.use_theme(settings.theme)

    def opening() -> "tuple[Project, Callable[[], None]]":
        from annotator.store.project import open_project
        from annotator.work.review import ReviewSession
        from annotator.work.rounds import round_named

        project = open_project(location)
        session = ReviewSession(project, round_named(project, round_name), lead)
        return project, lambda: screen.begin(session)

    run_app(WorkApp(screen, opening), mouse=settings.mouse)
