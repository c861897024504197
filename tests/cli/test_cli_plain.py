"""Coding in plain prompts: what is asked, what is kept, and what is said."""

import io
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from cli_runs import CLAIMS, SEED, Command, Done
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.cli.lines import Lines
from annotator.cli.plain import run_plain
from annotator.cli.plain_view import HELP
from annotator.codebook.reader import read_codebook
from annotator.coding.form import to_form
from annotator.corpus.readers import read_file
from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError
from annotator.store.codings import codings
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import Project, open_project
from annotator.store.rounds import active_round, close_round, reopen_round
from annotator.store.verify import verify
from annotator.work.session import CodingSession
from annotator.work.start import desk_for


def code(command: Command, *lines: str, coder: str = "amal") -> Done:
    done = command("code", "--coder", coder, "--plain", stdin="".join(f"{x}\n" for x in lines))
    assert done.code == 0, done.err
    return done


def submitted(project: Path, coder: str = "amal") -> dict[int, dict[str, Any]]:
    with open_project(project, read_only=True) as source:
        return {row.number: row.form for row in codings(source) if row.coder == coder}


def answers(form: dict[str, Any]) -> dict[str, Any]:
    return {
        name: given["value"] if isinstance(given, dict) and "value" in given else given
        for name, given in form.items()
    }


def test_one_line_answers_two_questions_and_empty_lines_keep_the_rest(
    command: Command, seed: Path
) -> None:
    code(command, "a 1", "", "", "", "")
    assert answers(submitted(seed)[1]) == {
        "perpetrator": ["regime_air"],
        "cause": ["air_strike"],
        "killed": {"state": "not_stated"},
        "children": {"state": "not_stated"},
        "women": {"state": "not_stated"},
    }


def test_a_dash_for_each_question_says_none_of_these(command: Command, seed: Path) -> None:
    code(command, "- -", ".submit")
    assert answers(submitted(seed)[1])["perpetrator"] == []
    assert answers(submitted(seed)[1])["cause"] == []


def test_ids_pick_as_keys_do_and_a_code_typed_again_is_taken_away(
    command: Command, seed: Path
) -> None:
    code(command, "regime_air russia_air a", "0", ".submit")
    assert answers(submitted(seed)[1])["perpetrator"] == ["russia_air"]


def test_words_in_quotes_are_kept_as_exact_spans_of_the_report(
    command: Command, seed: Path
) -> None:
    code(
        command,
        ".next",
        ".next",
        'a "regime’s warplanes" 8 "mines"',
        '21452 "21452"',
        '5261 "5261 children" "under the age of eighteen"',
        "n",
        ".submit",
    )
    form = submitted(seed)[3]
    text = SEED.read_text(encoding="utf-8")
    quoted = {
        name: [span["text"] for span in form[name]["evidence"]]
        for name in ("perpetrator", "cause", "killed", "children")
    }
    assert quoted == {
        "perpetrator": ["regime’s warplanes"],
        "cause": ["mines"],
        "killed": ["21452"],
        "children": ["5261 children", "under the age of eighteen"],
    }
    for name in quoted:
        for span in form[name]["evidence"]:
            assert text[span["start"] : span["end"]] == span["text"]


def test_words_that_stand_twice_are_asked_for_by_number(command: Command, seed: Path) -> None:
    done = code(command, 'a "Aleppo city"', ".back", '"Aleppo city"2', "1", ".submit")
    text = SEED.read_text(encoding="utf-8")
    times = text[208:1439].count("Aleppo city")
    assert f'"Aleppo city" stands {times} times in the passage' in done.out
    form = submitted(seed)[1]
    second = text.index("Aleppo city", text.index("Aleppo city", 208) + 1)
    assert [span["start"] for span in form["perpetrator"]["evidence"]] == [second]


def test_words_given_twice_stay_evidence(command: Command, seed: Path) -> None:
    done = code(command, 'a "July 2012" "July 2012"', "1", ".submit")
    assert "has these words already" in done.out
    assert len(submitted(seed)[1]["perpetrator"]["evidence"]) == 1


def test_what_cannot_be_read_changes_nothing(command: Command, seed: Path) -> None:
    done = code(command, "a 1", "9", "many", ".back", "several", 'n "no such words"', ".list")
    assert "3  Killed: 9" in done.out
    assert "Nothing was changed." in done.out


def test_a_line_is_taken_up_to_the_first_part_that_picks_nothing(
    command: Command, seed: Path
) -> None:
    done = code(command, "a zz 1", ".list")
    assert "“zz” is no code here" in done.out
    assert "1  Perpetrator: Regime air strikes\n2  Cause of death: not answered" in done.out


def test_submitting_too_early_says_all_that_is_missing(command: Command, seed: Path) -> None:
    done = code(command, ".submit")
    assert (
        "Not submitted; this is missing:\n- Perpetrator is not answered\n"
        "- Cause of death is not answered\n" in done.out
    )
    assert submitted(seed) == {}


