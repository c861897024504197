"""Worked examples: the shipped ones hold, and files of examples are read with care."""

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from annotator.codebook.model import CheckKind, Codebook
from annotator.codebook.problems import CodebookErrors
from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import EXAMPLES_ENDING, find_codebook, shipped_codebooks
from annotator.coding.worked import (
    EXAMPLE_FIELDS,
    FIELDS,
    Examples,
    Result,
    parse_examples,
    read_examples,
    run_examples,
)
from annotator.errors import AnnotatorError

ROOT = Path(__file__).parents[2]
TEXT = "Shells killed three farmers near Tal Sus."
CODING = {
    "claim": [
        {
            "id": "r1",
            "kind": "killing",
            "claim_type": "incident",
            "act_mode": "single",
            "victims": "civilian",
            "total": "3",
            "act": [{"perpetrator": "unk", "cause": "shell", "attribution": "none"}],
            "source": [{"source_type": "publisher"}],
            "evidence": ["killed three farmers"],
        }
    ]
}


@pytest.fixture(scope="module")
def claims() -> Codebook:
    return read_codebook(find_codebook("claims"))


def examples_of(name: str) -> Examples:
    path = find_codebook(name)
    return read_examples(path.with_name(f"{path.stem}{EXAMPLES_ENDING}.yaml"))


def run_one(codebook: Codebook, coding: object, *expect: str, text: str = TEXT) -> Result:
    example = {"id": "X1", "text": text, "coding": coding, "expect": list(expect)}
    data = {"codebook": codebook.id, "examples": [example]}
    [result] = run_examples(parse_examples(json.dumps(data), "x.yaml"), codebook)
    return result


def changed(**answers: object) -> dict[str, object]:
    """The coding of `TEXT` with other answers of its claim."""
    return {"claim": [CODING["claim"][0] | answers]}


@pytest.mark.parametrize("name", sorted(shipped_codebooks()))
def test_every_shipped_example_is_valid_and_fires_what_it_says(name: str) -> None:
    results = run_examples(examples_of(name), read_codebook(find_codebook(name)))
    assert [
        (result.example.id, result.problems, result.missing, result.unexpected)
        for result in results
        if not result.passed
    ] == []


def test_every_check_a_coder_can_pass_by_fires_on_an_example(claims: Codebook) -> None:
    expected = {check for example in examples_of("claims").examples for check in example.expect}
    may_stand = {check.id for check in claims.checks if check.kind is not CheckKind.ERROR}
    assert may_stand <= expected


def test_some_examples_have_no_claim_in_each_language() -> None:
    without = [example for example in examples_of("claims").examples if "none" in example.coding]
    assert {example.language for example in without} == {"en", "ar"}
    assert {example.coding["none"] for example in without} == {
        "no_harm",
        "context",
        "out_of_scope",
        "unreadable",
    }


def test_a_right_example_passes(claims: Codebook) -> None:
    result = run_one(claims, CODING)
    assert (result.passed, result.valid, result.fired) == (True, True, ())


def test_a_check_that_does_not_fire_is_missing(claims: Codebook) -> None:
    result = run_one(claims, CODING, "W3", "S1", "W3")
    assert (result.passed, result.missing, result.unexpected) == (False, ("S1", "W3"), ())


def test_a_check_that_is_not_expected_is_named(claims: Codebook) -> None:
    result = run_one(claims, changed(children="2", women="2"))
    assert result.valid
    assert "W1" in result.unexpected


@pytest.mark.parametrize(
    ("coding", "said"),
    [
        ({}, "no claim yet"),
        ({"none": "asleep"}, "is no reason"),
        (changed(victims="martyr"), "'martyr' is none of its codes"),
        (changed(evidence=["four farmers"]), "does not stand in the passage"),
        (changed(evidence=[]), "has no words marked"),
        (changed(death_date="2016-01-01", kind="injury"), "death_date is answered, but not asked"),
        (changed(part_of=["r7"]), "part_of points to r7, which is no other record"),
        (changed(same_as=["r1"]), "same_as points to the record itself"),
        ({"claim": [{"id": "r1", "evidence": ["farmers"]}]}, "Victims is not answered"),
    ],
)
def test_a_coding_no_coder_could_submit_is_not_valid(
    claims: Codebook, coding: object, said: str
) -> None:
    result = run_one(claims, coding)
    assert not result.valid
    assert not result.passed
    assert said in " / ".join(result.problems)


