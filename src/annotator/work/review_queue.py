"""Which passages a lead looks at, and in which order."""

from bisect import insort
from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from hashlib import sha256

from annotator.codebook.model import Codebook, Variable
from annotator.coding.form import canonical
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.reviewed import answers_to, unsure_passages
from annotator.store.rounds import RoundRow
from annotator.work.confusion import YES_NO, can_be_confused, confusion_of
from annotator.work.disagreements import CaseState, Disagreement, Disagreements
from annotator.work.review_choices import Only, Pair, QueueFilter, ReviewOrder
from annotator.work.subjects import subject_names

Given = Mapping[str, list[tuple[str, str | None]]]
"""State and value of each answer to a variable on one passage, by the coding."""

_HASHES = 1 << 64
_MOST_AT_ONCE = 20_000
"""So many passages can be named in one statement; of more, all are read."""


@dataclass(frozen=True, slots=True)
class QueueChoices:
    """What there is to choose from, with how many passages each would list.

    `agreed` is how many agree, of which a sample can be looked at.
    """

    orders: tuple[ReviewOrder, ...]
    only: Mapping[Only, int]
    variables: Mapping[str, int]
    agreed: int


class ReviewQueue:
    """The passages of a round that a lead looks at, in order.

    Args:
        project: The project.
        round_: The round.
        disagreements: Where its passages stand.
        chosen: What to list.

    Raises:
        AnnotatorError: The codebook has no such variable or code, or the share is none.
    """

    def __init__(
        self,
        project: Project,
        round_: RoundRow,
        disagreements: Disagreements,
        chosen: QueueFilter,
    ) -> None:
        self._project = project
        self._round = round_
        self._disagreements = disagreements
        self._codebook = project.codebook_version(round_.codebook_sha256)
        self._subjects = {name: place for place, name in enumerate(subject_names(self._codebook))}
        self._unsure: set[int] | None = None
        self._paired: frozenset[Place] | None = None
        self._given: tuple[str, Mapping[int, Given]] | None = None
        _check(chosen, self._codebook)
        self.chosen = chosen

    def listed(self) -> list[Disagreement]:
        """The passages of the queue, in its order."""
        chosen = self.chosen
        found = [self._sampled(one) for one in self._disagreements.all.values()]
        found = [one for one in found if self._is_listed(one)]
        if chosen.pair is not None:
            paired = self._with_pair(chosen.pair)
            found = [one for one in found if one.place in paired]
        return sorted(found, key=self._order)

    def choices(self, left_out: Iterable[Place] = ()) -> QueueChoices:
        """What else could be chosen.

        Args:
            left_out: Passages that no queue of this lead lists.
        """
        own = set(left_out)
        everything = [one for one in self._disagreements.all.values() if one.place not in own]
        variables = Counter(name for one in everything if _to_settle(one) for name in one.variables)
        return QueueChoices(
            tuple(ReviewOrder),
            {only: sum(self._is_only(one, only) for one in everything) for only in Only},
            {name: variables[name] for name in self._subjects if variables[name]},
            sum(one.state is CaseState.AGREED for one in everything),
        )

    def left_of(self, only: Only, left_out: Iterable[Place] = ()) -> int:
        """How many passages of a kind wait for a lead, whatever this queue lists.

        Args:
            only: The kind.
            left_out: Passages that no queue of this lead lists.
        """
        own = set(left_out)
        return sum(
            one.is_left and one.place not in own and self._is_only(one, only)
            for one in self._disagreements.all.values()
        )

    def listed_anew(self, listed: list[Disagreement], changed: Set[Place]) -> list[Disagreement]:
        """The queue after something was decided of some passages.

        Args:
            listed: What it was before.
            changed: The passages.
        """
        self._unsure = self._paired = self._given = None
        if self.chosen.pair is not None or self.chosen.only is Only.UNSURE:
            return self.listed()
        kept = [one for one in listed if one.place not in changed]
        for place in changed:
            one = self._sampled(self._disagreements.all[place])
            if self._is_listed(one):
                insort(kept, one, key=self._order)
        return kept

    # --- what is listed --------------------------------------------------------------------------

    def _is_listed(self, one: Disagreement) -> bool:
        chosen = self.chosen
        # A pair may be of an answer and a record that is not there, which is no other answer.
        if chosen.variable and chosen.pair is None and chosen.variable not in one.variables:
            return False
        if chosen.places is not None:
            return one.place in chosen.places and one.n_coders > 0
        if chosen.only is not None:
            return self._is_only(one, chosen.only)
        return _to_settle(one) or one.settled or one.sample

    def _is_only(self, one: Disagreement, only: Only) -> bool:
        match only:
            case Only.FLAGGED:
                return one.flagged and one.n_coders > 0
            case Only.SKIPPED:
                # What went to another coder comes back once that one has coded it.
                return one.skipped and (one.state is not CaseState.OPEN or one.n_coders > 1)
            case Only.UNSURE:
                if self._unsure is None:
                    self._unsure = unsure_passages(self._project, self._round.id)
                return self._id(one) in self._unsure
            case Only.CHANGED:
                return one.state is CaseState.CHANGED
            case Only.SENT_BACK:
                return one.waiting
            case Only.SETTLED:
                return one.settled
            case Only.OPEN:
                return one.state is CaseState.OPEN and one.n_coders > 1

    def _sampled(self, one: Disagreement) -> Disagreement:
        """The passage, marked if it is looked at though its coders agree."""
        share = self.chosen.unanimous
        if not share or one.variables or one.n_coders < 2 or one.state is CaseState.OPEN:
            return one
        drawn = canonical([self._round.id, self._round.seed, *one.place])
        if int.from_bytes(sha256(drawn.encode()).digest()[:8]) >= share * _HASHES:
            return one
        return replace(one, sample=True)

    def _id(self, one: Disagreement) -> int:
        return self._disagreements.passage_id(one.place)

    # --- variables and pairs ---------------------------------------------------------------------

    def _answers_to(self, variable: str) -> Mapping[int, Given]:
        """What each coding answers to a variable, by passage; kept, for it is asked for twice."""
        if self._given is None or self._given[0] != variable:
            self._given = variable, answers_to(self._project, self._round.id, variable)
        return self._given[1]

    def _with_pair(self, pair: Pair) -> frozenset[Place]:
        """The passages on which two coders gave a pair of values to the variable."""
        if self._paired is None:
            self._paired = frozenset(self._cell(pair))
        return self._paired

    def _cell(self, pair: Pair) -> Iterable[Place]:
        variable = self.chosen.variable
        given = self._answers_to(variable)
        # Records are aligned only where both values were given at all.
        may_have = [passage for passage, one in given.items() if _may_have(pair, one)]
        if not may_have:
            return ()
        try:
            _, (found,) = confusion_of(
                self._project,
                self._round.name,
                variable=variable,
                which="latest",
                among=may_have if len(may_have) <= _MOST_AT_ONCE else None,
            )
        except WorkProblem:
            # None of them was coded twice.
            return ()
        return found.cell(*pair).places

    # --- the order -------------------------------------------------------------------------------

    def _order(self, one: Disagreement) -> tuple[object, ...]:
        in_reading = self._disagreements.order(one.place)
        waits = one.state is CaseState.OPEN
        match self.chosen.order:
            case ReviewOrder.READING:
                return in_reading
            case ReviewOrder.AGREEMENT:
                return waits, -one.score, in_reading
            case ReviewOrder.VARIABLE:
                places = self._subjects
                first = min((places[name] for name in one.variables), default=len(places))
                return waits, first, -one.score, in_reading


