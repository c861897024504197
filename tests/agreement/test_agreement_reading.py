"""CSV files of ratings: wide and long give the same, and what is wrong is said with its line."""

from pathlib import Path

import pytest

from annotator.agreement import Ratings, estimates, read_ratings
from annotator.errors import AnnotatorError

WIDE = "unit,ann,bob\np1,a,a\np2,a,b\np3,,b\n"


@pytest.fixture
def write(tmp_path: Path):  # type: ignore[no-untyped-def]
    def put(content: str | bytes) -> Path:
        path = tmp_path / "ratings.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def cells(ratings: Ratings) -> list[list[object]]:
    return [
        [None if code < 0 else ratings.categories[code] for code in row] for row in ratings.codes
    ]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(WIDE, id="wide"),
        pytest.param(WIDE.replace("\n", "\r\n"), id="Windows line ends"),
        pytest.param("\ufeff" + WIDE, id="byte order mark"),
        pytest.param(WIDE.replace(",", ";"), id="semicolons"),
        pytest.param(WIDE.replace(",", "\t"), id="tabs"),
        pytest.param(WIDE.replace("unit", "ID"), id="ID"),
        pytest.param(WIDE.replace("unit", "Subjects"), id="Subjects"),
        pytest.param(WIDE.replace("unit", "Passages"), id="Passages"),
        pytest.param(WIDE.replace("unit", "doc_id"), id="doc_id"),
        pytest.param(WIDE.replace("unit", "Report ID"), id="Report ID"),
        pytest.param(WIDE.replace("unit", ""), id="a first column without a name"),
        pytest.param(WIDE.replace("p2", "\n p2 "), id="blank line and blanks"),
        pytest.param(WIDE + ",,\n", id="a last line without any cell"),
        pytest.param(
            "Coder,unit,value,note\nann,p1,a,\nbob,p1,a,x\nann,p2,a,\nbob,p2,b,\nann,p3,,\nbob,p3,b,\n",
            id="long",
        ),
    ],
)
def test_every_layout_gives_the_same_ratings(write, content: str) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write(content))
    assert ratings.coders == ("ann", "bob")
    assert list(ratings.units) == ["p1", "p2", "p3"]
    assert cells(ratings) == [["a", "a"], ["a", "b"], [None, "b"]]


@pytest.mark.parametrize("coder", ["David", "unity", "id_7"])
def test_a_coder_whose_name_holds_that_of_a_unit_is_a_coder(write, coder: str) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write(f"{coder},bob\na,a\nb,a\n"))
    assert list(ratings.coders) == [coder, "bob"]


def test_without_a_unit_column_every_column_is_a_coder(write) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write("c1,c2,c3\n1,1,2\n,2,2\n"))
    assert ratings.coders == ("c1", "c2", "c3")
    assert list(ratings.units) == ["1", "2"]


def test_one_column_of_ratings_is_one_coder_and_has_no_pairs(write) -> None:  # type: ignore[no-untyped-def]
    found = estimates(read_ratings(write("c1\n1\n2\n")), "nominal")
    assert {(one.value, one.reason, one.n_coders) for one in found} == {(None, "no_pairs", 1)}


def test_sets_and_the_empty_set_and_missing_are_three_things(write) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write("unit,x,y\n1,a|b,b | a\n2,{},\n"), "set")
    assert cells(ratings) == [[frozenset("ab"), frozenset("ab")], [frozenset(), None]]


def test_numbers_are_read_as_numbers_and_sorted_by_size(write) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write("x,y\n10,9\n2.5,1e1\n"), "ratio")
    assert ratings.categories == (2.5, 9, 10)


def test_numbers_are_the_same_category_however_they_are_written(write) -> None:  # type: ignore[no-untyped-def]
    """Tables with gaps often come out of other tools as 1.0 in one column and 1 in another."""
    ratings = read_ratings(write("x,y\n1.0,1\n2.0,2\n,10\n"))
    assert ratings.categories == (1, 2, 10)
    assert cells(ratings)[:2] == [[1, 1], [2, 2]]
    named = read_ratings(write("x,y\n1.0,1\n2.0,2\n"), "ordinal", categories=["2", "1", "0"])
    assert named.categories == (2, 1, 0)
    assert cells(named) == [[1, 1], [2, 2]]


@pytest.mark.parametrize("content", ["x,y\n01,1\n1,01\n", "x,y\n1,one\n1.0,1\n"])
def test_names_that_look_like_numbers_stay_names(write, content: str) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write(content))
    assert all(isinstance(category, str) for category in ratings.categories)
    assert len(ratings.categories) == len(set(content.split("\n", 1)[1].replace(",", " ").split()))


@pytest.mark.parametrize("level", ["nominal", "ordinal", "interval"])
@pytest.mark.parametrize("text", ["NA", "NaN", "nan", ".", "N/A", "None"])
def test_a_word_for_missing_among_numbers_is_missing_and_said(write, level: str, text: str) -> None:  # type: ignore[no-untyped-def]
    ratings = read_ratings(write(f"x,y\n1,{text}\n2,2\n"), level)
    assert cells(ratings) == [[1, None], [2, 2]]
    (note,) = ratings.notes
    assert f"1 cell is taken as missing, reading {text}" in note


