"""The fields of a codebook for editors (JSON Schema) and for the documentation (tables).

Both are made from `annotator.codebook.fields`, as the reader is, so they cannot say something else.
The schema follows JSON Schema draft 2020-12. It describes the shape of each field; what must hold
between fields is checked by the reader alone.
"""

import json
from typing import Any

from annotator.codebook import fields
from annotator.codebook.computed_tests import COMPUTED_TESTS, ComputedTest, OptionKind
from annotator.codebook.fields import (
    CHECK,
    CHOICES,
    CODE,
    CODEBOOK,
    REASON,
    STATES,
    TYPES,
    UNIT,
    VARIABLE,
    Kind,
    Table,
)
from annotator.codebook.model import CheckKind

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
_TEXTS: dict[str, Any] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
_NAMES: dict[str, Any] = {"anyOf": [{"$ref": "#/$defs/id"}, {"type": "boolean"}]}


def _pattern(pattern: str) -> dict[str, Any]:
    return {"type": "string", "pattern": f"^(?:{pattern})$"}


def _list_of(table: Table, least: int = 0) -> dict[str, Any]:
    items: dict[str, Any] = {"type": "array", "items": {"$ref": f"#/$defs/{table.noun}"}}
    return items | {"minItems": least} if least else items


_STATE: dict[str, Any] = {
    "type": "object",
    "properties": {"state": {"enum": list(STATES)}},
    "required": ["state"],
    "additionalProperties": False,
}
_WANTED_STATES: dict[str, Any] = {"enum": ["stated", *STATES]}
_CONDITION: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"$ref": "#/$defs/id"},
    "additionalProperties": {
        "anyOf": [
            *_NAMES["anyOf"],
            {"type": "array", "minItems": 1, "items": _NAMES},
            {
                "type": "object",
                "properties": {
                    "state": {
                        "anyOf": [
                            _WANTED_STATES,
                            {"type": "array", "minItems": 1, "items": _WANTED_STATES},
                        ]
                    }
                },
                "required": ["state"],
                "additionalProperties": False,
            },
        ]
    },
}
_VALUE: dict[str, Any] = {
    "anyOf": [
        {"type": ["string", "number", "boolean"]},
        {"type": "array", "items": {"$ref": "#/$defs/code_id"}, "uniqueItems": True},
        _STATE,
    ]
}

_SHAPES: dict[Kind, dict[str, Any]] = {
    Kind.CODEBOOK_ID: _pattern(fields.CODEBOOK_ID_PATTERN),
    Kind.ID: {"$ref": "#/$defs/id"},
    Kind.CODE_ID: {"$ref": "#/$defs/code_id"},
    Kind.IDS: {
        "anyOf": [
            {"$ref": "#/$defs/code_id"},
            {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/code_id"}},
        ]
    },
    Kind.VERSION: _pattern(fields.VERSION_PATTERN),
    Kind.LINE: _TEXT,
    Kind.TEXT: _TEXT,
    Kind.TEXTS: _TEXTS,
    Kind.WORDS: {
        "type": "object",
        "propertyNames": {"pattern": f"^(?:{fields.LANGUAGE_PATTERN})$"},
        "additionalProperties": _TEXTS,
    },
    Kind.KEY: _pattern(fields.KEY_PATTERN),
    Kind.LANGUAGE: _pattern(fields.LANGUAGE_PATTERN),
    Kind.DATE: _pattern(fields.DATE_PATTERN) | {"format": "date"},
    Kind.NUMBER: {"type": "number"},
    Kind.FLAG: {"type": "boolean"},
    Kind.TYPE: {"enum": [str(word) for word in CHOICES[Kind.TYPE]]},
    Kind.EVIDENCE: {"enum": [str(word) for word in CHOICES[Kind.EVIDENCE]]},
    Kind.CANDIDATES: {"enum": [str(word) for word in CHOICES[Kind.CANDIDATES]]},
    Kind.UNIT_NAME: {"$ref": "#/$defs/id"},
    Kind.CODE_NAME: {"$ref": "#/$defs/id"},
    Kind.CONDITION: {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"$ref": "#/$defs/id"},
        "additionalProperties": {
            "anyOf": [*_NAMES["anyOf"], {"type": "array", "minItems": 1, "items": _NAMES}]
        },
    },
    Kind.VALUE: _VALUE,
    Kind.CODES: _list_of(CODE, least=1),
    Kind.REASONS: _list_of(REASON),
    Kind.VARIABLES: _list_of(VARIABLE, least=1),
    Kind.UNITS: {
        "type": "object",
        "propertyNames": {"$ref": "#/$defs/id"},
        "additionalProperties": {"$ref": f"#/$defs/{UNIT.noun}"},
    },
    Kind.CHECKS: _list_of(CHECK),
    Kind.CHECK_ID: _pattern(fields.CHECK_ID_PATTERN),
    Kind.CONDITIONS: {"anyOf": [_CONDITION, {"type": "array", "minItems": 1, "items": _CONDITION}]},
    Kind.TEST: {"enum": [test.name for test in COMPUTED_TESTS]},
    Kind.OPTIONS: {"type": "object"},
    Kind.GIVEN: {
        "type": "object",
        "minProperties": 1,
        "propertyNames": {"$ref": "#/$defs/id"},
        "additionalProperties": _VALUE,
    },
}


