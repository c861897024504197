"""Time the BCa bootstrap of all coefficients' kin beside the plain way to draw it.

The floor is what anyone would write over the same patterns: numpy's `multinomial` and one matrix
product with the sums of alpha. Ours is everything from the ratings to the BCa interval: patterns,
jackknife, acceleration, draws. The last rows are the worst there can be for drawing: 5,000 patterns
that all stand for the same number of units. Prints processor time in ms (the best of several runs)
and the peak memory above the ratings themselves.

    python bench/bootstrap.py [--units 10000 100000 1000000] [--replicates 1000]
"""

import argparse

import numpy as np

from agreement import made_up_ratings
from annotator.agreement import Ratings, estimates
from annotator.agreement.coefficients import coefficients
from measures import peak_mb, processor_ms

SHAPES = ((2, 8), (2, 50), (5, 8), (10, 8))
REPEATS = 3
WORST_PATTERNS = 5000


def even_ratings(times: int) -> Ratings:
    """Ratings in which 5,000 patterns of three values stand for the same number of units each."""
    triples = np.array([(a, b, c) for c in range(34) for b in range(c + 1) for a in range(b + 1)])
    matrix = np.tile(triples[:WORST_PATTERNS], (times, 1))
    return Ratings.from_codes(matrix, list(range(34)), ["a", "b", "c"])


def measure(what: str, ratings: Ratings, replicates: int) -> None:
    (alpha,) = coefficients(ratings, "nominal", names=["alpha"])
    everything = slice(0, alpha.patterns.size)
    units, columns = alpha.units(everything), alpha.columns(everything)
    total = int(units.sum())

    def plain() -> object:
        random = np.random.default_rng(1)
        drawn = random.multinomial(total, units / total, size=replicates)
        return alpha.values(drawn @ columns.T)

    def ours(names: tuple[str, ...] = ("alpha",)) -> object:
        return estimates(ratings, "nominal", names=names, ci="bca", replicates=replicates)

    def jackknife() -> object:
        return estimates(ratings, "nominal", names=["alpha"], ci="jackknife")

    floor = processor_ms(plain, REPEATS)
    bare = processor_ms(jackknife, REPEATS)
    drawn = processor_ms(ours, REPEATS)
    names = ("alpha", "percent_agreement", "fleiss_kappa", "gwet_ac", "brennan_prediger")
    five = processor_ms(lambda: ours(names), REPEATS)
    print(
        f"{what:<14} {len(ratings.units):>9,} {alpha.patterns.size:>9,} {floor:>9.1f} {bare:>10.1f}"
        f" {drawn:>8.1f} {drawn / floor:>6.2f} {five:>9.1f} {peak_mb(ours):>8.1f}"
        f" {ratings.codes.nbytes / 1e6:>9.1f}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--replicates", type=int, default=1000)
    chosen = parser.parse_args()
    print(f"B = {chosen.replicates}; processor time in ms, numpy {np.__version__}")
    print(
        "coders x codes     units  patterns  plain ms  jackknife  BCa ms  ratio   5 coef.  "
        "peak MB  input MB"
    )
    for n_coders, n_categories in SHAPES:
        for n_units in chosen.units:
            ratings = made_up_ratings(n_units, n_coders, n_categories)
            measure(f"{n_coders:>6} x {n_categories:<5}", ratings, chosen.replicates)
    for times in (2, 20, 200):
        measure("     3 x 34", even_ratings(times), chosen.replicates)


if __name__ == "__main__":
    main()
