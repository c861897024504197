"""Which passages a lead looks at, and in which order."""

import pytest
from sqlalchemy import select, update
from work_projects import project_of, submit

from annotator.coding.content import is_current
from annotator.errors import AnnotatorError
from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.corpus import reports
from annotator.store.desk import Desk
from annotator.store.project import Project, open_project
from annotator.store.rounds import close_round, named_round, rounds
from annotator.work.disagreements import CaseState, Disagreements, case_counts
from annotator.work.review import ReviewSession
from annotator.work.review_choices import Only, QueueFilter, ReviewOrder, pair_of
from annotator.work.start import desk_for

ANA, BOB, CEM = "ana-al-qasim", "bob-marlow", "cem-yildiz"


@pytest.fixture
def project(tmp_path):
    made, _ = project_of(tmp_path, 8)
    with made:
        yield made


@pytest.fixture
def main(project):
    return rounds(project)[0]


def listed(project, main, **chosen):
    session = ReviewSession(project, main, "lead", QueueFilter(**chosen))
    return [one.number for one in session.queue]


def desk_at(project: Project, coder: str, number: int) -> tuple[Desk, int]:
    """A coder's desk, and the assignment of a passage there."""
    desk = desk_for(project, "main", coder)
    found = desk.at_place(number)
    assert found is not None
    return desk, found


@pytest.fixture
def differing(project, main):
    """Passages 1 to 4 differ, each in something else; 5 and 6 do not."""
    submit(
        project,
        main,
        ANA,
        (1, {"kind": "daily", "tone": "low"}),
        (2, {"kind": "daily", "actors": ["regime"]}),
        (3, {"tone": "low", "kind": "daily"}),
        (4, {"claim": [{"cause": ["shell"], "total": "9"}], "kind": "total"}),
        (5, {"kind": "daily"}),
        (6, {"kind": {"value": "daily", "unsure": True}}),
    )
    submit(
        project,
        main,
        BOB,
        (1, {"kind": "total", "tone": "high"}),
        (2, {"kind": "daily", "actors": ["isis"]}),
        (3, {"tone": "mid", "kind": {"value": "daily", "unsure": True}}),
        (4, {"claim": [{"cause": ["mine"], "total": "9"}], "kind": "total"}),
        (5, {"kind": "daily"}),
        (6, {"kind": "daily"}),
    )


def test_the_orders_are_by_agreement_as_reports_have_it_and_by_what_differs(
    project, main, differing
):
    assert listed(project, main) == [1, 2, 3, 4]
    assert listed(project, main, order=ReviewOrder.READING) == [1, 2, 3, 4]
    submit(project, main, BOB, (1, {"kind": "daily", "tone": "high"}))
    assert listed(project, main) == [1, 2, 3, 4]
    # By the first that differs: actors, then tone, then claims; kind is agreed by now.
    assert listed(project, main, order=ReviewOrder.VARIABLE) == [2, 1, 3, 4]
    submit(project, main, BOB, (4, {"claim": [{"cause": ["mine"]}], "kind": "daily"}))
    assert listed(project, main)[0] == 4


def test_a_queue_by_variable_lists_only_what_differs_in_it(project, main, differing):
    assert listed(project, main, variable="kind") == [1]
    assert listed(project, main, variable="tone") == [1, 3]
    assert listed(project, main, variable="claim") == []
    assert listed(project, main, variable="cause") == [4]
    submit(project, main, BOB, (4, {"kind": "total", "none": "context"}))
    assert listed(project, main, variable="claim") == [4]
    assert listed(project, main, variable="cause") == []
    submit(project, main, BOB, (4, {"claim": [{"cause": ["mine"], "total": "8"}]}))
    assert listed(project, main, variable="total") == [4]
    submit(project, main, BOB, (4, {"claim": [{"cause": ["mine"], "total": "9"}]}))
    assert listed(project, main, variable="total") == []
    assert listed(project, main, variable="none") == []


def test_a_pair_of_codes_lists_the_passages_of_its_cell_of_the_confusion_matrix(
    project, main, differing
):
    assert listed(project, main, variable="kind", pair=("daily", "total")) == [1]
    assert listed(project, main, variable="kind", pair=("total", "daily")) == [1]
    assert listed(project, main, variable="kind", pair=("total", "unknown")) == []
    assert listed(project, main, variable="cause", pair=("shell", "mine")) == [4]


@pytest.mark.parametrize(
    ("chosen", "says"),
    [
        ({"variable": "colour"}, "no question colour; choose one of: mention, kind"),
        ({"pair": ("daily", "total")}, "needs the question it answers"),
        ({"variable": "claim", "pair": ("daily", "total")}, "needs the question it answers"),
        ({"variable": "kind", "pair": ("daily", "daily")}, "two different codes, not daily twice"),
        ({"variable": "kind", "pair": ("daily", "blue")}, "Kind has no code blue; choose from"),
        ({"variable": "remark", "pair": ("a", "b")}, "Remark takes no codes"),
        ({"unanimous": 1.5}, "1.5 is no share"),
    ],
)
def test_what_is_not_in_the_codebook_is_refused_in_a_sentence(
    project, main, differing, chosen, says
):
    with pytest.raises(AnnotatorError, match=says):
        ReviewSession(project, main, "lead", QueueFilter(**chosen))
    session = ReviewSession(project, main, "lead", QueueFilter(variable="tone"))
    with pytest.raises(AnnotatorError, match=says):
        session.open_queue(QueueFilter(**chosen))
    assert [one.number for one in session.queue] == [1, 3]


