"""The answers of coders, and how likely they are: the steps between which estimates climb.

Equations by their numbers in Dawid and Skene 1979.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.distance import Floats
from annotator.agreement.ratings import Ratings
from annotator.errors import AnnotatorError

NOTHING = 1e-12
"""Less than this of a unit is nothing but rounding."""

Positions = NDArray[np.intp]


class Answers:
    """The distinct rows of values, each with the number of units that have it.

    Args:
        ratings: N units x r columns.
        coders: r names, equal for columns of one coder.
    """

    def __init__(self, ratings: Ratings, coders: Sequence[str] | None) -> None:
        self.ratings = ratings
        self.names, self.owner = coder_of_column(ratings, coders)
        coded = (ratings.codes >= 0).any(axis=1)
        if not coded.any():
            raise AnnotatorError("No unit has a value; there is nothing to diagnose.")
        self.coded = np.flatnonzero(coded)
        self.rows, self.row_of_unit, times = np.unique(
            ratings.codes[self.coded], axis=0, return_inverse=True, return_counts=True
        )
        self.row_of_unit = self.row_of_unit.reshape(-1)
        self.times = times.astype(np.float64)
        self.n_values = len(ratings.categories)

    def votes(self) -> Floats:
        """P x V, the share of each row's values that each category has (equation 3.1)."""
        found = np.zeros((len(self.rows), self.n_values))
        lines = np.arange(len(self.rows))
        for column in self.rows.T:
            given = column >= 0
            found[lines[given], column[given]] += 1.0
        return np.asarray(found / found.sum(axis=1, keepdims=True))

    def drawn(self, random: np.random.Generator) -> Floats:
        """P x V, all of a row's probability on one of its own values, drawn by lot."""
        reach = np.cumsum(self.votes(), axis=1)
        chosen = (random.random((len(self.rows), 1)) * reach[:, -1:] >= reach).sum(axis=1)
        found = np.zeros_like(reach)
        found[np.arange(len(self.rows)), chosen] = 1.0
        return found

    def maximise(self, truth: Floats, smoothing: float) -> tuple[Floats, Floats]:
        """Prevalence (V) and error rates (coders x V x V) given the truth (equations 2.3, 2.4).

        A row that no value speaks to is even: it says nothing, and changes no likelihood.
        """
        n_values = self.n_values
        weighted = truth * self.times[:, None]
        spread = smoothing / n_values
        prevalence = weighted.sum(axis=0) + spread
        errors = np.full((len(self.names), n_values, n_values), spread)
        for owner, column in zip(self.owner, self.rows.T, strict=True):
            given = column.astype(np.intp) + 1
            for true in range(n_values):
                errors[owner, true] += np.bincount(given, weighted[:, true], n_values + 1)[1:]
        sums = errors.sum(axis=2, keepdims=True)
        silent = sums <= NOTHING
        errors = np.where(silent, 1.0 / n_values, errors / np.where(silent, 1.0, sums))
        return prevalence / prevalence.sum(), errors

    def expect(self, prevalence: Floats, errors: Floats) -> tuple[Floats, float]:
        """P x V, the probabilities of the categories, and the log likelihood (2.5, 2.7)."""
        with np.errstate(divide="ignore"):
            logs = np.tile(np.log(prevalence), (len(self.rows), 1))
            log_errors = np.log(errors)
        for owner, column in zip(self.owner, self.rows.T, strict=True):
            given = column >= 0
            logs[given] += log_errors[owner][:, column[given]].T
        highest = logs.max(axis=1, keepdims=True)
        likelihoods = np.exp(logs - highest)
        sums = likelihoods.sum(axis=1, keepdims=True)
        total = float((self.times * (np.log(sums) + highest)[:, 0]).sum())
        return likelihoods / sums, total

    def log_prior(self, prevalence: Floats, errors: Floats, smoothing: float) -> float:
        """What smoothing adds to the log likelihood: with it, each step still climbs."""
        if not smoothing:
            return 0.0
        logs = float(np.log(prevalence).sum()) + float(np.log(errors).sum())
        return smoothing / self.n_values * logs


def coder_of_column(
    ratings: Ratings, coders: Sequence[str] | None
) -> tuple[tuple[str, ...], Positions]:
    """The distinct coders in the order of their first column, and whose each column is."""
    given = ratings.coders if coders is None else tuple(coders)
    if len(given) != len(ratings.coders):
        raise AnnotatorError(
            f"The ratings have {len(ratings.coders)} columns but {len(given)} coders are named; "
            "name one coder per column."
        )
    names = tuple(dict.fromkeys(given))
    place = {name: position for position, name in enumerate(names)}
    return names, np.array([place[name] for name in given], dtype=np.intp)
