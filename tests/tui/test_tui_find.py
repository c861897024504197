"""Finding on the coding screen: codes, words of the passage, own passages, places to jump to."""

import time
from pathlib import Path
from string import ascii_lowercase

import pytest
from textual.message_pump import MessagePump

from annotator.store.corpus import reports
from annotator.store.desk_queue import OwnPassage
from annotator.store.project import open_project
from annotator.store.tags import tag_passages
from annotator.tui.coding import CodingScreen
from annotator.work.own_passages import OwnPassages
from projects import LIGHT, SEED_REPORT, copied, make_project
from screens import Driver, coding_screen


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("projects") / "light.db", LIGHT, SEED_REPORT)


@pytest.fixture
def light(made: Path, tmp_path: Path) -> Path:
    return copied(made, tmp_path)


def current(screen: Driver) -> str:
    """The line of a list that would be taken; above it stands what is typed."""
    return [row for row in screen.body.split("\n") if row.startswith("> ")][-1]


def lit(screen: Driver) -> list[str]:
    """What is looked for, as it stands lit up on the screen."""
    lines = screen.screen.body.lines
    return [text for row in lines for text, style in row if style.endswith("found")]


# --- codes ---------------------------------------------------------------------------------------


async def test_a_code_is_found_by_label_cue_or_definition_and_taken_with_the_marked_words(
    light: Path,
) -> None:
    async with coding_screen(light) as screen:
        first = screen.screen.session.item.text
        await screen.press(", space right")
        await screen.type("@sniper")
        assert "include: " in screen.body
        # The passage stays in view above the list.
        assert "Aleppo" in screen.body
        await screen.press("enter")
        answer = screen.screen.session.row.answer
        assert len(answer.value) == 1
        assert [span.text for span in answer.evidence] == [" ".join(first.split()[:2])]
        await screen.type("@بَراميل")
        assert "arrel" in current(screen)
        await screen.press("enter")
        assert len(screen.screen.session.row.answer.value) == 2


async def test_the_list_of_codes_says_which_are_chosen_and_what_the_current_one_means(
    light: Path,
) -> None:
    async with coding_screen(light) as screen:
        await screen.press("a")
        await screen.type("@")
        rows = screen.body.split("\n")
        assert any(row.startswith(("> * ", "  * ")) for row in rows)
        assert any("include:" in row or "exclude:" in row for row in rows)
        before = screen.body
        await screen.press("escape")
        assert screen.body != before


