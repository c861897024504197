"""A codebook as JSON, so that a stored one is had back without reading its YAML again.

Reading YAML with places for every mistake takes many times as long as all else that opening a
project does. The text remains what counts: this form is made from it, is never shown to anyone,
and `annotator verify` reads the text again and compares.
"""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from annotator.codebook.model import (
    CandidateRule,
    Check,
    CheckKind,
    Code,
    Codebook,
    Condition,
    EvidenceRule,
    Unit,
    Variable,
    VariableType,
)


def to_json(codebook: Codebook) -> str:
    """The codebook without its text, as JSON; empty if it would not come back the same."""
    try:
        text = json.dumps(_plain(codebook), ensure_ascii=False, separators=(",", ":"))
        same = from_json(text, codebook.source, codebook.sha256) == codebook
    except (TypeError, ValueError):
        return ""
    return text if same else ""


def from_json(text: str, source: str, sha256: str) -> Codebook:
    """The codebook that `to_json` wrote.

    Args:
        text: What it wrote.
        source: The YAML text of the codebook.
        sha256: The hash of that text.
    """
    data = json.loads(text)
    data["units"] = tuple(map(_unit, data["units"]))
    data["variables"] = tuple(map(_variable, data["variables"]))
    data["checks"] = tuple(map(_check, data.get("checks", ())))
    return Codebook(**data, source=source, sha256=sha256)


def _plain(value: Any) -> Any:
    """Dataclasses as mappings of the fields that are not their defaults; dates as ISO text."""
    if isinstance(value, Condition):
        return _plain(value.wanted)
    if is_dataclass(value):
        return {
            one.name: _plain(here)
            for one in fields(value)
            if one.name not in ("source", "sha256")
            and (here := getattr(value, one.name)) != one.default
            and here != {}
        }
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return value


def _code(data: dict[str, Any]) -> Code:
    for name in ("include", "exclude", "examples", "not_examples", "merged_from"):
        if name in data:
            data[name] = tuple(data[name])
    for name in ("aliases", "cues"):
        if name in data:
            data[name] = _by_language(data[name])
    for name in ("valid_from", "valid_to"):
        if name in data:
            data[name] = date.fromisoformat(data[name])
    return Code(**data)


def _by_language(data: dict[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {language: tuple(words) for language, words in data.items()}


def _unit(data: dict[str, Any]) -> Unit:
    if "evidence" in data:
        data["evidence"] = EvidenceRule(data["evidence"])
    if "none_reasons" in data:
        data["none_reasons"] = tuple(map(_code, data["none_reasons"]))
    return Unit(**data)


def _variable(data: dict[str, Any]) -> Variable:
    data["type"] = VariableType(data["type"])
    if "evidence" in data:
        data["evidence"] = EvidenceRule(data["evidence"])
    if "candidates" in data:
        data["candidates"] = CandidateRule(data["candidates"])
    if "cues" in data:
        data["cues"] = _by_language(data["cues"])
    if "codes" in data:
        data["codes"] = tuple(map(_code, data["codes"]))
    if "when" in data:
        data["when"] = _condition(data["when"])
    return Variable(**data)


def _check(data: dict[str, Any]) -> Check:
    data["kind"] = CheckKind(data["kind"])
    for name in ("when", "unless"):
        if name in data:
            data[name] = tuple(map(_condition, data[name]))
    if "options" in data:
        data["options"] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in data["options"].items()
        }
    if "give" in data:
        data["give"] = tuple((name, value) for name, value in data["give"])
    return Check(**data)


def _condition(data: list[Any]) -> Condition:
    return Condition(tuple((name, tuple(values)) for name, values in data))
