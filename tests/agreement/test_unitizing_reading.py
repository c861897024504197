"""Spans: read from files, refused in one sentence that says where."""

from pathlib import Path

import pytest

from annotator.agreement import Continuum, Spans, read_spans
from annotator.errors import AnnotatorError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "in.csv"


def rows_of(spans: Spans) -> list[tuple[str, str, str, int, int]]:
    columns = (spans.continuum, spans.coder, spans.code, spans.start, spans.end)
    return [
        (spans.continua[place].name, spans.coders[coder], spans.codes[code], start, end)
        for place, coder, code, start, end in zip(*(c.tolist() for c in columns), strict=True)
    ]


def test_one_text(file: Path) -> None:
    file.write_text("Coder;code;start;end;note\ny;b;3;5;odd\nx;a;0;4;\nx;b;7;9;\n\n;;;;\n")
    spans = read_spans(file, 10)
    assert rows_of(spans) == [
        ("text", "y", "b", 3, 5),
        ("text", "x", "a", 0, 4),
        ("text", "x", "b", 7, 9),
    ]
    assert spans.continua == (Continuum("text", 10),)
    assert spans.coded.tolist() == [[True, True]]


def test_several_texts_with_lengths_begins_and_reports(file: Path) -> None:
    file.write_text(
        "continuum,report,coder,code,start,end,length,begin\n"
        "p,r,x,a,100,104,20,100\n"
        "p,,y,,,,,\n"
        "q,r,x,a,0,4,,\n"
        "s,,y,a,1,2,9,\n"
    )
    spans = read_spans(file, 30, 0)
    assert spans.continua == (
        Continuum("p", 20, 100, "r"),
        Continuum("q", 30, 0, "r"),
        Continuum("s", 9, 0, None),
    )
    assert spans.coded.tolist() == [[True, True], [True, False], [False, True]]
    assert spans.pairable.tolist() == [True, False, False]
    everyone = read_spans(file, 30, all_coded=True)
    assert everyone.coded.all()
    assert everyone.pairable.all()


def test_unit_is_another_name_for_the_column_of_texts(file: Path) -> None:
    file.write_text("unit,coder,code,start,end\np,x,a,0,4\nq,x,a,0,4\n")
    assert [one.name for one in read_spans(file, 9).continua] == ["p", "q"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "in.csv:1: there is no column 'coder'; a file of spans has the columns coder, code"),
        ("coder,code,start\n", "there is no column 'end'"),
        ("coder,code,start,end,unit,continuum\n", "'unit' and 'continuum' say the same"),
        ("coder,code,start,end\n", "has no lines under its header"),
        ("coder,code,start,end\nx,a,0\n", "in.csv:2: 3 cells under 4 columns"),
        ("coder,code,start,end\n\n,a,0,2\n", "in.csv:3: the coder has no name"),
        ("coder,code,start,end,unit\nx,a,0,2,\n", "in.csv:2: the continuum has no name"),
        ("coder,code,start,end\nx,a,0,\n", "in.csv:2: a span needs a code, a start and an end"),
        ("coder,code,start,end\nx,,0,3\n", "in.csv:2: a span needs a code"),
        ("coder,code,start,end\nx,a,0.5,3\n", "in.csv:2: the start is '0.5'; write a whole number"),
        ("coder,code,start,end\nx,a,0,1_0\n", "in.csv:2: the end is '1_0'"),
        ("coder,code,start,end\nx,a,0,2\nx,a,4,4\n", "in.csv:3: the span [4, 4) has no positions"),
        ("coder,code,start,end\nx,a,5,4\n", "in.csv:2: the span [5, 4) has no positions"),
        (
            "coder,code,start,end\nx,a,5,11\n",
            "the span [5, 11) leaves the continuum [0, 10)",
        ),
        ("coder,code,start,end\nx,a,-1,3\n", "in.csv:2: the span [-1, 3) leaves the continuum"),
        (
            "coder,code,start,end\nx,a,4,8\ny,a,1,9\nx,a,2,5\n",
            "in.csv:4: the span [2, 5) overlaps [4, 8) of the same coder and code 'a'",
        ),
        ("coder,code,start,end\nx,a,1,2\nx,a,1,2\n", "in.csv:3: the span [1, 2) overlaps [1, 2)"),
        ("coder,code,start,end,length\nx,a,0,2,no\n", "in.csv:2: the length is 'no'"),
        ("coder,code,start,end,length\nx,a,0,2,0\n", "in.csv:2: the length is 0"),
        (
            "coder,code,start,end,length\nx,a,0,2,8\ny,a,0,2,9\n",
            "in.csv:3: the length is '9', but line 2 says '8' of the same continuum",
        ),
    ],
)
def test_what_does_not_fit_is_refused_in_one_sentence_that_says_where(
    file: Path, content: str, says: str
) -> None:
    file.write_text(content)
    with pytest.raises(AnnotatorError) as caught:
        read_spans(file, 10)
    assert says in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_length_that_nobody_gives_is_asked_for(file: Path) -> None:
    file.write_text("coder,code,start,end\nx,a,0,2\n")
    with pytest.raises(AnnotatorError, match=r"in.csv:2: how many positions the text has"):
        read_spans(file)
    with pytest.raises(AnnotatorError, match="has a length of -3"):
        read_spans(file, -3)


@pytest.mark.parametrize(
    ("rows", "continua", "says"),
    [
        ([("q", "x", "a", 0, 1)], [Continuum("p", 5)], "Span 1: there is no continuum 'q'"),
        ([], [Continuum("p", 5), Continuum("p", 6)], "continuum 'p' comes twice"),
        ([], [Continuum("p", 10**10)], "too many to measure"),
        ([("p", "x", "z", 0, 1)], [Continuum("p", 5)], "Span 1: 'z' is not among the codes"),
        (
            [("p", "x", "a", 0, 1), ("p", "x", "a", 4, 6)],
            [Continuum("p", 5)],
            "Span 2: the span [4, 6) leaves the continuum [0, 5)",
        ),
    ],
)
def test_spans_from_rows_are_checked_too(
    rows: list[tuple[str, str, str, int, int]], continua: list[Continuum], says: str
) -> None:
    with pytest.raises(AnnotatorError) as caught:
        Spans.from_rows(rows, continua, codes=["a"])
    assert says in caught.value.sentence


def test_other_things_than_whole_numbers_are_no_positions() -> None:
    with pytest.raises(TypeError):
        Spans.of_text([("x", "a", 0.5, 2)], 9)  # type: ignore[list-item]


def test_codes_are_ordered_by_number_then_by_name() -> None:
    spans = Spans.of_text(
        [("x", code, at, at + 1) for at, code in enumerate(["b", "10", "9", "a"])], 9
    )
    assert spans.codes == ("9", "10", "a", "b")
    assert rows_of(spans)[0] == ("text", "x", "b", 0, 1)
