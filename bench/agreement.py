"""Time agreement with its jackknife beside one pass over the data, and beside other packages.

The floor is `np.sum` over the matrix of codes. Each shape (coders x categories) at 10^4, 10^5 and
10^6 units has 30 % of its values missing. Prints processor time in ms (the best of several runs)
and its ratio to the floor in the same run: of alpha with its jackknife; of all coefficients that
need no order of coders (alpha, percent agreement, Fleiss, Gwet, Brennan-Prediger); of all there
are; and the peak memory of the first above the ratings themselves.

With `--peers`, `make peers` must have been said: alpha of each package there, without an interval
where it has none, from the form of data that it likes best, in a process of its own with limits of
time and memory; how many times longer it takes than our alpha with its jackknife in the same run.

    python bench/agreement.py [--units 10000 100000 1000000] [--level nominal] [--peers]
"""

import argparse
import statistics
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from annotator.agreement import Level, Ratings, estimates
from annotator.agreement.patterns import choose_strategy
from measures import peak_mb, processor_ms

SHAPES = ((2, 8), (5, 8), (5, 50), (10, 8), (10, 50))
WITHOUT_ORDER = ("alpha", "percent_agreement", "fleiss_kappa", "gwet_ac", "brennan_prediger")
ROOT = Path(__file__).parents[1]
PEERS_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
PEERS = ("krippendorff", "irrCAC", "nltk")


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


def peer_ms(peer: str, codes: np.ndarray, seconds: float) -> float | None:
    """Processor time of a package's alpha in ms, None where it breaks its limits."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codes.npy"
        np.save(path, codes)
        script = Path(__file__).parent / "peers" / "agreement_peer.py"
        try:
            done = subprocess.run(
                [PEERS_PYTHON, script, peer, path, f"{seconds:g}"],
                capture_output=True,
                text=True,
                timeout=6 * seconds + 60,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return None
    return float(done.stdout) if done.returncode == 0 else None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--units", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    levels = [level for level in Level if level is not Level.SET]
    parser.add_argument("--level", type=Level, choices=levels, default=Level.NOMINAL)
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--seconds", type=float, default=20.0, help="limit of a peer's run")
    chosen = parser.parse_args()
    print(f"level {chosen.level}; processor time, single thread, numpy {np.__version__}")
    print(
        "coders x codes    units   way     np.sum ms   alpha ms  ratio  kin ms  ratio"
        "    all ms  ratio   peak MB  input MB"
    )
    slower: dict[int, list[float]] = {}
    for n_coders, n_categories in SHAPES:
        for n_units in chosen.units:
            ratings = made_up_ratings(n_units, n_coders, n_categories)
            codes = ratings.codes
            repeats = 5 if n_units >= 1_000_000 else 20
            # The clock is coarser than one short sum.
            floor = processor_ms(lambda c=codes: [c.sum() for _ in range(10)], repeats) / 10

            def work(names: tuple[str, ...] | None, r: Ratings = ratings) -> object:
                return estimates(r, chosen.level, names=names, se="jackknife", ci="jackknife")

            alpha, kin = (
                processor_ms(lambda n=names: work(n), repeats)
                for names in (("alpha",), WITHOUT_ORDER)
            )
            whole = processor_ms(lambda: work(None), 2)
            way = choose_strategy(codes.T, n_categories)
            peak = peak_mb(lambda: work(("alpha",)))
            print(
                f"{n_coders:>6} x {n_categories:<5} {n_units:>8}   {way:<7}{floor:>10.3f}"
                f"{alpha:>11.2f} {alpha / floor:>6.1f}{kin:>8.2f} {kin / floor:>6.1f}"
                f"{whole:>10.2f} {whole / floor:>6.1f}{peak:>10.1f}{codes.nbytes / 1e6:>10.1f}",
                flush=True,
            )
            for peer in PEERS if chosen.peers else ():
                theirs = peer_ms(peer, codes, chosen.seconds)
                at_least = theirs is None
                ratio = (1000 * chosen.seconds if theirs is None else theirs) / alpha
                slower.setdefault(n_units, []).append(ratio)
                took = "over its limits" if theirs is None else f"{theirs:.1f} ms"
                print(f"        {peer}: {took}, {'> ' if at_least else ''}{ratio:.0f} times ours")
    for n_units, ratios in slower.items():
        print(f"{n_units} units: median {statistics.median(ratios):.0f}, least {min(ratios):.0f}")


if __name__ == "__main__":
    main()
