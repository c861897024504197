"""The tables of an export: what a row of each stands for, its columns, its keys."""

from collections.abc import Iterable

from annotator.codebook.model import CheckKind, Code
from annotator.coding.skipping import SkipReason
from annotator.exchange.csv_table import Field, Table
from annotator.exchange.variables import CANDIDATE_MEANING, INFERRED_MEANING, VALUE_FIELDS
from annotator.work.final import SettledBy

NONE = "none"
"""The name under which the reason for having no record stands among the variables."""

CODER = "coder"
ADJUDICATED = "adjudicated"
ROLES = {
    CODER: "a coder's own coding, made without seeing any other",
    ADJUDICATED: "the lead's coding that settled the passage",
}
SETTLED_BY = {
    SettledBy.ADJUDICATION.value: "the lead's coding",
    SettledBy.UNANIMITY.value: "all codings there are say the same (there may be only one)",
    SettledBy.CANNOT_RESOLVE.value: "no final coding: the lead found that it cannot be resolved",
    SettledBy.DISAGREEMENT.value: "no final coding: the coders differ and no lead has settled it",
}

NOTE = "note"
"""The name under which a note on the whole passage stands among the variables."""

SKIPPED = {reason.value: reason.words for reason in SkipReason}
"""Why a coder may have skipped a passage."""

CHECK_KINDS = {
    CheckKind.ERROR.value: "an error of structure",
    CheckKind.WARN.value: "a warning",
    CheckKind.OFFER.value: "an implied answer was offered",
    CheckKind.CONFIRM.value: "a question to look again",
}

_REPORT = Field("report", "string", "the report; see reports.csv", required=True)
_PASSAGE = Field("passage", "integer", "the passage's number in its report, from 1", required=True)
_CODER = Field("coder", "string", "who coded; see coders.csv", required=True)
_ROLE = Field("role", "string", "as what they coded", required=True, codes=ROLES)
_REVISION = Field(
    "revision", "integer", "how often the coder had submitted this passage; empty if adjudicated"
)
_ROUND = Field("round", "string", "the round it was coded in", required=True)
_VERSION = Field(
    "codebook_version", "string", "the codebook version it was coded under", required=True
)
_RECORD = Field("record", "string", "the record; empty for the passage itself")
_VARIABLE = Field("variable", "string", "the variable; see codebook/codebook.csv", required=True)
_UNIT = Field("unit", "string", "the unit the record is of: passage or a repeating one", True)
_SUBMITTED = Field("submitted_at", "datetime", "when it was submitted, in UTC", required=True)

_TO_REPORT = (("report",), "reports", ("report",))
_TO_PASSAGE = (("report", "passage"), "passages", ("report", "passage"))
_TO_CODER = (("coder",), "coders", ("coder",))

REPORTS = Table(
    "reports",
    "Reports",
    "One row per report of the project.",
    (
        _REPORT,
        Field("name", "string", "the file it was imported from", required=True),
        Field("row", "integer", "its row or line in that file, where a file holds several"),
        Field("source_id", "string", "the id it had in that file"),
        Field("url", "string", "where it was published, as that file has it"),
        Field("publisher", "string", "who published it"),
        Field("headline", "string", "its headline"),
        Field("date", "date", "the date it was published"),
        Field("language", "string", "its language, as a language tag"),
        Field("passages", "integer", "how many passages it has", required=True),
        Field("text_sha256", "string", "SHA-256 of its stored text in UTF-8", required=True),
        Field("source_sha256", "string", "SHA-256 of the file it was imported from", True),
    ),
    ("report",),
)
CODERS = Table(
    "coders",
    "Coders and leads",
    "One row per person whose codings, adjudications or marked passages are in this export.",
    (
        _CODER,
        Field("codings", "integer", "how many codings of theirs are in this export", True),
        Field("adjudications", "integer", "how many passages they settled as a lead", True),
    ),
    ("coder",),
)
CODER_NAME = Field("name", "string", "their name in the project", required=True)
CODINGS_LONG = Table(
    "codings_long",
    "Codings, long",
    "One row per coding, record, variable and chosen code; a question that was asked and answered "
    "with none of its codes has one row with the value {}.",
    (
        _REPORT,
        _PASSAGE,
        _CODER,
        _ROLE,
        _REVISION,
        _ROUND,
        _VERSION,
        _UNIT,
        _RECORD,
        _VARIABLE,
        *VALUE_FIELDS,
        Field("inferred", "boolean", f"1 if {INFERRED_MEANING}", required=True),
        Field("candidate", "boolean", f"1 if {CANDIDATE_MEANING}", required=True),
        Field("unsure", "boolean", "1 if the coder marked the answer as unsure", required=True),
        Field("note", "string", "the coder's note on the answer"),
        _SUBMITTED,
    ),
    links=(_TO_PASSAGE, _TO_CODER),
)
EVIDENCE = Table(
    "evidence",
    "Evidence",
    "One row per span of words that a coder marked behind an answer or a record.",
    (
        _REPORT,
        _PASSAGE,
        _CODER,
        _ROLE,
        _REVISION,
        _ROUND,
        _RECORD,
        Field("variable", "string", "the variable; empty for the record as a whole"),
        Field("number", "integer", "which span of that answer or record, from 1", required=True),
        Field("start", "integer", "where it begins in the report's text, in code points", True),
        Field("end", "integer", "where it ends (the first code point after it)", required=True),
        Field("exact", "string", "the words themselves", required=True),
    ),
    links=(_TO_PASSAGE, _TO_CODER),
)
OVERRIDES = Table(
    "overrides",
    "Overrides",
    "One row per warning or question of the codebook that a coder let stand, with the reason.",
    (
        _REPORT,
        _PASSAGE,
        _CODER,
        _ROLE,
        _REVISION,
        _ROUND,
        _VERSION,
        _RECORD,
        Field("check", "string", "the id of the check in the codebook", required=True),
        Field("kind", "string", "what the check asks of a coder", codes=CHECK_KINDS),
        Field("sentence", "string", "what the check says in the codebook version of the coding"),
        Field("reason", "string", "why the coder let it stand", required=True),
    ),
    links=(_TO_PASSAGE, _TO_CODER),
)
MARKED = Table(
    "marked",
    "Flagged or skipped passages",
    "One row per passage, round and coder where the coder flagged the passage for the lead, or "
    "skipped it; a skipped passage has no coding of that coder.",
    (
        _REPORT,
        _PASSAGE,
        _CODER,
        _ROUND,
        Field("flagged", "boolean", "1 if the coder asks the lead to look at it", required=True),
        Field("skipped", "string", "why the coder gave it back; empty if not", codes=SKIPPED),
        Field("note", "string", "what the coder said as they gave it back"),
    ),
    ("report", "passage", "coder", "round"),
    (_TO_PASSAGE, _TO_CODER),
)
CODEBOOK = Table(
    "codebook",
    "Codebook",
    "One row per variable (with an empty code) and per code of each codebook version in use.",
    (
        _VERSION,
        _UNIT,
        _VARIABLE,
        Field("type", "string", "the type of the variable", required=True),
        Field("code", "string", "the code; empty for the variable itself"),
        Field("label", "string", "its label", required=True),
        Field("definition", "string", "its definition; for a variable, the question", False),
        Field("key", "string", "the key that picks it on the coding screen"),
        Field("parent", "string", "the code it lies under in the tree of codes"),
    ),
    folder="codebook",
)


