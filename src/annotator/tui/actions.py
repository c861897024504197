"""What the keys of the coding screen do, and the actions of every screen together.

To add an action is to add it here (or in `review_actions`, `shared_actions`) and to give the screen
its method; keys, hint line, `?`, palette, `annotator keys` and `docs/keys.md` follow. See
`annotator.tui.registry` for what an action says, `annotator.tui.keymap` for the rule of the keys.
"""

from annotator.tui.registry import Action, Group
from annotator.tui.review_actions import REVIEW
from annotator.tui.shared_actions import OVER, SHOW

_MOVE = Group(
    "Move in the text (while words are marked: extend the mark)",
    (
        Action(
            "cursor.right",
            ("right", "shift+right"),
            "Next word",
            "Go one word on in the passage. With Shift, where a terminal sends it, this and the "
            "other arrows begin a mark.",
            text=("l", "w"),
            text_short="word",
        ),
        Action(
            "cursor.left",
            ("left", "shift+left"),
            "Previous word",
            "Go one word back in the passage.",
            text=("h", "b"),
        ),
        Action(
            "cursor.down",
            ("down", "shift+down"),
            "Line down",
            "Go one line down in the passage.",
            text=("j",),
            text_short="down",
        ),
        Action(
            "cursor.up",
            ("up", "shift+up"),
            "Line up",
            "Go one line up in the passage.",
            text=("k",),
        ),
        Action(
            "cursor.line_start",
            ("home", "shift+home"),
            "Start of line",
            "Go to the first word of the line.",
            text=("0",),
        ),
        Action(
            "cursor.line_end",
            ("end", "shift+end"),
            "End of line",
            "Go to the last word of the line.",
            text=("$",),
        ),
        Action(
            "cursor.next_sentence",
            (")",),
            "Next sentence",
            "Go to the next sentence; a mark is extended to the end of one.",
        ),
        Action("cursor.previous_sentence", ("(",), "Previous sentence", "Go one sentence back."),
        Action(
            "cursor.next_paragraph",
            ("+",),
            "Next paragraph",
            "Go to the next paragraph of the passage; a mark is extended to the end of one.",
            text=("}",),
        ),
        Action(
            "cursor.previous_paragraph",
            ("_",),
            "Previous paragraph",
            "Go one paragraph back.",
            text=("{",),
        ),
        Action("cursor.page_down", ("pagedown",), "Page down", "Go a screenful down."),
        Action("cursor.page_up", ("pageup",), "Page up", "Go a screenful up."),
        Action(
            "text.enter",
            (),
            "Into the text",
            "Let small letters and digits move and mark instead of answer.",
            vi=("escape", "%"),
        ),
        Action(
            "text.leave",
            (),
            "Back to answering",
            "Let small letters and digits answer again. Putting marked words behind an answer does "
            "the same.",
            text=("i", "a", "enter", "%"),
            text_short="answer",
            needed=True,
        ),
    ),
)

_MARK = Group(
    "Mark words as evidence",
    (
        Action(
            "mark.toggle",
            ("space",),
            "Take or mark words",
            "Answer with the words that are offered as current; the answer stays marked as a "
            "candidate's (c) while its value is not changed. With none offered, begin to mark "
            "at this word; move to extend; press again to put the marked words behind the answer "
            "(the same words again takes them away). A code picked while words are marked takes "
            "them as its evidence, and a record added then stands on them. While words are marked, "
            "the keys that move and mark do so in every field.",
            "mark",
            text=("v",),
            text_short="mark",
            undoable=True,
        ),
        Action(
            "mark.sentence",
            ("S",),
            "Mark the sentence",
            "Mark the sentence the cursor is in, or the whole sentences of the mark; again: the "
            "paragraph; again: the passage.",
            text=("s",),
            text_short="sentence",
        ),
        Action(
            "candidate.next",
            (".",),
            "Next words offered",
            "Go to the next words that may answer the question in focus. They are an offer: "
            "nothing is answered before they are taken.",
        ),
        Action(
            "candidate.previous",
            (";",),
            "Previous words offered",
            "Go to the previous words that may answer the question in focus.",
        ),
        Action(
            "text.find",
            ("/",),
            "Find in the passage",
            "Look for words in the passage, whatever their capitals or Arabic marks; every place "
            "lights up.",
        ),
        Action(
            "text.next_match",
            ("*",),
            "Next match",
            "Go to the next place of the words looked for.",
            text=("n",),
        ),
        Action(
            "text.previous_match",
            ("#",),
            "Previous match",
            "Go to the place of them before.",
            text=("N",),
        ),
        Action("mark.passage", ("P",), "Mark the passage", "Mark the whole passage.", text=("p",)),
        Action(
            "mark.swap",
            ("V",),
            "Other end",
            "Move the other end of the mark from now on.",
            text=("o",),
        ),
        Action("mark.trim", ("<",), "Trim", "Take one character from the end that moves."),
        Action("mark.grow", (">",), "Grow", "Add one character at the end that moves."),
        Action(
            "mark.drop",
            ("escape", ","),
            "Drop the mark",
            "Forget what is being marked. With nothing marked: take no words that are offered, so "
            "that the next key marks at the cursor.",
            vi=(",",),
            text=("escape",),
        ),
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

CODING = (_ANSWER, _MARK, _MOVE, _RECORD, _CHECKS, _PASSAGE, _REST, SHOW, *OVER)
"""The actions of the coding screen."""

SCREENS = {"Coding": CODING, "Review": REVIEW}
"""The actions of every screen, by the name people know it by."""
