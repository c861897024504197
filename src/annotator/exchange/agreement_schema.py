"""The JSON Schema of what `annotator agreement --json` prints, of a project and of a file."""

import json
from typing import Any

_Schema = dict[str, Any]

_TEXT: _Schema = {"type": "string"}
_MAYBE_TEXT: _Schema = {"type": ["string", "null"]}
_NUMBER: _Schema = {"type": ["number", "null"]}
_COUNT: _Schema = {"type": "integer", "minimum": 0}


def _object(**fields: _Schema) -> _Schema:
    """An object with exactly these fields."""
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(items: _Schema) -> _Schema:
    return {"type": "array", "items": items}


def _of(name: str) -> _Schema:
    return {"$ref": f"#/$defs/{name}"}


def _or_null(schema: _Schema) -> _Schema:
    return {"anyOf": [schema, {"type": "null"}]}


_ESTIMATE = {
    "name": {**_TEXT, "description": "The coefficient."},
    "level": {**_TEXT, "description": "The level of measurement."},
    "weights": {**_MAYBE_TEXT, "description": "How far different values agree."},
    "value": {**_NUMBER, "description": "Null where it is undefined; see reason."},
    "se": {**_NUMBER, "description": "The standard error."},
    "se_method": _MAYBE_TEXT,
    "ci_low": {**_NUMBER, "description": "Lower end of the interval."},
    "ci_high": {**_NUMBER, "description": "Upper end of the interval."},
    "ci_method": {**_MAYBE_TEXT, "description": "How the interval was made."},
    "n_units": {**_COUNT, "description": "Units that enter."},
    "n_coders": {**_COUNT, "description": "Coders with a value."},
    "n_values": {**_COUNT, "description": "Values of those units."},
    "reason": {**_MAYBE_TEXT, "description": "Why there is no value, or no interval."},
}
_ESTIMATES = _list(_of("estimate"))
_CODE = {
    "code": _TEXT,
    "alpha": _of("estimate"),
    "percent_agreement": _of("estimate"),
    "prevalence": _NUMBER,
    "positive_agreement": _NUMBER,
    "negative_agreement": _NUMBER,
    "n_units_used": _COUNT,
    "chance_agreements": _NUMBER,
}
_LABELLED = _object(**_CODE, label=_TEXT)
_RECORD = _object(
    variable=_TEXT,
    name=_TEXT,
    type=_TEXT,
    level=_MAYBE_TEXT,
    basis=_MAYBE_TEXT,
    found=_or_null(_of("estimate")),
    matched=_ESTIMATES,
    with_missed=_ESTIMATES,
    codes=_list(_of("code")),
    counts=_or_null(_of("counts")),
    reason=_MAYBE_TEXT,
)
_DEFINITIONS = {
    "estimate": _object(**_ESTIMATE),
    "code": _LABELLED,
    "counts": _object(
        exact=_of("estimate"),
        overlap=_of("estimate"),
        factor=_NUMBER,
        n_factor=_COUNT,
        n_zero=_COUNT,
        limits=_list(
            _object(
                coders=_list(_TEXT),
                ratio=_NUMBER,
                low=_NUMBER,
                high=_NUMBER,
                n=_COUNT,
                n_zero=_COUNT,
            )
        ),
    ),
    "record": _RECORD,
    "found": _object(
        n_found=_COUNT,
        n_shared=_COUNT,
        n_by_all=_COUNT,
        f1=_of("estimate"),
        coders=_list(
            _object(coder=_TEXT, n_records=_COUNT, n_shared=_COUNT, n_missed=_COUNT, share=_NUMBER)
        ),
        pairs=_list(
            _object(
                coders=_list(_TEXT),
                n_first=_COUNT,
                n_second=_COUNT,
                n_both=_COUNT,
                f1=_of("estimate"),
            )
        ),
    ),
    "span_estimate": _object(**_ESTIMATE, code=_MAYBE_TEXT, coverage=_NUMBER),
}
_CODERS = _list(
    _object(
        variable=_TEXT,
        coders=_list(
            _object(
                coder=_TEXT,
                n_values=_COUNT,
                without=_of("estimate"),
                mean_pairwise=_of("estimate"),
                against_rest=_of("estimate"),
            )
        ),
        pairs=_list(_object(first=_TEXT, second=_TEXT, estimate=_of("estimate"))),
        categories=_list(_TEXT),
        confusions=_list(_object(first=_TEXT, second=_TEXT, counts=_list(_list(_COUNT)))),
    )
)
_STRATA = _list(
    _object(
        by=_TEXT,
        variable=_TEXT,
        groups=_list(_object(group=_TEXT, n_units=_COUNT, estimates=_ESTIMATES)),
        changes=_list(
            _object(
                group=_TEXT,
                before=_TEXT,
                name=_TEXT,
                method=_TEXT,
                value=_NUMBER,
                se=_NUMBER,
                ci_low=_NUMBER,
                ci_high=_NUMBER,
                ci_method=_MAYBE_TEXT,
                p=_NUMBER,
                reason=_MAYBE_TEXT,
                first=_of("estimate"),
                second=_of("estimate"),
            )
        ),
    )
)
_SPANS = _list(
    _object(
        subject=_TEXT,
        name=_TEXT,
        unit=_TEXT,
        basis=_TEXT,
        passages=_COUNT,
        left_out=_COUNT,
        estimates=_list({"anyOf": [_of("estimate"), _of("span_estimate")]}),
        codes=_list({"type": "object"}),
        matches=_list({"type": "object", "required": ["name", "value", "chance_corrected"]}),
    )
)
_SECTIONS = {"coders": _CODERS, "strata": _STRATA}
_PROJECT = _object(
    round=_TEXT,
    codings={"enum": ["first", "latest"]},
    codebook=_object(
        id=_TEXT, version=_TEXT, sha256=_TEXT, versions=_list(_TEXT), notes=_list(_TEXT)
    ),
    passages=_object(
        compared=_COUNT, coded_by_1=_COUNT, coded_by_2=_COUNT, coded_by_3_or_more=_COUNT
    ),
    n_coders=_COUNT,
    variables=_list(
        _object(
            variable=_TEXT,
            name=_TEXT,
            unit=_TEXT,
            type=_TEXT,
            level=_MAYBE_TEXT,
            basis=_MAYBE_TEXT,
            estimates=_ESTIMATES,
            codes=_list(_of("code")),
            reason=_MAYBE_TEXT,
            note=_TEXT,
        )
    ),
    records=_list(
        _object(
            unit=_TEXT,
            label=_TEXT,
            within=_TEXT,
            found=_of("found"),
            number=_of("record"),
            together=_or_null(_of("record")),
            variables=_list(_of("record")),
        )
    ),
    spans=_SPANS,
    **_SECTIONS,
)
_RATINGS = _object(
    estimates=_ESTIMATES,
    codes=_list(_object(**{**_CODE, "code": {"type": ["string", "number"]}})),
    n_clusters={"type": ["integer", "null"]},
    bootstrap=_list(
        _object(
            name=_TEXT,
            n_replicates=_COUNT,
            n_undefined=_COUNT,
            seed={"type": "integer"},
            below_667=_NUMBER,
            below_800=_NUMBER,
        )
    ),
    **_SECTIONS,
)


def agreement_schema() -> _Schema:
    """The schema: either of a project, or of a file of ratings."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What `annotator agreement --json` prints",
        "anyOf": [
            {"title": "of a project", **_PROJECT},
            {"title": "of a file of ratings", **_RATINGS},
        ],
        "$defs": _DEFINITIONS,
    }


def agreement_schema_text() -> str:
    """The schema as the text of its file."""
    return json.dumps(agreement_schema(), indent=2, ensure_ascii=False) + "\n"
