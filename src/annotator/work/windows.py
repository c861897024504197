"""Agreement from window to window: what is told of it, and where it asks for a lead.

`annotator.work.drift` measures it and says what a window and an alarm is.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from annotator.agreement import Estimate
from annotator.store.places import Place
from annotator.work.gold import GoldGroup
from annotator.work.intra import OwnAgreement

FEWEST = 50
"""Passages that a window, or what it is held against, must have for an alarm."""

FLOOR = 0.75
"""An alarm is raised below it."""


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
