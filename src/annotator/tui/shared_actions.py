"""What keys do on every screen, whatever it is for."""

from annotator.tui.registry import Action, Context, Group

SHOW = Group(
    "Show",
    (
        Action("show.codebook", ("I",), "Codebook entry", "Read what the codes mean.", "codebook"),
        Action("show.keys", ("?",), "Keys", "This list.", "keys", needed=True),
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
    "Where a line is typed",
    (
        Action("prompt.keep", ("enter",), "Keep it", "Keep what was typed.", needed=True),
        Action(
            "prompt.leave",
            ("escape", "shift+tab"),
            "Leave it",
            "Go back and leave everything as it was.",
            needed=True,
        ),
        Action("prompt.erase", ("backspace",), "Erase", "Take the last character away."),
    ),
    Context.PROMPT,
)
