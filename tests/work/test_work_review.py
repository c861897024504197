import threading
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from work_projects import BOOK, SENTENCE, codebook, coding, project_of, submit

from annotator.coding.model import State
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudicate, adjudications
from annotator.store.codings import codings
from annotator.store.corpus import reports
from annotator.store.rounds import rounds
from annotator.work import disagreements as work_disagreements
from annotator.work import review
from annotator.work.disagreements import CaseState, Disagreements
from annotator.work.final import Outcome, final
from annotator.work.review import REASONS, ReviewSession
from annotator.work.review_choices import QueueFilter
from annotator.work.review_queue import ReviewQueue
from annotator.work.sides import letters, shuffled

ANA, BOB, CEM = "ana-al-qasim", "bob-marlow", "cem-yildiz"


@pytest.fixture
def project(tmp_path):
    made, _ = project_of(tmp_path, 6)
    with made:
        yield made


@pytest.fixture
def main(project):
    return rounds(project)[0]


def queue(project, main, chosen=None):
    return ReviewQueue(
        project, main, Disagreements(project, main), chosen or QueueFilter()
    ).listed()


def differ(project, main, *numbers):
    """Two coders who differ on the kind of these passages and on nothing else."""
    submit(project, main, ANA, *((number, {"kind": "daily"}) for number in numbers))
    submit(project, main, BOB, *((number, {"kind": "total"}) for number in numbers))


def side_with(case, **answers):
    """The letter of the side whose answers have these values."""
    return next(
        side.letter
        for side in case.sides
        if all(side.coding.answers[name].value == value for name, value in answers.items())
    )


# --- the queue -----------------------------------------------------------------------------------


def test_the_queue_begins_with_the_lowest_agreement(project, main):
    submit(
        project,
        main,
        ANA,
        (1, {"kind": "daily", "actors": ["regime"]}),
        (2, {"kind": "daily", "actors": ["regime"]}),
        (3, {"kind": "daily", "actors": ["regime"]}),
        (4, {"kind": "daily"}),
    )
    submit(
        project,
        main,
        BOB,
        (1, {"kind": "daily", "actors": ["regime", "isis"]}),
        (2, {"kind": "total", "actors": ["isis"]}),
        (3, {"kind": "daily", "actors": ["regime"]}),
    )
    found = queue(project, main)
    assert [(one.number, one.variables) for one in found] == [
        (2, ("kind", "actors")),
        (1, ("actors",)),
    ]
    assert [one.score for one in found] == [1.0, pytest.approx((0 + 2 / 3) / 2)]
    assert found[0].title == "Headline"
    assert {(one.state, one.n_coders) for one in found} == {(CaseState.DISAGREED, 2)}


def test_evidence_notes_and_doubt_make_no_disagreement(project, main):
    submit(project, main, ANA, (1, {"kind": "daily"}))
    full = {"value": "daily", "evidence": ["Shells"], "unsure": True, "note": "why"}
    submit(project, main, BOB, (1, {"kind": full}))
    assert queue(project, main) == []


def test_only_the_latest_coding_of_each_coder_counts(project, main):
    differ(project, main, 1)
    submit(project, main, BOB, (1, {"kind": "daily"}))
    assert queue(project, main) == []


# --- a case --------------------------------------------------------------------------------------


def test_a_case_shows_the_codings_and_what_differs(project, main):
    submit(project, main, ANA, (2, {"kind": "daily", "killed": "9", "mention": False}))
    submit(project, main, BOB, (2, {"kind": "daily", "killed": "12+", "mention": False}))
    case = ReviewSession(project, main, "lead").current()
    assert case.passage.text == SENTENCE
    assert (case.report.headline, case.passage.number) == ("Headline", 2)
    assert [side.letter for side in case.sides] == ["A", "B"]
    assert [one.variable for one in case.differences] == ["killed"]
    said = case.differences[0].said
    assert sorted(one.text for one in said.values()) == ["12+", "9"]
    for side in case.sides:
        shown = said[side.letter].text
        assert shown == str(side.coding.answers["killed"].value)
    assert [part.variable for part in case.agreed] == ["mention", "kind"]


