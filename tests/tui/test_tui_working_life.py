"""Flag, skip, note, recent codes, pause and cover on the coding screen."""

from pathlib import Path

import pytest

from annotator.coding.form import from_form
from annotator.coding.skipping import SkipReason
from annotator.store.corpus import iter_passages
from annotator.store.project import open_project
from annotator.store.sent_back import send_back
from annotator.store.tags import tag_passages
from annotator.tui.actions import CODING
from annotator.tui.cells import cells
from annotator.tui.coding_life import WHILE_COVERED
from annotator.tui.keymap import Keymap
from annotator.work.start import desk_for
from annotator.work.work_clock import HABITS
from projects import CLAIMS, LIGHT, PASSAGES, Clock, copied, make_project, session_on
from screens import Driver, coding_screen

SECRET = "Residents of Dayr Nahr"
"""The first words of the second passage."""


@pytest.fixture(scope="module")
def light_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("light") / "light.db", LIGHT)


@pytest.fixture(scope="module")
def claims_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("claims") / "claims.db", CLAIMS)


@pytest.fixture
def light(light_file: Path, tmp_path: Path) -> Path:
    return copied(light_file, tmp_path)


@pytest.fixture
def claims(claims_file: Path, tmp_path: Path) -> Path:
    return copied(claims_file, tmp_path)


def tag_graphic(path: Path, *numbers: int) -> None:
    with open_project(path) as project:
        key = next(iter_passages(project)).report_key
        tag_passages(project, "graphic", [(key, one) for one in numbers], actor="lina")


def everything(driver: Driver) -> str:
    return "\n".join((driver.status, driver.body, driver.message, driver.hint))


def said(driver: Driver) -> str:
    """What the message says, however many lines it takes."""
    return " ".join(f"{driver.body} {driver.message}".split())


def passage(driver: Driver) -> str:
    """The text beside the questions."""
    return "\n".join(row.split("│")[0] for row in driver.body.split("\n"))


# --- flags, skipping --------------------------------------------------------------------------


async def test_a_flag_shows_and_goes(light: Path) -> None:
    async with coding_screen(light) as driver:
        assert "Flagged" in await driver.press("T")
        assert "flagged" in driver.status
        assert "saved" in driver.status
        assert "No longer flagged." in await driver.press("T")
        assert "flagged" not in driver.status
        await driver.press("U")
        assert "flagged" in driver.status


