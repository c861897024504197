"""The tables give back every coding, whatever is in it, and agree with each other."""

import random
import tempfile
from collections import defaultdict
from datetime import date
from pathlib import Path

from exchange_projects import (
    any_coding,
    claims,
    make_project,
    passages,
    read_csv,
    start_round,
    submit,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.model import PASSAGE, Codebook, Variable, VariableType
from annotator.coding.form import from_form
from annotator.coding.model import Answer, Coding, Override, Record, Span, State, Value
from annotator.coding.values import Count, DateKind, DatePrecision, DateValue
from annotator.exchange.export import export_project
from annotator.store.codings import codings
from annotator.store.project import Project

Row = dict[str, str]
Key = tuple[str, str, str, str]


def key(row: Row) -> Key:
    return row["report"], row["passage"], row["round"], row["coder"]


def rebuilt(folder: Path, codebook: Codebook) -> dict[Key, Coding]:
    """Every coder's coding, made anew from the CSV files alone."""
    answers: dict[tuple[Key, str, str], list[Row]] = defaultdict(list)
    for row in read_csv(folder / "data/codings_long.csv"):
        answers[key(row), row["record"], row["variable"]].append(row)
    spans: dict[tuple[Key, str, str], list[Span]] = defaultdict(list)
    for row in read_csv(folder / "data/evidence.csv"):
        found = Span(int(row["start"]), int(row["end"]), row["exact"])
        spans[key(row), row["record"], row["variable"]].append(found)
    records: dict[tuple[Key, str], list[Row]] = defaultdict(list)
    for row in read_csv(folder / "data/records.csv"):
        records[key(row), row["parent"]].append(row)

    def record(who: Key, record_id: str, unit: str) -> Record:
        given_here = {
            variable.id: answer(
                answers[who, record_id, variable.id],
                variable,
                tuple(spans[who, record_id, variable.id]),
            )
            for variable in codebook.variables_of(unit)
            if answers[who, record_id, variable.id]
        }
        inner = tuple(record(who, row["record"], row["unit"]) for row in records[who, record_id])
        return Record(record_id, unit, given_here, tuple(spans[who, record_id, ""]), inner)

    overrides: dict[Key, list[Override]] = defaultdict(list)
    for row in read_csv(folder / "data/overrides.csv"):
        overrides[key(row)].append(Override(row["check"], row["record"], row["reason"]))

    made = {}
    for row in read_csv(folder / "data/codings_wide.csv"):
        whole = record(key(row), "", PASSAGE)
        let_stand = tuple(sorted(overrides[key(row)]))
        made[key(row)] = Coding(whole.answers, whole.records, row["none"], let_stand, row["note"])
        in_long = [one["value"] for one in answers[key(row), "", "note"]]
        assert in_long == ([row["note"]] if row["note"] else [])
    return made


def answer(rows: list[Row], variable: Variable, spans: tuple[Span, ...]) -> Answer:
    row = rows[0]
    state = State(row["state"])
    value = stated_value(rows, variable) if state is State.STATED else None
    unsure, inferred, candidate = (row[name] == "1" for name in ("unsure", "inferred", "candidate"))
    return Answer(value, state, spans, unsure, row["note"], inferred, candidate)


def stated_value(rows: list[Row], variable: Variable) -> Value:
    row = rows[0]
    match variable.type:
        case VariableType.CODES | VariableType.LINK:
            return tuple(one["value"] for one in rows if one["value"] != "{}")
        case VariableType.COUNT:
            return Count.parse(row["value"])
        case VariableType.NUMBER:
            return float(row["number"])
        case VariableType.YES_NO:
            return {"yes": True, "no": False}[row["value"]]
        case VariableType.DATE:
            start, end = (
                date.fromisoformat(row[name]) if row[name] else None
                for name in ("date_start", "date_end")
            )
            kind = DateKind(row["date_kind"])
            words = row["date_words"]
            return DateValue(start, end, DatePrecision(row["date_precision"]), kind, words)
    return row["value"]


def stored(project: Project, codebook: Codebook, names: dict[str, str]) -> dict[Key, Coding]:
    texts = {(one.report_key, one.number): one for one in passages(project)}
    found = {}
    for row in codings(project):
        passage = texts[row.report_key, row.number]
        coding = from_form(row.form, codebook, passage.text, passage.start)
        found[row.report_key, str(row.number), "main", names[row.coder]] = coding
    return found


@settings(max_examples=8)
@given(st.randoms(use_true_random=False))
def test_the_tables_give_back_every_coding(chance: random.Random) -> None:
    codebook = claims()
    with tempfile.TemporaryDirectory() as name, make_project(Path(name), codebook) as project:
        one = start_round(project)
        for passage in passages(project):
            for coder in ("Rana", "Omar", "Layla"):
                submit(project, one, passage, coder, any_coding(chance, codebook, passage))
        result = export_project(project, Path(name) / "out", actor="lead", with_coder_names=True)
        coders = read_csv(result.folder / "data/coders.csv")
        names = {row["name"]: row["coder"] for row in coders}
        assert rebuilt(result.folder, codebook) == stored(project, codebook, names)
        check_wide_against_long(result.folder, codebook)
        check_inferred_of_records(result.folder)


def check_wide_against_long(folder: Path, codebook: Codebook) -> None:
    long: dict[tuple[Key, str], list[Row]] = defaultdict(list)
    for row in read_csv(folder / "data/codings_long.csv"):
        if row["unit"] == PASSAGE:
            long[key(row), row["variable"]].append(row)
    for wide in read_csv(folder / "data/codings_wide.csv"):
        for variable in codebook.variables_of(PASSAGE):
            rows = long[key(wide), variable.id]
            assert wide[f"{variable.id}_state"] == (rows[0]["state"] if rows else "")
            chosen = {row["value"] for row in rows} if rows and rows[0]["state"] == "stated" else {}
            if variable.type is VariableType.CODES:
                for code in variable.codes:
                    flag = ("1" if code.id in chosen else "0") if chosen else ""
                    assert wide[f"{variable.id}__{code.id}"] == flag
            elif variable.type is VariableType.YES_NO:
                assert wide[variable.id] == {"yes": "1", "no": "0"}.get(next(iter(chosen), ""), "")
            else:
                assert wide[variable.id] == next(iter(chosen), "")


def check_inferred_of_records(folder: Path) -> None:
    long = {
        (key(row), row["record"]): row["inferred"]
        for row in read_csv(folder / "data/codings_long.csv")
        if row["variable"] == "perpetrator"
    }
    for row in read_csv(folder / "data/records.csv"):
        assert row["perpetrator_inferred"] == long.get((key(row), row["record"]), "")
