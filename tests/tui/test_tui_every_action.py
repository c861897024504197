"""Every action of the registry pressed on its screen: its key reaches it and does something.

What exactly comes of it is told by the tests of each part; here none can be left out.
"""

from dataclasses import replace
from pathlib import Path

import pytest

from annotator.coding.model import Span
from annotator.store.project import open_project
from annotator.tui.actions import CODING, DESK, REVIEW
from annotator.tui.keymap import Keymap
from annotator.tui.registry import Action, Context
from annotator.tui.shared_actions import SHOW
from claim_projects import CHECKED
from known_truth import NO_MARKS, known_truth_project
from projects import LIGHT, code_light, copied, make_project, session_on
from screens import Driver, coding_screen, desk_screen, review_screen
from training_projects import Trainee, right, training_project

PARAGRAPH = (
    "Shells fell on the market of Tal Amrit and killed four people, the council said, and a child "
    "was among them. Nine more were wounded. Mines killed two people on the road to Dayr Nahr. "
)
LONG = "\n".join([PARAGRAPH * 3] * 6)
PASSAGES = (LONG, f"On Monday it was the same. {LONG}", "The weather was cold.")

CLAIM = "C S space k 4 tab 1 enter"
HELP, LIST, LINE = "?", ":", "N w h y"
ANSWERED = "s"

IN_A_LINE = {
    "prompt.keep": LINE,
    "prompt.leave": LINE,
    "prompt.erase": LINE,
    "prompt.delete": f"{LINE} left",
    "prompt.left": LINE,
    "prompt.right": f"{LINE} left",
    "prompt.row_start": LINE,
    "prompt.row_end": f"{LINE} home",
    "prompt.up": f"{LINE} down n o",
    "prompt.down": f"{LINE} home",
}
"""The keys before each action in a note: what is typed, and where to."""

CODING_SCENES = {
    "answer.enter": ("light", "s 3"),
    "answer.previous": ("light", "tab"),
    "answer.clear": ("light", ANSWERED),
    "answer.unsure": ("light", ANSWERED),
    "answer.note": ("light", ANSWERED),
    "answer.recent": ("light", ANSWERED),
    "answer.repeat": ("light", "s 3 enter"),
    "answer.undo": ("light", ANSWERED),
    "answer.redo": ("light", "s U"),
    "candidate.next": ("light", "tab tab"),
    "candidate.previous": ("light", "tab tab"),
    "text.next_match": ("light", "/ k i l l e d enter"),
    "text.previous_match": ("light", "/ k i l l e d enter"),
    "mark.swap": ("light", "S"),
    "mark.trim": ("light", "S"),
    "mark.grow": ("light", ", right right space right"),
    "mark.drop": ("light", "S"),
    "cursor.left": ("light", "right"),
    "cursor.up": ("light", "down"),
    "cursor.line_start": ("light", "right"),
    "cursor.previous_sentence": ("light", ")"),
    "cursor.previous_paragraph": ("light", "+ +"),
    "cursor.page_up": ("light", "pagedown"),
    "text.enter": ("vi", ""),
    "text.leave": ("vi", "escape"),
    "record.add": ("checked", ""),
    "record.add_outer": ("checked", ""),
    "record.copy": ("checked", CLAIM),
    "record.remove": ("checked", CLAIM),
    "record.up": ("checked", f"{CLAIM} C"),
    "record.down": ("checked", f"{CLAIM} C [ ["),
    "record.next": ("checked", f"{CLAIM} C [ ["),
    "record.previous": ("checked", CLAIM),
    "check.stand": ("checked", f"{CLAIM} enter b a"),
    "check.take": ("checked", f"{CLAIM} enter u b"),
    "check.list": ("checked", CLAIM),
    "passage.previous": ("light", "}"),
    "show.answer": ("training", "{"),
    "panel.down": ("light", HELP),
    "panel.up": ("light", f"{HELP} down"),
    "panel.page_down": ("light", HELP),
    "panel.page_up": ("light", f"{HELP} end"),
    "panel.top": ("light", f"{HELP} end"),
    "panel.bottom": ("light", HELP),
    "panel.find": ("light", HELP),
    "panel.next_match": ("light", f"{HELP} / p a s s enter"),
    "panel.previous_match": ("light", f"{HELP} / p a s s enter"),
    "panel.close": ("light", HELP),
    "choice.down": ("light", LIST),
    "choice.up": ("light", f"{LIST} down"),
    "choice.page_down": ("light", LIST),
    "choice.page_up": ("light", f"{LIST} end"),
    "choice.top": ("light", f"{LIST} end"),
    "choice.bottom": ("light", LIST),
    "choice.take": ("light", f"{LIST} f l a g"),
    "choice.leave": ("light", LIST),
    "choice.erase": ("light", f"{LIST} f"),
    **{action: ("light", f"{ANSWERED} {keys}") for action, keys in IN_A_LINE.items()},
}
"""The project and the keys before it of each action that does nothing on a passage just opened."""

