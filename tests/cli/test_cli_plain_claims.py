"""Claims in plain prompts: acts, sources, checks, overrides and offers, one line at a time."""

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cli_runs import Command
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.cli.lines import Lines
from annotator.cli.plain import run_plain
from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.corpus.readers import read_file
from annotator.corpus.visible import visible
from annotator.store.codings import codings
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import open_project
from annotator.store.verify import verify
from annotator.work.session import CodingSession
from annotator.work.start import desk_for

REPORT = """\
A barrel bomb killed nine civilians in Tal Amrit, among them 4 children and 3 women. Border guards \
shelled the road and bombed it from the air.

Families gathered on the village square of Kafr Sabil and went home in the evening.
"""
CLAIM = [".add claim", '"A barrel bomb killed nine civilians"', "killing incident civilian"]
"""A claim with its words; the next question is how many."""

Step = str | Callable[[CodingSession], str]


def at(name: str, number: int = 1) -> Step:
    """The command that goes to a question by its id: of its first record, or a later one."""

    def line(session: CodingSession) -> str:
        rows = [place for place, row in enumerate(session.rows, 1) if row.name == name]
        return f".go {rows[number - 1]}"

    return line


class _Typed(io.StringIO):
    """A coder's lines, of which some depend on where the session stands."""

    def __init__(self, session: CodingSession, steps: tuple[Step, ...]) -> None:
        super().__init__()
        self._session = session
        self._steps = iter(steps)

    def readline(self, *_: Any) -> str:
        step = next(self._steps, None)
        if step is None:
            return ""
        return f"{step if isinstance(step, str) else step(self._session)}\n"


class Coder:
    """A coder at plain prompts, with passages of their own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = uuid4().hex[:12]

    def types(self, *steps: Step) -> str:
        """What is said while the coder types some lines in one sitting."""
        heard = io.StringIO()
        with open_project(self.path) as project:
            session = CodingSession(desk_for(project, None, self.name))
            run_plain(session, Lines(_Typed(session, steps), heard))
        return heard.getvalue()

    def submitted(self, number: int = 1) -> dict[str, Any] | None:
        """The form of the coder's coding of a passage, if it is submitted."""
        with open_project(self.path, read_only=True) as project:
            rows = [row for row in codings(project) if row.coder == self.name]
        return next((row.form for row in rows if row.number == number), None)


@pytest.fixture(scope="module")
def claims_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    book = read_codebook(find_codebook("claims"))
    path, report = folder / "claims.db", folder / "report.txt"
    report.write_text(REPORT)
    source = read_file(report)
    with create_project(path, codebook_source=book.source, codebook=book, actor="lead") as project:
        import_reports(project, source, source, "lead")
    return path


@pytest.fixture
def coder(claims_project: Path) -> Coder:
    return Coder(claims_project)


def value(form: Any) -> Any:
    return form["value"] if isinstance(form, dict) and "value" in form else form


# --- a whole claim -------------------------------------------------------------------------------


def test_a_claim_with_two_acts_is_coded_from_the_prompts_alone(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "report.txt").write_text(REPORT)
    assert command("init", "--codebook", "claims").code == 0
    assert command("import", "report.txt").code == 0
    lines = [*CLAIM, "9", '4 "4 children"', ".state unknown", "", "joint"]
    done = command("code", "--coder", "amal", "--plain", stdin="\n".join(lines) + "\n")
    assert "Mode of the acts: Together in one attack" in done.out
    amal = Coder(tmp_path / "annotator.db")
    amal.name = "amal"
    said = amal.types(
        at("+act"),
        'syr_heli air_barrel "barrel bomb"',
        'tur_border "Border guards" shell',
        "",
        "witness",
        "",
        ".submit",
    )
    assert "Submitted." in said, said
    form = amal.submitted()
    assert form is not None
    (claim,) = form["claim"]
    assert claim["evidence"][0]["text"] == "A barrel bomb killed nine civilians"
    assert (claim["kind"], claim["victims"], claim["total"]) == ("killing", "civilian", "9")
    assert claim["children"]["evidence"][0]["text"] == "4 children"
    assert claim["women"] == {"state": "unknown"}
    assert claim["act_mode"] == "joint"
    assert [(value(act["perpetrator"]), value(act["cause"])) for act in claim["act"]] == [
        ("syr_heli", "air_barrel"),
        ("tur_border", "shell"),
    ]
    assert claim["act"][0]["cause"]["evidence"][0]["text"] == "barrel bomb"
    assert claim["act"][1]["perpetrator"]["evidence"][0]["text"] == "Border guards"
    assert [source["source_type"] for source in claim["source"]] == ["witness"]


def test_another_act_is_asked_for_until_an_empty_line_goes_on(coder: Coder) -> None:
    said = coder.types(*CLAIM, at("+act"), "rus air_strike", "", ".list")
    assert "First act: " in said
    assert "An empty line goes on without one." in said
    assert "Perpetrator: Russian forces\nCause: Air strike\n" in said
    asked = said.index("Another act: ")
    assert asked < said.index("First source: ") < said.index("Act 1: Russian forces · Air strike")
    assert "+ act: " not in said[said.index("> .list") :]


