"""Codebooks with mistakes: each is found at its place, with the likely fix."""

import pytest

from annotator.codebook.problems import MOST_PROBLEMS, CodebookErrors, Problem
from annotator.codebook.reader import parse_codebook

# Each marked place carries its mistake: «…» stands just before the character the problem names,
# and its text is part of the message or the hint.
PLANTED = """\
codebook: «my-book»My Book
version: «write 1.0.0»1.0
title: Planted
«did you mean "description"?»descriptoin: x
language: «such as en»english language
units:
  claim: {in: passage, none: [{id: a, key: x}, {id: b, key: «already that of "a", in line 7»x}]}
  act: {in: «did you mean "claim"?»clam}
  «every coding uses itself»evidence: {in: claim}
  one: {in: «one -> two -> one»two}
  two: {in: one}
variables:
  - id: kind
    question: What?
    type: «did you mean "codes"?»cods
  - id: perpetrator
    question: «write "no" in quotes»no
    type: codes
    required: «write true»yes
    default: [state, «did you mean "group"?»grup]
    codes:
      - {id: state, label: «write "2016-03-01" in quotes»2016-03-01, key: s}
      - {id: group, key: «already that of "state", in line 22»s}
      - {id: «already a code "state", in line 22»state, label: Twice}
      - {id: «write "off" in quotes»off, key: «write a»A}
      - {id: child, parent: «did you mean "group"?»gruop}
      - {id: left, parent: «left -> right -> left»right}
      - {id: right, parent: left}
      - {id: dated, valid_from: «after valid_to»2016-03-02, valid_to: 2016-03-01}
      - {id: undated, valid_from: «no day of the calendar»2016-02-30}
      - {id: gone, retired: true}
      - {id: cued, cues: {«write "no" in quotes»no: [x], en: [«write "010" in quotes»010]}}
      - {id: timed, cues: {en: «write "12:30" in quotes»12:30}}
      - {id: numbered, label: «write "1_000" in quotes»1_000, definition: «has no value»~}
      - «must be fields with values»plain
  - «this variable has no "question"»id: «there is already a variable "kind", in line 13»kind
    type: count
    codes: «has no "codes"»[]
    default: «whole number»1.5
  - {id: «there is already a unit»claim, question: Q, type: text, min: «has no "min"»1}
  - {id: low, question: Q, type: number, min: «more than max 1»2, max: 1}
  - {id: cues, question: Q, type: link, to: claim, cues: «has no "cues"»{en: x}}
  - {id: spot, question: Q, type: date, candidates: «is no name of a place»places}
  - {id: spots, question: Q, type: text, candidates: «did you mean "places"?»place}
  - {id: less, question: Q, type: number, min: 2, default: «less than min 2»0}
  - «needs the unit it points to»{id: link, question: Q, type: link}
  - {id: link2, question: Q, type: link, to: «did you mean "claim"?»claims, default: «no default»x}
  - «needs codes»{id: empty, question: Q, type: code}
  - {id: bare, question: Q, type: code, codes: «at least one code»[]}
  - {id: unit, question: Q, type: text, unit: «did you mean "act"?»acts}
  - {id: state, question: Q, type: yes_no, default: «write false»no}
  - {id: w1, question: Q, type: text, when: {«did you mean "perpetrator"?»perpetrato: state}}
  - {id: w2, question: Q, type: text, when: {perpetrator: «did you mean "state"?»stat}}
  - {id: w3, question: Q, type: text, when: {«cannot wait for its own answer»w3: x}}
  - {id: w4, question: Q, type: text, when: {w1: «is of type text»x}}
  - {id: w5, question: Q, type: text, when: «is retired»{perpetrator: gone}}
  - {id: w6, question: Q, type: yes_no, when: «w6 -> w7 -> w6»{w7: true}}
  - {id: w7, question: Q, type: yes_no, when: {w6: true}}
  - {id: w8, question: Q, type: text, when: {empty_list: «never met»[]}}
  - {id: empty_list, question: Q, type: yes_no, unit: passage}
  - {id: in_act, question: Q, type: yes_no, unit: act}
  - {id: w9, question: Q, type: text, unit: claim, when: {«of claim or passage»in_act: true}}
  - {id: w10, question: Q, type: text, when: {empty_list: «write true»"yes"}}
  - {id: scaled, question: Q, type: scale, codes: [{id: a}, {id: b, parent: «have no parent»a}]}
  - {id: stated, question: Q, type: count, default: {state: «did you mean "not_stated"?»notstated}}
  - {id: half, question: Q, type: number, default: «such as 10 or 0.5».5}
  - {id: twice, question: Q, type: text, «stands twice»question: Again}
"""


def planted() -> tuple[str, list[tuple[int, int, str]]]:
    """The codebook without its marks, and where each mark stood with its text."""
    lines, marks = [], []
    for number, line in enumerate(PLANTED.splitlines(), 1):
        clean = ""
        while "«" in line:
            before, _, rest = line.partition("«")
            text, _, line = rest.partition("»")
            clean += before
            marks.append((number, len(clean) + 1, text))
        lines.append(clean + line)
    return "\n".join(lines) + "\n", marks


