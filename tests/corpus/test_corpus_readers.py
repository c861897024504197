"""A file becomes reports whole, or is refused whole with a sentence that says where."""

import contextlib
import csv
import hashlib
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator.corpus import files
from annotator.corpus.readers import Refused, ReportDraft, find_files, read_file
from annotator.errors import AnnotatorError

SEED = Path(__file__).parent / "data" / "aleppo-2016-12-21.txt"
BODY = "Five civilians were killed in Tel Bara.\n\nA sniper shot a man dead at the crossing."


def only(path: Path, **options: object) -> ReportDraft:
    (report,) = read_file(path, **options)  # type: ignore[arg-type]
    return report


def passages(report: ReportDraft) -> list[str]:
    return [report.text[start:end] for start, end in report.passages]


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def as_csv(*rows: list[str], delimiter: str = ",") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def test_the_seed_report_gives_two_headings_and_five_passages() -> None:
    source = read_file(SEED)
    raw = SEED.read_bytes()
    assert (source.name, source.encoding, source.bytes) == (SEED.name, "utf-8", len(raw))
    assert source.sha256 == hashlib.sha256(raw).hexdigest()
    (report,) = source
    assert [end - start for start, end in report.headings] == [39, 165]
    assert [end - start for start, end in report.passages] == [1231, 317, 971, 821, 816]
    assert report.publisher == "The Syrian Observatory For Human Rights"
    assert report.headline.startswith("After more than 1600 days")
    assert (report.date, report.language, report.row) == ("2016-12-21", "", None)
    assert report.text == raw.decode()
    assert report.text_sha256 == source.sha256
    assert passages(report)[1].startswith("The residents of the western neighborhoods")
    assert report.stripped == {}


def test_headings_can_be_kept_as_passages() -> None:
    assert len(only(SEED, headings=False).passages) == 7


@pytest.mark.parametrize("kind", ["csv", "jsonl"])
def test_the_seed_report_in_a_table_gives_the_same_passages(tmp_path: Path, kind: str) -> None:
    text = SEED.read_text(encoding="utf-8")
    content = (
        as_csv(["id", "text"], ["1", text])
        if kind == "csv"
        else json.dumps({"id": "1", "text": text})
    )
    report = only(written(tmp_path, f"r.{kind}", content))
    whole = only(SEED)
    assert (report.text, report.passages) == (whole.text, whole.passages)
    assert (report.publisher, report.headline) == (whole.publisher, whole.headline)
    assert report.meta == {"id": "1"}


def test_offsets_count_code_points_of_the_composed_text(tmp_path: Path) -> None:
    path = written(
        tmp_path, "a.txt", "Cafe\u0301 \U0001f4a5.\r\n\r\nالآ\u0627\u0653ن قُتل رجل.\u202c"
    )
    report = only(path)
    assert passages(report) == ["Café \U0001f4a5.", "الآآن قُتل رجل."]
    assert report.passages == ((0, 7), (9, 24))
    assert report.stripped == {"bidirectional controls removed": 1}


def test_markdown_headings_are_no_passages(tmp_path: Path) -> None:
    report = only(written(tmp_path, "a.md", f"# Five killed\n\n{BODY}\n\n## More\n\nTwo died."))
    assert report.headline == "Five killed"
    assert len(report.passages) == 3
    assert [report.text[start:end] for start, end in report.skipped] == ["## More"]


@pytest.mark.parametrize(
    ("name", "text", "day"),
    [
        ("daily-2016-12-21.txt", BODY, "2016-12-21"),
        ("2016-12-21.txt", BODY, "2016-12-21"),
        ("daily-2016-02-30.txt", BODY, ""),
        ("daily-2016-12-21-ar.txt", BODY, ""),
        ("daily-20161221.txt", BODY, ""),
        ("x12016-12-21.txt", BODY, ""),
        ("a.txt", "The Monitor\n\nReport of 2016-03-04\n\n" + BODY, "2016-03-04"),
        ("a-2016-12-21.txt", "The Monitor\n\n2016-03-04\n\n" + BODY, "2016-03-04"),
        ("a.txt", "From 2016-03-04 to 2016-03-05\n\n" + BODY, ""),
        ("a.txt", "Killed on 2016-03-04 in Tel Bara.\n\n" + BODY, ""),
        ("a.txt", "4 March 2016\n\n" + BODY, ""),
    ],
)
def test_a_date_is_taken_only_in_full_from_headings_or_name(
    tmp_path: Path, name: str, text: str, day: str
) -> None:
    assert only(written(tmp_path, name, text)).date == day


