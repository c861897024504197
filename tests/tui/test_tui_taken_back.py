"""A passage that the lead takes back while its coder has it open on the screen."""

from pathlib import Path

import pytest

from annotator.errors import AnnotatorError
from annotator.store.assignments import take_back
from annotator.store.corpus import iter_passages
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from projects import LIGHT, make_project, session_on
from screens import coding_screen


@pytest.fixture
def light(tmp_path: Path) -> Path:
    return make_project(tmp_path / "light.db", LIGHT)


def take(path: Path, *numbers: int) -> None:
    with open_project(path) as project:
        [row] = rounds(project)
        given = [(one.report_key, one.number, 1) for one in iter_passages(project)]
        own = [given[number - 1] for number in numbers]
        assert take_back(project, row.id, "amal", own, "lead", "idle") == len(own)


async def test_a_key_on_it_says_so_and_the_coder_goes_on_with_the_next(light: Path) -> None:
    async with coding_screen(light) as screen:
        await screen.press("s")
        take(light, 1)
        await screen.press("a")
        told = " ".join(f"{screen.body} {screen.message}".split())
        assert "Not saved: amal has no such passage" in told
        assert "the lead took it back; go on to the next." in told
        await screen.press("}")
        assert "Residents of Dayr Nahr" in screen.body
        assert "done 0/2" in screen.status
        assert await screen.press("s 3 enter") == "Submitted."
        assert "done 1/2" in screen.status
        await screen.press("Q")
    with session_on(light) as session:
        assert session.progress.assigned == 2
        assert session.progress.done == 1


async def test_a_coder_of_whom_all_was_taken_back_is_told_who_gives_passages(light: Path) -> None:
    async with coding_screen(light) as screen:
        take(light, 1, 2, 3)
        assert "last passage" in await screen.press("}")
        await screen.press("Q")
    with pytest.raises(AnnotatorError, match="let the lead give some"), session_on(light):
        pass
