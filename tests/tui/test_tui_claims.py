"""Claims on the coding screen: folding, tails, the gutter, checks that speak, small terminals."""

from pathlib import Path

import pytest
from rich.cells import cell_len

from annotator.codebook.reader import parse_codebook
from annotator.coding.checks import PassageContext, findings
from annotator.coding.complete import gaps
from annotator.coding.form import from_form, to_form
from annotator.coding.model import Coding
from annotator.tui.form_lines import findings_lines, folded, outline_lines
from annotator.tui.lines import Line
from annotator.tui.widgets.lines_view import Part
from annotator.work.outline import Row, outline
from claim_projects import CHECKED
from projects import ROOT, copied, make_project, session_on
from screens import Driver, coding_screen

BOOK = parse_codebook(CHECKED, "book.yaml")
TEXT = "Shells fell on the market; nine people died."

FORM = {
    "claim": [
        {
            "id": "r1",
            "kind": "killing",
            "total": "9",
            "mode": "pooled",
            "evidence": [{"start": 0, "end": 6, "text": "Shells"}],
            "act": [
                {"id": "r2", "perpetrator": "border", "cause": "air", "attribution": "firm"},
                {
                    "id": "r3",
                    "perpetrator": {"value": "heli", "inferred": True},
                    "cause": "barrel",
                    "attribution": "inferred",
                },
                {"id": "r4", "perpetrator": "rus", "attribution": "firm"},
            ],
            "source": [{"id": "r5", "source_type": "publisher"}],
        },
        {"id": "r6", "kind": "denial"},
    ]
}


def coded() -> Coding:
    return from_form(FORM, BOOK, TEXT)


def row_at(record: str, name: str) -> Row:
    return next(row for row in outline(coded(), BOOK) if row.place == (record, name))


