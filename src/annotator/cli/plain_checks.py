"""The checks of a codebook at plain prompts: what fires, and what a coder does about it."""

from annotator.cli.lines import Lines
from annotator.cli.plain_view import PlainView
from annotator.codebook.model import CheckKind
from annotator.coding.checks import Finding, blocking
from annotator.work.answer_words import answer_words
from annotator.work.focus import Change
from annotator.work.session import CodingSession

_PASSAGE = "passage"


class PlainChecks:
    """Says which checks fire on the open passage, and deals with those a coder names.

    Args:
        session: The session.
        view: Says what answers are.
        lines: Where it is said.
    """

    def __init__(self, session: CodingSession, view: PlainView, lines: Lines) -> None:
        self._session = session
        self._view = view
        self._say = lines.say
        self._told: set[tuple[str, str, str]] = set()
        self._passage: int | None = None

    def tell_new(self) -> None:
        """Say what has come to fire since this was last asked; of a passage just opened, how much.

        What only says that something is not there yet waits until the coder asks or submits.
        """
        firing = {
            (one.check.id, one.record, one.sentence): one for one in self._open() if not one.missing
        }
        if self._passage != self._session.item.assignment_id:
            self._passage = self._session.item.assignment_id
            if firing:
                self._say(f"Checks that fire here: {len(firing)}; .checks lists them.")
        else:
            for key, finding in firing.items():
                if key not in self._told:
                    self._say(self._line(finding))
        self._told = set(firing)

    def all(self) -> None:
        """List every check that fires, with what to do about it."""
        found = [one for one in self._session.findings if not _is_taken(one)]
        for finding in found:
            self._say(self._line(finding))
        if not found:
            self._say("No check fires.")

    def tell_what_blocks(self, change: Change) -> None:
        """Say why the passage was not submitted: what is missing, and which checks fire.

        Args:
            change: What came of submitting it.
        """
        gaps = self._session.gaps
        checks = [self._line(one) for one in blocking(self._session.findings)]
        if gaps:
            self._say("Not submitted; this is missing:")
        for gap in gaps:
            of_record = gap.record and gap.variable
            where = f"{self._view.record_name(gap.record)}: " if of_record else ""
            self._say(f"- {where}{gap.sentence}")
        if checks:
            self._say("Not submitted; these checks fire:")
        for check in checks:
            self._say(f"- {check}")
        if not gaps and not checks:
            self._say(change.message)

    def stand(self, rest: str) -> None:
        """Let a check stand: its id and the reason; the id alone takes the reason back."""
        name, _, reason = rest.partition(" ")
        finding = self._named(name)
        if finding is None:
            return
        if not reason and not finding.overridden:
            self._say(f"Say why it stands: .stand {name} and the reason.")
            return
        change = self._session.override(finding, reason)
        if change.refused:
            self._say(change.message)
        elif reason:
            self._say(f"{self._token(finding)} stands: {reason.strip()}")
        else:
            self._say(f"{self._token(finding)} no longer stands.")

    def take(self, rest: str) -> None:
        """Answer as an offer implies."""
        finding = self._named(rest)
        if finding is None:
            return
        change = self._session.take_offer(finding)
        if change.refused:
            self._say(change.message)
            return
        given = {(finding.record, name) for name, _ in finding.offer}
        for row in self._session.rows:
            if row.place in given:
                self._view.answer(row)

    # --- inside ----------------------------------------------------------------------------------

    def _open(self) -> list[Finding]:
        return [one for one in self._session.findings if not one.overridden and not _is_taken(one)]

    def _line(self, finding: Finding) -> str:
        where = self._view.record_name(finding.record)
        told = f"{self._token(finding)}, {where}: {finding.sentence}"
        return f"{told} ({self._what_to_do(finding)})"

    def _what_to_do(self, finding: Finding) -> str:
        token = self._token(finding)
        if finding.overridden:
            return f"stands: {finding.overridden}"
        match finding.check.kind:
            case CheckKind.ERROR:
                return "to be mended"
            case CheckKind.WARN:
                return f"mend it, or .stand {token} and why"
            case CheckKind.CONFIRM:
                return f"look again, then mend it or .stand {token} and why"
            case CheckKind.OFFER:
                return f".take {token} answers {self._offered(finding)}, marked as inferred"

    def _offered(self, finding: Finding) -> str:
        variables = self._session.codebook.variable
        return ", ".join(
            f"{variables(name).name}: {answer_words(value, variables(name))}"
            for name, value in finding.offer
        )

    def _token(self, finding: Finding) -> str:
        """What a coder types to name a finding: the check's id, with the record's if need be."""
        places = self._places(finding.check.id)
        if len(places) == 1:
            return finding.check.id
        return f"{finding.check.id}:{finding.record or _PASSAGE}"

    def _places(self, check_id: str) -> dict[str, Finding]:
        """Where a check fires: a finding for each record, the first where there are several."""
        found: dict[str, Finding] = {}
        for one in self._session.findings:
            if one.check.id == check_id and not _is_taken(one):
                found.setdefault(one.record, one)
        return found

    def _named(self, token: str) -> Finding | None:
        """The finding a coder named; None, having said why, if it is none or not clear which."""
        check_id, _, record = token.partition(":")
        places = self._places(check_id.upper())
        if record:
            places = {key: one for key, one in places.items() if (key or _PASSAGE) == record}
        if len(places) > 1:
            here = self._session.row.record
            places = {here: places[here]} if here in places else places
        if not places:
            what = f"“{token}” does not fire here" if token else "Give the id of a check"
            self._say(f"{what}; .checks lists those that do.")
        elif len(places) > 1:
            named = ", ".join(self._token(one) for one in places.values())
            self._say(f"{check_id.upper()} fires on several records; give one of {named}.")
        return next(iter(places.values())) if len(places) == 1 else None


def _is_taken(finding: Finding) -> bool:
    return finding.check.kind is CheckKind.OFFER and not finding.offer
