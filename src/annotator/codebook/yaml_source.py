"""YAML text as a tree of nodes that know their line and column, from untrusted files.

Only the plain part of YAML is read: mappings, lists and scalars in one document. Anchors, aliases,
merge keys, tags, directives and deep nesting are refused at the first event that shows them,
before anything is built from them, so a hostile file costs no more than its own length
(at most `MOST_BYTES`). What a scalar means is left to the reader of each field.
"""

import re
from dataclasses import dataclass, field
from typing import TypeAlias

import yaml

from annotator.codebook.problems import CodebookErrors, Problems, quote

MOST_BYTES = 1_000_000
"""The longest file that is read, in bytes of UTF-8."""

MOST_NODES = 50_000
"""The most values (scalars, lists, mappings and names) a file may hold."""

DEEPEST = 20
"""How deep lists and mappings may lie inside each other."""

# The C parser is an order of magnitude faster. The one in Python, for a PyYAML built without it,
# wants quotes in a few more places, such as around text in brackets that ends with a question mark.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Line separators other than LF and CR are refused too: editors do not count them as lines, so
# every line number after one would be wrong.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


@dataclass(slots=True)
class Scalar:
    """A single value as written; `plain` when it stands without quotes."""

    value: str
    plain: bool
    line: int
    column: int


@dataclass(slots=True)
class Items:
    """A list."""

    line: int
    column: int
    nodes: "list[Node]" = field(default_factory=list)


@dataclass(slots=True)
class Mapping:
    """A mapping of names to values, in the order of the file; no name stands twice."""

    line: int
    column: int
    entries: "list[tuple[Scalar, Node]]" = field(default_factory=list)


Node: TypeAlias = Scalar | Items | Mapping


class _Builder:
    """Puts nodes where they belong, without recursion."""

    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.root: Node | None = None
        self._open: list[Items | Mapping] = []
        self._names: list[dict[str, int]] = []
        self._waiting: list[Scalar | None] = []
        self._count = 0

    def add(self, node: Node) -> None:
        self._count += 1
        if self._count > MOST_NODES:
            raise self.problems.fatal(
                node.line,
                node.column,
                f"the file holds more than {MOST_NODES} values",
                "split it into several files",
            )
        if not self._open:
            self.root = node
        else:
            parent = self._open[-1]
            if isinstance(parent, Items):
                parent.nodes.append(node)
            else:
                self._add_to_mapping(parent, node)
        if not isinstance(node, Scalar):
            self._enter(node)

    def close(self) -> None:
        self._open.pop()
        self._names.pop()
        self._waiting.pop()

    def _enter(self, node: Items | Mapping) -> None:
        if len(self._open) >= DEEPEST:
            raise self.problems.fatal(
                node.line,
                node.column,
                f"lists and mappings are nested more than {DEEPEST} deep",
                "check the indentation and the brackets",
            )
        self._open.append(node)
        self._names.append({})
        self._waiting.append(None)

    def _add_to_mapping(self, parent: Mapping, node: Node) -> None:
        name = self._waiting[-1]
        if name is not None:
            self._waiting[-1] = None
            first = self._names[-1].get(name.value)
            if first is None:
                self._names[-1][name.value] = name.line
                parent.entries.append((name, node))
            else:
                self.problems.add(
                    name,
                    f"{quote(name.value)} stands twice in the same mapping, first in line {first}",
                    "keep one of them",
                )
            return
        if not isinstance(node, Scalar):
            raise self.problems.fatal(
                node.line,
                node.column,
                "a list or a mapping stands where a name is expected",
                "put text with curly or square brackets at its start in quotes",
            )
        if node.plain and node.value == "<<":
            raise self.problems.fatal(
                node.line,
                node.column,
                "merge keys (<<) are not allowed",
                "write the fields out in full",
            )
        self._waiting[-1] = node


