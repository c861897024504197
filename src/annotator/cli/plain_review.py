"""Review as plain prompts: the same session as the review screen's, one line at a time."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from annotator.cli.codes import picked
from annotator.cli.lines import Lines
from annotator.cli.plain_review_view import HELP, ReviewView
from annotator.errors import AnnotatorError
from annotator.work.cases import REASONS, Case
from annotator.work.review import EARLIER, PARTS, UNANIMOUS, ReviewSession
from annotator.work.review_choices import Only, QueueFilter, ReviewOrder, pair_of

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
        self._view = ReviewView(session, lines)
        self._shown: Case | None = None
        self._left = False
        self._commands: Mapping[str, Callable[[Case, str], None]] = {
            ".text": lambda case, rest: self._say(case.passage.text),
            ".all": lambda case, rest: self._view.everything(case),
            ".words": lambda case, rest: self._view.words(case),
            ".code": lambda case, rest: self._view.code(rest),
            ".codebook": lambda case, rest: self._view.questions(case),
            ".agreed": lambda case, rest: self._agreed(),
            ".edit": self._edit,
            ".send": lambda case, rest: self._send(rest),
            ".pass": lambda case, rest: self._pass_on(),
            ".next": lambda case, rest: self._next(),
        }
        self._anywhere: Mapping[str, Callable[[str], None]] = {
            ".help": lambda rest: self._say(HELP),
            ".undo": lambda rest: self._say(self._session.undo()),
            ".redo": lambda rest: self._say(self._session.redo()),
            ".queue": self._queue,
            ".back": lambda rest: self._back(),
            ".quit": lambda rest: self._leave(),
        }

    def run(self) -> None:
        self._view.opening()
        while not self._left:
            case = self._session.current()
            if case is None:
                self._view.nothing_left()
            elif case is not self._shown:
                self._shown = case
                self._view.case(case)
            line = self._lines.ask()
            if line is None or (case is None and not line):
                return
            try:
                self._take(case, line)
            except AnnotatorError as error:
                self._say(error.sentence)

    def _take(self, case: Case | None, line: str) -> None:
        name, _, rest = line.partition(" ")
        if name in self._anywhere:
            self._anywhere[name](rest.strip())
        elif case is None:
            self._say("There is nothing to do that with.")
        elif name in self._commands:
            self._commands[name](case, rest.strip())
        elif name.startswith("."):
            self._say(f"There is no command {name}; .help lists them.")
        elif line:
            self._choose(case, line.lower())
            self._settle()

    # --- choosing --------------------------------------------------------------------------------

    def _choose(self, case: Case, line: str) -> None:
        if line == "0":
            self._session.cannot_resolve()
        elif self._choose_parts(case, line):
            self._session.take_parts()
        else:
            self._session.take(line.upper())

    def _choose_parts(self, case: Case, line: str) -> bool:
        """Take the parts that a line names from their sides; False if it names none."""
        found = [_PART.match(word) for word in line.replace(",", " ").split()]
        parts = [(int(one[1]), one[2].upper()) for one in found if one is not None]
        if not parts or len(parts) < len(found):
            return False
        for place, variable in self._session.chosen:
            self._session.unchoose(place, variable)
        chosen: dict[tuple[tuple[int, ...], str], str] = {}
        for number, letter in parts:
            if not 1 <= number <= len(case.differences):
                raise AnnotatorError(f"There is no difference {number}.")
            chosen[case.differences[number - 1].key] = letter
        # What is taken as a whole comes first; what lies in it may be taken from elsewhere.
        for place, variable in sorted(chosen, key=lambda key: (bool(key[1]), len(key[0]))):
            self._session.choose(place, variable, chosen[place, variable])
        return True

    def _agreed(self) -> None:
        self._session.take_unanimous()
        self._settle()

    def _edit(self, case: Case, rest: str) -> None:
        """Let the lead make a coding of their own, in the prompts coders have."""
        from annotator.cli.plain import run_plain
        from annotator.work.session import CodingSession

        begin, _, parts = rest.lower().partition(" ")
        starts = {"": "", "parts": PARTS, "agreed": UNANIMOUS, "earlier": EARLIER}
        if begin == PARTS and parts and not self._choose_parts(case, parts):
            raise AnnotatorError(f"“{parts}” names no parts; write them as 1a 2b.")
        desk = self._session.edit(starts.get(begin, begin.upper()))
        self._say("Your own coding; .submit when it is done, .quit to leave it for later.")
        run_plain(CodingSession(desk), self._lines)
        if self._session.proposal is not None:
            self._settle()
        else:
            self._say("Your coding is kept; .edit goes on with it.")

    # --- settling --------------------------------------------------------------------------------

    def _settle(self) -> None:
        case = self._session.current()
        if case is not None and case.sample:
            # All agree, so that there is nothing to give a reason for.
            self._session.settle("")
            self._say("Settled.")
            return
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

    def _send(self, rest: str) -> None:
        side, _, words = rest.partition(" ")
        self._session.send_back(words, "" if side.lower() == "all" else side.upper())
        self._say("Sent back: the coder has it again, with your words.")

    def _pass_on(self) -> None:
        self._session.pass_on()
        self._say("Another coder has it now.")

    # --- moving ----------------------------------------------------------------------------------

    def _queue(self, rest: str) -> None:
        if not rest:
            self._view.queues()
            return
        self._session.open_queue(_chosen(self._session.filter, rest.split()))
        self._view.queue()

    def _next(self) -> None:
        if not self._session.skip():
            self._say("There is no other disagreement left.")

    def _back(self) -> None:
        if not self._session.back():
            self._say("There is none before this one.")

    def _leave(self) -> None:
        self._left = True


def _chosen(now: QueueFilter, words: list[str]) -> QueueFilter:
    """The queue that some words choose: an order, a kind, a question with a pair, or a share."""
    first, *rest = words
    if first == "all":
        return QueueFilter(now.order)
    if first in set(ReviewOrder):
        return replace(now, order=ReviewOrder(first))
    if first in set(Only):
        return QueueFilter(now.order, only=Only(first))
    if first == "unanimous":
        return QueueFilter(now.order, unanimous=_share(rest[0] if rest else ""))
    return QueueFilter(now.order, variable=first, pair=pair_of(rest[0]) if rest else None)


def _share(text: str) -> float:
    """A share as it is typed.

    Raises:
        AnnotatorError: It is none.
    """
    try:
        return float(text)
    except ValueError:
        raise AnnotatorError(f"“{text}” is no share; write one such as .03.") from None
