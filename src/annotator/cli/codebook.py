"""`annotator codebook check`, `show`, `schema` and `new`: codebooks as files."""

import sys
from pathlib import Path
from shutil import get_terminal_size
from typing import Annotated

import typer

from annotator.cli import options
from annotator.cli.codebook_files import codebook_named
from annotator.cli.output import many, say
from annotator.cli.projects import opened
from annotator.errors import AnnotatorError, WorkProblem

CHECK_EXAMPLES = ("annotator codebook check my-codebook.yaml",)
SHOW_EXAMPLES = (
    "annotator codebook show perpetrators",
    "annotator codebook show | less",
    "annotator codebook show claims --html > claims.html",
    "annotator codebook show --yaml --project killings.db > codebook.yaml",
)
SCHEMA_EXAMPLES = ("annotator codebook schema > codebook.schema.json",)
NEW_EXAMPLES = ("annotator codebook new my-codebook --title 'Killings in the north'",)


def check(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="FILES",
            help="Codebooks: YAML files, or names of ones that come with annotator.",
            show_default=False,
        ),
    ],
) -> None:
    """Check codebooks and name every mistake with its file, line and column.

    Ends with exit code 1 if any has a mistake.
    """
    from annotator.codebook.problems import CodebookErrors
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook

    wrong = 0
    for name in files:
        try:
            book = read_codebook(find_codebook(name))
        except CodebookErrors as errors:
            wrong += 1
            for problem in errors.problems:
                say(str(problem))
        else:
            asked = many(len(book.variables), "variable")
            say(f"{name}: {book.id} {book.version} is in order ({asked}).")
    if wrong:
        plural = "codebook has" if wrong == 1 else "codebooks have"
        raise WorkProblem(f"{wrong} {plural} mistakes; mend the lines named above.")


def show(
    codebook: Annotated[
        str,
        typer.Argument(
            metavar="FILE|NAME",
            help="A YAML file, or the name of one that comes with annotator; left out, the "
            "project's codebook.",
            show_default=False,
        ),
    ] = "",
    html: Annotated[
        bool, typer.Option("--html", help="As one HTML page that stands alone and prints well.")
    ] = False,
    markdown: Annotated[bool, typer.Option("--md", help="As a Markdown page.")] = False,
    yaml: Annotated[
        bool,
        typer.Option(
            "--yaml", help="As the YAML it is read from; a project keeps the text it was given."
        ),
    ] = False,
    project: options.Project = options.DEFAULT_PROJECT,
) -> None:
    """Show a codebook with everything a coder can read in it."""
    if html + markdown + yaml > 1:
        raise AnnotatorError("Choose one of --html, --md and --yaml.")
    if codebook:
        book = codebook_named(codebook)
    else:
        with opened(project, read_only=True) as source:
            book = source.codebook()
    if html:
        from annotator.codebook.show_html import show_html

        _write(show_html(book))
    elif markdown:
        from annotator.codebook.show_markdown import show_markdown

        _write(show_markdown(book))
    elif yaml:
        _write(book.source)
    else:
        from annotator.codebook.show import show as shown

        width = min(get_terminal_size((100, 24)).columns, 100)
        say(shown(book, width=width).rstrip("\n"))


def _write(page: str) -> None:
    """Print a page as UTF-8, which a file must be whatever else is set; shown, it is made safe."""
    if sys.stdout.isatty():
        say(page.rstrip("\n"))
        return
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(page)
    else:
        stream.write(page.encode())
        stream.flush()


def schema() -> None:
    """Print the JSON Schema of codebooks, with which editors complete and check them."""
    from annotator.codebook.schema import schema_text

    sys.stdout.write(schema_text())


def new(
    codebook: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="Its id: small letters, digits and -; the file is named ID.yaml.",
            show_default=False,
        ),
    ],
    title: Annotated[
        str, typer.Option(metavar="TITLE", help="Its title; else made from the id.")
    ] = "",
) -> None:
    """Write a small codebook to start from, with notes on what to change."""
    from annotator.codebook.template import new_codebook

    text = new_codebook(codebook, title or codebook.replace("-", " ").capitalize())
    path = Path(f"{codebook}.yaml")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise AnnotatorError(f"{path} is there already; choose another id.") from None
    except OSError as error:
        raise AnnotatorError(
            f"{path} cannot be written ({error.strerror}); choose a folder you may write to."
        ) from None
    say(f"{path} is written. Change it in your editor, then: annotator codebook check {path}")