async def test_a_question_without_codes_says_so(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("tab tab")
        assert await screen.press("@") == "This question has no codes to choose from."


# --- words ---------------------------------------------------------------------------------------


async def test_words_light_up_while_they_are_typed_and_are_gone_through(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.type("/ALEPPO")
        found = lit(screen)
        assert found
        assert {word.casefold() for word in found} == {"aleppo"}
        assert screen.screen.message.startswith("1 of ")
        total = int(screen.screen.message.rpartition(" ")[2])
        await screen.press("enter")
        first = screen.screen.text.cursor
        assert (await screen.press("*")) == f"2 of {total}"
        assert screen.screen.text.cursor > first
        assert (await screen.press("#")) == f"1 of {total}"
        assert screen.screen.text.cursor == first
        assert (await screen.press("#")) == f"{total} of {total}"


async def test_a_search_that_is_left_puts_everything_back(light: Path) -> None:
    async with coding_screen(light) as screen:
        at = screen.screen.text.cursor
        await screen.type("/aleppo")
        assert lit(screen)
        await screen.press("escape")
        assert not lit(screen)
        assert screen.screen.text.cursor == at
        await screen.type("/qqq")
        assert screen.screen.message == "That stands nowhere in this passage."
        await screen.press("enter")
        assert "stands nowhere" in await screen.press("*")


async def test_without_a_search_there_is_no_next_match(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert await screen.press("*") == "/ first: it looks for words."


# --- passages ------------------------------------------------------------------------------------


async def test_a_passage_is_gone_to_by_its_place_or_by_report_and_number(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.type("G3")
        await screen.press("enter")
        assert "¶3/5" in screen.status
        await screen.type("Galeppo 5")
        await screen.press("enter")
        assert "¶5/5" in screen.status
        for wrong, said in (
            ("9", "Your queue ends with 5."),
            ("homs 1", "You have no passage 1 of a report called “homs”."),
            ("there", "“there” names no passage; write its place, such as 12, or a report and"),
        ):
            await screen.type(f"G{wrong}")
            await screen.press("enter")
            assert screen.screen.message.startswith(said)
            assert "¶5/5" in screen.status
        # A refusal keeps nothing on the line.
        assert screen.screen.prompt is None


def empty(screen: Driver) -> None:
    """Take away what is typed in a list, and one more, which closes it."""
    for _ in range(20):
        screen.screen.take_key("backspace")


async def test_own_passages_are_listed_narrowed_and_opened(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("a D } T } E 1")
        await screen.type("L")
        assert screen.body.count("¶") == 5
        for word, numbers in (
            ("unsure", "1"),
            ("flagged", "2"),
            ("skipped", "3"),
            ("begun", "1"),
            ("open flagged", "2"),
            ("done", ""),
        ):
            empty(screen)
            await screen.type(f"L{word}")
            rows = [row for row in screen.body.split("\n")[2:] if "¶" in row]
            assert [row.split("¶")[1][0] for row in rows] == list(numbers), word
        empty(screen)
        await screen.type("Lflagged")
        await screen.press("enter")
        assert "¶2/5" in screen.status
        # The list comes back as it was narrowed.
        await screen.press("L")
        assert "> flagged" in screen.body


async def test_the_list_of_own_passages_is_read_on_between_keys_and_then_no_more(
    light: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, asked = OwnPassages.more, []

    def slowly(passages: OwnPassages) -> list[OwnPassage]:
        time.sleep(0.05)
        return read(passages)

    def counted(screen: CodingScreen, delay: float, *what: object, **more: object) -> object:
        asked.append(delay)
        return MessagePump.set_timer(screen, delay, *what, **more)

    async def all_listed() -> None:
        until = time.monotonic() + 10
        while "of 5)" not in screen.body and time.monotonic() < until:
            await screen.pilot.pause(0.1)
        await screen.pilot.pause(0.2)
        assert screen.body.count("¶") == 5

    monkeypatch.setattr(OwnPassages, "more", slowly)
    monkeypatch.setattr("annotator.work.own_passages.PAGE", 1)
    async with coding_screen(light) as screen:
        monkeypatch.setattr(CodingScreen, "set_timer", counted)
        await screen.press("L")
        await all_listed()
        # One page each time, the first of them with the key.
        assert len(asked) == 5
        asked.clear()
        await screen.pilot.pause(0.3)
        assert not asked, "a list that was read to its end is looked at no more"
        await screen.type("a")
        await all_listed()
        assert len(asked) == 5
        await screen.press("escape")
        asked.clear()
        await screen.pilot.pause(0.3)
        assert not asked, "nor is one that was put away"


async def test_what_own_passages_can_be_narrowed_by_is_said_in_full_while_nothing_is_typed(
    light: Path,
) -> None:
    async with coding_screen(light, size=(80, 24)) as screen:
        await screen.press("L")
        words = "open begun done changed flagged skipped unsure warned noted, or any words"
        assert screen.body.split("\n")[1].rstrip() == f"> _  {words}"
        await screen.type("b")
        assert screen.body.split("\n")[1].rstrip() == "> b_"


async def test_own_passages_are_found_by_the_words_in_them(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.type("Lqqqq")
        assert "No passage of yours is like that." in screen.body


# --- jumping -------------------------------------------------------------------------------------


async def test_a_letter_goes_to_a_question_or_a_sentence(light: Path) -> None:
    async with coding_screen(light) as screen:
        assert (await screen.press("H")).startswith("Press a letter")
        rows = sum(
            row[:1] == letter for row, letter in zip(screen.column, ascii_lowercase, strict=False)
        )
        assert rows > 1
        await screen.press("b")
        assert ">" in screen.column[1][:3]
        start = screen.screen.text.cursor
        await screen.press("down down")
        assert screen.screen.text.cursor > start
        await screen.press(f"H {ascii_lowercase[rows]}")
        assert screen.screen.text.cursor == start
        coding = screen.screen.session.coding
        assert await screen.press("H ,") == "You are where you were."
        assert screen.screen.session.coding == coding


async def test_the_list_begins_at_the_open_passage_and_shows_no_graphic_text(light: Path) -> None:
    with open_project(light) as project:
        key = reports(project)[0].key
        tag_passages(project, "graphic", [(key, 3)], actor="lina")
    async with coding_screen(light) as screen:
        await screen.press("} L")
        assert current(screen).startswith("> 2. ")
        await screen.press("down")
        assert "(tagged as graphic by the lead)" in current(screen)
        assert screen.body.count("(tagged as graphic by the lead)") == 2
