"""What changed between two versions of a codebook, and which number that needs."""

from dataclasses import fields, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.changes import ChangeKind, CodeChange, Item
from annotator.codebook.code_changes import FIELD_LEVELS
from annotator.codebook.model import Code, Codebook, VariableType
from annotator.codebook.problems import CodebookErrors
from annotator.codebook.reader import parse_codebook
from annotator.codebook.version_numbers import Level, parts_of, raised
from annotator.codebook.versions import code_map, code_map_along, diff

BOOK = """\
codebook: test
version: 1.2.3
title: A codebook
units:
  claim:
    in: passage
    none:
      - {id: context, label: Context}
      - {id: quiet, label: No harm}
  act: {in: claim}
variables:
  - id: who
    question: Who?
    type: code
    codes:
      - {id: regime, label: Regime}
      - {id: air, label: Air force, parent: regime}
      - {id: army, label: Army, parent: regime}
      - {id: other, label: Other}
  - id: sure
    question: How sure?
    type: scale
    codes: [{id: low}, {id: mid}, {id: high}]
  - {id: names, question: Which names?, type: text, when: {who: [air, army]}}
  - {id: share, question: Which share?, type: number, min: 0, max: 100}
  - {id: day, question: When?, type: date, unit: claim}
  - {id: part_of, question: Of which?, type: link, to: claim, unit: claim}
"""


def book(text: str = BOOK, version: str = "") -> Codebook:
    return parse_codebook(text.replace("1.2.3", version) if version else text, "f.yaml")


def changed(*edits: tuple[str, str], version: str = "9.0.0") -> list[CodeChange]:
    text = BOOK
    for old, new in edits:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return list(diff(book(), book(text, version)).changes)


ARMY = "{id: army, label: Army, parent: regime}"
AIR = "{id: air, label: Air force, parent: regime}"
WHEN = "when: {who: [air, army]}"


@pytest.mark.parametrize(
    ("edit", "level", "item", "kind"),
    [
        (("title: A codebook", "title: Another"), "patch", "codebook", "reworded"),
        (("codebook: test", "codebook: best"), "major", "codebook", "changed"),
        (("label: Other", "label: Others"), "patch", "code", "reworded"),
        (("label: Other", "definition: Other than these"), "patch", "code", "reworded"),
        (("{id: other, label: Other}", "{id: other, label: Other, key: o}"), "patch", "code", ""),
        (("label: Other", "label: Other, retired: true"), "minor", "code", "changed"),
        (("label: Other", "label: Other, parent: regime"), "minor", "code", "changed"),
        (("label: Other", 'label: Other, valid_from: "2016-01-01"'), "minor", "code", "changed"),
        (("label: Other}", "label: Other}\n      - {id: new}"), "minor", "code", "added"),
        (("      - {id: other, label: Other}\n", ""), "major", "code", "removed"),
        (("{id: other, ", "{id: rest, renamed_from: other, "), "minor", "code", "renamed"),
        (("label: Other", "label: Other, redefined_in: 2.0.0"), "major", "code", "redefined"),
        (("label: Other", "label: Other, redefined_in: 1.2.2"), "patch", "code", "reworded"),
        (("label: Context", "label: Context only"), "patch", "reason", "reworded"),
        (("{id: quiet, label: No harm}", "{id: loud}"), "major", "reason", "removed"),
        (("{id: quiet, ", "{id: peace, renamed_from: quiet, "), "minor", "reason", "renamed"),
        (
            ("act: {in: claim}", "act: {in: deed}\n  deed: {in: claim}"),
            "major",
            "unit",
            "changed",
        ),
        (("act: {in: claim}", "act: {in: claim, label: Deed}"), "patch", "unit", "reworded"),
        (("act: {in: claim}", "act: {in: claim, evidence: required}"), "major", "unit", "changed"),
        (("act: {in: claim}", "act: {in: claim, evidence: none}"), "minor", "unit", "changed"),
        (("act: {in: claim}", "act: {in: claim}\n  more: {in: act}"), "minor", "unit", "added"),
        (("  act: {in: claim}\n", ""), "major", "unit", "removed"),
        (("question: Who?", "question: Who is it?"), "patch", "variable", "reworded"),
        (("question: Who?", "question: Who?\n    required: true"), "major", "variable", "changed"),
        (("question: Who?", "question: Who?\n    default: other"), "minor", "variable", "changed"),
        (("type: scale", "type: code"), "major", "variable", "changed"),
        (("[{id: low}, {id: mid}, ", "[{id: mid}, {id: low}, "), "major", "variable", "redefined"),
        ((WHEN, "when: {who: air}"), "major", "variable", "changed"),
        ((WHEN, "when: {who: [army, air]}"), "none", "", ""),
        (("max: 100", "max: 90"), "major", "variable", "changed"),
        (("max: 100", "max: 900"), "minor", "variable", "changed"),
        (("type: date, unit: claim", "type: date, unit: act"), "major", "variable", "changed"),
        (("to: claim, unit", "to: act, unit"), "major", "variable", "changed"),
        (("type: text", "type: text, evidence: required"), "major", "variable", "changed"),
        (("min: 0", "help: In percent, min: 0"), "patch", "variable", "reworded"),
    ],
)
def test_each_change_has_its_level(edit: tuple[str, str], level: str, item: str, kind: str) -> None:
    found = changed(edit)
    assert max((one.level for one in found), default=Level.NONE).word == level
    if item:
        greatest = max(found, key=lambda one: one.level)
        assert greatest.item == item
        assert greatest.kind == (kind or greatest.kind)


