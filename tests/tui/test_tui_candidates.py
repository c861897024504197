"""Candidates on the coding screen: lit up, stepped through, taken with one key, never unasked."""

from pathlib import Path
from typing import Any

import pytest

from annotator.coding.form import to_form
from annotator.tui.actions import CODING
from annotator.tui.coding import CodingScreen
from annotator.tui.keymap import Keymap
from offer_projects import OFFERED, OFFERS
from projects import copied, make_project
from screens import Driver, coding_screen


@pytest.fixture(scope="module")
def offers_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("offers") / "offers.db", OFFERS, OFFERED)


@pytest.fixture
def path(offers_file: Path, tmp_path: Path) -> Path:
    return copied(offers_file, tmp_path)


def lit(screen: Driver) -> dict[str, list[str]]:
    """The words painted in the styles of candidates, by style."""
    found: dict[str, list[str]] = {"candidate": [], "candidate current": []}
    for line in screen.screen.body.lines:
        for text, style in line:
            name = style.removeprefix("cursor ")
            if name in found:
                found[name].append(text)
    return found


def in_focus(screen: Driver) -> str:
    assert isinstance(screen.screen, CodingScreen)
    assert screen.screen.session is not None
    return screen.screen.session.row.title


def coding(screen: Driver) -> dict[str, Any]:
    assert isinstance(screen.screen, CodingScreen)
    assert screen.screen.session is not None
    return to_form(screen.screen.session.coding)


def claim(screen: Driver) -> dict[str, Any]:
    """The first claim as plain data."""
    found: dict[str, Any] = coding(screen)["claim"][0]
    return found


async def test_the_question_in_focus_lights_up_its_words_and_says_what_the_key_takes(
    path: Path,
) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C")
        assert "killed" in lit(screen)["candidate current"]
        assert screen.hint.startswith("Space takes Killed “killed”  . next, 1 of 2")
        await screen.press("k")
        assert in_focus(screen) == "Total"
        assert "At least 12" in lit(screen)["candidate current"]
        assert {"three", "30"} <= set(lit(screen)["candidate"])
        assert screen.hint.startswith("Space takes 12+ “At least 12”  . next, 1 of 3")


