"""Known answers and assessments at the store: who may see what, and that events tell it all."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import update
from store_world import coding_of, draft_of, new_project, source_of, text_of

from annotator.coding.form import to_form
from annotator.errors import AnnotatorError
from annotator.store import models, schema
from annotator.store.assessments import assessments
from annotator.store.assignments import assign, give
from annotator.store.codings import NewCoding, add_codings
from annotator.store.columns import col, table_of
from annotator.store.corpus import import_reports, iter_passages, reports
from annotator.store.desk import Desk
from annotator.store.events import read_events
from annotator.store.known_answers import Answer, known_answers
from annotator.store.project import Project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import RoundRow, open_round
from annotator.store.training import Training, training_rounds, training_settings
from annotator.store.verify import verify

KNOWN = {"perpetrator": ["army"], "killed": "3", "day": {"state": "unknown"}}
TRAP = "The number is that of the claim."


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p.db") as made:
        yield made


def examples(project: Project, passages: int = 2) -> list[tuple[str, int]]:
    """Reports to train coders on, of a passage each."""
    drafts = [
        draft_of(f"Example {number}: shells killed 3 people.", f"Example {number}")
        for number in range(1, passages + 1)
    ]
    source = source_of(*drafts, name="examples.yaml")
    import_reports(project, source, source.reports, "lead", training=True)
    return [(row.key, 1) for row in reports(project, training=True) if row.training]


def training(project: Project, **more: Any) -> RoundRow:
    places = examples(project)
    about: dict[str, Any] = {
        "name": "training",
        "purpose": "training",
        "order": "reading",
        "seed": 0,
        "coders": None,
        "actor": "lead",
        "passages": places,
        "training": Training("examples.yaml", 0.8),
        "known": [Answer(*place, KNOWN, TRAP) for place in places],
    }
    return open_round(project, **about | more)


def main(project: Project, known: list[Answer], name: str = "main") -> RoundRow:
    return open_round(
        project,
        name=name,
        purpose="main",
        order="reading",
        seed=0,
        coders=None,
        actor="lead",
        known=known,
    )


def desk_of(project: Project, round_: RoundRow, coder: str) -> Desk:
    assign(project, round_.id, coder, coder)
    return Desk(project, round_.id, coder)


def submit(desk: Desk, assignment: int, form: dict[str, Any]) -> None:
    desk.submit(assignment, coding_of(form), "", 1.0)


# --- what a coder can reach ----------------------------------------------------------------------


def test_a_known_answer_is_out_of_reach_until_the_coder_submitted_that_passage(project):
    round_ = training(project)
    amal, badr = (desk_of(project, round_, coder) for coder in ("amal", "badr"))
    first, second = amal.at_place(1), amal.at_place(2)
    with pytest.raises(AnnotatorError, match="once the passage is submitted"):
        amal.known_answer(first)
    submit(badr, badr.at_place(1), {"killed": "4"})
    with pytest.raises(AnnotatorError, match="once the passage is submitted"):
        amal.known_answer(first)
    amal.save(first, coding_of({}), coding_of({"killed": "5"}), "typed", "", 0.0)
    with pytest.raises(AnnotatorError, match="once the passage is submitted"):
        amal.known_answer(first)
    submit(amal, first, {"killed": "5"})
    shown = amal.known_answer(first)
    assert (dict(shown.form), shown.trap) == (KNOWN, TRAP)
    for theirs in (second, badr.at_place(1), 10**6):
        with pytest.raises(AnnotatorError, match="once the passage is submitted"):
            amal.known_answer(theirs)


def test_lessons_are_of_the_coders_own_first_submissions_alone(project):
    round_ = training(project)
    amal, badr = (desk_of(project, round_, coder) for coder in ("amal", "badr"))
    assert amal.lessons() == []
    submit(badr, badr.at_place(2), {"killed": "4"})
    submit(amal, amal.at_place(1), {"killed": "5"})
    submit(amal, amal.at_place(1), {"killed": "3"})
    (one,) = amal.lessons()
    assert (one.known, one.given) == (KNOWN, {"killed": "5"})


def everything(desk: Desk) -> dict[str, object]:
    """All that a desk tells without changing anything."""
    ids = [one.assignment_id for one in desk.passages(0, 100)]
    return {
        "progress": desk.progress(),
        "passages": [(one.ord, one.report, one.number, one.text) for one in desk.passages(0, 100)],
        "items": [
            (one.ord, one.done, one.report, one.number, one.text, one.draft, one.submitted)
            for one in map(desk.item, ids)
        ],
        "training": desk.training,
        "lessons": desk.lessons(),
        "refused": [_refusal(desk, one) for one in ids],
    }


def _refusal(desk: Desk, assignment: int) -> str:
    with pytest.raises(AnnotatorError) as raised:
        desk.known_answer(assignment)
    return raised.value.sentence


def test_gold_makes_no_difference_to_anything_a_coder_can_ask(project):
    place = next((row.report_key, row.number) for row in iter_passages(project))
    gold = main(project, [Answer(*place, KNOWN, TRAP)], "gold")
    plain = main(project, [], "plain")
    desks = [desk_of(project, round_, "amal") for round_ in (gold, plain)]
    assert everything(desks[0]) == everything(desks[1])
    for desk in desks:
        submit(desk, desk.at_place(1), KNOWN)
    assert everything(desks[0]) == everything(desks[1])
    assert [one.place for one in known_answers(project, gold.id)] == [place]
    assert not known_answers(project, gold.id)[0].shown


def test_a_passage_given_again_looks_like_one_never_seen(project):
    round_ = open_round(
        project,
        name="main",
        purpose="main",
        order="reading",
        seed=0,
        coders=None,
        actor="lead",
        design={},
    )
    first, other = [(row.report_key, row.number) for row in iter_passages(project)][:2]
    give(project, round_.id, "amal", [(*first, 1), (*other, 1)], "lead")
    desk = Desk(project, round_.id, "amal")
    submit(desk, desk.at_place(1), {"killed": "3"})
    desk.flag(desk.at_place(1), "", flagged=True)
    give(project, round_.id, "amal", [(*first, 2)], "lead")
    again, fresh = desk.item(desk.at_place(3)), desk.item(desk.at_place(2))
    assert (again.draft, again.submitted, again.revision) == (None, None, 0)
    assert (again.done, again.flagged, again.skip_note) == (False, False, "")
    unlike = {
        name
        for name in ("done", "draft", "draft_seconds", "submitted", "revision", "flagged")
        if getattr(again, name) != getattr(fresh, name)
    }
    assert not unlike
    submit(desk, again.assignment_id, {"killed": "9"})
    assert to_form(desk.item(desk.at_place(1)).submitted) == {"killed": "3"}


# --- what is trained on is nowhere else ----------------------------------------------------------


def test_reports_for_training_are_in_no_list_and_no_other_round(project):
    before = [row.key for row in reports(project)]
    places = examples(project)
    assert [row.key for row in reports(project)] == before
    assert all(row.report_key in before for row in iter_passages(project))
    everyone = {row.report_key for row in iter_passages(project, training=True)}
    assert everyone == {*before, *(key for key, _ in places)}
    round_ = main(project, [])
    assert assign(project, round_.id, "amal", "amal") == 6
    coding = coding_of({"killed": "3"})
    with pytest.raises(AnnotatorError, match="made to train coders"):
        add_codings(project, [NewCoding(round_.id, *places[0], "amal", coding)], "lead")
    with pytest.raises(AnnotatorError, match="made to train coders"):
        give(project, round_.id, "amal", [(*places[0], 1)], "lead")


def test_an_example_never_stands_for_a_real_report_of_the_same_words(project):
    text = text_of(1)
    source = source_of(draft_of(text, "Example"), name="examples.yaml")
    done = import_reports(project, source, source.reports, "lead", training=True)
    assert (done.added, done.already) == (1, 0)
    key = next(row.key for row in reports(project, training=True) if row.training)
    assert key.startswith("t")
    assert all(row.key.startswith("r") for row in reports(project))


def test_which_rounds_train_is_known(project):
    round_ = training(project)
    other = main(project, [])
    assert training_rounds(project) == {round_.id}
    assert training_settings(project, round_.id) == Training("examples.yaml", 0.8)
    assert training_settings(project, other.id) is None


# --- the record ----------------------------------------------------------------------------------


def test_an_assessment_is_put_on_record_once_for_the_same_numbers(project):
    desk = desk_of(project, training(project), "amal")
    for agreement in (0.5, 0.5, 0.7):
        desk.record_assessment({"passed": False, "agreement": agreement})
    found = assessments(project)
    assert [(row.coder, row.passed, row.body["agreement"]) for row in found] == [
        ("amal", False, 0.5),
        ("amal", False, 0.7),
    ]
    assert assessments(project, "another") == []
    with pytest.raises(AnnotatorError, match="trains nobody"):
        desk_of(project, main(project, []), "amal").record_assessment({"passed": True})


def test_a_known_answer_for_a_passage_that_is_not_there_opens_no_round(project):
    with pytest.raises(AnnotatorError, match="no passage 9"):
        main(project, [Answer(next(iter_passages(project)).report_key, 9, KNOWN)])
    with project.reading() as connection:
        kinds = [event.kind for event in read_events(connection)]
    assert "round_opened" not in kinds


def test_verify_sees_an_example_passed_off_as_a_real_report(project):
    (key, _), _ = examples(project)
    with project.writing() as connection:
        schema.drop_triggers(connection)
        connection.execute(
            update(table_of(models.Report)).where(col(models.Report.key) == key).values(training=0)
        )
        schema.create_triggers(connection)
    (problem,) = verify(project)
    assert problem.startswith(f"Report {key} is not the one that event")


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["amal", "badr"]),
        st.integers(1, 2),
        st.sampled_from(["3", "4", "12+"]),
        st.booleans(),
    ),
    max_size=8,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(STEPS)
def test_the_log_rebuilds_known_answers_and_assessments_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int, str, bool]]
) -> None:
    with new_project(tmp_path_factory.mktemp("rebuilt") / "p.db", 1, 2) as project:
        round_ = training(project)
        place = next((row.report_key, row.number) for row in iter_passages(project))
        main(project, [Answer(*place, {"none": "nothing"}, "")])
        for coder, number, killed, passed in steps:
            desk = desk_of(project, round_, coder)
            submit(desk, desk.at_place(number), {"killed": killed})
            desk.record_assessment({"passed": passed, "agreement": 1 / 3, "killed": killed})
        before = rows_of(project)
        assert verify(project) == []
        rebuild(project)
        assert rows_of(project) == before
        assert len(before["known_answer"]) == 3


def rows_of(project: Project) -> dict[str, list[str]]:
    found = {}
    with project.reading() as connection:
        for table in models.all_tables().sorted_tables:
            rows = connection.execute(table.select()).all()
            found[table.name] = sorted(json.dumps(list(row), default=str) for row in rows)
    return found
