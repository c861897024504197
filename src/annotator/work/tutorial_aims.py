"""What the steps of the tutorial aim at.

Each function makes, for one aim, what `annotator.work.tutorial.Step.wrong` is: told a scene, it
says None once the aim is reached, what is wrong until then, and nothing where nothing is.
"""

from annotator.coding.form import value_text
from annotator.coding.model import Answer, Record
from annotator.store.desk import Item
from annotator.work.tutorial import Scene, Wrong


def in_text(*, there: bool) -> Wrong:
    """To have gone into the text, or out of it."""
    return lambda scene: None if scene.in_text is there else ""


def cursor_on(word: str) -> Wrong:
    """To have the cursor on the first place of a word."""

    def wrong(scene: Scene) -> str | None:
        item = scene.session.item
        at = scene.session.focus.cursor - item.start - item.text.find(word)
        return None if 0 <= at < len(word) else ""

    return wrong


def at_question(name: str) -> Wrong:
    """To have gone to a question, or to have answered it already."""

    def wrong(scene: Scene) -> str | None:
        there = scene.session.row.name == name or _answer(scene, name) is not None
        return None if there else ""

    return wrong


def one_code(name: str, wanted: str) -> Wrong:
    """To have picked one code for a question that takes several, and no other."""

    def wrong(scene: Scene) -> str | None:
        answer = _answer(scene, name)
        picked = answer.value if answer is not None else None
        if picked == (wanted,):
            return None
        if picked == ():
            return "You said that none of the codes applies; pick the one that does."
        if not isinstance(picked, tuple):
            return ""
        codes = scene.session.codebook.variable(name).codes
        others = (one.label for one in codes if one.id in picked and one.id != wanted)
        return f"“{', '.join(others)}” is picked; picked again, a code goes away."

    return wrong


def words_behind(name: str, words: str) -> Wrong:
    """To have put some words behind an answer."""

    def wrong(scene: Scene) -> str | None:
        answer = _answer(scene, name)
        if answer is None or not answer.evidence:
            return ""
        if any(span.text == words for span in answer.evidence):
            return None
        return f"Marked is “{_words(answer)}”, not “{words}”; {{answer.undo}} undoes it."

    return wrong


def count(name: str, wanted: str, hints: dict[str, str] | None = None) -> Wrong:
    """To have answered with a count, or with a state instead of one.

    Args:
        name: The question.
        wanted: The count as it is typed, or the state in words.
        hints: What is wrong with other answers that are likely.
    """

    def wrong(scene: Scene) -> str | None:
        shown = _shown(_answer(scene, name))
        if shown == wanted:
            return None
        said = f"It says {shown} now, not {wanted}." if shown else ""
        return (hints or {}).get(shown, said)

    return wrong


def taken(name: str, wanted: str) -> Wrong:
    """To have answered with a count that has words behind it."""

    def wrong(scene: Scene) -> str | None:
        answer = _answer(scene, name)
        if answer is not None and _shown(answer) == wanted and not answer.evidence:
            return f"{wanted} is right, but without words: {{answer.undo}}, then take them."
        return count(name, wanted)(scene)

    return wrong


def all_of(*aims: Wrong) -> Wrong:
    """To have reached several aims; what is wrong is said of the first that is not reached."""
    return lambda scene: next((said for aim in aims if (said := aim(scene)) is not None), None)


def doubted(name: str) -> Wrong:
    """To have marked an answer as unsure."""

    def wrong(scene: Scene) -> str | None:
        answer = _answer(scene, name)
        if answer is not None and answer.unsure:
            return None
        if any(other.unsure for other in scene.session.coding.answers.values()):
            title = scene.session.codebook.variable(name).name
            return f"Another answer is marked now; {{answer.undo}}, then go to {title}."
        return ""

    return wrong


def noted(*, there: bool) -> Wrong:
    """To have a note to an answer, or none."""

    def wrong(scene: Scene) -> str | None:
        notes = any(answer.note for answer in scene.session.coding.answers.values())
        return None if notes is there else ""

    return wrong


def submitted(number: int) -> Wrong:
    """To have submitted a passage."""

    def wrong(scene: Scene) -> str | None:
        if _item(scene, number).done:
            return None
        lacks = scene.session.lacks if scene.session.item.number == number else []
        return f"Missing: {lacks[0].sentence}" if lacks else ""

    return wrong


def flagged(number: int) -> Wrong:
    """To have flagged a passage."""
    return lambda scene: None if _item(scene, number).flagged else ""


def skipped(number: int) -> Wrong:
    """To have skipped a passage."""
    return lambda scene: None if _item(scene, number).skipped is not None else ""


def back_at(number: int) -> Wrong:
    """To have a passage open that is not skipped, or no longer."""

    def wrong(scene: Scene) -> str | None:
        item = scene.session.item
        return None if item.number == number and item.skipped is None else ""

    return wrong


def let_stand(check: str) -> Wrong:
    """To have let a check stand, with a reason."""

    def wrong(scene: Scene) -> str | None:
        overrides = scene.session.coding.overrides
        return None if any(one.check == check for one in overrides) else ""

    return wrong


def claim_on(words: str, *sentences: str) -> Wrong:
    """To have a claim that stands on some words.

    Args:
        words: The words, among those it stands on.
        sentences: Words of which every claim should hold some.
    """
    return lambda scene: None if _claim(scene, words) is not None else _astray(scene, sentences)


def claim_says(words: str, source: str, number: str) -> Wrong:
    """To have a claim on some words that says who counts how many."""

    def wrong(scene: Scene) -> str | None:
        claim = _claim(scene, words)
        by = claim.answers.get("source") if claim is not None else None
        if claim is None or by is None:
            return ""
        if by.value != source:
            return "The claim is about another source; pick the one its sentence names."
        shown = _shown(claim.answers.get("number"))
        if shown == number:
            return None
        return f"The number says {shown} now, not {number}." if shown else ""

    return wrong


def showing(action: str) -> Wrong:
    """To have something lie over the passage that an action shows."""
    return lambda scene: None if scene.shown == action else ""


# --- inside --------------------------------------------------------------------------------------


def _answer(scene: Scene, name: str) -> Answer | None:
    return scene.session.coding.answers.get(name)


def _shown(answer: Answer | None) -> str:
    """A count as text, or the state it has instead; empty without an answer."""
    if answer is None:
        return ""
    return answer.state.words if answer.value is None else value_text(answer.value)


def _words(part: Answer | Record) -> str:
    return " ".join(span.text for span in part.evidence)


def _item(scene: Scene, number: int) -> Item:
    """A passage by its number, whichever is open."""
    here = scene.session.item
    if here.number == number:
        return here
    found = scene.session.desk.at_place(number)
    return here if found is None else scene.session.desk.item(found)


def _claim(scene: Scene, words: str) -> Record | None:
    claims = scene.session.coding.records
    return next((one for one in claims if words in _words(one)), None)


def _astray(scene: Scene, sentences: tuple[str, ...]) -> str:
    """That a claim stands on no words, or on others than the sentence of a source."""
    for claim in scene.session.coding.records:
        if not claim.evidence:
            return "A claim has no words yet; it needs the sentence of its source."
        if not any(one in _words(claim) for one in sentences):
            return f"A claim stands on “{_words(claim)}”; {{answer.undo}} undoes it."
    return ""
