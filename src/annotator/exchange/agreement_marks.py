"""The pieces that a report on agreement is made of: headings, tables, and intervals as SVG."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from annotator.agreement.estimate import RELIABLE, TENTATIVE
from annotator.corpus.visible import visible
from annotator.work.figure_words import interval, number

_WIDTH, _HEIGHT, _MARGIN = 240, 22, 6
_LOWEST = -0.2
"""The left end of the axis; what lies below is drawn there."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #ffffff; --line: #c9ced6;
  --quiet: #5b6470; --mark: #1f5fa8; --limit: #b4532a; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --paper: #14171b; --line: #3a414b;
  --quiet: #9aa4b1; --mark: #7fb2f0; --limit: #f0a070; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 15px/1.45 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .4rem; } p { max-width: 48rem; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .2rem .6rem; text-align: right; border-bottom: 1px solid var(--line); }
th { font-weight: 600; } thead th { color: var(--quiet); vertical-align: bottom; }
th:first-child, tbody th { text-align: left; font-weight: 400; max-width: 18rem; }
td.plot { padding: 0 .6rem; } svg { display: block; width: 240px; height: 22px; }
.axis { stroke: var(--line); } .limit { stroke: var(--limit); stroke-dasharray: 3 2; }
.span { stroke: var(--mark); stroke-width: 2; } .point { fill: var(--mark); }
text { fill: var(--quiet); font: 10px system-ui, sans-serif; text-anchor: middle; }
.confusion td { text-align: center; min-width: 2.6rem; } .confusion .same { font-weight: 700; }
@media print { :root { --ink: #000; --paper: #fff; --line: #999; --quiet: #333; --mark: #000;
  --limit: #555; } main { max-width: none; padding: 0; } tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; } .wide { overflow: visible; } body { font-size: 10pt; } }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a forest plot: its cells, then the value and its interval to be drawn."""

    cells: tuple[str, ...]
    value: float | None
    ci_low: float | None
    ci_high: float | None


def safe(text: str) -> str:
    """Text as HTML: escaped, with what cannot be seen spelled out."""
    return escape(visible(text))


def heading(rank: int, text: str) -> str:
    """A heading."""
    return f"<h{rank}>{_isolated(text)}</h{rank}>"


def paragraph(text: str) -> str:
    """A paragraph."""
    return f"<p>{_isolated(text)}</p>"


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the first cell of a row says what it is about."""
    return _table(columns, "".join(f"<tr>{_cells(row)}</tr>\n" for row in rows))


def forest(columns: Sequence[str], bars: Sequence[Bar]) -> str:
    """A table with each row's interval drawn beside it, against the thresholds of alpha.

    Args:
        columns: The headings of the cells.
        bars: The rows.
    """
    rows = [f'<tr>{_cells(one.cells)}<td class="plot">{_drawn(one)}</td></tr>\n' for one in bars]
    rows.append(
        f'<tr><th scope="row"></th>{"<td></td>" * (len(columns) - 1)}'
        f'<td class="plot">{_AXIS}</td></tr>\n'
    )
    return _table((*columns, ""), "".join(rows))


def matrix(names: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]]) -> str:
    """A square table of cells made by `shaded`.

    Args:
        names: The headings of its columns.
        rows: What each row is about, and its cells.
    """
    body = "".join(
        f'<tr><th scope="row">{_isolated(name)}</th>{"".join(cells)}</tr>\n' for name, cells in rows
    )
    return _table(("", *names), body, "confusion")


def shaded(count: int, share: float, *, same: bool) -> str:
    """A cell of a confusion matrix, the darker the larger its share of the largest."""
    name = ' class="same"' if same else ""
    return f'<td{name} style="background: rgba(80, 130, 200, {0.6 * share:.2f})">{count}</td>'


def _table(columns: Sequence[str], rows: str, kind: str = "figures") -> str:
    head = "".join(f'<th scope="col">{_isolated(name)}</th>' for name in columns)
    return (
        f'<div class="wide"><table class="{kind}">\n<thead><tr>{head}</tr></thead>\n'
        f"<tbody>\n{rows}</tbody>\n</table></div>"
    )


def _cells(row: Sequence[str]) -> str:
    first, *rest = row
    return f'<th scope="row">{_isolated(first)}</th>' + "".join(
        f"<td>{_isolated(one)}</td>" for one in rest
    )


def _isolated(text: str) -> str:
    """Text whose direction does not reach beyond it: names and labels may be in any script."""
    return f"<bdi>{safe(text)}</bdi>"


def _x(value: float) -> float:
    share = (max(value, _LOWEST) - _LOWEST) / (1 - _LOWEST)
    return round(_MARGIN + share * (_WIDTH - 2 * _MARGIN), 1)


def _svg(inside: str, title: str) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}">'
        f"{inside}</svg>"
    )


def _upright(value: float, name: str) -> str:
    return f'<line class="{name}" x1="{_x(value)}" x2="{_x(value)}" y1="0" y2="{_HEIGHT}"/>'


def _drawn(one: Bar) -> str:
    middle = _HEIGHT / 2
    parts = [_upright(0, "axis"), _upright(TENTATIVE, "limit"), _upright(RELIABLE, "limit")]
    if one.ci_low is not None and one.ci_high is not None:
        parts.append(
            f'<line class="span" x1="{_x(one.ci_low)}" x2="{_x(one.ci_high)}" '
            f'y1="{middle}" y2="{middle}"/>'
        )
    if one.value is not None:
        parts.append(f'<circle class="point" cx="{_x(one.value)}" cy="{middle}" r="4"/>')
    return _svg("".join(parts), f"{number(one.value)}, interval {interval(one)}")


_AXIS = _svg(
    "".join(
        f'<text x="{_x(value)}" y="13">{name}</text>'
        for value, name in ((0, "0"), (0.3, ".3"), (TENTATIVE, ".667"), (0.82, ".800"), (0.98, "1"))
    ),
    "axis from 0 to 1 with the thresholds .667 and .800",
)
