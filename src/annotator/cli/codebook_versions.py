"""`annotator codebook diff` and `adopt`: what changed between versions, and moving on to one."""

from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say
from annotator.cli.person import person
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

if TYPE_CHECKING:
    from annotator.codebook.changes import CodebookDiff
    from annotator.work.adoption import Adoption

DIFF_EXAMPLES = ("annotator codebook diff old.yaml new.yaml",)
ADOPT_EXAMPLES = (
    "annotator codebook adopt my-codebook.yaml",
    "annotator codebook adopt my-codebook.yaml --recode again",
)
_MOST_NAMED = 10


def diff(
    old: Annotated[
        str,
        typer.Argument(
            metavar="OLD",
            help="The earlier version: a YAML file, or a name that comes with annotator.",
            show_default=False,
        ),
    ],
    new: Annotated[
        str, typer.Argument(metavar="NEW", help="The later version.", show_default=False)
    ],
    as_json: options.Json = False,
) -> None:
    """Name every change between two versions of a codebook, each patch, minor or major.

    Ends with exit code 1 if the number of the new version is too low for what changed.
    """
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook
    from annotator.codebook.versions import diff as differences

    found = differences(read_codebook(find_codebook(old)), read_codebook(find_codebook(new)))
    if as_json:
        print_json(found.as_json())
    else:
        _print_changes(found)
    if found.version_problem:
        raise WorkProblem(found.version_problem)


def _print_changes(found: "CodebookDiff", counts: list[int] | None = None) -> None:
    title = f"{found.new.id} {found.old.version} to {found.new.version}: {found.level.word}"
    if not found.changes:
        say(f"{title}; nothing changed.")
        return
    columns = ["Level", "Change", "Codings to look at again"]
    rows = [
        [one.level.word, one.sentence, "those that use it" if one.look_again else ""]
        for one in found.changes
    ]
    if counts is not None:
        columns.append("Codings")
        rows = [[*row, str(count)] for row, count in zip(rows, counts, strict=True)]
    print_table(columns, rows, title=title, numbers=("Codings",), whole=("Level",))
    if found.question:
        say(found.question)


def adopt(
    codebook: Annotated[
        str,
        typer.Argument(
            metavar="FILE|NAME",
            help="A YAML file, or the name of one that comes with annotator.",
            show_default=False,
        ),
    ],
    recode: Annotated[
        str | None,
        typer.Option(
            metavar="ROUND",
            help="Open a round of this name with just the passages whose codings must be looked "
            "at again.",
            show_default=False,
        ),
    ] = None,
    another: Annotated[
        bool,
        typer.Option(
            "--other-codebook",
            help="Let it be another codebook than the project's, not a version of the same.",
        ),
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
    by: options.By = "lead",
    as_json: options.Json = False,
) -> None:
    """Make a codebook the one that new rounds of a project use; open rounds keep theirs.

    Every coding keeps the version it was made under. A version whose number is too low for what
    changed is refused.
    """
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook

    name = None if recode is None else person(recode, "--recode")
    book = read_codebook(find_codebook(codebook))
    with opened(project) as target:
        from annotator.work.adoption import adopt as adopted

        done = adopted(target, book, actor=by, recode=name, another=another)
    if as_json:
        print_json(done.as_json())
        return
    if done.diff is not None and done.diff.changes:
        _print_changes(done.diff, [count for _, count in done.used])
    if done.adopted:
        say(f"{target.location}: new rounds use {book.id} {book.version} from now on.")
    else:
        say(f"{target.location}: this is the project's codebook already.")
    _say_look_again(done, name)


def _say_look_again(done: "Adoption", name: str | None) -> None:
    if not done.look_again:
        if name is not None:
            say(f"No coding must be looked at again, so the round {name} was not opened.")
        return
    passages = many(len(done.look_again), "passage")
    say(f"{passages} with codings to look at again:")
    for one in done.look_again[:_MOST_NAMED]:
        say(f"  {one.report_key} {one.number}: {'; '.join(one.reasons)}")
    if len(done.look_again) > _MOST_NAMED:
        say(f"  … and {len(done.look_again) - _MOST_NAMED} more; --json names them all.")
    if done.recode is None:
        say("A round of just these opens with: annotator codebook adopt … --recode NAME")
    else:
        say(
            f"Round {done.recode.name} is open with just these. Next: annotator code --coder NAME "
            f"--round {done.recode.name}"
        )
