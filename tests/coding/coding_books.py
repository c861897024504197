"""Codebooks that the tests of coding share, built without YAML, and strategies over them."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from annotator.codebook.model import (
    PASSAGE,
    Code,
    Codebook,
    Condition,
    EvidenceRule,
    Unit,
    Variable,
    VariableType,
)
from annotator.coding.model import Answer, Coding, Record, Span, State, Value
from annotator.coding.values import Count, CountForm, DateKind, DatePrecision, DateValue

TEXT = "Four people died in Umm al-Sinbil when shells fell; قُتل ستة مدنيين 🕊 ببرميل متفجر, e\u0301."
START = 1000
"""Where the passage of these tests begins in its report."""


def codes(*ids: str, **parents: str) -> tuple[Code, ...]:
    """Codes with these ids; `child="parent"` puts one below another."""
    return tuple(Code(id=name, label=name.upper()) for name in ids) + tuple(
        Code(id=name, label=name.upper(), parent=parent) for name, parent in parents.items()
    )


def variable(name: str, kind: str, **more: Any) -> Variable:
    """A variable whose question does not matter."""
    return Variable(id=name, question=f"{name}?", type=VariableType(kind), **more)


def book(*variables: Variable, units: tuple[Unit, ...] = ()) -> Codebook:
    """A codebook of these variables; the passage's unit is added."""
    return Codebook("test", "1.0.0", "Test", (Unit(PASSAGE, label="Passage"), *units), variables)


def when(**wanted: str | tuple[str, ...]) -> Condition:
    """A condition: every named variable has one of the values."""
    return Condition(
        tuple(
            (name, values if isinstance(values, tuple) else (values,))
            for name, values in wanted.items()
        )
    )


CLAIMS = book(
    variable("mention", "yes_no", required=True),
    variable("tone", "scale", codes=codes("low", "mid", "high")),
    variable("actors", "codes", codes=codes("rus", "syr", "isis", syr_air="syr", syr_heli="syr")),
    variable("remark", "text"),
    variable("share", "number", minimum=0, maximum=100),
    variable("kind", "code", unit="claim", codes=codes("killing", "injury", "denial")),
    variable("total", "count", unit="claim", when=when(kind=("killing", "injury"))),
    variable("day", "date", unit="claim"),
    variable("part_of", "link", unit="claim", link_to="claim"),
    variable("perpetrator", "code", unit="act", codes=codes("rus", "isis", "unknown")),
    variable("cause", "codes", unit="act", codes=codes("shell", "sniper", "mine")),
    variable("source_name", "text", unit="source"),
    variable("said_of", "link", unit="source", link_to="act"),
    units=(
        Unit("claim", PASSAGE, "Claim", EvidenceRule.REQUIRED, codes("context", "unreadable")),
        Unit("act", "claim", "Act"),
        Unit("source", "claim", "Source"),
    ),
)
"""Every type, a tree of codes, a condition, links, and units inside a unit."""

words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, len(TEXT) - 1))
    end = draw(st.integers(start + 1, len(TEXT)))
    return Span(START + start, START + end, TEXT[start:end])


@st.composite
def counts(draw: st.DrawFn) -> Count:
    low, best, high = sorted(draw(st.lists(st.integers(0, 10**9), min_size=3, max_size=3)))
    return draw(
        st.sampled_from(
            [
                Count(CountForm.EXACT, best, best, best),
                Count(CountForm.ABOUT, None, best, None),
                Count(CountForm.AT_LEAST, low, low, None),
                Count(CountForm.AT_MOST, None, None, high),
                Count(CountForm.RANGE, low, None, high),
                Count(CountForm.BEST_IN_RANGE, low, best, high),
                Count(CountForm.VAGUE, low, None, None),
            ]
        )
    )


@st.composite
def dates(draw: st.DrawFn) -> DateValue:
    said = draw(st.sampled_from(["", "يوم الثلاثاء", "on Tuesday"]))
    kind = draw(st.sampled_from(list(DateKind)))
    precision = draw(st.sampled_from(list(DatePrecision)))
    if precision is DatePrecision.NONE:
        return DateValue(None, None, precision, kind, said)
    day = st.dates(date(1900, 1, 1), date(2100, 1, 1))
    first, last = sorted((draw(day), draw(day)))
    return DateValue(
        first, first if precision is DatePrecision.DAY else last, precision, kind, said
    )


def values(of: Variable, record_ids: tuple[str, ...]) -> st.SearchStrategy[Value]:
    """Values of a variable, in the order in which a coding keeps them."""
    ids = [code.id for code in of.codes]
    match of.type:
        case VariableType.CODE | VariableType.SCALE:
            return st.sampled_from(ids)
        case VariableType.CODES:
            return st.sets(st.sampled_from(ids)).map(
                lambda chosen: tuple(name for name in ids if name in chosen)
            )
        case VariableType.COUNT:
            return counts()
        case VariableType.DATE:
            return dates()
        case VariableType.NUMBER:
            return st.one_of(st.integers(0, 100), st.floats(0, 100))
        case VariableType.TEXT:
            return words
        case VariableType.YES_NO:
            return st.booleans()
        case VariableType.LINK:
            return st.lists(st.sampled_from(record_ids or ("J2/r1",)), unique=True).map(tuple)


@st.composite
def answers(draw: st.DrawFn, of: Variable, record_ids: tuple[str, ...]) -> Answer:
    state = draw(st.sampled_from(list(State)))
    return Answer(
        draw(values(of, record_ids)) if state is State.STATED else None,
        state,
        tuple(draw(st.lists(spans(), max_size=2))),
        draw(st.booleans()),
        draw(st.one_of(st.just(""), words)),
        draw(st.booleans()),
        draw(st.booleans()),
    )


@st.composite
def codings(draw: st.DrawFn, codebook: Codebook = CLAIMS) -> Coding:
    """Any coding under a codebook, with records to any depth in the codebook's order of units."""
    shape: dict[str, list[tuple[str, str]]] = {"": []}
    taken: list[str] = []

    def grow(record_id: str, unit_id: str) -> None:
        inner = [unit.id for unit in codebook.units_in(unit_id)]
        chosen = draw(st.lists(st.sampled_from(inner), max_size=3)) if inner else []
        chosen.sort(key=inner.index)
        shape[record_id] = []
        for name in chosen:
            new = f"r{len(taken) + 1}"
            taken.append(new)
            shape[record_id].append((new, name))
        for new, name in list(shape[record_id]):
            grow(new, name)

    grow("", PASSAGE)

    def given(unit_id: str) -> dict[str, Answer]:
        asked = codebook.variables_of(unit_id)
        chosen = draw(st.sets(st.sampled_from([one.id for one in asked]))) if asked else set()
        return {one.id: draw(answers(one, tuple(taken))) for one in asked if one.id in chosen}

    def made(record_id: str, unit_id: str) -> Record:
        evidence = tuple(draw(st.lists(spans(), max_size=2))) if record_id else ()
        inner = tuple(made(new, name) for new, name in shape[record_id])
        return Record(record_id, unit_id, given(unit_id), evidence, inner)

    whole = made("", PASSAGE)
    none = "" if whole.records else draw(st.sampled_from(["", "context"]))
    note = draw(st.sampled_from(["", "read it again", "«كذا»"]))
    return Coding(whole.answers, whole.records, none, note=note)
