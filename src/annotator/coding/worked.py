"""Worked examples of a codebook: passages with their right coding and the checks that must fire.

A file of examples is YAML and stands beside its codebook as `NAME_examples.yaml`. It is read with
the care of a codebook: every mistake is named at once, with its line.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from annotator.codebook import scalars, yaml_source
from annotator.codebook.fields import LANGUAGE_PATTERN
from annotator.codebook.model import Codebook, VariableType
from annotator.codebook.problems import Problems, likely, one_of, quote
from annotator.codebook.source_file import plain_lines, read_source
from annotator.codebook.yaml_source import Items, Node, Scalar, compose
from annotator.coding.checks import PassageContext, findings
from annotator.coding.complete import Gap, asked, gaps
from annotator.coding.form import FormError, from_form
from annotator.coding.model import Coding, State
from annotator.errors import AnnotatorError

FIELDS = ("codebook", "description", "examples")
"""The fields of a file of examples."""

EXAMPLE_FIELDS = (
    "id",
    "situation",
    "lang",
    "report_date",
    "text",
    "trap",
    "coding",
    "expect",
)
"""The fields of an example."""

_NEEDED = ("id", "text", "coding")
_CHECK_ID = re.compile("[A-Z][A-Z0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Example:
    """A passage and what is right about it.

    Args:
        id: Its id, unique in the file.
        text: The passage.
        coding: Its right coding, as plain data for `annotator.coding.form.from_form`.
        situation: The kind of difficulty, in a word; empty if not said.
        language: Language tag of the passage; empty if not said.
        report_date: The day of the report, for relative dates; None if not said.
        trap: Why it is hard, in a sentence.
        expect: Ids of the checks that must fire on the coding, sorted; no other may.
        line: Where it begins in the file, from 1.
    """

    id: str
    text: str
    coding: Mapping[str, Any] = field(hash=False)
    situation: str = ""
    language: str = ""
    report_date: date | None = None
    trap: str = ""
    expect: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class Examples:
    """The worked examples of one codebook, by the id of that codebook, in the order of the file."""

    codebook: str
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """How one example fared.

    Args:
        example: The example.
        problems: Why its coding is not valid and complete under the codebook; empty if it is.
        fired: Ids of the checks that fired, sorted.
    """

    example: Example
    problems: tuple[str, ...] = ()
    fired: tuple[str, ...] = ()

    @property
    def valid(self) -> bool:
        """Whether the coding is one a coder could have submitted."""
        return not self.problems

    @property
    def missing(self) -> tuple[str, ...]:
        """Checks that must fire and did not."""
        return tuple(check for check in self.example.expect if check not in self.fired)

    @property
    def unexpected(self) -> tuple[str, ...]:
        """Checks that fired and must not."""
        return tuple(check for check in self.fired if check not in self.example.expect)

    @property
    def passed(self) -> bool:
        """Whether everything is as the example says."""
        return self.valid and not self.missing and not self.unexpected


# --- reading -------------------------------------------------------------------------------------


def read_examples(path: Path) -> Examples:
    """Read a file of worked examples.

    Whether the codings fit a codebook is seen by `run_examples`.

    Args:
        path: A YAML file in UTF-8, no longer than a codebook may be.

    Raises:
        CodebookErrors: The file is no file of examples; holds every mistake with its place.
        AnnotatorError: The file cannot be read at all.
    """
    return parse_examples(read_source(path, "a file of examples"), str(path))


def parse_examples(text: str, name: str) -> Examples:
    """Read worked examples from YAML text.

    Args:
        text: The text of the file.
        name: What to call it in messages.

    Raises:
        CodebookErrors: The text is no file of examples; holds every mistake with its place.
    """
    problems = Problems(name)
    root = compose(plain_lines(text), problems)
    nodes = _fields(root, "file of examples", FIELDS, ("codebook", "examples"), problems)
    codebook = ""
    if "codebook" in nodes:
        codebook = scalars.read_codebook_id(nodes["codebook"], "codebook", problems)
    if "description" in nodes:
        scalars.read_text(nodes["description"], "description", problems)
    examples = tuple(_examples(nodes["examples"], problems)) if "examples" in nodes else ()
    if problems:
        raise problems.error()
    return Examples(codebook, examples)


def _fields(
    node: Node, noun: str, known: tuple[str, ...], needed: tuple[str, ...], problems: Problems
) -> dict[str, Node]:
    if not isinstance(node, yaml_source.Mapping):
        shown = ", ".join(f"{name}: …" for name in needed)
        problems.add(node, f"this {noun} must be fields with values", f"write {shown}")
        return {}
    found: dict[str, Node] = {}
    for name, value in node.entries:
        if name.value in known:
            found[name.value] = value
        else:
            hint = likely(name.value, known) or f"it has {one_of(known)}"
            problems.add(name, f"this {noun} has no field {quote(name.value)}", hint)
    for name_needed in needed:
        if name_needed not in found:
            problems.add(node, f'this {noun} has no "{name_needed}"', f"add {name_needed}: …")
    return found


def _examples(node: Node, problems: Problems) -> Iterator[Example]:
    if not isinstance(node, Items) or not node.nodes:
        problems.add(node, "examples must be a list with an example or more", "begin with - id: …")
        return
    first: dict[str, int] = {}
    for item in node.nodes:
        example = _example(item, problems)
        line = first.setdefault(example.id, example.line)
        if example.id and line != example.line:
            problems.add(
                item, f"there is already an example {quote(example.id)}, in line {line}", "rename"
            )
        yield example


def _example(node: Node, problems: Problems) -> Example:
    nodes = _fields(node, "example", EXAMPLE_FIELDS, _NEEDED, problems)

    def line_of(name: str) -> str:
        return scalars.read_line(nodes[name], name, problems) if name in nodes else ""

    language = line_of("lang")
    if language and not re.fullmatch(LANGUAGE_PATTERN, language):
        problems.add(nodes["lang"], f"{quote(language)} is no language tag", "write en or ar")
    day = nodes.get("report_date")
    return Example(
        id=line_of("id"),
        text=_passage(nodes["text"], problems) if "text" in nodes else "",
        coding=_coding(nodes["coding"], problems) if "coding" in nodes else {},
        situation=line_of("situation"),
        language=language,
        report_date=scalars.read_date(day, "report_date", problems) if day else None,
        trap=scalars.read_text(nodes["trap"], "trap", problems) if "trap" in nodes else "",
        expect=_expected(nodes["expect"], problems) if "expect" in nodes else (),
        line=node.line,
    )


def _passage(node: Node, problems: Problems) -> str:
    """The passage to the letter: evidence is looked up in it as it stands."""
    scalars.read_text(node, "text", problems)
    return node.value if isinstance(node, Scalar) else ""


def _expected(node: Node, problems: Problems) -> tuple[str, ...]:
    if not isinstance(node, Items):
        problems.add(node, "expect must be a list of the ids of checks", "write [S1, W3]")
        return ()
    found: set[str] = set()
    for item in node.nodes:
        check = scalars.read_line(item, "a check in expect", problems)
        if check and not _CHECK_ID.fullmatch(check):
            problems.add(item, f"{quote(check)} is no id of a check", "write it as W3")
        found.add(check)
    return tuple(sorted(found))


def _coding(node: Node, problems: Problems) -> dict[str, Any]:
    data = _plain(node, problems)
    if isinstance(data, dict):
        return data
    problems.add(node, "coding must be a mapping of variables and units to their answers")
    return {}


def _plain(node: Node, problems: Problems) -> object:
    """A part of a coding as plain data; the reader of YAML lets nothing nest deep."""
    if isinstance(node, Items):
        return [_plain(item, problems) for item in node.nodes]
    if isinstance(node, yaml_source.Mapping):
        return {name.value: _plain(value, problems) for name, value in node.entries}
    meaning = scalars.other_meaning(node)
    if meaning == "a number":
        return scalars.read_number(node, "a number in a coding", problems)
    if meaning == "true or false" and node.value in ("true", "false"):
        return node.value == "true"
    if meaning == "a date" and scalars.is_day(node.value):
        return node.value
    if meaning:
        problems.add(
            node,
            f"without quotes {quote(node.value)[1:-1] or 'an empty value'} is {meaning}",
            f"write {quote(node.value)} in quotes, or leave the line out",
        )
    return node.value


# --- running -------------------------------------------------------------------------------------


def run_examples(examples: Examples, codebook: Codebook) -> list[Result]:
    """Hold every example against a codebook: is its coding valid, and do the right checks fire.

    Args:
        examples: The examples.
        codebook: The codebook they are for.

    Raises:
        AnnotatorError: They are for another codebook.
    """
    if examples.codebook != codebook.id:
        raise AnnotatorError(
            f"These are examples for the codebook {examples.codebook}, not for {codebook.id};"
            " name the codebook they belong to."
        )
    return [_run(example, codebook) for example in examples.examples]


def _by_default(gap: Gap, codebook: Codebook) -> bool:
    """Whether the codebook answers what is missing, so that an example need not say it."""
    variables = {variable.id: variable for variable in codebook.variables}
    return gap.variable in variables and variables[gap.variable].default is not None


def _run(example: Example, codebook: Codebook) -> Result:
    try:
        coding = from_form(example.coding, codebook, example.text)
    except FormError as error:
        return Result(example, (str(error),))
    known = {check.id for check in codebook.checks}
    strange = [check for check in example.expect if check not in known]
    problems = [f"expect: the codebook has no check {check}" for check in strange]
    problems += [gap.sentence for gap in gaps(coding, codebook) if not _by_default(gap, codebook)]
    problems += _not_asked(coding, codebook)
    problems += _dangling(coding, codebook)
    passage = PassageContext(
        text=example.text,
        start=0,
        report_date=example.report_date,
        language=example.language,
    )
    fired = {finding.check.id for finding in findings(coding, codebook, passage)}
    return Result(example, tuple(problems), tuple(sorted(fired)))


def _not_asked(coding: Coding, codebook: Codebook) -> Iterator[str]:
    """Answers that a coder could not have given, since their question was not asked."""
    for _, record in coding.walk():
        known = {variable.id for variable in asked(coding, codebook, record.id)}
        for name in record.answers.keys() - known:
            yield f"{_name(record.id)}{name} is answered, but not asked here"


def _dangling(coding: Coding, codebook: Codebook) -> Iterator[str]:
    """Links to records that the coding does not have; `J2/r1` is one of another passage."""
    units = {record.id: record.unit for _, record in coding.walk()}
    for _, record in coding.walk():
        for name, answer in record.answers.items():
            variable = codebook.variable(name)
            if variable.type is not VariableType.LINK or answer.state is not State.STATED:
                continue
            for target in answer.value if isinstance(answer.value, tuple) else ():
                if "/" not in target and units.get(target) != variable.link_to:
                    yield f"{_name(record.id)}{name} points to {target}, which is no other record"
                elif target == record.id:
                    yield f"{_name(record.id)}{name} points to the record itself"


def _name(record_id: str) -> str:
    return f"{record_id}: " if record_id else ""
