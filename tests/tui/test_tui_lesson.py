"""Training on the coding screen: the known answer after each passage, and the result."""

import pytest

from annotator.store.assessments import assessments
from annotator.store.project import open_project
from hostile import SEEN_COMMAND, UNSEEN
from projects import LIGHT, make_project
from screens import coding_screen
from training_projects import THREE, spoil_answers, training_project


@pytest.fixture
def path(tmp_path):
    return training_project(tmp_path / "t.db")


async def answer(driver, keys):
    """Answer a passage from its first question, and submit it."""
    await driver.press(keys)
    while driver.screen.panel is None:
        before = driver.screen.session.row.place
        await driver.press("enter")
        assert driver.screen.panel or driver.screen.session.row.place != before, driver.message


async def test_the_answer_is_shown_before_the_next_passage_differences_first(path):
    async with coding_screen(path) as driver:
        await answer(driver, "a tab 1 tab 8")
        lines = driver.body.split("\n")
        assert "The known answer of Example one ¶1" in lines[0]
        assert "One answer differs" in lines[1]
        body = driver.body
        assert body.index("Killed") < body.index("you") < body.index("answer  9")
        assert body.index("answer  9") < body.index("Why it is hard") < body.index("Both say")
        assert "Umm Tin" not in body, "the next passage shows before the answer was read"
        assert driver.hint == "↑ ↓ scroll  Enter on to the next passage"
        await driver.press("enter")
        assert "Umm Tin" in driver.body
        assert driver.screen.panel is None


async def test_no_other_key_goes_past_the_answer(path):
    async with coding_screen(path) as driver:
        await answer(driver, "a tab 1 tab 9")
        before = driver.screen.session.coding
        for key in ("a", "1", "tab", "}", "minus", "X", "&"):
            await driver.press(key)
            assert driver.screen.panel is not None
            assert "goes on to the next passage" in driver.message
        assert driver.screen.session.coding == before
        assert await driver.press("down") == ""
        await driver.press("up escape")
        assert driver.screen.panel is None


async def test_an_answer_that_was_not_read_waits_over_a_restart(path):
    async with coding_screen(path) as driver:
        await answer(driver, "a tab 1 tab 8")
        await driver.press("ctrl+c")
    async with coding_screen(path) as driver:
        assert "The known answer of Example one" in driver.body
        await driver.press("enter")
        assert "Umm Tin" in driver.body
    async with coding_screen(path) as driver:
        assert driver.screen.panel is None


async def test_at_the_end_the_result_stands_with_every_code(path):
    async with coding_screen(path) as driver:
        for keys in ("a tab 1 tab 9", "l tab 1 tab 1", "minus tab minus"):
            await answer(driver, keys)
            await driver.press("enter")
        assert "Result of the training" in driver.body
        # Eight codes in the answers; of the cause a mine was missed and an air strike added.
        assert "Passed: agreement with the known answers 0.88, needed 0.8." in driver.body
        assert "found missed  added" in driver.body
        (mine,) = (row for row in driver.body.split("\n") if "Cause of death: Mine" in row)
        assert mine.split()[-3:] == ["0", "1", "0"]
        await driver.press("escape")
        assert driver.screen.panel is None
    async with coding_screen(path) as driver:
        assert driver.message == "Passed: agreement with the known answers 0.88, needed 0.8."
    with open_project(path) as project:
        (row,) = assessments(project)
        assert (row.coder, row.body["submitted"]) == ("amal", 3)


async def test_the_answer_can_be_looked_at_again(path):
    async with coding_screen(path) as driver:
        assert await driver.press("&") == "Submit the passage to see its answer."
        await answer(driver, "a tab 1 tab 9")
        await driver.press("enter")
        await driver.press("{")
        await driver.press("&")
        assert "The known answer" in driver.body
        assert "As the known answer." in driver.body
        await driver.press("&")
        assert driver.screen.panel is None


async def test_in_any_other_round_there_is_no_answer_to_look_at(tmp_path):
    path = make_project(tmp_path / "m.db", LIGHT)
    async with coding_screen(path) as driver:
        assert await driver.press("&") == "There are no answers to look at in this round."


@pytest.mark.parametrize("size", [(60, 16), pytest.param((200, 60), marks=pytest.mark.slow)])
async def test_it_can_be_read_in_windows_of_every_size(path, size):
    async with coding_screen(path, size=size) as driver:
        await answer(driver, "a tab 1 tab 8")
        assert "One answer differs" in driver.body
        await driver.press("end")
        assert "Tal Amrit" in driver.body


async def test_what_would_steer_a_terminal_is_spelled_out(tmp_path):
    path = training_project(tmp_path / "t.db", THREE)
    spoil_answers(path)
    async with coding_screen(path) as driver:
        await answer(driver, "a tab 1 tab 9")
        shown = driver.body
        assert SEEN_COMMAND in shown
        assert "<U+202A>" in shown
        assert not {letter for letter in shown if letter < " "} - {"\n"}
        assert not set(UNSEEN) & set(shown)
