"""Whatever is done in whatever order, the events tell all of it.

A history is made of steps that coders and leads take; each rule is one. To add a decision to the
project is to add a rule here.
"""

import shutil
import sqlite3
import tempfile
from collections.abc import Sequence
from contextlib import closing
from functools import cache
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from store_world import coding_of, new_project

from annotator.coding.skipping import SkipReason
from annotator.errors import AnnotatorError
from annotator.store.adjudications import (
    adjudicate,
    adjudication,
    adjudications,
    own_settlements,
    withdraw,
)
from annotator.store.assignments import Move, give, move, take_back
from annotator.store.codings import NewCoding, add_codings, codings
from annotator.store.corpus import iter_passages
from annotator.store.desk import Desk
from annotator.store.known_answers import Answer
from annotator.store.project import Project, open_project
from annotator.store.rebuild import rebuild
from annotator.store.rounds import close_round, open_round, read_round, reopen_round
from annotator.store.sent_back import send_back
from annotator.store.training import Training
from annotator.store.verify import verify

CODERS = ("amal", "badr", "chadia")
PLACES = 4
coders = st.sampled_from(CODERS)
answers = st.sampled_from([{}, {"killed": "3"}, {"killed": "12+"}, {"perpetrator": ["army"]}])
places = st.integers(0, PLACES - 1)
some = st.lists(st.tuples(places, st.integers(1, 2)), min_size=1, max_size=5)


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, as stored."""
    with closing(sqlite3.connect(path)) as raw:
        listed = raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = [name for (name,) in listed]
        return {name: sorted(raw.execute(f"SELECT * FROM {name}"), key=repr) for name in names}


@cache
def template() -> bytes:
    """A project to begin with: to make one anew costs more than a history."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.db"
        new_project(path, reports=2, passages=2).close()
        return path.read_bytes()


