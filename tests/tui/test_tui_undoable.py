"""Whatever the registry calls undoable is taken back whole by the key that undoes."""

from pathlib import Path

import pytest

from annotator.coding.form import to_form
from annotator.tui.actions import CODING
from annotator.work.session import CodingSession
from claim_projects import CHECKED
from projects import CLAIMS, LIGHT, copied, make_project
from screens import coding_screen

KILLED = "C S space k 4 tab 1 enter"
SCENES = {
    "answer.enter": ("light", "s 3", ""),
    "answer.none": ("light", "", ""),
    "answer.state": ("light", "", ""),
    "answer.clear": ("light", "s", ""),
    "answer.unsure": ("light", "s", ""),
    "answer.note": ("light", "s", "w h y enter"),
    "answer.find": ("light", "", "enter"),
    "answer.recent": ("light", "s X", "1"),
    "answer.repeat": ("light", "s 3 enter", ""),
    "mark.toggle": ("light", "s B space", ""),
    "record.add": ("claims", "", ""),
    "record.add_outer": ("claims", "", ""),
    "record.copy": ("claims", "C", ""),
    "record.remove": ("claims", "C", ""),
    "record.up": ("claims", "C C", ""),
    "record.down": ("claims", "C C [", ""),
    "check.stand": ("checked", f"{KILLED} enter b a", "s e e n enter"),
    "check.take": ("checked", f"{KILLED} enter u b", ""),
    "passage.flag": ("light", "", ""),
    "passage.skip": ("light", "", "1"),
    "passage.note": ("light", "", "w h y enter"),
}
"""For each undoable action: a project, the keys before it, and the keys that complete it."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("projects")
    books = {"light": LIGHT, "claims": CLAIMS, "checked": CHECKED}
    return {name: make_project(folder / f"{name}.db", book) for name, book in books.items()}


def undoable() -> list[str]:
    return [action.id for group in CODING for action in group.actions if action.undoable]


def test_there_is_a_scene_for_every_undoable_action() -> None:
    assert sorted(SCENES) == sorted(undoable())


def state(session: CodingSession | None) -> tuple[object, ...]:
    """What is decided about the open passage, and which one that is.

    Not whether it was submitted: what was submitted stands, and undoing opens it again.
    """
    assert session is not None
    item = session.item
    return item.assignment_id, item.flagged, item.skipped, to_form(session.coding)


@pytest.mark.parametrize("action_id", undoable())
async def test_undo_takes_an_undoable_action_back_whole(
    action_id: str, files: dict[str, Path], tmp_path: Path
) -> None:
    name, before, completing = SCENES[action_id]
    action = next(one for group in CODING for one in group.actions if one.id == action_id)
    async with coding_screen(copied(files[name], tmp_path)) as screen:
        await screen.press(before)
        session = screen.screen.session  # type: ignore[attr-defined]
        was = state(session)
        await screen.press(f"{action.keys[0]} {completing}")
        assert state(session) != was, screen.message
        await screen.press("U")
        assert state(session) == was, screen.message
