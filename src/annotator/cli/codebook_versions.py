"""`annotator codebook diff` and `adopt`: what changed between versions, and moving on to one."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.codebook_files import codebook_named
from annotator.cli.output import many, print_json, print_table, say, shortened
from annotator.cli.person import person
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError, WorkProblem

if TYPE_CHECKING:
    from annotator.codebook.changes import CodebookDiff
    from annotator.codebook.model import Codebook
    from annotator.work.adoption import Adoption

DIFF_EXAMPLES = (
    "annotator codebook diff old.yaml new.yaml",
    "annotator codebook diff my-codebook.yaml --project killings.db",
)
ADOPT_EXAMPLES = (
    "annotator codebook adopt my-codebook.yaml --dry-run",
    "annotator codebook adopt my-codebook.yaml",
    "annotator codebook adopt my-codebook.yaml --recode again",
)
_MOST_NAMED = 10
_MOST_VERSIONS = 2


def diff(
    versions: Annotated[
        list[str],
        typer.Argument(
            metavar="VERSIONS",
            help="OLD NEW: YAML files, or names of codebooks that come with annotator; or NEW "
            "alone, and the earlier version is the project's codebook.",
            show_default=False,
        ),
    ],
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Name every change between two versions of a codebook, each patch, minor or major.

    Ends with exit code 1 if the number of the new version is too low for what changed.
    """
    if len(versions) > _MOST_VERSIONS:
        raise AnnotatorError(
            f"Two versions are compared, and {len(versions)} are named; name one or two."
        )
    from annotator.codebook.versions import diff as differences

    *given, new = [codebook_named(one) for one in versions]
    if given:
        old = given[0]
    else:
        with opened(project, read_only=True) as source:
            old = source.codebook()
        _refuse_another(new, old, project)
    found = differences(old, new)
    if as_json:
        print_json(found.as_json())
    else:
        _print_changes(found)
    if found.version_problem:
        raise WorkProblem(found.version_problem)


def _refuse_another(new: "Codebook", old: "Codebook", project: str) -> None:
    if new.id != old.id:
        raise AnnotatorError(
            f"{new.id} is another codebook than {old.id}, which {project} has; name two files to "
            "compare codebooks of different ids."
        )


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
    dry_run: options.DryRun = False,
    as_json: options.Json = False,
) -> None:
    """Make a codebook the one that new rounds of a project use; open rounds keep theirs.

    Every coding keeps the version it was made under. A version whose number is too low for what
    changed is refused.
    """
    name = None if recode is None else person(recode, "--recode")
    book = codebook_named(codebook)
    with opened(project, read_only=dry_run) as target:
        from annotator.store.corpus import reports
        from annotator.work.adoption import adopt as adopted

        done = adopted(target, book, actor=by, recode=name, another=another, dry_run=dry_run)
        titles = {row.key: row.title for row in reports(target, training=True)}
    if as_json:
        print_json(done.as_json())
        return
    if done.diff is not None and done.diff.changes:
        _print_changes(done.diff, [count for _, count in done.used])
    if not done.adopted:
        say(f"{target.location}: this is the project's codebook already.")
    elif done.done:
        say(f"{target.location}: new rounds use {book.id} {book.version} from now on.")
    else:
        say(f"{target.location}: new rounds would use {book.id} {book.version} from then on.")
    _say_look_again(done, name, titles)
    if dry_run:
        say("Nothing was changed.")


def _say_look_again(done: "Adoption", name: str | None, titles: Mapping[str, str]) -> None:
    if not done.look_again:
        if name is not None:
            opened_not = "was not" if done.done else "would not be"
            say(f"No coding must be looked at again, so the round {name} {opened_not} opened.")
        return
    passages = many(len(done.look_again), "passage")
    print_table(
        ("Report", "Passage", "Why"),
        [
            (shortened(titles[one.report_key]), str(one.number), "; ".join(one.reasons))
            for one in done.look_again[:_MOST_NAMED]
        ],
        title=f"{passages} with codings to look at again",
        numbers=("Passage",),
    )
    if len(done.look_again) > _MOST_NAMED:
        say(f"… and {len(done.look_again) - _MOST_NAMED} more; --json names them all.")
    if done.recode is None:
        say("A round of just these opens with: annotator codebook adopt … --recode NAME")
    elif done.done:
        say(
            f"Round {done.recode} is open with just these. Next: annotator code --coder NAME "
            f"--round {done.recode}"
        )
    else:
        say(f"Round {done.recode} would be opened with just these.")
