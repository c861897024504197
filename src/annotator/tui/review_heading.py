"""What has happened to a passage under review before: decisions, changes, words sent back."""

from typing import TYPE_CHECKING

from annotator.tui.lines import Line, paragraph

if TYPE_CHECKING:
    # Load the database library; the screen is painted before that is done.
    from annotator.work.disagreements import Disagreement
    from annotator.work.review import Case

_DECIDED = {
    "take": "one side taken",
    "merge": "parts taken",
    "new": "a new coding",
    "cannot_resolve": "cannot be resolved",
}
"""What a decision was, by its outcome."""

_MOST_LINES = 2
"""Lines that each of the sentences may take above the sides."""


def state_of(one: "Disagreement") -> str:
    """Where a passage stands, in words; one that is looked at though all agree says so."""
    return f"{one.words} (sample)" if one.sample else one.words


def heading_lines(case: "Case", width: int, *, whole: bool = False) -> list[Line]:
    """What there is to know before a passage is decided on.

    Args:
        case: The passage with its sides.
        width: Cells of a line.
        whole: Whether each sentence takes as many lines as it needs.
    """
    lines: list[Line] = []
    for text, style in _sentences(case):
        said = paragraph(text, width - 1, style, 1)
        lines += said if whole else said[:_MOST_LINES]
    return lines


def _sentences(case: "Case") -> list[tuple[str, str]]:
    found = [(f"Changed since it was settled: {one}", "missing") for one in case.changed]
    found += [(f"Sent back, waiting for an answer: {one}", "title") for one in case.sent_back]
    for one in case.given_back:
        more = f": {one.note}" if one.note else ""
        found.append((f"A coder gave it back ({one.reason}){more}", "title"))
    if case.flagged:
        who = "A coder asks" if case.flagged == 1 else f"{case.flagged} coders ask"
        found.append((f"{who} you to look at it.", "title"))
    if case.sample:
        found.append(("All say the same; a sample of such passages is looked at too.", "dim"))
    if case.earlier is not None:
        found.append((f"Settled before: {_decision(case)}", "dim"))
    return found


def _decision(case: "Case") -> str:
    """The decision that stands in words; which side was taken, if that is still a side."""
    from annotator.work.review import REASONS

    earlier = case.earlier
    if earlier is None:
        return ""
    same = [side.letter for side in case.sides if side.coding == earlier.coding]
    outcome = str(earlier.outcome)
    what = f"as {same[0]} says" if same and outcome == "take" else _DECIDED[outcome]
    reasons = {code.id: code.label.lower() for code in REASONS}
    parts = (what, reasons.get(earlier.reason, earlier.reason), earlier.note)
    return " · ".join(part for part in parts if part)