def test_the_language_is_told_by_the_letters(tmp_path: Path) -> None:
    assert only(written(tmp_path, "a.txt", "قُتل خمسة مدنيين في Tel Bara.")).language == "ar"
    assert only(written(tmp_path, "b.txt", BODY + " (تل بارة)")).language == ""


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_gives_a_report_a_row(tmp_path: Path, delimiter: str) -> None:
    content = as_csv(
        ["ID", "Title", "source", "date", "language", "url", "Text", "note"],
        ["7", "Five killed", "The Monitor", "2016-03-04", "en", "https://x.test", BODY, ""],
        [],
        ["8", "", "", "4 March", "", "", 'He said: "no, never"\nand died.', "a\nb"],
        delimiter=delimiter,
    )
    source = read_file(written(tmp_path, "r-2020-01-01.csv", "\ufeff" + content))
    first, second = source.reports
    assert (first.row, first.headline, first.publisher) == (1, "Five killed", "The Monitor")
    assert (first.date, first.language) == ("2016-03-04", "en")
    assert first.meta == {"ID": "7", "url": "https://x.test"}
    assert passages(first) == BODY.split("\n\n")
    assert (second.row, second.date, second.headline) == (2, "", "")
    assert second.meta == {"ID": "8", "date": "4 March", "note": "a b"}
    assert passages(second) == ['He said: "no, never"\nand died.']


def test_json_lines_give_a_report_a_line(tmp_path: Path) -> None:
    lines = [
        {
            "text": BODY,
            "headline": "Five\nkilled",
            "date": "2016-03-04T10:00:00",
            "n": 3,
            "x": None,
        },
        {"body": "", "TEXT": "Two died.\u2028They were farmers.", "tags": ["a", {"b": True}]},
    ]
    content = "\r\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\r\n\r\n"
    first, second = read_file(written(tmp_path, "r.jsonl", content))
    assert (first.headline, first.date) == ("Five killed", "2016-03-04")
    assert first.meta == {"n": "3", "date": "2016-03-04T10:00:00"}
    assert second.text == "Two died.\nThey were farmers."
    assert second.meta == {"tags": '["a", {"b": true}]'}


def test_a_row_with_a_title_has_only_body(tmp_path: Path) -> None:
    content = as_csv(["title", "text"], ["Five killed", "Tel Bara\n\n" + BODY])
    assert len(only(written(tmp_path, "r.csv", content)).passages) == 3


def test_another_column_may_hold_the_text(tmp_path: Path) -> None:
    content = as_csv(["body", "text"], [BODY, "x"])
    report = only(written(tmp_path, "r.csv", content), text_column="Body")
    assert passages(report) == BODY.split("\n\n")
    assert report.meta == {"text": "x"}


def test_a_cell_may_be_longer_than_the_csv_modules_limit(tmp_path: Path) -> None:
    content = as_csv(["text"], ["A man died. " * 20_000])
    assert len(only(written(tmp_path, "r.csv", content)).text) == 240_000


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("r.csv", "id,text\n1,Two died.\n2\n", r"r\.csv:3 has 1 cells where the header has 2"),
        ("r.csv", 'id,text\n1,"a\nb"\n2,x,y\n', r"r\.csv:4 has 3 cells"),
        ("r.csv", 'text\nTwo died.\n"never closed\n', r"r\.csv:3 is not valid CSV"),
        ("r.csv", 'text,n\n"a"b,1\n', r"r\.csv:2 is not valid CSV"),
        ("r.csv", "id,body\n1,x\n", r"r\.csv:1 has no 'text' among its columns \(id, body\)"),
        ("r.csv", "text,Text\nx,y\n", r"r\.csv:1 has 2 columns named 'text'"),
        ("r.csv", 'text,n\nTwo died.,1\n" ",2\n', r"r\.csv:3 holds no text"),
        ("r.csv", "text\n...\n", r"r\.csv:2 holds only headings and signs"),
        ("r.csv", "text\n", r"r\.csv has no reports"),
        ("r.csv", "\n\n", r"r\.csv is empty"),
        ("r.jsonl", '{"text": "a"}\n{"text": }\n', r"r\.jsonl:2 is not valid JSON"),
        ("r.jsonl", '{"text": "a"}\n["text"]\n', r"r\.jsonl:2 is no JSON object"),
        ("r.jsonl", '{"body": "a"}', r"r\.jsonl:1 has no 'text'"),
        ("r.jsonl", '{"text": 5}', r"r\.jsonl:1 has a 'text' that is no string"),
        ("r.jsonl", '{"text": "a", "text": "b"}', r"r\.jsonl:1 .*a name stands twice"),
        (
            "r.jsonl",
            '{"text": "a", "n": ' + "9" * 5000 + "}",
            r"r\.jsonl:1 holds a number that is too",
        ),
        ("r.jsonl", '{"text": "a", "n": ' + "[" * 99_999, r"r\.jsonl:1 is "),
        ("r.jsonl", '\n{"text": "\\n"}', r"r\.jsonl:2 holds no text"),
        ("r.txt", "", r"r\.txt is empty"),
        ("r.txt", " \r\n\u2028", r"r\.txt is empty"),
        ("r.txt", "* * *", r"r\.txt holds only headings and signs"),
        ("r.md", "# Five killed", r"r\.md holds only headings and signs"),
        ("r.txt", b"%PDF-1.7", r"r\.txt is a PDF file"),
        ("r.csv", b"PK\x03\x04", r"r\.csv is a zip"),
        ("r.txt", b"caf\xe9", r"r\.txt is not UTF-8"),
        ("r.docx", b"PK\x03\x04", r"r\.docx does not end in one of \.txt, \.md, \.csv, \.jsonl"),
        ("r", "Two died.", r"/r does not end in one of"),
    ],
)
def test_bad_files_are_refused_with_where_and_why(
    tmp_path: Path, name: str, content: str | bytes, sentence: str
) -> None:
    with pytest.raises(Refused, match=sentence) as refused:
        read_file(written(tmp_path, name, content))
    assert "\n" not in str(refused.value)
    assert str(refused.value).startswith(str(tmp_path))
    assert str(refused.value).endswith(".")


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")
    for name in ("folder.txt", "pipe.txt", "loop.txt", "missing.txt", "a\x00b.txt", "\udcff.txt"):
        with pytest.raises(Refused) as refused:
            read_file(tmp_path / name)
        str(refused.value).encode("utf-8")


