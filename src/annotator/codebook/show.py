"""A codebook as plain text for a terminal or a printer."""

from collections.abc import Iterator, Mapping, Sequence
from textwrap import wrap

from annotator.codebook.model import (
    PASSAGE,
    Code,
    Codebook,
    Condition,
    EvidenceRule,
    Unit,
    Variable,
)

_NARROWEST = 30


def show(codebook: Codebook, width: int = 80) -> str:
    """Everything a coder can read in a codebook.

    Args:
        codebook: The codebook.
        width: Longest line in characters; at least 30 is used. A single longer word is not cut.

    Returns:
        Text that ends with a line end. Characters come through as they stand in the codebook, so
        a face must make control characters harmless before it prints them.
    """
    page = _Page(max(width, _NARROWEST))
    page.add(codebook.title)
    language = f", language {codebook.language}" if codebook.language else ""
    page.add(f"{codebook.id} {codebook.version}{language}, SHA-256 {codebook.sha256[:16]}")
    if codebook.description:
        page.gap()
        page.add(codebook.description)
    for unit in codebook.units:
        if unit.id != PASSAGE:
            page.gap()
            _show_unit(page, unit)
    for number, variable in enumerate(codebook.variables, 1):
        page.gap()
        _show_variable(page, number, variable)
    return page.text()


class _Page:
    """Lines of text, wrapped and indented."""

    def __init__(self, width: int) -> None:
        self._width = width
        self._lines: list[str] = []

    def add(self, text: str, indent: int = 0, prefix: str = "") -> None:
        """Add a paragraph; its second and later lines stand under the end of the prefix."""
        # However deep a tree is, a readable part of the line stays for the text.
        indent = min(indent, self._width // 2)
        first = " " * indent + prefix
        hanging = " " * min(len(first), self._width // 2)
        for number, paragraph in enumerate(text.splitlines() or [""]):
            self._lines.extend(
                wrap(
                    paragraph,
                    self._width,
                    initial_indent=hanging if number else first,
                    subsequent_indent=hanging,
                    break_long_words=False,
                    break_on_hyphens=False,
                )
            )

    def gap(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def text(self) -> str:
        """The whole page."""
        return "\n".join(self._lines) + "\n"


def _show_unit(page: _Page, unit: Unit) -> None:
    rule = "" if unit.evidence is EvidenceRule.OPTIONAL else f", evidence {unit.evidence}"
    page.add(f"Unit {unit.id}: {unit.label} (in {unit.within}{rule})")
    if unit.none_reasons:
        page.add("Reasons for none:", indent=2)
        for reason in unit.none_reasons:
            _show_code(page, reason, indent=4)


def _show_variable(page: _Page, number: int, variable: Variable) -> None:
    page.add(variable.question, prefix=f"{number}. ")
    page.add(f"{variable.id} ({variable.name}): {'; '.join(_rules(variable))}", indent=3)
    if variable.help:
        page.add(variable.help, indent=3)
    for depth, code in _tree(variable.codes):
        page.gap()
        _show_code(page, code, indent=3 + 2 * depth)


def _rules(variable: Variable) -> Iterator[str]:
    yield str(variable.type)
    if variable.unit != PASSAGE:
        yield f"asked of each {variable.unit}"
    if variable.link_to:
        yield f"links to {variable.link_to}"
    if variable.minimum is not None:
        yield f"at least {variable.minimum}"
    if variable.maximum is not None:
        yield f"at most {variable.maximum}"
    if variable.required:
        yield "required"
    if variable.default is not None:
        yield f"default {_default(variable.default)}"
    if variable.when is not None:
        yield f"only when {_condition(variable.when)}"
    if variable.evidence is not EvidenceRule.OPTIONAL:
        yield f"evidence {variable.evidence}"


def _default(value: object) -> str:
    if isinstance(value, Mapping):
        return str(value["state"])
    if isinstance(value, list):
        return ", ".join(value) or "none of these"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _condition(condition: Condition) -> str:
    return " and ".join(f"{name} is {' or '.join(values)}" for name, values in condition)


def _tree(codes: Sequence[Code]) -> Iterator[tuple[int, Code]]:
    """The codes with their depth, each followed by those below it, else in the file's order."""
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    pending = [(0, code) for code in reversed(below.get("", []))]
    while pending:
        depth, code = pending.pop()
        yield depth, code
        pending.extend((depth + 1, child) for child in reversed(below.get(code.id, [])))


def _show_code(page: _Page, code: Code, indent: int) -> None:
    key = f"[{code.key}]" if code.key else "[ ]"
    retired = " (retired)" if code.retired else ""
    page.add(f"{code.label} ({code.id}){retired}", indent, prefix=f"{key} ")
    inside = indent + 4
    if code.definition:
        page.add(code.definition, inside)
    for word, texts in (
        ("use for", code.include),
        ("not for", code.exclude),
        ("example", code.examples),
        ("not like", code.not_examples),
    ):
        for text in texts:
            page.add(text, inside, prefix=f"{word}: ")
    for word, words in (("also called", code.aliases), ("cues", code.cues)):
        for language, names in words.items():
            page.add(", ".join(names), inside, prefix=f"{word} ({language}): ")
    if code.valid_from or code.valid_to:
        first = f" from {code.valid_from}" if code.valid_from else ""
        last = f" to {code.valid_to}" if code.valid_to else ""
        page.add(f"for events{first}{last}", inside)
