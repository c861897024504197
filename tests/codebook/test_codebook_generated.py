"""Codebooks made by hypothesis: whatever is valid comes back as it was written."""

import json
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.fields import RESERVED_IDS
from annotator.codebook.model import Code, Codebook
from annotator.codebook.reader import parse_codebook
from annotator.codebook.show import show

IDS = st.from_regex(r"[a-z][a-z0-9_]{0,8}", fullmatch=True)
NAMES = IDS.filter(lambda name: name not in RESERVED_IDS)
TEXTS = st.text(string.printable[:95] + "éضقبل–“”", min_size=1, max_size=20).filter(
    lambda text: text == text.strip()
)
KEYS = string.ascii_lowercase + string.digits


@st.composite
def codes(draw: st.DrawFn) -> list[dict[str, object]]:
    ids = draw(st.lists(IDS, min_size=1, max_size=6, unique=True))
    first_key = draw(st.integers(0, len(KEYS) - len(ids)))
    made = []
    for place, code_id in enumerate(ids):
        code: dict[str, object] = {
            "id": code_id,
            "key": KEYS[first_key + place],
            "label": draw(TEXTS),
        }
        if place and draw(st.booleans()):
            code["parent"] = draw(st.sampled_from(ids[:place]))
        for name in draw(st.sets(st.sampled_from(["include", "exclude", "examples"]))):
            code[name] = draw(st.lists(TEXTS, min_size=1, max_size=3))
        made.append(code)
    return made


@st.composite
def codebooks(draw: st.DrawFn) -> dict[str, object]:
    variables = []
    for name in draw(st.lists(NAMES, min_size=1, max_size=4, unique=True)):
        kind = draw(st.sampled_from(["code", "codes", "count", "text", "yes_no", "date"]))
        variable: dict[str, object] = {"id": name, "question": draw(TEXTS), "type": kind}
        if kind.startswith("code"):
            variable["codes"] = draw(codes())
        variables.append(variable)
    return {"codebook": "made", "version": "1.2.3", "title": draw(TEXTS), "variables": variables}


def as_written(code: Code) -> dict[str, object]:
    names = ("id", "key", "label", "parent", "include", "exclude", "examples")
    values = {name: getattr(code, name) for name in names}
    return {
        name: list(value) if isinstance(value, tuple) else value
        for name, value in values.items()
        if value
    }


@settings(max_examples=100, deadline=None)
@given(codebooks())
def test_a_valid_codebook_comes_back_as_it_was_written(written: dict[str, object]) -> None:
    codebook = parse_codebook(json.dumps(written), "f")
    assert codebook.title == written["title"]
    back = []
    for variable in codebook.variables:
        made: dict[str, object] = {
            "id": variable.id,
            "question": variable.question,
            "type": str(variable.type),
        }
        if variable.type.has_codes:
            made["codes"] = [as_written(code) for code in variable.codes]
        back.append(made)
    assert back == written["variables"]


@settings(max_examples=60, deadline=None)
@given(codebooks(), st.integers(20, 120))
def test_showing_keeps_to_the_width_and_leaves_nothing_out(
    written: dict[str, object], width: int
) -> None:
    codebook: Codebook = parse_codebook(json.dumps(written), "f")
    text = show(codebook, width)
    words = set(text.split())
    for variable in codebook.variables:
        assert set(variable.question.split()) <= words
        for code in variable.codes:
            assert any(code.id in word for word in words)
    longest = max(len(word) for word in text.split())
    assert max(map(len, text.splitlines())) <= max(width, 30) + longest