def test_a_passage_without_a_claim_takes_the_key_of_a_reason(coder: Coder) -> None:
    coder.types(".next", "n", ".submit")
    assert coder.submitted(2) == {"none": "no_harm"}


def test_after_an_answer_settled_questions_are_passed_over_and_back_leads_the_same_way(
    coder: Coder,
) -> None:
    said = coder.types(*CLAIM, "9", ".back", ".back", at("act_mode"), "", ".back")
    asked = [line for line in said.splitlines() if " of " in line and "(Claim 1): " in line]
    names = [line.partition(", ")[2].partition(" (")[0] for line in asked]
    assert names[:4] == ["Total", "Children", "Total", "Victims"]
    assert names[4] == names[-1] == "Mode of the acts"


def test_words_on_the_line_that_adds_an_act_go_to_the_claim_and_stay_when_given_twice(
    coder: Coder,
) -> None:
    said = coder.types(*CLAIM, at("+act"), '"shelled the road"', '"shelled the road"', ".go 1")
    assert "has these words already" in said
    words = "Answer: A barrel bomb killed nine civilians · shelled the road"
    assert words in said


# --- records -------------------------------------------------------------------------------------


def test_a_claim_is_copied_without_its_words_and_moved(coder: Coder) -> None:
    said = coder.types(
        *CLAIM,
        "9",
        at("+act"),
        "rus air_strike",
        at("total"),
        ".copy",
        '"Border guards"',
        at("total", 2),
        "3",
        ".up",
        ".up",
        ".down",
        ".up",
        ".list",
    )
    assert "Copied, without the words behind the answers." in said
    assert said.count("It is Claim 1 now.") == 2
    assert "This is the first claim already." in said
    assert "It is Claim 2 now." in said
    listed = said[said.rindex("> .list") :]
    assert listed.index("Claim 1: Border guards") < listed.index("Total: 3")
    assert listed.index("Total: 3") < listed.index("Claim 2: A barrel bomb killed")
    assert listed.count("Act 1: Russian forces · Air strike") == 2


def test_an_act_alone_is_copied_inside_its_claim(coder: Coder) -> None:
    said = coder.types(*CLAIM, at("+act"), "rus air_strike", at("cause"), ".copy", ".list")
    assert "Claim 1, Act 2: Which words is act 2 about?" in said
    assert "Act 2: Russian forces · Air strike" in said


@pytest.mark.parametrize("typed", [".copy", ".up", ".down"])
def test_where_there_is_no_record_nothing_is_copied_or_moved(coder: Coder, typed: str) -> None:
    assert "There is no record here to" in coder.types(typed)


# --- checks --------------------------------------------------------------------------------------

TOO_MANY = [*CLAIM, "9", "4", "7"]


def test_a_check_speaks_in_one_line_once_it_can_be_decided(coder: Coder) -> None:
    said = coder.types(*TOO_MANY, "", ".text")
    (spoken,) = [line for line in said.splitlines() if line.startswith("W1")]
    assert spoken.startswith("W1, Claim 1: Children, women and men together exceed the total")
    assert said.index("> 7") < said.index(spoken) < said.index("> .text")
    assert ".stand W1" in spoken


def test_a_check_that_fires_anew_speaks_anew(coder: Coder) -> None:
    said = coder.types(*TOO_MANY, at("women"), "2", at("women"), "7")
    assert sum(line.startswith("W1,") for line in said.splitlines()) == 2


def test_what_is_only_not_there_yet_waits_until_it_is_asked_for(coder: Coder) -> None:
    said = coder.types(*CLAIM, "9", ".checks")
    assert "E1, Claim 1:" not in said[: said.index("> .checks")]
    assert "E1, Claim 1:" in said[said.index("> .checks") :]


def test_a_warning_stands_for_a_reason_that_goes_with_the_coding(coder: Coder) -> None:
    said = coder.types(
        *TOO_MANY,
        at("+act"),
        "syr_heli air_barrel",
        ".submit",
        ".checks",
        ".stand W1",
        ".stand w1 both numbers are printed so",
        ".checks",
    )
    blocked = said[said.index("> .submit") :]
    assert "Not submitted; these checks fire:\n- W1, Claim 1: " in blocked
    assert "Say why it stands" in blocked
    assert "W1 stands: both numbers are printed so" in blocked
    assert "(stands: both numbers are printed so)" in blocked
    # What does not fire by then is of no interest; one on the evidence may.
    left = [one for one in ("W9",) if f"{one}, Claim 1" in blocked]
    coder.types(*(f".stand {one} printed elsewhere" for one in left), ".submit")
    form = coder.submitted()
    assert form is not None
    assert {
        "check": "W1",
        "record": form["claim"][0]["id"],
        "reason": "both numbers are printed so",
    } in form["overrides"]


