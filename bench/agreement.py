"""Time alpha and percent agreement with their jackknife intervals beside one pass over the data.

The floor is `np.sum` over the matrix of codes. Each shape (coders x categories) at 10^4, 10^5 and
10^6 units has 30 % of its values missing. Prints processor time in ms (the best of several runs),
its ratio to the floor in the same run, and the peak memory above the ratings themselves.

    python bench/agreement.py [--units 10000 100000 1000000] [--level nominal]
"""

import argparse

import numpy as np

from annotator.agreement import Level, Ratings, estimates
from annotator.agreement.coefficients import hash_below
from annotator.agreement.patterns import choose_strategy
from measures import peak_mb, processor_ms

SHAPES = ((2, 8), (5, 8), (5, 50), (10, 8), (10, 50))


def made_up_ratings(n_units: int, n_coders: int, n_categories: int, seed: int = 1) -> Ratings:
    """Ratings of a skewed variable by coders who are right four times in five, 30 % missing."""
    random = np.random.default_rng(seed)
    share = 1.0 / np.arange(1, n_categories + 1)
    share /= share.sum()
    truth = random.choice(n_categories, n_units, p=share)
    matrix = np.empty((n_units, n_coders), dtype=np.int8, order="F")
    for coder in range(n_coders):
        guess = random.choice(n_categories, n_units, p=share)
        column = np.where(random.random(n_units) < 0.8, truth, guess)
        column[random.random(n_units) < 0.3] = -1
        matrix[:, coder] = column
    coders = [f"coder {number}" for number in range(1, n_coders + 1)]
    return Ratings.from_codes(matrix, list(range(n_categories)), coders)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    levels = [level for level in Level if level is not Level.SET]
    parser.add_argument("--level", type=Level, choices=levels, default=Level.NOMINAL)
    chosen = parser.parse_args()
    print(f"level {chosen.level}; processor time, single thread, numpy {np.__version__}")
    print(
        "coders x codes     units   way      np.sum ms   estimates ms   ratio   peak MB   input MB"
    )
    for n_coders, n_categories in SHAPES:
        for n_units in chosen.units:
            ratings = made_up_ratings(n_units, n_coders, n_categories)
            codes = ratings.codes
            repeats = 5 if n_units >= 1_000_000 else 20
            # The clock is coarser than one short sum.
            floor = processor_ms(lambda c=codes: [c.sum() for _ in range(10)], repeats) / 10

            def work(r: Ratings = ratings) -> object:
                return estimates(r, chosen.level, ci="jackknife")

            ours = processor_ms(work, repeats)
            way = choose_strategy(codes.T, n_categories, hash_below=hash_below(chosen.level))
            shape = f"{n_coders:>6} x {n_categories:<5} {n_units:>8}  {way:<7}"
            times = f"{floor:>11.3f} {ours:>13.2f} {ours / floor:>7.1f}"
            print(f"{shape}{times} {peak_mb(work):>8.1f} {codes.nbytes / 1e6:>9.1f}")


if __name__ == "__main__":
    main()
