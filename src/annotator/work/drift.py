"""Whether coders drift apart: agreement by week and over the passages coded last, with alarms.

Agreement on a variable is measured in windows: by calendar week, and rolling over 150 passages, a
window every 50 (`SIZE`, `STEP`). A passage stands where the last of its compared codings was
submitted; a coder's own passages where that coder's was. An alarm is raised where alpha is below
.75 (`FLOOR`), or lower by .10 (`DROP`) or more than alpha of the 450 passages before the window
(`BEFORE`). A window of fewer than 50 passages (`FEWEST`) is too few for an alarm: Lombard,
Snyder-Duch and Bracken (2002) ask for 50 units at the least. An alarm says whether it could be
chance, by jackknife intervals; it is raised all the same, because looking is cheap.

Beside these windows stands how far each coder meets gold answers, and agrees with themselves where
passages came again (`annotator.work.gold`, `annotator.work.intra`). Gold passages are few, about
ten in 150, so that what falls below `FLOOR` there is a reason to look and no more.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from math import sqrt

from annotator.agreement import Ci, Estimate, estimates, per_coder
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.codings import codings
from annotator.store.project import Project
from annotator.store.rounds import named_round
from annotator.work.breakdown import Matrix
from annotator.work.compared_codings import ComparedCodings, compared_codings
from annotator.work.gold import gold_agreement
from annotator.work.intra import OwnAgreement, own_agreement
from annotator.work.reliability import matrices
from annotator.work.rounds import round_named
from annotator.work.variable_agreement import Choices
from annotator.work.windows import FEWEST, FLOOR, Alarm, By, Drift, Series, Window

SIZE = 150
"""Passages to a rolling window."""

STEP = 50
"""Passages from one rolling window to the next."""

BEFORE = 450
"""How many passages before a window it is held against."""

DROP = 0.10
"""An alarm is raised where alpha fell by so much, or is below `FLOOR`."""

MOST = 12
"""How many windows are told of, the newest."""

_NORMAL_95 = 1.96


def drift(
    project: Project,
    round_name: str | None = None,
    *,
    variable: str | None = None,
    coders: bool = True,
    most: int = MOST,
) -> Drift:
    """How agreement of blind first codings of a round went, from window to window.

    Args:
        project: The project.
        round_name: The round; None where there is one only.
        variable: The only variable, by its id; None for all.
        coders: Whether each coder is held against the rest, too.
        most: How many windows of each series, the newest.

    Raises:
        AnnotatorError: There is no such round or variable; or as `compared_codings`.
        WorkProblem: No passage of the round has been coded twice, and neither gold nor repeated
            passages tell anything.
    """
    try:
        found = compared_codings(project, round_name)
    except WorkProblem:
        # Where each passage has one coder, gold and repeated passages are all there is to tell.
        name = round_named(project, round_name).name
        alone = with_known_answers(project, Drift(name, 0, ()))
        if variable or not (alone.gold or alone.own):
            raise
        return alone
    every = matrices(found, Choices())
    chosen = [one for one in every if variable in (None, one.variable)]
    if not chosen:
        listed = ", ".join(one.variable for one in every)
        raise AnnotatorError(f"There is nothing to compare of “{variable}”; choose from {listed}.")
    went = drift_of(found, chosen, coders=coders, most=most)
    return went if variable else with_known_answers(project, went)


def with_known_answers(project: Project, went: Drift) -> Drift:
    """The same with how far coders meet gold answers, and agree with themselves."""
    row = named_round(project, went.round)
    own: tuple[OwnAgreement, ...] = ()
    # Most rounds repeat nothing, and reading all their codings to find that takes long.
    if next(codings(project, row.id, "first", occasion=2), None) is not None:
        with suppress(WorkProblem):
            own = own_agreement(project, row, Choices(ci=Ci.JACKKNIFE))
    return replace(went, gold=gold_agreement(project, row), own=own)


def drift_of(
    found: ComparedCodings, chosen: Sequence[Matrix], *, coders: bool = True, most: int = MOST
) -> Drift:
    """How agreement of compared codings went.

    Args:
        found: The codings.
        chosen: What of them is compared, rows as in `found.coded`.
        coders: Whether each coder is held against the rest, too.
        most: How many windows of each series, the newest.
    """
    series = [one for matrix in chosen if _varies(matrix) for one in _series(found, matrix, most)]
    if coders and len(found.coded.coders) > 2:
        series += [
            one
            for matrix in chosen
            if _is_plain(matrix) and _varies(matrix)
            for one in _of_coders(found, matrix, most)
        ]
    return Drift(found.round, len(found.coded.rows), tuple(series))


def _varies(matrix: Matrix) -> bool:
    """Whether there are two values at all, without which there is no alpha."""
    codes = matrix.ratings.codes
    used = codes[codes >= 0]
    return bool(used.size) and bool((used != used[0]).any())


def _is_plain(matrix: Matrix) -> bool:
    """Whether it is a variable as it is, not its states, its parents or records as a set."""
    return not matrix.variable.endswith(")")


_Row = tuple[datetime, int]
"""When a row of a matrix was done, and the row."""

_Measure = Callable[[Sequence[int]], Estimate]
"""Agreement on some rows of a matrix."""


def _series(found: ComparedCodings, matrix: Matrix, most: int) -> Iterator[Series]:
    done: dict[int, datetime] = {}
    width = len(found.coded.coders)
    for cell in found.coded.cells.values():
        row, at = cell // width, found.submitted_at[cell]
        done[row] = max(at, done.get(row, at))
    # Windows count what can be compared in them, so a row that cannot is no part of any.
    pairable = (matrix.ratings.codes >= 0).sum(axis=1) > 1
    rows = sorted((at, row) for row, at in done.items() if pairable[row])
    whole = matrix.independent

    def measure(some: Sequence[int]) -> Estimate:
        part = whole.ratings.of_units(some)
        (alpha,) = estimates(part, matrix.level, names=("alpha",), ci=Ci.JACKKNIFE, **matrix.metric)
        return alpha

    for by in By:
        windows = _windows(rows, by, measure, most, found)
        yield Series(matrix.variable, matrix.name, "", by, windows)


def _of_coders(found: ComparedCodings, matrix: Matrix, most: int) -> Iterator[Series]:
    whole = matrix.independent
    width = len(found.coded.coders)
    pairable = (matrix.ratings.codes >= 0).sum(axis=1) > 1
    for column, coder in enumerate(found.coded.coders):
        rows = sorted(
            (found.submitted_at[cell], cell // width)
            for (_, name), cell in found.coded.cells.items()
            if name == coder
            and pairable[cell // width]
            and matrix.ratings.codes[cell // width, column] >= 0
        )

        def measure(some: Sequence[int], column: int = column) -> Estimate:
            part = whole.ratings.of_units(some)
            return per_coder(part, matrix.level, **matrix.metric)[column].against_rest

        windows = _windows(rows, By.PASSAGES, measure, most, found)
        yield Series(matrix.variable, matrix.name, coder, By.PASSAGES, windows)


def _windows(
    rows: Sequence[_Row], by: By, measure: _Measure, most: int, found: ComparedCodings
) -> tuple[Window, ...]:
    spans = _weeks(rows) if by is By.WEEK else _rolling(rows)
    return tuple(
        _window(rows, label, start, end, measure, found) for label, start, end in spans[-most:]
    )


_Span = tuple[str, int, int]
"""The label of a window, and which rows are in it: from the first up to but not with the last."""


def _rolling(rows: Sequence[_Row]) -> list[_Span]:
    """Windows of `SIZE` rows, the last of which ends with the last row; one, if there are fewer."""
    ends = range(len(rows), min(SIZE, len(rows)) - 1, -STEP) if rows else ()
    return [(f"{max(0, end - SIZE) + 1}-{end}", max(0, end - SIZE), end) for end in reversed(ends)]


def _weeks(rows: Sequence[_Row]) -> list[_Span]:
    found: list[_Span] = []
    start = 0
    for week, some in groupby(rows, lambda row: row[0].isocalendar()[:2]):
        end = start + len(list(some))
        found.append(("{}-W{:02}".format(*week), start, end))
        start = end
    return found


def _window(
    rows: Sequence[_Row],
    label: str,
    start: int,
    end: int,
    measure: _Measure,
    found: ComparedCodings,
) -> Window:
    estimate = measure([row for _, row in rows[start:end]])
    before = None
    if start >= FEWEST:
        before = measure([row for _, row in rows[max(0, start - BEFORE) : start]])
    places = tuple(found.places[found.coded.rows[row]] for _, row in rows[start:end])
    begins, ends = rows[start][0], rows[end - 1][0]
    made = Window(label, begins, ends, estimate, before, (), None, places)
    if made.too_few or estimate.value is None:
        return made
    chance: list[bool | None] = []
    alarms: list[Alarm] = []
    if estimate.value < FLOOR:
        alarms.append(Alarm.LOW)
        chance.append(None if estimate.ci_high is None else estimate.ci_high >= FLOOR)
    # Without the last bits of rounding, so that a fall of a tenth is one.
    fall = 0.0 if before is None or before.value is None else before.value - estimate.value
    if before is not None and round(fall, 9) >= DROP:
        alarms.append(Alarm.DROP)
        errors = (estimate.se, before.se)
        known = [error for error in errors if error is not None]
        error = sqrt(sum(one * one for one in known))
        chance.append(None if len(known) < len(errors) else fall <= _NORMAL_95 * error)
    by_chance = None if None in chance or not chance else all(chance)
    return replace(made, alarms=tuple(alarms), by_chance=by_chance)
