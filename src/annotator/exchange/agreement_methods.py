"""The methods paragraph of a report on agreement, from what was measured and how."""

from collections.abc import Iterator

from annotator import __version__
from annotator.agreement import Estimate
from annotator.agreement.verdict import VERDICT_SOURCE
from annotator.exchange.agreement_page import AgreementPage, compared_of

_CI_SOURCES = {
    "bca": "bias-corrected and accelerated bootstrap intervals (Efron 1987) from {draws} draws "
    "with seed {seed}",
    "percentile": "bootstrap percentile intervals (Efron and Tibshirani 1993) from {draws} draws "
    "with seed {seed}",
    "jackknife_t": "jackknife intervals (Tukey 1958) with Student's t",
    "kalpha": "intervals of the KALPHA macro (Hayes and Krippendorff 2007), which are too narrow",
}
_COEFFICIENTS = {
    "percent_agreement": "percent agreement",
    "cohen_kappa": "Cohen's kappa (Cohen 1960)",
    "conger_kappa": "Conger's kappa (Conger 1980)",
    "light_kappa": "Light's kappa (Light 1971)",
    "scott_pi": "Scott's pi (Scott 1955)",
    "fleiss_kappa": "Fleiss's kappa (Fleiss 1971)",
    "gwet_ac": "Gwet's coefficient (Gwet 2008, 2014)",
    "brennan_prediger": "Brennan and Prediger's coefficient (Brennan and Prediger 1981)",
}
_SETS = {"masi": "MASI (Passonneau 2006)", "jaccard": "1 less the Jaccard index"}


def methods(page: AgreementPage) -> str:
    """A paragraph that says what was measured and how, ready for a paper.

    Args:
        page: What was measured.
    """
    return " ".join(_sentences(page))


def _sentences(page: AgreementPage) -> Iterator[str]:
    found = [one for variable in page.variables for one in variable.estimates]
    levels = sorted({one.level for one in found if one.name == "alpha"})
    if levels:
        yield (
            "Reliability was measured with Krippendorff's alpha (Krippendorff 2011, 2018) at the "
            f"{_listed([f'{level}' for level in levels])} level{'s' * (len(levels) > 1)}."
        )
    others = [words for name, words in _COEFFICIENTS.items() if name in {one.name for one in found}]
    if others:
        yield f"Beside it stand{'s' * (len(others) == 1)} {_listed(others)}."
    if "set" in levels:
        distance = _SETS.get(str(page.choices.distance), str(page.choices.distance))
        yield f"Sets of codes were compared by {distance}; the empty set is a value."
    yield from _intervals(page, found)
    if page.records:
        yield (
            "Records of different coders were taken for the same one by the overlap of their "
            "evidence and then by their answers, with an optimal assignment (Kuhn 1955; Jonker "
            "and Volgenant 1987); F1 of found records, agreement on those that two coders or more "
            "found, and alpha with a missed record as a value of its own are reported together."
        )
    if any(record.counts for unit in page.records for record in compared_of(unit)):
        yield (
            "Counts were compared as claims of a low, a best and a high figure, and by limits of "
            "agreement on the logarithm (Bland and Altman 1999)."
        )
    if page.spans:
        yield (
            "Agreement on the words marked as evidence is alpha for unitizing (Krippendorff, "
            "Mathet, Bouvry and Widlöcher 2016), with F1 of boundaries beside it (Hripcsak and "
            "Rothschild 2005), which is not corrected for chance."
        )
    yield f"Words for what an alpha allows follow {VERDICT_SOURCE}."
    yield f"All figures were computed with annotator {__version__}."


def _intervals(page: AgreementPage, found: list[Estimate]) -> Iterator[str]:
    used = {one.ci_method for one in found if one.ci_method}
    if not used:
        return
    draws, seed = page.choices.replicates, page.choices.seed
    kinds = dict.fromkeys(method.removesuffix("_clusters") for method in sorted(used))
    described = [_CI_SOURCES[kind].format(draws=f"{draws:,}", seed=seed) for kind in kinds]
    yield f"Intervals are {100 * page.choices.confidence:g} % {_listed(described)}."
    if any(method.endswith("_clusters") for method in used):
        yield (
            "Whole clusters of units, such as the reports of passages, were drawn or left out "
            "(Davison and Hinkley 1997), since units of one resemble each other."
        )


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]]))
