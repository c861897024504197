"""The steps of the tutorial, on the passages and the codebook in `demo_data/tutorial`."""

from annotator.coding.form import value_text
from annotator.coding.model import Answer, Record, State
from annotator.store.desk import Item
from annotator.work.tutorial import ANY, Scene, Step

_WARPLANES = "Government warplanes"
_COUNCIL, _MONITORS = "four", "at least six"


# --- what there is to see ------------------------------------------------------------------------


def _answer(scene: Scene, name: str) -> Answer | None:
    return scene.session.coding.answers.get(name)


def _shown(answer: Answer | None) -> str:
    """A count as text, or the state it has instead; empty without an answer."""
    if answer is None:
        return ""
    return answer.state.words if answer.value is None else value_text(answer.value)


def _words(answer: Answer | Record) -> str:
    return " ".join(span.text for span in answer.evidence)


def _item(scene: Scene, number: int) -> Item:
    """A passage by its number, whichever is open."""
    here = scene.session.item
    if here.number == number:
        return here
    found = scene.session.desk.at_place(number)
    return here if found is None else scene.session.desk.item(found)


def _claim(scene: Scene, words: str) -> Record | None:
    """The claim that stands on some words."""
    claims = scene.session.coding.records
    return next((one for one in claims if words in _words(one)), None)


def _cursor_on(scene: Scene, word: str) -> bool:
    item = scene.session.item
    at = scene.session.focus.cursor - item.start
    return 0 <= at - item.text.find(word) < len(word)


# --- when a step is done -------------------------------------------------------------------------


def _not_in_text(scene: Scene) -> str | None:
    return None if scene.in_text else ""


def _still_in_text(scene: Scene) -> str | None:
    return "" if scene.in_text else None


def _not_on_nine(scene: Scene) -> str | None:
    return None if _cursor_on(scene, "Nine") else ""


def _not_on_six(scene: Scene) -> str | None:
    return None if _cursor_on(scene, "six") else ""


def _codes(scene: Scene, wanted: str) -> str | None:
    """What is wrong until exactly one code is picked for the perpetrator."""
    answer = _answer(scene, "perpetrator")
    if answer is None:
        return ""
    if answer.value == (wanted,):
        return None
    if answer.value == ():
        return "You said that none of the codes applies; pick the one that does."
    picked = answer.value if isinstance(answer.value, tuple) else ()
    labels = {code.id: code.label for code in scene.session.codebook.variable("perpetrator").codes}
    others = ", ".join(labels[one] for one in picked if one != wanted)
    return f"“{others}” is picked; picked again, a code goes away." if others else ""


def _no_warplanes(scene: Scene) -> str | None:
    return _codes(scene, "warplanes")


def _words_not_marked(scene: Scene) -> str | None:
    answer = _answer(scene, "perpetrator")
    if answer is None or not answer.evidence:
        return ""
    if any(span.text == _WARPLANES for span in answer.evidence):
        return None
    return f"Marked is “{_words(answer)}”; {{answer.undo}} undoes it, then mark both words."


def _not_at_killed(scene: Scene) -> str | None:
    answered = _answer(scene, "killed") is not None
    return None if answered or scene.session.row.name == "killed" else ""


def _count(scene: Scene, name: str, wanted: str) -> str | None:
    """What is wrong until a count of the passage says what it is to say."""
    said = _shown(_answer(scene, name))
    if said == wanted:
        return None
    return f"It says {said} now, not {wanted}." if said else ""


def _nine_not_taken(scene: Scene) -> str | None:
    answer = _answer(scene, "killed")
    wrong = _count(scene, "killed", "9")
    if wrong is None and answer is not None and not answer.evidence:
        return "9 is right, but no words stand behind it: {answer.undo}, then take them."
    return wrong


def _children_not_counted(scene: Scene) -> str | None:
    if _shown(_answer(scene, "children")) == "3":
        return "3 says exactly three; the passage says at least three, so a + belongs behind it."
    return _count(scene, "children", "3+")


def _sure(scene: Scene) -> str | None:
    children = _answer(scene, "children")
    if children is not None and children.unsure:
        return None
    if any(answer.unsure for answer in scene.session.coding.answers.values()):
        return "Another answer is marked now; {answer.undo}, then go to Children."
    return ""


def _no_note(scene: Scene) -> str | None:
    return None if any(one.note for one in scene.session.coding.answers.values()) else ""


def _note_there(scene: Scene) -> str | None:
    return "" if _no_note(scene) is None else None


def _not_submitted(number: int, scene: Scene) -> str | None:
    if _item(scene, number).done:
        return None
    lacks = scene.session.lacks if scene.session.item.number == number else []
    return f"Missing: {lacks[0].sentence}" if lacks else ""


