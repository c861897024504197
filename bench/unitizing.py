"""Time alpha for unitizing on many spans beside sorting their ends, the least that it takes.

The floor is `np.sort` over the starts and ends of all spans. One long text, and the same spans on
1,000 passages of 200 reports, where the BCa interval over reports comes on top. Prints processor
time in ms (the best of several runs), its ratio to the floor in the same run, and the peak memory
above the spans themselves.

    python bench/unitizing.py [--coders 5] [--spans 10000] [--codes 12]
"""

import argparse
from collections.abc import Callable

import numpy as np

from annotator.agreement import Continuum, Spans, span_matches, unitizing, unitizing_per_code
from annotator.agreement.coincidences import coincidences
from annotator.agreement.continuum import Row
from measures import peak_mb, processor_ms

PASSAGES = 1_000
REPORTS = 200
STEP = 60


def made_up_rows(
    n_coders: int, n_spans: int, n_codes: int, n_texts: int, seed: int = 1
) -> list[Row]:
    """Spans of coders who miss one in ten, mistake one code in five and move one end in three."""
    random = np.random.default_rng(seed)
    share = 1.0 / np.arange(1, n_codes + 1)
    share /= share.sum()
    of_a_text = n_spans // n_texts
    place = np.arange(of_a_text * n_texts)
    begin = place % of_a_text * STEP + random.integers(5, 15, len(place))
    length = random.integers(10, 35, len(place))
    truth = random.choice(n_codes, len(place), p=share)
    rows: list[Row] = []
    for coder in range(n_coders):
        found = random.random(len(place)) < 0.9
        moved = np.where(random.random(len(place)) < 1 / 3, random.integers(-4, 5, len(place)), 0)
        guess = random.choice(n_codes, len(place), p=share)
        code = np.where(random.random(len(place)) < 0.8, truth, guess)
        start, end = begin + np.minimum(moved, 0), begin + length + moved
        rows += [
            (
                f"text {at // of_a_text}",
                f"coder {coder}",
                str(code[at]),
                int(start[at]),
                int(end[at]),
            )
            for at, *ends in np.column_stack((place, start, end))[found].tolist()
        ]
    return rows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--coders", type=int, default=5)
    parser.add_argument("--spans", type=int, default=10_000, help="of each coder")
    parser.add_argument("--codes", type=int, default=12)
    chosen = parser.parse_args()
    print(
        f"{chosen.coders} coders x {chosen.spans} spans, {chosen.codes} codes; processor time, "
        f"single thread, numpy {np.__version__}"
    )
    for n_texts, n_reports in ((1, 1), (PASSAGES, REPORTS)):
        rows = made_up_rows(chosen.coders, chosen.spans, chosen.codes, n_texts)
        length = chosen.spans // n_texts * STEP
        continua = [
            Continuum(f"text {number}", length, report=f"report {number % n_reports}")
            for number in range(n_texts)
        ]
        spans = Spans.from_rows(rows, continua)
        ends = np.concatenate((spans.start + spans.continuum * length, spans.end))
        np.random.default_rng(2).shuffle(ends)
        floor = processor_ms(lambda e=ends: np.sort(e), 20)
        print(f"\ntexts: {n_texts}, reports: {n_reports}; sorting {len(ends)} ends: {floor:.2f} ms")
        steps: tuple[tuple[str, Callable[[], object]], ...] = (
            ("the sums of all coefficients", lambda s=spans: coincidences(s)),
            ("the family with its intervals", lambda s=spans: unitizing(s)),
            ("each code by itself", lambda s=spans: unitizing_per_code(s)),
            ("F1 of boundaries and spans", lambda s=spans: span_matches(s)),
            ("making the spans from rows", lambda r=rows, c=continua: Spans.from_rows(r, c)),
        )
        print("what                             ms    ratio   peak MB")
        for name, work in steps:
            took = processor_ms(work, 5)
            print(f"{name:<30} {took:>7.1f} {took / floor:>7.1f} {peak_mb(work):>9.1f}")


if __name__ == "__main__":
    main()
