"""`annotator status`: how far the work on a project is, and what waits for a lead."""

from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.collecting import without_collecting
from annotator.cli.output import many, print_json, print_table, say, shortened
from annotator.cli.projects import opened
from annotator.work.figure_words import number

if TYPE_CHECKING:
    from annotator.store.attention import MarkedPassage
    from annotator.work.status import RoundStatus, Status

EXAMPLES = (
    "annotator status",
    "annotator status --round main --agreement",
    "annotator status --json",
)
_MOST_MARKED = 20
_CASES = ("Left to settle", "Settled", "Changed since", "Sent back", "Agreed")


def status(
    round_name: Annotated[
        str | None,
        typer.Option(
            "--round",
            "-r",
            metavar="NAME",
            help="The only round; left out, all of them.",
            show_default=False,
        ),
    ] = None,
    agreement: Annotated[
        bool,
        typer.Option(
            "--agreement",
            help="Also measure agreement, with alarms and what is confused; takes longer.",
        ),
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Show what a project holds, how far each coder is in each round, and what asks for a lead.

    Disagreements are counted by where they stand. Passages that coders flagged for the lead, or
    skipped, are listed with the coders' reasons.
    """
    with without_collecting():
        from annotator.work.status import read_status

        # Opened for writing, because this is how a project of an earlier version is brought up to
        # date.
        with opened(project) as source:
            found = read_status(source, round_name, agreement=agreement)
    if as_json:
        print_json(found.as_json())
        return
    _print_holdings(found)
    _print_progress(found)
    _print_assessed(found)
    _print_marked(found)
    if agreement:
        from annotator.cli.status_agreement import print_agreement

        for one in found.rounds:
            print_agreement(one)
            _print_gold(one)


def _print_holdings(found: "Status") -> None:
    book = found.codebook
    say(f"Project {found.project} ({found.location})")
    say(f"Codebook {book.id} {book.version}: {book.title}")
    say(f"{many(found.n_reports, 'report')}, {many(found.n_passages, 'passage')}")
    if not found.rounds:
        say("No round is open yet; the first coder opens one: annotator code --coder NAME")


def _print_progress(found: "Status") -> None:
    numbers = ("Done", "Open", "Skipped")
    rows = [
        (one.row.name, one.row.state, each.coder, str(each.done), str(each.open), str(each.skipped))
        for one in found.rounds
        for each in one.coders
    ]
    if rows:
        print_table(("Round", "State", "Coder", *numbers), rows, numbers=numbers)
    for one in found.rounds:
        if not one.coders:
            say(f"Round {one.row.name}, {one.row.state}: nobody has begun.")
    differing = [one for one in found.rounds if _differs(one)]
    if differing:
        print_table(
            ("Round", *_CASES),
            [
                (
                    one.row.name,
                    str(one.cases.differing),
                    str(one.cases.settled),
                    str(one.cases.changed),
                    str(one.cases.waiting),
                    str(one.cases.agreed),
                )
                for one in differing
            ],
            title="Passages that two coders or more have coded:",
            numbers=_CASES,
        )


def _differs(one: "RoundStatus") -> bool:
    return bool(one.differing)


def _print_assessed(found: "Status") -> None:
    """Print who passed which training, as it stands on record."""
    rows = [
        (
            one.row.name,
            each.coder,
            "passed" if each.passed else "not passed",
            number(each.body["agreement"]),
            f"{each.at:%Y-%m-%d}",
        )
        for one in found.rounds
        for each in one.assessed
    ]
    if rows:
        columns = ("Round", "Coder", "Result", "Agreement", "On")
        print_table(columns, rows, title="Training:", numbers=("Agreement",))


def _print_gold(one: "RoundStatus") -> None:
    """Print how far each coder meets the gold answers of a round, if it has any."""
    rows = [
        (each.coder, str(each.n_passages), number(each.agreement))
        for each in one.gold
        if each.kind == "all"
    ]
    if rows:
        title = f"Gold, round {one.row.name}: annotator round results {one.row.name}"
        numbers = ("Gold passages", "Agreement")
        print_table(("Coder", *numbers), rows, title=title, numbers=numbers)


def _print_marked(found: "Status") -> None:
    asking = [(one.row.name, *_cells(marked)) for one in found.rounds for marked in one.marked]
    if not asking:
        return
    print_table(
        ("Round", "Report", "Passage", "Coder", "Flagged", "Skipped"),
        asking[:_MOST_MARKED],
        title="Flagged for the lead, or skipped:",
        numbers=("Passage",),
    )
    if len(asking) > _MOST_MARKED:
        say(f"… and {len(asking) - _MOST_MARKED} more; --json has all of them.")


def _cells(one: "MarkedPassage") -> tuple[str, ...]:
    why = one.skipped.words if one.skipped else ""
    said = f"{why}: {one.skip_note}" if one.skip_note else why
    return shortened(one.title), str(one.number), one.coder, "yes" if one.flagged else "", said
