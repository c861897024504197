"""A codebook as a Markdown page (CommonMark) for people: for a repository, a wiki, a report.

Every text of the codebook is escaped, so none of it can become a link, a heading or HTML.
"""

import re
from collections.abc import Iterator

from annotator.codebook.in_words import (
    check_rules,
    code_remarks,
    tree,
    unit_rules,
    variable_rules,
)
from annotator.codebook.model import PASSAGE, Check, Code, Codebook, Unit, Variable

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|!~&$^=])")
_AT_START = re.compile(r"^([-+]|\d{1,9}(?=[.)]))")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|www|mailto)(?=[:.])")


def show_markdown(codebook: Codebook) -> str:
    """Everything a coder can read in a codebook, as a Markdown page.

    Args:
        codebook: The codebook.

    Returns:
        The page, which ends with a line end.
    """
    return "\n".join(_page(codebook)) + "\n"


def escaped(text: str) -> str:
    """Text on one line that Markdown shows as it is, links and HTML included."""
    line = _SPECIAL.sub(r"\\\1", " ".join(text.split()))
    # A digit cannot be escaped, what follows it can.
    line = _AT_START.sub(lambda found: _harmless_start(found[0]), line)
    return _ADDRESS.sub(r"\1<!-- -->", line)


def _harmless_start(start: str) -> str:
    return f"\\{start}" if start in "-+" else f"{start}<!-- -->"


def _page(codebook: Codebook) -> Iterator[str]:
    yield f"# {escaped(codebook.title)}"
    yield ""
    yield f"{escaped(codebook.id)} {codebook.version}, SHA-256 `{codebook.sha256}`"
    for paragraph in codebook.description.splitlines():
        yield ""
        yield escaped(paragraph)
    units = [unit for unit in codebook.units if unit.id != PASSAGE]
    if units:
        yield "\n## Units"
    for unit in units:
        yield from _unit(unit)
    yield "\n## Questions"
    for number, variable in enumerate(codebook.variables, 1):
        yield from _variable(number, variable)
    if codebook.checks:
        yield "\n## Checks\n"
    for check in codebook.checks:
        yield from _check(check)


def _unit(unit: Unit) -> Iterator[str]:
    yield f"\n### {escaped(unit.label)} (`{unit.id}`)"
    yield ""
    yield escaped("; ".join(unit_rules(unit)))
    if unit.none_reasons:
        yield "\nReasons for none:\n"
        yield from _codes(unit.none_reasons)


def _variable(number: int, variable: Variable) -> Iterator[str]:
    yield f"\n### {number}. {escaped(variable.question)}"
    yield ""
    yield f"{escaped(variable.name)} (`{variable.id}`): " + escaped(
        "; ".join(variable_rules(variable))
    )
    if variable.help:
        yield ""
        yield escaped(variable.help)
    if variable.codes:
        yield ""
        yield from _codes(variable.codes)


def _codes(codes: tuple[Code, ...]) -> Iterator[str]:
    for depth, code in tree(codes):
        indent = "  " * depth
        key = f" `[{code.key}]`" if code.key else ""
        retired = " (retired)" if code.retired else ""
        yield f"{indent}- **{escaped(code.label)}** (`{code.id}`){key}{retired}"
        if code.definition:
            yield f"{indent}  {escaped(code.definition)}"
        for word, text in code_remarks(code):
            yield f"{indent}  - {escaped(word)}: {escaped(text)}"


def _check(check: Check) -> Iterator[str]:
    rules = "; ".join(check_rules(check))
    ending = f" ({escaped(rules)})" if rules else ""
    yield f"- **{escaped(check.id)}** {check.kind}: {escaped(check.sentence)}{ending}"
