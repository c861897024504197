"""Undo and redo across passages and sessions, and that whatever is shown is on the disk."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from annotator.coding.change import blank
from annotator.coding.checks import PassageContext, findings
from annotator.coding.complete import pruned
from annotator.coding.form import to_form
from annotator.coding.model import Coding, Span, State
from annotator.coding.skipping import SkipReason
from annotator.store.desk import Desk, Item
from annotator.store.project import Project, open_project
from annotator.store.verify import verify
from annotator.work.outline import outline
from annotator.work.session import CodingSession
from projects import CLAIMS, make_project, session_in


def perpetrators(session: CodingSession) -> object:
    return to_form(session.coding).get("perpetrator")


def code_two_passages(session: CodingSession) -> None:
    for key in "s3":
        session.press(key)
    session.submit()
    session.press("r")


def test_undo_goes_back_over_passages_and_redo_forth_again(light: Project) -> None:
    session = session_in(light)
    code_two_passages(session)
    seen = []
    while not (done := session.undo()).refused:
        seen.append((session.item.number, done.message, done.passage))
    assert seen == [
        (2, "Undone: Perpetrator + Russian air strikes", False),
        (1, "Opened again; what you submitted stands until you submit again.", True),
        (1, "Undone: Cause of death + Shelling", False),
        (1, "Undone: Perpetrator + Regime shelling", False),
    ]
    assert session.coding == blank(session.codebook)
    while not (done := session.redo()).refused:
        pass
    assert session.item.number == 2
    assert perpetrators(session) == ["russia_air"]
    assert session_in(light).coding == session.coding


def test_undo_goes_on_in_a_session_opened_later(light: Project) -> None:
    code_two_passages(session_in(light))
    session = session_in(light)
    session.undo()
    assert session_in(light).undo().message.startswith("Opened again;")
    again = session_in(light)
    assert (again.item.number, perpetrators(again)) == (1, ["regime_shelling"])
    assert not again.redo().refused
    assert session_in(light).redo().message == "Done again: Perpetrator + Russian air strikes"


def test_undoing_a_submission_opens_the_coding_again_and_keeps_what_was_submitted(
    light: Project,
) -> None:
    session = session_in(light)
    code_two_passages(session)
    session.undo()
    session.undo()
    assert session.item.revision == 1
    assert session.progress.done == 1
    assert session.item.draft == session.item.submitted


def test_a_submission_done_again_under_a_later_revision_shows_what_was_submitted_then(
    light: Project,
) -> None:
    session = session_in(light)
    for key in "s3":
        session.press(key)
    session.submit()
    session.step_passage(-1)
    session.press("a")
    session.submit()
    for _ in range(3):
        done = session.undo()
    stands = "As submitted then; what you submitted last stands until you submit again."
    assert (done.message, perpetrators(session)) == (stands, ["regime_shelling"])
    assert (session.redo().message, perpetrators(session)) == (stands, ["regime_shelling"])
    assert session.unsubmitted == 1
    session.redo()
    assert perpetrators(session) == ["regime_air", "regime_shelling"]
    assert session.redo().message == "Done again: submitting this passage"
    assert (session.item.draft, session.unsubmitted) == (None, 0)


def test_a_new_step_drops_what_could_be_done_again(light: Project) -> None:
    session = session_in(light)
    session.press("a")
    session.undo()
    session.press("r")
    assert session.redo().refused
    session.undo()
    assert perpetrators(session) is None
    assert not session.redo().refused
    assert perpetrators(session) == ["russia_air"]


def test_undo_puts_the_focus_where_something_changed(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("4")
    session.go_to(("", "perpetrator"))
    session.undo()
    assert session.row.name == "killed"


def test_a_visit_that_changed_nothing_at_first_is_still_a_step_of_its_own(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    session.type_key("1")
    session.move_row(1)
    session.move_row(-1)
    for key in "12":
        session.type_key(key)
    assert str(session.row.answer.value) == "12"
    session.undo()
    assert str(session.row.answer.value) == "1"
    session.undo()
    assert session.row.answer.state is State.NOT_STATED


def test_a_visit_to_a_field_is_one_step_even_over_a_restart(light: Project) -> None:
    session = session_in(light)
    session.go_to(("", "killed"))
    for key in "12 (":
        session.type_key(key)
    session = session_in(light)
    for key in "10-20)":
        session.type_key(key)
    assert str(session.row.answer.value) == "12 (10-20)"
    session.undo()
    assert session.row.answer.state is State.NOT_STATED


def test_going_to_another_passage_by_undo_leaves_the_cursor_inside_it(light: Project) -> None:
    session = session_in(light)
    code_two_passages(session)
    session.undo()
    session.undo()
    assert session.item.start <= session.focus.cursor < session.item.end
    assert session.focus.name == session.row.name


def test_an_empty_history_says_so(light: Project) -> None:
    session = session_in(light)
    assert session.undo().message == "Nothing left to undo."
    assert session.redo().message == "Nothing to do again."


# --- anything, in any order --------------------------------------------------------------------

_folder = Path(tempfile.mkdtemp(prefix="annotator-test-"))
KEYS = "ynl123rsijkdmcu"


@pytest.fixture(scope="module", autouse=True)
def _clean_up() -> Iterator[None]:
    yield
    shutil.rmtree(_folder, ignore_errors=True)


class AnyKeys(RuleBasedStateMachine):
    """A coder who presses anything; beside each change, another session looks at the disk."""

    made = 0

    def __init__(self) -> None:
        super().__init__()
        original = _folder / "claims.db"
        if not original.exists():
            make_project(original, CLAIMS)
        AnyKeys.made += 1
        self.path = _folder / f"{AnyKeys.made}.db"
        shutil.copy(original, self.path)
        self.project = open_project(self.path)
        self.session = session_in(self.project)

    def teardown(self) -> None:
        try:
            self.undo_everything_and_do_it_again()
            assert verify(self.project) == []
        finally:
            self.project.close()
            self.path.unlink()

    def undo_everything_and_do_it_again(self) -> None:
        while not self.session.redo().refused:
            pass
        codings, marks = self.everything(), self.marks()
        while not self.session.undo().refused:
            pass
        assert self.everything() == dict.fromkeys(codings, blank(self.session.codebook))
        assert self.marks() == dict.fromkeys(marks, (False, None, ""))
        while not self.session.redo().refused:
            pass
        assert self.everything() == codings
        assert self.marks() == marks

    def another(self) -> CodingSession:
        return CodingSession(Desk(self.project, self.session.desk.round.id, "amal"))

    def items(self) -> Iterator[Item]:
        desk = self.session.desk
        at: int | None = desk.last()
        while at is not None:
            yield desk.item(at)
            at = desk.neighbour(at, -1)

    def everything(self) -> dict[int, Coding]:
        """The coding of every passage as a session shows it."""
        book = self.session.codebook
        # What is not asked goes when a coding is submitted, even if nothing else changed.
        return {
            item.assignment_id: pruned(item.draft or item.submitted or blank(book), book)
            for item in self.items()
        }

    def marks(self) -> dict[int, tuple[bool, SkipReason | None, str]]:
        """What is said of every passage besides coding it."""
        return {
            item.assignment_id: (item.flagged, item.skipped, item.skip_note)
            for item in self.items()
        }

    @rule(key=st.sampled_from(KEYS), marked=st.booleans(), first=st.integers(0, 20))
    def press(self, key: str, marked: bool, first: int) -> None:
        self.session.press(key, self.span(first) if marked else None)

    def span(self, first: int) -> Span:
        item = self.session.item
        return Span(item.start + first, item.start + first + 5, item.text[first : first + 5])

    @rule(key=st.sampled_from("0123456789+~-() nuxéق"))
    def type_key(self, key: str) -> None:
        self.session.type_key(key)

    @rule(first=st.integers(0, 20))
    def mark(self, first: int) -> None:
        self.session.mark(self.span(first))

    @rule(text=st.sampled_from(["", "12+", "2016-12-21", "2.5", "no such", "7"]))
    def type_entry(self, text: str) -> None:
        self.session.type_entry(text)

    @rule(name=st.sampled_from(["clear", "cycle_state", "pick_none", "toggle_unsure"]))
    def answer(self, name: str) -> None:
        getattr(self.session, name)()

    @rule(state=st.sampled_from(list(State)[1:]), note=st.text(max_size=5))
    def say(self, state: State, note: str) -> None:
        self.session.set_state(state)
        self.session.set_note(note.replace("\x00", ""))

    @rule(step=st.sampled_from([1, 1, 1, -1, 3]))
    def move(self, step: int) -> None:
        self.session.move_row(step)

    @rule(unit=st.sampled_from(["claim", "act", "source"]))
    def add(self, unit: str) -> None:
        self.session.add_record(unit)

    @rule()
    def remove(self) -> None:
        self.session.remove_record()

    @rule(name=st.sampled_from(["toggle_flag", "take_back", "repeat_last", "copy_record"]))
    def live(self, name: str) -> None:
        getattr(self.session, name)()

    @rule(reason=st.sampled_from(SkipReason), note=st.sampled_from(["", "«كذا»"]))
    def skip(self, reason: SkipReason, note: str) -> None:
        at, is_open = self.session.item.assignment_id, not self.session.why_no_skip()
        assert self.session.skip(reason, note).refused is not is_open
        if is_open:
            assert self.session.desk.item(at).skipped is reason

    @rule(note=st.sampled_from(["", "one event or two?"]))
    def note_on_the_passage(self, note: str) -> None:
        self.session.set_passage_note(note)

    @rule(number=st.integers(0, 8))
    def pick_a_recent_code(self, number: int) -> None:
        if number < len(codes := self.session.recent_codes()):
            self.session.pick(codes[number])

    @rule(name=st.sampled_from(["undo", "redo", "undo"]))
    def travel(self, name: str) -> None:
        getattr(self.session, name)()

    @rule(step=st.sampled_from([1, -1]))
    def step_passage(self, step: int) -> None:
        self.session.step_passage(step)

    @rule()
    def submit(self) -> None:
        before = pruned(self.session.coding, self.session.codebook)
        at = self.session.item.assignment_id
        if not self.session.submit().refused:
            assert self.session.desk.item(at).submitted == before

    @rule()
    def leave_and_come_back(self) -> None:
        focus = self.session.focus
        self.session.keep_place()
        self.session = self.another()
        assert self.session.focus == focus

    @invariant()
    def what_is_kept_between_keys_is_as_if_it_were_made_anew(self) -> None:
        session, book = self.session, self.session.codebook
        assert session.rows == outline(session.coding, book)
        place = (session.focus.record, session.focus.name)
        here = [row for row in session.rows if row.place == place]
        assert session.row == next(iter(here), session.rows[0])
        passage = PassageContext(
            session.item.text, session.item.start, session.report_day, session.item.report.language
        )
        assert session.findings == findings(session.coding, book, passage)

    @invariant()
    def what_is_shown_is_on_the_disk(self) -> None:
        other = self.another()
        assert other.item.assignment_id == self.session.item.assignment_id
        assert other.coding == self.session.coding
        assert other.item.flagged == self.session.item.flagged
        assert other.item.skipped == self.session.item.skipped
        assert other.progress == self.session.progress
        assert other.row.place == self.session.row.place
        assert other.entry == self.session.entry


AnyKeys.TestCase.settings = settings(max_examples=20, stateful_step_count=25)
TestAnyKeys: Callable[..., object] = AnyKeys.TestCase