def test_it_resumes_at_the_question_where_the_input_ended(command: Command, seed: Path) -> None:
    code(command, "- -", ".submit", "a 1", "12+")
    done = code(command)
    assert "Passage 2 of 5" in done.out
    assert "4 of 5, Children:" in done.out
    assert "3  Killed: 12+" in code(command, ".list").out


def test_a_submitted_passage_can_be_changed_and_is_kept_as_a_new_revision(
    command: Command, seed: Path
) -> None:
    done = code(command, "a 1", ".submit", ".prev", "r", ".submit")
    assert "This passage is submitted, revision 1." in done.out
    assert "Submitted again, revision 2." in done.out
    assert answers(submitted(seed)[1])["perpetrator"] == ["regime_air", "russia_air"]


def test_undo_goes_back_over_passages_and_redo_forward(command: Command, seed: Path) -> None:
    done = code(command, "a 1", ".submit", ".undo", ".undo", ".list", ".redo", ".list")
    assert "Opened again; what you submitted stands until you submit again." in done.out
    assert "2  Cause of death: not answered" in done.out
    assert done.out.rindex("2  Cause of death: Air strike") > done.out.index("Done again")


def test_notes_doubts_states_and_clearing_are_said_and_kept(command: Command, seed: Path) -> None:
    done = code(
        command,
        "a",
        ".back",
        ".unsure",
        ".note by the headline",
        ".go 3",
        ".state unknown",
        "4",
        ".back",
        ".clear",
        ".go 2",
        "1",
        ".submit",
        "n",
        ".submit",
    )
    assert "- Children is not answered" in done.out
    form = submitted(seed)[1]
    assert form["perpetrator"] == {
        "value": ["regime_air"],
        "unsure": True,
        "note": "by the headline",
    }
    assert form["killed"] == {"state": "unknown"}
    assert form["children"] == {"state": "not_stated"}
    assert "Perpetrator: Regime air strikes (unsure); note: by the headline" in done.out


def test_after_the_last_passage_it_says_so_and_leaves(command: Command, seed: Path) -> None:
    done = code(command, *["- -", ".submit"] * 5, ".list")
    assert "Every passage is coded." in done.out
    assert not done.out.rstrip().endswith(".list")
    assert len(submitted(seed)) == 5
    again = code(command, ".prev", ".quit")
    assert "Every passage is coded; you may look at them again" in again.out


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        (".help", HELP.splitlines()[0]),
        (".code h", "Barrel bombs by helicopter (regime_barrel)"),
        (".code 2", "Barrel bomb (barrel_bomb)"),
        (".code", "Choose every party the passage blames"),
        (".code xyz", "“xyz” is no code here"),
        (".codes", "a  Regime air strikes (regime_air)"),
        (".text", "With the exit of the last batch"),
        (".nonsense", "There is no command .nonsense"),
        (".go 9", "Give the number of a question, 1 to 5."),
        (".go ²", "Give the number of a question, 1 to 5."),
        (".state maybe", "Give one of not_stated, unknown, not_applicable."),
        (".words here", "Give the words in quotes"),
        (".add claim", "no unit that can be added here; this codebook has none"),
        (".remove", "There is no record here to remove."),
        (".undo", "Nothing left to undo."),
        (".redo", "Nothing to do again."),
        (".prev", "This is the first passage."),
        (".unsure", "There is no answer here to be unsure of."),
        ('"warplanes"', '"warplanes" does not stand in the passage'),
        ('"July 2012"', "Give the answer and its words in one line"),
    ],
)
def test_each_command_says_what_it_did_or_why_not(
    command: Command, seed: Path, typed: str, says: str
) -> None:
    assert says in code(command, typed).out
    assert submitted(seed) == {}


def test_records_of_repeating_units_are_added_filled_and_removed(
    command: Command, tmp_path: Path
) -> None:
    report = tmp_path / "report.txt"
    report.write_text("Two men died in Tal Amrit when a jet struck the market there.\n")
    assert command("init", "--codebook", CLAIMS).code == 0
    assert command("import", report).code == 0
    done = code(
        command,
        "y",
        ".add claim",
        '"Two men died"',
        "",
        "k",
        "2",
        "Tal Amrit",
        ".back",
        '.words "Tal Amrit"',
        "",
        "3",
        ".add act",
        "a",
        ".add source",
        "a neighbour",
        ".add claim",
        ".remove",
        ".submit",
    )
    assert "Submitted." in done.out, done.out
    form = submitted(Path("annotator.db"))[1]
    (claim,) = form["claim"]
    assert claim["evidence"][0]["text"] == "Two men died"
    assert claim["kind"] == "killing"
    assert claim["total"] == "2"
    assert claim["day"]["precision"] == "1", "a value by default is not asked for again"
    assert claim["place"]["value"] == "Tal Amrit"
    assert claim["confidence"] == "high"
    assert claim["share"] == 0.5
    assert claim["act"][0]["perpetrator"] == "state_air"
    assert claim["source"][0]["speaker"] == "a neighbour"


