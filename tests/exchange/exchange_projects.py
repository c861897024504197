"""Small real projects that the tests of exchange share."""

import csv
import json
import random
from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.codebook.reader import parse_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.model import Answer, Coding, Override, Record, Span, State, Value
from annotator.coding.values import Count, DateKind, DatePrecision, DateValue
from annotator.corpus.readers import read_file
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import PassageRow, import_reports, iter_passages
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, open_round

REPORT = """The Umm al-Sinbil Monitor

Deaths on Tuesday in the villages of the eastern plain

Four people, among them a child, were killed in Umm al-Sinbil when regime shells fell.

قُتل ستة مدنيين 🕊 ببرميل متفجر في عين الورد، بحسب "شبكة المراسلين".

=Two more people were said to have died in detention; their names, ages and homes are unknown.
"""

CLAIMS = """
codebook: small-claims
version: 1.2.0
title: Claims in miniature
units:
  claim:
    in: passage
    label: Claim
    evidence: optional
    none:
      - {id: context, label: Background only}
      - {id: unreadable, label: Cannot be read}
  act: {in: claim, label: Act}
variables:
  - {id: mention, question: Is a killing mentioned?, type: yes_no}
  - id: tone
    question: How sure does the publisher sound?
    type: scale
    codes: [{id: low, label: Low}, {id: mid, label: "Middle, \\"so-so\\""}, {id: high, label: High}]
  - id: actors
    question: Who is named?
    type: codes
    codes: [{id: rus, label: Russia}, {id: syr, label: Syria}, {id: air, label: Air, parent: syr}]
  - {id: remark, question: Anything else?, type: text}
  - {id: share, question: How much of it?, type: number, min: 0, max: 100}
  - id: kind
    question: What is claimed?
    type: code
    unit: claim
    codes: [{id: killing, label: Killing}, {id: injury, label: Injury}]
  - {id: total, question: How many?, type: count, unit: claim}
  - {id: day, question: When?, type: date, unit: claim}
  - {id: part_of, question: Part of which?, type: link, unit: claim, to: claim}
  - id: perpetrator
    question: By whom?
    type: code
    unit: act
    codes: [{id: rus, label: Russia}, {id: isis, label: ISIS}]
checks:
  - id: W1
    warn: "Is this \\"so-so\\"?"
    when: {tone: mid}
  - {id: I1, confirm: Does the text say so?, unit: act, when: {perpetrator: isis}}
  - {id: S1, offer: A killing is ISIS, unit: act, when: {kind: killing}, give: {perpetrator: isis}}
"""

MOMENT = datetime(2016, 12, 21, 10, 30, tzinfo=UTC)
HOSTILE = [
    '=cmd|"/c calc"!A1',
    "@SUM(A1)",
    'she said "no", twice',
    "two\nlines, and a comma",
    "قُتل ستة 🕊 e\u0301",
    "NA",
    "None",
    "null",
    "{}",
    "0012",
    " spaces around ",
    "tab\there",
    "|;,'",
]


@cache
def claims() -> Codebook:
    """A codebook with every type, units inside units, and reasons for finding none."""
    return parse_codebook(CLAIMS, "small-claims.yaml")


@cache
def light() -> Codebook:
    """The light codebook that comes with annotator."""
    path = find_codebook("perpetrators")
    return parse_codebook(path.read_text(encoding="utf-8"), "perpetrators.yaml")


def make_project(folder: Path, codebook: Codebook, *texts: str) -> Project:
    """A project with one report for each text."""
    project = create_project(
        folder / "umm al-sinbil.db",
        name="Umm al-Sinbil, 2016",
        codebook_source=codebook.source,
        codebook=codebook,
        actor="lead",
    )
    for number, text in enumerate(texts or (REPORT,), 1):
        path = folder / f"daily-2016-12-{number:02d}.txt"
        path.write_text(text, encoding="utf-8")
        source = read_file(path)
        import_reports(project, source, source.reports, "lead")
    return project


def start_round(project: Project, name: str = "main") -> RoundRow:
    """An open round that anyone may code in."""
    return open_round(
        project, name=name, purpose="main", order="reading", seed=1, coders=None, actor="lead"
    )


def passages(project: Project) -> list[PassageRow]:
    """The passages in reading order."""
    return list(iter_passages(project))


def submit(
    project: Project, one: RoundRow, passage: PassageRow, coder: str, coding: Coding
) -> None:
    """Have a coder submit a coding."""
    new = NewCoding(one.id, passage.report_key, passage.number, coder, coding, 12.5, MOMENT)
    add_codings(project, [new], coder)


def stated(value: Value, *evidence: Span, note: str = "", unsure: bool = False) -> Answer:
    """An answer with a value."""
    return Answer(value, State.STATED, evidence, unsure, note)