def test_no_name_of_a_coder_is_anywhere_in_what_a_lead_sees(project, main):
    differ(project, main, *range(1, 7))
    submit(project, main, CEM, *((number, {"none": "context"}) for number in range(1, 7)))
    session = ReviewSession(project, main, "lead")
    shown = [repr(queue(project, main)), repr(session.progress)]
    while (case := session.current()) is not None:
        shown += [repr(case), repr(session.take("A"))]
        session.settle("slip")
    while session.back():
        shown.append(repr(session.current()))
    assert len(shown) == 2 + 12 + 6
    for name in (ANA, BOB, CEM):
        assert name not in "".join(shown)


def test_the_order_of_sides_is_stable_and_tells_nothing_of_the_coders(project, main):
    differ(project, main, *range(1, 7))

    def first_sides(lead):
        session = ReviewSession(project, main, lead)
        seen = []
        while (case := session.current()) is not None and len(seen) < 6:
            seen.append((case.passage.number, side_with(case, kind="daily")))
            session.skip()
        return dict(seen)

    assert first_sides("lead") == first_sides("lead")
    leads = [first_sides(f"lead {number}") for number in range(8)]
    assert {letter for one in leads for letter in one.values()} == {"A", "B"}
    assert len({tuple(sorted(one.items())) for one in leads}) > 1


def test_sides_come_in_every_order_about_equally_often():
    orders = [
        tuple(shuffled([ANA, BOB, CEM], str, ["round", "report", number, "lead"]))
        for number in range(600)
    ]
    counts = [orders.count(order) for order in set(orders)]
    assert len(counts) == 6
    assert min(counts) > 60


def test_letters_go_on_after_z():
    assert list(islice(letters(), 28))[-3:] == ["Z", "AA", "AB"]


# --- settling ------------------------------------------------------------------------------------


def test_taking_a_side_writes_its_whole_coding_and_goes_on(project, main):
    differ(project, main, 1, 2)
    session = ReviewSession(project, main, "lead")
    letter = side_with(session.current(), kind="total")
    assert session.take(letter).outcome == Outcome.TAKE
    written = session.settle("rule_unclear", "see rule 4")
    (row,) = adjudications(project, main.id)
    assert (row.id, row.lead, row.number, row.form) == (written, "lead", 1, {"kind": "total"})
    assert (row.outcome, row.reason, row.note) == ("take", "rule_unclear", "see rule 4")
    assert session.current().passage.number == 2
    assert (session.progress.settled, session.progress.left) == (1, 1)
    assert session.proposal is None


def test_a_review_ends_when_all_is_settled(project, main):
    differ(project, main, 1)
    session = ReviewSession(project, main, "lead")
    session.cannot_resolve()
    session.settle("text_ambiguous")
    assert session.current() is None
    with pytest.raises(AnnotatorError, match="No disagreement"):
        session.take("A")
    assert ReviewSession(project, main, "lead").current() is None


def test_what_cannot_be_resolved_is_settled_without_a_coding(project, main):
    differ(project, main, 1)
    session = ReviewSession(project, main, "lead")
    session.cannot_resolve()
    session.settle("text_ambiguous")
    (row,) = adjudications(project, main.id)
    assert (row.outcome, row.form) == ("cannot_resolve", {})
    forms = [one.form for one in codings(project, main.id)]
    assert final(forms, row.form, codebook(), outcome=row.outcome).form is None


def test_every_reason_has_its_own_key():
    assert "".join(reason.key for reason in REASONS) == "srto"


def test_settling_needs_a_choice_and_a_reason_there_is(project, main):
    differ(project, main, 1)
    session = ReviewSession(project, main, "lead")
    with pytest.raises(AnnotatorError, match="Nothing is chosen"):
        session.settle("slip")
    session.take("A")
    with pytest.raises(AnnotatorError, match="no reason"):
        session.settle("because")
    with pytest.raises(AnnotatorError, match="the sides are A, B"):
        session.take("C")
    assert adjudications(project, main.id) == []


