"""What a review says in plain lines: the passage, its sides, what the codebook has on them."""

from annotator.cli.codes import entry_lines, picked
from annotator.cli.lines import Lines
from annotator.cli.output import many
from annotator.codebook.model import Code
from annotator.work.cases import Case
from annotator.work.remarks import Remark, remarks
from annotator.work.review import ReviewSession
from annotator.work.review_choices import Only
from annotator.work.side_by_side import Part, in_brief
from annotator.work.subjects import in_short

HELP = """\
a                take the whole coding of side A
1b 2a            take difference 1 from side B and 2 from side A; say it for each difference.
                 A claim taken from a side is taken with all that is in it; from a side that
                 does not have it, it is left out
0                this passage cannot be resolved
.agreed          take what all sides say alike, and nothing else
.edit b          make a coding of your own, beginning with side B; also .edit parts 1b 2a, .edit
                 agreed, .edit earlier (what was settled before), .edit alone for an empty one
.send b WORDS    send the passage back to whoever made side B, with your words; .send all WORDS
.pass            give a passage that was given back to another coder
.undo, .redo     take back your last settlement, settle it again
.text            the passage again; one that is tagged as graphic is shown by this alone
.all             also what the sides agree on
.words           the words each side gave as evidence, and why it let a check stand
.code regime_air what a code means (its id or key); .codebook: what the questions mean
.queue           what else there is to look at; .queue reading, .queue flagged, .queue kind,
                 .queue kind daily,total, .queue unanimous .03 and .queue all choose it
.next            leave this disagreement for later
.back            the disagreement before, also to settle it anew
.quit            leave; every settlement is saved already

After a choice comes the reason: its key, and a note after it if you like: r the codebook does
not say whose mines these are. An empty line takes the choice back."""

_AGREED_ROOM = 160
"""Characters for what the sides agree on; of claims that is most of the form."""

_COVER = "This passage is tagged as graphic: .text shows its words."


