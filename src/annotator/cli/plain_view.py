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
an empty line    on to the next question; after the last one it submits the passage. After an
                 answer you go on to the next question that is open; .list and .go lead to the rest
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
.copy            add a copy of the record you are in, without its words
.up  .down       move the record you are in before or after its neighbour
.checks          the checks of the codebook that fire, and what to do about each
.stand W3 WHY    let a warning or question stand, for a reason that is kept; .stand W3 alone
                 takes the reason back
.take 2          answer with the second of the words offered for this question, which become its
                 evidence; .take 1 3 where several codes may stand. It stays marked (offered)
.offers          all words of the passage that are offered for this question
.take S1         answer as a check implies; the answers stay marked as inferred
.recent          the codes you picked last for this question; .recent 2 picks the second of them
.again           answer this question as you answered it last, without the words
.remark TEXT     write a note on the whole passage; .remark alone takes it away
.flag            ask the lead to look at this passage, or no longer
.skip            give the passage back to the lead: .skip graphic, language, conflict, unreadable or
                 other, and more words if you like; on one you skipped, .skip takes it back
.pause           stop the clock until an empty line
.undo  .redo     take back the last step, do it again; also across passages
.submit          submit the passage
.answer          in a round of training: the known answer of a passage you submitted
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
        skipped = f", {progress.skipped} skipped" if progress.skipped else ""
        self._say()
        self._say(
            f"Passage {item.number} of {report.passages} of {report.name}. "
            f"{progress.done} of {progress.assigned} passages are coded{skipped}."
        )
        for name, value in (
            ("Publisher", report.publisher),
            ("Headline", "" if self._session.covered else report.headline),
            ("Date", report.date),
        ):
            if value:
                self._say(f"{name}: {value}")
        if item.done:
            changed = "; it is changed and not submitted again" if self._session.is_revision else ""
            self._say(f"This passage is submitted, revision {item.revision}{changed}.")
        self._marks()
        self._say()
        self._say(self.cover if self._session.covered else item.text)

    @property
    def cover(self) -> str:
        """What is said instead of the text of a covered passage."""
        return (
            "The lead tagged this passage as graphic: an empty line shows its text, .skip graphic "
            "gives it back."
        )

    def _marks(self) -> None:
        """Say what the lead asks of the passage, and what the coder said besides coding it."""
        item = self._session.item
        if item.sent_back:
            self._say(f"The lead sent it back: {item.sent_back}")
        if item.flagged:
            self._say("You flagged this passage for the lead.")
        if item.skipped:
            note = f": {item.skip_note}" if item.skip_note else ""
            self._say(f"You skipped this passage ({item.skipped.words}{note}).")
        if note := self._session.coding.note:
            self._say(f"Note on the passage: {' '.join(note.split())}")

    def place(self, *, past_last: bool) -> bool:
        """Say what is asked now, unless that has just been said.

        The codes of a question are listed the first time; later their keys are enough.

        Returns:
            Whether a question was said.
        """
        row, rows = self._session.row, self._session.rows
        # A line that adds a record stays where it is and asks for the next one.
        place = (self._session.item.assignment_id, row.place, row.there, past_last)
        if place == self._last_place:
            return False
        self._last_place = place
        self._say()
        if past_last:
            self._say("That was the last question. An empty line submits, .back goes back.")
            return False
        self._say(f"{rows.index(row) + 1} of {len(rows)}, {self._heading(row)}: {row.question}")
        if row.codes and self._listed_name(row) in self._listed:
            self._say(f"Keys: {' '.join(tokens(row.codes))}; .codes lists what they are")
        elif row.codes:
            self.codes()
        if row.kind is RowKind.ADD:
            self._say("An empty line goes on without one.")
        elif row.variable is not None and (hint := _ENTRY_HINTS.get(row.variable.type)):
            self._say(hint)
        # A record that has no words yet is shown by some of its answers; they do not answer this.
        if row.shown and (row.words or row.kind is not RowKind.RECORD):
            self._say(f"Answer: {_answer_line(row)}")
        return True

    def codes(self) -> None:
        """List the codes of the question in focus with what picks them."""
        row = self._session.row
        self._listed.add(self._listed_name(row))
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
            said = "" if row.kind is RowKind.ADD else f": {_answer_line(row) or 'not answered'}"
            self._say(f"{number}  {indent}{row.title}{said}")

    def answer(self, row: Row) -> None:
        """Say what the answer to a question is now."""
        self._say(f"{row.title}: {_answer_line(row) or 'no answer'}")

    def record_name(self, record_id: str) -> str:
        """A record in words, such as `Claim 1, Act 2`; `the passage` for the empty id."""
        titles = {row.record: row.title for row in self._session.rows if row.kind is RowKind.RECORD}
        names: list[str] = []
        while record_id:
            names.insert(0, titles[record_id])
            record_id = self._session.coding.parent_of(record_id)
        return ", ".join(names) or "the passage"

    def _heading(self, row: Row) -> str:
        if not row.record:
            return row.title
        name = self.record_name(row.record)
        return name if row.kind is RowKind.RECORD else f"{row.title} ({name})"

    def _listed_name(self, row: Row) -> str:
        """The question whose codes a row offers: on a line that adds a record, its first one."""
        if row.kind is RowKind.ADD:
            return self._session.codebook.variables_of(row.unit.id)[0].id
        return row.name


def _answer_line(row: Row) -> str:
    answer = row.answer or Answer(())
    there = {"inferred": answer.inferred, "offered": answer.candidate, "unsure": answer.unsure}
    marks = "".join(f" ({name})" for name, is_so in there.items() if is_so)
    words = "".join(f' "{" ".join(span.text.split())}"' for span in answer.evidence)
    note = f"; note: {' '.join(answer.note.split())}" if answer.note else ""
    return f"{row.shown}{marks}{words}{note}" if row.shown else ""
