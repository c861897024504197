"""`annotator status`: how far the coding of a project is."""

from typing import TYPE_CHECKING, Any

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say, shortened
from annotator.cli.projects import opened

if TYPE_CHECKING:
    from annotator.store.attention import MarkedPassage

EXAMPLES = ("annotator status", "annotator status --json")


def status(
    project: options.Project = options.DEFAULT_PROJECT, as_json: options.Json = False
) -> None:
    """Show what a project holds, how far each coder is in each round, and what asks for a lead.

    Passages that coders flagged for the lead, or skipped, are listed with the coders' reasons.
    """
    from annotator.store.assignments import counters
    from annotator.store.attention import marked_passages
    from annotator.store.corpus import reports
    from annotator.store.rounds import rounds

    # Opened for writing, because this is how a project of an earlier version is brought up to date.
    with opened(project) as source:
        book = source.codebook()
        there = reports(source)
        passages = sum(report.passages for report in there)
        progress = [
            (row, counters(source, row.id), marked_passages(source, row.id))
            for row in rounds(source)
        ]
    if as_json:
        print_json(
            {
                "project": source.name,
                "codebook": {"codebook": book.id, "version": book.version, "sha256": book.sha256},
                "reports": len(there),
                "passages": passages,
                "rounds": [
                    {
                        "round": row.name,
                        "state": row.state,
                        "coders": [
                            {
                                "coder": one.coder,
                                "assigned": one.assigned,
                                "done": one.done,
                                "skipped": one.skipped,
                            }
                            for one in coders
                        ],
                        "marked": [_as_json(one) for one in marked],
                    }
                    for row, coders, marked in progress
                ],
            }
        )
        return
    say(f"Project {source.name} ({source.location})")
    say(f"Codebook {book.id} {book.version}: {book.title}")
    say(f"{many(len(there), 'report')}, {many(passages, 'passage')}")
    if not progress:
        say("No round is open yet; the first coder opens one: annotator code --coder NAME")
    rows = [
        (row.name, row.state, one.coder, str(one.done), str(one.open), str(one.skipped))
        for row, coders, _ in progress
        for one in coders
    ]
    if rows:
        numbers = ("Done", "Open", "Skipped")
        print_table(("Round", "State", "Coder", *numbers), rows, numbers=numbers)
    asking = [(row.name, *_cells(one)) for row, _, marked in progress for one in marked]
    if asking:
        print_table(
            ("Round", "Report", "Passage", "Coder", "Flagged", "Skipped"),
            asking,
            title="Flagged for the lead, or skipped:",
            numbers=("Passage",),
        )


def _as_json(one: "MarkedPassage") -> dict[str, Any]:
    return {
        "report": one.report_key,
        "passage": one.number,
        "coder": one.coder,
        "done": one.done,
        "flagged": one.flagged,
        "skipped": one.skipped,
        "skip_note": one.skip_note,
    }


def _cells(one: "MarkedPassage") -> tuple[str, ...]:
    why = one.skipped.words if one.skipped else ""
    said = f"{why}: {one.skip_note}" if one.skip_note else why
    return shortened(one.title), str(one.number), one.coder, "yes" if one.flagged else "", said
