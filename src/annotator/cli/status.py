"""`annotator status`: how far the coding of a project is."""

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say
from annotator.cli.projects import opened

EXAMPLES = ("annotator status", "annotator status --json")


def status(
    project: options.Project = options.DEFAULT_PROJECT, as_json: options.Json = False
) -> None:
    """Show what a project holds and how far each coder is in each round."""
    from annotator.store.corpus import reports
    from annotator.store.rounds import counters, rounds

    # Opened for writing, because this is how a project of an earlier version is brought up to date.
    with opened(project) as source:
        book = source.codebook()
        there = reports(source)
        passages = sum(report.passages for report in there)
        progress = [(row, counters(source, row.id)) for row in rounds(source)]
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
                            {"coder": one.coder, "assigned": one.assigned, "done": one.done}
                            for one in coders
                        ],
                    }
                    for row, coders in progress
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
        (row.name, row.state, one.coder, str(one.done), str(one.assigned - one.done))
        for row, coders in progress
        for one in coders
    ]
    if rows:
        print_table(("Round", "State", "Coder", "Done", "Open"), rows, numbers=("Done", "Open"))
