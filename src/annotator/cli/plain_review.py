"""Review as plain prompts: the same session as the review screen's, one line at a time."""

import re
from collections.abc import Callable, Mapping

from annotator.cli.codes import entry_lines, picked
from annotator.cli.lines import Lines
from annotator.codebook.model import Code
from annotator.errors import AnnotatorError
from annotator.work.cases import REASONS, Case
from annotator.work.review import ReviewSession

HELP = """\
a                take the whole coding of side A
1b 2a            take difference 1 from side B and 2 from side A; say it for each difference.
                 The records of repeating units come from one side as a whole
0                this passage cannot be resolved
.text            the passage again
.words           the words each side gave as evidence, and why it let a check stand
.code regime_air what a code means (its id or key); .codebook: what the questions mean
.next            leave this disagreement for later
.back            the disagreement before, also to settle it anew
.quit            leave; every settlement is saved already

After a choice comes the reason: its key, and a note after it if you like: r the codebook does
not say whose mines these are. An empty line takes the choice back."""

_PART = re.compile(r"(\d{1,9})([a-z]+)$")


def run_plain_review(session: ReviewSession, lines: Lines) -> None:
    """Let a lead settle disagreements until they leave, the input ends, or none is left.

    What cannot be settled, because the passage was revised meanwhile or the file is busy, is said
    and the review goes on.
    """
    _ReviewPrompts(session, lines).run()


class _ReviewPrompts:
    def __init__(self, session: ReviewSession, lines: Lines) -> None:
        self._session = session
        self._lines = lines
        self._say = lines.say
        self._shown: Case | None = None
        self._left = False
        self._commands: Mapping[str, Callable[[Case, str], None]] = {
            ".help": lambda case, rest: self._say(HELP),
            ".text": lambda case, rest: self._say(case.passage.text),
            ".words": lambda case, rest: self._show_words(case),
            ".code": lambda case, rest: self._show_code(rest),
            ".codebook": lambda case, rest: self._show_questions(case),
            ".next": lambda case, rest: self._next(),
            ".back": lambda case, rest: self._back(),
            ".quit": lambda case, rest: self._leave(),
        }

    def run(self) -> None:
        progress = self._session.progress
        if progress.own:
            self._say(
                f"{progress.own} disagreements are left to another lead, because you coded these "
                "passages."
            )
        if progress.left:
            self._say("Type .help for help. Every settlement is saved at once.")
        while not self._left:
            case = self._session.current()
            if case is None:
                self._say(f"No disagreement is left to settle in round {self._session.round.name}.")
                return
            if case is not self._shown:
                self._show(case)
            line = self._lines.ask()
            if line is None:
                return
            self._take(case, line)

    def _take(self, case: Case, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name.startswith("."):
            if (do := self._commands.get(name)) is None:
                self._say(f"There is no command {name}; .help lists them.")
            else:
                do(case, rest.strip())
        elif line:
            try:
                self._choose(case, line.lower())
                self._settle()
            except AnnotatorError as error:
                self._say(error.sentence)

    # --- showing ---------------------------------------------------------------------------------

    def _show(self, case: Case) -> None:
        self._shown = case
        progress = self._session.progress
        passage = case.passage
        self._say()
        self._say(
            f"Passage {passage.number} of {case.report.name}, {passage.title}. "
            f"{progress.settled} settled, {progress.left} left."
        )
        self._say()
        self._say(passage.text)
        self._say()
        for number, one in enumerate(case.differences, 1):
            record = f"{one.record}, " if one.record else ""
            self._say(f"{number}  {record}{one.name}")
            for letter, value in one.values.items():
                self._say(f"     {letter}: {value}")
        if case.agreed:
            self._say(f"They agree on: {', '.join(self._name(item) for item in case.agreed)}.")
        if case.earlier is not None:
            self._say(
                f"Settled before ({case.earlier.outcome.replace('_', ' ')}, "
                f"{case.earlier.reason.replace('_', ' ')}); settling it again replaces that."
            )
        letters = ", ".join(side.letter.lower() for side in case.sides)
        self._say(f"Take a side ({letters}), parts of several (1a 2b), or 0 for cannot resolve.")

    def _name(self, item: str) -> str:
        for variable in self._session.codebook.variables:
            if variable.id == item:
                return variable.name
        for unit in self._session.codebook.units:
            if unit.id == item:
                return unit.label
        return item

    def _show_words(self, case: Case) -> None:
        for side in case.sides:
            for _, variable, span in side.coding.spans():
                name = self._name(variable) if variable else "record"
                self._say(f'{side.letter}, {name}: "{" ".join(span.text.split())}"')
            for override in side.coding.overrides:
                self._say(f"{side.letter}, {override.check} stands: {override.reason}")

    def _show_code(self, token: str) -> None:
        found: list[Code] = []
        for variable in self._session.codebook.variables:
            code = picked(variable.codes, token)
            if code is not None and code not in found:
                found.append(code)
        for code in found:
            for line in entry_lines(code):
                self._say(line)
        if not found:
            self._say(f"“{token}” is no code of the codebook.")

    def _show_questions(self, case: Case) -> None:
        for variable in self._session.codebook.variables:
            if any(one.variable == variable.id for one in case.differences):
                self._say(f"{variable.name}: {variable.question}")
                if variable.help:
                    self._say(variable.help)

    # --- settling --------------------------------------------------------------------------------

    def _choose(self, case: Case, line: str) -> None:
        parts = [_PART.match(word) for word in line.replace(",", " ").split()]
        if line == "0":
            self._session.cannot_resolve()
        elif all(parts):
            self._merge(case, [(int(part[1]), part[2].upper()) for part in parts if part])
        else:
            self._session.take(line.upper())

    def _merge(self, case: Case, parts: list[tuple[int, str]]) -> None:
        of_passage = {
            variable.id
            for variable in self._session.codebook.variables
            if variable.unit == "passage"
        }
        sides: dict[str, str] = {}
        records = ""
        for number, letter in parts:
            if not 1 <= number <= len(case.differences):
                raise AnnotatorError(f"There is no difference {number}.")
            one = case.differences[number - 1]
            if not one.record and one.variable in of_passage:
                sides[one.variable] = letter
            elif records in ("", letter):
                records = letter
            else:
                raise AnnotatorError("Take the records of all repeating units from one side.")
        self._session.take_answers(sides, records)

    def _settle(self) -> None:
        keys = ", ".join(f"{reason.key} {reason.label.lower()}" for reason in REASONS)
        self._say(f"Why did they differ? {keys}")
        while line := self._lines.ask():
            key, _, note = line.partition(" ")
            reason = picked(REASONS, key.lower())
            if reason is not None:
                self._session.settle(reason.id, note.strip())
                self._say("Settled.")
                return
            self._say(f"“{key}” is no reason: {keys}; an empty line takes the choice back.")
        self._say("Nothing was settled.")

    # --- moving ----------------------------------------------------------------------------------

    def _next(self) -> None:
        if not self._session.skip():
            self._say("There is no other disagreement left.")

    def _back(self) -> None:
        if not self._session.back():
            self._say("There is none before this one.")

    def _leave(self) -> None:
        self._left = True
