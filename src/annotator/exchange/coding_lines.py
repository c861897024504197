"""One line of a codings file: JSON text to checked fields, with a sentence for what is wrong."""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

_HARMFUL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_MOST_OCCASIONS = 99
_REQUIRED = ("report", "passage", "coder", "coding")


class LineError(ValueError):
    """A line that is no coding of this project; the message says why."""


@dataclass(frozen=True, slots=True)
class Line:
    """The fields of one line, each of the right kind; see `docs/export.md`.

    Empty texts and None stand for optional fields that the line does not have.
    """

    report: str
    passage: int
    coder: str
    coding: Mapping[str, Any]
    codebook: str
    version: str
    round: str
    submitted_at: datetime | None
    seconds: float
    flagged: bool
    occasion: int = 1


def parse_line(raw: bytes) -> Line:
    """Read one line.

    Fields that this tool does not know are left alone. Line ends inside texts become LF, as in
    the texts of reports.

    Raises:
        LineError: It is no JSON object with the fields of a coding.
    """
    fields = _object(raw)
    if missing := [name for name in _REQUIRED if name not in fields]:
        raise LineError(f"the field {missing[0]!r} is missing")
    passage = fields["passage"]
    if isinstance(passage, bool) or not isinstance(passage, int):
        raise LineError("passage is the number of a passage in its report, from 1")
    if not isinstance(fields["coding"], dict):
        raise LineError("coding is an object of variables and their answers")
    coder = _text(fields, "coder")
    if not coder or coder != coder.strip() or "\n" in coder:
        raise LineError("coder is a name, without spaces around it")
    return Line(
        _text(fields, "report"),
        passage,
        coder,
        fields["coding"],
        _text(fields, "codebook"),
        _text(fields, "version"),
        _text(fields, "round"),
        _moment(_text(fields, "submitted_at")),
        _seconds(fields.get("seconds", 0)),
        _flagged(fields.get("flagged", False)),
        _occasion(fields.get("occasion", 1)),
    )


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(
            raw.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_no_constant
        )
    except UnicodeDecodeError as error:
        raise LineError(f"this is not UTF-8 (byte {error.start + 1} of the line)") from None
    except json.JSONDecodeError as error:
        raise LineError(f"this is not JSON ({error.msg}, column {error.colno})") from None
    except LineError:
        raise
    except ValueError:
        # All that is left: Python reads no integer of thousands of digits.
        raise LineError("a number is too long") from None
    except RecursionError:
        raise LineError("this is nested too deeply to be a coding") from None
    if not isinstance(found, dict):
        raise LineError("a line is one JSON object in braces")
    # JSON itself lets such characters in only as an escape, DEL alone as it is.
    if b"\\" in raw or b"\x7f" in raw:
        found = _clean(found)
    fields: dict[str, Any] = found
    return fields


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise LineError(f"the field {twice!r} stands there twice")
    return found


def _no_constant(name: str) -> float:
    raise LineError(f"{name} is no number that can be kept")


def _clean(data: Any) -> Any:
    if isinstance(data, str):
        if "\r" in data:
            data = data.replace("\r\n", "\n").replace("\r", "\n")
        if found := _HARMFUL.search(data):
            raise LineError(f"a text holds U+{ord(found[0]):04X}, a character that cannot be kept")
        return data
    if isinstance(data, list):
        return [_clean(item) for item in data]
    if isinstance(data, dict):
        return {_clean(name): _clean(item) for name, item in data.items()}
    return data


def _text(fields: Mapping[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if not isinstance(value, str):
        raise LineError(f"{name} is text")
    return value


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.min
    if moment.tzinfo is None:
        raise LineError("submitted_at is a time with its zone, such as 2016-12-21T10:30:00Z")
    return moment.astimezone(UTC)


def _flagged(value: Any) -> bool:
    if not isinstance(value, bool):
        raise LineError("flagged is true or false")
    return value


def _occasion(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= _MOST_OCCASIONS:
        raise LineError("occasion is 1, or 2 where the coder had the passage a second time")
    return value


def _seconds(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise LineError("seconds is a number")
    try:
        seconds = float(value)
    except OverflowError:
        seconds = math.inf
    if not (math.isfinite(seconds) and seconds >= 0):
        raise LineError("seconds is a number that is not negative")
    return seconds
