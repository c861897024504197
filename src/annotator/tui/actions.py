"""Everything a key can do on a screen, in one place.

Key handling, the hint line, the `?` panel, `docs/keys.md` and `annotator keys` all read these
objects, so none of them can say something else than the others. Pure data: importing this loads no
screen.

One rule keeps keys and codebooks apart: **small letters and digits answer** (they belong to the
codebook), **capitals, signs, arrows, Tab and Enter command**. Nothing needs ctrl, alt or an F-key.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a key can do.

    `keys` are key names as a terminal sends them: a printable character, or one of `space`,
    `enter`, `tab`, `shift+tab`, `escape`, `backspace`, `delete`, `left`, …. `short` is the word on
    the hint line; an action without one is not shown there. The screen's method for the action
    `answer.undo` is `do_answer_undo`.
    """

    id: str
    keys: tuple[str, ...]
    title: str
    help: str
    short: str = ""

    @property
    def method(self) -> str:
        """The name of the screen's method that does it."""
        return "do_" + self.id.replace(".", "_")


@dataclass(frozen=True, slots=True)
class Group:
    """Actions that belong together under one heading."""

    title: str
    actions: tuple[Action, ...]


_MOVE = Group(
    "Move in the text",
    (
        Action("cursor.right", ("right",), "Next word", "Go one word on in the passage."),
        Action("cursor.left", ("left",), "Previous word", "Go one word back in the passage."),
        Action("cursor.down", ("down",), "Line down", "Go one line down in the passage."),
        Action("cursor.up", ("up",), "Line up", "Go one line up in the passage."),
        Action(
            "cursor.line_start", ("home",), "Start of line", "Go to the first word of the line."
        ),
        Action("cursor.line_end", ("end",), "End of line", "Go to the last word of the line."),
        Action("cursor.next_sentence", (")",), "Next sentence", "Go to the next sentence."),
        Action("cursor.previous_sentence", ("(",), "Previous sentence", "Go one sentence back."),
        Action("cursor.page_down", ("pagedown",), "Page down", "Go a screenful down."),
        Action("cursor.page_up", ("pageup",), "Page up", "Go a screenful up."),
    ),
)

_MARK = Group(
    "Mark words as evidence",
    (
        Action(
            "mark.toggle",
            ("space",),
            "Mark words",
            "Begin to mark at this word; move to extend; press again to put the marked words "
            "behind the answer (the same words again takes them away). A code picked while words "
            "are marked takes them as its evidence.",
            "mark",
        ),
        Action("mark.sentence", ("S",), "Mark the sentence", "Mark the sentence the cursor is in."),
        Action("mark.passage", ("P",), "Mark the passage", "Mark the whole passage."),
        Action("mark.drop", ("escape", ","), "Drop the mark", "Forget what is being marked."),
    ),
)

_ANSWER = Group(
    "Answer",
    (
        Action(
            "answer.enter",
            ("enter",),
            "Submit, go on",
            "Submit the passage and open the next one. In a field: go to the next question first. "
            "While something is missing: go to it.",
            "submit",
        ),
        Action("answer.next", ("tab",), "Next question", "Go to the next question.", "next"),
        Action(
            "answer.previous", ("shift+tab", "B"), "Question back", "Go to the previous question."
        ),
        Action(
            "answer.none",
            ("-",),
            "None of these",
            "Say that none of the codes applies. That is an answer; an untouched question is not. "
            "Where only one answer can stand, as in a count, it says not stated.",
            "none",
        ),
        Action(
            "answer.state",
            ("!",),
            "Not stated, unknown, n/a",
            "Answer with one of the three kinds of empty; press again for the next. In a field of "
            "numbers or dates n, u and x say the same.",
        ),
        Action("answer.clear", ("X", "delete"), "Clear", "Take the answer away."),
        Action("answer.unsure", ("D",), "Doubt", "Mark the answer as unsure, or sure again."),
        Action("answer.note", ("N",), "Note", "Write a note to the answer."),
        Action("answer.undo", ("U",), "Undo", "Undo the last step, wherever it was.", "undo"),
        Action("answer.redo", ("R",), "Redo", "Do again what was undone."),
    ),
)

_RECORD = Group(
    "Records (where the codebook has repeating units)",
    (
        Action("record.add", ("A",), "Add a record", "Add a record of the innermost unit here."),
        Action(
            "record.add_outer",
            ("C",),
            "Add a record to the passage",
            "Add a record of the outermost unit, directly in the passage.",
        ),
        Action(
            "record.copy",
            ("M",),
            "More like this",
            "Copy the record in focus with its answers and what lies in it, without its words.",
        ),
        Action("record.remove", ("Z",), "Remove the record", "Remove the record in focus."),
        Action("record.up", ("K",), "Record up", "Move the record before its neighbour."),
        Action("record.down", ("J",), "Record down", "Move the record after its neighbour."),
        Action("record.next", ("]",), "Next record", "Go to the next record."),
        Action("record.previous", ("[",), "Previous record", "Go to the previous record."),
    ),
)

_CHECKS = Group(
    "Checks of the codebook",
    (
        Action(
            "check.stand",
            ("W",),
            "Let it stand",
            "Keep what a check warns of or asks about, with a reason that is kept and exported.",
        ),
        Action(
            "check.take",
            ("Y",),
            "Take the offer",
            "Answer as the codebook implies; the answer stays marked as inferred (i).",
        ),
        Action("check.list", ("F",), "All findings", "List every check that fires here."),
    ),
)

_PASSAGE = Group(
    "Passages",
    (
        Action("passage.next", ("}",), "Next passage", "Look at the next passage."),
        Action("passage.previous", ("{",), "Previous passage", "Look at the previous passage."),
        Action(
            "passage.open",
            ("O",),
            "Next open passage",
            "Go to the next one not coded yet; when all are, to those changed and not submitted.",
        ),
    ),
)

