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
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import groupby
from math import sqrt
from typing import Any

from annotator.agreement import Ci, Estimate, estimates, per_coder
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.codings import codings
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.rounds import named_round
from annotator.work.breakdown import Matrix
from annotator.work.compared_codings import ComparedCodings, compared_codings
from annotator.work.gold import GoldGroup, gold_agreement
from annotator.work.intra import OwnAgreement, own_agreement
from annotator.work.reliability import matrices
from annotator.work.variable_agreement import Choices

SIZE = 150
"""Passages to a rolling window."""

STEP = 50
"""Passages from one rolling window to the next."""

BEFORE = 450
"""How many passages before a window it is held against."""

FEWEST = 50
"""Passages that a window, or what it is held against, must have for an alarm."""

FLOOR = 0.75
DROP = 0.10
"""An alarm is raised below the one, and where alpha fell by the other."""

MOST = 12
"""How many windows are told of, the newest."""

_NORMAL_95 = 1.96


class By(StrEnum):
    """What makes a window."""

    PASSAGES = "passages"
    WEEK = "week"


class Alarm(StrEnum):
    """Why a window asks for the lead."""

    LOW = "low"
    DROP = "drop"


@dataclass(frozen=True, slots=True)
class Window:
    """Agreement in one window.

    Attributes:
        label: The week, such as `2026-W07`, or the passages, such as `251-400`, counted in the
            order in which they were done.
        begins: When the first of its passages was done.
        ends: When the last was.
        estimate: Alpha in it, or a coder's agreement with the rest, with a jackknife interval.
        before: The same of the passages before it; None where there are too few.
        alarms: Why it asks for the lead; empty where it does not, or has too few passages.
        by_chance: Whether what raised the alarms lies within what chance does at 95 %; None where
            there is no alarm, or no interval to tell.
        places: Its passages, in the order in which they were done. Not part of `as_json`.
    """

    label: str
    begins: datetime
    ends: datetime
    estimate: Estimate
    before: Estimate | None
    alarms: tuple[Alarm, ...]
    by_chance: bool | None
    places: tuple[Place, ...]

    @property
    def too_few(self) -> bool:
        """Whether it has too few passages for an alarm."""
        return self.estimate.n_units < FEWEST

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        one = self.estimate
        return {
            "window": self.label,
            "begins": self.begins.isoformat(),
            "ends": self.ends.isoformat(),
            "n": one.n_units,
            "alpha": one.value,
            "ci_low": one.ci_low,
            "ci_high": one.ci_high,
            "reason": one.reason,
            "before": None if self.before is None else self.before.value,
            "too_few": self.too_few,
            "alarms": [alarm.value for alarm in self.alarms],
            "by_chance": self.by_chance,
        }


@dataclass(frozen=True, slots=True)
class Series:
    """Agreement on one variable from window to window.

    Attributes:
        variable: The variable's id.
        name: A short name.
        coder: The coder who is held against the rest; empty for all coders together.
        by: What makes a window.
        windows: The newest windows, in the order of time.
    """

    variable: str
    name: str
    coder: str
    by: By
    windows: tuple[Window, ...]

    @property
    def newest(self) -> Window | None:
        """The newest window with enough passages; None where there is none."""
        return next((one for one in reversed(self.windows) if not one.too_few), None)

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "variable": self.variable,
            "coder": self.coder or None,
            "by": self.by.value,
            "windows": [one.as_json() for one in self.windows],
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """How agreement in a round went.

    Attributes:
        round: The round's name.
        n_passages: How many passages are compared.
        series: Every variable in which anything varies, by passages and by week, for all coders
            and, by passages, for each.
        gold: How far coders meet the gold answers: in all, by 150 passages, by week; none in a
            round without gold.
        own: How far coders agree with themselves; none in a round where no passage came again.
    """

    round: str
    n_passages: int
    series: tuple[Series, ...]
    gold: tuple[GoldGroup, ...] = ()
    own: tuple[OwnAgreement, ...] = ()

    @property
    def alarms(self) -> tuple[tuple[Series, Window], ...]:
        """The newest window of each series, where it raises an alarm."""
        return tuple(
            (one, newest)
            for one in self.series
            if (newest := one.newest) is not None and newest.alarms
        )

    @property
    def gold_alarms(self) -> tuple[GoldGroup, ...]:
        """The newest 150 passages of each coder, where they meet too little of the gold in them."""
        newest = {one.coder: one for one in self.gold if one.kind == "batch"}
        return tuple(one for one in newest.values() if one.agreement < FLOOR)

    def only(self, coder: str | None) -> "Drift":
        """What is told of one coder against the rest; None for everything."""
        if coder is None:
            return self
        return replace(
            self,
            series=tuple(one for one in self.series if one.coder == coder),
            gold=tuple(one for one in self.gold if one.coder == coder),
            own=tuple(one for one in self.own if one.coder == coder),
        )

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        return {
            "round": self.round,
            "passages": self.n_passages,
            "series": [one.as_json() for one in self.series],
            "alarms": [
                {"variable": one.variable, "coder": one.coder or None, "by": one.by.value}
                | newest.as_json()
                for one, newest in self.alarms
            ],
            "gold": [one.as_json() for one in self.gold],
            "gold_alarms": [one.as_json() for one in self.gold_alarms],
            "own": [one.as_json() for one in self.own],
        }


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
        WorkProblem: No passage of the round has been coded twice.
    """
    found = compared_codings(project, round_name)
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
