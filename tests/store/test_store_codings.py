from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import select, text
from sqlmodel import col
from store_world import coding_of, main_round

from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.adjudications import adjudicate, adjudications
from annotator.store.assignments import CoderProgress, counters
from annotator.store.codings import NewCoding, add_codings, codings
from annotator.store.corpus import iter_passages
from annotator.store.desk import Desk
from event_log import events

THEN = datetime(2016, 12, 24, 9, 30, tzinfo=UTC)


@pytest.fixture
def passages(project):
    return list(iter_passages(project))


@pytest.fixture
def opened(project):
    return main_round(project, "amal")


def new(opened, passage, coder: str, form: object, **more) -> NewCoding:
    coding = coding_of(form, passage.text, passage.start)
    return NewCoding(opened.id, passage.report_key, passage.number, coder, coding, **more)


def answers_table(project, round_id: str, which: str = "latest") -> list[tuple]:
    """The rows of answers: passage, coder, unit, record, variable, state, value and figures."""
    chosen = {"latest": "coding.latest = 1", "first": "coding.revision = 1"}[which]
    statement = text(
        "SELECT passage_id, coder, unit, record, variable, answer.state, value, low, best, high "
        "FROM coding JOIN answer ON answer.coding_id = coding.id "
        f"WHERE round_id = :round AND occasion = 1 AND {chosen}"
    )
    with project.reading() as connection:
        return [tuple(row) for row in connection.execute(statement, {"round": round_id})]


def test_added_codings_come_out_in_reading_order(project, opened, passages) -> None:
    form = {
        "perpetrator": {"value": ["army"], "evidence": "shells", "note": "clear"},
        "killed": {"state": "not_stated"},
        "claim": [{"id": "r1", "cause": "mine", "victims": "10-15"}],
    }
    rows = [
        new(opened, passages[4], "badr", {"perpetrator": []}, seconds=3.0, submitted_at=THEN),
        new(opened, passages[0], "amal", form),
    ]
    assert add_codings(project, rows, "lead") == 2
    first, second = codings(project, opened.id)
    assert (first.coder, first.number, first.revision) == ("amal", 1, 1)
    assert coding_of(first.form, passages[0].text) == rows[1].coding
    assert (second.coder, second.seconds, second.submitted_at) == ("badr", 3.0, THEN)
    assert second.form == {"perpetrator": []}
    assert counters(project, opened.id) == [
        CoderProgress("amal", 6, 1),
        CoderProgress("badr", 1, 1),
    ]


def test_a_submitted_and_an_added_coding_leave_the_same_rows(project, opened, passages) -> None:
    form = {"killed": "12 (12-20)", "day": "2016-12", "claim": [{"cause": "mine"}]}
    desk = Desk(project, opened.id, "amal")
    coding = coding_of(form, passages[0].text)
    desk.submit(desk.first_open(), coding, "", 2.0)
    add_codings(project, [new(opened, passages[0], "badr", form, seconds=2.0)], "lead")
    one, two = codings(project)
    assert replace(one, id="", coder="", submitted_at=THEN) == replace(
        two, id="", coder="", submitted_at=THEN
    )
    rows = list(answers_table(project, opened.id))
    assert sorted(row[2:] for row in rows if row[1] == "amal") == sorted(
        row[2:] for row in rows if row[1] == "badr"
    )


def test_codings_of_one_passage_in_one_batch_are_revisions(project, opened, passages) -> None:
    rows = [new(opened, passages[0], "amal", {"killed": count}) for count in ("1", "2", "3")]
    add_codings(project, rows[:1], "lead")
    add_codings(project, rows, "lead")
    assert [row.revision for row in codings(project, which="all")] == [1, 2, 3, 4]
    assert [row.form for row in codings(project)] == [{"killed": "3"}]
    assert counters(project, opened.id) == [CoderProgress("amal", 6, 1)]


