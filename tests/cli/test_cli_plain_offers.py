"""Words of the passage that are offered at plain prompts, and taken by their numbers."""

import io
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.lines import Lines
from annotator.cli.plain import run_plain
from annotator.coding.form import to_form
from offer_projects import OFFERED, OFFERS
from projects import copied, make_project, session_on


@pytest.fixture(scope="module")
def offers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("offers") / "offers.db", OFFERS, OFFERED)


@pytest.fixture
def path(offers_file: Path, tmp_path: Path) -> Path:
    return copied(offers_file, tmp_path)


def typed(path: Path, *lines: str) -> tuple[str, dict[str, Any]]:
    """What is said while a coder types some lines, and the first passage's coding then."""
    heard = io.StringIO()
    with session_on(path) as session:
        run_plain(session, Lines(io.StringIO("".join(f"{line}\n" for line in lines)), heard))
        if session.item.number > 1:
            session.step_passage(1 - session.item.number)
        coding = session.item.submitted or session.coding
        return heard.getvalue(), to_form(coding)


CLAIM = (".add claim", f'"{OFFERED[0].split(". ")[0]}"', "")


def test_a_question_tells_the_words_that_are_offered_the_likeliest_first(path: Path) -> None:
    said, _ = typed(path)
    assert (
        "Offered; .take and the number answers with these words:\n"
        '  1  Raid "raid"\n'
        '  2  Siege "siege"\n'
    ) in said


def test_a_number_takes_value_and_words_and_goes_on(path: Path) -> None:
    said, form = typed(path, *CLAIM, ".take 1", ".take 1")
    claim = form["claim"][0]
    assert (claim["kind"]["value"], claim["total"]["value"]) == ("killing", "12+")
    assert claim["total"]["evidence"][0]["text"] == "At least 12"
    assert claim["total"]["candidate"] is True
    assert 'Kind: Killed (offered) "killed"' in said
    assert 'Total: 12+ (offered) "At least 12"' in said
    assert "Children (Claim 1): How many children?" in said


def test_several_codes_are_taken_in_one_line(path: Path) -> None:
    said, form = typed(path, ".take 1 2")
    assert form["topics"]["value"] == ["raid", "siege"]
    assert 'Topics: Raid, Siege (offered) "raid" "siege"' in said
    said, _ = typed(path, *CLAIM, ".take 1 2")
    assert "Only one answer can stand here; give one number." in said


def test_a_number_adds_a_record_on_the_line_that_adds_one(path: Path) -> None:
    said, form = typed(path, *CLAIM, ".take 1", ".go 10", ".offers", ".take 1", ".take 1")
    (act,) = form["claim"][0]["act"]
    assert (act["party"]["value"], act["means"]["value"]) == ("army", "shell")
    assert 'Party: Army (offered) "the army"' in said


def test_what_is_not_there_is_refused_with_what_is(path: Path) -> None:
    said, form = typed(path, ".take 9", ".take 0", ".take S1", ".take")
    assert said.count("There is no such candidate; give a number from 1 to 2.") == 2
    assert "“S1” does not fire here" in said
    assert "Give the id of a check" in said
    assert form == {}
    said, _ = typed(path, ".next", ".next", ".take 1", ".offers")
    assert "There is no such candidate; none is offered here." in said
    assert "No words of this passage are offered for this question." in said


def test_all_words_are_listed_on_demand_those_of_other_questions_too(path: Path) -> None:
    said, _ = typed(path, *CLAIM, ".take 1", ".offers")
    assert '  1  12+ "At least 12"\n  2  3 "three"\n  3  30 "30"\n' in said


def test_dozens_of_words_are_not_all_read_out_with_the_question(tmp_path: Path) -> None:
    many = ["The raid went on. " * 12]
    said, _ = typed(make_project(tmp_path / "many.db", OFFERS, many), ".quit")
    assert said.count('Raid "raid"') == 5
    assert "and 7 more; .offers lists them" in said


def test_an_answer_given_by_hand_is_not_said_to_be_offered(path: Path) -> None:
    said, form = typed(path, *CLAIM, ".take 1", ".take 1", ".go 5", "13")
    assert form["claim"][0]["total"]["value"] == "13"
    assert "candidate" not in form["claim"][0]["total"]
    assert 'Total: 13 "At least 12"' in said
