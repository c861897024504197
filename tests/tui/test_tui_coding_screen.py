"""The coding screen by its keys: what each action does to the coding and to the screen."""

import sqlite3
from pathlib import Path

import pytest
from textual import events

from annotator.coding.form import to_form
from annotator.errors import AnnotatorError
from annotator.store.desk import Desk
from annotator.store.project import open_project
from annotator.store.rounds import close_round, reopen_round, rounds
from projects import CLAIMS, LIGHT, copied, make_project, session_on
from screens import Driver, coding_screen


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("projects")
    return {
        "light": make_project(folder / "light.db", LIGHT),
        "claims": make_project(folder / "claims.db", CLAIMS),
    }


@pytest.fixture
def light(files: dict[str, Path], tmp_path: Path) -> Path:
    return copied(files["light"], tmp_path)


@pytest.fixture
def claims(files: dict[str, Path], tmp_path: Path) -> Path:
    return copied(files["claims"], tmp_path)


def answers(path: Path) -> dict[str, object]:
    """What a new session finds, without the defaults of the light codebook."""
    with session_on(path) as session:
        form = to_form(session.coding)
    return {name: form for name, form in form.items() if form != {"state": "not_stated"}}


# --- answering --------------------------------------------------------------------------------


async def test_three_keys_code_a_passage_and_open_the_next(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert "done 0/3" in screen.status
        assert "¶1/3" in screen.status
        assert await screen.press("s 3 enter") == "Submitted."
        assert "done 1/3" in screen.status
        assert "¶2/3" in screen.status
        assert "Residents of Dayr Nahr" in screen.body


async def test_keys_of_codes_show_at_once_what_they_did(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert screen.column[0] == "!>Perpetrator"
        await screen.press("s")
        assert screen.column[0].startswith("*>Perpetrator Regime shelling")
        assert "*s Regime shelling" in screen.column
        assert "saved" in screen.status
        await screen.press("-")
        assert screen.column[0].startswith("*>Perpetrator none of these")
        await screen.press("X")
        assert screen.column[0] == "!>Perpetrator"
        await screen.press("! D")
        assert screen.column[0].startswith("*>Perpetrator not stated")
        assert screen.column[0].endswith("?")
        await screen.press("U U R")
        assert screen.message == "Done again: Perpetrator: not stated"


async def test_a_count_field_takes_numbers_and_leaves_the_other_keys_alone(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("tab tab 1 2 space ( 1 0 - 2 0 )")
        assert "> 12 (10-20)_" in screen.column
        assert "  is an answer" in screen.column
        await screen.press("enter")
        assert "> _" in screen.column
        assert screen.message == "How many of the killed were children?"
        await screen.press("~")
        assert "  is no answer yet" in screen.column
        assert "no answer yet" in await screen.press("a")
        await screen.press("backspace e")
        assert screen.column[0].startswith("*>Perpetrator Other named par")
    assert answers(light) == {"perpetrator": ["other"], "killed": "12 (10-20)"}


async def test_words_can_be_marked_for_a_number_just_typed(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("tab tab 4 right right left space space")
    killed = {"value": "4", "evidence": [{"start": 7, "end": 11, "text": "fell"}]}
    assert answers(light) == {"killed": killed}


async def test_a_second_space_in_a_field_begins_to_mark(light: Path) -> None:
    async with coding_screen(light) as screen:
        message = await screen.press("tab tab 4 space space")
        assert message.startswith("Marking")
        await screen.press("right space")
    killed = {"value": "4", "evidence": [{"start": 0, "end": 11, "text": "Shells fell"}]}
    assert answers(light) == {"killed": killed}


async def test_a_default_nobody_touched_is_dim_and_has_no_sign(light: Path) -> None:
    def styles_of(screen: Driver, title: str) -> set[str]:
        lines = screen.screen.body.lines
        return {style for line in lines for text, style in line if text.strip().startswith(title)}

    async with coding_screen(light) as screen:
        assert screen.column[2] == "  Killed not stated"
        assert styles_of(screen, "Killed") == {"dim"}
        await screen.press("tab tab 4 tab")
        assert screen.column[2] == "* Killed 4"
        assert styles_of(screen, "Killed") == {""}
        await screen.press("N s o enter tab")
        assert screen.column[3].startswith("* Children not stated")
        assert styles_of(screen, "Women") == {"focus"}


async def test_a_value_begun_is_explained_in_a_neutral_style_and_backspace_brings_the_default(
    light: Path,
) -> None:
    async with coding_screen(light) as screen:
        message = await screen.press("tab tab ~")
        assert message.startswith("write")
        assert {style for line in screen.screen.message_line.lines for _, style in line} == {
            "title"
        }
        await screen.press("backspace backspace")
        assert screen.column[2] == " >Killed not stated"
    assert answers(light) == {}


async def test_pasted_text_replaces_a_number_that_was_finished(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("tab tab 4 tab B")
        screen.screen.post_message(events.Paste("12"))
        await screen.pilot.pause()
        screen.screen.post_message(events.Paste("+"))
        await screen.pilot.pause()
    assert answers(light) == {"killed": "12+"}


async def test_a_text_field_takes_every_character_and_tab_leaves_it(claims: Path) -> None:
    async with coding_screen(claims) as screen:
        await screen.press("tab tab tab U p space ? 1 tab")
        assert screen.message == "Which share of them?"
    assert answers(claims) == {"remark": "Up ?1"}


async def test_pasted_text_goes_where_text_is_typed_and_is_never_taken_for_keys(
    claims: Path,
) -> None:
    async with coding_screen(claims) as screen:
        for keys in ("y B", "N", "enter tab tab tab", ""):
            await screen.press(keys)
            screen.screen.post_message(events.Paste("Tal\r\n\x1b[2J Amrit n"))
            await screen.pilot.pause()
    pasted = "Tal [2J Amrit n"
    assert answers(claims) == {
        "mention": {"value": True, "note": "Tal\n[2J Amrit n"},
        "remark": pasted + pasted,
    }


async def test_in_a_text_the_hint_promises_only_what_a_key_does_there(claims: Path) -> None:
    async with coding_screen(claims) as screen:
        await screen.press("tab tab tab")
        assert screen.hint == "Tab next  Shift+Tab back  Enter on  every other key is typed"
        await screen.press("shift+tab")
        assert screen.hint.endswith("? keys  Q quit")


async def test_a_note_is_written_below_the_passage(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert "no answer here" in await screen.press("N")
        await screen.press("s N S U")
        assert screen.body.split("\n")[-1].startswith("─ Note on Perpetrator ──")
        assert screen.message == "SU_"
        assert screen.hint == "Enter keep  Esc leave it  ↓ on the last line: a new one"
        await screen.press("backspace space Q enter")
        assert screen.column[0].endswith("+")
        assert await screen.press("N x escape") == "The note was left as it was."
    assert answers(light)["perpetrator"] == {"value": ["regime_shelling"], "note": "S Q"}


async def test_a_note_being_typed_is_there_after_a_restart(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("s N b y space t ctrl+q")
        await screen.pilot.pause()
    async with coding_screen(light) as screen:
        assert "─ Note on Perpetrator ─" in screen.body
        assert screen.message == "by t_"
        await screen.press("v enter")
    assert answers(light)["perpetrator"] == {"value": ["regime_shelling"], "note": "by tv"}
    async with coding_screen(light) as screen:
        assert screen.message == "Who does the passage say did the killing?"


async def test_a_note_that_cannot_be_kept_stays_to_be_tried_again(
    light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AnnotatorError("The disk is full; make room and press again.")

    async with coding_screen(light) as screen:
        await screen.press("s N y")
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "save", fail)
            assert await screen.press("enter") == "y_"
            assert "─ Note on Perpetrator ─" in screen.body
            assert "Not saved: The disk is full" in screen.body
        await screen.press("enter")
    assert answers(light)["perpetrator"]["note"] == "y"


# --- text and marks ---------------------------------------------------------------------------


async def test_words_are_marked_with_space_and_taken_by_a_code(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert "Marking" in await screen.press("space")
        await screen.press("right s")
        assert screen.column[0].endswith('"')
        await screen.press(") space")
        await screen.press("space")
        await screen.press("S , P escape")
        assert "Four people" not in await screen.press("right")
    spans = [
        {"start": 0, "end": 11, "text": "Shells fell"},
        {"start": 40, "end": 44, "text": "Four"},
    ]
    assert answers(light) == {"perpetrator": {"value": ["regime_shelling"], "evidence": spans}}


@pytest.mark.parametrize(
    ("keys", "start"),
    [
        ("right", 7), ("right right left", 7), ("down", 45), ("down up", 0), ("end", 40),
        ("end home", 0), (")", 40), (") (", 0), ("pagedown", 88), ("pagedown pageup", 0),
    ],
)  # fmt: skip
async def test_keys_move_the_cursor(light: Path, keys: str, start: int) -> None:
    async with coding_screen(light) as screen:
        await screen.press(keys)
        await screen.press("Q")
    with session_on(light) as session:
        assert session.focus.cursor == start


async def test_a_sentence_and_the_passage_are_marked_with_one_key(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("S s B")
        await screen.press("P tab 3")
    found = answers(light)
    assert found["perpetrator"]["evidence"][0]["text"] == "Shells fell on the market of Tal Amrit"
    assert len(found["cause"]["evidence"][0]["text"]) > 80


async def test_the_next_larger_stretch_the_other_end_and_single_characters(light: Path) -> None:
    async with coding_screen(light) as screen:
        for key in "V<>":
            assert (await screen.press(key)).startswith("Nothing is marked yet")
        await screen.press("right space right right < < V > 3")
        await screen.press("S S s")
    found = answers(light)
    assert found["cause"]["evidence"][0]["text"] == " fell on t"
    whole = "Shells fell on the market of Tal Amrit. Four people died, the council said; a child "
    assert found["perpetrator"]["evidence"][0]["text"] == f"{whole}was among them"


async def test_paragraphs_and_arrows_with_shift_extend(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("shift+right right shift+left")
        await screen.press("s tab + _ shift+end 3")
    found = answers(light)
    assert found["perpetrator"]["evidence"][0]["text"] == "Shells fell"
    assert found["cause"]["evidence"][0]["text"].endswith("Amrit. Four")


async def test_while_words_are_marked_fields_leave_the_keys_that_mark_alone(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("tab tab < = 5 space space > > < space")
        assert "> <=5_" in screen.column
    assert answers(light)["killed"]["evidence"][0]["text"] == "Shells "


async def test_a_click_puts_the_cursor_on_a_word_and_does_nothing_beside_the_text(
    light: Path,
) -> None:
    async with coding_screen(light) as screen:
        for place in ((8, 4), (70, 8), (5, 1), (5, 22)):
            await screen.pilot.click(offset=place)
        await screen.press("Q")
    with session_on(light) as session:
        assert session.focus.cursor == 7


async def test_two_clicks_mark_a_word_and_another_click_sets_the_other_end(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.pilot.click(offset=(8, 4), times=2)
        await screen.pilot.click(offset=(25, 4))
        await screen.press("s")
    assert answers(light)["perpetrator"]["evidence"][0]["text"] == "fell on the market"


async def test_a_click_picks_a_code_and_another_one_goes_to_a_question(light: Path) -> None:
    def row_of(screen: Driver, words: str) -> int:
        return 1 + next(n for n, row in enumerate(screen.body.split("\n")) if words in row)

    async with coding_screen(light) as screen:
        await screen.pilot.click(offset=(55, row_of(screen, "Regime shelling")))
        assert screen.column[0].startswith("*>Perpetrator Regime shelling")
        await screen.pilot.click(offset=(60, row_of(screen, "none of these")))
        assert screen.column[0].startswith("*>Perpetrator none of these")
        await screen.pilot.click(offset=(60, row_of(screen, "Cause of death")))
        assert screen.column[1].startswith("!>Cause of death")
        await screen.pilot.click(offset=(60, row_of(screen, "Killed")))
        assert "> _" in screen.column
    assert answers(light) == {"perpetrator": []}


async def test_a_click_on_a_code_takes_the_marked_words_with_it(light: Path) -> None:
    async with coding_screen(light, size=(66, 20)) as screen:
        await screen.press("space right")
        below = screen.body.split("\n")
        row = next(n for n, text in enumerate(below) if "Barrel" in text)
        await screen.pilot.click(offset=(below[row].index("Barrel"), 1 + row))
    assert answers(light)["perpetrator"]["evidence"][0]["text"] == "Shells fell"


async def test_what_the_words_under_the_cursor_are_evidence_of_is_said(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("space right s 3 tab 4 left left space right space")
        assert await screen.press("left") == "Evidence of Perpetrator, Killed"
        assert (
            await screen.press("right right right") == "How many people does the passage say "
            "were killed?"
        )
        assert (
            await screen.press("left left left space right") == "How many people does the "
            "passage say were killed?"
        )


async def test_the_terminal_cursor_is_on_the_word_or_in_the_line_being_typed(light: Path) -> None:
    async with coding_screen(light) as screen:
        app = screen.pilot.app
        assert app.cursor_position == (1, 4)
        await screen.press("right down")
        assert app.cursor_position == (screen.body.split("\n")[4].index("died"), 5)
        await screen.press("a N o k")
        assert app.cursor_position == (len(" ok"), 22)
        await screen.press("enter ?")
        assert app.cursor_position == (0, 1)


# --- records and passages ---------------------------------------------------------------------


async def test_records_are_added_removed_and_jumped_between(claims: Path) -> None:
    async with coding_screen(claims) as screen:
        await screen.press("C")
        assert "Claim 1" in screen.column[5]
        await screen.press("S space tab k")
        await screen.press("A C [ [")
        assert screen.message == "Which words is claim 1 about?"
        await screen.press("] ]")
        assert screen.message == "Which words is claim 2 about?"
        await screen.press("Z")
    assert [claim["id"] for claim in answers(claims)["claim"]] == ["r1"]
    assert answers(claims)["claim"][0]["act"] == [{"id": "r2"}]


async def test_a_codebook_without_records_says_so(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert "no repeating units" in await screen.press("A")
        assert "no record here" in await screen.press("Z")


async def test_passages_are_looked_at_in_any_order(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert await screen.press("{") == "This is the first passage."
        await screen.press("}")
        assert "¶2/3" in screen.status
        await screen.press("s 3 enter O")
        assert "¶1/3" in screen.status
        await screen.press("}")
        assert screen.status.split("done")[0].rstrip().endswith("· submitted")


async def test_what_is_changed_after_submitting_shows_and_is_gone_to(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("s 3 enter { a")
        assert screen.status.split("done")[0].rstrip().endswith("· changed")
        assert "done 1/3 · 1 changed" in screen.status
        await screen.press("} s 3 enter s 3")
        message = await screen.press("enter")
        assert message == "Submitted. Every passage is coded. 1 changed, not submitted."
        message = await screen.press("O")
        assert message == "Every passage is coded; this one is changed, not submitted."
        assert "¶1/3" in screen.status
        assert (await screen.press("enter")).endswith("revision 2. Every passage is coded.")
        assert "changed" not in screen.status


async def test_who_leaves_a_change_behind_is_told_on_leaving(
    light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    async with coding_screen(light) as screen:
        await screen.press("s 3 enter { a")
        with monkeypatch.context() as patch:
            patch.setattr(screen.pilot.app, "exit", lambda **more: said.append(more["message"]))
            await screen.press("Q")
    assert said == ["1 changed, not submitted."]


async def test_undoing_a_submission_says_that_what_was_submitted_stands(light: Path) -> None:
    async with coding_screen(light) as screen:
        message = await screen.press("s 3 enter U")
        assert message == "Opened again; what you submitted stands until you submit again."
        assert "done 1/3" in screen.status


async def test_what_is_missing_is_named_and_gone_to(light: Path) -> None:
    async with coding_screen(light) as screen:
        message = await screen.press("s enter")
        assert message == "Not yet: Cause of death is not answered"
        assert screen.column[1].startswith("!>Cause of death")


# --- panels, messages, sizes ------------------------------------------------------------------


async def test_panels_open_scroll_and_close(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("I")
        assert "Perpetrator (1-20 of" in screen.body
        assert "Regime air strikes" in screen.body
        await screen.press("down pagedown")
        assert "Perpetrator (21-40 of" in screen.body
        await screen.press("end home I")
        assert "│" in screen.body
        await screen.press("?")
        assert "Help (1-20 of" in screen.body
        assert screen.hint == "↑ ↓ scroll  / find  q back"
        await screen.press("end")
        assert "On the last line of a note begin a new one" in " ".join(screen.body.split())
        await screen.press("q")
        assert "│" in screen.body


async def test_a_code_picked_from_the_codebook_panel_is_picked_and_closes_it(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("I s")
        assert screen.column[0].startswith("*>Perpetrator Regime shelling")


async def test_a_panel_is_laid_out_anew_for_another_width(light: Path) -> None:
    async with coding_screen(light, size=(120, 40)) as screen:
        await screen.press("I")
        await screen.pilot.resize_terminal(64, 20)
        await screen.pilot.pause()
        assert all(len(row) <= 64 for row in screen.body.split("\n"))


async def test_a_key_without_a_meaning_says_so(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert await screen.press("`") == "` does nothing here; ? lists the keys."
        assert await screen.press("f5") == "F5 does nothing here; ? lists the keys."
        assert await screen.press("z") == "z does nothing here; ? lists the keys."


@pytest.mark.parametrize("size", [(59, 24), (80, 15), (20, 5)])
async def test_a_terminal_too_small_is_told_what_it_needs(
    light: Path, size: tuple[int, int]
) -> None:
    async with coding_screen(light, size=size) as screen:
        assert screen.body.startswith("This screen needs 60"[: size[0] - 1])
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        assert "Perpetrator" in screen.body


async def test_a_screen_too_small_to_show_anything_shows_nothing_and_takes_nothing(
    light: Path,
) -> None:
    async with coding_screen(light) as screen:
        await screen.press("s")
        await screen.pilot.resize_terminal(50, 12)
        await screen.pilot.pause()
        await screen.press("a 1 enter N U X")
        screen.screen.post_message(events.Paste("9"))
        await screen.pilot.pause()
        await screen.pilot.click(offset=(8, 4))
        assert [screen.status, screen.message, screen.hint] == ["", "", ""]
        assert screen.body.split("\n")[1] == "Q quits."
        await screen.pilot.resize_terminal(80, 24)
        await screen.pilot.pause()
        assert screen.column[0].startswith("*>Perpetrator Regime shelling")
        await screen.pilot.resize_terminal(50, 12)
        await screen.press("Q")
    assert answers(light) == {"perpetrator": ["regime_shelling"]}


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 40), (200, 60)])
async def test_no_line_is_wider_than_the_terminal(claims: Path, size: tuple[int, int]) -> None:
    async with coding_screen(claims, size=size) as screen:
        for keys in ("S", "C S space", "tab tab 1 2", "A", "I", "q", "?", "end", "q", "N"):
            await screen.press(keys)
            rows = [screen.status, *screen.body.split("\n"), screen.message, screen.hint]
            assert all(len(row) <= size[0] for row in rows)
            assert len(rows) <= size[1]


async def test_the_screen_at_80_by_24(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("s 3 4")
        assert [row.rstrip() for row in screen.body.split("\n")[:9]] == [
            " 2016-12-21 · The Council                        │* Perpetrator Regime shelling",
            " A day in Tal Amrit                              │*>Cause of death Shelling, Gu…",
            "                                                 │  Killed not stated",
            " Shells fell on the market of Tal Amrit. Four    │  Children not stated",
            " people died, the council said; a child was      │  Women not stated",
            " among them.                                     │─ Cause of death ─────────────",
            "                                                 │ 1 Air strike",
            "                                                 │ 2 Barrel bomb",
            "                                                 │*3 Shelling",
        ]


# --- failing, leaving -------------------------------------------------------------------------


async def test_what_cannot_be_saved_is_said_and_not_shown(
    light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AnnotatorError("The disk is full; make room and press again.")

    async with coding_screen(light) as screen:
        await screen.press("s")
        before = screen.column
        assert screen.status.rstrip().endswith("saved")
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "save", fail)
            for keys in ("a", "-", "!", "X", "1"):
                message = await screen.press(keys)
                assert message == "Not saved: The disk is full; make room and press again."
                assert screen.column == before
                assert "saved" not in screen.status
        await screen.press("tab tab")
        before = screen.column
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "save", fail)
            assert (await screen.press("4")).startswith("Not saved:")
            assert screen.column == before
        assert await screen.press("4") != ""
        assert "> 4_" in screen.column


async def test_a_coder_can_leave_even_if_nothing_can_be_written(
    light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = []

    def fail(*_: object) -> None:
        raise AnnotatorError("The disk is full; make room and press again.")

    async with coding_screen(light) as screen:
        with monkeypatch.context() as patch:
            patch.setattr(Desk, "set_place", fail)
            patch.setattr(screen.pilot.app, "exit", lambda **_: left.append("left"))
            assert (await screen.press("Q")).startswith("Not saved")
    assert left == ["left"]


async def test_a_second_window_is_told_to_close(light: Path) -> None:
    async with coding_screen(light) as screen:
        with session_on(light) as other:
            other.press("a")
        message = await screen.press("s")
        assert message.endswith("open this one again.")
        whole = " ".join((screen.body + screen.message).split())
        assert "Not saved: amal is being coded for in another window of the round main" in whole
        assert screen.column[0] == "!>Perpetrator"
    assert answers(light) == {"perpetrator": ["regime_air"]}


async def test_a_round_closed_meanwhile_takes_no_further_change_and_says_so(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("s 3")
        with open_project(light) as project:
            close_round(project, rounds(project)[0].id, "lina")
        for keys in ("0", "U", "enter", "T"):
            await screen.press(keys)
            whole = " ".join((screen.body + screen.message).split())
            assert "The round main is closed; nothing more is coded in it" in whole
            assert "Perpetrator Regime shelling" in screen.column[0]
            assert "saved" not in screen.status
        await screen.press("Q")
    with open_project(light) as project:
        reopen_round(project, rounds(project)[0].id, "lina")
    assert answers(light) == {"perpetrator": ["regime_shelling"], "cause": ["shelling"]}


async def test_quitting_keeps_the_place_and_the_file_whole(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("} tab right right Q")
    async with coding_screen(light) as screen:
        assert "¶2/3" in screen.status
        assert screen.column[1].startswith("!>Cause of death")
    with session_on(light) as session:
        assert session.focus.cursor == session.item.start + len("Residents of ")
    assert not light.with_name(light.name + "-wal").exists()
    with sqlite3.connect(light) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
