"""A lead who knows the truth settles a whole round, and what is final is the truth."""

from collections import Counter
from pathlib import Path

import pytest

from annotator.coding.content import Content, content
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudications
from annotator.store.codings import codings
from annotator.store.project import Project, open_project
from annotator.store.rounds import RoundRow, named_round
from annotator.store.verify import verify
from annotator.work.disagreements import CaseState, Disagreements, case_counts
from annotator.work.final import SettledBy, final
from annotator.work.review import Case, Only, QueueFilter, ReviewSession
from known_truth import KnownTruth, known_truth_project


class Lead:
    """Someone who knows the truth, and takes what is nearest to it at hand."""

    def __init__(self, known: KnownTruth, session: ReviewSession) -> None:
        self._known = known
        self._session = session
        self.outcomes: Counter[str] = Counter()

    def settle_all(self) -> None:
        while (case := self._session.current()) is not None:
            self._choose(case)
            assert self._session.proposal is not None
            assert self.says(self._session.proposal.coding) == self.truth(case)
            self.outcomes[str(self._session.proposal.outcome)] += 1
            self._session.settle("slip" if case.differences else "text_ambiguous")

    def truth(self, case: Case) -> Content:
        return content(self._known.truth[case.disagreement.place], self._known.codebook)

    def says(self, coding: Coding) -> Content:
        return content(to_form(coding), self._known.codebook)

    def _choose(self, case: Case) -> None:
        for side in case.sides:
            if self.says(side.coding) == self.truth(case):
                self._session.take(side.letter)
                return
        if self._merge(case):
            return
        form = self._known.truth[case.disagreement.place]
        passage = case.passage
        coding = from_form(form, self._known.codebook, passage.text, passage.start)
        desk = self._session.edit(case.sides[0].letter if case.sides else "")
        at = desk.last()
        before = desk.item(at).draft
        assert before is not None
        desk.save(at, before, coding, "as the text has it", "", 1.0)
        desk.submit(at, coding, "", 1.0)

    def _merge(self, case: Case) -> bool:
        """Take each answer about the passage from a side that has it right, if that is enough."""
        form = self._known.truth[case.disagreement.place]
        answers = self.says(
            from_form(form, self._known.codebook, case.passage.text, case.passage.start)
        ).answers
        for part in case.differences:
            right = [
                side.letter
                for side in case.sides
                if not part.place
                and self.says(side.coding).answers.get(part.variable) == answers.get(part.variable)
            ]
            if not right:
                return False
            self._session.choose(part.place, part.variable, right[0])
        try:
            proposal = self._session.take_parts()
        except AnnotatorError:
            return False
        return self.says(proposal.coding) == self.truth(case)


def check_finals(known: KnownTruth, project: Project, main: RoundRow) -> None:
    """What a lead decided is the truth; the rest is what all who coded it say."""
    settled = {(row.report_key, row.number): row for row in adjudications(project, main.id)}
    made: dict[tuple[str, int], list[dict[str, object]]] = {}
    for row in codings(project, main.id):
        made.setdefault((row.report_key, row.number), []).append(row.form)
    for place in known.places:
        decision = settled.get(place)
        found = final(
            made.get(place, []),
            decision.form if decision else None,
            known.codebook,
            outcome=decision.outcome if decision else "",
        )
        if decision is not None:
            assert found.settled_by is SettledBy.ADJUDICATION
            assert found.form is not None
            said = content(found.form, known.codebook)
            assert said == content(known.truth[place], known.codebook)
        else:
            assert found.settled_by in (SettledBy.UNANIMITY, SettledBy.NOT_CODED)


@pytest.mark.parametrize(
    ("codebook", "passages", "outcomes"),
    [
        ("perpetrators", 60, {"take"}),
        pytest.param("perpetrators", 400, {"take", "merge", "new"}, marks=pytest.mark.slow),
        pytest.param("claims", 400, {"take", "new"}, marks=pytest.mark.slow),
    ],
)
def test_a_review_settles_all_and_what_is_final_is_the_truth_the_lead_chose(
    tmp_path: Path, codebook: str, passages: int, outcomes: set[str]
) -> None:
    known = known_truth_project(tmp_path / "p.db", codebook=codebook, passages=passages, codings=3)
    with open_project(known.path) as project:
        main = named_round(project, known.round)
        differing = {
            place
            for place, one in Disagreements(project, main).all.items()
            if one.variables and one.n_coders > 1
        }
        session = ReviewSession(project, main, "lina")
        assert {one.place for one in session.queue} == differing
        lead = Lead(known, session)
        lead.settle_all()
        for only in (Only.FLAGGED, Only.SKIPPED, Only.UNSURE):
            session.open_queue(QueueFilter(only=only))
            lead.settle_all()
        session.open_queue(QueueFilter(unanimous=0.2))
        lead.settle_all()
        assert set(lead.outcomes) >= outcomes
        counts = case_counts(Disagreements(project, main).all.values())
        assert (counts.differing, counts.changed, counts.waiting) == (0, 0, 0)
        states = Disagreements(project, main).all
        assert {states[place].state for place in differing} == {CaseState.SETTLED}
        assert session.progress.left == 0
        check_finals(known, project, main)
        assert verify(project) == []
