"""`annotator agreement confusion`: which codes coders give where others give another."""

from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say
from annotator.cli.passage_lines import passage_rows
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.work.confusion import Cell, VariableConfusion

EXAMPLES = (
    "annotator agreement confusion",
    "annotator agreement confusion --variable perpetrator",
    "annotator agreement confusion --variable perpetrator --coders amal,basim",
    "annotator agreement confusion --variable perpetrator --cell regime_air,unknown --json",
)
_MOST_LISTED = 20
_MOST_COLUMNS = 24


def confusion(
    variable: Annotated[
        str | None,
        typer.Option(
            metavar="ID",
            help="This variable, as a table. Left out, the commonest confusions of all variables.",
            show_default=False,
        ),
    ] = None,
    coders: Annotated[
        str | None,
        typer.Option(
            metavar="NAME,NAME",
            help="These two only: rows are the first one's, columns the second one's. Left out, "
            "all pairs of coders together.",
            show_default=False,
        ),
    ] = None,
    cell: Annotated[
        str | None,
        typer.Option(
            metavar="VALUE,VALUE",
            help="The passages where one gave the one and another the other of two values; needs "
            "--variable.",
            show_default=False,
        ),
    ] = None,
    round_name: options.Round = None,
    which: options.Codings = options.Which.FIRST,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Show which values coders give where others give another, and in which passages.

    Claims and other records are aligned first; one that a coder does not have is a value of its
    own. Where values are sets, each code that one coder holds stands against each that the other
    holds instead.
    """
    from annotator.work.confusion import confusion_of

    if cell is not None and variable is None:
        raise AnnotatorError("--cell is about one variable; name it with --variable.")
    with opened(project, read_only=True) as source:
        name, found = confusion_of(source, round_name, variable=variable, which=which.value)
        pair = None if coders is None else _pair(coders, found)
        values = None if cell is None else _values(cell, found[0])
        chosen = None if values is None else found[0].cell(*values, pair)
        rows = [] if chosen is None else passage_rows(source, chosen.places)
    if as_json:
        told = [one.as_json(pair) for one in found]
        if values is not None:
            for one in told:
                one["cells"] = [
                    each for each in one["cells"] if sorted(each["values"]) == sorted(values)
                ]
        print_json({"round": name, "codings": which.value, "variables": told})
        return
    if chosen is not None:
        _print_passages(name, found[0], chosen, rows)
    elif variable is not None:
        _print_matrix(name, found[0], pair)
    else:
        _print_commonest(name, found, pair)


def _pair(coders: str, found: "tuple[VariableConfusion, ...]") -> tuple[str, str]:
    names = [one.strip() for one in coders.split(",")]
    known = found[0].coders if found else ()
    if len(names) != 2 or names[0] == names[1]:
        raise AnnotatorError(f"--coders takes two names with a comma between them, not {coders}.")
    for one in names:
        if one not in known:
            raise AnnotatorError(
                f"{one} has coded nothing that another coder has too; choose from "
                f"{', '.join(known)}."
            )
    return names[0], names[1]


def _values(cell: str, found: "VariableConfusion") -> tuple[str, str]:
    values = [one.strip() for one in cell.split(",")]
    if len(values) != 2:
        raise AnnotatorError(f"--cell takes two values with a comma between them, not {cell}.")
    for one in values:
        if one not in found.values:
            raise AnnotatorError(
                f"Nobody gave {one} as {found.variable}; choose from {', '.join(found.values)}."
            )
    return values[0], values[1]


def _who(pair: tuple[str, str] | None) -> str:
    return "all pairs of coders" if pair is None else f"{pair[0]} in rows, {pair[1]} in columns"


def _print_matrix(
    round_name: str, found: "VariableConfusion", pair: tuple[str, str] | None
) -> None:
    if not found.values:
        say(f"Nobody was asked for {found.name} twice.")
        return
    title = f"{found.name}, round {round_name}: what one coder gave where another gave what"
    title += f" ({_who(pair)})"
    numbered = len(found.values) <= _MOST_COLUMNS
    columns = [str(number) for number in range(1, len(found.values) + 1)] if numbered else []
    rows = [
        (
            f"{number} {value}",
            *((str(times) if times else "·") for times in counts if numbered),
        )
        for number, (value, counts) in enumerate(
            zip(found.values, found.counts(pair), strict=True), 1
        )
    ]
    print_table(("", *columns), rows, title=title, numbers=columns)
    if not numbered:
        say("There are too many values for a table; --json has all of it.")
    _print_commonest(round_name, (found,), pair)


def _print_commonest(
    round_name: str, found: "tuple[VariableConfusion, ...]", pair: tuple[str, str] | None
) -> None:
    cells = [(one, cell) for one in found for cell in one.confused(pair)]
    # Stable, so that among equals the codebook's order of variables decides.
    cells.sort(key=lambda both: -both[1].times)
    if not cells:
        say(f"Round {round_name}: nothing was confused with anything else.")
        return
    print_table(
        ("Variable", "One gave", "Another gave", "Times", "Passages"),
        [
            (one.variable, cell.first, cell.second, str(cell.times), str(len(cell.places)))
            for one, cell in cells[:_MOST_LISTED]
        ],
        title=f"Most confused, round {round_name} ({_who(pair)})",
        numbers=("Times", "Passages"),
    )
    if len(cells) > _MOST_LISTED:
        say(f"… and {len(cells) - _MOST_LISTED} more; --json has all of them.")
    first, cell = cells[0]
    say(
        "The passages of one of them: annotator agreement confusion "
        f'--variable {first.variable} --cell "{cell.first},{cell.second}"'
    )


def _print_passages(
    round_name: str, found: "VariableConfusion", cell: "Cell", rows: list[tuple[str, str, str]]
) -> None:
    if not cell.times:
        say(f"Round {round_name}: nobody gave {cell.first} where another gave {cell.second}.")
        return
    print_table(
        ("Report", "Passage", "Begins"),
        rows,
        title=f"{found.name}: {cell.first} against {cell.second}, {cell.times} times in "
        f"{many(len(cell.places), 'passage')} of round {round_name}",
        numbers=("Passage",),
    )
    codes = set(found.labels)
    if cell.differs and {cell.first, cell.second} <= codes:
        say(
            f"Settle them with: annotator review --lead NAME --variable {found.variable} "
            f"--pair {cell.first},{cell.second}"
        )
