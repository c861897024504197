"""How often what is offered first is what the worked examples say."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import yaml

from annotator.codebook.model import Codebook
from annotator.codebook.reader import read_codebook
from annotator.coding.candidates import CandidateFinder
from annotator.coding.change import says_the_same
from annotator.coding.form import from_form
from annotator.coding.model import Answer, Coding, Record, Value, with_record
from annotator.coding.values import DateValue
from annotator.work.offer_order import first_to_offer
from annotator.work.outline import outline
from projects import ROOT

ASKED = ("kind", "victims", "total", "children", "women", "men", "place", "date", "death_date")
"""The questions of a claim whose answers stand in the passage as words."""


def examples(claims: Codebook) -> Iterator[tuple[Coding, str, date | None]]:
    """The codings of the worked examples that have claims, with their passages and days."""
    source = (ROOT / "codebooks" / "claims_examples.yaml").read_text(encoding="utf-8")
    for example in yaml.safe_load(source)["examples"]:
        form = {**example["coding"], "claim": [_bare(one) for one in _claims(example)]}
        if form["claim"]:
            day = example.get("report_date")
            reported = date.fromisoformat(str(day)) if day else None
            yield from_form(form, claims, example["text"]), example["text"], reported


def _claims(example: dict[str, Any]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = example["coding"].get("claim", [])
    return found


def _bare(claim: dict[str, Any]) -> dict[str, Any]:
    """A claim without its links: they lead to other examples too."""
    links = {"part_of", "updates", "same_as", "contradicts"}
    return {name: value for name, value in claim.items() if name not in links}


def test_what_is_offered_first_is_nearly_always_what_the_examples_say() -> None:
    claims = read_codebook(ROOT / "codebooks" / "claims.yaml")
    finder = CandidateFinder(claims)
    seen: Counter[str] = Counter()
    for coding, text, reported in examples(claims):
        for _, record in coding.walk():
            if record.unit != "claim":
                continue
            for name in ASKED:
                answer = record.answers.get(name)
                value = answer.value if answer is not None else None
                variable = claims.variable(name)
                now = _unanswered(coding, record, name)
                row = next((r for r in outline(now, claims) if r.place == (record.id, name)), None)
                if row is None:
                    continue
                found = finder.find(variable, text, reported)
                first = first_to_offer(found, row, variable, now, text, 0)
                if value is None:
                    seen["offered where nothing is stated"] += first is not None
                elif first is not None:
                    seen["offered"] += 1
                    seen["right"] += _says(found[first].value, value)
    # The cues were written with these passages at hand; others will do a little worse.
    assert seen["offered"] >= 280, seen
    assert seen["right"] / seen["offered"] >= 0.9
    assert seen["offered where nothing is stated"] <= 7


def _unanswered(coding: Coding, record: Record, name: str) -> Coding:
    """A coding whose claim says no more than what happened, and not that if that is asked."""
    kept: dict[str, Answer] = {
        one: answer for one, answer in record.answers.items() if one == "kind" and one != name
    }
    return with_record(coding, replace(record, answers=kept))


def _says(one: Value, other: Value) -> bool:
    """Whether two values say the same; of dates only the days, not whether they are a window."""
    if isinstance(one, DateValue) and isinstance(other, DateValue):
        return (one.start, one.end) == (other.start, other.end)
    return says_the_same(one, other)
