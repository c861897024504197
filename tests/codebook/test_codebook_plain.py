"""A codebook comes back from its stored form as it was read from its text."""

from dataclasses import fields
from datetime import date
from pathlib import Path

import pytest

from annotator.codebook.model import Check, Code, Codebook, Unit, Variable
from annotator.codebook.plain import from_json, to_json
from annotator.codebook.reader import parse_codebook

CODEBOOKS = Path(__file__).parents[2] / "codebooks"
DATA = Path(__file__).with_name("data")
BOOKS = [
    *(path for path in sorted(CODEBOOKS.glob("*.yaml")) if not path.stem.endswith("_examples")),
    DATA / "claims.yaml",
]
EVERY_FIELD = """
codebook: every-field
version: 1.0.0
title: Every field
units:
  claim:
    in: passage
    evidence: required
    none: [{id: nothing, label: Nothing, key: n}]
variables:
  - id: how
    question: How?
    type: codes
    unit: claim
    evidence: required
    required: true
    default: [b]
    codes:
      - {id: a, label: A, key: a, definition: d, include: [i], exclude: [e], examples: [x],
         not_examples: [y], aliases: {en: [aa]}, cues: {en: [bb], ar: [قصف]},
         valid_from: 2014-01-01, valid_to: 2016-12-31}
      - {id: b, label: B, key: b, parent: a}
      - {id: c, label: C, retired: true}
  - {id: many, question: How many?, type: number, unit: claim, min: 0, max: 9.5,
     when: {how: [a, b]}}
  - {id: total, question: Total?, type: count, default: {state: not_stated}}
checks:
  - {id: W1, warn: Look again, unit: claim, when: {how: a}, unless: [{many: {state: stated}}]}
  - {id: O1, offer: Implied, unit: claim, when: {how: a}, give: {how: [b]}}
"""


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_every_codebook_comes_back_the_same(path: Path) -> None:
    book = parse_codebook(path.read_text(encoding="utf-8"), path.name)
    text = to_json(book)
    assert text
    assert from_json(text, book.source, book.sha256) == book


def test_every_field_comes_back_the_same() -> None:
    book = parse_codebook(EVERY_FIELD, "every.yaml")
    again = from_json(to_json(book), book.source, book.sha256)
    assert again == book
    assert again.variable("how").codes[0].valid_to == date(2016, 12, 31)
    assert again.variable("how").codes[0].cues == {"en": ("bb",), "ar": ("قصف",)}


def test_what_would_not_come_back_the_same_has_no_stored_form() -> None:
    odd = Codebook("odd", "1.0.0", "Odd", (Unit("passage"),), (), description=("a", "b"))  # type: ignore[arg-type]
    assert to_json(odd) == ""


def test_a_changed_model_needs_a_new_format() -> None:
    """Raise FORMAT in annotator.store.codebook_readings with this list."""
    shape = {
        kind.__name__: " ".join(field.name for field in fields(kind))
        for kind in (Code, Unit, Variable, Check, Codebook)
    }
    assert shape == {
        "Code": "id label key parent definition include exclude examples not_examples aliases "
        "cues valid_from valid_to retired renamed_from merged_from split_from redefined_in",
        "Unit": "id within label evidence none_reasons",
        "Variable": "id question type unit label help codes required default when evidence "
        "link_to minimum maximum cues candidates",
        "Check": "id kind sentence unit when unless test options give",
        "Codebook": "id version title units variables checks description language source sha256",
    }
