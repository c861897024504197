"""How far coders agree: alpha, the kappas and their relatives, each with its interval.

Stands on numpy alone, and works on ratings from any tool:

    from annotator.agreement import estimates, read_ratings

    for estimate in estimates(read_ratings("ratings.csv"), "nominal"):
        print(estimate.name, estimate.value, estimate.ci_low, estimate.ci_high)

`docs/agreement.md` says what each number means and where its formula comes from.
"""

from annotator.agreement.boundaries import MATCH_NAMES, SpanMatch, span_matches
from annotator.agreement.coders import (
    CoderEstimate,
    PairEstimate,
    between_coders,
    confusion,
    per_coder,
    per_pair,
)
from annotator.agreement.codes import CodeEstimate, per_code
from annotator.agreement.coefficients import NAMES
from annotator.agreement.continuum import Continuum, Spans
from annotator.agreement.counts import CountAgreement, RatioLimits, count_agreement
from annotator.agreement.difference import Difference, compare
from annotator.agreement.estimate import ErrorMethod, Estimate, Resampling, estimates
from annotator.agreement.intervals import Ci
from annotator.agreement.level import Level, SetDistance
from annotator.agreement.planning import (
    Pilot,
    Plan,
    for_half_width,
    for_lower_bound,
    from_pilot,
    unit_variance,
)
from annotator.agreement.ratings import Ratings
from annotator.agreement.reading import read_ratings
from annotator.agreement.span_estimates import (
    SpanCode,
    SpanEstimate,
    unitizing,
    unitizing_per_code,
)
from annotator.agreement.span_reading import read_spans
from annotator.agreement.strata import StratumEstimates, per_stratum
from annotator.agreement.truth import (
    NOT_A_LABEL,
    CoderErrors,
    Diagnosis,
    TruthModel,
    UnitDoubt,
    dawid_skene,
    diagnose,
    majority,
)
from annotator.agreement.ualpha import SPAN_NAMES
from annotator.agreement.verdict import VERDICT_SOURCE, Verdict, verdict
from annotator.agreement.weights import WeightName

__all__ = [
    "MATCH_NAMES",
    "NAMES",
    "NOT_A_LABEL",
    "SPAN_NAMES",
    "VERDICT_SOURCE",
    "Ci",
    "CodeEstimate",
    "CoderErrors",
    "CoderEstimate",
    "Continuum",
    "CountAgreement",
    "Diagnosis",
    "Difference",
    "ErrorMethod",
    "Estimate",
    "Level",
    "PairEstimate",
    "Pilot",
    "Plan",
    "Ratings",
    "RatioLimits",
    "Resampling",
    "SetDistance",
    "SpanCode",
    "SpanEstimate",
    "SpanMatch",
    "Spans",
    "StratumEstimates",
    "TruthModel",
    "UnitDoubt",
    "Verdict",
    "WeightName",
    "between_coders",
    "compare",
    "confusion",
    "count_agreement",
    "dawid_skene",
    "diagnose",
    "estimates",
    "for_half_width",
    "for_lower_bound",
    "from_pilot",
    "majority",
    "per_code",
    "per_coder",
    "per_pair",
    "per_stratum",
    "read_ratings",
    "read_spans",
    "span_matches",
    "unit_variance",
    "unitizing",
    "unitizing_per_code",
    "verdict",
]
