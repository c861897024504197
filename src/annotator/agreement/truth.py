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

from annotator.agreement.answers import NOTHING, Answers, coder_of_column
from annotator.agreement.distance import Floats
from annotator.agreement.ratings import Ratings
from annotator.errors import AnnotatorError

NOT_A_LABEL = "An estimate under a model of coders' errors, not a final label: a lead decides."
"""To be shown wherever these numbers are."""

_CLOSE = 1e-10


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
    reason = _why_not(ratings, coders)
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
    answers = Answers(ratings, coders)
    truth = answers.votes()
    truth = (truth == truth.max(axis=1, keepdims=True)).astype(np.float64)
    truth /= truth.sum(axis=1, keepdims=True)
    prevalence, errors = answers.maximise(truth, 0.0)
    return _model("majority", answers, truth, prevalence, errors)


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
    answers = Answers(ratings, coders)
    random = np.random.default_rng(seed)
    best: tuple[float, int, Floats] | None = None
    for number in range(starts):
        truth = answers.votes() if number == 0 else answers.drawn(random)
        found = _climb(answers, truth, smoothing, most_steps)
        if best is None or found[0] > best[0] + _CLOSE * (1 + abs(best[0])):
            best = found
    assert best is not None
    _, n_steps, truth = best
    prevalence, errors = answers.maximise(truth, smoothing)
    truth, log_likelihood = answers.expect(prevalence, errors)
    return _model("dawid_skene", answers, truth, prevalence, errors, log_likelihood, n_steps)


def _climb(
    answers: Answers, truth: Floats, smoothing: float, most_steps: int
) -> tuple[float, int, Floats]:
    """Maximise and expect in turn until the objective rises no more."""
    before, n_steps = -math.inf, 0
    while n_steps < most_steps:
        n_steps += 1
        prevalence, errors = answers.maximise(truth, smoothing)
        truth, log_likelihood = answers.expect(prevalence, errors)
        objective = log_likelihood + answers.log_prior(prevalence, errors, smoothing)
        if objective - before <= _CLOSE * (1 + abs(objective)):
            break
        before = objective
    return objective, n_steps, truth


def _model(
    method: str,
    answers: Answers,
    truth: Floats,
    prevalence: Floats,
    errors: Floats,
    log_likelihood: float | None = None,
    n_steps: int = 0,
) -> TruthModel:
    """The estimates under the names of categories, coders and units."""
    weighted = truth * answers.times[:, None]
    right = np.zeros(len(answers.names))
    met = np.zeros((len(answers.names), answers.n_values))
    for owner, column in zip(answers.owner, answers.rows.T, strict=True):
        given = np.flatnonzero(column >= 0)
        right[owner] += weighted[given, column[given]].sum()
        met[owner] += weighted[given].sum(axis=0)
    posterior = np.full((answers.ratings.codes.shape[0], answers.n_values), np.nan)
    posterior[answers.coded] = truth[answers.row_of_unit]
    posterior.flags.writeable = False
    return TruthModel(
        method=method,
        categories=answers.ratings.categories,
        prevalence=tuple(prevalence.tolist()),
        coders=tuple(
            CoderErrors(
                coder=name,
                confusion=tuple(
                    tuple(row.tolist()) if some > NOTHING else None
                    for row, some in zip(errors[owner], met[owner], strict=True)
                ),
                accuracy=float(right[owner] / met[owner].sum()),
                n_values=round(float(met[owner].sum())),
            )
            for owner, name in enumerate(answers.names)
            if met[owner].sum() > 0
        ),
        posterior=posterior,
        log_likelihood=log_likelihood,
        n_steps=n_steps,
        units=answers.ratings.units,
    )


def _why_not(ratings: Ratings, coders: Sequence[str] | None) -> str | None:
    """Why the model cannot be told from these ratings; None if it can."""
    names, owner = coder_of_column(ratings, coders)
    given = ratings.codes >= 0
    by_coder = np.stack([given[:, owner == place].any(axis=1) for place in range(len(names))])
    if not (by_coder.sum(axis=0) >= 2).any():
        return "no_pairs"
    if np.unique(ratings.codes[given]).size < 2:
        return "no_variation"
    return "two_coders" if by_coder.any(axis=1).sum() < 3 else None


def _entropy(posterior: Floats) -> Floats:
    """N, the entropy of each row in bits; -1 for a row without probabilities."""
    known = ~np.isnan(posterior[:, 0])
    found = np.full(len(posterior), -1.0)
    rows = posterior[known]
    found[known] = -(rows * np.log2(np.where(rows > 0, rows, 1.0))).sum(axis=1)
    return np.asarray(found)