def test_the_same_word_among_words_is_a_category_unless_it_is_named_as_missing(write) -> None:  # type: ignore[no-untyped-def]
    path = write("x,y\nNA,a\na,a\n,a\n")
    assert read_ratings(path).categories == ("NA", "a")
    assert read_ratings(path).notes == ()
    assert cells(read_ratings(path, missing=["NA", "-"])) == [[None, "a"], ["a", "a"], [None, "a"]]
    # Whoever lists what is missing gets nothing else.
    numbers = read_ratings(write("x,y\n9,NA\n1,1\n"), missing=["9"])
    assert cells(numbers) == [[None, "NA"], ["1", "1"]]


def test_categories_give_the_order_of_words(write) -> None:  # type: ignore[no-untyped-def]
    path = write("x,y\nlow,high\nlow,low\nhigh,high\n")
    order = ["low", "mid", "high"]
    ratings = read_ratings(path, "ordinal", categories=order)
    assert ratings.categories == ("low", "mid", "high")
    assert estimates(ratings, "ordinal")[0].value == pytest.approx(4 / 9)


@pytest.mark.parametrize(
    ("content", "level", "words"),
    [
        (b"", "nominal", "is empty"),
        (b"unit,a,b\n", "nominal", "no rows"),
        (b"unit,a\nx,\xff\n", "nominal", ":2: not UTF-8"),
        (b"unit\nx\n", "nominal", ":1: there is only a column of units"),
        (b"unit,a,a\nx,1,2\n", "nominal", ":1: two columns are named 'a'"),
        (b"unit,a,\nx,1,2\n", "nominal", ":1: coder 2 has no name"),
        (b"unit,a,b\nx,1\n", "nominal", ":2: 2 cells under 3 columns"),
        (b"unit,a,b\nx,1,2\n\nx,1,2\n", "nominal", ":4: unit 'x' is already in line 2"),
        (b"unit,a,b\n,1,2\n", "nominal", ":2: the unit has no name"),
        (b"unit,coder,value\nx,a,1\nx,a,2\n", "nominal", ":3: coder 'a' already has a value"),
        (b"unit,coder,value\nx,,1\n", "nominal", ":2: the coder has no name"),
        (b"a,b\n1,two\n", "interval", ":2: 'two' is not a number"),
        (b"a,b\n1,inf\n", "ratio", ":2: 'inf' is not a number"),
        (b"a,b\n1,-2\n", "ratio", ":2: -2 is below zero"),
        (b"a,b\nlow,high\n", "ordinal", ":2: 'low' is not a number"),
        (b"a,b\nx|,y\n", "set", ":2: 'x|' has a code without a name"),
        (b'a,b\n"x,y\n', "nominal", ":2: not a line of CSV"),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(  # type: ignore[no-untyped-def]
    write, content: bytes, level: str, words: str
) -> None:
    with pytest.raises(AnnotatorError) as caught:
        read_ratings(write(content), level)
    assert words in caught.value.sentence
    assert caught.value.sentence.endswith(".")
    assert "\n" not in caught.value.sentence


@pytest.mark.parametrize("level", ["nominal", "set"])
def test_a_cell_outside_the_categories_is_refused_with_its_line(write, level: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(AnnotatorError, match=r":3: 'c' is not among the categories"):
        read_ratings(write("a,b\na,b\na,c\n"), level, categories=["a", "b"])


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="no such file"):
        read_ratings(tmp_path / "none.csv")
    with pytest.raises(AnnotatorError, match="directory"):
        read_ratings(tmp_path)


@pytest.mark.parametrize(
    ("level", "content"),
    [
        ("interval", "unit,a,b\n1,2,{long}\n"),
        ("ratio", "unit,a,b\n1,2,-{long}\n"),
        ("set", "unit,a,b\n1,x,{long}||\n"),
        ("nominal", "unit,a,b\n{long},x,x\n{long},x,x\n"),
        ("nominal", "unit,{long},{long}\n1,x,x\n"),
        ("nominal", "unit,coder,value\n{long},{long},x\n{long},{long},x\n"),
    ],
)
def test_a_long_cell_is_told_by_its_beginning(tmp_path: Path, level: str, content: str) -> None:
    path = tmp_path / "r.csv"
    path.write_text(content.format(long="9" * 400))
    with pytest.raises(AnnotatorError, match="9…") as caught:
        read_ratings(path, level)
    assert len(caught.value.sentence.removeprefix(str(path))) < 200


def test_of_many_categories_the_first_are_told(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_text("unit,a,b\n1,x,y\n")
    with pytest.raises(AnnotatorError, match=r"\(c0, .*, c11 and 88 more\)"):
        read_ratings(path, "nominal", categories=[f"c{place}" for place in range(100)])