def passages(*, with_text: bool) -> Table:
    """The table of passages, with their text or without it."""
    text = Field("text", "string", "the passage itself", required=True)
    return Table(
        "passages",
        "Passages",
        "One row per passage of the project, coded or not.",
        (
            _REPORT,
            _PASSAGE,
            Field("start", "integer", "where it begins in the report's text, in code points", True),
            Field("end", "integer", "where it ends (the first code point after it)", True),
            Field("text_sha256", "string", "SHA-256 of its text in UTF-8", required=True),
            *([text] if with_text else []),
        ),
        ("report", "passage"),
        (_TO_REPORT,),
    )


def coders(*, with_names: bool) -> Table:
    """The table of coders, with their names or with pseudonyms alone."""
    if not with_names:
        return CODERS
    pseudonym, *counts = CODERS.fields
    return Table(
        CODERS.name, CODERS.title, CODERS.description, (pseudonym, CODER_NAME, *counts), CODERS.key
    )


def codings_wide(reasons: Iterable[Code]) -> Table:
    """The wide table of codings up to the columns of the variables.

    Args:
        reasons: The reasons for finding no record that the codebook versions in use know.
    """
    return Table(
        "codings_wide",
        "Codings, wide",
        "One row per passage, round and coder: the coder's latest coding, the variables of the "
        "passage in columns. Repeating units are in records.csv.",
        (
            _REPORT,
            _PASSAGE,
            _CODER,
            _REVISION,
            _ROUND,
            _VERSION,
            _SUBMITTED,
            Field("seconds", "number", "how long the coder was active on it", required=True),
            Field("flagged", "boolean", "1 if the coder asks the lead to look at it", True),
            Field(NOTE, "string", "the coder's note on the passage as a whole"),
            *_none_field(reasons),
        ),
        ("report", "passage", "coder", "round"),
        (_TO_PASSAGE, _TO_CODER),
    )


def final_wide(reasons: Iterable[Code]) -> Table:
    """The table of final codings up to the columns of the variables; see `codings_wide`."""
    return Table(
        "final_wide",
        "Final codings, wide",
        "One row per passage and round with a coding: the adjudicated coding if there is one, "
        "else the unanimous one, else none (then the variables' columns are empty).",
        (
            _REPORT,
            _PASSAGE,
            _ROUND,
            _VERSION,
            Field("n_coders", "integer", "how many coders coded it", required=True),
            Field("agreed", "boolean", "1 if they all say the same; empty if only one coded it"),
            Field("settled_by", "string", "where the final coding comes from", True, SETTLED_BY),
            Field(
                "revised_since",
                "boolean",
                "1 if a coder coded or revised it after the lead settled it: look at it again",
                required=True,
            ),
            Field("reason", "string", "the lead's reason, where a lead settled it"),
            Field("note", "string", "the lead's note, where a lead settled it"),
            Field("coder", "string", "whose coding stands as final (with role: to join on)"),
            Field("role", "string", "as what they made it", codes=ROLES),
            *_none_field(reasons),
        ),
        ("report", "passage", "round"),
        (_TO_PASSAGE,),
    )


RECORDS = Table(
    "records",
    "Records of repeating units",
    "One row per record that a coder or lead found in a passage, its variables in columns; the "
    "columns of other units' variables are empty.",
    (
        _REPORT,
        _PASSAGE,
        _CODER,
        _ROLE,
        _REVISION,
        _ROUND,
        _VERSION,
        Field("record", "string", "the record, unique within the coding", required=True),
        Field("unit", "string", "the repeating unit it is of", required=True),
        Field("parent", "string", "the record it lies in; empty for one in the passage itself"),
        Field("number", "integer", "which record of that unit inside its parent, from 1", True),
    ),
    ("report", "passage", "coder", "role", "round", "record"),
    (_TO_PASSAGE, _TO_CODER),
)


def _none_field(reasons: Iterable[Code]) -> list[Field]:
    codes = {reason.id: reason.label for reason in reasons}
    if not codes:
        return []
    return [
        Field("none", "string", "why the passage has no record, where it has none", codes=codes)
    ]
