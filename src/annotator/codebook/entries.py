"""Mappings of a codebook file, read field by field by the tables of `annotator.codebook.fields`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from annotator.codebook import scalars, yaml_source
from annotator.codebook.fields import CHECK, CODE, REASON, UNIT, VARIABLE, Kind, Table
from annotator.codebook.model import CandidateRule, EvidenceRule, VariableType
from annotator.codebook.problems import Placed, Problems, likely, one_of, quote
from annotator.codebook.yaml_source import Items, Node, Scalar


@dataclass(slots=True)
class Entry:
    """One mapping of the file.

    Args:
        table: Its fields.
        node: Where it stands.
        values: What its fields hold, by name in the file; one that holds nothing usable is absent.
        nodes: Where the value of each field stands, by name in the file.
    """

    table: Table
    node: yaml_source.Mapping
    values: dict[str, Any] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """Its id; empty if it has none."""
        found = self.values.get("id", "")
        return found if isinstance(found, str) else ""

    @property
    def codes(self) -> "tuple[Entry, ...]":
        """Its codes, if it is a variable that has a list of them."""
        return tuple(self.values.get("codes", ()))

    def place(self, name: str) -> Placed:
        """Where a field's value stands, or the mapping itself if the field is absent."""
        return self.nodes.get(name, self.node)

    def arguments(self) -> dict[str, Any]:
        """What its fields hold, by name in `annotator.codebook.model`."""
        return {
            field.target: self.values[field.name]
            for field in self.table.fields
            if field.name in self.values
        }


def read_entry(node: Node, table: Table, problems: Problems) -> Entry | None:
    """Read one mapping; None if the node is none.

    Args:
        node: The node of the file.
        table: The fields the mapping may have.
        problems: Where unknown, missing and wrong fields are noted.
    """
    if not isinstance(node, yaml_source.Mapping):
        example = ", ".join(f"{field.name}: …" for field in table.fields if field.required)
        problems.add(node, f"a {table.noun} must be fields with values", f"write {{{example}}}")
        return None
    entry = Entry(table, node)
    for name, value in node.entries:
        known = table.field(name.value)
        if known is None:
            _unknown_field(name, table, problems)
            continue
        entry.nodes[known.name] = value
        result = _CONVERT[known.kind](value, known.name, problems)
        if result is not None:
            entry.values[known.name] = result
    given = {name.value for name, _ in node.entries}
    for missing in table.fields:
        if missing.required and missing.name not in given:
            problems.add(
                node,
                f'this {table.noun} has no "{missing.name}"',
                f"add {missing.name}: … ({missing.kind.value})",
            )
    return entry


def _unknown_field(name: Scalar, table: Table, problems: Problems) -> None:
    meaning = scalars.other_meaning(name)
    hint = likely(name.value, table.names) or f"a {table.noun} has {one_of(table.names)}"
    said = f" ({meaning} to YAML)" if meaning else ""
    problems.add(name, f"a {table.noun} has no field {quote(name.value)}{said}", hint)


def _read_list(node: Node, name: str, problems: Problems, table: Table) -> tuple[Entry, ...] | None:
    if not isinstance(node, Items):
        hint = "begin each with a dash: - {id: …}"
        problems.add(node, f"{name} must be a list, one {table.noun} an item", hint)
        return None
    read = (read_entry(item, table, problems) for item in node.nodes)
    return tuple(entry for entry in read if entry)


def _read_units(node: Node, name: str, problems: Problems) -> tuple[Entry, ...] | None:
    if not isinstance(node, yaml_source.Mapping):
        problems.add(node, f"{name} must name each unit", "write claim: {in: passage}")
        return None
    units = []
    for key, value in node.entries:
        unit_id = scalars.read_id(key, "id of a unit", problems)
        if entry := read_entry(value, UNIT, problems):
            entry.values["id"] = unit_id
            entry.nodes["id"] = key
            units.append(entry)
    return tuple(units)


def _read_type(node: Node, name: str, problems: Problems) -> VariableType | None:
    word = scalars.read_choice(node, name, problems, Kind.TYPE)
    return VariableType(word) if word else None


def _read_evidence(node: Node, name: str, problems: Problems) -> EvidenceRule | None:
    word = scalars.read_choice(node, name, problems, Kind.EVIDENCE)
    return EvidenceRule(word) if word else None


def _read_candidates(node: Node, name: str, problems: Problems) -> CandidateRule | None:
    word = scalars.read_choice(node, name, problems, Kind.CANDIDATES)
    return CandidateRule(word) if word else None


def _leave(node: Node, name: str, problems: Problems) -> None:
    """What it means depends on other parts of the codebook; see the rules for them."""


_CONVERT: Mapping[Kind, Callable[[Node, str, Problems], object]] = {
    Kind.CODEBOOK_ID: scalars.read_codebook_id,
    Kind.ID: scalars.read_id,
    Kind.CODE_ID: scalars.read_code_id,
    Kind.IDS: scalars.read_ids,
    Kind.VERSION: scalars.read_version,
    Kind.LINE: scalars.read_line,
    Kind.TEXT: scalars.read_text,
    Kind.TEXTS: scalars.read_texts,
    Kind.WORDS: scalars.read_words,
    Kind.KEY: scalars.read_key,
    Kind.LANGUAGE: scalars.read_language,
    Kind.DATE: scalars.read_date,
    Kind.NUMBER: scalars.read_number,
    Kind.FLAG: scalars.read_flag,
    Kind.TYPE: _read_type,
    Kind.EVIDENCE: _read_evidence,
    Kind.CANDIDATES: _read_candidates,
    Kind.UNIT_NAME: scalars.read_text,
    Kind.CODE_NAME: scalars.read_text,
    Kind.CONDITION: _leave,
    Kind.VALUE: _leave,
    Kind.CODES: partial(_read_list, table=CODE),
    Kind.REASONS: partial(_read_list, table=REASON),
    Kind.VARIABLES: partial(_read_list, table=VARIABLE),
    Kind.UNITS: _read_units,
    Kind.CHECKS: partial(_read_list, table=CHECK),
    Kind.CHECK_ID: scalars.read_check_id,
    Kind.CONDITIONS: _leave,
    Kind.TEST: scalars.read_text,
    Kind.OPTIONS: _leave,
    Kind.GIVEN: _leave,
}