def span(passage: PassageRow, words: str) -> Span:
    """Words of a passage as evidence."""
    start = passage.start + passage.text.index(words)
    return Span(start, start + len(words), words)


def light_coding(*perpetrators: str, killed: str = "") -> Coding:
    """A coding under the light codebook."""
    answers = {
        "perpetrator": stated(perpetrators),
        "cause": stated(("air_strike",) if perpetrators else ()),
        "killed": stated(Count.parse(killed)) if killed else Answer(state=State.NOT_STATED),
    }
    return Coding(answers)


def read_csv(path: Path) -> list[dict[str, str]]:
    """A table as another program reads it."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def read_json(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


# --- any coding at all ---------------------------------------------------------------------------

_DATES = [
    DateValue(date(2016, 12, 20), date(2016, 12, 20), DatePrecision.DAY, DateKind.EVENT, "Tuesday"),
    DateValue(date(2016, 12, 1), date(2016, 12, 31), DatePrecision.MONTH, DateKind.WINDOW),
    DateValue(None, None, DatePrecision.NONE, DateKind.EVENT, 'some "time" ago,\nlong'),
]
_REASONS = [text for text in HOSTILE if text.strip()]
_COUNTS = ["9", "~30", "12+", "<=40", "10-15", "12 (12-20)", "v12", "0"]


def any_coding(chance: random.Random, codebook: Codebook, passage: PassageRow) -> Coding:
    """A coding with whatever the codebook allows, by chance; `when` is not looked at."""
    ids = iter(f"r{number}" for number in range(1, 100))
    shapes = _any_records(chance, codebook, PASSAGE, ids)
    known = [record for shape in shapes for record in _ids(shape)]

    def fill(record: Record) -> Record:
        answers = _any_answers(chance, codebook, record.unit, passage, known)
        spans = _any_spans(chance, passage)
        return Record(record.id, record.unit, answers, spans, tuple(map(fill, record.records)))

    records = tuple(map(fill, shapes))
    reasons = ["", *(code.id for unit in codebook.units for code in unit.none_reasons)]
    none = "" if records else chance.choice(reasons)
    answers = _any_answers(chance, codebook, PASSAGE, passage, known)
    note = chance.choice(["", "", *HOSTILE])
    return Coding(answers, records, none, _any_overrides(chance, ["", *known]), note)


def _any_overrides(chance: random.Random, places: list[str]) -> tuple[Override, ...]:
    return tuple(
        sorted(
            Override(check, record, chance.choice(_REASONS))
            for check in ("W1", "I1", "Z99")
            for record in places
            if chance.random() < 0.3
        )
    )


def _any_records(
    chance: random.Random, codebook: Codebook, unit_id: str, ids: Any
) -> tuple[Record, ...]:
    return tuple(
        Record(next(ids), unit.id, {}, (), _any_records(chance, codebook, unit.id, ids))
        for unit in codebook.units_in(unit_id)
        for _ in range(chance.randrange(3))
    )


def _ids(record: Record) -> Iterable[str]:
    return (record.id, *(found for inner in record.records for found in _ids(inner)))


def _any_answers(
    chance: random.Random, codebook: Codebook, unit: str, passage: PassageRow, known: list[str]
) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for variable in codebook.variables_of(unit):
        if chance.random() < 0.2:
            continue
        state = chance.choice([State.STATED] * 3 + list(State))
        value = _any_value(chance, variable, known) if state is State.STATED else None
        note = chance.choice(["", "", *HOSTILE])
        spans = _any_spans(chance, passage)
        unsure, inferred, candidate = (chance.random() < 0.3 for _ in range(3))
        found[variable.id] = Answer(value, state, spans, unsure, note, inferred, candidate)
    return found


def _any_spans(chance: random.Random, passage: PassageRow) -> tuple[Span, ...]:
    found = []
    for _ in range(chance.choice([0, 0, 1, 2])):
        first = chance.randrange(len(passage.text) - 1)
        last = chance.randrange(first + 1, len(passage.text))
        start = passage.start + first
        found.append(Span(start, passage.start + last, passage.text[first:last]))
    return tuple(found)


def _any_value(chance: random.Random, variable: Variable, known: list[str]) -> Value:
    codes = [code.id for code in variable.codes]
    match variable.type:
        case VariableType.CODES:
            return tuple(code for code in codes if chance.random() < 0.5)
        case VariableType.COUNT:
            return Count.parse(chance.choice(_COUNTS))
        case VariableType.DATE:
            return chance.choice(_DATES)
        case VariableType.NUMBER:
            return chance.choice([0, 7, 33.25, 1e-7])
        case VariableType.TEXT:
            return chance.choice(HOSTILE)
        case VariableType.YES_NO:
            return chance.random() < 0.5
        case VariableType.LINK:
            return tuple(name for name in known if chance.random() < 0.4)
    return chance.choice(codes)