def test_answers_come_with_their_figures(project, opened, passages) -> None:
    form = {
        "perpetrator": ["army", "isis"],
        "killed": "12 (12-20)",
        "day": {"state": "unknown"},
        "claim": [{"cause": "mine", "victims": "v12"}],
    }
    add_codings(project, [new(opened, passages[0], "amal", form)], "lead")
    passage = next(codings(project)).passage_id
    assert sorted(answers_table(project, opened.id, "first")) == [
        (passage, "amal", "claim", "r1", "cause", "stated", "mine", None, None, None),
        (passage, "amal", "claim", "r1", "victims", "stated", "v12", 12, None, None),
        (passage, "amal", "passage", "", "day", "unknown", None, None, None, None),
        (passage, "amal", "passage", "", "killed", "stated", "12 (12-20)", 12, 12, 20),
        (passage, "amal", "passage", "", "perpetrator", "stated", "army|isis", None, None, None),
    ]
    assert list(answers_table(project, "another round")) == []


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"round_id": "nowhere"}, "no round with the id nowhere"),
        ({"report_key": "nowhere"}, "no passage 1 of a report nowhere"),
        ({"number": 99}, "no passage 99"),
    ],
)
def test_a_wrong_coding_in_a_batch_adds_none_of_it(
    project, opened, passages, change, sentence
) -> None:
    good = new(opened, passages[0], "amal", {"killed": "1"})
    before = len(events(project))
    with pytest.raises(AnnotatorError, match=sentence):
        add_codings(project, [good, replace(good, **change)], "lead")
    assert list(codings(project)) == []
    assert len(events(project)) == before


def test_nobody_settles_their_own_coding(project, opened, passages) -> None:
    add_codings(project, [new(opened, passages[0], "amal", {"killed": "1"})], "lead")
    key = passages[0].report_key
    settled = coding_of({"killed": "2"})
    with pytest.raises(AnnotatorError, match=r"amal coded passage 1 .* cannot settle it"):
        adjudicate(project, opened.id, key, 1, "amal", settled, "left", "because", "")
    adjudicate(project, opened.id, key, 2, "amal", settled, "left", "because", "")
    assert [row.number for row in adjudications(project, opened.id)] == [2]


def test_a_passage_settled_anew_keeps_its_trail(project, opened, passages) -> None:
    key = passages[0].report_key
    for count in ("1", "2"):
        settled = coding_of({"killed": count, "perpetrator": {"value": [], "note": "none"}})
        adjudicate(project, opened.id, key, 1, "lead", settled, "new", f"reason {count}", "n")
    [row] = adjudications(project, opened.id)
    assert (row.reason, row.form["killed"], row.lead, row.note) == ("reason 2", "2", "lead", "n")
    both = adjudications(project, earlier=True)
    assert [(one.reason, one.latest) for one in both] == [("reason 1", False), ("reason 2", True)]
    assert list(codings(project, opened.id)) == []
    assert list(answers_table(project, opened.id)) == []


def test_inferred_marks_and_overrides_come_out_and_have_rows_of_their_own(
    project, opened, passages
) -> None:
    form = {
        "claim": [{"id": "r1", "cause": {"value": "mine", "inferred": True}, "victims": "3"}],
        "overrides": [
            {"check": "I1", "record": "", "reason": "seen"},
            {"check": "W1", "record": "r1", "reason": "the text says so"},
        ],
    }
    add_codings(project, [new(opened, passages[0], "amal", form)], "lead")
    [row] = codings(project)
    assert row.form == form
    with project.reading() as connection:
        inferred = connection.execute(
            select(col(models.Answer.variable), col(models.Answer.inferred)).order_by(
                col(models.Answer.variable)
            )
        )
        assert [tuple(one) for one in inferred] == [("cause", 1), ("victims", 0)]
        overrides = connection.execute(
            select(
                col(models.Override.coding_id),
                col(models.Override.record),
                col(models.Override.check_id),
                col(models.Override.reason),
            ).order_by(col(models.Override.check_id))
        )
        assert [tuple(one) for one in overrides] == [
            (row.id, "", "I1", "seen"),
            (row.id, "r1", "W1", "the text says so"),
        ]


def test_the_overrides_of_a_settled_coding_have_rows_too(project, opened, passages) -> None:
    first = passages[0]
    form = {"overrides": [{"check": "W1", "record": "", "reason": "ruled so"}]}
    coding = coding_of(form, first.text, first.start)
    event = adjudicate(
        project, opened.id, first.report_key, first.number, "lead", coding, "take", "slip"
    )
    with project.reading() as connection:
        rows = connection.execute(
            select(col(models.Override.coding_id), col(models.Override.reason))
        )
        assert [tuple(one) for one in rows] == [(event, "ruled so")]