_ID: dict[str, Any] = {"$ref": "#/$defs/id"}
_CODE_ID: dict[str, Any] = {"$ref": "#/$defs/code_id"}
_OPTIONS: dict[OptionKind, dict[str, Any]] = {
    OptionKind.VARIABLE: _ID,
    OptionKind.VARIABLES: {"anyOf": [_ID, {"type": "array", "minItems": 1, "items": _ID}]},
    OptionKind.CODES: {"anyOf": [_CODE_ID, {"type": "array", "items": _CODE_ID}]},
    OptionKind.UNIT: _ID,
    OptionKind.NUMBER: {"type": "number", "minimum": 0},
    OptionKind.WORDS: {"anyOf": [*_TEXTS["anyOf"], _SHAPES[Kind.WORDS]]},
}


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a codebook file, as values that `json` can write."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "annotator codebook",
        **_object(CODEBOOK),
        "$defs": {
            "id": _pattern(fields.ID_PATTERN),
            "code_id": _pattern(fields.CODE_ID_PATTERN),
            **{table.noun: _object(table) for table in (UNIT, VARIABLE, CODE, REASON)},
            CHECK.noun: _object(CHECK)
            | {"oneOf": [{"required": [str(kind)]} for kind in CheckKind]}
            | {"allOf": [_options_of(test) for test in COMPUTED_TESTS]},
        },
    }


def _options_of(test: ComputedTest) -> dict[str, Any]:
    """What `with` holds where a check names a computed test."""
    options = {
        "type": "object",
        "properties": {
            option.name: {"description": option.doc, **_OPTIONS[option.kind]}
            for option in test.options
        },
        "required": [option.name for option in test.options if option.required],
        "additionalProperties": False,
    }
    needed = {"required": ["with"]} if options["required"] else {}
    return {
        "if": {"properties": {"test": {"const": test.name}}, "required": ["test"]},
        "then": {"properties": {"with": options}} | needed,
    }


def schema_text() -> str:
    """The JSON Schema as text, indented, with a line end."""
    return json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"


def _object(table: Table) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            field.name: {"description": field.doc, **_SHAPES[field.kind]} for field in table.fields
        },
        "required": [field.name for field in table.fields if field.required],
        "additionalProperties": False,
    }


_START, _END = "<!-- fields:start -->", "<!-- fields:end -->"

_HEADINGS = (
    (CODEBOOK, "The codebook"),
    (UNIT, "A unit (under `units:`, by its id)"),
    (VARIABLE, "A variable"),
    (CODE, "A code"),
    (REASON, "A reason for finding no record (under `none:` of a unit)"),
    (CHECK, "A check (under `checks:`)"),
)


def field_tables() -> str:
    """The tables of all fields and types in Markdown, as they stand in docs/codebook.md."""
    parts = []
    for table, heading in _HEADINGS:
        rows = "".join(
            f"| `{field.name}`{' (required)' if field.required else ''} | {_cell(field.kind)}"
            f" | {_cell(field.doc)} |\n"
            for field in table.fields
        )
        parts.append(f"### {heading}\n\n| field | holds | meaning |\n|---|---|---|\n{rows}")
    rows = "".join(f"| `{kind}` | {_cell(meaning)} |\n" for kind, meaning in TYPES.items())
    parts.append(f"### Computed tests of checks\n\n{_tests_table()}")
    parts.append(f"### Types of a variable\n\n| type | its value |\n|---|---|\n{rows}")
    return "\n".join(parts)


def _tests_table() -> str:
    rows = []
    for test in COMPUTED_TESTS:
        rows.append(f"| `{test.name}` | | {_cell(test.doc)} |\n")
        for option in test.options:
            may = "" if option.required else ", may be left out"
            rows.append(f"| | `{option.name}`: {option.kind.value}{may} | {_cell(option.doc)} |\n")
    return f"| test | option | meaning |\n|---|---|---|\n{''.join(rows)}"


def with_field_tables(page: str) -> str:
    """A Markdown page with the current tables between its markers.

    Args:
        page: The page; it holds `<!-- fields:start -->` and, after it, `<!-- fields:end -->`.

    Returns:
        The page; unchanged if its tables are up to date.

    Raises:
        ValueError: A marker is missing.
    """
    before, _, rest = page.partition(_START)
    _, end, after = rest.partition(_END)
    if not end:
        raise ValueError(f"the page has no {_START} followed by {_END}")
    return f"{before}{_START}\n{field_tables()}{_END}{after}"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")
