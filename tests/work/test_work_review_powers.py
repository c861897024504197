"""What a lead can do with a passage besides taking a side: send back, pass on, code anew, undo."""

import pytest
from work_projects import project_of, submit

from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudications
from annotator.store.assignments import counters
from annotator.store.codings import codings
from annotator.store.rounds import close_round, named_round, reopen_round, rounds
from annotator.store.verify import verify
from annotator.work.disagreements import CaseState
from annotator.work.review import (
    EARLIER,
    PARTS,
    Only,
    QueueFilter,
    ReviewSession,
)
from annotator.work.session import CodingSession
from annotator.work.start import desk_for

ANA, BOB, CEM, DAN = "ana-al-qasim", "bob-marlow", "cem-yildiz", "dan-okafor"


@pytest.fixture
def project(tmp_path):
    made, _ = project_of(tmp_path, 3)
    with made:
        yield made
        assert verify(made) == []


@pytest.fixture
def main(project):
    return rounds(project)[0]


@pytest.fixture
def differing(project, main):
    for coder, kind in ((ANA, "daily"), (BOB, "total")):
        form = {"kind": kind, "none": "context"}
        submit(project, main, coder, *((number, form) for number in (1, 2, 3)))


def side_with(case, kind):
    return next(one.letter for one in case.sides if one.coding.answers["kind"].value == kind)


def standing(project, main):
    return {row.number: row.form.get("kind") for row in adjudications(project, main.id)}


def pick(coder, variable, code):
    coder.go_to(("", variable))
    coder.pick(next(one for one in coder.codebook.variable(variable).codes if one.id == code))


def settle(session, kind="daily", reason="slip"):
    session.take(side_with(session.current(), kind))
    return session.settle(reason)


# --- sending back --------------------------------------------------------------------------------


def test_a_passage_sent_back_waits_and_comes_to_its_coder_with_the_words_and_their_own_coding(
    project, main, differing
):
    session = ReviewSession(project, main, "lead")
    session.send_back("Is it about one day only?", side_with(session.current(), "total"))
    assert session.current().passage.number == 2
    assert (session.progress.left, session.progress.waiting) == (2, 1)
    waiting = ReviewSession(project, main, "lead", QueueFilter(only=Only.SENT_BACK))
    case = waiting.current()
    assert case.disagreement.words == "disagreed, sent back, waiting"
    assert case.sent_back == ("Is it about one day only?",)
    # Only who was asked has it back.
    assert desk_for(project, "main", ANA).first_open() is None
    desk = desk_for(project, "main", BOB)
    coder = CodingSession(desk)
    assert coder.item.sent_back == "Is it about one day only?"
    assert coder.coding.answers["kind"].value == "total"
    assert "daily" not in repr(coder.item)
    assert desk.progress().open == 1


@pytest.mark.parametrize("kind", ["total", "daily"])
def test_the_answer_to_a_passage_sent_back_is_a_revision_and_no_first_coding(
    project, main, differing, kind
):
    session = ReviewSession(project, main, "lead")
    session.send_back("Look again", side_with(session.current(), "total"))
    submit(project, main, BOB, (1, {"kind": kind, "none": "context"}))
    again = ReviewSession(project, main, "lead")
    listed = {one.number: one for one in again.queue}
    assert (1 in listed) == (kind == "total")
    assert not any(one.waiting for one in again.queue)
    first = [row.form for row in codings(project, main.id, "first") if row.number == 1]
    assert [form["kind"] for form in first] == ["daily", "total"]
    latest = [row.revision for row in codings(project, main.id) if row.number == 1]
    assert latest == [1, 2]


def test_submitting_a_passage_sent_back_unchanged_answers_it(project, main, differing):
    session = ReviewSession(project, main, "lead")
    session.send_back("Look again", side_with(session.current(), "total"))
    coder = CodingSession(desk_for(project, "main", BOB))
    assert "revision 2" in coder.submit().message
    assert coder.item.sent_back == ""
    assert ReviewSession(project, main, "lead").progress.left == 3


def test_every_side_is_asked_and_nobody_twice(project, main, differing):
    session = ReviewSession(project, main, "lead")
    session.send_back("Both of you, please")
    assert session.back()
    with pytest.raises(AnnotatorError, match="sent back already"):
        session.send_back("Again")
    for coder in (ANA, BOB):
        assert desk_for(project, "main", coder).progress().open == 1