def test_an_added_variable_is_minor_unless_it_is_required() -> None:
    for more, level in (("", Level.MINOR), (", required: true", Level.MAJOR)):
        text = f"{BOOK}  - {{id: new, question: New?, type: text{more}}}\n"
        [change] = diff(book(), book(text)).changes
        assert (change.level, change.kind, change.new) == (level, ChangeKind.ADDED, ("new",))


def test_a_removed_variable_is_major_and_questions_in_another_order_are_wording() -> None:
    line = "  - {id: share, question: Which share?, type: number, min: 0, max: 100}\n"
    [removed] = diff(book(), book(BOOK.replace(line, ""))).changes
    assert (removed.level, removed.old, removed.look_again) == (Level.MAJOR, ("share",), False)
    [moved] = diff(book(), book(BOOK.replace(line, "") + line)).changes
    assert (moved.level, moved.item) == (Level.PATCH, Item.CODEBOOK)


CHECKED = BOOK + (
    "checks:\n  - {id: W1, warn: Look, unit: passage, when: {who: air}, unless: {sure: low}}\n"
)


@pytest.mark.parametrize(
    ("edit", "level"),
    [
        (("warn: Look", "warn: Look here"), "patch"),
        (("warn: Look", "confirm: Look"), "minor"),
        (("warn: Look", "error: Look"), "major"),
        (("when: {who: air}", "when: {who: army}"), "minor"),
        ((", unless: {sure: low}", ""), "minor"),
        (("id: W1", "id: W2"), "minor"),
    ],
)
def test_a_change_of_a_check_is_major_only_where_it_blocks(
    edit: tuple[str, str], level: str
) -> None:
    old = book(CHECKED)
    assert diff(old, book(CHECKED.replace(*edit))).level.word == level
    assert diff(book(), old).level is Level.MINOR
    assert diff(old, book()).level is Level.MINOR
    assert diff(book(), book(CHECKED.replace("warn:", "error:"))).level is Level.MAJOR


def test_a_renamed_code_changes_nothing_else_that_names_it() -> None:
    text = CHECKED
    for old, new in (
        (AIR, "{id: jets, label: Air force, parent: regime, renamed_from: air}"),
        (WHEN, "when: {who: [jets, army]}"),
        ("when: {who: air}", "when: {who: jets}"),
    ):
        text = text.replace(old, new)
    [change] = diff(book(CHECKED), book(text, "1.3.0")).changes
    assert (change.kind, change.old, change.new) == (ChangeKind.RENAMED, ("air",), ("jets",))
    assert code_map(book(CHECKED), book(text))["who"] == {"air": "jets"}


def test_codes_merged_into_one_are_major_and_have_a_map() -> None:
    text = BOOK.replace(f"      - {ARMY}\n", "").replace(
        AIR, "{id: forces, parent: regime, merged_from: [air, army]}"
    )
    text = text.replace(WHEN, "when: {who: forces}")
    found = diff(book(), book(text, "2.0.0"))
    [change] = found.changes
    assert (change.level, change.kind) == (Level.MAJOR, ChangeKind.MERGED)
    assert (change.old, change.new, change.look_again) == (("air", "army"), ("forces",), False)
    assert code_map(book(), book(text))["who"] == {"air": "forces", "army": "forces"}


def test_a_code_may_take_in_another_and_keep_its_id() -> None:
    text = BOOK.replace(f"      - {ARMY}\n", "").replace(
        AIR, "{id: air, label: Air force, parent: regime, merged_from: army}"
    )
    found = diff(book(), book(text.replace(WHEN, "when: {who: air}")))
    assert [one.kind for one in found.changes] == [ChangeKind.MERGED]
    assert found.changes[0].old == ("air", "army")


