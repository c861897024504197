"""What stands in the panes of a desk, as tables."""

from collections.abc import Iterator
from enum import Enum
from typing import TYPE_CHECKING

from annotator.tui.desk_figures import (
    NO_ROUND,
    NOTHING,
    agreement_table,
    drift_table,
    no_confusions,
    trouble_table,
)
from annotator.tui.desk_lines import Column, Drill, Row, Table
from annotator.work.subjects import in_short, subject_names

if TYPE_CHECKING:
    from annotator.store.attention import MarkedPassage
    from annotator.work.disagreements import Disagreement
    from annotator.work.lead_desk import DeskReading
    from annotator.work.status import RoundStatus

_DIFFERS = 20


class Pane(Enum):
    """The panes of a desk, in the order of their keys."""

    PROGRESS = "Progress"
    BACKLOG = "Backlog"
    AGREEMENT = "Agreement"
    DRIFT = "Drift"
    CONFUSION = "Confusion"
    TROUBLE = "Trouble"
    PASSAGES = "Passages"


PANES = tuple(Pane)


def table_of(pane: Pane, view: "DeskReading") -> Table:
    """The table of a pane; confusions are a matrix, if there are any (`desk_figures.matrix_of`)."""
    match pane:
        case Pane.PROGRESS:
            return _progress(view)
        case Pane.BACKLOG:
            return _backlog(view)
        case Pane.AGREEMENT:
            return agreement_table(view)
        case Pane.DRIFT:
            return drift_table(view)
        case Pane.CONFUSION:
            return no_confusions(view)
        case Pane.TROUBLE:
            return trouble_table(view)
        case Pane.PASSAGES:
            return _passages(view)


# --- progress and what waits ---------------------------------------------------------------------


def _progress(view: "DeskReading") -> Table:
    rows = []
    for one in view.status.rounds:
        passed = {each.coder: "passed" if each.passed else "not passed" for each in one.assessed}
        for each in one.coders:
            marked = [mark for mark in one.marked if mark.coder == each.coder]
            cells = (each.coder, one.row.name, str(each.done), str(each.open), str(each.skipped))
            share = f"{each.done / each.assigned:.0%}" if each.assigned else NOTHING
            title = f"{each.coder}, flagged or skipped in {one.row.name}"
            drill = Drill(title, tuple(map(_marked, marked)))
            result = passed.get(each.coder, "")
            rows.append(Row((one.row.name, each.coder), (*cells, share, result), drill))
    columns = (
        Column("Coder"),
        Column("Round", 14),
        Column("Done", 7, right=True),
        Column("Open", 7, right=True),
        Column("Skipped", 7, right=True, can_go=True),
        Column("Of all", 6, right=True, can_go=True),
        Column("Training", 10, can_go=True),
    )
    return Table("Who is how far", columns, tuple(rows), "Nobody has passages yet.")


def _marked(mark: "MarkedPassage") -> "tuple[tuple[str, int], str]":
    words = ["flagged"] if mark.flagged else []
    if mark.skipped is not None:
        words.append(f"skipped, {mark.skipped.words}")
    words += [one for one in (mark.skip_note, mark.note) if one]
    return (mark.report_key, mark.number), "; ".join(words)


def _backlog(view: "DeskReading") -> Table:
    columns = (Column("Waiting"), Column("Passages", 9, right=True))
    if view.round is None:
        return Table("What waits", columns, (), NO_ROUND)
    return Table(
        f"What waits in {view.round.row.name}", columns, tuple(_waiting(view.round)), NO_ROUND
    )


def _waiting(one: "RoundStatus") -> Iterator[Row]:
    flagged = [_marked(mark) for mark in one.marked if mark.flagged]
    skipped = [_marked(mark) for mark in one.marked if mark.skipped is not None]
    yield Row("open", ("To be coded, over all coders", str(one.total.open)))
    kinds = (
        ("Coders differ, not settled", [each for each in one.differing if each.to_settle]),
        ("Changed since it was settled", [each for each in one.differing if _changed(each)]),
        ("Sent back, waiting for a coder", [each for each in one.differing if each.waiting]),
    )
    for title, cases in kinds:
        items = tuple((each.place, each.words) for each in cases)
        yield Row(title, (title, str(len(items))), Drill(title, items))
    for title, marked in (("Flagged for the lead", flagged), ("Skipped by coders", skipped)):
        yield Row(title, (title, str(len(marked))), Drill(title, tuple(marked)))
    yield Row("settled", ("Settled", str(one.cases.settled)))


def _changed(one: "Disagreement") -> bool:
    return one.decided and not one.settled


# --- disputed passages ---------------------------------------------------------------------------


def _passages(view: "DeskReading") -> Table:
    columns = (
        Column("Passage"),
        Column("Differs in", _DIFFERS, can_go=True),
        Column("How far", 7, right=True),
        Column("State", 18),
    )
    if view.round is None:
        return Table("Passages that coders differ in", columns, (), NO_ROUND)
    names = subject_names(view.codebook)
    rows = tuple(
        Row(
            one.place,
            (
                view.title(one.place),
                in_short([names[name] for name in one.variables], _DIFFERS),
                f"{one.score:.2f}",
                one.words,
            ),
            Drill(view.title(one.place), ((one.place, ""),)),
        )
        for one in view.round.differing
    )
    title = f"Passages that coders differ in, lowest agreement first ({len(rows)})"
    return Table(title, columns, rows, "Coders differ in no passage.")


ABOUT = {
    Pane.PROGRESS: "How many passages each coder has done, has left, gave back. It is no race: how "
    "long anyone takes is not shown.",
    Pane.BACKLOG: "What waits for coders and for you.",
    Pane.AGREEMENT: "Alpha of the blind first codings with its interval; below .667 do not use it, "
    "below .8 only with care. The bar shows both limits.",
    Pane.DRIFT: "The newest windows of agreement, those with an alarm first: low is alpha below "
    ".75, fell is lower by .10 or more than before; chance? says that it may be chance. Fewer than "
    "50 passages are too few. Enter reads the windows before.",
    Pane.CONFUSION: "How often one coder gave the value of the row where another gave that of the "
    "column, all pairs of coders together.",
    Pane.TROUBLE: "The entries of the codebook in whose passages coders differ, doubt, write notes "
    "or let checks stand, or that you settled as unclear or by merging.",
    Pane.PASSAGES: "The passages that coders differ in, the lowest agreement first.",
}
"""What each pane tells, for its help."""