def texts(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def column(record: str, name: str, width: int = 40, height: int = 40) -> list[str]:
    coding = coded()
    doubted = {one.record for one in findings(coding, BOOK, PassageContext(TEXT, 0, None, "en"))}
    rows = outline(coding, BOOK)
    here = row_at(record, name)
    shown = outline_lines(rows, here, gaps(coding, BOOK), doubted - {"r3"}, width, height)
    return texts([line for _, line in shown])


# --- folding ----------------------------------------------------------------------------------


def places(record: str, name: str) -> list[tuple[str, str]]:
    return [row.place for row in folded(outline(coded(), BOOK), row_at(record, name))]


def test_in_a_claim_its_questions_are_there_and_one_line_for_each_act_and_other_claim() -> None:
    questions = ["", "kind", "total", "children", "mode", "day", "roles", "part_of"]
    acts = [("r2", ""), ("r3", ""), ("r4", ""), ("r1", "+act")]
    sources = [("r5", ""), ("r1", "+source")]
    expected = [*(("r1", name) for name in questions), *acts, *sources, ("r6", "")]
    assert places("r1", "total") == expected


def test_in_an_act_its_claim_is_one_line_and_its_neighbours_are_too() -> None:
    assert places("r3", "cause") == [
        ("r1", ""),
        ("r2", ""),
        ("r3", ""),
        ("r3", "perpetrator"),
        ("r3", "cause"),
        ("r3", "attribution"),
        ("r4", ""),
        ("r1", "+act"),
        ("r5", ""),
        ("r1", "+source"),
        ("r6", ""),
    ]


def test_the_row_in_focus_is_never_folded_away() -> None:
    rows = outline(coded(), BOOK)
    for row in rows:
        assert row in folded(rows, row)


# --- what a line says -------------------------------------------------------------------------


def test_a_line_of_an_act_names_perpetrator_and_cause_and_what_is_doubted_or_missing() -> None:
    lines = column("r1", "total", 60)
    assert lines[8:12] == [
        "*  Act 1 Border guards · Air strike".ljust(59) + "W",
        "*  Act 2 Helicopters of the state · Barrel bomb",
        "*  Act 3 Russian forces".ljust(58) + "1!",
        "   + act",
    ]


def test_a_folded_claim_says_what_is_missing_and_doubted_in_the_acts_inside_it() -> None:
    assert column("r6", "kind")[0] == '* Claim 1 Shells                    "1!W'
    # The claim in focus shows its own gaps on the lines they are on.
    assert column("r6", "kind")[1:4] == ["! Claim 2 Denied", "*> Kind Denied", "   Total"]


def test_a_claim_that_is_folded_because_the_coder_is_in_an_act_counts_what_it_lacks() -> None:
    assert column("r3", "cause")[-1].startswith("! Claim 2")
    assert column("r3", "cause")[-1].endswith("1!")


def test_an_inferred_answer_is_marked_on_its_line() -> None:
    lines = column("r3", "cause")
    assert lines[3].startswith("*   Perpetrator Helicopters")
    assert lines[3].endswith("i")
    assert not lines[4].endswith("i")


@pytest.mark.parametrize(("width", "height"), [(26, 5), (26, 12), (30, 8), (40, 40)])
def test_the_focus_is_in_the_window_and_no_line_is_too_wide(width: int, height: int) -> None:
    for row in outline(coded(), BOOK):
        lines = column(row.record, row.name, width, height)
        assert len([text for text in lines if text[1:2] == ">"]) == 1
        assert len(lines) <= height
        assert max(cell_len(text) for text in lines) <= width


def test_the_panel_lists_every_check_with_its_place_and_the_reason_it_stands_for() -> None:
    form = {**FORM, "overrides": [{"check": "W3", "record": "r2", "reason": "the council says so"}]}
    coding = from_form(form, BOOK, TEXT)
    found = findings(coding, BOOK, PassageContext(TEXT, 0, None, "en"))
    titles = {row.record: row.title for row in outline(coding, BOOK) if row.kind == "record"}
    assert texts(findings_lines(found, titles, 40)) == [
        "W3  Act 1  warn",
        "   Border guards are not known to have",
        "   used this weapon",
        "   stands: the council says so",
        "S1  Act 2  offer",
        "   A barrel bomb whose operator is not",
        "   named implies helicopters of the",
        "   state",
    ]
    assert texts(findings_lines([], {}, 60)) == ["No check of the codebook fires on this passage."]


# --- the screen by its keys -------------------------------------------------------------------

KILLED = "C S space k 4 tab 1 enter"
"""A claim on the first sentence: four killed, one a child; the coder is at the day."""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("checked") / "checked.db", CHECKED)


@pytest.fixture
def project(file: Path, tmp_path: Path) -> Path:
    return copied(file, tmp_path)


def shown(screen: Driver) -> list[str]:
    """Every line of the screen."""
    views: tuple[Part, ...] = (
        screen.screen.status,
        screen.screen.body,
        screen.screen.message_line,
        screen.screen.hint,
    )
    return ["".join(text for text, _ in row) for view in views for row in view.lines]


def stored(path: Path) -> dict[str, object]:
    with session_on(path) as session:
        return to_form(session.coding)


async def test_enter_leads_from_field_to_field_and_to_the_acts(project: Path) -> None:
    async with coding_screen(project) as screen:
        await screen.press(KILLED)
        assert screen.message == "On which day?"
        assert await screen.press("enter") == "First act: Who does this claim say did it?"
        assert await screen.press("r") == "By what means?"
        assert await screen.press("a") == "Another act: Who does this claim say did it?"
        assert outlined(screen)[8].startswith("*  Act 1 Russian")
        assert " > + act" in screen.column


async def test_the_message_line_speaks_a_warning_and_w_asks_for_the_reason(project: Path) -> None:
    async with coding_screen(project, size=(110, 24)) as screen:
        await screen.press(f"{KILLED} enter b a")
        assert screen.message == (
            "W3 Border guards are not known to have used this weapon  W lets it stand"
        )
        assert outlined(screen)[8].endswith("W")
        refused = await screen.press("enter")
        assert refused == "W3: Border guards are not known to have used this weapon"
        assert any(row.startswith("*> Act 1") for row in screen.column)
        assert await screen.press("W") == "W3 stands because: _"
        assert screen.hint == "Enter keep  Esc leave it"
        assert await screen.press("s e e n space b") == "W3 stands because: seen b_"
        assert not (await screen.press("enter")).startswith("W3")
        assert not any(row.endswith("W") for row in outlined(screen))
        assert await screen.press("enter") == "Submitted."


