"""Reading the checks of a codebook: what they become, and every mistake at its place."""

import re
import time

import pytest

from annotator.codebook.model import CheckKind, Codebook, Condition
from annotator.codebook.problems import CodebookErrors
from annotator.codebook.reader import parse_codebook
from annotator.codebook.schema import json_schema

HEAD = """\
codebook: watched
version: 1.0.0
title: Watched
units:
  claim: {in: passage}
  act: {in: claim}
  source: {in: claim}
variables:
  - {id: topic, question: Q, type: text}
  - id: kind
    question: Q
    type: code
    unit: claim
    required: true
    codes: [{id: death}, {id: denial}, {id: old, retired: true}]
  - {id: total, question: Q, type: count, unit: claim}
  - {id: women, question: Q, type: count, unit: claim}
  - {id: day, question: Q, type: date, unit: claim}
  - {id: part_of, question: Q, type: link, to: claim, unit: claim}
  - id: party
    question: Q
    type: code
    unit: act
    codes: [{id: state}, {id: air, parent: state}, {id: unknown}]
  - {id: weapon, question: Q, type: codes, unit: act, codes: [{id: bomb}, {id: mine}]}
  - {id: depth, question: Q, type: code, unit: claim, when: {kind: denial}, codes: [{id: deep}]}
  - {id: speaker, question: Q, type: text, unit: source}
checks:
"""


def book(checks: str) -> Codebook:
    return parse_codebook(HEAD + checks, "f")


def test_a_check_is_read_with_everything_it_says() -> None:
    first, second, third = book(
        """\
  - id: S1
    offer: A bomb implies the state
    unit: act
    when:
      - {weapon: bomb, party: unknown}
      - {kind: [death, denial], weapon: mine}
    unless: {party: air}
    give: {party: air, weapon: [bomb]}
  - id: E7
    error: A denial has no numbers
    unit: claim
    when: {kind: denial, total: {state: [stated, unknown]}}
  - {id: W1, warn: Too many, unit: claim, test: parts_exceed, with: {total: total, parts: women}}
"""
    ).checks
    assert (first.id, first.kind, first.sentence) == (
        "S1",
        CheckKind.OFFER,
        "A bomb implies the state",
    )
    assert first.when == (
        Condition((("weapon", ("bomb",)), ("party", ("unknown",)))),
        Condition((("kind", ("death", "denial")), ("weapon", ("mine",)))),
    )
    assert first.unless == (Condition((("party", ("air",)),)),)
    assert first.give == (("party", "air"), ("weapon", ["bomb"]))
    assert second.when == (
        Condition((("kind", ("denial",)), ("total", ("state:stated", "state:unknown")))),
    )
    assert (third.test, third.options) == ("parts_exceed", {"total": "total", "parts": ("women",)})
    assert (second.unit, second.kind, third.kind) == ("claim", CheckKind.ERROR, CheckKind.WARN)


# «…» stands just before the character the problem names; its text is part of message or hint.
PLANTED = """\
  - {id: «write W1»w1, warn: S, when: {topic: {state: stated}}}
  - {id: W2, warn: S, «did you mean "when"?»wehn: {kind: death}, test: unusable_code}
  - {id: W3, warn: S, offer: «this one is warn already»T, unit: act, when: {party: state}, give: {party: air}}
  - «has no sentence»{id: W4, unit: act, when: {party: state}}
  - {id: «already a check "W4"»W4, warn: S, unit: act, when: {party: state}}
  - {id: W5, warn: S, unit: «did you mean "claim"?»clam, when: {kind: death}}
  - {id: W6, warn: S, unit: claim, when: {«did you mean "kind"?»kin: death}}
  - {id: W7, warn: S, unit: claim, when: {kind: «did you mean "death"?»deth}}
  - {id: W8, warn: S, unit: claim, when: {«is not known in the unit claim»party: state}}
  - {id: W9, warn: S, unit: claim, when: {total: {state: «did you mean "stated"?»statd}}}
  - {id: W10, warn: S, unit: claim, when: {total: «of type count»12}}
  - {id: W11, warn: S, unit: claim, when: «retired»{kind: old}}
  - {id: W12, warn: S, unit: claim, when: «two different answers»{kind: death, depth: deep}}
  - {id: W13, warn: S, unit: act, when: «can never speak»{party: air}, unless: {party: state}}
  - «always speak»{id: W14, warn: S}
  - «must say what it gives»{id: S1, offer: S, unit: act, when: {party: state}}
  - {id: S2, warn: S, unit: act, when: {party: state}, give: «only an offer gives»{party: air}}
  - {id: S3, offer: S, unit: act, when: {party: state}, give: {party: «none of the codes»airr}}
  - {id: S4, offer: S, unit: act, when: {party: state}, give: {«not asked about the unit act»kind: death}}
  - {id: S5, offer: S, unit: claim, when: {kind: death}, give: {«cannot give a link»part_of: r1}}
  - {id: T1, warn: S, unit: claim, test: «did you mean "not_printed"?»not_prnted}
  - {id: T2, warn: S, unit: claim, test: not_printed, with: {«did you mean "counts"?»count: total, counts: women}}
  - {id: T3, warn: S, unit: claim, test: not_printed, with: {counts: [total, «of type date»day]}}
  - {id: T4, warn: S, unit: claim, test: parts_exceed, with: «needs the option "parts"»{total: total}}
  - {id: T5, warn: S, unit: claim, test: «needs the option "link"»no_link}
  - {id: T6, warn: S, unit: claim, test: parts_exceed, with: {total: total, parts: women, about: «must be a number»x}}
  - {id: T7, warn: S, test: not_printed, with: {counts: «not known in the unit passage»total}}
  - {id: T8, warn: S, unit: claim, when: {kind: death}, with: «add test»{counts: total}}
  - {id: T9, warn: S, unit: claim, test: number_of_records, with: {by: kind, records: «did you mean "act"?»acts, one: [«did you mean "death"?»deth], several: [denial]}}
  - {id: T10, warn: S, test: number_near, with: {words: {en: [«write "no" in quotes»no]}, within: 3}}
"""  # noqa: E501


