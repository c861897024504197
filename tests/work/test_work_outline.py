"""The rows a coder goes through, whatever the codebook asks."""

from annotator.codebook.reader import parse_codebook
from annotator.coding.change import blank
from annotator.coding.form import from_form
from annotator.work.outline import Row, RowKind, outline
from projects import CLAIMS, LIGHT

TEXT = "Shells fell on the market; nine people died."


def rows(form: dict[str, object], source: str = CLAIMS) -> tuple[Row, ...]:
    book = parse_codebook(source, "book.yaml")
    return outline(from_form(form, book, TEXT), book)


def row(form: dict[str, object], record: str, name: str) -> Row:
    return next(row for row in rows(form) if row.place == (record, name))


NESTED = {
    "claim": [
        {
            "id": "r1",
            "kind": "killing",
            "evidence": [{"start": 0, "end": 6, "text": "Shells"}],
            "act": [{"id": "r2"}],
            "source": [{"id": "r4"}],
        },
        {"id": "r3", "kind": "denial", "part_of": ["r1"]},
    ]
}


def test_a_blank_coding_has_the_passages_questions_and_why_there_is_no_record() -> None:
    found = rows({})
    assert [row.name for row in found] == [
        "mention", "tone", "actors", "remark", "share", "claim",
    ]  # fmt: skip
    assert [row.kind for row in found[-2:]] == [RowKind.QUESTION, RowKind.NONE]
    assert found[-1].question == "Why is there no claim in this passage?"
    assert [code.id for code in found[-1].codes] == ["context", "unreadable"]


def test_records_follow_with_what_is_in_them_before_the_next_one() -> None:
    places = [row.place for row in rows(NESTED)[5:]]
    assert places == [
        ("r1", ""),
        ("r1", "kind"),
        ("r1", "total"),
        ("r1", "day"),
        ("r1", "part_of"),
        ("r2", ""),
        ("r2", "perpetrator"),
        ("r2", "cause"),
        ("r1", "+act"),
        ("r4", ""),
        ("r4", "speaker"),
        ("r3", ""),
        ("r3", "kind"),
        ("r3", "day"),
        ("r3", "part_of"),
        ("r3", "+act"),
    ]
    assert len(set(places)) == len(places)


def test_records_are_numbered_per_unit_and_indented_by_how_deep_they_lie() -> None:
    found = {row.place: (row.title, row.depth) for row in rows(NESTED)}
    assert found["r1", ""] == ("Claim 1", 0)
    assert found["r2", ""] == ("Act 1", 1)
    assert found["r3", ""] == ("Claim 2", 0)
    assert found["r2", "cause"] == ("Cause", 2)


def test_a_link_offers_the_other_records_of_its_unit_with_their_words() -> None:
    assert [(code.id, code.label, code.key) for code in row(NESTED, "r3", "part_of").codes] == [
        ("r1", "r1 Shells", "1")
    ]
    assert [code.id for code in row(NESTED, "r1", "part_of").codes] == ["r3"]


def test_yes_and_no_are_picked_by_y_and_n() -> None:
    mention = row({"mention": False}, "", "mention")
    assert [code.key for code in mention.codes] == ["y", "n"]
    assert mention.chosen == {"false"}
    assert mention.shown == "No"
    assert mention.code_for("y") is mention.codes[0]
    assert mention.code_for("q") is None


def test_answers_are_shown_in_words() -> None:
    found = {
        row.name: row.shown
        for row in rows(
            {
                "mention": True,
                "tone": {"state": "unknown"},
                "actors": ["russia", "isis"],
                "remark": "so",
                "share": 2.5,
                "none": "context",
            }
        )
    }
    assert found == {
        "mention": "Yes",
        "tone": "unknown",
        "actors": "Russia, Islamic State",
        "remark": "so",
        "share": "2.5",
        "claim": "Context only",
    }
    assert row({"actors": []}, "", "actors").shown == "none of these"
    assert row({}, "", "actors").shown == ""


def test_the_words_behind_a_record_are_counted_and_shown() -> None:
    record = row(NESTED, "r1", "")
    assert (record.words, record.shown) == (1, "Shells")
    assert not row(NESTED, "r3", "").words


def test_a_retired_code_is_shown_where_it_was_picked_but_not_offered() -> None:
    source = CLAIMS.replace("label: Regime, key: s", "label: Regime, retired: true")
    found = next(row for row in rows({"actors": ["regime"]}, source) if row.name == "actors")
    assert found.shown == "Regime"
    assert [code.id for code in found.codes] == ["russia", "isis"]


def test_the_light_codebook_needs_no_rows_but_its_questions() -> None:
    book = parse_codebook(LIGHT, "book.yaml")
    found = outline(blank(book), book)
    assert [row.name for row in found] == ["perpetrator", "cause", "killed", "children", "women"]
    assert [row.is_typed for row in found] == [False, False, True, True, True]
    assert [row.takes_several for row in found[:3]] == [True, True, False]