def _first_not_submitted(scene: Scene) -> str | None:
    return _not_submitted(1, scene)


def _second_not_submitted(scene: Scene) -> str | None:
    return _not_submitted(2, scene)


def _third_not_submitted(scene: Scene) -> str | None:
    return _not_submitted(3, scene)


def _not_flagged(scene: Scene) -> str | None:
    return None if _item(scene, 2).flagged else ""


def _not_skipped(scene: Scene) -> str | None:
    return "" if _item(scene, 2).skipped is None else None


def _not_back(scene: Scene) -> str | None:
    there = scene.session.item.number == 2 and scene.session.item.skipped is None
    return None if there else ""


def _no_unknown(scene: Scene) -> str | None:
    return _codes(scene, "unknown")


def _arabic_not_counted(scene: Scene) -> str | None:
    killed = _count(scene, "killed", "4")
    return _count(scene, "children", "2") if killed is None else killed


def _warning_open(scene: Scene) -> str | None:
    stands = any(one.check == "W1" for one in scene.session.coding.overrides)
    return None if stands else ""


def _not_unknown(scene: Scene) -> str | None:
    if (wrong := _codes(scene, "snipers")) is not None:
        return wrong
    answer = _answer(scene, "killed")
    if answer is not None and answer.state is State.UNKNOWN:
        return None
    said = _shown(answer)
    return f"Killed says {said} now, not unknown." if said else ""


def _said(scene: Scene) -> str | None:
    return _count(scene, "children", State.NOT_STATED.words)


def _no_claim(scene: Scene) -> str | None:
    return None if _claim(scene, _MONITORS) is not None else _astray(scene)


def _astray(scene: Scene) -> str:
    """That a claim stands on no words, or on others than the sentence of a source."""
    for claim in scene.session.coding.records:
        if not claim.evidence:
            return "A claim has no words yet; it needs the sentence of its source."
        if not any(one in _words(claim) for one in (_COUNCIL, _MONITORS)):
            return f"A claim stands on “{_words(claim)}”; {{answer.undo}} undoes it."
    return ""


def _of_claim(scene: Scene, words: str, source: str, number: str) -> str | None:
    """What is wrong until the claim on some words says who counts how many."""
    claim = _claim(scene, words)
    if claim is None:
        return _astray(scene)
    by, said = claim.answers.get("source"), _shown(claim.answers.get("number"))
    if by is None:
        return ""
    if by.value != source:
        return "The claim is about another source; pick the one its sentence names."
    if said == number:
        return None
    return f"The number says {said} now, not {number}." if said else ""


def _claim_not_filled(scene: Scene) -> str | None:
    return _of_claim(scene, _MONITORS, "monitors", "6+")


def _second_claim_not_filled(scene: Scene) -> str | None:
    return _of_claim(scene, _COUNCIL, "council", "4")


def _no_help(scene: Scene) -> str | None:
    return None if scene.shown == "show.keys" else ""


# --- the steps -----------------------------------------------------------------------------------