def test_a_link_may_name_a_record_of_another_example(claims: Codebook) -> None:
    assert run_one(claims, changed(same_as=["J2/r1"])).valid


def test_examples_of_another_codebook_are_refused(claims: Codebook) -> None:
    with pytest.raises(AnnotatorError, match="examples for the codebook perpetrators"):
        run_examples(examples_of("perpetrators"), claims)


WRONG = """\
codebook: Claims
exampels: []
examples:
  - id: A1
    text: "Two died."
    coding: {kind: no}
    expect: W3
  - id: A1
    report_date: 2016-02-30
    lang: English
    trap: [a, b]
    expect: [w3, W3]
    coding: nothing here
  - just text
"""


def test_all_mistakes_of_a_file_are_named_at_once_with_their_lines() -> None:
    with pytest.raises(CodebookErrors) as caught:
        parse_examples(WRONG, "x.yaml")
    found = [(problem.line, problem.message) for problem in caught.value.problems]
    for line, words in (
        (1, 'codebook "Claims"'),
        (2, 'no field "exampels"'),
        (6, 'without quotes "no" is true or false'.replace('"', "")),
        (7, "expect must be a list"),
        (8, 'no "text"'),
        (8, 'already an example "A1", in line 4'),
        (9, "2016-02-30 is no day"),
        (10, '"English" is no language tag'),
        (11, "trap must be text"),
        (12, '"w3" is no id of a check'),
        (13, "coding must be a mapping"),
        (14, "this example must be fields"),
    ):
        assert any(at == line and words in message for at, message in found), (line, words, found)
    assert len(found) == 12


def test_the_passage_is_kept_to_the_letter() -> None:
    text = "  e\u0301 \u0642\u064f\u062a\u0651\u064e\u0644  "  # neither NFC nor trimmed
    data = {"codebook": "c", "examples": [{"id": "A", "text": text, "coding": {}}]}
    parsed = parse_examples(yaml.safe_dump(data, allow_unicode=True), "x.yaml")
    assert parsed.examples[0].text == text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the file is empty"),
        ("a: &x [1]\nb: *x", "anchors"),
        ("[" * 500, "nested more than"),
        ("codebook: c\nexamples: []", "with an example or more"),
        ("codebook: c\nexamples: \x07", "control character"),
        ("- a", "this file of examples must be fields"),
        ("x: " + "y" * 1_000_001, "longer than"),
    ],
)
def test_hostile_files_are_refused(text: str, said: str) -> None:
    with pytest.raises(CodebookErrors) as caught:
        parse_examples(text, "x.yaml")
    assert said in str(caught.value.problems[-1])


def lines_of_mistakes(source: str) -> list[int]:
    try:
        parse_examples(source, "x.yaml")
    except CodebookErrors as errors:
        return [problem.line for problem in errors.problems]
    return []


@given(st.text(max_size=60), st.recursive(st.text(max_size=5), st.lists, max_leaves=8))
def test_any_file_is_read_or_refused(text: str, coding: object) -> None:
    assert all(line > 0 for line in lines_of_mistakes(text))
    data = {"codebook": "c", "examples": [{"id": "A", "text": text, "coding": coding}]}
    assert lines_of_mistakes(json.dumps(data))  # a coding is a mapping, never text or a list


def test_every_field_of_an_example_is_documented() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    section = page.partition("## Worked examples")[2].partition("\n## ")[0]
    for name in (*FIELDS, *EXAMPLE_FIELDS):
        assert f"| `{name}`" in section, name


def test_the_example_of_the_documentation_holds(claims: Codebook) -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    section = page.partition("## Worked examples")[2]
    shown = section.partition("```yaml\n")[2].partition("```")[0]
    assert all(result.passed for result in run_examples(parse_examples(shown, "docs"), claims))