def test_a_split_code_is_major_and_its_codings_are_looked_at_again() -> None:
    parts = "{id: jets, split_from: air}\n      - {id: helicopters, split_from: air}"
    text = BOOK.replace(AIR, parts).replace(WHEN, "when: {who: [jets, army]}")
    found = [one for one in diff(book(), book(text)).changes if one.item is Item.CODE]
    [split] = found
    assert (split.level, split.kind, split.look_again) == (Level.MAJOR, ChangeKind.SPLIT, True)
    assert (split.old, split.new) == (("air",), ("jets", "helicopters"))
    off = BOOK.replace(AIR, f"{AIR}\n      - {{id: helicopters, split_from: air}}")
    [split] = diff(book(), book(off)).changes
    assert (split.old, split.new) == (("air",), ("air", "helicopters"))
    assert "keeps the rest" in split.sentence


def test_the_history_a_file_keeps_for_good_is_no_change_later() -> None:
    renamed = BOOK.replace("{id: other, ", "{id: rest, renamed_from: other, ")
    reworded = renamed.replace("label: Other", "label: The rest")
    [change] = diff(book(renamed), book(reworded)).changes
    assert change.level is Level.PATCH


def test_names_are_followed_through_several_versions() -> None:
    second = BOOK.replace("{id: other, ", "{id: rest, renamed_from: other, ")
    third = BOOK.replace("{id: other, ", "{id: remainder, renamed_from: rest, ")
    found = code_map_along([book(), book(second), book(third)])
    assert found["who"] == {"other": "remainder"}
    assert code_map_along([book()]) == {owner: {} for owner in found}


# --- numbers -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "too_low", "enough"),
    [
        (("label: Other", "label: Others"), ["1.2.3", "1.2.2", "0.9.0"], ["1.2.4", "1.3.0"]),
        (("{id: low}", "{id: none}, {id: low}"), ["1.2.3", "1.2.9"], ["1.3.0", "2.0.0"]),
        (("      - {id: other, label: Other}\n", ""), ["1.2.4", "1.9.0"], ["2.0.0", "3.1.0"]),
    ],
)
def test_the_number_must_say_at_least_what_changed(
    edit: tuple[str, str], too_low: list[str], enough: list[str]
) -> None:
    text = BOOK.replace(*edit)
    for version in too_low:
        found = diff(book(), book(text, version))
        assert found.version_problem.endswith(f"write version: {enough[0]}.")
        assert found.least_version == enough[0]
    for version in enough:
        assert diff(book(), book(text, version)).version_problem == ""


def test_a_number_may_not_go_back_even_where_nothing_changed() -> None:
    assert diff(book(), book(version="1.2.3")).version_problem == ""
    assert diff(book(), book(version="4.0.0")).version_problem == ""
    assert "earlier number than 1.2.3" in diff(book(), book(version="1.2.2")).version_problem


def test_the_numbers_of_different_codebooks_are_not_compared() -> None:
    other = book(BOOK.replace("codebook: test", "codebook: other"), "0.1.0")
    assert diff(book(), other).version_problem == ""


@given(st.tuples(*[st.integers(0, 99)] * 3), st.sampled_from(Level))
def test_a_raised_version_is_later_unless_nothing_changed(
    numbers: tuple[int, int, int], level: Level
) -> None:
    version = ".".join(map(str, numbers))
    assert (parts_of(raised(version, level)) > numbers) == (level is not Level.NONE)


# --- properties ----------------------------------------------------------------------------------

IDS = tuple("abcdefgh")
LABELS = st.sampled_from(["One", "Two", "Three"])


@st.composite
def pickers(draw: st.DrawFn, earlier: tuple[Code, ...] = ()) -> tuple[Code, ...]:
    """Codes; their history names ids of an earlier list, as a reader would allow."""
    ids = draw(st.lists(st.sampled_from(IDS), min_size=1, max_size=6, unique=True))
    gone = [code.id for code in earlier if code.id not in ids]
    codes = []
    for place, code_id in enumerate(ids):
        made = Code(
            code_id,
            draw(LABELS),
            definition=draw(st.sampled_from(["", "D", "E"])),
            parent=draw(st.sampled_from(["", *ids[:place]])),
            retired=draw(st.booleans()),
            redefined_in=draw(st.sampled_from(["", "", "2.0.0"])) if earlier else "",
        )
        match draw(st.sampled_from(["", "renamed", "merged", "split"])) if gone else "":
            case "renamed":
                made = replace(made, renamed_from=gone.pop())
            case "merged":
                made = replace(made, merged_from=tuple(gone))
                gone = []
            case "split":
                made = replace(made, split_from=gone[-1])
        codes.append(made)
    wholes = {old for code in codes for old in (code.renamed_from, *code.merged_from)}
    return tuple(
        replace(code, split_from="") if code.split_from in wholes else code for code in codes
    )