def test_a_typed_pair_is_two_codes():
    assert pair_of("daily,total") == ("daily", "total")
    for wrong in ("daily", "daily,", ",total", "a,b,c"):
        with pytest.raises(AnnotatorError, match="no pair of codes"):
            pair_of(wrong)


def test_passages_that_coders_flagged_or_were_unsure_of_are_listed_though_they_agree(
    project, main, differing
):
    desk, five = desk_at(project, ANA, 5)
    desk.flag(five, "", flagged=True)
    assert listed(project, main, only=Only.FLAGGED) == [5]
    assert listed(project, main, only=Only.UNSURE) == [3, 6]
    session = ReviewSession(project, main, "lead", QueueFilter(only=Only.FLAGGED))
    assert (session.current().flagged, session.current().state) == (1, CaseState.AGREED)
    session.take("A")
    session.settle("slip")
    assert session.current() is None
    assert session.progress.settled == 1


def test_settled_and_changed_passages_are_found_again(project, main, differing):
    session = ReviewSession(project, main, "lead")
    for _ in range(2):
        session.take("A")
        session.settle("slip")
    assert listed(project, main, only=Only.SETTLED) == [1, 2]
    submit(project, main, BOB, (1, {"kind": "unknown"}))
    assert listed(project, main, only=Only.CHANGED) == [1]
    again = ReviewSession(project, main, "lead", QueueFilter(only=Only.SETTLED))
    assert again.current().passage.number == 2
    assert not again.skip()
    assert again.current().earlier is not None


def test_a_share_of_the_passages_all_agree_on_is_looked_at_and_counted_apart(project, main):
    agreed = [(number, {"kind": "daily"}) for number in range(1, 8)]
    submit(project, main, ANA, *agreed, (8, {"kind": "daily"}))
    submit(project, main, BOB, *agreed, (8, {"kind": "total"}))
    assert listed(project, main) == [8]
    assert sorted(listed(project, main, unanimous=1.0)) == list(range(1, 9))
    some = listed(project, main, unanimous=0.5)
    assert set(listed(project, main, unanimous=0.2)) <= set(some)
    assert some == listed(project, main, unanimous=0.5)
    session = ReviewSession(project, main, "lead", QueueFilter(unanimous=1.0))
    assert (session.progress.left, session.progress.sample) == (1, 7)
    session.take("A")
    session.settle("slip")
    assert session.current().sample
    session.take("A")
    session.settle("slip")
    assert (session.progress.settled, session.progress.sample_settled) == (1, 1)
    assert session.progress.sample == 7


def test_only_the_passages_that_are_asked_for_are_listed_whatever_they_say(
    project, main, differing
):
    key = reports(project)[0].key
    places = frozenset({(key, 2), (key, 5)})
    session = ReviewSession(project, main, "lead", QueueFilter(places=places))
    assert [one.number for one in session.queue] == [2, 5]
    assert session.skip()
    assert session.current().state is CaseState.AGREED


def test_what_someone_still_has_to_code_comes_last_and_waits_for_nobody_once_the_round_is_closed(
    project, main, differing
):
    desk_for(project, "main", CEM)
    submit(project, main, CEM, (3, {"tone": "low", "kind": "daily"}))
    session = ReviewSession(project, main, "lead")
    assert [(one.number, one.state) for one in session.queue] == [
        (3, CaseState.DISAGREED),
        (1, CaseState.OPEN),
        (2, CaseState.OPEN),
        (4, CaseState.OPEN),
    ]
    counts = case_counts(Disagreements(project, main).all.values())
    assert (counts.open, counts.disagreed, counts.differing, counts.agreed) == (5, 1, 4, 0)
    close_round(project, main.id, "lead")
    closed = named_round(project, "main")
    assert listed(project, closed) == [1, 2, 3, 4]
    assert case_counts(Disagreements(project, closed).all.values()).agreed == 2


def test_the_choices_say_how_many_each_queue_lists(project, main, differing):
    desk, five = desk_at(project, ANA, 5)
    desk.flag(five, "", flagged=True)
    choices = ReviewSession(project, main, "lead").choices()
    assert choices.orders == tuple(ReviewOrder)
    assert choices.only[Only.FLAGGED] == 1
    assert choices.only[Only.UNSURE] == 2
    assert dict(choices.variables) == {"kind": 1, "actors": 1, "tone": 2, "cause": 1}
    assert ReviewSession(project, main, ANA).choices().only[Only.FLAGGED] == 0


@pytest.mark.parametrize("read_only", [False, True])
def test_what_an_earlier_program_kept_of_codings_is_never_read_as_if_it_were_of_today(
    project, main, differing, read_only
):
    expected = Disagreements(project, main).all
    older = '[{"kind":"=daily"},{"claim":["7d69"]},""]'
    with project.writing() as connection:
        connection.execute(update(table_of(models.Said)).values(text=older))
    with open_project(project.path, read_only=read_only) as opened:
        assert Disagreements(opened, main).all == expected
    with project.reading() as connection:
        texts = set(connection.execute(select(col(models.Said.text))).scalars())
    assert (older in texts) is read_only
    assert all(is_current(text) for text in texts - {older})


def test_a_passage_settled_anew_leaves_a_queue_by_variable_at_once(project, main, differing):
    session = ReviewSession(project, main, "lead", QueueFilter(variable="tone"))
    submit(project, main, BOB, (3, {"tone": "low", "kind": "daily"}))
    session.take("A")
    session.settle("slip")
    assert [one.number for one in session.queue if not one.settled] == []
