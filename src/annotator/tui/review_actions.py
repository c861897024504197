"""What the keys of the review screen do."""

from annotator.tui.registry import Action, Group
from annotator.tui.shared_actions import OVER, SHOW

_SETTLE = Group(
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
            "part.take",
            ("a", "b", "c", "d", "e", "f", "g", "h", "i"),
            "Take this part",
            "Take only what is in focus from side A, B, …: an answer, or a record with all that "
            "lies in it; from a side that has no such record, leave it out. Again: choose anew. "
            "What all sides say alike needs no choice; Enter settles the mixture.",
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
            "unanimous.take",
            ("=",),
            "Take what all say",
            "Take what all sides say alike and leave out the rest; then press the reason. Where "
            "all say the same, this settles at once.",
        ),
        Action(
            "side.unresolved",
            ("0",),
            "Cannot resolve",
            "Say that the text does not allow a decision; then press the reason.",
            "cannot",
        ),
        Action(
            "coding.edit",
            ("E",),
            "Edit into a new coding",
            "Code the passage yourself, beginning with a side, with the parts taken, or with "
            "nothing; when it is submitted, press the reason. What is not submitted is kept.",
            "edit",
        ),
        Action(
            "reason.drop",
            ("escape", ","),
            "Choose again",
            "While the reason is asked for: go back to choosing.",
        ),
        Action("review.note", ("N",), "Note", "Write a note that is kept with the decision."),
        Action(
            "settlement.undo",
            ("U",),
            "Undo",
            "Take back your last decision; what was decided before stands again.",
            "undo",
        ),
        Action("settlement.redo", ("R",), "Redo", "Decide again as it was before the undo."),
    ),
)

_SEND = Group(
    "Give a passage back to coders",
    (
        Action(
            "case.send_back",
            ("S",),
            "Send back",
            "Ask the coder of one side, or of all, to look again, in words of yours. They see "
            "their own coding and your words, nobody else's coding.",
        ),
        Action(
            "case.pass_on",
            ("P",),
            "Pass on",
            "Give a passage that a coder gave back to another one.",
        ),
    ),
)

_LOOK = Group(
    "Look",
    (
        Action(
            "part.next",
            ("tab", "down"),
            "Next difference",
            "Go to the next difference.",
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
        ),
        Action(
            "show.case",
            ("V",),
            "All that is said",
            "Read every answer with its words, notes and checks, and what was decided before, at "
            "full length.",
        ),
        Action("text.down", ("pagedown", "J"), "Text down", "Move the passage down."),
        Action("text.up", ("pageup", "K"), "Text up", "Move the passage up."),
    ),
)

_QUEUE = Group(
    "The queue",
    (
        Action("case.next", ("}",), "Next disagreement", "Leave this one for later."),
        Action("case.previous", ("{",), "Previous disagreement", "Go back to the one before."),
        Action(
            "queue.choose",
            ("O",),
            "Order and filter",
            "Choose in which order passages come, and which: flagged, given back, unsure, "
            "changed, by what differs, by two values taken for each other, a sample of those on "
            "which all agree.",
            "queue",
        ),
        Action(
            "queue.list",
            ("L",),
            "Passages of the queue",
            "List the passages with where each stands; type words of it to find one.",
        ),
    ),
)

REVIEW = (_SETTLE, _SEND, _LOOK, _QUEUE, SHOW, *OVER)
"""The actions of the review screen."""
