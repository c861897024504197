"""Names of columns, folders and people that other programs can take."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.exchange import names
from annotator.exchange.names import ColumnNames, folder_name, pseudonyms

ids = st.from_regex(r"[a-z][a-z0-9_]{0,70}", fullmatch=True)


@given(st.lists(ids, max_size=40))
def test_column_names_hold_for_r_stata_and_spss_and_come_once(wanted: list[str]) -> None:
    names = ColumnNames(["report", "coder"])
    taken = [names.take(name) for name in wanted]
    assert len({name.casefold() for name in [*taken, "report", "coder"]}) == len(wanted) + 2
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,31}", name) for name in taken)


def test_a_name_that_fits_stays_and_a_word_of_stata_does_not() -> None:
    names = ColumnNames(["report"])
    assert [names.take(name) for name in ("killed_low", "if", "str8", "report", "report")] == [
        "killed_low",
        "v_if",
        "v_str8",
        "report_2",
        "report_3",
    ]


def test_long_names_with_one_beginning_stay_apart() -> None:
    names = ColumnNames()
    long = [f"perpetrator__international_coalition_{end}" for end in ("air", "ground")]
    first, second = (names.take(name) for name in long)
    assert first != second
    assert first.startswith("perpetrator__")


def test_a_project_name_makes_a_folder_name() -> None:
    assert folder_name("Aleppo / 2016: killings") == "Aleppo-2016-killings"
    assert folder_name("../..") == "project"
    assert folder_name("حلب 2016") == "حلب-2016"


@given(st.sets(st.text(min_size=1), min_size=1, max_size=8))
def test_pseudonyms_are_stable_and_tell_no_order(people: set[str]) -> None:
    found = pseudonyms(people, "project")
    assert found == pseudonyms(sorted(people, reverse=True), "project")
    assert sorted(found) == sorted(people)
    assert len(set(found.values())) == len(people)
    assert all(re.fullmatch("coder_[0-9a-f]{6,}", pseudonym) for pseudonym in found.values())


@given(st.sets(st.text(min_size=1), min_size=2, max_size=8))
def test_a_pseudonym_stays_when_people_join_or_leave(people: set[str]) -> None:
    everyone = pseudonyms(people, "project")
    for name in people:
        assert pseudonyms([name], "project") == {name: everyone[name]}
    assert not set(everyone.values()) & set(pseudonyms(people, "another").values())


def test_two_people_of_the_same_six_digits_get_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "_PSEUDONYM_DIGITS", 1)
    people = [f"person {number}" for number in range(40)]
    found = pseudonyms(people, "project")
    assert len(set(found.values())) == 40
    assert min(map(len, found.values())) < max(map(len, found.values()))