def test_going_back_and_settling_anew_keeps_the_earlier_adjudication(project, main):
    differ(project, main, 1, 2)
    session = ReviewSession(project, main, "lead")
    session.take(side_with(session.current(), kind="daily"))
    session.settle("slip")
    assert session.back()
    case = session.current()
    assert case.passage.number == 1
    assert (case.earlier.outcome, case.earlier.reason) == ("take", "slip")
    assert case.earlier.coding.answers["kind"].value == "daily"
    assert session.proposal is None
    session.take(side_with(case, kind="total"))
    session.settle("rule_unclear")
    rows = adjudications(project, main.id, earlier=True)
    assert [(row.form["kind"], row.latest) for row in rows] == [("daily", False), ("total", True)]
    assert session.current().passage.number == 2


def test_skipping_comes_round_to_what_was_left(project, main):
    differ(project, main, 1, 2, 3)
    session = ReviewSession(project, main, "lead")
    assert session.skip()
    session.take("A")
    session.settle("slip")
    assert session.current().passage.number == 3
    assert session.skip()
    assert session.current().passage.number == 1
    session.take("A")
    session.settle("slip")
    session.take("A")
    session.settle("slip")
    assert session.current() is None
    assert not session.skip()


# --- merging -------------------------------------------------------------------------------------


def choose(session, **letters):
    """Choose sides for questions about the passage, and for its first claim as a whole."""
    for name, letter in letters.items():
        place = ((0,), "") if name == "claim" else ((), name)
        session.choose(*place, letter)


def test_a_merged_coding_has_each_part_from_the_side_that_was_chosen(project, main):
    claims = [{"id": "r1", "total": "9", "evidence": ["nine people"]}]
    submit(
        project, main, ANA, (1, {"kind": "daily", "killed": "9", "tone": "low", "claim": claims})
    )
    submit(
        project,
        main,
        BOB,
        (1, {"kind": "total", "killed": "12+", "tone": "low", "none": "context"}),
    )
    session = ReviewSession(project, main, "lead")
    case = session.current()
    ana, bob = side_with(case, kind="daily"), side_with(case, kind="total")
    choose(session, kind=bob, killed=ana, claim=ana)
    assert session.unchosen() == ()
    merged = session.take_parts()
    assert merged.outcome == Outcome.MERGE
    assert merged.coding == coding(
        {"kind": "total", "tone": "low", "killed": "9", "claim": claims},
        codebook(),
        case.passage.start,
    )
    session.settle("slip")
    (row,) = adjudications(project, main.id)
    assert (row.form["kind"], row.form["claim"][0]["total"]) == ("total", "9")


def test_what_is_chosen_can_be_taken_back_and_a_new_choice_needs_the_parts_anew(project, main):
    differ(project, main, 1, 2)
    session = ReviewSession(project, main, "lead")
    session.choose((), "kind", "A")
    session.take_parts()
    session.unchoose((), "kind")
    assert (session.chosen, session.proposal) == ({}, None)
    assert session.unchosen() == (((), "kind"),)
    session.choose((), "kind", "B")
    session.skip()
    assert session.chosen == {}


def test_what_is_not_there_cannot_be_chosen(project, main):
    submit(project, main, ANA, (1, {"claim": [{"id": "r1", "total": "9"}]}))
    submit(project, main, BOB, (1, {"none": "context"}))
    session = ReviewSession(project, main, "lead")
    without = next(side.letter for side in session.current().sides if not side.coding.records)
    with pytest.raises(AnnotatorError, match=f"Side {without} has no Claim 1"):
        session.choose((0,), "total", without)
    with pytest.raises(AnnotatorError, match="no such part"):
        session.choose((1,), "total", "A")
    with pytest.raises(AnnotatorError, match="the sides are A, B"):
        session.choose((0,), "", "C")


