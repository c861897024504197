"""How long a coder has worked: on a passage, and without a rest."""

import time
from collections.abc import Callable
from typing import NamedTuple

from annotator.config.settings import Settings

REST = 5 * 60.0
"""Seconds away after which a coder counts as rested."""


class Habits(NamedTuple):
    """How a coder wants to be looked after; the fields of the config file say what each means.

    `longest_pause` is in seconds; the others are in minutes, and 0 means never.
    """

    longest_pause: float
    break_after_minutes: float
    pause_after_minutes: float


def habits_of(settings: Settings) -> Habits:
    """The habits that a config file tells of."""
    return Habits(
        settings.longest_pause, settings.break_after_minutes, settings.pause_after_minutes
    )


HABITS = habits_of(Settings())
"""Those of a coder who has chosen none."""


class WorkClock:
    """Counts the seconds in which a coder works, from key to key.

    Args:
        habits: What counts as a pause, and when a break is due.
        clock: Seconds that never go back; for tests.
    """

    def __init__(self, habits: Habits, clock: Callable[[], float] = time.monotonic) -> None:
        self.counts = True
        self._habits = habits
        self._clock = clock
        self._last = clock()
        self._worked = 0.0
        self._rested = 0.0
        self._told = False

    def lap(self) -> float:
        """The seconds of work since the last call: none while the time does not count.

        A pause longer than `longest_pause` counts as that long. Whoever is away for `REST` begins
        to work anew.
        """
        now = self._clock()
        gap, self._last = now - self._last, now
        self._rested += gap
        if self._rested >= REST:
            self._worked = 0.0
            self._told = False
        if not self.counts:
            return 0.0
        self._rested = 0.0
        spent = min(gap, self._habits.longest_pause)
        self._worked += spent
        return spent

    def break_due(self) -> int:
        """The minutes worked without a rest, when a break is due; 0 else, and once it was told."""
        limit = self._habits.break_after_minutes * 60
        if not limit or self._told or self._worked < limit:
            return 0
        self._told = True
        return round(self._worked / 60)