STEPS = (
    Step(
        "into the text",
        1,
        "In this keymap small letters and digits move in the text once you are in it: "
        "{text.enter} goes in.",
        "",
        _not_in_text,
    ),
    Step(
        "move",
        1,
        "{cursor.right} and {cursor.left} go by words, {cursor.next_sentence} and "
        "{cursor.previous_sentence} by sentences. Go to “Nine”.",
        "",
        _not_on_nine,
    ),
    Step(
        "out of the text",
        1,
        "Small letters answer again once you are out of the text: {text.leave}.",
        "",
        _still_in_text,
    ),
    Step(
        "pick a code",
        1,
        "Small letters and digits answer. Who did it? The key of Government warplanes is a.",
        "Type the key of a code and press Enter. Who did it? Government warplanes: a",
        _no_warplanes,
    ),
    Step(
        "mark the words that say so",
        1,
        "Back to “Government” with {cursor.previous_sentence}. {mark.toggle} begins a mark, "
        "{cursor.right} extends it to “warplanes”, {mark.toggle} again makes it your evidence.",
        "After an answer you go on by yourself; .back goes back. Go back to Perpetrator, and type "
        '"Government warplanes", quotes and all: these words are your evidence.',
        _words_not_marked,
    ),
    Step(
        "next question",
        1,
        "{answer.next} goes to the next question, {answer.previous} back.",
        "An empty line goes on to the next question.",
        _not_at_killed,
    ),
    Step(
        "take words that are offered",
        1,
        "What may be the answer is lit, the likeliest with > before it: “Nine”. {mark.toggle} "
        "takes the number and its words; {candidate.next} goes to others.",
        "Words that may be the answer are listed. .take 1 answers with the first: “Nine”.",
        _nine_not_taken,
    ),
    Step(
        "write a count",
        1,
        "At least three were children: type 3+. So too ~30 about, <=40 at most, 10-15.",
        "At least three were children: type 3+. So too ~30 about, <=40 at most, 10-15.",
        _children_not_counted,
    ),
    Step(
        "doubt",
        1,
        "Not sure of this answer? {answer.unsure} says so; it costs nothing and tells the lead.",
        "Not sure of this answer? .unsure says so; it costs nothing and tells the lead.",
        _sure,
    ),
    Step(
        "a note",
        1,
        "{answer.note} writes a note to the answer: type a word or two, then Enter.",
        "Write a note to the answer: .note and a word or two.",
        _no_note,
    ),
    Step(
        "undo",
        1,
        "{answer.undo} takes back the last step, wherever it was. Take the note back.",
        ".undo takes back the last step, wherever it was. Take the note back.",
        _note_there,
    ),
    Step(
        "submit",
        1,
        "All is answered, and saved since you did it. {answer.enter} submits and goes on.",
        "All is answered, and saved since you did it. .submit submits and goes on.",
        _first_not_submitted,
    ),
    Step(
        "flag",
        2,
        "A mine killed four, two of them children; nobody knows who laid it. {passage.flag} asks "
        "the lead to look at a passage.",
        "A mine killed four, two of them children; nobody knows who laid it. .flag asks the lead "
        "to look at a passage.",
        _not_flagged,
    ),
    Step(
        "skip",
        2,
        "You need not code what you cannot read or bear: {passage.skip}, then the digit of a "
        "reason. Try it.",
        "You need not code what you cannot read or bear: .skip language gives it back. Try it.",
        _not_skipped,
    ),
    Step(
        "undo works there too",
        ANY,
        "{answer.undo} brings the passage back to you.",
        ".undo brings the passage back to you.",
        _not_back,
    ),
    Step(
        "pick another code",
        2,
        "Nobody knows who did it: u. A warning of the codebook comes up; leave it for now.",
        "Nobody knows who did it: u. A warning of the codebook comes up; leave it for now.",
        _no_unknown,
    ),
    Step(
        "numbers of another language",
        2,
        "{answer.next}, then {mark.toggle} twice: four killed and two children, from their words.",
        "Take the numbers by their words, .take 1 and then .take 2: four killed, two children.",
        _arabic_not_counted,
    ),
    Step(
        "let a warning stand",
        2,
        "The passage does name nobody, so the warning can stand: {check.stand}, a reason in your "
        "words, Enter.",
        "The passage does name nobody, so the warning can stand: .stand W1 it names nobody",
        _warning_open,
    ),
    Step("submit", 2, "{answer.enter} submits.", ".submit submits.", _second_not_submitted),
    Step(
        "search",
        3,
        "{text.find} looks for words: type six, then Enter.",
        "",
        _not_on_six,
    ),
    Step(
        "unknown",
        3,
        "Snipers did it: s. How many died the sources do not agree on: {answer.next}, then "
        "{answer.state} until it says unknown.",
        "Snipers did it: s. How many died the sources do not agree on: u for unknown.",
        _not_unknown,
    ),
    Step(
        "not stated",
        3,
        "Of children nothing is said: {answer.next}, then {answer.none}.",
        "Of children nothing is said: n for not stated.",
        _said,
    ),
    Step(
        "records",
        3,
        "Each source makes a claim. {mark.sentence} marks the sentence you are in, the last one; "
        "{record.add} makes a claim of it.",
        'Each source makes a claim. .add claim makes one; then its words: "A monitoring group '
        'counted at least six dead"',
        _no_claim,
    ),
    Step(
        "fill in a record",
        3,
        "Who says so: m, a monitoring group. {candidate.next} goes to “at least six”, if it is not "
        "lit with >; {mark.toggle} takes it.",
        "Who says so: m, a monitoring group. How many: 6+",
        _claim_not_filled,
    ),
    Step(
        "another record",
        3,
        "Now the council’s, four dead: {cursor.previous_sentence} until you are in its sentence, "
        "then {mark.sentence}, {record.add_outer}, c and 4.",
        'Now the council\'s: .add claim, then "The local council counted four dead", c and 4',
        _second_claim_not_filled,
    ),
    Step(
        "help",
        3,
        "{show.keys} shows help for where you are and every key; {panel.close} closes it.",
        ".help lists every command.",
        _no_help,
    ),
    Step(
        "submit",
        3,
        "{answer.enter} submits: from a field it goes on first, so press it again if need be.",
        ".submit submits.",
        _third_not_submitted,
    ),
)