def test_the_reasons_for_letting_checks_stand_go_with_the_records_they_are_about(tmp_path):
    checks = "checks:\n  - {id: W1, warn: Few of them, unit: claim, when: {cause: shell}}\n"
    made, main = project_of(tmp_path, 1, BOOK + checks)
    with made as project:
        let_stand = {"check": "W1", "record": "r1", "reason": "the text says so"}
        claim = {"id": "r1", "total": "9", "cause": ["shell"]}
        ana = {"kind": "daily", "claim": [claim], "overrides": [let_stand]}
        bob = {"kind": "total", "claim": [{"id": "r1", "total": "4", "cause": ["shell"]}]}
        submit(project, main, ANA, (1, ana))
        submit(project, main, BOB, (1, bob))
        session = ReviewSession(project, main, "lead")
        a, b = (side_with(session.current(), kind=kind) for kind in ("daily", "total"))
        choose(session, kind=a, claim=b)
        assert session.take_parts().coding.overrides == ()
        choose(session, kind=b, claim=a)
        overrides = session.take_parts().coding.overrides
        assert [(one.check, one.record) for one in overrides] == [("W1", "r1")]
        session.settle("slip")
        (row,) = adjudications(project, main.id)
        assert row.form["overrides"] == [let_stand]


def test_parts_on_which_an_error_of_the_codebook_fires_are_refused(tmp_path):
    checks = "checks:\n  - {id: E1, error: Not both, when: {kind: daily, tone: high}}\n"
    made, main = project_of(tmp_path, 1, BOOK + checks)
    with made as project:
        submit(project, main, ANA, (1, {"kind": "daily", "tone": "low"}))
        submit(project, main, BOB, (1, {"kind": "total", "tone": "high"}))
        session = ReviewSession(project, main, "lead")
        a, b = (side_with(session.current(), kind=kind) for kind in ("daily", "total"))
        choose(session, kind=a, tone=b)
        with pytest.raises(AnnotatorError, match="do not go together: E1, Not both"):
            session.take_parts()
        choose(session, kind=b, tone=a)
        assert session.take_parts().outcome == Outcome.MERGE


def test_all_that_differs_must_be_chosen(project, main):
    submit(project, main, ANA, (1, {"kind": "daily", "killed": "9"}))
    submit(project, main, BOB, (1, {"kind": "total", "killed": "4"}))
    session = ReviewSession(project, main, "lead")
    choose(session, kind="A")
    with pytest.raises(AnnotatorError, match="differ in Killed too"):
        session.take_parts()
    assert session.proposal is None


def test_parts_that_do_not_make_a_whole_coding_are_refused(project, main):
    submit(project, main, ANA, (1, {"mention": True, "detail": "names", "kind": "daily"}))
    submit(project, main, BOB, (1, {"mention": False, "kind": "daily"}))
    session = ReviewSession(project, main, "lead")
    case = session.current()
    ana, bob = side_with(case, mention=True), side_with(case, mention=False)
    choose(session, mention=ana, detail=bob)
    with pytest.raises(AnnotatorError, match="Detail is not answered"):
        session.take_parts()
    choose(session, mention=bob, detail=ana)
    assert set(session.take_parts().coding.answers) == {"mention", "kind"}


def test_what_all_say_alike_is_taken_alone(project, main):
    submit(project, main, ANA, (1, {"kind": "daily", "tone": "low"}))
    submit(project, main, BOB, (1, {"kind": "total", "tone": "low"}))
    session = ReviewSession(project, main, "lead")
    taken = session.take_unanimous()
    assert (taken.outcome, set(taken.coding.answers)) == (Outcome.MERGE, {"tone"})


# --- who may, and what happens meanwhile ---------------------------------------------------------


def test_nobody_settles_what_they_coded_themselves(project, main):
    differ(project, main, 1, 2)
    submit(project, main, CEM, (2, {"kind": "daily"}), (3, {"kind": "daily"}))
    session = ReviewSession(project, main, CEM)
    assert [one.number for one in session.queue] == [1]
    assert (session.progress.left, session.progress.own) == (1, 1)
    assert ReviewSession(project, main, ANA).current() is None
    assert len(queue(project, main)) == 2


