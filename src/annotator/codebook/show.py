"""A codebook as plain text for a terminal or a printer."""

from textwrap import wrap

from annotator.codebook.in_words import (
    check_rules,
    code_remarks,
    tree,
    unit_rules,
    variable_rules,
)
from annotator.codebook.model import PASSAGE, Check, Code, Codebook, Unit, Variable

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
    if codebook.checks:
        page.gap()
        page.add("Checks")
        for check in codebook.checks:
            _show_check(page, check)
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
    page.add(f"Unit {unit.id}: {unit.label} ({', '.join(unit_rules(unit))})")
    if unit.none_reasons:
        page.add("Reasons for none:", indent=2)
        for reason in unit.none_reasons:
            _show_code(page, reason, indent=4)


def _show_variable(page: _Page, number: int, variable: Variable) -> None:
    page.add(variable.question, prefix=f"{number}. ")
    page.add(f"{variable.id} ({variable.name}): {'; '.join(variable_rules(variable))}", indent=3)
    if variable.help:
        page.add(variable.help, indent=3)
    for depth, code in tree(variable.codes):
        page.gap()
        _show_code(page, code, indent=3 + 2 * depth)


def _show_code(page: _Page, code: Code, indent: int) -> None:
    key = f"[{code.key}]" if code.key else "[ ]"
    retired = " (retired)" if code.retired else ""
    page.add(f"{code.label} ({code.id}){retired}", indent, prefix=f"{key} ")
    inside = indent + 4
    if code.definition:
        page.add(code.definition, inside)
    for word, text in code_remarks(code):
        page.add(text, inside, prefix=f"{word}: ")


def _show_check(page: _Page, check: Check) -> None:
    page.add(check.sentence, 2, prefix=f"{check.id} ({check.kind}): ")
    if rules := "; ".join(check_rules(check)):
        page.add(rules, 6)
