"""Published agreement cases: ratings, and what each coefficient of them is in print."""

import json
from pathlib import Path
from typing import Any

import pytest

CASES: list[dict[str, Any]] = json.loads(
    Path(__file__).with_name("published_agreement.json").read_text(encoding="utf-8")
)

EACH_VALUE = [
    pytest.param(
        case,
        expected,
        id="-".join(
            [
                case["name"],
                *(str(expected[key]) for key in expected if key not in ("value", "digits")),
            ]
        ),
    )
    for case in CASES
    for expected in case["expected"]
]
"""A case and one of its expected values, for `pytest.mark.parametrize`."""


def is_printed(value: float | None, reason: str | None, expected: dict[str, Any]) -> bool:
    """Whether a value is the expected one to its printed digits, or undefined with a reason."""
    if expected["value"] is None or value is None:
        undefined = reason in ("no_variation", "no_pairs")
        return value is None and expected["value"] is None and undefined
    return bool(abs(value - expected["value"]) <= 0.5 * 10 ** -expected["digits"] + 1e-12)