async def test_leaving_the_prompt_keeps_no_reason(project: Path) -> None:
    async with coding_screen(project) as screen:
        await screen.press(f"{KILLED} enter b a W s e e n escape")
        assert screen.message.startswith("W3 Border guards")
        await screen.press("W enter")
        assert screen.message.startswith("W3 Border guards")
    assert "overrides" not in stored(project)


async def test_y_takes_an_offer_and_marks_what_it_implied(project: Path) -> None:
    async with coding_screen(project, size=(110, 24)) as screen:
        message = await screen.press(f"{KILLED} enter u b")
        assert message.startswith("S1 A barrel bomb whose operator is not named")
        assert message.endswith("Y takes it")
        assert await screen.press("Y") == "Another act: Who does this claim say did it?"
        assert " > + act" in screen.column
        await screen.press("B")
        (line,) = (row for row in outlined(screen) if "Perpetrator" in row)
        assert "Helicopters" in line
        assert line.endswith("i")


async def test_y_finds_the_offer_behind_a_warning_and_w_the_warning_behind_an_offer(
    project: Path,
) -> None:
    async with coding_screen(project) as screen:
        await screen.press("C S space k 1 enter 4 enter enter u b")
        said = screen.body.rsplit("\n", 1)[-1]
        assert said.startswith(" S1 "), "a long finding goes up over a line of its own"
        assert screen.message == "Y takes it"
        assert (await screen.press("W")).startswith("W1 stands because:")
        await screen.press("x enter Y")
        assert "offers nothing" in await screen.press("Y")


async def test_a_reason_given_can_be_mended_and_taken_back_by_the_same_key(project: Path) -> None:
    async with coding_screen(project, size=(110, 24)) as screen:
        await screen.press(f"{KILLED} enter b a W s e e n enter")
        assert await screen.press("W") == "W3 stands because: seen_"
        await screen.press("backspace backspace backspace backspace enter")
        assert screen.message.startswith("W3 Border guards")
    assert "overrides" not in stored(project)


async def test_w_asks_for_no_reason_where_only_an_error_fires(project: Path) -> None:
    async with coding_screen(project) as screen:
        await screen.press("C S space d 4 enter enter")
        assert screen.message.startswith("E7 A denial carries no numbers")
        assert "could stand" in await screen.press("W")
        assert screen.screen.prompt is None


async def test_f_lists_all_checks_over_the_passage_and_q_leaves(project: Path) -> None:
    async with coding_screen(project) as screen:
        await screen.press("F")
        assert "No check of the codebook fires on this passage." in screen.body
        await screen.press("q")
        await screen.press(f"{KILLED} enter b a u b F")
        assert "W3  Act 1  warn" in screen.body
        assert "S1  Act 2  offer" in screen.body
        await screen.press("q")
        assert " > + act" in screen.column


async def test_the_gutter_says_which_claim_stands_on_a_line(project: Path) -> None:
    async with coding_screen(project) as screen:
        assert screen.body.split("\n")[3].startswith("   Shells fell")
        await screen.press("C S space k")
        assert gutter(screen) == "1  "
        # The second sentence is the second claim's; the line both stand on says so by a plus.
        await screen.press("C right S space")
        assert gutter(screen) == "+22"


def gutter(screen: Driver) -> str:
    """The first character of each line of the passage."""
    return "".join(row[0] for row in screen.body.split("\n")[3:] if row[3:4].strip(" │"))


def outlined(screen: Driver) -> list[str]:
    """The rows of the coding, without what can be picked below them."""
    rows = screen.column
    return rows[: next(number for number, row in enumerate(rows) if row.startswith("─"))]


