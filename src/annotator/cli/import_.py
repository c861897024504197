"""`annotator import`: read reports into a project."""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from annotator.cli import options
from annotator.cli.output import console, many, print_json, print_table, say
from annotator.cli.projects import opened

if TYPE_CHECKING:
    from annotator.store.project import Project

EXAMPLES = (
    "annotator import reports/*.txt",
    "annotator import reports/ --encoding cp1256",
    "annotator import table.csv --text-column body --json",
)
_MOST_ROWS = 40
_MOST_HEADINGS = 10


@dataclass(slots=True)
class _Import:
    """What became of one file; `refused` says why it was turned away."""

    file: str
    added: int = 0
    already: int = 0
    passages: int = 0
    stripped: dict[str, int] = field(default_factory=dict)
    headings: list[str] = field(default_factory=list)
    refused: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "reports_added": self.added,
            "reports_already_there": self.already,
            "passages_added": self.passages,
            "stripped": self.stripped,
            "headings": self.headings,
            "refused": self.refused or None,
        }

    @property
    def remark(self) -> str:
        if self.refused:
            return f"refused: {self.refused}"
        return "; ".join(f"{kind}: {count}" for kind, count in self.stripped.items())


def import_reports(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES",
            help="Files (.txt, .md, .csv, .jsonl), folders, or patterns: 'reports/**/*.txt'.",
            show_default=False,
        ),
    ],
    encoding: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help="What files that are not UTF-8 are written in, such as cp1256.",
            show_default=False,
        ),
    ] = None,
    text_column: Annotated[
        str,
        typer.Option(metavar="NAME", help="The column or field of .csv and .jsonl with the text."),
    ] = "text",
    keep_headings: Annotated[
        bool,
        typer.Option(
            "--keep-headings",
            help="Make passages of publisher and headline lines instead of setting them apart.",
        ),
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Read reports and divide them into passages; what is in the project already is left out.

    Each file is taken whole or refused whole, and one that is refused does not stop the others:
    the command then ends with exit code 1.
    """
    from annotator.corpus.files import search_files

    with opened(project) as target:
        done: list[_Import] = []
        found = search_files(files)
        left_out = Counter(path.suffix.lower() for path in found.left_out if not target.owns(path))
        with _progress(found.files) as paths:
            for path in paths:
                done.append(_import_file(target, path, encoding, text_column, keep_headings, by))
    if as_json:
        print_json({"files": [one.as_json() for one in done], "left_out": dict(left_out)})
    else:
        _report(done)
        _tell_left_out(left_out)
    if any(one.refused for one in done):
        raise typer.Exit(1)


def _import_file(
    project: "Project",
    path: Path,
    encoding: str | None,
    text_column: str,
    keep_headings: bool,
    by: str,
) -> _Import:
    from annotator.corpus.readers import read_file
    from annotator.corpus.refused import Refused
    from annotator.store.corpus import import_reports

    found = _Import(str(path))
    if project.owns(path):
        found.refused = "is a file of the project itself; leave it out"
        return found
    try:
        source = read_file(
            path, encoding=encoding, text_column=text_column, headings=not keep_headings
        )
    except Refused as refusal:
        where = "" if refusal.line is None else f"line {refusal.line} "
        found.refused = f"{where}{refusal.reason}"
        return found
    result = import_reports(project, source, source, by)
    found.added, found.already, found.passages = result.added, result.already, result.passages
    for report in source:
        found.headings += [report.text[start:end] for start, end in report.headings]
        for kind, count in report.stripped.items():
            found.stripped[kind] = found.stripped.get(kind, 0) + count
    return found


@contextmanager
def _progress(paths: Sequence[Path]) -> Iterator["Iterator[Path]"]:
    """The paths one by one, with a progress bar on a terminal."""
    if not sys.stderr.isatty() or len(paths) < 2:
        yield iter(paths)
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("Reading"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(stderr=True), transient=True) as bar:
        yield iter(bar.track(paths))


def _report(done: Sequence[_Import]) -> None:
    telling = [one for one in done if one.remark or len(done) <= _MOST_ROWS]
    if telling:
        print_table(
            ("File", "Reports", "Already there", "Passages", "Remarks"),
            [
                (one.file, str(one.added), str(one.already), str(one.passages), one.remark)
                for one in telling
            ],
            numbers=("Reports", "Already there", "Passages"),
        )
    _tell_headings([one for one in done if one.headings and one.added])
    refused = sum(bool(one.refused) for one in done)
    say(
        f"{many(len(done), 'file')} read: "
        f"{many(sum(one.added for one in done), 'report')} with "
        f"{many(sum(one.passages for one in done), 'passage')} added, "
        f"{sum(one.already for one in done)} already there, {many(refused, 'file')} refused."
    )


def _tell_left_out(left_out: Mapping[str, int]) -> None:
    """Name the kinds of files in a folder that were passed over, so that nobody misses them."""
    if left_out:
        number = sum(left_out.values())
        kinds = ", ".join(ending or "no ending" for ending in sorted(left_out))
        what = "of another type" if len(left_out) == 1 else "of other types"
        say(f"left out: {many(number, 'file')} {what} ({kinds})")


def _tell_headings(done: Sequence[_Import]) -> None:
    """Name what was not made a passage, so that a wrong guess is seen before anyone codes."""
    for one in done[:_MOST_HEADINGS]:
        named = ", ".join(f"“{heading}”" for heading in one.headings[:_MOST_HEADINGS])
        more = len(one.headings) - _MOST_HEADINGS
        say(f"{one.file}: set apart as headings: {named}{f' and {more} more' if more > 0 else ''}")
    if len(done) > _MOST_HEADINGS:
        say(f"Headings were set apart in {len(done) - _MOST_HEADINGS} more files; --json has all.")
    if done:
        say("To make passages of headings, import into a new project with --keep-headings.")
