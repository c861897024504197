"""Notes in several lines, and the cursor in every text that is typed."""

from pathlib import Path

import pytest
from textual.events import Paste

from annotator.tui.actions import CODING
from annotator.tui.keymap import KEYMAPS, Keymap
from projects import LIGHT, copied, make_project, session_on
from screens import Driver, coding_screen


@pytest.fixture(scope="module")
def light_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("light") / "light.db", LIGHT)


@pytest.fixture
def light(light_file: Path, tmp_path: Path) -> Path:
    return copied(light_file, tmp_path)


async def paste(driver: Driver, text: str) -> None:
    driver.screen.post_message(Paste(text))
    await driver.pilot.pause()


def foot(driver: Driver, lines: int) -> list[str]:
    """The last lines of the screen above the keys, the last of them the message."""
    return [*driver.body.split("\n")[1 - lines :], driver.message]


@pytest.mark.parametrize("name", KEYMAPS)
async def test_a_note_has_as_many_lines_as_it_is_given(light: Path, name: str) -> None:
    async with coding_screen(light, keymap=Keymap(CODING, name)) as driver:
        await driver.press('" o n e down t w o down down')
        title, *rows = foot(driver, 4)
        assert title == "─ Note on the passage " + "─" * 58
        assert [row.strip() for row in rows] == ["one", "two", "_"]
        assert "Shells fell" in driver.body
        await driver.press("up home x delete end backspace enter")
    with session_on(light) as session:
        assert session.coding.note == "one\nxw"


async def test_the_cursor_goes_up_and_down_in_the_rows_that_are_seen(light: Path) -> None:
    async with coding_screen(light, size=(60, 20)) as driver:
        await driver.press("s N")
        await driver.type("word " * 14)
        await driver.press("up home X down end Y enter")
    with session_on(light) as session:
        note = session.coding.answers["perpetrator"].note
        assert note == "X" + "word " * 14 + "Y"


async def test_of_a_long_note_no_more_than_a_third_of_the_screen_is_shown(light: Path) -> None:
    async with coding_screen(light, size=(80, 24)) as driver:
        await driver.press('"')
        await paste(driver, "\n".join(str(number) for number in range(1, 20)))
        assert driver.message == "19_"
        title = foot(driver, 8)[0]
        assert title.startswith("─ Note on the passage (13-19 of 19) ──")
        assert "Shells fell" in driver.body


async def test_a_pasted_text_keeps_its_lines_in_a_note_and_nothing_a_terminal_obeys(
    light: Path,
) -> None:
    async with coding_screen(light) as driver:
        await driver.press('" < > left')
        await paste(driver, "\nfirst  line\r\n\r\nsecond\x1b[31m \u202eline\n")
        await driver.press("enter")
    with session_on(light) as session:
        assert session.coding.note == "<first line\n\nsecond[31m line>"


async def test_what_was_typed_in_the_middle_is_there_after_a_restart(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press('" a c left b down d ctrl+q')
    async with coding_screen(light) as driver:
        assert [row.strip() for row in foot(driver, 2)] == ["abc", "d_"]
        await driver.press("enter")
    with session_on(light) as session:
        assert session.coding.note == "abc\nd"


async def test_the_terminals_cursor_follows_the_one_in_the_note(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press('" a b down c up left')
        assert driver.screen.app.cursor_position == (1, 21)
        await driver.press("down end")
        assert driver.screen.app.cursor_position == (2, 22)


async def test_a_note_of_several_lines_is_read_beside_the_questions_line_by_line(
    light: Path,
) -> None:
    async with coding_screen(light, size=(120, 24)) as driver:
        await driver.press("s N o n e down t w o enter")
        column = [row.split("│")[-1].strip() for row in driver.body.split("\n")]
        assert column[column.index("Note: one") + 1] == "two"


async def test_a_text_of_one_line_is_mended_in_the_middle_and_stays_one_line(light: Path) -> None:
    async with coding_screen(light) as driver:
        await driver.press("/ s h l l left left e")
        assert driver.message == "Find in the passage: shell"
        await driver.press("up X down Y home delete left backspace end backspace")
        assert driver.message == "Find in the passage: shell_"
        await paste(driver, " one\ntwo")
        assert driver.message == "Find in the passage: shellone two_"


async def test_the_cursor_of_a_line_too_long_for_its_row_is_in_view(light: Path) -> None:
    async with coding_screen(light, size=(60, 16)) as driver:
        await driver.press("/")
        await driver.type("北京" * 20 + "end")
        assert driver.message.endswith("京end_")
        await driver.press("home")
        assert driver.message.startswith("Find in the passage: 北京北")