def test_sending_back_needs_words_an_open_round_and_a_lead_who_did_not_code_it(
    project, main, differing
):
    session = ReviewSession(project, main, "lead")
    with pytest.raises(AnnotatorError, match="with words"):
        session.send_back("  ")
    with pytest.raises(AnnotatorError, match="the sides are A, B"):
        session.send_back("Look", "C")
    assert ReviewSession(project, main, ANA).current() is None
    with pytest.raises(AnnotatorError, match="No disagreement is left"):
        ReviewSession(project, main, ANA).send_back("Look")
    close_round(project, main.id, "lead")
    with pytest.raises(AnnotatorError, match="round reopen main"):
        ReviewSession(project, named_round(project, "main"), "lead").send_back("Look")


def test_a_decision_stands_while_its_passage_is_sent_back_and_is_shown_as_changed_after(
    project, main, differing
):
    session = ReviewSession(project, main, "lead")
    settle(session)
    session.back()
    session.send_back("Sure?", side_with(session.current(), "total"))
    assert standing(project, main) == {1: "daily"}
    submit(project, main, BOB, (1, {"kind": "unknown", "none": "context"}))
    assert standing(project, main) == {1: "daily"}
    changed = ReviewSession(project, main, "lead", QueueFilter(only=Only.CHANGED))
    case = changed.current()
    letter = side_with(case, "unknown")
    assert case.state is CaseState.CHANGED
    assert case.changed == (f"Side {letter}, Kind: Total → Unclear",)


def test_what_changed_is_said_of_a_coder_who_came_late_and_of_one_who_changed_nothing(
    project, main, differing
):
    settle(ReviewSession(project, main, "lead"))
    submit(project, main, CEM, (1, {"kind": "daily"}))
    again = {"kind": {"value": "total", "note": "as I said"}, "none": "context"}
    submit(project, main, BOB, (1, again))
    case = ReviewSession(project, main, "lead", QueueFilter(only=Only.CHANGED)).current()
    said = " ".join(case.changed)
    assert "was coded after the decision." in said
    assert "was submitted again and says the same." in said


# --- passages that were given back ---------------------------------------------------------------


def give_back(project, coder, number):
    desk = desk_for(project, "main", coder)
    desk.skip(desk.at_place(number), SkipReason.LANGUAGE, "too many dates")


def test_a_passage_given_back_is_passed_on_to_who_has_least_to_do_and_does_not_have_it(
    project, main
):
    submit(project, main, ANA, (1, {"kind": "daily"}))
    for coder in (BOB, CEM):
        give_back(project, coder, 2)
    submit(project, main, DAN, (1, {"kind": "daily"}))
    session = ReviewSession(project, main, "lead", QueueFilter(only=Only.SKIPPED))
    case = session.current()
    assert (case.passage.number, case.sides, case.state) == (2, (), CaseState.SINGLE)
    assert [one.note for one in case.given_back] == ["too many dates"] * 2
    session.pass_on()
    assert session.current() is None
    # Ana and Dan both had nothing to do; the first by name got it.
    assigned = {one.coder: one.assigned for one in counters(project, main.id)}
    assert assigned == {ANA: 2, BOB: 3, CEM: 3, DAN: 1}
    assert ReviewSession(project, main, "lead", QueueFilter(only=Only.SKIPPED)).queue == []
    submit(project, main, ANA, (2, {"kind": "daily"}))
    again = ReviewSession(project, main, "lead", QueueFilter(only=Only.SKIPPED))
    assert [one.number for one in again.queue] == [2]


def test_a_passage_nobody_else_can_have_is_settled_by_the_lead(project, main):
    for coder in (ANA, BOB):
        give_back(project, coder, 2)
    session = ReviewSession(project, main, "lead", QueueFilter(only=Only.SKIPPED))
    with pytest.raises(AnnotatorError, match="Every coder of the round has this passage"):
        session.pass_on()
    session.cannot_resolve()
    session.settle("text_ambiguous")
    assert [row.outcome for row in adjudications(project, main.id)] == ["cannot_resolve"]
    assert session.current() is None


def test_only_what_was_given_back_is_passed_on(project, main, differing):
    with pytest.raises(AnnotatorError, match="No coder gave this passage back"):
        ReviewSession(project, main, "lead").pass_on()


# --- a coding of the lead's own ------------------------------------------------------------------


def test_a_side_is_edited_into_a_new_coding_that_is_settled_as_new(project, main, differing):
    session = ReviewSession(project, main, "lead")
    coder = CodingSession(session.edit(side_with(session.current(), "daily")))
    pick(coder, "kind", "unknown")
    pick(coder, "tone", "low")
    assert session.proposal is None
    assert coder.submit().finished
    assert str(session.proposal.outcome) == "new"
    session.settle("rule_unclear", "neither is right")
    (row,) = adjudications(project, main.id)
    assert (row.outcome, row.form) == ("new", {"kind": "unknown", "tone": "low", "none": "context"})
    session.back()
    assert not session.editing


