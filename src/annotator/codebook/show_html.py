"""A codebook as one HTML page for people: to read on a screen, to print, to send.

The page stands alone: no script, nothing loaded from elsewhere. Every text of the codebook is
escaped, and each stands in an element of its own direction, so Arabic and English do not disturb
each other.
"""

from collections.abc import Iterator
from html import escape

from annotator.codebook.in_words import (
    check_rules,
    code_remarks,
    tree,
    unit_rules,
    variable_rules,
)
from annotator.codebook.model import PASSAGE, Check, Code, Codebook, Unit, Variable

_STYLE = """\
body { font: 16px/1.45 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #111; background: #fff; }
h1 { line-height: 1.2; } h2 { margin-top: 2.5rem; border-bottom: 1px solid #999; }
h3 { margin: 2rem 0 0.3rem; } p { margin: 0.3rem 0; }
.about, .rules, dt, code { color: #555; } code { font-size: 0.9em; }
ul.codes { list-style: none; padding-inline-start: 1.6rem; }
body > section > ul.codes { padding-inline-start: 0; }
li.code { margin: 0.8rem 0; break-inside: avoid-page; }
li.retired > p > .label { text-decoration: line-through; }
kbd { border: 1px solid #777; border-radius: 3px; padding: 0 0.4em; font-size: 0.9em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 0.8rem; margin: 0.2rem 0; }
dd { margin: 0; }
@media print { body { font-size: 10.5pt; max-width: none; margin: 0; } nav { display: none; }
  h2, h3 { break-after: avoid-page; } }
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def show_html(codebook: Codebook) -> str:
    """Everything a coder can read in a codebook, as a whole HTML 5 page.

    Args:
        codebook: The codebook.

    Returns:
        The page, which ends with a line end; to be written as UTF-8.
    """
    return "\n".join(_page(codebook)) + "\n"


def _page(codebook: Codebook) -> Iterator[str]:
    language = f' lang="{escape(codebook.language)}"' if codebook.language else ""
    yield "<!DOCTYPE html>"
    yield f"<html{language}>"
    yield '<head><meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{escape(codebook.title)}</title>"
    yield f"<style>\n{_STYLE}</style></head>"
    yield "<body>"
    yield _text("h1", codebook.title)
    about = f"{codebook.id} {codebook.version}, SHA-256 {codebook.sha256}"
    yield f'<p class="about">{escape(about)}</p>'
    for paragraph in codebook.description.splitlines():
        yield _text("p", paragraph)
    yield from _contents(codebook)
    units = [unit for unit in codebook.units if unit.id != PASSAGE]
    if units:
        yield '<section id="units"><h2>Units</h2>'
        for unit in units:
            yield from _unit(unit)
        yield "</section>"
    yield '<section id="variables"><h2>Questions</h2></section>'
    for number, variable in enumerate(codebook.variables, 1):
        yield from _variable(number, variable)
    if codebook.checks:
        yield '<section id="checks"><h2>Checks</h2>'
        for check in codebook.checks:
            yield from _check(check)
        yield "</section>"
    yield "</body></html>"


def _text(tag: str, text: str, css: str = "") -> str:
    """An element whose text runs in its own direction, line breaks kept."""
    kind = f' class="{css}"' if css else ""
    return f'<{tag}{kind} dir="auto">{"<br>".join(map(escape, text.splitlines()))}</{tag}>'


def _contents(codebook: Codebook) -> Iterator[str]:
    yield "<nav><ol>"
    for variable in codebook.variables:
        target = f"#variable-{escape(variable.id)}"
        yield f'<li><a href="{target}">{_text("bdi", variable.name)}</a></li>'
    yield "</ol></nav>"


def _unit(unit: Unit) -> Iterator[str]:
    yield f"<h3>{_text('bdi', unit.label)} <code>{escape(unit.id)}</code></h3>"
    yield f'<p class="rules">{escape("; ".join(unit_rules(unit)))}</p>'
    if unit.none_reasons:
        yield "<p>Reasons for none:</p>"
        yield from _codes(unit.none_reasons)


def _variable(number: int, variable: Variable) -> Iterator[str]:
    yield f'<section id="variable-{escape(variable.id)}">'
    yield f"<h3>{number}. {_text('bdi', variable.question)}</h3>"
    name = f"{_text('bdi', variable.name)} <code>{escape(variable.id)}</code>"
    yield f'<p class="rules">{name}: {escape("; ".join(variable_rules(variable)))}</p>'
    for paragraph in variable.help.splitlines():
        yield _text("p", paragraph)
    if variable.codes:
        yield from _codes(variable.codes)
    yield "</section>"


def _codes(codes: tuple[Code, ...]) -> Iterator[str]:
    """Codes as lists inside lists, the way they lie in the tree."""
    level = -1
    for depth, code in tree(codes):
        if depth > level:
            yield '<ul class="codes">' * (depth - level)
        else:
            yield "</li>" + "</ul></li>" * (level - depth)
        level = depth
        yield from _code(code)
    yield "</li>" + "</ul></li>" * level + "</ul>"


def _code(code: Code) -> Iterator[str]:
    yield f'<li class="code{" retired" if code.retired else ""}">'
    key = f"<kbd>{escape(code.key)}</kbd> " if code.key else ""
    retired = " (retired)" if code.retired else ""
    name = _text("bdi", code.label, "label")
    yield f"<p>{key}{name} <code>{escape(code.id)}</code>{retired}</p>"
    if code.definition:
        yield _text("p", code.definition)
    remarks = list(code_remarks(code))
    if remarks:
        yield "<dl>"
        for word, text in remarks:
            yield f"<dt>{escape(word)}</dt>{_text('dd', text)}"
        yield "</dl>"


def _check(check: Check) -> Iterator[str]:
    kind = f"<code>{escape(check.id)}</code> {escape(check.kind)}"
    yield f"<p>{kind}: {_text('bdi', check.sentence)}</p>"
    if rules := "; ".join(check_rules(check)):
        yield _text("p", rules, "rules")
