"""What keys do on every screen, whatever it is for."""

from annotator.tui.registry import Action, Context, Group

SHOW = Group(
    "Show",
    (
        Action("show.codebook", ("I",), "Codebook entry", "Read what the codes mean.", "codebook"),
        Action(
            "show.palette",
            (":",),
            "Everything there is to do",
            "Choose what to do from a list: type a part of its name, then take it.",
            needed=True,
        ),
        Action(
            "show.keys",
            ("?",),
            "Help and keys",
            "Read about what is in focus, and this list.",
            "keys",
            needed=True,
        ),
        Action(
            "show.redraw",
            ("|", "ctrl+l"),
            "Paint anew",
            "Send the terminal all of the screen, where another program wrote over it.",
        ),
        Action(
            "app.quit",
            ("Q", "ctrl+c", "ctrl+q"),
            "Quit",
            "Leave; nothing is unsaved.",
            "quit",
            needed=True,
        ),
    ),
)

PANEL = Group(
    "Where something to read lies over the passage",
    (
        Action("panel.down", ("down",), "Down", "Go one line down."),
        Action("panel.up", ("up",), "Up", "Go one line up."),
        Action("panel.page_down", ("pagedown", "space"), "Page down", "Go a screenful down."),
        Action("panel.page_up", ("pageup",), "Page up", "Go a screenful up."),
        Action("panel.top", ("home",), "To the top", "Go to the first line."),
        Action("panel.bottom", ("end",), "To the bottom", "Go to the last line."),
        Action("panel.find", ("/",), "Find", "Look for words in what is shown."),
        Action("panel.next_match", ("*",), "Next match", "Go to the next place of these words."),
        Action("panel.previous_match", ("#",), "Previous match", "Go to the place of them before."),
        Action(
            "panel.close",
            ("q", "Q", "escape", "enter"),
            "Back",
            "Go back to the work. The key that showed it does the same; any other key goes back "
            "and does what it does there.",
            needed=True,
        ),
    ),
    Context.PANEL,
)

PROMPT = Group(
    "Where a line or a note is typed",
    (
        Action("prompt.keep", ("enter",), "Keep it", "Keep what was typed.", needed=True),
        Action(
            "prompt.leave",
            ("escape", "shift+tab"),
            "Leave it",
            "Go back and leave everything as it was.",
            needed=True,
        ),
        Action(
            "prompt.erase",
            ("backspace",),
            "Erase",
            "Take the character before the cursor away.",
        ),
        Action(
            "prompt.delete",
            ("delete",),
            "Delete",
            "Take the character under the cursor away.",
        ),
        Action("prompt.left", ("left",), "Left", "Go one character back."),
        Action("prompt.right", ("right",), "Right", "Go one character on."),
        Action("prompt.row_start", ("home",), "To the start", "Go to the start of the line."),
        Action("prompt.row_end", ("end",), "To the end", "Go to the end of the line."),
        Action("prompt.up", ("up",), "Line up", "Go one line up, on the first one to its start."),
        Action(
            "prompt.down",
            ("down",),
            "Line down, new line",
            "Go one line down. On the last line of a note begin a new one; of anything else there "
            "is one line, and it goes to its end.",
        ),
    ),
    Context.PROMPT,
)

CHOOSING = Group(
    "Where a list is shown to choose from",
    (
        Action("choice.down", ("down", "tab"), "Next", "Go to the next line of the list."),
        Action("choice.up", ("up",), "Previous", "Go to the line before."),
        Action("choice.page_down", ("pagedown",), "Page down", "Go a screenful down."),
        Action("choice.page_up", ("pageup",), "Page up", "Go a screenful up."),
        Action("choice.top", ("home",), "First", "Go to the first line."),
        Action("choice.bottom", ("end",), "Last", "Go to the last line."),
        Action("choice.take", ("enter",), "Take it", "Take the line you are on.", needed=True),
        Action(
            "choice.leave",
            ("escape", "shift+tab"),
            "Leave it",
            "Go back to the work.",
            needed=True,
        ),
        Action(
            "choice.erase",
            ("backspace",),
            "Erase",
            "Take the last typed character away; where there is none, go back to the work.",
        ),
    ),
    Context.CHOOSING,
)

OVER = (PANEL, CHOOSING, PROMPT)
"""The groups of what lies over the work, on every screen."""
