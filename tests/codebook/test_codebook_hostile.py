"""Hostile and broken YAML: refused with a sentence, soon, whatever it holds."""

import contextlib
import subprocess
import sys
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook import yaml_source
from annotator.codebook.problems import CodebookErrors
from annotator.codebook.reader import parse_codebook
from annotator.errors import AnnotatorError

MOST_SECONDS = 5.0
"""Far above what any of these takes; a blow-up takes minutes."""

HEAD = "codebook: a\nversion: 1.0.0\ntitle: T\nvariables:\n"
ONE = HEAD + "- id: v\n  question: Q\n  type: codes\n  codes:\n"

REFUSED = {
    "nested lists": ("[" * 100_000, "nested more than 20 deep"),
    "nested lists on lines": ("[\n" * 100_000, "f:21:1: "),
    "nested dashes": ("- " * 100_000, "nested more than 20 deep"),
    "nested mappings": ("".join(f"{' ' * n}a:\n" for n in range(1200)), "f:21:21: "),
    "mappings as names": ("{" * 100_000, "where a name is expected"),
    "alias": ("a: *b\n", "f:1:4: aliases"),
    "alias bomb": ("a: &a [x]\n" + "b: [*a, *a]\n" * 1000, "f:1:4: anchors"),
    "merge key": ("a:\n  <<: {b: c}\n", "f:2:3: merge keys"),
    "tag": ("a: !!python/object:os.system x\n", "f:1:4: tags"),
    "tag on a list": ("a: !x [b]\n", "f:1:4: tags"),
    "directive": ("%YAML 1.2\n---\na: b\n", "directives"),
    "two documents": ("a: b\n---\nc: d\n", "f:2:1: a second document"),
    "long flat list": ("[" + "a," * 499_990 + "a]", "more than 50000 values"),
    "long flat mapping": ("".join(f"k{n}: 1\n" for n in range(80_000)), "more than 50000 values"),
    "names that stand twice": ("a: 1\n" * 200_000, '"a" stands twice'),
    "too long": ("#" * 1_000_001, "longer than 1,000,000 bytes"),
    "too long in bytes": ("#" + "ا" * 500_000, "longer than 1,000,000 bytes"),
    "long word": ("a" * 1_000_000, "must be fields with values"),
    "long number": ("version: " + "1_" * 450_000, "version"),
    "long base 60": ("title: 1" + ":1" * 450_000, "title must be text"),
    "null character": ("a: b\nc: \0d\n", "f:2:4: control character U+0000"),
    "escape character": ("a: \x1b[2J\n", "f:1:4: control character U+001B"),
    "line separator": ("a: b\u2028c\n", "f:1:5: control character U+2028"),
    "lone surrogate": ("a: \ud800\n", "f:1:4: control character U+D800"),
    "escaped control character": ('a: "\\e[2J"\n', "f:1:4: the text in quotes holds"),
    "tab": ("a:\n\tb: c\n", "spaces, not tabs"),
    "colon in text": ("a: b: c\n", "put text that holds a colon in quotes"),
    "open quote": ('a: "b\n', "f:2:1: not YAML here"),
    "open bracket": ("a: [b\nc: d\n", "not YAML here"),
    "list where fields belong": ("- a\n", "f:1:1: a codebook must be fields"),
    "only a word": ("~", "must be fields"),
    "very many variables": (
        HEAD + "".join(f"- {{id: v{n}, question: q, type: text}}\n" for n in range(4000)),
        "more than 500 variables",
    ),
    "very many codes": (
        ONE + "".join(f"  - {{id: c{n}, parent: c{n - 1}}}\n" for n in range(9000)),
        "more than 5000 codes",
    ),
    "many wrong parents": (
        ONE + "".join(f"  - {{id: c{n}, parent: d{n}}}\n" for n in range(4900)),
        "200 mistakes",
    ),
}


@pytest.fixture(params=["C parser", "Python parser"])
def _parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "Python parser":
        monkeypatch.setattr(yaml_source, "_LOADER", yaml.SafeLoader)


