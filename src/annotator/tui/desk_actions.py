"""What the keys of a lead's desk do."""

from annotator.tui.registry import Action, Group
from annotator.tui.shared_actions import OVER, SHOW

DESK = (
    Group(
        "Look around",
        (
            Action(
                "pane.go",
                ("1", "2", "3", "4", "5", "6", "7"),
                "Go to a pane",
                "Progress, backlog, agreement, drift, confusion, trouble, passages.",
                "pane",
                says_which=True,
            ),
            Action("pane.next", ("tab",), "Next pane", "Go to the next pane."),
            Action("pane.previous", ("shift+tab", "B"), "Pane before", "Go to the pane before."),
            Action("row.down", ("down",), "Down", "Go one row down.", vi=("down", "j")),
            Action("row.up", ("up",), "Up", "Go one row up.", vi=("up", "k")),
            Action("row.page_down", ("pagedown",), "Page down", "Go ten rows down."),
            Action("row.page_up", ("pageup",), "Page up", "Go ten rows up."),
            Action("row.top", ("home",), "First row", "Go to the first row."),
            Action("row.bottom", ("end",), "Last row", "Go to the last row."),
            Action(
                "cell.right",
                ("right",),
                "Cell to the right",
                "Among the confusions: go one cell to the right.",
                vi=("right", "l"),
            ),
            Action(
                "cell.left",
                ("left",),
                "Cell to the left",
                "Among the confusions: go one cell to the left.",
                vi=("left", "h"),
            ),
            Action(
                "question.next",
                (">",),
                "Next question",
                "Among the confusions: show the next question.",
                "question",
            ),
            Action(
                "question.previous",
                ("<",),
                "Question before",
                "Among the confusions: show the question before.",
            ),
        ),
    ),
    Group(
        "Go into it",
        (
            Action(
                "row.open",
                ("enter",),
                "What stands behind it",
                "List the passages behind the figure, show the passage, or read on.",
                "open",
            ),
            Action(
                "row.settle",
                ("V",),
                "Review these",
                "Open the review on the passages behind the figure.",
                "review",
            ),
            Action(
                "desk.round",
                ("O",),
                "Another round",
                "Choose the round that the panes are about.",
                "round",
            ),
        ),
    ),
    SHOW,
    *OVER,
)
"""The actions of a lead's desk."""