async def test_space_takes_value_and_words_and_goes_on_until_enter_submits(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C")
        for title in ("Kind", "Total", "Children", "Place", "Day", "Voice", "+ act", "Means"):
            assert in_focus(screen) == title
            await screen.press("space")
        assert in_focus(screen) == "+ act"
        assert '*  Total 12+                "c' in screen.column
        await screen.press("enter")
        assert "¶2/3" in screen.status
        assert "done 1/3" in screen.status


async def test_the_mark_and_the_sign_say_without_colour_which_words_are_taken(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C k")
        assert ">At least 12" in screen.body
        await screen.press(".")
        assert ">three" in screen.body
        assert ">At least 12" not in screen.body


async def test_keys_step_through_the_words_and_take_the_cursor_along(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C k . ")
        assert "2 of 3" in screen.hint
        assert isinstance(screen.screen, CodingScreen)
        assert screen.screen.text.text[screen.screen.text.cursor :].startswith("three")
        await screen.press("; ;")
        assert "3 of 3" in screen.hint
        await screen.press("space")
        assert claim(screen)["total"]["value"] == "30"


async def test_a_step_repaints_the_lines_with_the_words_and_no_others(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C k")
        before = screen.screen.body.lines
        await screen.press(".")
        after = screen.screen.body.lines
        changed = [one for one, other in zip(before, after, strict=True) if one != other]
        assert 1 <= len(changed) <= 2


async def test_who_moves_in_the_text_marks_words_with_the_same_key(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C right")
        assert screen.hint.startswith(". 2 offered")
        assert lit(screen)["candidate current"] == []
        await screen.press("space right k")
        kind = claim(screen)["kind"]
        assert "candidate" not in kind
        assert kind["evidence"]


async def test_the_key_that_drops_a_mark_puts_the_offer_out(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C , ")
        assert lit(screen)["candidate current"] == []
        before = coding(screen)
        await screen.press("space")
        assert coding(screen) == before
        assert "Marking" in screen.message


@pytest.mark.parametrize(("between", "at_once"), [("", False), ("right ", True), ("tab B ", True)])
async def test_the_key_pressed_once_too_often_after_a_candidate_begins_no_mark(
    path: Path, between: str, at_once: bool
) -> None:
    async with coding_screen(path) as screen:
        await screen.press("} S C")
        while screen.hint.startswith("Space takes"):
            await screen.press("space")
        assert in_focus(screen) == "Voice"
        taken = coding(screen)
        said = await screen.press(f"{between}space")
        assert said.startswith("Marking" if at_once else "Nothing is offered here; Space again")
        assert (await screen.press("space")).startswith("Marking") is not at_once
        if not at_once:
            assert coding(screen) == taken


@pytest.mark.parametrize(
    ("label", "offer", "rest"),
    [
        ("Killed", "Killed “killed”", "Enter submit  ? keys  Q quit"),
        ("Killed or died later", "Killed or died later", "Enter submit  ? keys  Q quit"),
        ("Killed or died later of wounds", "Killed or died later of wounds", "? keys  Q quit"),
    ],
)
async def test_a_long_offer_leaves_room_for_what_comes_next_and_loses_its_words_first(
    tmp_path: Path, label: str, offer: str, rest: str
) -> None:
    made = make_project(
        tmp_path / "long.db", OFFERS.replace("label: Killed", f"label: {label}"), OFFERED
    )
    async with coding_screen(made, size=(80, 24)) as screen:
        await screen.press("S C")
        assert screen.hint == f"Space takes {offer}  . next, 1 of 2  {rest}"


async def test_in_the_text_of_the_vi_keymap_its_letter_marks_and_takes_nothing(path: Path) -> None:
    async with coding_screen(path, keymap=Keymap(CODING, "vi")) as screen:
        await screen.press("S C escape v")
        assert "Marking" in screen.message
        assert "kind" not in claim(screen)
        await screen.press("escape , escape . space")
        assert claim(screen)["kind"]["candidate"] is True


async def test_while_words_are_marked_the_key_puts_them_behind_the_answer(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C k B left space left")
        assert "takes" not in screen.hint
        await screen.press("space")
        (words,) = claim(screen)["kind"]["evidence"]
        assert len(words["text"].split()) == 2


async def test_in_a_text_the_keys_step_and_take_before_anything_is_typed(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C k tab tab")
        assert in_focus(screen) == "Place"
        assert screen.hint.startswith("Space takes “Tal Amrit”  . next, 1 of 2")
        await screen.press(". space")
        assert claim(screen)["place"]["value"] == "Tal Sus"
        await screen.press("B")
        await screen.press("backspace . ; space x")
        place = claim(screen)["place"]
        assert place["value"] == "Tal Su.; x"
        assert "candidate" not in place


async def test_in_a_date_a_point_is_typed_once_something_stands_there(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C k tab tab tab")
        assert in_focus(screen) == "Day"
        await screen.press("2 0 1 6 - 1 2 . . ")
        day = claim(screen)["day"]
        assert (day["start"], day["end"]) == ("2016-12-01", "2016-12-21")


async def test_undo_takes_what_the_key_gave_back_at_once(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("S C")
        before = coding(screen)
        await screen.press("space U")
        assert coding(screen) == before
        assert in_focus(screen) == "Kind"


async def test_without_words_to_offer_the_keys_say_so(path: Path) -> None:
    async with coding_screen(path) as screen:
        await screen.press("} } .")
        assert screen.message == "No words of this passage are offered for this question."
        await screen.press(";")
        assert screen.message == "No words of this passage are offered for this question."


async def test_what_the_key_would_take_is_always_in_sight(tmp_path: Path) -> None:
    far = "The morning was quiet in the village. " * 60 + "In the evening a raid began."
    async with coding_screen(make_project(tmp_path / "far.db", OFFERS, [far])) as screen:
        assert ">raid" in screen.body
        await screen.press(",")
        assert ">raid" not in screen.body
        assert "The morning was quiet" in screen.body


async def test_the_text_stays_where_the_words_just_taken_are_until_the_coder_moves_in_it(
    tmp_path: Path,
) -> None:
    far = "The morning was quiet in the village. " * 60 + "In the evening a raid began."
    async with coding_screen(make_project(tmp_path / "far.db", OFFERS, [far])) as screen:
        await screen.press("space")
        assert "In the evening a raid began" in screen.body
        for _ in range(3):
            await screen.press("tab")
            assert "In the evening a raid began" in screen.body
        await screen.press("right")
        assert "In the evening a raid began" not in screen.body
        await screen.press("tab")
        assert "In the evening a raid began" not in screen.body
