"""`annotator export`: coded data as tables that say what they mean."""

from pathlib import Path
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.output import print_json, print_table, say
from annotator.cli.projects import opened

EXAMPLES = (
    "annotator export",
    "annotator export --to results --with-text --round main",
)


def export(
    to: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Where the folder of the export is made.")
    ] = Path("exports"),
    with_text: Annotated[
        bool, typer.Option("--with-text", help="Include the text of every passage.")
    ] = False,
    with_coder_names: Annotated[
        bool,
        typer.Option("--with-coder-names", help="Include coders' names, not pseudonyms alone."),
    ] = False,
    round_name: options.Round = None,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "analyst",
    as_json: options.Json = False,
) -> None:
    """Write all codings as CSV tables with a description of every column, in a folder of their own.

    The same data give the same bytes; an export is never written over.
    """
    with opened(project) as source:
        from annotator.exchange.export import export_project

        result = export_project(
            source,
            to,
            round_name=round_name,
            actor=by,
            with_text=with_text,
            with_coder_names=with_coder_names,
        )
    if as_json:
        print_json(
            {
                "folder": str(result.folder),
                "files": [{"path": path, "rows": result.rows.get(path)} for path in result.files],
            }
        )
        return
    print_table(
        ("File", "Rows"),
        [(path, str(result.rows.get(path, ""))) for path in result.files],
        numbers=("Rows",),
    )
    say(f"Exported to {result.folder}")