def test_a_lead_needs_a_name(project, main):
    with pytest.raises(AnnotatorError, match="name"):
        ReviewSession(project, main, "  ")


def test_a_revision_after_the_settlement_lists_the_passage_again(project, main):
    differ(project, main, 1)
    session = ReviewSession(project, main, "lead")
    session.take("A")
    session.settle("slip")
    assert [one.state for one in queue(project, main)] == [CaseState.SETTLED]
    submit(project, main, BOB, (1, {"kind": {"state": "not_stated"}}))
    (changed,) = queue(project, main)
    assert (changed.state, changed.settled) == (CaseState.CHANGED, False)
    session = ReviewSession(project, main, "lead")
    case = session.current()
    assert case.earlier is not None
    assert {side.coding.answers["kind"].state for side in case.sides} == {
        State.STATED,
        State.NOT_STATED,
    }
    session.take("A")
    session.settle("slip")
    assert [one.state for one in queue(project, main)] == [CaseState.SETTLED]


def test_a_revision_that_ends_the_disagreement_is_still_looked_at_once_it_was_settled(
    project, main
):
    differ(project, main, 1)
    session = ReviewSession(project, main, "lead")
    session.take("A")
    session.settle("slip")
    submit(project, main, BOB, (1, {"kind": "daily"}))
    (changed,) = queue(project, main)
    assert (changed.state, changed.score) == (CaseState.CHANGED, 0.0)


def test_a_coding_revised_while_the_lead_looks_is_shown_before_it_is_settled(project, main):
    differ(project, main, 1, 2)
    session = ReviewSession(project, main, "lead")
    session.take(side_with(session.current(), kind="daily"))
    submit(project, main, BOB, (1, {"kind": "unknown"}))
    with pytest.raises(AnnotatorError, match="look at it again"):
        session.settle("slip")
    assert adjudications(project, main.id) == []
    assert side_with(session.current(), kind="unknown")
    session.take("A")
    session.settle("slip")
    assert len(adjudications(project, main.id)) == 1


def test_work_on_other_passages_does_not_disturb_the_lead(project, main):
    differ(project, main, 1)
    session = ReviewSession(project, main, "lead")
    session.take("A")
    differ(project, main, 2)
    session.settle("slip")
    assert session.current().passage.number == 2


def test_a_settlement_of_another_lead_is_never_overwritten_unseen(project, main):
    differ(project, main, 1)
    one, other = ReviewSession(project, main, "one"), ReviewSession(project, main, "other")
    one.take("A")
    other.take("B")
    one.settle("slip")
    with pytest.raises(AnnotatorError, match="look at it again"):
        other.settle("slip")
    assert [row.lead for row in adjudications(project, main.id)] == ["one"]
    assert other.current().earlier is not None