def test_a_coding_that_was_begun_goes_on_after_a_restart_with_its_undoing(project, main, differing):
    session = ReviewSession(project, main, "lead")
    coder = CodingSession(session.edit("A"))
    pick(coder, "tone", "low")
    pick(coder, "tone", "high")
    session = ReviewSession(project, main, "lead")
    assert session.editing
    coder = CodingSession(session.edit("B"))
    assert coder.coding.answers["tone"].value == "high"
    coder.undo()
    assert coder.coding.answers["tone"].value == "low"
    coder = CodingSession(ReviewSession(project, main, "lead").edit())
    coder.undo()
    assert "tone" not in coder.coding.answers
    coder.redo()
    coder.redo()
    assert coder.coding.answers["tone"].value == "high"
    assert adjudications(project, main.id) == []
    session.drop_draft()
    assert not session.editing


def test_a_coding_that_was_begun_outlasts_another_settlement_and_its_undoing(
    project, main, differing
):
    session = ReviewSession(project, main, "lead")
    pick(CodingSession(session.edit("A")), "tone", "low")
    settle(session)
    session.undo()
    assert session.editing
    coder = CodingSession(session.edit())
    assert coder.coding.answers["tone"].value == "low"
    coder.submit()
    session.settle("slip")
    session.undo()
    assert not session.editing


@pytest.mark.parametrize("done", ["Sending back", "Passing on"])
def test_undoing_asks_again_after_what_cannot_be_undone(project, main, differing, done):
    session = ReviewSession(project, main, "lead")
    settle(session)
    if done == "Sending back":
        session.send_back("Look again", "A")
    else:
        submit(project, main, CEM, (3, {"kind": "daily", "none": "context"}))
        give_back(project, DAN, 2)
        session = ReviewSession(project, main, "lead", QueueFilter(only=Only.SKIPPED))
        session.pass_on()
    with pytest.raises(AnnotatorError, match=f"^{done} .+ ¶2 cannot be undone; undo once more"):
        session.undo()
    assert len(adjudications(project, main.id)) == 1
    assert session.undo().startswith("Taken back: ")
    assert adjudications(project, main.id) == []


def test_a_new_coding_begins_with_parts_the_earlier_decision_or_nothing(project, main):
    submit(project, main, ANA, (1, {"kind": "daily", "tone": "low", "killed": "9"}))
    submit(project, main, BOB, (1, {"kind": "total", "tone": "low", "killed": "4"}))
    session = ReviewSession(project, main, "lead")
    kind = side_with(session.current(), "total")
    session.choose((), "kind", kind)
    answers = CodingSession(session.edit(PARTS)).coding.answers
    assert {name: str(one.value) for name, one in answers.items()} == {
        "kind": "total",
        "tone": "low",
    }
    session.drop_draft()
    assert CodingSession(session.edit()).coding.answers == {}
    session.drop_draft()
    with pytest.raises(AnnotatorError, match="was not settled before"):
        session.edit(EARLIER)
    with pytest.raises(AnnotatorError, match="the sides are A, B"):
        session.edit("F")
    session.take(kind)
    session.settle("slip")
    session.back()
    assert CodingSession(session.edit(EARLIER)).coding.answers["killed"].value.best == 4


def test_two_windows_on_one_settlement_never_overwrite_each_other(project, main, differing):
    session = ReviewSession(project, main, "lead")
    first = CodingSession(session.edit("A"))
    other = CodingSession(ReviewSession(project, main, "lead").edit())
    pick(first, "tone", "low")
    with pytest.raises(AnnotatorError, match="in another window"):
        pick(other, "tone", "high")
    assert "tone" not in other.coding.answers
    other.keep_place()
    first.submit()
    session.settle("slip")
    first.keep_place()
    with pytest.raises(AnnotatorError, match="settled it there"):
        pick(first, "tone", "high")


def test_the_desk_of_a_settlement_refuses_what_is_for_coders(project, main, differing):
    session = ReviewSession(project, main, "lead")
    coder = CodingSession(session.edit("A"))
    with pytest.raises(AnnotatorError, match="write a note instead"):
        coder.toggle_flag()
    with pytest.raises(AnnotatorError, match="not given back"):
        coder.skip(SkipReason.LANGUAGE)
    assert coder.step_passage(1).refused


