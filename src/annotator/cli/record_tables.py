"""Agreement on records as tables: what coders found, what they say of it, and both together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.cli.agreement_words import GWET, interval_name
from annotator.cli.output import print_table, say
from annotator.work.figure_words import interval, number, percent

if TYPE_CHECKING:
    from annotator.agreement import Estimate
    from annotator.work.found import Found
    from annotator.work.unit_agreement import RecordAgreement, UnitAgreement

# On two lines, so that the table fits into 80 columns.
_FOUND, _WITH_MISSED = "Found\n(F1)", "With\nmissed"


def print_records(units: Sequence["UnitAgreement"], confidence: float) -> None:
    """Print the tables of each repeating unit: who found what, then variable by variable."""
    for unit in units:
        name, found = unit.label.lower(), unit.found
        say()
        say(
            f"{unit.label}: {found.n_found} different ones found, {found.n_shared} by two coders "
            f"or more, {found.n_by_all} by all who coded the passage."
        )
        _print_coders(name, found)
        _print_pairs(name, found, confidence)
        _print_variables(unit, confidence)
        _print_counts(unit, confidence)


def _print_coders(name: str, found: "Found") -> None:
    print_table(
        ("Coder", "Records", "Found by others too", "Missed", "Of what others found"),
        [
            (
                one.coder,
                str(one.n_records),
                str(one.n_shared),
                str(one.n_missed),
                percent(one.share),
            )
            for one in found.coders
        ],
        title=f"Found and missed: {name}",
        numbers=("Records", "Found by others too", "Missed", "Of what others found"),
    )


def _print_pairs(name: str, found: "Found", confidence: float) -> None:
    rows = [
        (*one.coders, str(one.n_first), str(one.n_second), str(one.n_both), one.f1)
        for one in found.pairs
    ]
    print_table(
        ("Coder", "and", "Records", "Theirs", "Both", "F1", interval_name(confidence)),
        [
            *((*row[:5], number(row[5].value), interval(row[5])) for row in rows),
            ("all pairs", "", "", "", "", number(found.f1.value), interval(found.f1)),
        ],
        title=f"The same {name} found by two coders",
        numbers=("Records", "Theirs", "Both", "F1"),
        whole=(interval_name(confidence),),
    )


def _print_variables(unit: "UnitAgreement", confidence: float) -> None:
    rows = [unit.number, *([unit.together] if unit.together else []), *unit.variables]
    print_table(
        (
            "Variable",
            "Level",
            _FOUND,
            "Agreed",
            GWET,
            "Alpha",
            interval_name(confidence),
            _WITH_MISSED,
            "n",
        ),
        [_variable_row(one) for one in rows if one.matched and one.matched[0].n_units],
        title=f"{unit.label}: what is said of those that two coders or more found",
        numbers=(_FOUND, "Agreed", GWET, "Alpha", _WITH_MISSED, "n"),
        whole=("Level", interval_name(confidence)),
    )
    say(
        "Agreed, Gwet AC and Alpha look only at what both found. With missed is "
        "alpha when one that a coder did not find counts as a value of its own; read it and F1 "
        "together with them."
    )
    if unread := [one.name for one in rows if one.reason]:
        say(f"Not compared, because free text: {', '.join(unread)}.")


def _variable_row(one: "RecordAgreement") -> tuple[str, ...]:
    alpha = _named("alpha", one.matched)
    with_missed = _named("alpha", one.with_missed)
    agreed, gwet = (_named(name, one.matched) for name in ("percent_agreement", "gwet_ac"))
    return (
        one.name,
        one.level,
        number(one.found.value if one.found else None),
        percent(agreed.value if agreed else None),
        number(gwet.value) if gwet else "",
        number(alpha.value if alpha else None),
        interval(alpha) if alpha else "",
        number(with_missed.value if with_missed else None),
        str(agreed.n_units if agreed else 0),
    )


def _named(name: str, estimates: Sequence["Estimate"]) -> "Estimate | None":
    return next((one for one in estimates if one.name == name), None)


def _print_counts(unit: "UnitAgreement", confidence: float) -> None:
    rows = [
        (one.name, one.counts)
        for one in unit.variables
        if one.counts is not None and one.counts.exact.n_units
    ]
    if not rows:
        return
    print_table(
        (
            "Count",
            "Same claim",
            "Ranges overlap",
            interval_name(confidence),
            "Factor",
            "n",
            "With 0",
        ),
        [
            (
                name,
                percent(counts.exact.value),
                percent(counts.overlap.value),
                interval(counts.overlap),
                number(counts.factor),
                str(counts.n_factor),
                str(counts.n_zero),
            )
            for name, counts in rows
        ],
        title=f"{unit.label}: counts of those that two coders or more found",
        numbers=("Same claim", "Ranges overlap", "Factor", "n", "With 0"),
        whole=(interval_name(confidence),),
    )
    say(
        "Factor: in about 95 of 100 cases two coders' figures differ by no more (limits of "
        "agreement on the logarithm, Bland and Altman 1999); figures of 0 are left out of it."
    )