class ReviewView:
    """Says in lines what there is to see of a review.

    Args:
        session: The review.
        lines: Where to.
    """

    def __init__(self, session: ReviewSession, lines: Lines) -> None:
        self._session = session
        self._say = lines.say

    def opening(self) -> None:
        """Say what a lead must know before the first passage."""
        progress = self._session.progress
        self._say(f"Round {self._session.round.name}.")
        if progress.own:
            self._say(
                f"{many(progress.own, 'disagreement')} left to another lead: passages you coded "
                "yourself."
            )
        if progress.left or progress.sample:
            self._say("Type .help for help. Every settlement is saved at once.")

    def nothing_left(self) -> None:
        """Say that the queue is done."""
        self._say(f"No disagreement is left to settle in round {self._session.round.name}.")
        if waiting := self._session.progress.waiting:
            self._say(f"{many(waiting, 'passage')} sent back, waiting for an answer.")
        for only, what in ((Only.SKIPPED, "given back"), (Only.FLAGGED, "flagged")):
            if found := self._session.left_of(only):
                self._say(f"{many(found, 'passage')} {what} by coders: .queue {only} lists them.")
        self._say(".back, .undo and .queue go on; an empty line leaves.")

    # --- a case ----------------------------------------------------------------------------------

    def case(self, case: Case) -> None:
        """Show a passage and what its codings say differently."""
        passage = case.passage
        self._say()
        title = "" if case.graphic else f", {passage.title}"
        self._say(f"Passage {passage.number} of {case.report.name}{title}. {self._progress()}")
        self._say()
        self._say(_COVER if case.graphic else passage.text)
        self._say()
        self._say(f"Where it stands: {case.disagreement.words}.")
        for number, part in enumerate(case.differences, 1):
            self._part(str(number), part)
        if names := _agreed(case):
            said, whole = in_short(names, _AGREED_ROOM, "; "), "; ".join(names)
            self._say(f"They agree on: {said}{'.' if said == whole else '; .all shows them.'}")
        elif len(case.sides) == 1:
            self._say("One coder coded it; .words and .all show how.")
        self._around(case)
        self._choices(case)

    def _progress(self) -> str:
        progress = self._session.progress
        words = f"{progress.settled} settled, {progress.left} left."
        if progress.waiting:
            words += f" {progress.waiting} sent back."
        if progress.sample:
            words += f" Of those all agree on, {progress.sample_settled} of {progress.sample}."
        return words

    def _part(self, number: str, part: Part) -> None:
        self._say(f"{number}  {part.title}")
        for letter, said in part.said.items():
            unsure = " (unsure)" if said.unsure else ""
            note = f" — {said.note}" if said.note else ""
            self._say(f"     {letter}: {said.text}{unsure}{note}")

    def _around(self, case: Case) -> None:
        """What was said of the passage besides its codings, and what became of it."""
        for remark in self._remarks(case):
            if not remark.check:
                self._say(f"{', '.join(remark.sides)} noted: {remark.text}")
        if case.flagged:
            self._say("A coder asks you to look at it.")
        for one in case.given_back:
            note = f": {one.note}" if one.note else ""
            self._say(f"A coder gave it back ({one.reason}){note}.")
        for words in case.sent_back:
            self._say(f"Sent back, waiting: {words}")
        if case.earlier is not None:
            self._say(f"Settled before ({case.earlier.words}); settling it again replaces that.")
        for sentence in case.changed:
            self._say(f"Since then: {sentence}")
        if self._session.editing:
            self._say("You have begun a coding of your own: .edit goes on with it.")

    def _choices(self, case: Case) -> None:
        if not case.sides:
            self._say("Give it to another coder (.pass), code it (.edit), or 0: cannot resolve.")
            return
        letters = ", ".join(letter.lower() for letter in case.codings)
        self._say(f"Take a side ({letters}), parts of several (1a 2b), or 0 for cannot resolve.")

    # --- looking closer --------------------------------------------------------------------------

    def everything(self, case: Case) -> None:
        """Show all parts, those agreed on too."""
        for part in case.parts:
            self._part("≠" if part.differs else "=", part)

    def words(self, case: Case) -> None:
        """Show the words behind each side, and the checks that fire on it."""
        for side in case.sides:
            for _, variable, span in side.coding.spans():
                name = self._name(variable) if variable else "record"
                self._say(f'{side.letter}, {name}: "{" ".join(span.text.split())}"')
            for override in side.coding.overrides:
                self._say(f"{side.letter}, {override.check} stands: {override.reason}")
        for remark in self._remarks(case):
            if remark.check and not remark.stands:
                where = f", {remark.record}" if remark.record else ""
                self._say(f"{', '.join(remark.sides)}, {remark.check}{where}: {remark.text}")

    def _remarks(self, case: Case) -> tuple[Remark, ...]:
        return remarks(case.codings, case.parts, self._session.codebook, case.context)

    def _name(self, item: str) -> str:
        names = {variable.id: variable.name for variable in self._session.codebook.variables}
        return names.get(item, item)

    def code(self, token: str) -> None:
        """Show the codebook's entry of a code."""
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

    def questions(self, case: Case) -> None:
        """Show what the codebook asks where the sides differ."""
        for variable in self._session.codebook.variables:
            if any(one.variable == variable.id for one in case.differences):
                self._say(f"{variable.name}: {variable.question}")
                if variable.help:
                    self._say(variable.help)

    def queues(self) -> None:
        """Show what there is to choose from."""
        choices = self._session.choices()
        self._say(f"Order: {', '.join(choices.orders)}; now {self._session.filter.order}.")
        for only in Only:
            self._say(f"{only}: {choices.only[only]}")
        for name, count in choices.variables.items():
            self._say(f"{name}: {count} differ")
        self._say(f"unanimous: a share of the {choices.agreed} on which all agree")

    def queue(self) -> None:
        """Say how much is in the queue that was chosen."""
        number = len(self._session.queue)
        self._say(f"{number} passage{'' if number == 1 else 's'}. {self._progress()}")


def _agreed(case: Case) -> tuple[str, ...]:
    """What the sides agree on; of a record with a difference only what is agreed in it."""
    differing = {part.place for part in case.differences}
    return in_brief([one for one in case.agreed if one.variable or one.place not in differing])
