"""Answers questions about agreement with other packages' numbers, a JSON object a line each way.

Run with the Python of `.venv-peers` (see Makefile), which has those packages. A question is
`{"peer", "rows", ...}`; rows are units x coders, null for a missing value. An answer is `{"value":
...}`, where nan and infinity are null, or `{"error": ..., "type": ...}`.
"""

import json
import math
import sys
import warnings
from typing import Any

import krippendorff
import numpy as np
import pandas as pd
from irrCAC.raw import CAC
from nltk.metrics import distance as nltk_distance
from nltk.metrics.agreement import AnnotationTask
from statsmodels.stats import inter_rater

Question = dict[str, Any]


def of_krippendorff(question: Question) -> object:
    """Alpha of the package krippendorff."""
    data = np.array(question["rows"], dtype=float).T
    return krippendorff.alpha(reliability_data=data, level_of_measurement=question["level"])


def of_irrcac(question: Question) -> object:
    """All coefficients of irrCAC with their standard errors."""
    frame = pd.DataFrame(question["rows"], dtype=float)
    measure = CAC(frame, weights=question["weights"], categories=question["categories"], digits=14)
    names = {
        "gwet_ac": measure.gwet,
        "fleiss_kappa": measure.fleiss,
        "conger_kappa": measure.conger,
        "brennan_prediger": measure.bp,
        "alpha": measure.krippendorff,
    }
    found = {name: method()["est"] for name, method in names.items()}
    return {
        name: [float(estimate["coefficient_value"]), float(estimate["se"])]
        for name, estimate in found.items()
    }


def of_statsmodels(question: Question) -> object:
    """Cohen's kappas of the first two coders, and Fleiss's of all; no value may be missing."""
    rows = np.array(question["rows"])
    size = len(question["categories"])
    places = np.searchsorted(question["categories"], rows)
    table = np.zeros((size, size))
    np.add.at(table, (places[:, 0], places[:, 1]), 1)
    counts, _ = inter_rater.aggregate_raters(places, n_cat=size)
    found = {"fleiss_kappa": inter_rater.fleiss_kappa(counts)}
    found["brennan_prediger"] = inter_rater.fleiss_kappa(counts, method="randolph")
    for weights in (None, "linear", "quadratic"):
        cohen = inter_rater.cohens_kappa(table, wt=weights)
        found[f"cohen_{weights or 'identity'}"] = [cohen.kappa, cohen.std_kappa]
    return found


def of_aggregate(question: Question) -> object:
    """Fleiss's kappa as statsmodels gives it for rows with gaps, handed over as they are."""
    counts, _ = inter_rater.aggregate_raters(np.array(question["rows"], dtype=float))
    return inter_rater.fleiss_kappa(counts)


def of_nltk(question: Question) -> object:
    """One coefficient of nltk: alpha, S, pi, kappa, multi_kappa or weighted_kappa."""
    distance = getattr(nltk_distance, question.get("distance", "binary_distance"))
    triples = [
        (str(coder), str(unit), frozenset(value) if isinstance(value, list) else value)
        for unit, row in enumerate(question["rows"])
        for coder, value in enumerate(row)
        if value is not None
    ]
    return getattr(AnnotationTask(data=triples, distance=distance), question["name"])()


PEERS = {
    "krippendorff": of_krippendorff,
    "irrCAC": of_irrcac,
    "statsmodels": of_statsmodels,
    "aggregate_raters": of_aggregate,
    "nltk": of_nltk,
}


def plain(found: object) -> object:
    """A result as JSON holds it."""
    if isinstance(found, dict):
        return {name: plain(value) for name, value in found.items()}
    if isinstance(found, list):
        return [plain(value) for value in found]
    number = float(found)  # type: ignore[arg-type]
    return number if math.isfinite(number) else None


def answer(question: Question) -> dict[str, object]:
    """What a peer says, or how it fails: each fails in its own way, so any failure is told."""
    try:
        return {"value": plain(PEERS[question["peer"]](question))}
    except Exception as problem:
        return {"error": str(problem), "type": type(problem).__name__}


def main() -> None:
    """Answer until the questions end."""
    warnings.simplefilter("ignore")
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)


if __name__ == "__main__":
    main()