REVIEW_BEFORE = {
    "part.previous": "tab",
    "part.settle": "b tab b",
    "reason.drop": "1",
    "settlement.undo": "1 s",
    "settlement.redo": "1 s U",
    "unanimous.take": "O s a m p l e enter backspace 1 0 0 enter L s a m p l e enter",
    "case.pass_on": "O g i v e n enter",
    "text.up": "pagedown",
    "words.next": "K K K K",
    "words.previous": "K K K K",
    "case.previous": "}",
    **{action: keys for action, (_, keys) in CODING_SCENES.items() if action.startswith("panel.")},
    **{action: keys for action, (_, keys) in CODING_SCENES.items() if action.startswith("choice.")},
    "choice.take": f"{LIST} n e x t",
    **IN_A_LINE,
}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Passages of every length, and the same coded by two who differ."""
    folder = tmp_path_factory.mktemp("projects")
    light, checked, coded = (folder / f"{name}.db" for name in ("light", "checked", "coded"))
    make_project(light, LIGHT, PASSAGES)
    make_project(checked, CHECKED, PASSAGES)
    make_project(coded, LIGHT, PASSAGES)
    for coder, codes in (("amal", ("s3", "a1", "-|-")), ("basim", ("u3", "r2", "-|-"))):
        with session_on(coded, coder) as session:
            code_light(session, codes[0])
            # Words behind the answers that differ most, further down than the window shows.
            start, text = session.item.start, session.item.text
            session.press(codes[1][0], Span(start + 1500, start + 1506, text[1500:1506]))
            code_light(session, f"|{codes[1][1]}", codes[2])
    training = training_project(folder / "training.db")
    with open_project(training) as project:
        trainee = Trainee(project)
        trainee.answer(right)
        trainee.session.learned()
    # Here coders gave passages back that another one could get.
    given = known_truth_project(
        folder / "given.db", coders=3, passages=6, marks=replace(NO_MARKS, skipped=0.5)
    )
    return {
        "light": light,
        "vi": light,
        "checked": checked,
        "coded": coded,
        "training": training,
        "given": given.path,
    }


DESK_BEFORE = {
    "pane.go": "2",
    "row.up": "3 down",
    "row.page_up": "3 end",
    "row.top": "3 end",
    "cell.right": "5",
    "cell.left": "5 right",
    "row.down": "3 home",
    "row.page_down": "3 home",
    "row.bottom": "3 home",
    "question.next": "5",
    "row.open": "7",
    "show.codebook": "5",
}


def ids(groups: object) -> list[str]:
    assert isinstance(groups, tuple)
    return [action.id for group in groups for action in group.actions]


def seen(screen: Driver) -> tuple[object, ...]:
    """All that there is to see, but for the sentence that says what came of a key."""
    work = screen.screen
    typed = work.prompt.typing if work.prompt is not None else None
    return screen.status, work.body.lines, screen.hint, typed, work.app.cursor_position


async def assert_it_does_something(screen: Driver, action: Action, key: str) -> None:
    done: list[str] = []
    work = getattr(screen.screen, action.method)

    def noted() -> None:
        done.append(action.id)
        work()

    setattr(screen.screen, action.method, noted)
    before, app = seen(screen), screen.screen.app
    await screen.press(key)
    assert done == [action.id], f"{key} did {done}; it says {screen.message}"
    if action.id == "app.quit":
        assert app._exit
        return
    assert screen.screen.message_style != "refused", screen.message
    if action.id == "show.redraw":
        # What it sends is seen on a terminal that was written over (test_screen_bytes).
        assert screen.message == "Painted anew."
        return
    assert seen(screen) != before, f"nothing came of {key}"


@pytest.mark.parametrize("action_id", ids(CODING))
async def test_every_action_of_the_coding_screen_is_reached_by_its_key_and_does_something(
    action_id: str, files: dict[str, Path], tmp_path: Path
) -> None:
    name, before = CODING_SCENES.get(action_id, ("light", ""))
    keymap = Keymap(CODING, "vi" if name == "vi" else "arrows")
    action = keymap.action(action_id)
    key = (keymap.keys(action) or keymap.text_keys(action))[0]
    async with coding_screen(copied(files[name], tmp_path), keymap=keymap) as screen:
        await screen.press(before)
        await assert_it_does_something(screen, action, key)


def of_review(context: Context) -> list[str]:
    return ids(tuple(group for group in REVIEW if group.context is context))


@pytest.mark.parametrize("action_id", of_review(Context.ANSWERING))
async def test_every_action_of_the_review_screen_is_reached_by_its_key_and_does_something(
    action_id: str, files: dict[str, Path], tmp_path: Path
) -> None:
    keymap = Keymap(REVIEW)
    action = keymap.action(action_id)
    name = "given" if action_id == "case.pass_on" else "coded"
    async with review_screen(copied(files[name], tmp_path), keymap=keymap) as screen:
        await screen.press(REVIEW_BEFORE.get(action_id, ""))
        await assert_it_does_something(screen, action, keymap.keys(action)[0])


@pytest.mark.parametrize("context", [Context.PANEL, Context.CHOOSING, Context.PROMPT])
async def test_every_action_over_the_review_does_something_there_too(
    context: Context, files: dict[str, Path], tmp_path: Path
) -> None:
    # One screen for all: what lies over the work changes nothing of it.
    keymap = Keymap(REVIEW)
    async with review_screen(copied(files["coded"], tmp_path), keymap=keymap) as screen:
        for action_id in of_review(context):
            action = keymap.action(action_id)
            for key in REVIEW_BEFORE[action_id].split():
                screen.screen.take_key(key)
            await assert_it_does_something(screen, action, keymap.keys(action)[0])
            work = screen.screen
            work.panel = work.chooser = work.prompt = None
            work.paint()


def test_no_scene_is_of_an_action_that_is_gone() -> None:
    assert set(CODING_SCENES) <= set(ids(CODING))
    assert set(REVIEW_BEFORE) <= set(ids(REVIEW))


async def test_every_action_of_the_desk_is_reached_by_its_key_and_does_something(
    files: dict[str, Path], tmp_path: Path
) -> None:
    keymap = Keymap(DESK)
    async with desk_screen(copied(files["coded"], tmp_path), keymap=keymap) as screen:
        for action_id in sorted(ids((*DESK[:2], SHOW)), key=lambda one: one == "app.quit"):
            await screen.press(f"escape 1 {DESK_BEFORE.get(action_id, '')}")
            action = keymap.action(action_id)
            if action_id == "row.settle":
                await screen.press("7 V")
                assert screen.screen.app.screen is not screen.screen
                await screen.press("Q")
            else:
                await assert_it_does_something(screen, action, keymap.keys(action)[0])
