"""What stands in the panes of a desk that figures of agreement go into."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from annotator.codebook.model import PASSAGE
from annotator.tui.desk_lines import Column, Drill, Matrix, Row, Table
from annotator.work.interval_bar import BAR_HEADING, interval_bar

if TYPE_CHECKING:
    from annotator.agreement import Estimate
    from annotator.store.places import Place
    from annotator.work.confusion import VariableConfusion
    from annotator.work.gold import GoldGroup
    from annotator.work.lead_desk import DeskReading, Figures
    from annotator.work.trouble import Sign, Trouble
    from annotator.work.variable_agreement import CodeAgreement, VariableAgreement
    from annotator.work.windows import Series, Window

NOTHING = "–"
NO_ROUND = "No round has been opened yet."
_READING = "Being read …"


# --- agreement -----------------------------------------------------------------------------------


def _figures(view: "DeskReading") -> "tuple[Figures | None, str]":
    """The figures, or why there are none."""
    if view.round is None:
        return None, NO_ROUND
    if view.figures is None:
        return None, _READING
    return view.figures, view.figures.agreement.reason


_FIGURE_COLUMNS = (
    Column("n", 6, right=True),
    Column("Alpha", 6, right=True),
    Column("95 % interval", 14, can_go=True),
    Column(BAR_HEADING, len(BAR_HEADING), can_go=True),
)


def agreement_table(view: "DeskReading") -> Table:
    """Each question and each of its codes, with the interval as a bar."""
    columns = (Column("Question or code"), *_FIGURE_COLUMNS)
    figures, reason = _figures(view)
    title = _as_of("How far coders agree", figures)
    if figures is None or figures.agreement.reliability is None:
        return Table(title, columns, (), reason)
    rows: list[Row] = []
    found, behind = figures.agreement.reliability, _behind(figures)
    for one in found.variables:
        if one.alpha is not None and one.alpha.value is not None:
            cells = (one.name, *_figure(one.alpha))
            question = one.variable.split(" ")[0]
            subjects = {question, *_units(one.unit, view)}
            drill = _differing(one.name, view, subjects=subjects)
            rows.append(Row(one.variable, cells, drill, entry=(question, ""), style="bold"))
            own = behind.get(one.variable, {})
            rows += (
                _code_row(one, code, own, drill) for code in one.codes if code.estimate.prevalence
            )
    for unit in found.records:
        name = f"{unit.label} found (F1)"
        cells = (name, *_figure(unit.found.f1))
        drill = _differing(unit.label, view, subjects=_units(unit.unit, view))
        rows.append(Row(f"{unit.unit} found", cells, drill, style="bold"))
    return Table(title, columns, tuple(rows), "Nothing that varies was compared yet.")


def _differing(
    title: str,
    view: "DeskReading",
    among: "Collection[Place] | None" = None,
    subjects: Collection[str] = (),
) -> Drill:
    """The passages that coders differ in and that are still to be settled.

    Args:
        title: What they are about.
        view: What was read.
        among: The only passages; None for all of the round.
        subjects: Variables of the passage or units; only passages that differ in one of them.
    """
    listed = () if view.round is None else view.round.differing
    items = tuple(
        (one.place, ", ".join(one.variables))
        for one in listed
        if one.to_settle
        and (among is None or one.place in among)
        and (not subjects or set(subjects) & set(one.variables))
    )
    return Drill(f"{title}: passages that coders differ in", items)


def _units(unit_id: str, view: "DeskReading") -> set[str]:
    """A unit and those it lies in, but for the passage: a disagreement names the outermost."""
    found: set[str] = set()
    while unit_id and unit_id != PASSAGE:
        found.add(unit_id)
        unit_id = view.codebook.unit(unit_id).within
    return found


def _as_of(title: str, figures: "Figures | None") -> str:
    return title if figures is None else f"{title}, as of {figures.read_at:%H:%M:%S}"


def _figure(one: "Estimate") -> tuple[str, str, str, str]:
    """Units, value, interval and bar of a figure."""
    interval = NOTHING
    if one.ci_low is not None and one.ci_high is not None:
        interval = f"{one.ci_low:.3f}–{one.ci_high:.3f}"
    value = NOTHING if one.value is None else f"{one.value:.3f}"
    return str(one.n_units), value, interval, interval_bar(one)


_Behind = dict[str, list[tuple[tuple[str, int], str]]]
"""For each code of a question the passages where it stands against another, and against which."""


def _code_row(
    one: "VariableAgreement", code: "CodeAgreement", behind: _Behind, whole: Drill
) -> Row:
    """The row of a code; what is only made of answers has the passages of its question."""
    name, variable = str(code.estimate.code), one.variable.split(" ")[0]
    drill = whole
    if variable == one.variable:
        title = f"{one.name}: {code.label} against another"
        drill = Drill(title, tuple(behind.get(name, ())))
    cells = (f"  {code.label}", *_figure(code.estimate.alpha))
    return Row((one.variable, name), cells, drill, entry=(variable, name))


def _behind(figures: "Figures") -> dict[str, _Behind]:
    """The same for every question."""
    found: dict[str, _Behind] = defaultdict(lambda: defaultdict(list))
    for one in figures.agreement.confusions:
        for cell in one.confused():
            words = f"{cell.first} against {cell.second}"
            for code in (cell.first, cell.second):
                found[one.variable][code] += [(place, words) for place in cell.places]
    return found


# --- drift ---------------------------------------------------------------------------------------


def drift_table(view: "DeskReading") -> Table:
    """The newest window of each question, of all coders and of each, alarms first."""
    columns = (
        Column("Question"),
        Column("Whose", 10),
        Column("Window", 10),
        Column("n", 5, right=True, can_go=True),
        Column("Alpha", 6, right=True, can_go=True),
        Column("Before", 6, right=True, can_go=True),
        Column("Alarm", 18),
    )
    figures, reason = _figures(view)
    title = _as_of("Agreement in the newest windows, alarms first", figures)
    if figures is None or figures.agreement.drift is None:
        return Table(title, columns, (), reason)
    series = figures.agreement.drift.series
    rows = [_series_row(one, one.newest or one.windows[-1], view) for one in series if one.windows]
    rows += [_gold_row(one) for one in figures.agreement.drift.gold_alarms]
    rows.sort(key=lambda row: row.style != "missing")
    return Table(title, columns, tuple(rows), "Nothing that varies was compared yet.")


def _series_row(one: "Series", newest: "Window", view: "DeskReading") -> Row:
    value = newest.estimate.value
    before = newest.before.value if newest.before is not None else None
    return Row(
        (one.variable, one.coder, one.by),
        (
            one.name,
            one.coder or "all",
            newest.label,
            str(newest.estimate.n_units),
            NOTHING if value is None else f"{value:.3f}",
            NOTHING if before is None else f"{before:.3f}",
            _alarm(newest),
        ),
        _differing(f"{one.name}, {newest.label}", view, set(newest.places)),
        about=tuple(_windows(one)),
        entry=(one.variable.split(" ")[0], ""),
        style="missing" if newest.alarms else "",
    )


def _gold_row(one: "GoldGroup") -> Row:
    cells = ("Gold answers", one.coder, one.label, str(one.n_passages))
    return Row(
        ("gold", one.coder),
        (*cells, f"{one.agreement:.3f}", NOTHING, "low"),
        style="missing",
    )


def _alarm(window: "Window") -> str:
    if window.too_few:
        return "too few"
    said = {"low": "low", "drop": "fell"}
    words = [said[one.value] for one in window.alarms]
    return ", ".join([*words, "chance?"] if words and window.by_chance else words)


def _windows(one: "Series") -> Iterator[str]:
    whose = f"{one.coder} against the rest" if one.coder else "all coders"
    yield f"{one.name}, {whose}, by {'week' if one.by == 'week' else '150 passages'}"
    for window in one.windows:
        n, value, interval, bar = _figure(window.estimate)
        yield f"{window.label:<11} n {n:>4}  {value:>6}  {interval:<13}  {bar}  {_alarm(window)}"


# --- confusion -----------------------------------------------------------------------------------


def no_confusions(view: "DeskReading") -> Table:
    """What stands in place of a matrix where there is none."""
    figures, reason = _figures(view)
    said = reason or "Nothing was confused with anything yet."
    return Table(_as_of("What is confused with what", figures), (), (), said)


def confusions_in(view: "DeskReading") -> "tuple[VariableConfusion, ...]":
    """What is confused in the round, variable by variable; those with two values or more."""
    if view.figures is None:
        return ()
    return tuple(one for one in view.figures.agreement.confusions if len(one.values) > 1)


def matrix_of(found: "VariableConfusion", at: tuple[int, int], figures: "Figures") -> Matrix:
    """The matrix of a variable, all pairs of coders together."""
    first, second = found.values[at[0]], found.values[at[1]]
    cell = found.cell(first, second)
    against = f"both gave {first}" if first == second else f"{first} against {second}"
    passages = "1 passage" if len(cell.places) == 1 else f"{len(cell.places)} passages"
    return Matrix(
        _as_of(f"{found.name}: what one coder gave where another gave what", figures),
        found.values,
        found.counts(),
        f"{against}: {cell.times} times in {passages}",
    )


def cell_drill(found: "VariableConfusion", at: tuple[int, int]) -> Drill:
    """The passages of a cell of a matrix."""
    first, second = found.values[at[0]], found.values[at[1]]
    title = f"{found.name}: {first} against {second}"
    return Drill(title, tuple((place, "") for place in found.cell(first, second).places))


# --- trouble and disputed passages ---------------------------------------------------------------


def trouble_table(view: "DeskReading") -> Table:
    """The entries of the codebook that cause trouble."""
    columns = (
        Column("Entry of the codebook"),
        Column("Score", 5, right=True),
        Column("Share", 5, right=True, can_go=True),
        *(
            Column(sign.words, max(6, len(sign.words)), right=True, can_go=True)
            for sign in _signs()
        ),
    )
    figures, reason = _figures(view)
    title = _as_of("What causes trouble in the codebook", figures)
    if figures is None:
        return Table(title, columns, (), reason)
    rows = tuple(map(_trouble_row, figures.trouble.found))
    return Table(title, columns, rows, "No sign of trouble.")


def _trouble_row(one: "Trouble") -> Row:
    counts = tuple(str(one.count(sign) or "·") for sign in _signs())
    items = tuple(
        ((seen.where.report, seen.where.number), f"{sign.words}: {seen.words}".rstrip(": "))
        for sign, found in one.signs.items()
        for seen in found
    )
    return Row(
        one.entry,
        (one.entry.name, str(one.score), f"{one.share:.0%}", *counts),
        Drill(f"{one.entry.name}, {one.label}", items),
        entry=(one.entry.variable or one.entry.id, one.entry.id if one.entry.variable else ""),
    )


def _signs() -> "tuple[Sign, ...]":
    from annotator.work.trouble import Sign

    return tuple(Sign)
