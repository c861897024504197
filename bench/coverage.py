"""Simulate how often a nominal 95 % interval holds the true value.

Coders know a unit's category with chance s, whatever the others know, and else guess by its
prevalence; s squared is then the true alpha. Three coders, four categories, 30 % of the values
missing. The second table has units in reports of one to nine, half of which are easy and half hard,
so that units of one report are alike. Prints coverage with its Monte-Carlo error (95 %) and the
mean width, of each kind of interval, and how many sets have none.

    python bench/coverage.py [--sets 500] [--replicates 1000] [--seed 1]
"""

import argparse
import math

import numpy as np

from annotator.agreement import Ratings, estimates
from annotator.agreement.bootstrap import SEED

SHARES = np.array([0.4, 0.3, 0.2, 0.1])
CODERS = ("x", "y", "z")
KINDS = ("auto", "bca", "percentile", "jackknife", "kalpha")
COEFFICIENTS = ("alpha", "percent_agreement", "conger_kappa", "gwet_ac")
EASIER = 0.15


def ratings_of(random: np.random.Generator, known: np.ndarray) -> Ratings:
    """Ratings of units whose category each coder knows with the chance given (N)."""
    n_units = known.size
    truth = random.choice(SHARES.size, (n_units, 1), p=SHARES)
    guess = random.choice(SHARES.size, (n_units, len(CODERS)), p=SHARES)
    codes = np.where(random.random(guess.shape) < known[:, None], truth, guess)
    codes[random.random(guess.shape) < 0.3] = -1
    return Ratings.from_codes(codes, list(range(SHARES.size)), CODERS)


def true_values(square: float) -> dict[str, float]:
    """The coefficients of all units there could be, where the mean of s squared is given."""
    chance = float((SHARES**2).sum())
    agreement = square + (1 - square) * chance
    by_gwet = float((SHARES * (1 - SHARES)).sum()) / (SHARES.size - 1)
    return {
        "alpha": square,
        "percent_agreement": agreement,
        "conger_kappa": square,
        "gwet_ac": (agreement - by_gwet) / (1 - by_gwet),
    }


class Coverage:
    """How often intervals held the true value, how wide they were, and how often there was none."""

    def __init__(self, true: float) -> None:
        self.true = true
        self.widths: list[float] = []
        self.held = 0
        self.without = 0

    def add(self, low: float | None, high: float | None) -> None:
        """Count one interval; None where there was none."""
        if low is None or high is None:
            self.without += 1
            return
        self.held += low <= self.true <= high
        self.widths.append(high - low)

    def __str__(self) -> str:
        share = self.held / max(1, len(self.widths))
        noise = 1.96 * math.sqrt(share * (1 - share) / max(1, len(self.widths)))
        width = float(np.mean(self.widths)) if self.widths else math.nan
        return f"{share:.3f} ±{noise:.3f} ({width:.2f})"


def independent(random: np.random.Generator, sets: int, replicates: int) -> None:
    print("\nalpha over independent units: coverage (mean width)")
    print(f"{'units, alpha':<14}" + "".join(f"{kind:<21}" for kind in KINDS) + "none")
    others: dict[tuple[int, float], dict[str, Coverage]] = {}
    for n_units in (20, 50, 200):
        for known in (0.75, 0.9):
            true = true_values(known**2)
            found = {kind: Coverage(true["alpha"]) for kind in KINDS}
            by_name = others[n_units, known**2] = {
                name: Coverage(true[name]) for name in COEFFICIENTS[1:]
            }
            for number in range(sets):
                ratings = ratings_of(random, np.full(n_units, known))
                for kind in KINDS:
                    names = COEFFICIENTS if kind == "auto" else COEFFICIENTS[:1]
                    for one in estimates(
                        ratings,
                        "nominal",
                        names=names,
                        ci=kind,
                        replicates=replicates,
                        seed=SEED + number,
                    ):
                        if one.name == "alpha":
                            found[kind].add(one.ci_low, one.ci_high)
                        else:
                            by_name[one.name].add(one.ci_low, one.ci_high)
            cells = "".join(f"{found[kind]!s:<21}" for kind in KINDS)
            none = found["auto"].without
            print(f"{n_units:>4}, {known**2:<8.2f}{cells}{none}", flush=True)
    print("\nother coefficients, auto: coverage (mean width)")
    print(f"{'units, alpha':<14}" + "".join(f"{name:<21}" for name in COEFFICIENTS[1:]))
    for (n_units, alpha), by_name in others.items():
        cells = "".join(f"{one!s:<21}" for one in by_name.values())
        print(f"{n_units:>4}, {alpha:<8.2f}{cells}")


def nested(random: np.random.Generator, sets: int, replicates: int) -> None:
    print("\nalpha over units in reports, auto: coverage (mean width)")
    print(f"{'reports, alpha':<16}{'units independent':<21}{'clusters':<21}")
    for n_reports in (20, 50, 100):
        for known in (0.7, 0.8):
            easy, hard = known + EASIER, known - EASIER
            true = (easy**2 + hard**2) / 2
            found = {of: Coverage(true) for of in ("units", "clusters")}
            for number in range(sets):
                sizes = random.integers(1, 10, n_reports)
                chances = random.choice([easy, hard], n_reports)
                reports = np.repeat(np.arange(n_reports), sizes)
                ratings = ratings_of(random, chances[reports])
                for of, coverage in found.items():
                    (one,) = estimates(
                        ratings,
                        "nominal",
                        names=["alpha"],
                        replicates=replicates,
                        seed=SEED + number,
                        clusters=reports.tolist() if of == "clusters" else None,
                    )
                    coverage.add(one.ci_low, one.ci_high)
            print(
                f"{n_reports:>5}, {true:<9.2f}{found['units']!s:<21}{found['clusters']!s:<21}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sets", type=int, default=500)
    parser.add_argument("--replicates", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    print(
        f"nominal 95 %; {chosen.sets} simulated sets, B = {chosen.replicates}, seed {chosen.seed}"
    )
    random = np.random.default_rng(chosen.seed)
    independent(random, chosen.sets, chosen.replicates)
    nested(random, chosen.sets, chosen.replicates)


if __name__ == "__main__":
    main()