def problems_of(text: str) -> tuple[Problem, ...]:
    with pytest.raises(CodebookErrors) as caught:
        parse_codebook(text, "f.yaml")
    return caught.value.problems


def test_every_planted_mistake_is_found_at_its_place_with_its_fix() -> None:
    text, marks = planted()
    found = problems_of(text)
    missing = [
        mark
        for mark in marks
        if not any(
            (problem.line, problem.column) == mark[:2] and mark[2] in f"{problem}"
            for problem in found
        )
    ]
    assert missing == []
    assert len(marks) > 50


def test_nothing_is_reported_that_was_not_planted() -> None:
    text, marks = planted()
    places = {mark[:2] for mark in marks}
    extra = [
        problem for problem in problems_of(text) if (problem.line, problem.column) not in places
    ]
    assert [f"{problem.message}" for problem in extra] == [
        'a variable cannot be called "state", which every coding uses itself'
    ]


def test_a_problem_reads_as_file_line_column_message_and_hint() -> None:
    assert str(Problem("f.yaml", 3, 7, "wrong", "write right")) == "f.yaml:3:7: wrong; write right"
    assert str(Problem("f.yaml", 3, 7, "wrong")) == "f.yaml:3:7: wrong"


def variables(*lines: str) -> str:
    head = "codebook: b\nversion: 1.0.0\ntitle: T\nvariables:\n"
    return head + "".join(f"  - {line}\n" for line in lines)


TWO = "{id: a, question: Q, type: code, codes: [{id: x}, {id: y_y}]}"


REASONS = """\
codebook: b
version: 1.0.0
title: T
units:
  claim: {in: passage, none: [{id: context}]}
  act: {in: claim}
variables:
  - {id: a, question: Q, type: count, unit: act}
"""


def test_reasons_for_no_record_stand_under_the_one_unit_of_the_passage() -> None:
    parse_codebook(REASONS, "f.yaml")
    inner = REASONS.replace("act: {in: claim}", "act: {in: claim, none: [{id: other}]}")
    (problem,) = problems_of(inner)
    assert (problem.line, problem.column) == (6, 26)
    assert '"act" lies in "claim"' in problem.message
    assert problem.hint == "move them under claim"
    beside = REASONS.replace("act: {in: claim}", "act: {in: passage, none: [{id: other}]}")
    first, second = problems_of(beside)
    assert (first.line, first.column, second.line, second.column) == (5, 30, 6, 28)
    assert '"act" can have records in it too' in first.message
    assert '"claim" can have records in it too' in second.message
    assert "lie in another" in second.hint


def test_a_unit_beside_the_one_with_reasons_could_never_be_finished() -> None:
    (problem,) = problems_of(REASONS.replace("act: {in: claim}", "act: {in: passage}"))
    assert (problem.line, problem.column) == (5, 30)


def test_conditions_that_exclude_each_other_are_unreachable() -> None:
    text = variables(
        TWO,
        "{id: b, question: Q, type: yes_no, when: {a: x}}",
        "{id: c, question: Q, type: text, when: {b: true, a: y_y}}",
        "{id: d, question: Q, type: text, when: {b: true, a: [y_y, x]}}",
    )
    (problem,) = problems_of(text)
    assert problem.line == 7
    assert problem.message == (
        '"c" can never be asked: it needs two different answers of "a" at once'
    )


def test_a_variable_behind_an_unreachable_one_is_not_reported_again() -> None:
    text = variables(
        TWO.replace("{id: x}", "{id: x, retired: true}"),
        "{id: b, question: Q, type: yes_no, when: {a: x}}",
        "{id: c, question: Q, type: text, when: {b: true}}",
    )
    (problem,) = problems_of(text)
    assert problem.line == 6


def test_several_codes_at_once_exclude_nothing() -> None:
    text = variables(
        TWO.replace("type: code,", "type: codes,"),
        "{id: b, question: Q, type: yes_no, when: {a: x}}",
        "{id: c, question: Q, type: text, when: {b: true, a: y_y}}",
    )
    assert parse_codebook(text, "f").variable("c").when is not None


def test_a_live_code_below_a_retired_one_can_still_meet_a_condition() -> None:
    text = variables(
        "{id: a, question: Q, type: code, codes: [{id: x, retired: true}, {id: z, parent: x}]}",
        "{id: b, question: Q, type: text, when: {a: x}}",
    )
    assert parse_codebook(text, "f").variable("b").when is not None


def test_a_parent_may_stand_after_its_child() -> None:
    text = variables("{id: a, question: Q, type: code, codes: [{id: x, parent: z}, {id: z}]}")
    assert parse_codebook(text, "f").variable("a").depth("x") == 1