def test_every_planted_mistake_is_found_at_its_place() -> None:
    wanted, lines = [], []
    for number, line in enumerate(PLANTED.splitlines(), HEAD.count("\n") + 1):
        plain = ""
        for part in re.split(r"(«[^»]*»)", line):
            if part.startswith("«"):
                wanted.append((number, len(plain) + 1, part[1:-1]))
            else:
                plain += part
        lines.append(plain)
    with pytest.raises(CodebookErrors) as caught:
        book("\n".join(lines) + "\n")
    found = caught.value.problems
    assert [(one.line, one.column) for one in found] == [place[:2] for place in wanted]
    for one, (_, _, words) in zip(found, wanted, strict=True):
        assert words in f"{one.message}; {one.hint}", one


def test_a_check_on_states_may_name_a_variable_of_any_type() -> None:
    check = book("  - {id: W1, warn: S, unit: claim, when: {day: {state: not_stated}}}\n").checks[0]
    assert check.when == (Condition((("day", ("state:not_stated",)),)),)


def test_an_unless_that_is_narrower_than_when_leaves_something_to_say() -> None:
    line = "  - {id: W1, warn: S, unit: act, when: {party: state}, unless: {party: air}}\n"
    assert len(book(line).checks) == 1


def test_no_variable_may_take_the_place_of_the_overrides() -> None:
    with pytest.raises(CodebookErrors, match="overrides"):
        parse_codebook(HEAD.replace("id: topic", "id: overrides").replace("checks:\n", ""), "f")


def test_the_schema_knows_the_options_of_every_test() -> None:
    check = json_schema()["$defs"]["check"]
    tests = check["properties"]["test"]["enum"]
    assert tests == [one["if"]["properties"]["test"]["const"] for one in check["allOf"]]
    assert {"required": ["warn"]} in check["oneOf"]


def test_conditions_on_long_lists_of_codes_are_read_in_a_moment() -> None:
    codes = "".join(f", {{id: c{n}, parent: root}}" for n in range(3000))
    deep = "".join(
        f"  - {{id: v{n}, question: Q, type: code, when: {{v{n - 1}: root}},"
        " codes: [{id: root}]}\n"
        for n in range(1, 200)
    )
    text = (
        "codebook: long\nversion: 1.0.0\ntitle: Long\nvariables:\n"
        "  - {id: v0, question: Q, type: code, codes: [{id: root}]}\n"
        f"{deep}  - {{id: many, question: Q, type: code, codes: [{{id: root}}{codes}]}}\nchecks:\n"
    )
    alternatives = ", ".join(f"{{many: [root, c{n}], v199: root}}" for n in range(100))
    text += "".join(
        f"  - {{id: W{n}, warn: S, when: [{alternatives}], unless: {{many: c1}}}}\n"
        for n in range(9)
    )
    start = time.perf_counter()
    assert len(parse_codebook(text, "f").checks) == 9
    assert time.perf_counter() - start < 5
    many = "  - {id: X, warn: S, when: [" + ", ".join(["{many: c1}"] * 1000) + "]}\n"
    with pytest.raises(CodebookErrors, match="more than 1000 conditions"):
        parse_codebook(text + many, "f")
