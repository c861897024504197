"""What the keys of the coding screen do, and the actions of every screen together.

To add an action is to add it here (or in `text_actions`, `review_actions`, `shared_actions`) and to
give the screen its method; keys, hint line, `?`, palette, `annotator keys` and `docs/keys.md`
follow. See `annotator.tui.registry` for what an action says, `annotator.tui.keymap` for the rule of
the keys.
"""

from annotator.tui.desk_actions import DESK
from annotator.tui.registry import Action, Group
from annotator.tui.review_actions import REVIEW
from annotator.tui.shared_actions import OVER, SHOW
from annotator.tui.text_actions import MARK, MOVE

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
            undoable=True,
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
            undoable=True,
        ),
        Action(
            "answer.state",
            ("!",),
            "Not stated, unknown, n/a",
            "Answer with one of the three kinds of empty; press again for the next. In a field of "
            "numbers or dates n, u and x say the same.",
            undoable=True,
        ),
        Action("answer.clear", ("X", "delete"), "Clear", "Take the answer away.", undoable=True),
        Action(
            "answer.unsure",
            ("D",),
            "Doubt",
            "Mark the answer as unsure, or sure again.",
            undoable=True,
        ),
        Action("answer.note", ("N",), "Note", "Write a note to the answer.", undoable=True),
        Action(
            "answer.find",
            ("@",),
            "Find a code",
            "Choose from all codes of the question: type a part of a label, an id, a cue or a "
            "definition; what the current one means stands below.",
            undoable=True,
        ),
        Action(
            "answer.recent",
            ("'",),
            "Recent codes",
            "Show the codes picked last for this question; a digit picks one.",
            undoable=True,
        ),
        Action(
            "answer.repeat",
            ("=",),
            "As last time",
            "Answer this question as it was answered last, without the words.",
            undoable=True,
        ),
        Action(
            "answer.undo",
            ("U",),
            "Undo",
            "Undo the last step, wherever it was.",
            "undo",
            text=("u",),
            text_short="undo",
        ),
        Action("answer.redo", ("R",), "Redo", "Do again what was undone.", text=("r",)),
    ),
)

_RECORD = Group(
    "Records (where the codebook has repeating units)",
    (
        Action(
            "record.add",
            ("A",),
            "Add a record",
            "Add a record of the innermost unit here.",
            undoable=True,
        ),
        Action(
            "record.add_outer",
            ("C",),
            "Add a record to the passage",
            "Add a record of the outermost unit, directly in the passage.",
            undoable=True,
        ),
        Action(
            "record.copy",
            ("M",),
            "More like this",
            "Copy the record in focus with its answers and what lies in it, without its words. On "
            "a line that adds a record, copy the last one.",
            undoable=True,
        ),
        Action(
            "record.remove",
            ("Z",),
            "Remove the record",
            "Remove the record in focus.",
            undoable=True,
        ),
        Action(
            "record.up", ("K",), "Record up", "Move the record before its neighbour.", undoable=True
        ),
        Action(
            "record.down",
            ("J",),
            "Record down",
            "Move the record after its neighbour.",
            undoable=True,
        ),
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
            undoable=True,
        ),
        Action(
            "check.take",
            ("Y",),
            "Take the offer",
            "Answer as the codebook implies; the answer stays marked as inferred (i).",
            undoable=True,
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
        Action(
            "passage.go",
            ("G",),
            "Go to passage",
            "Go to a passage by its place in your queue, or by a part of the report's name and "
            "its number: 12, or aleppo 4.",
        ),
        Action(
            "passage.list",
            ("L",),
            "Own passages",
            "List your passages: type open, changed, flagged, skipped, unsure, warned or noted, or "
            "words that they hold.",
        ),
        Action(
            "passage.flag",
            ("T",),
            "Flag",
            "Ask the lead to look at the passage, or no longer.",
            undoable=True,
        ),
        Action(
            "passage.skip",
            ("E",),
            "Skip",
            "Give the passage back to the lead, for a reason a digit picks; on one that was "
            "skipped, take it back.",
            undoable=True,
        ),
        Action(
            "show.answer",
            ("&",),
            "Known answer",
            "In a round of training: see the known answer of a passage that you submitted again.",
        ),
        Action(
            "passage.note",
            ('"',),
            "Note on the passage",
            "Write a note on the passage as a whole.",
            undoable=True,
        ),
    ),
)

_REST = Group(
    "Rest",
    (
        Action(
            "work.jump",
            ("H",),
            "Jump",
            "Put a letter on every question and sentence in view; the letter goes there.",
        ),
        Action(
            "work.pause",
            ("$", "ctrl+p"),
            "Pause",
            "Hide everything until Enter is pressed; no time counts meanwhile.",
        ),
    ),
)

CODING = (_ANSWER, MARK, MOVE, _RECORD, _CHECKS, _PASSAGE, _REST, SHOW, *OVER)
"""The actions of the coding screen."""

SCREENS = {"Coding": CODING, "Review": REVIEW, "Desk": DESK}
"""The actions of every screen, by the name people know it by."""
