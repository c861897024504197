"""The examples of docs/agreement.md run as printed, and its tables name every field and reason."""

import doctest
from dataclasses import fields
from pathlib import Path

from annotator.agreement import (
    MATCH_NAMES,
    NAMES,
    SPAN_NAMES,
    CodeEstimate,
    CoderEstimate,
    Estimate,
    Level,
    PairEstimate,
    SpanCode,
    SpanEstimate,
    SpanMatch,
    StratumEstimates,
    WeightName,
)

PAGE = Path(__file__).parents[2] / "docs" / "agreement.md"


def test_the_examples_print_what_the_page_says() -> None:
    text = PAGE.read_text(encoding="utf-8").replace("```python\n", "\n").replace("```\n", "\n")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 5
    outcome = doctest.DocTestRunner(verbose=False).run(examples)
    assert outcome.failed == 0


def test_the_page_names_every_field_level_and_coefficient() -> None:
    text = PAGE.read_text(encoding="utf-8")
    names = [field.name for field in fields(Estimate)]
    names += [field.name for field in fields(CodeEstimate) if field.name != "code"]
    for kind in (
        CoderEstimate,
        PairEstimate,
        StratumEstimates,
        SpanCode,
        SpanEstimate,
        SpanMatch,
    ):
        names += [field.name for field in fields(kind)]
    names += [*NAMES, *Level, *WeightName, *SPAN_NAMES, *MATCH_NAMES]
    assert [name for name in names if f"`{name}`" not in text] == []