def test_a_reason_is_taken_back_by_the_id_alone(coder: Coder) -> None:
    said = coder.types(*TOO_MANY, ".stand W1 as printed", ".stand W1", ".checks", ".undo")
    assert "W1 no longer stands." in said
    assert "stands: as printed)" not in said[said.index("> .checks") :]
    assert "(stands: as printed)" in coder.types(".checks")


def test_an_error_cannot_stand_and_a_warning_offers_nothing(coder: Coder) -> None:
    said = coder.types(*TOO_MANY, ".stand E1 it is so", ".take W1", ".stand W8 so", ".take")
    assert "E1 cannot be overridden." in said
    assert "W1 offers nothing to take." in said
    assert "“W8” does not fire here; .checks lists those that do." in said
    assert "Give the id of a check; .checks lists those that do." in said


def test_an_offer_taken_is_marked_as_inferred_for_good(coder: Coder) -> None:
    said = coder.types(*CLAIM, "9", at("+act"), "unk air_barrel", ".take S1", ".checks", ".list")
    assert "S1, Claim 1, Act 1: " in said
    assert "(.take S1 answers Perpetrator: " in said
    assert "Perpetrator: Syrian military helicopters (inferred)" in said
    assert "S1" not in said[said.index("> .checks") :]
    assert "Submitted." in coder.types(".submit")
    form = coder.submitted()
    assert form is not None
    (act,) = form["claim"][0]["act"]
    assert act["perpetrator"] == {"value": "syr_heli", "inferred": True}
    assert act["attribution"] == {"value": "inferred", "inferred": True}


def test_a_check_that_fires_on_two_acts_is_named_with_its_record(coder: Coder) -> None:
    said = coder.types(
        *CLAIM,
        at("+act"),
        "tur_border mine",
        at("+act"),
        "tur_border air_barrel",
        ".go 1",
        ".stand W3 so it says",
        at("cause", 2),
        ".stand W3 so it says",
        ".stand W3:r2 that too",
        ".stand W3:r9 no such record",
        ".checks",
    )
    assert "W3 fires on several records; give one of W3:r2, W3:r3." in said
    assert "W3:r3 stands: so it says" in said
    assert "W3:r2 stands: that too" in said
    assert "“W3:r9” does not fire here" in said
    listed = said[said.rindex("> .checks") :]
    assert "W3:r2, Claim 1, Act 1: " in listed
    assert "W3:r3, Claim 1, Act 2: " in listed


def test_without_anything_to_say_the_checks_are_silent(coder: Coder) -> None:
    assert "No check fires." in coder.types(".next", ".checks")


def test_who_comes_back_is_told_that_checks_fire(coder: Coder) -> None:
    coder.types(*TOO_MANY)
    again = coder.types(".checks")
    assert re.search(r"^Checks that fire here: [1-9]; \.checks lists them\.$", again, re.MULTILINE)
    assert "W1," not in again[: again.index("> .checks")]


def test_what_is_missing_is_said_with_its_record(coder: Coder) -> None:
    said = coder.types(*CLAIM, at("+act"), "unk", ".submit")
    assert "- Claim 1, Act 1: Cause is not answered" in said
    assert "Not submitted; these checks fire:\n- E5, Claim 1, Act 1: " in said


LINES = st.sampled_from(
    [
        "",
        *CLAIM,
        "9",
        "4",
        "7",
        "n",
        "unk air_barrel",
        "tur_border mine",
        "joint",
        "2016-12-21",
        "2011-03..",
        "r1",
        '"Border guards"',
        ".copy",
        ".up",
        ".down",
        ".remove",
        ".checks",
        ".stand W1 so",
        ".stand W1",
        ".stand W3 so",
        ".stand W3:r2 so",
        ".stand E1 so",
        ".take S1",
        ".take S1:r3",
        ".submit",
        ".undo",
        ".redo",
        ".back",
        ".go 2",
        ".go 22",
        ".go 23",
        ".next",
        ".prev",
        ".clear",
        ".add act",
        ".list",
    ]
)


@settings(max_examples=25)
@given(lines=st.lists(LINES, max_size=40))
def test_whatever_is_typed_about_claims_the_session_goes_on_and_is_found_as_it_was_left(
    claims_project: Path, lines: list[str]
) -> None:
    coder = uuid4().hex[:12]
    with open_project(claims_project) as project:
        session = CodingSession(desk_for(project, None, coder))
        heard = io.StringIO()
        run_plain(session, Lines(io.StringIO("\n".join(lines)), heard))
        assert visible(heard.getvalue(), newlines=True) == heard.getvalue()
        left = (session.item.assignment_id, session.coding, session.row.place)
        found = CodingSession(desk_for(project, None, coder))
        assert (found.item.assignment_id, found.coding, found.row.place) == left


def test_after_all_these_claims_the_project_is_sound(claims_project: Path) -> None:
    with open_project(claims_project) as project:
        assert verify(project) == []
