"""The coding session as plain prompts: the same session as the screen's, one line at a time."""

from collections.abc import Callable, Mapping
from datetime import date

from annotator.cli.codes import entry_lines, picked
from annotator.cli.entry import Command, Quote, command, picks, value_and_quotes
from annotator.cli.lines import Lines
from annotator.cli.plain_checks import PlainChecks
from annotator.cli.plain_lesson import PlainLesson
from annotator.cli.plain_life import WHILE_COVERED, PlainLife
from annotator.cli.plain_offers import PlainOffers
from annotator.cli.plain_view import HELP, PlainView
from annotator.cli.plain_walk import Walk
from annotator.cli.plain_words import PlainWords, must, sentence
from annotator.codebook.model import Code, VariableType
from annotator.coding.change import parse_entry
from annotator.coding.model import State
from annotator.work.focus import Change
from annotator.work.outline import Row, RowKind
from annotator.work.session import CodingSession

_STATES = {state.value: state for state in State if state is not State.STATED}


def run_plain(session: CodingSession, lines: Lines) -> None:
    """Let a coder code until they leave, the input ends, or they are done.

    Raises:
        AnnotatorError: A change could not be saved.
    """
    try:
        _Prompts(session, lines).run()
    finally:
        session.keep_place()


class _Prompts:
    def __init__(self, session: CodingSession, lines: Lines) -> None:
        self._session = session
        self._view = PlainView(session, lines)
        self._checks = PlainChecks(session, self._view, lines)
        self._life = PlainLife(session, self._view, lines)
        self._offers = PlainOffers(session, self._view, lines)
        self._lesson = PlainLesson(session, lines)
        self._say = lines.say
        self._ask = lines.ask
        self._walk = Walk(session, lines)
        self._words = PlainWords(session, self._view, self._walk, lines)
        self._left = False
        self._commands: Mapping[str, Callable[[str], None]] = {
            "help": lambda _: self._say(HELP),
            "back": lambda _: self._walk.back(),
            "go": self._walk.go,
            "list": lambda _: self._view.overview(),
            "text": lambda _: self._view.passage(),
            "codes": lambda _: self._view.codes(),
            "code": self._explain,
            "state": self._state,
            "note": lambda rest: self._tell_answer(self._session.set_note(rest)),
            "unsure": lambda _: self._tell_answer(self._session.toggle_unsure()),
            "words": self._words.add,
            "clear": lambda _: self._tell_answer(self._session.clear()),
            "add": self._add,
            "copy": lambda _: self._copy(),
            "up": lambda _: self._shift(-1),
            "down": lambda _: self._shift(+1),
            "remove": lambda _: self._remove(),
            "checks": lambda _: self._checks.all(),
            "stand": self._checks.stand,
            "take": self._take_offered,
            "offers": lambda _: self._offers.all(),
            "flag": lambda _: self._life.flag(),
            "skip": self._skip,
            "remark": self._life.remark,
            "recent": self._recent,
            "again": lambda _: self._again(),
            "pause": lambda _: self._life.pause(self._leave),
            "undo": lambda _: self._travel(self._session.undo()),
            "redo": lambda _: self._travel(self._session.redo()),
            "submit": lambda _: self._submit(),
            "answer": lambda _: self._lesson.again(),
            "next": lambda _: self._travel(self._session.step_passage(+1)),
            "prev": lambda _: self._travel(self._session.step_passage(-1)),
            "open": lambda _: self._travel(self._session.next_open()),
            "quit": lambda _: self._leave(),
        }

    def run(self) -> None:
        self._say("Type .help for help. Every change is saved at once.")
        if not self._session.progress.open:
            ended = self._session.ended.removesuffix(".")
            self._say(f"{ended}; you may look at them again, or leave with .quit.")
        if verdict := self._session.verdict:
            self._say(verdict)
        if reminder := self._session.reminder:
            self._say(f"{reminder} When every passage is coded, .open goes there.")
        self._lesson.teach(self._leave)
        if not self._left:
            self._view.passage()
        while not self._left:
            self._checks.tell_new()
            if self._view.place(past_last=self._walk.past_last):
                self._offers.tell()
            self._walk.remember(self._session.row.place)
            line = self._ask()
            if line is None:
                break
            self._life.attend()
            self._take(line)
        if reminder := self._session.reminder:
            self._say(reminder)

    def _take(self, line: str) -> None:
        typed = command(line)
        if self._session.covered and (typed is None or typed.name not in WHILE_COVERED):
            self._life.uncover(line)
        elif typed is not None:
            self._command(typed)
        elif not line and self._walk.past_last:
            self._submit()
        elif not line:
            self._walk.forward()
        elif self._walk.past_last:
            self._say("All questions are asked: an empty line submits, .back goes back.")
        elif self._session.row.is_typed:
            self._type(line)
        else:
            self._pick(line)

    def _command(self, typed: Command) -> None:
        if (do := self._commands.get(typed.name)) is None:
            self._say(f"There is no command .{typed.name}; .help lists them.")
        else:
            do(typed.rest)

    def _explain(self, rest: str) -> None:
        row = self._session.row
        if not rest:
            self._say(row.variable.help if row.variable and row.variable.help else row.question)
            return
        try:
            code = self._find(rest)[1]
        except ValueError as error:
            self._say(sentence(str(error)))
            return
        for line in entry_lines(code):
            self._say(line)

    def _tell(self, change: Change) -> bool:
        if change.message:
            self._say(change.message)
        return not change.refused

    def _tell_answer(self, change: Change) -> None:
        if self._tell(change):
            self._view.answer(self._session.row)

    # --- answering -------------------------------------------------------------------------------

    def _type(self, line: str) -> None:
        session, row = self._session, self._session.row
        variable = row.variable
        assert variable is not None
        is_text = variable.type is VariableType.TEXT
        value, quotes = (line, []) if is_text else value_and_quotes(line)
        try:
            spans = [self._words.find(quote) for quote in quotes]
            if value:
                parse_entry(value, variable, self._report_date())
        except ValueError as error:
            self._say(f"{sentence(str(error))} Nothing was changed.")
            return
        if value:
            session.type_entry(value)
        for span in spans:
            self._tell(self._words.put(span))
        self._view.answer(session.row)
        if value:
            self._walk.go_on()

    def _report_date(self) -> date | None:
        day = self._session.item.report.date
        return date.fromisoformat(day) if day else None

    def _pick(self, line: str) -> None:
        """Take the parts of a line one after the other, up to the first that picks nothing."""
        answered: list[tuple[str, str]] = []
        several = False
        try:
            for part in picks(line):
                if isinstance(part, Quote):
                    self._words.quote(part, answered)
                elif part == "-" and self._session.row.variable is not None:
                    answered.append(self._session.row.place)
                    several = False
                    must(self._session.pick_none())
                else:
                    row, code = self._find(part)
                    several = _takes_several(row)
                    answered.append(self._take_code(row, code))
                if answered:
                    self._walk.return_to(answered[-1])
                    if not several:
                        self._walk.step_on()
        except ValueError as error:
            self._say(sentence(str(error)))
        if answered:
            self._tell_answers(answered)

    def _tell_answers(self, answered: list[tuple[str, str]]) -> None:
        """Say what questions are answered with now, and go on after the last of them."""
        for place in dict.fromkeys(answered):
            self._walk.remember(place)
            for row in self._session.rows:
                if row.place == place:
                    self._view.answer(row)
        self._walk.return_to(answered[-1])
        self._walk.go_on()

    def _recent(self, rest: str) -> None:
        if (code := self._life.recent(rest)) is not None:
            self._pick_code(code)

    def _pick_code(self, code: Code) -> None:
        try:
            self._tell_answers([self._take_code(self._session.row, code)])
        except ValueError as error:
            self._say(sentence(str(error)))

    def _again(self) -> None:
        row = self._session.row
        if row.kind is RowKind.ADD and (codes := self._session.recent_codes()):
            self._pick_code(codes[0])
        elif self._tell(self._session.repeat_last()):
            self._tell_answers([row.place])

    def _skip(self, rest: str) -> None:
        change = self._life.skip(rest)
        if change is None:
            return
        self._travel(change)
        if change.finished:
            self._leave()

    def _take_code(self, row: Row, code: Code) -> tuple[str, str]:
        """Pick a code in a row, and say which question it answered."""
        session = self._session
        before = {record.id for _, record in session.coding.walk()}
        session.go_to(row.place)
        # Where only one code can stand, the same one again confirms it.
        if _takes_several(row) or code.id not in row.chosen:
            must(session.pick(code))
        if row.kind is not RowKind.ADD:
            return row.place
        added = next(record.id for _, record in session.coding.walk() if record.id not in before)
        return added, session.codebook.variables_of(row.unit.id)[0].id

    def _find(self, token: str) -> tuple[Row, Code]:
        """The code a key or an id picks: here, else in the one other question that has it."""
        row = self._session.row
        if (code := picked(row.codes, token)) is not None:
            return row, code
        others = [
            (other, code)
            for other in self._session.rows
            if other.record == row.record
            and other.kind is not RowKind.ADD
            and (code := picked(other.codes, token)) is not None
        ]
        if len(others) != 1:
            raise ValueError(f"“{token}” is no code here; .codes lists them")
        return others[0]

    def _take_offered(self, rest: str) -> None:
        """Take words that are offered, by number, or what a check of the codebook offers, by id."""
        if not rest or not rest.replace(" ", "").isdecimal():
            self._checks.take(rest)
        elif (place := self._offers.take(rest)) is not None:
            self._walk.remember(place)
            self._walk.return_to(place)
            self._walk.go_on()

    def _state(self, rest: str) -> None:
        state = _STATES.get(rest.replace(" ", "_"))
        if state is None:
            self._say(f"Give one of {', '.join(_STATES)}.")
            return
        place = self._session.row.place
        if self._tell(self._session.set_state(state)):
            self._walk.return_to(place)
            self._view.answer(self._session.row)
            self._walk.go_on()

    def _add(self, rest: str) -> None:
        units = [unit for unit, _ in self._session.addable_units()]
        names = [unit.id for unit in units]
        wanted = rest or (names[0] if len(names) == 1 else "")
        if wanted not in names:
            known = f"give one of {', '.join(names)}" if names else "this codebook has none"
            self._say(f"“{rest}” is no unit that can be added here; {known}.")
            return
        self._walk.past_last = False
        self._tell(self._session.add_record(wanted))

    def _copy(self) -> None:
        self._walk.past_last = False
        if self._tell(self._session.copy_record()):
            self._say("Copied, without the words behind the answers.")

    def _shift(self, step: int) -> None:
        if self._tell(self._session.shift_record(step)):
            self._say(f"It is {self._view.record_name(self._session.row.record)} now.")

    def _remove(self) -> None:
        self._walk.past_last = False
        self._tell(self._session.remove_record())

    # --- moving ----------------------------------------------------------------------------------

    def _travel(self, change: Change) -> None:
        if self._tell(change):
            self._walk.past_last = False
        if change.passage:
            self._open_passage()

    def _open_passage(self) -> None:
        self._walk.start()
        self._view.passage()

    def _submit(self) -> None:
        change = self._session.submit()
        self._walk.past_last = False
        if change.refused:
            self._checks.tell_what_blocks(change)
            return
        self._say(change.message)
        self._lesson.teach(self._leave)
        if change.finished:
            self._leave()
        elif change.passage and not self._left:
            self._open_passage()

    def _leave(self) -> None:
        self._left = True


def _takes_several(row: Row) -> bool:
    return row.variable is not None and row.variable.type in (VariableType.CODES, VariableType.LINK)
