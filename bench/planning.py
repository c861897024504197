"""Simulate studies of the size that planning asks for: do they spread, and reach, as planned?

Coders know a unit's code with chance root alpha, whatever the others know, and else guess by its
prevalence. Per row: the units that `for_lower_bound` asks for, the spread of alpha over simulated
studies against the planned one, and the share of studies whose one-sided 95 % lower end (jackknife,
normal) reaches the bound, with its Monte-Carlo error, against the planned chance.

    python bench/planning.py [--studies 2000] [--seed 1]
"""

import argparse
import math

import numpy as np

from annotator.agreement import Ratings, estimates, for_lower_bound, unit_variance

ONE_CODE = [(0.5, 0.5), (0.25, 0.75), (0.1, 0.9), (0.05, 0.95)]
SEVERAL_CODES = [(0.4, 0.3, 0.2, 0.1)]


def study(
    random: np.random.Generator,
    n_units: int,
    n_coders: int,
    alpha: float,
    shares: tuple[float, ...],
) -> tuple[float, float]:
    """Alpha and its jackknife standard error in one simulated study; nan where undefined."""
    truth = random.choice(len(shares), (n_units, 1), p=shares)
    guess = random.choice(len(shares), (n_units, n_coders), p=shares)
    codes = np.where(random.random((n_units, n_coders)) < math.sqrt(alpha), truth, guess)
    names = [f"coder {number}" for number in range(1, n_coders + 1)]
    ratings = Ratings.from_codes(codes, list(range(len(shares))), names)
    (one,) = estimates(ratings, "nominal", names=["alpha"], ci="jackknife")
    if one.value is None or one.se is None:
        return math.nan, math.nan
    return one.value, one.se


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--studies", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    random = np.random.default_rng(chosen.seed)
    print(f"{chosen.studies} studies a row, seed {chosen.seed}; expected alpha half-way to 1")
    print(
        "bound  coders  shares               units   sd planned   sd found   reached   +-   planned"
    )
    for lower in (0.667, 0.8):
        for n_coders in (2, 3, 5):
            for shares in ONE_CODE + SEVERAL_CODES:
                plan = for_lower_bound(lower, shares, n_coders=n_coders)
                assert plan.n_units is not None
                assert plan.chance is not None
                found = np.array(
                    [
                        study(random, plan.n_units, n_coders, plan.expected, shares)
                        for _ in range(chosen.studies)
                    ]
                )
                values, errors = found[~np.isnan(found[:, 0])].T
                planned = math.sqrt(unit_variance(plan.expected, shares, n_coders) / plan.n_units)
                reached = float((values - 1.6449 * errors >= lower).mean())
                noise = 1.96 * math.sqrt(reached * (1 - reached) / values.size)
                print(
                    f"{lower:>5}  {n_coders:>6}  {', '.join(map(str, shares)):<18} "
                    f"{plan.n_units:>7}   {planned:>10.4f}   {values.std():>8.4f}   {reached:>7.3f}"
                    f"   {noise:.3f}   {plan.chance:.3f}"
                )


if __name__ == "__main__":
    main()
