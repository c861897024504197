"""The side column of the coding screen and the panels, as lines of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.codebook.reader import parse_codebook
from annotator.coding.complete import gaps
from annotator.coding.form import from_form
from annotator.tui.actions import CODING
from annotator.tui.form_lines import codebook_lines, folded, outline_lines, picker_lines
from annotator.tui.keymap import Keymap
from annotator.tui.lines import Line, length
from annotator.tui.theme import theme_named
from annotator.work.outline import Row, outline
from projects import CLAIMS, LIGHT

TEXT = "Shells fell on the market; nine people died."
CLAIMS_BOOK = parse_codebook(CLAIMS, "book.yaml")
LIGHT_BOOK = parse_codebook(LIGHT, "book.yaml")

FORM = {
    "mention": {"value": True, "unsure": True, "note": "so"},
    "actors": [],
    "share": 2.5,
    "claim": [
        {
            "id": "r1",
            "kind": "killing",
            "total": {"state": "unknown"},
            "evidence": [{"start": 0, "end": 6, "text": "Shells"}],
            "act": [{"id": "r2", "cause": ["shell"]}],
        },
        {"id": "r3", "kind": "denial"},
    ],
}

KEYS = Keymap(CODING).key


def texts(lines: list[Line]) -> list[str]:
    return ["".join(text for text, _ in line).rstrip() for line in lines]


def claim_rows() -> tuple[Row, ...]:
    return outline(from_form(FORM, CLAIMS_BOOK, TEXT), CLAIMS_BOOK)


def light_row(form: dict[str, object], name: str) -> Row:
    rows = outline(from_form(form, LIGHT_BOOK, TEXT), LIGHT_BOOK)
    return next(row for row in rows if row.name == name)


def test_the_outline_says_what_is_answered_missing_in_focus_and_noted() -> None:
    rows = claim_rows()
    missing = gaps(from_form(FORM, CLAIMS_BOOK, TEXT), CLAIMS_BOOK)
    shown = outline_lines(rows, rows[2], missing, (), 26, 20)
    assert [row for row, _ in shown] == folded(rows, rows[2])
    assert texts([line for _, line in shown]) == [
        "* Mention Yes           ?+",
        "  Tone",
        "*>Actors none of these",
        "  Remark",
        "* Share 2.5",
        '* Claim 1 Shells       "1!',
        "! Claim 2 Denial",
    ]


@given(at=st.integers(0, 16), width=st.integers(20, 60), height=st.integers(1, 30))
def test_the_row_in_focus_is_always_among_those_shown(at: int, width: int, height: int) -> None:
    rows = claim_rows()
    shown = outline_lines(rows, rows[at], [], (), width, height)
    lines = [line for _, line in shown]
    assert len(lines) == min(height, len(folded(rows, rows[at])))
    assert all(length(line) == width for line in lines)
    assert [text[1:2] for text in texts(lines)].count(">") == 1
    assert {style for line in lines for _, style in line} <= set(theme_named("ansi", {}).styles)


def test_codes_are_listed_with_their_keys_and_a_sign_where_picked() -> None:
    rows = claim_rows()
    assert texts(picker_lines(rows[2], "", 26, 20, KEYS)) == [
        " r Russia",
        " s Regime",
        " i Islamic State",
        "*- none of these",
    ]


def test_a_list_too_long_says_how_many_more_there_are_and_shows_what_is_picked() -> None:
    row = light_row({"perpetrator": ["unknown"]}, "perpetrator")
    lines = texts(picker_lines(row, "", 40, 6, KEYS))
    assert len(lines) == 6
    assert "*u Unknown" in lines
    shown = len(lines) - 1
    assert f"… {len(row.codes) + 1 - shown} more" in lines[-1]
    assert len(texts(picker_lines(row, "", 40, 40, KEYS))) == len(row.codes) + 1


@pytest.mark.parametrize(
    ("form", "entry", "said"),
    [
        ({"killed": "12+"}, "12+", ["> 12+_", "  is an answer"]),
        ({}, "12 (", ["> 12 (_", "  is no answer yet"]),
        ({"killed": {"state": "unknown"}}, "", ["> _", "  unknown"]),
        ({}, "", ["> _", ""]),
        ({}, "1" * 99, ["> " + "1" * 26 + "_", "  is no answer yet"]),
    ],
)
def test_a_field_shows_what_is_typed_and_whether_it_is_an_answer(
    form: dict[str, object], entry: str, said: list[str]
) -> None:
    lines = texts(picker_lines(light_row(form, "killed"), entry, 30, 20, KEYS))
    assert lines[:2] == said
    assert "n not stated" in lines[-1]


def test_the_line_of_a_record_shows_its_words_or_how_to_mark_them() -> None:
    rows = {row.place: row for row in claim_rows()}
    assert texts(picker_lines(rows["r1", ""], "", 26, 9, KEYS)) == ["Shells"]
    assert texts(picker_lines(rows["r3", ""], "", 28, 9, KEYS))[0] == "Mark the words it stands on:"
    assert texts(picker_lines(rows["r1", "part_of"], "", 26, 9, KEYS)) == [" 1 r3"]


@pytest.mark.parametrize("width", [30, 58, 78, 118])
@pytest.mark.parametrize("name", ["perpetrator", "cause", "killed"])
def test_the_codebook_entry_has_everything_the_codebook_says_within_the_width(
    name: str, width: int
) -> None:
    row = light_row({}, name)
    lines = codebook_lines(row, width)
    assert all(length(line) <= width for line in lines)
    said = " ".join(" ".join(texts(lines)).split())
    wanted = [row.question, row.variable.help if row.variable else ""]
    for code in row.codes:
        wanted += [code.definition, *code.include, *code.exclude, *code.examples]
        wanted += [f"{code.key} {code.label}", *code.not_examples]
    for text in wanted:
        assert " ".join(text.split()) in said