def test_a_name_is_made_fit_to_be_shown(tmp_path: Path) -> None:
    path = written(tmp_path, "a\x1b]0;x\x07\u202e.txt", BODY)
    source = read_file(path)
    assert source.name == "a␛]0;x␇<U+202E>.txt"
    assert only(path).source_name == source.name


def test_a_file_over_the_limit_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path, "big.txt", "")
    os.truncate(path, 10**12)
    with pytest.raises(Refused, match="larger than 50 MB"):
        read_file(path)


SOME = st.sampled_from(['{"text": "a"}', '"', ",", ";", "\n", "text", "\r", "a.", "\\u0000", "# x"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.binary(max_size=80) | st.lists(SOME, max_size=12).map(lambda parts: "".join(parts).encode()),
    st.sampled_from(files.SUFFIXES),
    st.none() | st.sampled_from(["cp1256", "utf-16", "no-such"]),
)
def test_any_bytes_are_read_or_refused(
    tmp_path: Path, raw: bytes, suffix: str, encoding: str | None
) -> None:
    # Anything else that is raised fails the test.
    with contextlib.suppress(AnnotatorError):
        source = read_file(written(tmp_path, f"x{suffix}", raw), encoding=encoding)
        assert all(passage.strip() for report in source for passage in passages(report))


def names(found: list[Path], root: Path) -> list[str]:
    return [path.relative_to(root).as_posix() for path in found]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.TXT", "c.md", "x.docx", ".hidden.txt", "sub/d.csv", "sub/e [1].jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "f.txt").write_text("x")
    return tmp_path


def test_a_folder_gives_its_files_sorted_without_hidden_ones(tree: Path) -> None:
    assert names(find_files([str(tree)]), tree) == [
        "a.TXT", "b.txt", "c.md", "sub/d.csv", "sub/e [1].jsonl",
    ]  # fmt: skip


def test_files_are_taken_as_named_and_once(tree: Path) -> None:
    named = [str(tree / "x.docx"), str(tree / "b.txt"), str(tree), str(tree / ".hidden.txt")]
    assert names(find_files(named), tree) == [
        "x.docx", "b.txt", "a.TXT", "c.md", "sub/d.csv", "sub/e [1].jsonl", ".hidden.txt",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("*.txt", ["b.txt"]),
        ("**/*.csv", ["sub/d.csv"]),
        ("s*", ["sub/d.csv", "sub/e [1].jsonl"]),
        (".*.txt", [".hidden.txt"]),
        ("sub/e [1].jsonl", ["sub/e [1].jsonl"]),
        ("[bc].*", ["b.txt", "c.md"]),
    ],
)
def test_patterns_are_expanded(tree: Path, pattern: str, expected: list[str]) -> None:
    assert names(find_files([str(tree / pattern)]), tree) == expected


def test_a_pattern_counts_from_the_working_folder(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree)
    assert find_files(["*.md", "sub/*.csv"]) == [Path("c.md"), Path("sub/d.csv")]


def test_links_in_a_circle_are_followed_once(tree: Path) -> None:
    (tree / "sub" / "up").symlink_to(tree)
    (tree / "sub" / "self").symlink_to(tree / "sub")
    assert len(find_files([str(tree)])) == 5
    assert names(find_files([str(tree / "**" / "*.csv")]), tree) == ["sub/d.csv"]


@pytest.mark.parametrize(
    ("argument", "sentence"),
    [
        ("missing.txt", r"There is no file or folder .*missing\.txt; check the path\."),
        ("*.pdf", r"No file matches .*\*\.pdf; check the pattern\."),
        ("empty", r"empty has no file ending in \.txt"),
        ("a\x00*", "There is no file or folder .*a␀"),
        ("x\x1b]2;y", r"There is no file or folder .*x␛\]2;y"),
        ("a**b", "(cannot be used|No file matches)"),
    ],
)
def test_what_names_nothing_is_said_in_one_sentence(
    tree: Path, argument: str, sentence: str
) -> None:
    (tree / "empty").mkdir()
    with pytest.raises(AnnotatorError, match=sentence):
        find_files([f"{tree}/{argument}"])
    with pytest.raises(AnnotatorError, match="an empty name"):
        find_files([""])
