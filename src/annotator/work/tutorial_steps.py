"""The steps of the tutorial, on the passages and the codebook in `demo_data/tutorial`."""

from annotator.work import tutorial_aims as aim
from annotator.work.tutorial import ANY, Step

_COUNCIL, _MONITORS = "four", "at least six"
"""The numbers in the sentences of the two sources of the third passage."""

_EXACTLY = "3 says exactly three; the passage says at least three, so a + belongs behind it."

STEPS = (
    Step(
        "into the text",
        1,
        "In this keymap small letters and digits move in the text once you are in it: "
        "{text.enter} goes in.",
        "",
        aim.in_text(there=True),
    ),
    Step(
        "move",
        1,
        "{cursor.right} and {cursor.left} go by words, {cursor.next_sentence} and "
        "{cursor.previous_sentence} by sentences. Go to “Nine”.",
        "",
        aim.cursor_on("Nine"),
    ),
    Step(
        "out of the text",
        1,
        "Small letters answer again once you are out of the text: {text.leave}.",
        "",
        aim.in_text(there=False),
    ),
    Step(
        "pick a code",
        1,
        "Small letters and digits answer. Who did it? The key of Government warplanes is a.",
        "Type the key of a code and press Enter. Who did it? Government warplanes: a",
        aim.one_code("perpetrator", "warplanes"),
    ),
    Step(
        "mark the words that say so",
        1,
        "{cursor.previous_sentence} goes back to “Government”. {mark.toggle} begins a mark, "
        "{cursor.right} extends it to “warplanes”, {mark.toggle} again makes it your evidence.",
        "After an answer you go on by yourself; .back goes back. Go back to Perpetrator, and type "
        '"Government warplanes", quotes and all: these words are your evidence.',
        aim.words_behind("perpetrator", "Government warplanes"),
    ),
    Step(
        "next question",
        1,
        "{answer.next} goes to the next question, {answer.previous} back.",
        "An empty line goes on to the next question.",
        aim.at_question("killed"),
    ),
    Step(
        "take words that are offered",
        1,
        "What may be the answer is lit, the likeliest with > before it: “Nine”. {mark.toggle} "
        "takes the number and its words; {candidate.next} goes to others.",
        "Words that may be the answer are listed. .take 1 answers with the first: “Nine”.",
        aim.taken("killed", "9"),
    ),
    Step(
        "write a count",
        1,
        "At least three were children: type 3+. So too ~30 about, <=40 at most, 10-15.",
        "At least three were children: type 3+. So too ~30 about, <=40 at most, 10-15.",
        aim.count("children", "3+", {"3": _EXACTLY}),
    ),
    Step(
        "doubt",
        1,
        "Not sure of this answer? {answer.unsure} says so; it costs nothing and tells the lead.",
        "Not sure of this answer? .unsure says so; it costs nothing and tells the lead.",
        aim.doubted("children"),
    ),
    Step(
        "a note",
        1,
        "{answer.note} writes a note to the answer: type a word or two, then Enter.",
        "Write a note to the answer: .note and a word or two.",
        aim.noted(there=True),
    ),
    Step(
        "undo",
        1,
        "{answer.undo} takes back the last step, wherever it was. Take the note back.",
        ".undo takes back the last step, wherever it was. Take the note back.",
        aim.noted(there=False),
    ),
    Step(
        "submit",
        1,
        "All is answered, and saved since you did it. {answer.enter} submits and goes on.",
        "All is answered, and saved since you did it. .submit submits and goes on.",
        aim.submitted(1),
    ),
    Step(
        "flag",
        2,
        "A mine killed four, two of them children; nobody knows who laid it. {passage.flag} asks "
        "the lead to look at a passage.",
        "A mine killed four, two of them children; nobody knows who laid it. .flag asks the lead "
        "to look at a passage.",
        aim.flagged(2),
    ),
    Step(
        "skip",
        2,
        "You need not code what you cannot read or bear: {passage.skip}, then the digit of a "
        "reason. Try it.",
        "You need not code what you cannot read or bear: .skip language gives it back. Try it.",
        aim.skipped(2),
    ),
    Step(
        "undo works there too",
        ANY,
        "{answer.undo} brings the passage back to you.",
        ".undo brings the passage back to you.",
        aim.back_at(2),
    ),
    Step(
        "pick another code",
        2,
        "Nobody knows who did it: u. A warning of the codebook comes up; leave it for now.",
        "Nobody knows who did it: u. A warning of the codebook comes up; leave it for now.",
        aim.one_code("perpetrator", "unknown"),
    ),
    Step(
        "numbers of another language",
        2,
        "{answer.next}, then {mark.toggle} twice: four killed and two children, from their words.",
        "Take the numbers by their words, .take 1 and then .take 2: four killed, two children.",
        aim.all_of(aim.count("killed", "4"), aim.count("children", "2")),
    ),
    Step(
        "let a warning stand",
        2,
        "The passage does name nobody, so the warning can stand: {check.stand}, a reason in your "
        "words, Enter.",
        "The passage does name nobody, so the warning can stand: .stand W1 it names nobody",
        aim.let_stand("W1"),
    ),
    Step("submit", 2, "{answer.enter} submits.", ".submit submits.", aim.submitted(2)),
    Step(
        "search",
        3,
        "{text.find} looks for words: type six, then Enter.",
        "",
        aim.cursor_on("six"),
    ),
    Step(
        "unknown",
        3,
        "Snipers did it: s. How many died the sources do not agree on: {answer.next}, then "
        "{answer.state} until it says unknown.",
        "Snipers did it: s. How many died the sources do not agree on: u for unknown.",
        aim.all_of(aim.one_code("perpetrator", "snipers"), aim.count("killed", "unknown")),
    ),
    Step(
        "not stated",
        3,
        "Of children nothing is said: {answer.next}, then {answer.none}.",
        "Of children nothing is said: n for not stated.",
        aim.count("children", "not stated"),
    ),
    Step(
        "records",
        3,
        "Each source makes a claim. {mark.sentence} marks the sentence you are in, the last one; "
        "{record.add} makes a claim of it.",
        'Each source makes a claim. .add claim makes one; then its words: "A monitoring group '
        'counted at least six dead"',
        aim.claim_on(_MONITORS, _COUNCIL, _MONITORS),
    ),
    Step(
        "fill in a record",
        3,
        "Who says so: m, a monitoring group. {candidate.next} goes to “at least six”, if it is not "
        "lit with >; {mark.toggle} takes it.",
        "Who says so: m, a monitoring group. How many: 6+",
        aim.claim_says(_MONITORS, "monitors", "6+"),
    ),
    Step(
        "another record",
        3,
        "Now the council’s, four dead: {cursor.previous_sentence} until you are in its sentence, "
        "then {mark.sentence}, {record.add_outer}, c and 4.",
        'Now the council\'s: .add claim, then "The local council counted four dead", c and 4',
        aim.all_of(
            aim.claim_on(_COUNCIL, _COUNCIL, _MONITORS), aim.claim_says(_COUNCIL, "council", "4")
        ),
    ),
    Step(
        "help",
        3,
        "{show.keys} shows help for where you are and every key; {panel.close} closes it.",
        ".help lists every command.",
        aim.showing("show.keys"),
    ),
    Step(
        "submit",
        3,
        "{answer.enter} submits: from a field it goes on first, so press it again if need be.",
        ".submit submits.",
        aim.submitted(3),
    ),
)
