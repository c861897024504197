"""Reading valid codebooks: every field arrives where the model has it."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from annotator.codebook.model import (
    PASSAGE,
    Code,
    Codebook,
    Condition,
    EvidenceRule,
    Unit,
    VariableType,
)
from annotator.codebook.problems import CodebookErrors
from annotator.codebook.reader import parse_codebook, read_codebook
from annotator.errors import AnnotatorError

DATA = Path(__file__).parent / "data"

LEAST = """\
codebook: least
version: 1.0.0
title: Least
variables:
  - id: who
    question: Who?
    type: code
    codes: [{id: some_one}]
"""


@pytest.fixture(scope="module")
def claims() -> Codebook:
    return read_codebook(DATA / "claims.yaml")


def test_the_least_codebook_gets_defaults_everywhere() -> None:
    codebook = parse_codebook(LEAST, "least.yaml")
    variable = codebook.variable("who")
    assert codebook.units == (Unit(PASSAGE, label="Passage"),)
    assert variable.codes == (Code("some_one", "Some one"),)
    assert (variable.unit, variable.required, variable.default) == (PASSAGE, False, None)
    assert variable.evidence is EvidenceRule.OPTIONAL


def test_fields_of_the_codebook_arrive(claims: Codebook) -> None:
    assert (claims.id, claims.version, claims.title) == ("test-claims", "2.1.0", "Claims, small")
    assert claims.description == "Claims in a passage, acts and sources in a claim."
    assert claims.language == "en"


def test_a_unit_stands_after_the_one_it_lies_in(claims: Codebook) -> None:
    assert [unit.id for unit in claims.units] == ["passage", "claim", "act", "source"]
    assert [unit.within for unit in claims.units] == ["", "passage", "claim", "claim"]


def test_fields_of_units_arrive(claims: Codebook) -> None:
    claim = claims.unit("claim")
    assert claim.evidence is EvidenceRule.REQUIRED
    assert claims.unit("source") == Unit("source", "claim", "Source", EvidenceRule.NONE)
    assert claim.none_reasons == (
        Code("no_harm", "No harm reported", "n", definition="Nobody is said to be harmed."),
        Code("context", "Context only", "c", include=("Background.",), exclude=("News.",)),
        Code("unreadable", "Unreadable", retired=True),
    )


def test_fields_of_variables_arrive(claims: Codebook) -> None:
    kind = claims.variable("kind")
    assert (kind.question, kind.label, kind.type) == (
        "What harm is claimed?",
        "Kind",
        VariableType.CODE,
    )
    assert kind.required
    assert kind.unit == "claim"
    assert kind.when == Condition((("relevant", ("true",)),))
    assert claims.variable("place").help == "As printed."
    assert claims.variable("place").evidence is EvidenceRule.REQUIRED
    assert claims.variable("part_of").link_to == "claim"
    share = claims.variable("share")
    assert (share.minimum, share.maximum) == (0, 1.5)
    assert claims.variable("means").when == Condition(
        (("perpetrator", ("state", "group")), ("kind", ("killing",)))
    )


def test_fields_of_codes_arrive(claims: Codebook) -> None:
    assert claims.variable("perpetrator").code("state_air") == Code(
        id="state_air",
        label="State air force",
        key="a",
        parent="state",
        definition="Aircraft of the state.",
        include=("Jets", "Helicopters"),
        exclude=("Aircraft of unknown side.",),
        examples=("A jet of the air force killed two.",),
        not_examples=("A jet flew by.",),
        aliases={"en": ("air force",), "ar": ("سلاح الجو",)},
        cues={"en": ("jet", "warplane"), "ar": ("طائرة",)},
        valid_from=date(2011, 3, 15),
        valid_to=date(2024, 12, 8),
    )


def test_defaults_have_the_form_of_a_coding(claims: Codebook) -> None:
    defaults = {variable.id: variable.default for variable in claims.variables}
    assert {name: value for name, value in defaults.items() if value is not None} == {
        "relevant": True,
        "total": {"state": "not_stated"},
        "day": "2016-03-01",
        "confidence": "middling",
        "share": 0.5,
        "means": ["shell"],
    }


@pytest.mark.parametrize(
    ("written", "read"),
    [("12+", "12+"), ('"9"', "9"), ("9", 9), ("10-15", "10-15"), ("~30", "~30"), ("<=40", "<=40")],
)
def test_counts_may_be_written_with_and_without_quotes(written: str, read: object) -> None:
    text = LEAST + f"  - {{id: n, question: N?, type: count, default: {written}}}\n"
    assert parse_codebook(text, "f").variable("n").default == read


def test_an_empty_list_is_a_default_of_its_own() -> None:
    text = LEAST.replace("type: code", "type: codes\n    default: []")
    assert parse_codebook(text, "f").variable("who").default == []


def test_y_and_n_without_quotes_are_keys() -> None:
    text = LEAST.replace("[{id: some_one}]", "[{id: a, key: y}, {id: b, key: n}]")
    assert [code.key for code in parse_codebook(text, "f").variable("who").codes] == ["y", "n"]


def test_text_is_stored_in_nfc() -> None:
    text = LEAST.replace("title: Least", "title: Cafe\u0301")
    assert parse_codebook(text, "f").title == "Caf\u00e9"


def test_source_and_hash_do_not_depend_on_line_ends_or_a_byte_order_mark() -> None:
    codebook = parse_codebook("\ufeff" + LEAST.replace("\n", "\r\n"), "f")
    assert codebook.source == LEAST
    assert codebook.sha256 == hashlib.sha256(LEAST.encode()).hexdigest()


def test_what_was_read_can_be_read_again_from_its_source(claims: Codebook) -> None:
    assert parse_codebook(claims.source, "again") == claims


@pytest.mark.parametrize(
    ("name", "raw", "said"),
    [
        ("missing.yaml", None, "There is no file"),
        ("latin.yaml", b"title: caf\xe9\n", ":1: not UTF-8 text (byte 0xe9)"),
        ("long.yaml", b"#" * 1_000_001, "longer than 1,000,000 bytes"),
        ("empty.yaml", b"", ":1:1: the file is empty"),
        ("comment.yaml", b"# nothing\n", ":1:1: the file is empty"),
    ],
)
def test_a_file_that_cannot_be_read_gets_one_sentence(
    tmp_path: Path, name: str, raw: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if raw is not None:
        path.write_bytes(raw)
    with pytest.raises(AnnotatorError) as caught:
        read_codebook(path)
    assert str(path) in caught.value.sentence
    assert said in caught.value.sentence
    assert "\n" not in caught.value.sentence


def test_a_folder_is_no_codebook(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="is not a file"):
        read_codebook(tmp_path)


def test_a_name_with_a_null_character_is_refused() -> None:
    with pytest.raises(AnnotatorError):
        read_codebook(Path("a\0b"))


def test_one_mistake_is_its_own_sentence_and_several_are_counted() -> None:
    with pytest.raises(CodebookErrors) as one:
        parse_codebook(LEAST.replace("type: code", "type: cod"), "f.yaml")
    assert one.value.sentence == 'f.yaml:7:11: there is no type "cod"; did you mean "code"?'
    with pytest.raises(CodebookErrors) as two:
        parse_codebook(LEAST.replace("type: code", "type: cod").replace("1.0.0", "1.0"), "f.yaml")
    assert two.value.sentence.startswith("2 mistakes in f.yaml, the first: f.yaml:2:10: ")
    assert two.value.exit_code == 2
