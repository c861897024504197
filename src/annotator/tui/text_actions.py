"""What the keys of the coding screen do in the passage: move, find, mark."""

from annotator.tui.registry import Action, Group

MOVE = Group(
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

MARK = Group(
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