def test_a_reason_for_no_record_is_picked_by_its_key(command: Command, tmp_path: Path) -> None:
    (tmp_path / "report.txt").write_text("Families fled the village in the night.\n")
    assert command("init", "--codebook", CLAIMS).code == 0
    assert command("import", "report.txt").code == 0
    done = code(command, ".submit", "y n", ".submit")
    assert "no claim yet: add one, or say why there is none" in done.out
    assert submitted(Path("annotator.db"))[1]["none"] == "no_harm"


def test_the_prompts_say_everything_in_lines_without_control_characters(
    command: Command, tmp_path: Path
) -> None:
    (tmp_path / "report.txt").write_text("A man \x1b[31mdied\x1b[0m in \u202eTal Amrit today.\n")
    assert command("init", "--codebook", "perpetrators").code == 0
    assert command("import", "report.txt").code == 0
    done = code(command, ".help", ".note \x1b[2J", "a \x1b]0;x\x07")
    assert all(character.isprintable() or character == "\n" for character in done.out)


def test_a_line_that_is_no_text_is_turned_away(command: Command, seed: Path) -> None:
    with open_project(seed) as project:
        session = CodingSession(desk_for(project, None, "amal"))
        heard = io.StringIO()
        run_plain(session, Lines(io.StringIO("\udcff\na\n"), heard))
        assert session.coding.answers["perpetrator"].value == ("regime_air",)
    assert "not text in this terminal's encoding" in heard.getvalue()


class ClosedMeanwhile(io.StringIO):
    """Lines of a coder; after the first the lead closes the round."""

    def __init__(self, lines: str, project: Project) -> None:
        super().__init__(lines)
        self._project = project
        self._asked = 0

    def readline(self, size: int = -1) -> str:
        self._asked += 1
        if self._asked == 2:
            close_round(self._project, active_round(self._project).id, "lina")
        return super().readline(size)


def test_a_round_closed_meanwhile_takes_no_further_answer_and_says_so(
    command: Command, seed: Path
) -> None:
    with open_project(seed) as project:
        session = CodingSession(desk_for(project, None, "amal"))
        with pytest.raises(AnnotatorError, match="main is closed; nothing more is coded in it"):
            run_plain(session, Lines(ClosedMeanwhile("a\n1\n", project), io.StringIO()))
        reopen_round(project, session.desk.round.id, "lina")
        again = CodingSession(desk_for(project, None, "amal"))
        assert answers(to_form(again.coding))["perpetrator"] == ["regime_air"]
        assert "cause" not in to_form(again.coding)


def test_a_first_coder_opens_the_round_main_and_is_told(command: Command, seed: Path) -> None:
    assert "The round main is open now" in code(command).out
    assert "is open now" not in code(command, coder="basim").out


LINES = st.one_of(
    st.sampled_from(
        [
            "",
            ".submit",
            ".undo",
            ".redo",
            ".next",
            ".prev",
            ".open",
            ".back",
            ".go 2",
            ".go 7",
            ".add claim",
            ".add act",
            ".add source",
            ".add",
            ".remove",
            ".clear",
            ".unsure",
            ".note why",
            ".state unknown",
            ".list",
            ".code k",
            '.words "men"',
            "- -",
            "-",
            "y",
            "n",
            "k",
            "s g",
            "1",
            "2",
            "12+",
            "10-15",
            "2016-03",
            "r1",
            '"men"',
            '"Two men"',
            '"died" "fled"2',
            'k "men" 2',
            '7 "Two"',
        ]
    ),
    st.text(max_size=12).filter(lambda text: "\n" not in text and "\r" not in text),
)


@pytest.fixture(scope="module")
def claims_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    book = read_codebook(CLAIMS)
    path = folder / "claims.db"
    report = folder / "report.txt"
    report.write_text("Two men died in Tal Amrit.\n\nFour families fled and a man fled later.\n")
    source = read_file(report)
    with create_project(path, codebook_source=book.source, codebook=book, actor="lead") as project:
        import_reports(project, source, source, "lead")
    return path


@settings(max_examples=30)
@given(lines=st.lists(LINES, max_size=40), again=st.lists(LINES, max_size=5))
def test_whatever_is_typed_the_session_goes_on_and_is_found_as_it_was_left(
    claims_project: Path, lines: list[str], again: list[str]
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
        run_plain(found, Lines(io.StringIO("\n".join(again)), heard))


def test_after_all_that_the_project_is_sound(claims_project: Path) -> None:
    with open_project(claims_project) as project:
        assert verify(project) == []


def test_what_is_changed_and_not_submitted_is_said_and_gone_to(
    command: Command, seed: Path
) -> None:
    every = ["a 1", ".submit"] * 5
    done = code(command, *every)
    assert "Every passage is coded." in done.out
    assert "not submitted" not in done.out
    done = code(command, ".prev", "r", ".next")
    assert done.out.rstrip().endswith("1 changed, not submitted.")
    done = code(command, ".open", ".submit")
    assert "1 changed, not submitted. When every passage is coded, .open goes there." in done.out
    assert "Every passage is coded; this one is changed, not submitted." in done.out
    assert "revision 1; it is changed and not submitted again." in done.out
    assert "Submitted again, revision 2. Every passage is coded.\n" in done.out
    assert answers(submitted(seed)[4])["perpetrator"] == ["regime_air", "russia_air"]
