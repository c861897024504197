"""What may lie behind the labels: a diagnosis of coders and units, never a final label.

Dawid and Skene 1979 (*Applied Statistics* 28) suppose that every unit has one true category and
that each coder errs in a way of their own, whoever else codes the unit: pi[j, l] is the chance that
the coder says l where j is true. Expectation and maximisation in turn estimate these error rates,
the share of each category, and for each unit the probability of each category. A lead can see from
them which coder mistakes what for what, and which units a decision would tell most about. They are
estimates under a model that no one has checked: coders who share a mistake are taken to be right.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.distance import Floats
from annotator.agreement.ratings import MISSING, Ratings
from annotator.errors import AnnotatorError

NOT_A_LABEL = "An estimate under a model of coders' errors, not a final label: a lead decides."
"""To be shown wherever these numbers are."""

_CLOSE = 1e-10
_NOTHING = 1e-12

Positions = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class CoderErrors:
    """How one coder's values relate to what the model takes for true.

    Attributes:
        coder: The name.
        confusion: V rows, one per true category, of V chances, one per category given; None in
            place of a row where the coder met no unit of that category.
        accuracy: The expected share of the coder's values that are the true category.
        n_values: How many values the coder gave.
    """

    coder: str
    confusion: tuple[tuple[float, ...] | None, ...]
    accuracy: float
    n_values: int


@dataclass(frozen=True, slots=True)
class UnitDoubt:
    """What the model knows of one unit.

    Attributes:
        unit: The name.
        doubt: The entropy of its category in bits: what deciding the unit is expected to tell.
        leans_to: The most probable category; no final label.
        probability: How probable that is.
    """

    unit: str
    doubt: float
    leans_to: object
    probability: float


@dataclass(frozen=True, slots=True, eq=False)
class TruthModel:
    """Categories, coders and units under one model of the truth behind the labels.

    Attributes:
        method: `majority` or `dawid_skene`.
        categories: The V categories.
        prevalence: V, the estimated share of each.
        coders: Each coder who gave a value.
        posterior: N x V, the probability of each category for each unit; a row of nan for a unit
            without values.
        log_likelihood: Of all values under the estimates; None for `majority`, which has no model.
        n_steps: How many rounds of expectation and maximisation it took, 0 for `majority`.
        units: N names.
    """

    method: str
    categories: tuple[object, ...]
    prevalence: tuple[float, ...]
    coders: tuple[CoderErrors, ...]
    posterior: Floats
    log_likelihood: float | None
    n_steps: int
    units: Sequence[str]

    def most_doubtful(self, n_units: int = 20) -> list[UnitDoubt]:
        """The units whose adjudication is expected to tell most, the most doubtful first.

        Args:
            n_units: How many at most. Units without doubt (less than a thousandth of a bit) and
                units nobody coded are left out.
        """
        doubt = _entropy(self.posterior)
        order = np.argsort(-doubt, kind="stable")[:n_units]
        likely = self.posterior.argmax(axis=1)
        return [
            UnitDoubt(
                unit=self.units[unit],
                doubt=float(doubt[unit]),
                leans_to=self.categories[likely[unit]],
                probability=float(self.posterior[unit, likely[unit]]),
            )
            for unit in order.tolist()
            if doubt[unit] >= 1e-3
        ]

    def as_json(self, n_units: int = 20) -> dict[str, Any]:
        """The model in plain values, with the most doubtful units and a warning."""
        return {
            "note": NOT_A_LABEL,
            "method": self.method,
            "categories": [str(category) for category in self.categories],
            "prevalence": list(self.prevalence),
            "coders": [
                {
                    "coder": one.coder,
                    "accuracy": one.accuracy,
                    "n_values": one.n_values,
                    "confusion": [None if row is None else list(row) for row in one.confusion],
                }
                for one in self.coders
            ],
            "log_likelihood": self.log_likelihood,
            "n_steps": self.n_steps,
            "most_doubtful": [
                {
                    "unit": one.unit,
                    "doubt": one.doubt,
                    "leans_to": str(one.leans_to),
                    "probability": one.probability,
                }
                for one in self.most_doubtful(n_units)
            ],
        }


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The majority's view and, where it can be told, that of Dawid and Skene.

    Attributes:
        majority: The baseline: a unit's values vote, ties shared.
        model: Dawid and Skene's estimates, None where the data cannot give them.
        reason: Why there is no model: `no_pairs`, `no_variation`, `two_coders` (who of two errs
            cannot be told); else None.
    """

    majority: TruthModel
    model: TruthModel | None
    reason: str | None


def diagnose(
    ratings: Ratings,
    *,
    coders: Sequence[str] | None = None,
    smoothing: float = 1.0,
    starts: int = 10,
    seed: int = 0,
) -> Diagnosis:
    """The truth behind labels as far as the labels show it: a diagnosis, never a final label.

    Args:
        ratings: N units x r coders; values may be missing.
        coders: See `dawid_skene`.
        smoothing: See `dawid_skene`.
        starts: See `dawid_skene`.
        seed: See `dawid_skene`.
    """
    names, _ = _named(ratings, coders)
    reason = _why_not(ratings, names)
    return Diagnosis(
        majority=majority(ratings, coders=coders),
        model=None
        if reason
        else dawid_skene(ratings, coders=coders, smoothing=smoothing, starts=starts, seed=seed),
        reason=reason,
    )