def test_two_leads_who_settle_at_the_same_moment_do_not_overwrite_each_other(project, main):
    differ(project, main, 1)
    sessions = [ReviewSession(project, main, lead) for lead in ("one", "other")]
    for session in sessions:
        session.take("A")
    start, refused = threading.Barrier(2), []

    def settle(session):
        start.wait()
        try:
            session.settle("slip")
        except AnnotatorError as error:
            refused.append(error.sentence)

    threads = [threading.Thread(target=settle, args=[session]) for session in sessions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(adjudications(project, main.id, earlier=True)) == 1
    assert len(refused) == 1
    assert "look at it again" in refused[0]


def test_a_settlement_between_the_last_look_and_the_writing_is_noticed(project, main, monkeypatch):
    differ(project, main, 1)
    one, other = ReviewSession(project, main, "one"), ReviewSession(project, main, "other")
    one.take("A")
    other.take("B")
    write = review.adjudicate

    def other_lead_first(*given, **more):
        monkeypatch.setattr(review, "adjudicate", write)
        other.settle("slip")
        return write(*given, **more)

    monkeypatch.setattr(review, "adjudicate", other_lead_first)
    with pytest.raises(AnnotatorError, match="look at it again"):
        one.settle("slip")
    rows = adjudications(project, main.id, earlier=True)
    assert [row.lead for row in rows] == ["other"]


@pytest.mark.parametrize("lead", [ANA.upper(), "Ana-Al-Qasim"])
def test_capital_letters_do_not_let_a_coder_settle_their_own_coding(project, main, lead):
    differ(project, main, 1)
    session = ReviewSession(project, main, lead)
    assert session.current() is None
    assert session.progress.own == 1
    key = reports(project)[0].key
    with pytest.raises(AnnotatorError, match="another lead must"):
        adjudicate(project, main.id, key, 1, lead, coding({}, codebook()), "take", "slip")


def test_a_settlement_reads_no_other_passage_again(project, main, monkeypatch):
    differ(project, main, 1, 2, 3)
    session = ReviewSession(project, main, "lead")
    other = ReviewSession(project, main, "other")
    session.take("A")
    read, every = [], work_disagreements.reviewed

    def noted(project, round_id, codebook, passage_id):
        read.append(passage_id)
        return every(project, round_id, codebook, passage_id)

    monkeypatch.setattr(work_disagreements, "reviewed", noted)
    session.settle("slip")
    assert read == [1]
    other.skip()
    other.take("A")
    other.settle("slip")
    assert sorted(read[1:]) == [1, 2]
    assert [one.settled for one in session.queue] == [True, False, False]
    assert [one.settled for one in other.queue] == [True, True, False]


def test_a_disagreement_that_ended_while_the_lead_looked_is_left(project, main):
    differ(project, main, 1, 2)
    session = ReviewSession(project, main, "lead")
    session.take("A")
    submit(project, main, BOB, (1, {"kind": "daily"}))
    with pytest.raises(AnnotatorError, match="its coders agree now"):
        session.settle("slip")
    assert session.current().passage.number == 2
    assert not session.back()


steps = st.lists(
    st.one_of(
        st.tuples(
            st.just("submit"),
            st.sampled_from([ANA, BOB, CEM]),
            st.integers(1, 2),
            st.sampled_from(["daily", "total"]),
        ),
        st.tuples(st.sampled_from(["take", "cannot", "skip", "back"])),
    ),
    max_size=14,
)


@settings(max_examples=20)
@given(steps=steps)
def test_whatever_the_order_of_coding_and_settling_what_is_shown_follows_from_the_data(
    tmp_path_factory, steps
):
    made, main = project_of(tmp_path_factory.mktemp("steps"), 2)
    with made as project:
        session = ReviewSession(project, main, "lead")
        latest, settled, changed = {}, {}, set()
        for step, *rest in steps:
            match step, rest:
                case "submit", [coder, number, kind]:
                    submit(project, main, coder, (number, {"kind": kind}))
                    latest[coder, number] = kind
                    changed.add(number)
                    session = ReviewSession(project, main, "lead")
                case (("skip" | "back"), _):
                    session.skip() if step == "skip" else session.back()
                case _, _ if (case := session.current()) is not None:
                    session.take("A") if step == "take" else session.cannot_resolve()
                    session.settle("slip")
                    settled[case.passage.number] = step
                    changed.discard(case.passage.number)
            found = {one.number: one for one in queue(project, main)}
            for number in (1, 2):
                kinds = [kind for (_, place), kind in latest.items() if place == number]
                differs = len(kinds) > 1 and len(set(kinds)) > 1
                assert (number in found) == (differs or number in settled)
                if number in found:
                    expected = CaseState.DISAGREED
                    if number in settled:
                        state = number in changed
                        expected = CaseState.CHANGED if state else CaseState.SETTLED
                    assert found[number].state is expected
                    assert (found[number].score > 0) == differs
            left = sum(not one.settled for one in found.values())
            assert session.progress.left == left
            rows = adjudications(project, main.id)
            assert sorted(row.number for row in rows) == sorted(settled)