@st.composite
def versions(draw: st.DrawFn) -> tuple[Codebook, Codebook]:
    kind = draw(st.sampled_from([VariableType.CODE, VariableType.CODES]))
    base = book()
    variable = replace(base.variables[0], type=kind)
    first = replace(variable, codes=draw(pickers()))
    second = replace(variable, codes=draw(pickers(first.codes)))
    old = replace(base, variables=(first,), version="1.0.0")
    return old, replace(base, variables=(second,), version="2.0.0")


@settings(max_examples=300, deadline=None)
@given(versions())
def test_every_change_of_a_code_is_classified(books: tuple[Codebook, Codebook]) -> None:
    old, new = books
    assert diff(old, old).changes == diff(new, new).changes == ()
    found = [one for one in diff(old, new).changes if one.item is Item.CODE]
    before = {code.id: code for code in old.variables[0].codes}
    after = {code.id: code for code in new.variables[0].codes}
    told_old = {id_ for one in found for id_ in one.old}
    told_new = {id_ for one in found for id_ in one.new}
    mapped = code_map(old, new)["who"]
    for id_ in before.keys() | after.keys():
        if id_ in before and id_ in after:
            carried = replace(
                before[id_], parent=mapped.get(before[id_].parent, before[id_].parent)
            )
            if carried != after[id_]:
                assert id_ in told_new
        elif id_ in before:
            assert id_ in told_old
        else:
            assert id_ in told_new
    for one in found:
        assert one.level is not Level.NONE
        assert set(one.old) <= before.keys()
        assert set(one.new) <= after.keys()
        if one.look_again:
            assert one.level is Level.MAJOR
    for name, now in mapped.items():
        assert name in before
        assert name not in after
        assert now in after
    assert diff(old, new).version_problem == ""


def test_every_field_of_a_code_has_a_level() -> None:
    assert {one.name for one in fields(Code)} == {"id", *FIELD_LEVELS}


# --- history in the file -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("label: Other", "renamed_from: air"), '"air" is still a code here'),
        (("label: Other", "renamed_from: other"), "names the code itself"),
        (("label: Other", "merged_from: [x, army]"), '"army" is still a code here'),
        (("label: Other", "split_from: other"), "split_from names the code itself"),
        (("label: Other", "redefined_in: 1.3.0"), "later than this version, 1.2.3"),
        (("label: Other", 'redefined_in: "soon"'), "three numbers"),
        (("label: Other", "merged_from: [x, x]"), '"x" already went into "other"'),
        (("label: No harm", "renamed_from: context"), '"context" is still a code here'),
    ],
)
def test_a_history_that_cannot_be_is_refused_with_its_line(
    edit: tuple[str, str], said: str
) -> None:
    text = BOOK.replace(*edit)
    with pytest.raises(CodebookErrors) as caught:
        book(text)
    [problem] = caught.value.problems
    assert said in problem.message
    [line] = [number for number, line in enumerate(text.splitlines(), 1) if edit[1] in line]
    assert problem.line == line


def test_an_old_id_goes_into_one_code_only_and_is_not_split_too() -> None:
    text = BOOK.replace("label: Regime", "renamed_from: x").replace(
        "label: Army", "renamed_from: x"
    )
    with pytest.raises(CodebookErrors, match='"x" already went into "regime"'):
        book(text)
    text = BOOK.replace("label: Regime", "renamed_from: x").replace("label: Army", "split_from: x")
    with pytest.raises(CodebookErrors, match='"x" went into "regime" as a whole'):
        book(text)
    both = BOOK.replace("label: Regime", "split_from: x").replace("label: Army", "split_from: x")
    assert book(both).variable("who").code("army").split_from == "x"


def test_a_major_number_for_lesser_changes_raises_a_question() -> None:
    worded = BOOK.replace("question: Who?", "question: Who is it?")
    asked = diff(book(), book(worded, "2.0.0"))
    assert "redefined_in: 2.0.0" in asked.question
    assert asked.as_json()["question"] == asked.question
    assert diff(book(), book(worded)).question == ""
    removed = BOOK.replace("      - {id: other, label: Other}\n", "")
    assert diff(book(), book(removed, "2.0.0")).question == ""