def majority(ratings: Ratings, *, coders: Sequence[str] | None = None) -> TruthModel:
    """The baseline: each unit's most frequent value, shared between those that tie.

    Args:
        ratings: N units x r coders; values may be missing.
        coders: See `dawid_skene`.
    """
    data = _Answers(ratings, coders)
    truth = data.votes()
    truth = (truth == truth.max(axis=1, keepdims=True)).astype(np.float64)
    truth /= truth.sum(axis=1, keepdims=True)
    prevalence, errors = data.maximise(truth, 0.0)
    return data.model("majority", truth, prevalence, errors, None, 0)


def dawid_skene(
    ratings: Ratings,
    *,
    coders: Sequence[str] | None = None,
    smoothing: float = 1.0,
    starts: int = 10,
    seed: int = 0,
    most_steps: int = 2000,
) -> TruthModel:
    """Error rates of coders and probabilities of categories by the method of Dawid and Skene 1979.

    The first start is theirs: the votes of a unit as its probabilities. Every further one gives
    each unit one of its own values, drawn by lot, so that categories keep their names; the start
    that ends highest is kept.

    Args:
        ratings: N units x r coders; values may be missing.
        coders: r names where several columns belong to one coder who coded units more than once:
            columns with the same name share one set of error rates. By default each column is a
            coder of its own.
        smoothing: How many values are added to each coder's row for a true category, spread
            evenly over the V categories, and to the prevalence; 0 gives the estimates of the
            paper, which are certain of whatever few values never showed.
        starts: How many starts.
        seed: Of the draws.
        most_steps: Where to stop if the likelihood still rises.

    Raises:
        AnnotatorError: There is no value, or an argument is out of range.
    """
    if not (0 <= smoothing < math.inf) or starts < 1 or most_steps < 1:
        raise AnnotatorError(
            "Smoothing must be 0 or more, and starts and steps at least 1; mend the argument."
        )
    data = _Answers(ratings, coders)
    random = np.random.default_rng(seed)
    best: tuple[float, int, Floats] | None = None
    for number in range(starts):
        truth = data.votes() if number == 0 else data.drawn(random)
        found = _climb(data, truth, smoothing, most_steps)
        if best is None or found[0] > best[0] + _CLOSE * (1 + abs(best[0])):
            best = found
    assert best is not None
    _, n_steps, truth = best
    prevalence, errors = data.maximise(truth, smoothing)
    truth, log_likelihood = data.expect(prevalence, errors)
    return data.model("dawid_skene", truth, prevalence, errors, log_likelihood, n_steps)


def _climb(
    data: "_Answers", truth: Floats, smoothing: float, most_steps: int
) -> tuple[float, int, Floats]:
    """Maximise and expect in turn until the objective rises no more."""
    before, n_steps = -math.inf, 0
    while n_steps < most_steps:
        n_steps += 1
        prevalence, errors = data.maximise(truth, smoothing)
        truth, log_likelihood = data.expect(prevalence, errors)
        objective = log_likelihood + data.log_prior(prevalence, errors, smoothing)
        if objective - before <= _CLOSE * (1 + abs(objective)):
            break
        before = objective
    return objective, n_steps, truth


class _Answers:
    """The distinct rows of values, each with the number of units that have it.

    Args:
        ratings: N units x r columns.
        coders: r names, equal for columns of one coder.
    """

    def __init__(self, ratings: Ratings, coders: Sequence[str] | None) -> None:
        self.ratings = ratings
        self.names, self.owner = _named(ratings, coders)
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
        silent = sums <= _NOTHING
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

    def model(
        self,
        method: str,
        truth: Floats,
        prevalence: Floats,
        errors: Floats,
        log_likelihood: float | None,
        n_steps: int,
    ) -> TruthModel:
        """The estimates under the names of categories, coders and units."""
        weighted = truth * self.times[:, None]
        right = np.zeros(len(self.names))
        met = np.zeros((len(self.names), self.n_values))
        for owner, column in zip(self.owner, self.rows.T, strict=True):
            given = np.flatnonzero(column >= 0)
            right[owner] += weighted[given, column[given]].sum()
            met[owner] += weighted[given].sum(axis=0)
        posterior = np.full((self.ratings.codes.shape[0], self.n_values), np.nan)
        posterior[self.coded] = truth[self.row_of_unit]
        posterior.flags.writeable = False
        return TruthModel(
            method=method,
            categories=self.ratings.categories,
            prevalence=tuple(prevalence.tolist()),
            coders=tuple(
                CoderErrors(
                    coder=name,
                    confusion=tuple(
                        tuple(row.tolist()) if some > _NOTHING else None
                        for row, some in zip(errors[owner], met[owner], strict=True)
                    ),
                    accuracy=float(right[owner] / met[owner].sum()),
                    n_values=round(float(met[owner].sum())),
                )
                for owner, name in enumerate(self.names)
                if met[owner].sum() > 0
            ),
            posterior=posterior,
            log_likelihood=log_likelihood,
            n_steps=n_steps,
            units=self.ratings.units,
        )


def _named(ratings: Ratings, coders: Sequence[str] | None) -> tuple[tuple[str, ...], Positions]:
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


def _why_not(ratings: Ratings, names: tuple[str, ...]) -> str | None:
    codes = ratings.codes
    if not ((codes >= 0).sum(axis=1) >= 2).any():
        return "no_pairs"
    if np.unique(codes[codes != MISSING]).size < 2:
        return "no_variation"
    return "two_coders" if len(names) < 3 or ratings.n_coders < 3 else None


def _entropy(posterior: Floats) -> Floats:
    """N, the entropy of each row in bits; -1 for a row without probabilities."""
    known = ~np.isnan(posterior[:, 0])
    found = np.full(len(posterior), -1.0)
    rows = posterior[known]
    found[known] = -(rows * np.log2(np.where(rows > 0, rows, 1.0))).sum(axis=1)
    return np.asarray(found)