# --- undoing -------------------------------------------------------------------------------------


def test_settlements_are_taken_back_and_made_again_over_a_restart(project, main, differing):
    session = ReviewSession(project, main, "lead")
    settle(session)
    settle(session)
    assert session.undo() == "Taken back: report.txt ¶2, take, slip."
    assert session.current().passage.number == 2
    session = ReviewSession(project, main, "lead")
    assert session.progress.settled == 1
    session.undo()
    assert standing(project, main) == {}
    with pytest.raises(AnnotatorError, match="settled nothing in this round"):
        session.undo()
    assert session.redo() == "Settled again: report.txt ¶1, take, slip."
    ReviewSession(project, main, "lead").redo()
    assert standing(project, main) == {1: "daily", 2: "daily"}
    with pytest.raises(AnnotatorError, match="nothing to settle again"):
        ReviewSession(project, main, "lead").redo()
    ReviewSession(project, main, "lead").undo()
    settle(ReviewSession(project, main, "lead"), "total")
    with pytest.raises(AnnotatorError, match="nothing to settle again"):
        ReviewSession(project, main, "lead").redo()


def test_the_settlement_before_stands_again_and_both_stay_on_record(project, main, differing):
    session = ReviewSession(project, main, "lead")
    settle(session)
    session.back()
    settle(session, "total")
    session.undo()
    assert standing(project, main) == {1: "daily"}
    session.undo()
    assert standing(project, main) == {}
    session.redo()
    session.redo()
    assert standing(project, main) == {1: "total"}
    rows = adjudications(project, main.id, earlier=True)
    assert [row.withdrawn for row in rows] == [True, True, False, False]


def test_nothing_is_taken_back_or_settled_again_over_what_came_since(project, main, differing):
    session, other = (ReviewSession(project, main, lead) for lead in ("lead", "other"))
    settle(session)
    other = ReviewSession(project, main, "other", QueueFilter(only=Only.SETTLED))
    settle(other, "total")
    with pytest.raises(AnnotatorError, match="settled anew since"):
        session.undo()
    other.undo()
    session.undo()
    submit(project, main, BOB, (1, {"kind": "unknown"}))
    with pytest.raises(AnnotatorError, match="settle it anew"):
        session.redo()
    assert standing(project, main) == {}


def test_who_has_coded_a_passage_since_takes_no_decision_on_it_back(project, main, differing):
    session = ReviewSession(project, main, "lead")
    settle(session)
    submit(project, main, "lead", (1, {"kind": "unknown"}))
    with pytest.raises(AnnotatorError, match="cannot settle it; another lead must"):
        session.undo()
    assert standing(project, main) == {1: "daily"}


def test_a_round_that_is_opened_again_changes_no_decision(project, main, differing):
    settle(ReviewSession(project, main, "lead"))
    close_round(project, main.id, "lead")
    reopen_round(project, main.id, "lead")
    assert ReviewSession(project, main, "lead").progress.settled == 1
    coder = CodingSession(desk_for(project, "main", BOB))
    coder.go_to_passage("1")
    pick(coder, "kind", "unknown")
    assert "revision 2" in coder.submit().message
    assert standing(project, main) == {1: "daily"}
    again = ReviewSession(project, main, "lead", QueueFilter(only=Only.CHANGED))
    assert [one.number for one in again.queue] == [1]


# --- names ---------------------------------------------------------------------------------------


def test_no_power_of_a_lead_tells_a_name(project, main, differing):
    give_back(project, CEM, 1)
    give_back(project, DAN, 1)
    told = []

    def said(do, *given):
        try:
            told.append(repr(do(*given)))
        except AnnotatorError as error:
            told.append(error.sentence)

    for only in (None, *Only):
        session = ReviewSession(project, main, "lead", QueueFilter(only=only))
        told += [repr(session.queue), repr(session.progress), repr(session.choices())]
        while session.current() is not None:
            said(session.current)
            said(session.take, "A")
            said(session.take_parts)
            said(session.unchosen)
            said(session.pass_on)
            said(session.send_back, "Look", "B")
            said(session.edit, "A")
            told.append(repr(session.editing))
            if session.current() is None or not session.skip():
                break
        said(session.undo)
        said(session.redo)
    session = ReviewSession(project, main, "lead", QueueFilter(only=Only.SENT_BACK))
    session.take("A")
    told += [session.settle("slip"), session.undo(), repr(session.current()), session.redo()]
    assert len(told) > 40
    for name in (ANA, BOB, CEM, DAN):
        assert name not in " ".join(told)
