"""Alpha for unitizing: how far coders mark the same stretches of text, with the same codes.

The family of Krippendorff, Mathet, Bouvry and Widlöcher 2016, On the reliability of unitizing
textual continua: further developments, *Quality & Quantity* 50(6):2347-2364; also Krippendorff
2018, *Content Analysis*, 4th ed., section 12.6. The coefficient of 1995 and 2004, which is also
called alpha for unitizing, is another one and has other values.
"""

import numpy as np
from numpy.typing import NDArray

from annotator.agreement.coincidences import GAP, Coincidences
from annotator.agreement.distance import Floats

SPAN_NAMES = ("ualpha_nominal", "ualpha_binary", "cualpha", "kualpha")
"""The coefficients there are, in the order they are reported; the last one once for each code."""

_ROUNDING = 1e-12


def ualpha_nominal(sums: Coincidences) -> Floats:
    """Agreement on spans and codes, gaps being a value of their own (2016, equation 5).

    Returns:
        One value for each row of the sums, nan where it is undefined.
    """
    total = sums.lengths.sum(axis=1)
    observed = total - sums.agreed.sum(axis=1)
    return _one_less(observed, _by_chance(sums, _different(sums.lengths)))


def ualpha_binary(sums: Coincidences) -> Floats:
    """Agreement on what is marked at all, whatever its code (2016, equation 6).

    Returns:
        One value for each row of the sums, nan where it is undefined.
    """
    total, gaps = sums.lengths.sum(axis=1), sums.lengths[:, GAP]
    observed = gaps - sums.agreed[:, GAP]
    return _one_less(observed, _by_chance(sums, gaps * (total - gaps)))


def cualpha(sums: Coincidences) -> Floats:
    """Agreement on the codes of spans where they coincide (2016, equation 11).

    Returns:
        One value for each row of the sums, nan where it is undefined.
    """
    total = sums.paired.sum(axis=1)
    observed = total - sums.agreed[:, GAP + 1 :].sum(axis=1)
    left = total * total - sums.paired_squares.sum(axis=1)
    expected = np.where(_above(left, total * total), _different(sums.paired) * total, 0.0)
    return _one_less(observed * left, expected, scale=total**3)


def kualpha(sums: Coincidences, code: int) -> Floats:
    """Agreement on one code where spans coincide (2016, equation 13).

    Args:
        sums: The sums behind it.
        code: The position of the code.

    Returns:
        One value for each row of the sums, nan where it is undefined.
    """
    total, own = sums.paired.sum(axis=1), sums.paired[:, code]
    observed = own - sums.agreed[:, code + 1]
    # The expected coincidences of the code with any, itself included, and of any with any.
    of_code = own * total - sums.paired_squares[:, code]
    left = total * total - sums.paired_squares.sum(axis=1)
    sound = _above(of_code, own * total) & _above(left, total * total)
    expected = np.where(sound, own * own * (total - own), 0.0)
    return _one_less(observed * of_code, expected, scale=own * own * total)


def _different(lengths: Floats) -> Floats:
    """The products of the lengths of any two different values, added up for each row."""
    others = lengths.sum(axis=1, keepdims=True) - lengths
    products: Floats = (lengths * others).sum(axis=1)
    return products


def _by_chance(sums: Coincidences, different: Floats) -> Floats:
    """The expected coincidences of different values, from the products of their lengths.

    A span cannot coincide with itself, nor can a position of a gap: gaps have no structure, so that
    each position of theirs is a unit (2016, equation 4).
    """
    total = sums.lengths.sum(axis=1)
    itself = sums.squares.sum(axis=1) + sums.lengths[:, GAP]
    left = total * total - itself
    expected: Floats = np.zeros_like(total)
    np.divide(different * total, left, out=expected, where=left > 0)
    return expected


def _one_less(observed: Floats, expected: Floats, *, scale: Floats | None = None) -> Floats:
    """1 less observed over expected, nan where nothing but rounding is expected."""
    least = 0.0 if scale is None else _ROUNDING * scale
    alpha: Floats = np.full_like(expected, np.nan)
    np.divide(expected - observed, expected, out=alpha, where=expected > least)
    return alpha


def _above(left: Floats, whole: Floats) -> NDArray[np.bool_]:
    return left > _ROUNDING * whole


def why_undefined(name: str, total: Coincidences, code: int | None = None) -> str:
    """Why a coefficient is undefined.

    Args:
        name: One of `SPAN_NAMES`.
        total: The sums that give no value, as one row.
        code: The position of the code that `kualpha` is about.

    Returns:
        `no_pairs`: no continuum was coded by two coders or, for `cualpha` and `kualpha`, no span
        (with the code) coincides with one of another coder. `no_variation`: all values are the
        same, for these two where spans coincide. `too_little_overlap`: with three coders or more,
        so few spans coincide that taking away what a span would share with itself leaves nothing.
    """
    if not total.lengths.any():
        return "no_pairs"
    if name in ("ualpha_nominal", "ualpha_binary"):
        return "no_variation"
    paired = total.paired[0]
    if not (paired.any() if code is None else paired[code]):
        return "no_pairs"
    if paired.max() >= (1 - _ROUNDING) * paired.sum():
        return "no_variation"
    return "too_little_overlap"