class Histories(RuleBasedStateMachine):
    """Two coders in a round with a design, a third who may come late, and a lead."""

    folder: Path
    project: Project

    @initialize(order=st.sampled_from(["reading", "random"]), trains=st.booleans())
    def begin(self, order: str, trains: bool) -> None:
        self.folder = Path(tempfile.mkdtemp())
        path = self.folder / "p.db"
        path.write_bytes(template())
        self.project = open_project(path)
        self.passages = [(row.report_key, row.number) for row in iter_passages(self.project)]
        first, second, third, fourth = self.passages
        self.round = open_round(
            self.project,
            name="main",
            purpose="training" if trains else "main",
            order=order,
            seed=7,
            coders=["amal", "badr"],
            actor="lead",
            design={"codings": 2},
            assignments={
                "amal": [(*second, 1), (*first, 1), (*fourth, 1), (*first, 2)],
                "badr": [(*first, 1), (*third, 1)],
            },
            # Shown in training; gold that nobody sees in a main round.
            training=Training("examples", 0.8) if trains else None,
            known=[Answer(*first, {"killed": "9"}, "the trap")],
        ).id
        self.trains = trains
        self.windows: dict[str, Desk] = {}
        self.closed = False
        # Of each passage what was decided, and what of it was taken back.
        self.decided: dict[int, list[str]] = {place: [] for place in range(PLACES)}
        self.withdrawn: set[str] = set()
        self.first: dict[str, object] = {}

    # --- what coders do --------------------------------------------------------------------------

    def desk(self, coder: str) -> Desk | None:
        """The coder's window, left open all the while; None where they cannot sit down."""
        if self.closed:
            return None
        if coder not in self.windows:
            try:
                self.windows[coder] = Desk(self.project, self.round, coder)
            except AnnotatorError:
                return None
        return self.windows[coder]

    def own(self, coder: str, place: int) -> tuple[Desk, int] | None:
        """A passage of the coder's queue."""
        desk = self.desk(coder)
        queue = desk.passages(0, 100) if desk else []
        return (desk, queue[place % len(queue)].assignment_id) if desk and queue else None

    @rule(coder=coders, place=places, form=answers)
    def submit(self, coder: str, place: int, form: dict[str, object]) -> None:
        if found := self.own(coder, place):
            desk, at = found
            desk.submit(at, coding_of(form), "", 0.5)

    @rule(coder=coders, place=places, form=answers, merge=st.booleans())
    def draft(self, coder: str, place: int, form: dict[str, object], merge: bool) -> None:
        if found := self.own(coder, place):
            desk, at = found
            before = desk.item(at).draft or coding_of({})
            desk.save(at, before, coding_of(form), "typed", "", 0.5, merge=merge)

    @rule(coder=coders, again=st.booleans())
    def undo_or_redo(self, coder: str, again: bool) -> None:
        if desk := self.desk(coder):
            desk.redo() if again else desk.undo()

    @rule(coder=coders, place=places, flagged=st.booleans())
    def flag(self, coder: str, place: int, flagged: bool) -> None:
        if found := self.own(coder, place):
            desk, at = found
            desk.flag(at, "", flagged=flagged)

    @rule(coder=coders, reason=st.sampled_from(SkipReason))
    def skip(self, coder: str, reason: SkipReason) -> None:
        desk = self.desk(coder)
        at = desk.first_open() if desk else None
        if desk is not None and at is not None:
            desk.skip(at, reason, "«كذا»")

    @rule(coder=coders, place=places)
    def take_back_own(self, coder: str, place: int) -> None:
        if found := self.own(coder, place):
            desk, at = found
            desk.take_back(at, "")

    @precondition(lambda self: self.trains)
    @rule(coder=coders, passed=st.booleans())
    def assess(self, coder: str, passed: bool) -> None:
        if desk := self.desk(coder):
            desk.record_assessment({"passed": passed, "lessons": len(desk.lessons())})

    # --- what a lead does ------------------------------------------------------------------------

    def chosen(self, some_: Sequence[tuple[int, int]]) -> list[tuple[str, int, int]]:
        return [(*self.passages[place], occasion) for place, occasion in some_]

    @precondition(lambda self: not self.closed)
    @rule(coder=coders, what=some)
    def give(self, coder: str, what: list[tuple[int, int]]) -> None:
        give(self.project, self.round, coder, self.chosen(what), "lead")

    @precondition(lambda self: not self.closed)
    @rule(coder=coders, what=some)
    def take_back(self, coder: str, what: list[tuple[int, int]]) -> None:
        take_back(self.project, self.round, coder, self.chosen(what), "lead", "idle")

    @precondition(lambda self: not self.closed)
    @rule(coder=coders, other=coders, what=some)
    def move(self, coder: str, other: str, what: list[tuple[int, int]]) -> None:
        moves = [Move(*one, source=coder, target=other) for one in self.chosen(what)]
        move(self.project, self.round, moves, "lead", "idle")

    @precondition(lambda self: not self.closed)
    @rule(coder=coders, place=places, forms=st.lists(answers, max_size=2))
    def add(self, coder: str, place: int, forms: list[dict[str, object]]) -> None:
        with self.project.reading() as connection:
            known = read_round(connection, self.round).coders or ()
        if coder in known:
            at = (self.round, *self.passages[place], coder)
            add_codings(self.project, [NewCoding(*at, coding_of(form)) for form in forms], "lead")

    @rule(place=places, form=answers)
    def settle(self, place: int, form: dict[str, object]) -> None:
        at = self.passages[place]
        coding = coding_of(form)
        made = adjudicate(self.project, self.round, *at, "lead", coding, "new", "slip", "")
        self.decided[place].append(made)

    def standing(self, place: int) -> str:
        """The decision that stands on a passage; empty if none does."""
        kept = [one for one in self.decided[place] if one not in self.withdrawn]
        return kept[-1] if kept else ""

    @rule(place=places)
    def withdraw(self, place: int) -> None:
        if decision := self.standing(place):
            withdraw(self.project, decision, "lead")
            self.withdrawn.add(decision)

    @rule()
    def decide_again(self) -> None:
        _, undone = own_settlements(self.project, self.round, "lead")
        if undone:
            row = adjudication(self.project, undone[0])
            at = (row.report_key, row.number)
            coding = coding_of(row.form)
            made = adjudicate(
                self.project, self.round, *at, "lead", coding, "new", "slip", again=row.id
            )
            self.decided[self.passages.index(at)].append(made)

    @precondition(lambda self: not self.closed)
    @rule(coder=coders, place=places)
    def send_back(self, coder: str, place: int) -> None:
        at = self.passages[place]
        send_back(self.project, self.round, *at, [coder], "lead", "Look again, «كذا»")

    @rule()
    def close_or_reopen(self) -> None:
        change = reopen_round if self.closed else close_round
        assert change(self.project, self.round, "lead")
        self.closed = not self.closed

    # --- what holds ------------------------------------------------------------------------------

    @invariant()
    def counters_and_queues_are_exact(self) -> None:
        with closing(sqlite3.connect(self.project.path)) as raw:
            counted = raw.execute(
                "SELECT coder, assigned, done, skipped FROM counter ORDER BY coder"
            ).fetchall()
            there = raw.execute(
                "SELECT coder, sum(withdrawn = 0), sum(withdrawn = 0 AND done = 1), "
                "sum(withdrawn = 0 AND skipped <> '') FROM assignment GROUP BY coder ORDER BY coder"
            ).fetchall()
            assert counted == there
            for coder in CODERS:
                queue = raw.execute(
                    "SELECT ord FROM assignment WHERE coder = ? AND withdrawn = 0 ORDER BY ord",
                    (coder,),
                ).fetchall()
                assert [ord_ for (ord_,) in queue] == list(range(1, len(queue) + 1))
            kept = raw.execute(
                "SELECT count(*) FROM assignment WHERE withdrawn = 1 AND (ord >= 0 OR done = 1)"
            ).fetchone()
            assert kept == (0,)

    @invariant()
    def a_decision_is_never_lost_or_changed_but_by_the_lead(self) -> None:
        rows = adjudications(self.project, self.round, earlier=True)
        there = {row.id: row for row in rows}
        assert set(there) == {one for made in self.decided.values() for one in made}
        assert {row.id for row in rows if row.withdrawn} == self.withdrawn
        standing = {(row.report_key, row.number): row.id for row in rows if row.latest}
        expected = {self.passages[place]: self.standing(place) for place in range(PLACES)}
        assert standing == {at: decision for at, decision in expected.items() if decision}

    @invariant()
    def what_was_submitted_first_stays_what_it_was(self) -> None:
        first = {row.id: row.form for row in codings(self.project, self.round, "first")}
        for name, form in self.first.items():
            assert first[name] == form
        self.first = first

    def teardown(self) -> None:
        if not hasattr(self, "project"):
            return
        try:
            assert verify(self.project) == []
            before = rows_of(self.project.path)
            rebuild(self.project)
            assert rows_of(self.project.path) == before
        finally:
            self.project.close()
            shutil.rmtree(self.folder)


Histories.TestCase.settings = settings(
    max_examples=15,
    # To explain a failure, it would be looked for in thousands of histories more.
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
    stateful_step_count=16,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class TestHistories(Histories.TestCase):
    """Found by pytest."""