def _check(chosen: QueueFilter, codebook: Codebook) -> None:
    """Refuse what the codebook does not have."""
    variables = {variable.id: variable for variable in codebook.variables}
    names = subject_names(codebook)
    if chosen.variable and chosen.variable not in names:
        raise AnnotatorError(
            f"The codebook has no question {chosen.variable}; choose one of: {', '.join(names)}."
        )
    if chosen.pair is not None:
        if chosen.variable not in variables:
            raise AnnotatorError("A pair of codes needs the question it answers (--variable).")
        _check_pair(chosen.pair, variables[chosen.variable])
    if not 0 <= chosen.unanimous <= 1:
        raise AnnotatorError(
            f"{chosen.unanimous:g} is no share of the passages on which all agree; write one "
            "between 0 and 1, such as .03."
        )


def _check_pair(pair: Pair, variable: Variable) -> None:
    """Refuse a pair of values that are not two that coders can have given to a variable."""
    if not can_be_confused(variable):
        raise AnnotatorError(f"{variable.name} takes no codes; a pair is of two codes.")
    if pair[0] == pair[1]:
        raise AnnotatorError(f"A pair is of two different codes, not {pair[0]} twice.")
    known = [code.id for code in variable.codes] or list(YES_NO)
    for code in pair:
        # What stands in brackets is a state, or that there is no answer or no record.
        if code not in known and not code.startswith("("):
            raise AnnotatorError(
                f"{variable.name} has no code {code}; choose from {', '.join(known)}."
            )


def _may_have(pair: Pair, given: Given) -> bool:
    """Whether two codings of a passage can have given a pair of values.

    What stands in brackets may be no answer at all, which is not among those given.
    """
    said = [
        {value for _, text in answers if text is not None for value in text.split("|")}
        for answers in given.values()
    ]
    gave = [
        {number for number, values in enumerate(said) if code in values}
        for code in pair
        if not code.startswith("(")
    ]
    return all(gave) and (len(gave) < 2 or len(gave[0] | gave[1]) > 1)


def _to_settle(one: Disagreement) -> bool:
    """Whether the codings differ, or differ from what was settled, and nobody decided since."""
    if one.state is CaseState.CHANGED:
        return True
    return bool(one.variables) and not one.settled
