"""What a coder at plain prompts is told: the passage, the question, the answer, in lines."""

from annotator.cli.codes import tokens
from annotator.cli.lines import Lines
from annotator.codebook.model import VariableType
from annotator.coding.model import Answer
from annotator.work.outline import Row, RowKind
from annotator.work.session import CodingSession

HELP = """\
Type the keys or ids of codes, with spaces between them: a 1. Where several codes may stand, one
typed again is taken away.
-                none of these codes applies
9  ~30  12+      a count; also <=40, 10-15, 12 (12-20), v10 for a vague word that means 10 or more
2016-12-21       a date; also 2016-12, 2016, 2016-12-01..2016-12-07
n  u  x          for a count, date or number: not stated, unknown, not applicable
a "the words"    the answer with words of the passage as its evidence; "the words"2 is where
                 they stand for the second time; words alone go to the answer that is there
an empty line    on to the next question; after the last one it submits the passage
.back            to the question before
.go 3            to question 3
.list            all questions and answers of the passage
.text            the passage again
.codes           the codes of this question with their keys
.code a          what a code means; .code alone: what the question means
.state unknown   answer with a state: not_stated, unknown, not_applicable
.note TEXT       write a note to the answer; .note alone takes it away
.unsure          mark the answer as unsure, or sure again
.words "..."     words of the passage as evidence, where a text is the answer
.clear           take the answer away
.add claim       add a record of a repeating unit; .remove takes away the one you are in
.undo  .redo     take back the last step, do it again; also across passages
.submit          submit the passage
.next  .prev     the next or previous passage; .open: the next one that is not coded, and when
                 all are, those changed and not submitted
.quit            leave; every change is saved already"""

_ENTRY_HINTS = {
    VariableType.COUNT: "A count: 9, ~30, 12+, <=40, 10-15; n not stated, u unknown.",
    VariableType.DATE: "A date: 2016-12-21, 2016-12, 2016; n not stated, u unknown.",
    VariableType.NUMBER: "A number; n not stated, u unknown.",
    VariableType.TEXT: "Text, as long as need be.",
}


class PlainView:
    """Says where a coding session stands.

    Args:
        session: The session.
        lines: Where it is said.
    """

    def __init__(self, session: CodingSession, lines: Lines) -> None:
        self._session = session
        self._say = lines.say
        self._listed: set[str] = set()
        self._last_place: tuple[object, ...] = ()

    def passage(self) -> None:
        """Say which passage is open, and its text."""
        self._last_place = ()
        item, progress = self._session.item, self._session.progress
        report = item.report
        self._say()
        self._say(
            f"Passage {item.number} of {report.passages} of {report.name}. "
            f"{progress.done} of {progress.assigned} passages are coded."
        )
        for name, value in (
            ("Publisher", report.publisher),
            ("Headline", report.headline),
            ("Date", report.date),
        ):
            if value:
                self._say(f"{name}: {value}")
        if item.done:
            changed = "; it is changed and not submitted again" if self._session.is_revision else ""
            self._say(f"This passage is submitted, revision {item.revision}{changed}.")
        self._say()
        self._say(item.text)

    def place(self, *, past_last: bool) -> None:
        """Say what is asked now, unless that has just been said.

        The codes of a question are listed the first time; later their keys are enough.
        """
        row, rows = self._session.row, self._session.rows
        place = (self._session.item.assignment_id, row.place, past_last)
        if place == self._last_place:
            return
        self._last_place = place
        self._say()
        if past_last:
            self._say("That was the last question. An empty line submits, .back goes back.")
            return
        where = "" if not row.record or row.kind is RowKind.RECORD else f" ({row.record})"
        self._say(f"{rows.index(row) + 1} of {len(rows)}, {row.title}{where}: {row.question}")
        if row.codes and row.name in self._listed:
            self._say(f"Keys: {' '.join(tokens(row.codes))}; .codes lists what they are")
        elif row.codes:
            self.codes()
        elif row.variable is not None and (hint := _ENTRY_HINTS.get(row.variable.type)):
            self._say(hint)
        if row.shown:
            self._say(f"Answer: {_answer_line(row)}")

    def codes(self) -> None:
        """List the codes of the question in focus with what picks them."""
        row = self._session.row
        self._listed.add(row.name)
        for token, code in tokens(row.codes).items():
            self._say(f"  {token}  {code.label} ({code.id})")
        if row.takes_several:
            self._say("  -  none of these")
        if not row.codes:
            self._say("This question has no codes.")

    def overview(self) -> None:
        """List all questions of the passage with their answers."""
        for number, row in enumerate(self._session.rows, 1):
            indent = "  " * row.depth
            self._say(f"{number}  {indent}{row.title}: {_answer_line(row) or 'not answered'}")

    def answer(self, row: Row) -> None:
        """Say what the answer to a question is now."""
        self._say(f"{row.title}: {_answer_line(row) or 'no answer'}")


def _answer_line(row: Row) -> str:
    answer = row.answer or Answer(())
    unsure = " (unsure)" if answer.unsure else ""
    words = "".join(f' "{" ".join(span.text.split())}"' for span in answer.evidence)
    note = f"; note: {answer.note}" if answer.note else ""
    return f"{row.shown}{unsure}{words}{note}" if row.shown else ""