async def test_a_passage_is_skipped_by_two_keys_and_comes_back_by_one(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("E")
        for reason in list(SkipReason)[:4]:
            assert reason.words in driver.body
        assert driver.hint == "1–5 choose  q back"
        assert "too graphic" in await driver.press("1")
        assert "¶2/3" in driver.status
        assert "1 skipped · done 0/3" in driver.status
        await driver.press("U")
        assert "¶1/3" in driver.status
        assert "skipped" not in driver.status
    with session_on(light) as session:
        assert session.item.skipped is None


async def test_other_keys_choose_nothing_and_one_goes_back(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("E")
        assert "1–5 chooses" in await driver.press("a")
        assert "too graphic" in driver.body
        await driver.press("9")
        assert "too graphic" in driver.body
        await driver.press("q")
        assert "Shells fell" in driver.body
        assert "¶1/3" in driver.status
        await driver.press("E E")
        assert "Shells fell" in driver.body


async def test_a_reason_in_words_of_ones_own(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("E 5 h o m e escape")
        assert "¶1/3" in driver.status
        assert driver.message == "Nothing was skipped."
        await driver.press("E 5 h o m e enter {")
        assert "¶1/3" in driver.status
        assert "skipped" in driver.status
        assert "Yours again" in await driver.press("E")
    with session_on(light) as session:
        assert session.item.skipped is None
        session.undo()
        assert (session.item.skipped, session.item.skip_note) == (SkipReason.OTHER, "home")


async def test_what_is_submitted_cannot_be_skipped_and_says_so(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("- tab - enter {")
        assert "submitted" in await driver.press("E")
        assert "too graphic" not in driver.body


async def test_the_last_passage_skipped_leaves_nothing_to_do_and_nothing_to_regret(
    light: Path,
) -> None:
    async with coding_screen(light) as driver:
        await driver.press("E 4 E 4")
        await driver.press("E 4")
        assert "Skipped (text unreadable)" in said(driver)
        assert "Every passage is coded or skipped." in said(driver)


@pytest.mark.parametrize("width", [60, 80, 120])
async def test_the_status_line_keeps_the_passage_beside_whatever_is_marked(
    light: Path, width: int
) -> None:
    tag_graphic(light, 1)
    async with coding_screen(light, size=(width, 24)) as driver:
        await driver.press('} E 2 { { T " x enter enter a')
        assert cells(driver.status) == width
        assert "amal · main · report.txt"[: width // 2 - 8] in driver.status
        assert "flagged" in driver.status
        assert "done 0/3" in driver.status
        assert ("graphic" in driver.status) is (width == 120)


# --- notes ------------------------------------------------------------------------------------


async def test_a_note_on_the_passage_is_written_kept_and_mended(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press('" o d d enter')
        assert "note" in driver.status
        await driver.press('" ! escape')
        assert driver.message == "The note was left as it was."
        await driver.press('" ! enter')
    with session_on(light) as session:
        assert session.coding.note == "odd!"


async def test_a_note_half_written_is_there_after_a_restart(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press('" h a l f')
    async with coding_screen(light) as driver:
        assert "─ Note on the passage ─" in driver.body
        assert driver.message == "half_"
        await driver.press("enter")
    with session_on(light) as session:
        assert session.coding.note == "half"


# --- recent codes, the last answer ------------------------------------------------------------


async def test_recent_codes_are_picked_by_digit_with_the_marked_words(light: Path) -> None:
    async with coding_screen(light) as driver:
        assert "no code for Perpetrator yet" in await driver.press("'")
        await driver.press("a r tab - enter")
        await driver.press("space right '")
        assert driver.body.index("1  Russian") < driver.body.index("2  Regime air")
        await driver.press("2")
    with session_on(light) as session:
        answer = session.coding.answers["perpetrator"]
        assert answer.value == ("regime_air",)
        assert [span.text for span in answer.evidence] == ["Residents of"]


async def test_the_last_answer_is_repeated_and_what_was_done_is_said(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("a r tab - tab 1 2 + enter enter enter")
        assert "¶2/3" in driver.status
        await driver.press("=")
        assert "Regime air strikes, Russian air strikes, as last time" in said(driver)
        await driver.press("tab tab")
        assert "12+, as last time" in await driver.press("=")
    with session_on(light) as session:
        assert session.coding.answers["perpetrator"].value == ("regime_air", "russia_air")
        assert str(session.coding.answers["killed"].value) == "12+"


async def test_an_equals_sign_still_goes_into_a_count_that_is_begun(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("tab tab < = 4 0")
    with session_on(light) as session:
        assert str(session.coding.answers["killed"].value) == "<=40"


async def test_on_a_line_that_adds_the_last_record_is_copied(claims: Path) -> None:
    async with coding_screen(claims) as driver:
        await driver.press("C space right space k")
        while "+ act" not in driver.message and "First act" not in driver.message:
            await driver.press("tab")
        assert "no record here to copy" in await driver.press("M")
        await driver.press("i M")
    with session_on(claims) as session:
        [claim] = session.coding.records
        assert [one.answers["perpetrator"].value for one in claim.records] == ["isis"] * 2


# --- rest -------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["$", "ctrl+p"])
async def test_a_pause_hides_everything_until_enter(light: Path, key: str) -> None:
    async with coding_screen(light) as driver:
        await driver.press(f"a {key}")
        for _ in range(2):
            shown = everything(driver)
            assert "Paused." in shown
            assert "paused" in driver.status
            for words in ("Shells", "Perpetrator", "A day in Tal Amrit", "report.txt", "amal"):
                assert words not in shown
            await driver.press("r")
        await driver.press("enter")
        assert "Shells" in driver.body
        assert "time away does not count" in driver.message
    with session_on(light) as session:
        assert session.coding.answers["perpetrator"].value == ("regime_air",)


async def test_a_text_and_a_note_that_are_being_typed_are_hidden_too(claims: Path) -> None:
    async with coding_screen(claims) as driver:
        await driver.press("tab tab tab $ ctrl+p")
        assert "Paused." in driver.body
        await driver.press("enter")
        assert "> $" in driver.body
        await driver.press('tab " s e c ctrl+p')
        assert "Note on" in driver.body
        assert driver.message == "sec_"


async def test_who_is_away_is_hidden_by_itself(light: Path) -> None:
    habits = HABITS._replace(pause_after_minutes=0.5 / 60)
    async with coding_screen(light, habits=habits) as driver:
        await driver.press("a")
        assert "Shells" in driver.body
        for _ in range(60):
            await driver.pilot.pause(0.05)
            if "Paused." in driver.body:
                break
        assert "Shells" not in everything(driver)
        await driver.press("enter")
        assert "Shells" in driver.body


async def test_a_pasted_text_goes_nowhere_during_a_pause(claims: Path) -> None:
    from textual.events import Paste

    async with coding_screen(claims) as driver:
        await driver.press("tab tab tab x ctrl+p")
        driver.screen.post_message(Paste("unseen"))
        await driver.pilot.pause()
        await driver.press("enter")
        assert "unseen" not in everything(driver)


async def test_q_leaves_from_a_pause(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("$ Q")
        assert driver.screen.app._exit


async def test_a_break_is_proposed_once_beside_what_a_key_says(light: Path) -> None:
    clock = Clock()
    habits = HABITS._replace(break_after_minutes=2)
    async with coding_screen(light, habits=habits, clock=clock) as driver:
        proposed = []
        for key in ("a", "r", "T", "b", "tab"):
            clock.now += 50
            await driver.press(key)
            proposed.append("minutes of work without a rest" in said(driver))
            if proposed[-1]:
                assert "Flagged" in said(driver)
        assert proposed == [False, False, True, False, False]


# --- graphic passages -------------------------------------------------------------------------


async def test_a_graphic_passage_is_covered_its_questions_are_not(light: Path) -> None:
    tag_graphic(light, 2)
    async with coding_screen(light) as driver:
        await driver.press("}")
        assert SECRET not in everything(driver)
        assert "A day in Tal Amrit" not in everything(driver)
        assert "tagged this passage as graphic" in " ".join(passage(driver).split())
        assert "Perpetrator" in driver.body
        assert driver.hint.startswith("Enter show  E skip")
        for key in ("a", "space", "S", "-", "right", "N", "X"):
            assert "graphic: Enter shows it" in await driver.press(key)
        assert SECRET not in everything(driver)
        await driver.press("enter")
        assert SECRET in driver.body
        assert "graphic" in driver.status
        await driver.press("a")
        await driver.press("{ }")
        assert SECRET not in everything(driver)
    with session_on(light) as session:
        assert session.coding.answers["perpetrator"].value == ("regime_air",)
        assert not session.coding.answers["perpetrator"].evidence


async def test_a_covered_passage_can_be_skipped_flagged_and_left(light: Path) -> None:
    tag_graphic(light, 1)
    async with coding_screen(light) as driver:
        await driver.press("T")
        assert "flagged" in driver.status
        assert "Shells" not in everything(driver)
        await driver.press("E 1")
        assert "¶2/3" in driver.status
        await driver.press("U")
        assert "¶1/3" in driver.status
        assert "Shells" not in everything(driver)


async def test_the_words_a_claim_stands_on_are_covered_with_the_text(claims: Path) -> None:
    async with coding_screen(claims) as driver:
        await driver.press("C space right space k")
        assert "Shells fell" in driver.body
    tag_graphic(claims, 1)
    async with coding_screen(claims) as driver:
        assert "Shells" not in everything(driver)
        assert "Claim 1" in driver.body
        await driver.press("enter")
        assert "Shells" in driver.body


async def test_in_the_keymap_vi_too_enter_shows_a_covered_passage(light: Path) -> None:
    tag_graphic(light, 2)
    async with coding_screen(light, keymap=Keymap(CODING, "vi")) as driver:
        await driver.press("% O")
        assert SECRET not in everything(driver)
        await driver.press("enter")
        assert SECRET in driver.body


async def test_what_the_palette_does_leaves_a_covered_passage_covered(light: Path) -> None:
    tag_graphic(light, 1)
    async with coding_screen(light) as driver:
        await driver.press(": m a r k space t h e space s enter")
        assert "graphic: Enter shows it" in said(driver)
        await driver.press("escape escape")
        assert "Shells" not in everything(driver)
        assert driver.screen.text.mark is None


def test_what_can_be_done_while_covered_are_actions_of_the_screen() -> None:
    assert {action.id for group in CODING for action in group.actions} >= WHILE_COVERED


def test_the_passages_of_these_tests_are_what_they_seem() -> None:
    assert PASSAGES[1].startswith(SECRET)


# --- what a lead sent back ------------------------------------------------------------------------


def send_back_first(path: Path, words: str) -> None:
    """Let amal code the first passage, and a lead send it back."""
    with open_project(path) as project:
        place = next(iter_passages(project))
        desk = desk_for(project, None, "amal")
        form = {"perpetrator": ["isis"]}
        coding = from_form(form, desk.codebook, place.text, place.start)
        first = desk.at_place(1)
        assert first is not None
        desk.submit(first, coding, "", 1.0)
        at = (desk.round.id, place.report_key, place.number)
        assert send_back(project, *at, ["amal"], "lina", words) == 1


async def test_a_passage_sent_back_stands_open_with_the_words_of_the_lead(light: Path) -> None:
    send_back_first(light, "Does the second sentence\u202e name anyone? " + "Look " * 60)
    async with coding_screen(light) as driver:
        await driver.press("{")
        assert "sent back" in driver.status
        lines = [row.split("│")[0].rstrip() for row in driver.body.split("\n")]
        assert lines[0].startswith(" Sent back: Does the second sentence")
        asked = [row for row in lines if "Look Look" in row]
        assert asked[-1].endswith("…")
        assert len(asked) < 8
        assert "\u202e" not in everything(driver)
        assert SECRET[:10] not in lines[0]
        assert "Islamic State" in driver.body


async def test_on_the_smallest_screen_the_words_of_the_lead_leave_room_for_the_text(
    light: Path,
) -> None:
    send_back_first(light, "Look again")
    async with coding_screen(light, size=(60, 16)) as driver:
        await driver.press("{")
        assert "Sent back: Look again" in driver.body
        assert "Shells fell on the market" in said(driver)