_SHOW = Group(
    "Show",
    (
        Action("show.codebook", ("I",), "Codebook entry", "Read what the codes mean.", "codebook"),
        Action("show.keys", ("?",), "Keys", "This list.", "keys"),
        Action("app.quit", ("Q", "ctrl+c", "ctrl+q"), "Quit", "Leave; nothing is unsaved.", "quit"),
    ),
)

CODING = (_ANSWER, _MARK, _MOVE, _RECORD, _CHECKS, _PASSAGE, _SHOW)
"""The actions of the coding screen."""

REVIEW = (
    Group(
        "Settle a disagreement",
        (
            Action(
                "side.take",
                ("1", "2", "3", "4", "5", "6", "7", "8", "9"),
                "Take this side",
                "Take this coding whole; then press the reason.",
                "take",
            ),
            Action(
                "side.unresolved",
                ("0",),
                "Cannot resolve",
                "Say that the text does not allow a decision; then press the reason.",
                "cannot",
            ),
            Action(
                "part.next",
                ("tab", "down"),
                "Next difference",
                "Go to the next difference.",
                "next",
            ),
            Action(
                "part.previous",
                ("shift+tab", "up"),
                "Previous difference",
                "Go to the previous difference.",
            ),
            Action(
                "part.take",
                ("a", "b", "c", "d", "e", "f", "g", "h", "i"),
                "Take this part",
                "Take only the answer in focus from side A, B, …; the rest stays with the side "
                "it came from. Enter settles the mixture.",
                "part",
            ),
            Action(
                "part.settle",
                ("enter",),
                "Settle the mixture",
                "Settle with the parts as taken; then press the reason.",
                "settle",
            ),
        ),
    ),
    Group(
        "Look",
        (
            Action("text.down", ("pagedown", "J"), "Text down", "Move the passage down."),
            Action("text.up", ("pageup", "K"), "Text up", "Move the passage up."),
            Action("case.next", ("}",), "Next disagreement", "Leave this one for later."),
            Action("case.previous", ("{",), "Previous disagreement", "Go back to the one before."),
            Action("review.note", ("N",), "Note", "Write a note that is kept with the decision."),
            Action(
                "show.codebook", ("I",), "Codebook entry", "Read what the codes mean.", "codebook"
            ),
            Action("show.keys", ("?",), "Keys", "This list.", "keys"),
            Action(
                "app.quit", ("Q", "ctrl+c", "ctrl+q"), "Quit", "Leave; nothing is unsaved.", "quit"
            ),
        ),
    ),
)
"""The actions of the review screen."""

SCREENS = {"Coding": CODING, "Review": REVIEW}

_SHOWN = {
    "space": "Space",
    "enter": "Enter",
    "tab": "Tab",
    "shift+tab": "Shift+Tab",
    "escape": "Esc",
    "delete": "Del",
    "backspace": "Bksp",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "ctrl+c": "Ctrl+C",
    "ctrl+q": "Ctrl+Q",
}


def shown_key(key: str) -> str:
    """A key's name as people read it."""
    return _SHOWN.get(key, key)


def shown_keys(action: Action) -> list[str]:
    """The keys of an action as people read them; a row of letters or digits as its two ends."""
    first, last = action.keys[0], action.keys[-1]
    if len(action.keys) > 3 and all(len(key) == 1 and key.isalnum() for key in action.keys):
        return [f"{first}–{last}"]
    return [shown_key(key) for key in action.keys]


def by_key(groups: tuple[Group, ...]) -> dict[str, Action]:
    """The action of each key of a screen.

    Raises:
        ValueError: Two actions of the screen claim one key.
    """
    found: dict[str, Action] = {}
    for group in groups:
        for action in group.actions:
            for key in action.keys:
                if key in found:
                    raise ValueError(f"{key} is claimed by {found[key].id} and {action.id}")
                found[key] = action
    return found


def hints(groups: tuple[Group, ...], width: int) -> str:
    """The hint line: the first key and the short word of every action that has one.

    Where they do not all fit, those before the last two are left out from the right: the list of
    keys and the way out are what a newcomer cannot do without.
    """
    shown = [
        f"{shown_key(action.keys[0])} {action.short}"
        for group in groups
        for action in group.actions
        if action.short
    ]
    while len(shown) > 2 and len("  ".join(shown)) > width:
        del shown[-3]
    return "  ".join(shown)


def keys_text(groups: tuple[Group, ...]) -> list[tuple[str, str]]:
    """All keys of a screen for a panel: pairs of keys (empty: a heading) and what they do."""
    lines: list[tuple[str, str]] = []
    for group in groups:
        lines.append(("", group.title))
        for action in group.actions:
            keys = " ".join(shown_keys(action))
            lines.append((keys, f"{action.title}. {action.help}"))
    return lines


def keys_markdown() -> str:
    """The page `docs/keys.md`."""
    parts = [
        "# Keys",
        "",
        "Small letters and digits answer: they are the keys the codebook gives its codes.",
        "Capitals, signs, arrows, Tab and Enter command. Nothing needs ctrl, alt or an F-key.",
        "",
        "This page is made from the action registry by `make docs`.",
    ]
    for screen, groups in SCREENS.items():
        parts += ["", f"## {screen}"]
        for group in groups:
            parts += ["", f"### {group.title}", "", "| keys | action | what it does | id |"]
            parts.append("|---|---|---|---|")
            for action in group.actions:
                keys = " ".join(f"`{key}`" for key in shown_keys(action))
                parts.append(f"| {keys} | {action.title} | {action.help} | `{action.id}` |")
    return "\n".join(parts) + "\n"
