"""Nominal alpha by one other package, in ms of processor time; see bench/agreement.py.

    .venv-peers/bin/python bench/peers/agreement_peer.py PEER CODES.npy SECONDS

Only the coefficient is timed, not bringing the data into the form that the package likes best. One
warm-up on a few units comes first.
"""

import resource
import signal
import sys
import time
import warnings
from collections.abc import Callable

import numpy as np

_MOST_MEMORY = 12 * 2**30


def of_krippendorff(codes: np.ndarray) -> Callable[[], object]:
    import krippendorff

    data = np.where(codes < 0, np.nan, codes.astype(float)).T
    return lambda: krippendorff.alpha(reliability_data=data, level_of_measurement="nominal")


def of_irrcac(codes: np.ndarray) -> Callable[[], object]:
    import pandas as pd
    from irrCAC.raw import CAC

    rated = codes[(codes >= 0).any(axis=1)]
    frame = pd.DataFrame(np.where(rated < 0, np.nan, rated.astype(float)))
    categories = sorted(np.unique(rated[rated >= 0]).tolist())
    return lambda: CAC(frame, categories=categories).krippendorff()


def of_nltk(codes: np.ndarray) -> Callable[[], object]:
    from nltk.metrics.agreement import AnnotationTask

    units, coders = np.nonzero(codes >= 0)
    values = codes[units, coders].tolist()
    triples = list(zip(coders.tolist(), units.tolist(), values, strict=True))
    return lambda: AnnotationTask(data=triples).alpha()


PEERS = {"krippendorff": of_krippendorff, "irrCAC": of_irrcac, "nltk": of_nltk}


def main() -> None:
    peer, path, seconds = sys.argv[1:]
    warnings.simplefilter("ignore")
    codes = np.load(path)
    prepare = PEERS[peer]
    prepare(codes[:200])()
    work = prepare(codes)
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    # The limit counts from here: what the system allows is counted from the process's beginning.
    signal.setitimer(signal.ITIMER_PROF, float(seconds))
    start = time.process_time_ns()
    work()
    print((time.process_time_ns() - start) / 1e6)


if __name__ == "__main__":
    main()