@pytest.mark.parametrize(
    ("written", "hint"),
    [("1.0", "write 1.0.0"), ('"2"', "write 2.0.0"), ("v1.2.3", "write 1.2.3"), ("one", "")],
)
def test_a_version_needs_three_numbers(written: str, hint: str) -> None:
    (problem,) = problems_of(variables(TWO).replace("1.0.0", written))
    assert (problem.line, problem.column, problem.hint) == (2, 10, hint)


@pytest.mark.parametrize(
    "word", ["no", "Yes", "ON", "off", "true", "FALSE", "~", "null", "7", "-1"]
)
def test_a_word_yaml_changes_is_refused_where_text_is_expected(word: str) -> None:
    (problem,) = problems_of(variables(TWO).replace("question: Q", f"question: {word}"))
    assert (problem.line, problem.column) == (5, 23)


@pytest.mark.parametrize(
    "word", ["0x1F", "0o17", "1e3", "1.5", ".5", "+5", ".inf", ".NaN", "1:30:00", "2016-3-1 10:00"]
)
def test_a_number_or_time_is_refused_where_text_is_expected(word: str) -> None:
    (problem,) = problems_of(variables(TWO).replace("question: Q", f"question: {word}"))
    assert problem.hint == f'write "{word}" in quotes'


@pytest.mark.parametrize("word", ["010", "1_000", ".5", "0x10", "1e3", "12:30", "yes", '"5"', "~"])
def test_a_surprising_number_is_refused_where_a_number_is_expected(word: str) -> None:
    text = variables(f"{{id: n, question: Q, type: number, min: {word}}}")
    (problem,) = problems_of(text)
    assert "min must be a number" in problem.message


def test_a_quoted_word_is_text_whatever_it_is() -> None:
    text = variables(TWO).replace("question: Q", 'question: "no"')
    assert parse_codebook(text, "f").variable("a").question == "no"


def test_lists_where_fields_belong_are_named() -> None:
    found = problems_of("codebook: b\nversion: 1.0.0\ntitle: T\nvariables: {a: b}\nunits: [x]\n")
    assert [(problem.line, problem.column) for problem in found] == [(4, 12), (5, 8)]


def test_a_codebook_without_variables_is_refused() -> None:
    (problem,) = problems_of("codebook: b\nversion: 1.0.0\ntitle: T\nvariables: []\n")
    assert "at least one variable" in problem.message


def test_a_label_of_several_lines_is_refused() -> None:
    (problem,) = problems_of(variables(TWO).replace("title: T", "title: |\n  a\n  b"))
    assert "one line" in problem.message


def test_trees_have_a_limit() -> None:
    codes = "".join(f", {{id: c{n}, parent: c{n - 1}}}" for n in range(1, 12))
    found = problems_of(
        variables(f"{{id: a, question: Q, type: code, codes: [{{id: c0}}{codes}]}}")
    )
    assert [problem.message.split(" lies")[0] for problem in found] == [
        'the code "c10"',
        'the code "c11"',
    ]


def test_reading_stops_after_many_mistakes() -> None:
    assert len(problems_of(variables(*["{id: A}"] * 300))) == MOST_PROBLEMS


def test_all_retired_codes_leave_nothing_to_choose() -> None:
    (problem,) = problems_of(
        variables("{id: a, question: Q, type: code, codes: [{id: x, retired: true}]}")
    )
    assert "every code is retired" in problem.message


def test_a_default_that_is_retired_or_stands_twice_is_refused() -> None:
    codes = "codes: [{id: x}, {id: z, retired: true}]"
    found = problems_of(
        variables(
            f"{{id: a, question: Q, type: codes, default: [x, x], {codes}}}",
            f"{{id: b, question: Q, type: code, default: z, {codes}}}",
            f"{{id: c, question: Q, type: codes, default: x, {codes}}}",
        )
    )
    assert [problem.line for problem in found] == [5, 6, 7]
    assert found[2].hint == "write [x]"


def test_bounds_belong_to_the_numbers_allowed() -> None:
    text = variables(
        "{id: a, question: Q, type: number, min: 2, max: 2, default: 2}",
    )
    assert parse_codebook(text, "f").variable("a").default == 2
    (problem,) = problems_of(text.replace("default: 2", "default: 2.5"))
    assert problem.message == "the default 2.5 is more than max 2"


def test_a_day_that_begins_and_ends_a_window_is_inside_it() -> None:
    code = "{id: x, valid_from: 2016-03-01, valid_to: 2016-03-01}"
    text = variables(f"{{id: a, question: Q, type: code, codes: [{code}]}}")
    code_read = parse_codebook(text, "f").variable("a").code("x")
    assert code_read.valid_from == code_read.valid_to


def test_a_link_points_to_a_repeating_unit_never_to_the_passage() -> None:
    text = variables("{id: a, question: Q, type: link, to: passage}")
    (problem,) = problems_of(text)
    assert problem.message == 'there is no repeating unit "passage"'
    (problem,) = problems_of(text + "units: {claim: {in: passage}}\n")
    assert problem.message == 'there is no repeating unit "passage"'