async def test_words_of_an_act_count_as_those_of_its_claim_in_the_gutter(project: Path) -> None:
    async with coding_screen(project) as screen:
        await screen.press("C S space d C tab d enter enter r a [")
        assert outlined(screen)[2].startswith("*> Act 1")
        await screen.press("right S space")
        assert gutter(screen) == "+22"


async def test_claims_are_copied_moved_and_removed_by_one_key_each(project: Path) -> None:
    async with coding_screen(project) as screen:
        await screen.press(f"{KILLED} enter r a [ [ M")
        assert claims_shown(screen) == 2
        message = await screen.press("K K")
        assert message == "This is the first claim already."
        await screen.press("J Z")
        assert claims_shown(screen) == 1
        await screen.press("U")
        assert claims_shown(screen) == 2


def claims_shown(screen: Driver) -> int:
    return sum("Claim" in row[:9] for row in outlined(screen))


# --- many acts on small terminals -------------------------------------------------------------

TWELVE = "r a r g h b h a u g u b b g b a r m h m h g r b"
"""Twelve acts by two keys each."""


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40)])
async def test_twelve_acts_fit_and_the_focus_is_always_in_sight(
    project: Path, size: tuple[int, int]
) -> None:
    async with coding_screen(project, size=size) as screen:
        await screen.press(f"{KILLED} enter")
        for key in TWELVE.split():
            screen.screen.take_key(key)
            check(screen, size)
        assert any("Act 12" in row for row in screen.column)
        seen = []
        for _ in range(60):
            screen.screen.take_key("B")
            seen.append(check(screen, size))
        assert any("Claim 1" in row for row in seen)
        for number in range(1, 13):
            assert any(f"Act {number} " in f"{row} " for row in seen)
        for _ in range(60):
            screen.screen.take_key("tab")
            check(screen, size)
    claims = stored(project)["claim"]
    assert isinstance(claims, list)
    assert len(claims[0]["act"]) == 12


def check(screen: Driver, size: tuple[int, int]) -> str:
    """The line in focus, after seeing that there is one and that nothing is too wide."""
    width, height = size
    lines = shown(screen)
    assert len(lines) <= height
    assert max(cell_len(row) for row in lines) <= width
    (line,) = (row for row in screen.column if row[1:2] == ">" and row[:1] in "!* ")
    return line


@pytest.mark.parametrize("size", [(60, 16), (80, 24)])
async def test_panels_prompts_and_long_sentences_stay_inside_a_small_screen(
    project: Path, size: tuple[int, int]
) -> None:
    async with coding_screen(project, size=size) as screen:
        await screen.press(f"{KILLED} enter")
        for key in TWELVE.split():
            screen.screen.take_key(key)
        reason = ["space" if letter == " " else letter for letter in "a long reason " * 9]
        for key in ("enter", "W", *reason, "enter", "F", "end"):
            screen.screen.take_key(key)
            lines = shown(screen)
            assert len(lines) <= size[1]
            assert max(cell_len(row) for row in lines) <= size[0]


async def test_a_date_in_other_words_is_kept_whole_and_its_letters_command_nothing(
    project: Path,
) -> None:
    async with coding_screen(project) as screen:
        await screen.press(f"{KILLED} 3 space M a y")
        assert "> 3 May_" in screen.column
        assert "“3 May” is no answer yet" in await screen.press("tab")
        assert sum(row.startswith(("*>Claim", "* Claim", "! Claim")) for row in screen.column) <= 1


async def test_a_claim_without_an_act_says_so_and_enter_leads_to_where_one_is_added(
    tmp_path: Path,
) -> None:
    book = (ROOT / "codebooks" / "claims.yaml").read_text(encoding="utf-8")
    project = make_project(tmp_path / "claims.db", book)
    async with coding_screen(project) as screen:
        await screen.press("C space space k i 1 tab tab tab tab tab p l a c e tab 2")
        # Eleven rows back, to the head of the claim.
        await screen.press(" ".join(["shift+tab"] * 11))
        head = next(row for row in screen.column if "Claim 1" in row)
        assert head.endswith("1!"), "one thing is missing inside"
        assert "not 0" in await screen.press("enter")
        assert " > + act" in screen.column