@pytest.mark.usefixtures("_parser")
@pytest.mark.parametrize("name", REFUSED)
def test_hostile_yaml_is_refused_with_a_sentence_and_soon(name: str) -> None:
    text, said = REFUSED[name]
    begun = time.process_time()
    with pytest.raises(CodebookErrors) as caught:
        parse_codebook(text, "f")
    assert time.process_time() - begun < MOST_SECONDS
    assert any(said in str(problem) for problem in caught.value.problems) or (
        said in caught.value.sentence
    )
    assert len(caught.value.sentence) < 600


def test_large_but_honest_codebooks_are_read_soon() -> None:
    codes = "".join(f"  - {{id: c{n}, parent: c{n // 10}}}\n" for n in range(1, 4900))
    text = ONE + "  - {id: c0}\n" + codes
    text += "".join(
        f"- {{id: w{n}, question: q, type: yes_no, when: {{v: [c0, c{n}]}}}}\n" for n in range(400)
    )
    begun = time.process_time()
    assert len(parse_codebook(text, "f").variables) == 401
    assert time.process_time() - begun < MOST_SECONDS


FIELDS = ["codebook", "version", "title", "units", "variables", "question", "type", "codes"]
FIELDS += [
    "required",
    "default",
    "when",
    "evidence",
    "to",
    "min",
    "max",
    "unit",
    "id",
    "in",
    "cues",
]
ANSWERS = ["a", "claim", "passage", "code", "count", "no", "1", "true", "~", "none", "1.0.0"]
ANSWERS += ["2016-03-01", "12+", '"x y"', "state", "not_stated", "en"]

WORDS = st.sampled_from([*FIELDS, *ANSWERS, *"&*!:-[]{},\"'#|>%@?", "<<"])
GLUE = st.sampled_from([" ", ": ", "\n", "\n  ", "\n- ", "\n  - ", ", ", ""])


@settings(max_examples=300, deadline=None)
@given(st.text())
def test_any_text_is_read_or_refused_with_a_sentence(text: str) -> None:
    with contextlib.suppress(AnnotatorError):
        parse_codebook(text, "f")


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(WORDS, GLUE), max_size=60))
def test_any_text_in_the_words_of_codebooks_is_read_or_refused(
    parts: list[tuple[str, str]],
) -> None:
    text = "".join(word + glue for word, glue in parts)
    try:
        parse_codebook(text, "f")
    except CodebookErrors as error:
        problems = error.problems
    else:
        return
    for problem in problems:
        assert 1 <= problem.line <= text.count("\n") + 2
        assert "\n" not in str(problem)


VALUES = st.recursive(
    st.sampled_from(ANSWERS),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]"),
        st.dictionaries(
            st.sampled_from(["id", "a", "state", "in", "en", "codes", "when", "type", "none"]),
            inner,
            max_size=4,
        ).map(lambda items: f"{{{', '.join(f'{k}: {v}' for k, v in items.items())}}}"),
    ),
    max_leaves=8,
)


@settings(max_examples=500, deadline=None)
@given(
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8),
    st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8),
)
def test_any_value_in_any_field_is_read_or_refused(
    top: dict[str, str], variable: dict[str, str]
) -> None:
    lines = [f"{name}: {value}" for name, value in top.items() if name != "variables"]
    fields = ", ".join(f"{name}: {value}" for name, value in variable.items())
    text = "\n".join([*lines, "variables:", f"- {{{fields}}}", "- {id: a, type: yes_no}"])
    with pytest.raises(CodebookErrors):
        parse_codebook(text, "f")


def test_the_codebook_package_loads_no_database_screen_or_number_cruncher() -> None:
    modules = (
        "sqlmodel sqlalchemy pydantic textual typer rich numpy annotator.corpus annotator.store"
    )
    code = (
        "import sys, annotator.codebook.reader, annotator.codebook.schema, annotator.codebook.show,"
        " annotator.codebook.template, annotator.codebook.shipped;"
        f" print(sorted(set({modules.split()!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": ":".join(sys.path)},
    )
    assert done.stdout.strip() == "[]"
