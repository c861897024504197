"""What the keys of the review screen do."""

from annotator.tui.registry import Action, Group
from annotator.tui.shared_actions import OVER, SHOW

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
                says_which=True,
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
                vi=("tab", "down", "j"),
            ),
            Action(
                "part.previous",
                ("shift+tab", "up"),
                "Previous difference",
                "Go to the previous difference.",
                vi=("shift+tab", "up", "k"),
            ),
            Action(
                "part.take",
                ("a", "b", "c", "d", "e", "f", "g", "h", "i"),
                "Take this part",
                "Take only the answer in focus from side A, B, …; the rest stays with the side "
                "it came from. Enter settles the mixture.",
                "part",
                says_which=True,
            ),
            Action(
                "part.settle",
                ("enter",),
                "Settle the mixture",
                "Settle with the parts as taken; then press the reason.",
            ),
            Action(
                "reason.drop",
                ("escape", ","),
                "Choose again",
                "While the reason is asked for: go back to choosing.",
            ),
        ),
    ),
    Group(
        "Look",
        (
            Action(
                "words.next",
                (".",),
                "Next words",
                "Go to the next words that a side puts behind what is in focus.",
            ),
            Action("words.previous", (";",), "Previous words", "Go to the words before."),
            Action(
                "agreed.record",
                ("space",),
                "What is agreed here",
                "Show what the sides agree on in the record in focus, or fold it again.",
            ),
            Action(
                "agreed.all",
                ("F",),
                "All that is agreed",
                "Show all that the sides agree on, or fold it again.",
                "agreed",
            ),
            Action(
                "show.case",
                ("V",),
                "All that the sides say",
                "Read every answer with its words, notes and checks, at full length.",
            ),
            Action("text.down", ("pagedown", "J"), "Text down", "Move the passage down."),
            Action("text.up", ("pageup", "K"), "Text up", "Move the passage up."),
            Action("case.next", ("}",), "Next disagreement", "Leave this one for later."),
            Action("case.previous", ("{",), "Previous disagreement", "Go back to the one before."),
            Action("review.note", ("N",), "Note", "Write a note that is kept with the decision."),
        ),
    ),
    SHOW,
    *OVER,
)
"""The actions of the review screen."""
