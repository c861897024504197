"""`annotator codebook test`: hold the worked examples of a codebook against it."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, say
from annotator.errors import AnnotatorError, WorkProblem

if TYPE_CHECKING:
    from annotator.coding.worked import Result

TEST_EXAMPLES = (
    "annotator codebook test claims",
    "annotator codebook test my-codebook.yaml my-examples.yaml --json",
)


def worked_examples(
    codebook: Annotated[
        str,
        typer.Argument(
            metavar="CODEBOOK",
            help="A YAML file, or the name of one that comes with annotator.",
            show_default=False,
        ),
    ],
    examples: Annotated[
        str,
        typer.Argument(
            metavar="EXAMPLES",
            help="A YAML file of worked examples; left out, the one beside the codebook, "
            "NAME_examples.yaml.",
            show_default=False,
        ),
    ] = "",
    as_json: options.Json = False,
) -> None:
    """Check worked examples: is each coding valid, and do exactly the right checks fire.

    Ends with exit code 1 if any example differs, 2 if a file cannot be used.
    """
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook
    from annotator.coding.worked import read_examples, run_examples

    path = find_codebook(codebook)
    book = read_codebook(path)
    beside = Path(examples) if examples else _beside(path)
    results = run_examples(read_examples(beside), book)
    failed = sum(not result.passed for result in results)
    if as_json:
        print_json(
            {
                "codebook": book.id,
                "version": book.version,
                "examples": [_row(result) for result in results],
                "passed": len(results) - failed,
                "failed": failed,
            }
        )
    else:
        for result in results:
            for difference in _differences(result):
                say(f"{beside}:{result.example.line}: {result.example.id}: {difference}")
        if not failed:
            held = many(len(results), "example")
            say(f"{book.id} {book.version}: {held} in {beside}, all as expected.")
    if failed:
        raise WorkProblem(
            f"{failed} of {many(len(results), 'example')} in {beside} differ from what they say;"
            " mend the example or the codebook."
        )


def _beside(path: Path) -> Path:
    from annotator.codebook.shipped import examples_beside

    beside = examples_beside(path)
    if not beside.is_file():
        raise AnnotatorError(
            f"There is no {beside.name} beside {path}; name the file of worked examples."
        )
    return beside


def _row(result: "Result") -> dict[str, object]:
    return {
        "id": result.example.id,
        "valid": result.valid,
        "problems": list(result.problems),
        "expected": list(result.example.expect),
        "fired": list(result.fired),
        "missing": list(result.missing),
        "unexpected": list(result.unexpected),
    }


def _differences(result: "Result") -> Iterator[str]:
    for problem in result.problems:
        yield f"the coding is not valid: {problem}"
    for check in result.missing:
        yield f"{check} must fire and does not"
    for check in result.unexpected:
        yield f"{check} fires and must not"