def compose(text: str, problems: Problems) -> Node:
    """Read YAML text into nodes.

    Args:
        text: The whole file.
        problems: Where names that stand twice are noted; reading goes on after them.

    Returns:
        The root node of the only document.

    Raises:
        CodebookErrors: The text is empty, too long, too deep, no YAML, or uses a part of YAML
            that these files do not have.
    """
    _refuse_characters(text, problems)
    builder = _Builder(problems)
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            mark = event.start_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            if isinstance(event, yaml.NodeEvent):
                _refuse_references(event, line, column, problems)
            if isinstance(event, yaml.ScalarEvent):
                scalar = Scalar(event.value, not event.style, line, column)
                _refuse_escapes(scalar, problems)
                builder.add(scalar)
            elif isinstance(event, yaml.SequenceStartEvent):
                builder.add(Items(line, column))
            elif isinstance(event, yaml.MappingStartEvent):
                builder.add(Mapping(line, column))
            elif isinstance(event, yaml.CollectionEndEvent):
                builder.close()
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                _refuse_document(event, documents, line, column, problems)
    except yaml.YAMLError as error:
        raise _no_yaml(error, problems) from error
    root = builder.root
    if root is None or (isinstance(root, Scalar) and root.plain and not root.value):
        raise problems.fatal(
            1, 1, "the file is empty", "`annotator codebook new ID` writes a codebook to start from"
        )
    return root


def _refuse_characters(text: str, problems: Problems) -> None:
    if len(text) > MOST_BYTES or len(text.encode("utf-8", "surrogatepass")) > MOST_BYTES:
        raise problems.fatal(
            1,
            1,
            f"the file is longer than {MOST_BYTES:,} bytes",
            "a file this long is likely of another kind",
        )
    if found := _CONTROL.search(text):
        before = text[: found.start()].replace("\r\n", "\n").replace("\r", "\n")
        raise problems.fatal(
            before.count("\n") + 1,
            len(before) - before.rfind("\n"),
            f"control character U+{ord(found[0]):04X}",
            "delete it; most editors show it when asked to show invisible characters",
        )


def _refuse_escapes(scalar: Scalar, problems: Problems) -> None:
    if not scalar.plain and (found := _CONTROL.search(scalar.value)):
        raise problems.fatal(
            scalar.line,
            scalar.column,
            f"the text in quotes holds the control character U+{ord(found[0]):04X}",
            "delete the escape that stands for it",
        )


def _refuse_references(event: yaml.NodeEvent, line: int, column: int, problems: Problems) -> None:
    if isinstance(event, yaml.AliasEvent):
        raise problems.fatal(
            line,
            column,
            "aliases (*name) are not allowed",
            "write the value out, or put text that begins with * in quotes",
        )
    if event.anchor is not None:
        raise problems.fatal(
            line,
            column,
            "anchors (&name) are not allowed",
            "leave it out, or put text that begins with & in quotes",
        )
    if getattr(event, "tag", None) is not None:
        raise problems.fatal(
            line,
            column,
            "tags (!name) are not allowed",
            "leave it out, or put text that begins with ! in quotes",
        )


def _refuse_document(
    event: yaml.DocumentStartEvent, documents: int, line: int, column: int, problems: Problems
) -> None:
    if documents > 1:
        raise problems.fatal(
            line,
            column,
            "a second document begins here",
            "keep one document in a file and delete the line ---",
        )
    if event.version or event.tags:
        raise problems.fatal(line, column, "directives (%) are not allowed", "delete the line")


_LIKELY_CAUSES = (
    ("mapping values are not allowed", "put text that holds a colon in quotes"),
    (
        "cannot start any token",
        "indent with spaces, not tabs; put text that begins with a sign"
        " such as @ ` % or a tab in quotes",
    ),
    (
        "expected ':'",
        "a name needs a colon and a space after it, and the value of the line before"
        " may lack a closing quote",
    ),
    (
        "expected <block end>",
        "the indentation does not fit the lines above, or text after a"
        " closing quote belongs inside it",
    ),
    (
        "block end",
        "the indentation does not fit the lines above, or text after a closing quote"
        " belongs inside it",
    ),
    ("unexpected end of stream", "a quote that is opened is never closed"),
    (
        "expected ',' or",
        "a bracket is not closed, a comma is missing, or text that holds ? or : needs quotes",
    ),
    ("escape", "write a backslash twice, or use single quotes"),
)


def _no_yaml(error: yaml.YAMLError, problems: Problems) -> CodebookErrors:
    """What the parser found, in a sentence of ours with the likely cause."""
    if not isinstance(error, yaml.MarkedYAMLError):
        return problems.fatal(1, 1, "the file cannot be read as YAML", "save it as plain UTF-8")
    mark = error.problem_mark or error.context_mark
    said = error.problem or "the structure is broken"
    hint = next((hint for words, hint in _LIKELY_CAUSES if words in said), "")
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return problems.fatal(line, column, f"not YAML here: {said}", hint)
