"""`annotator passages`: list what there is to code."""

from collections.abc import Iterator
from typing import Any

from annotator.cli import options
from annotator.cli.output import print_json, print_table, shortened
from annotator.cli.projects import opened
from annotator.errors import WorkProblem

EXAMPLES = ("annotator passages", "annotator passages --json > passages.json")
_SHOWN = 40


def passages(
    project: options.Project = options.DEFAULT_PROJECT, as_json: options.Json = False
) -> None:
    """List the passages of all reports, with where each stands in its report.

    In JSON each passage has its exact text; start and end count Unicode code points of the
    report's stored text.
    """
    from annotator.exchange.passages import passages_json

    with opened(project, read_only=True) as source:
        found = passages_json(source)
        if as_json:
            print_json(found)
            return
        if not found:
            raise WorkProblem(
                f"{source.location}: there are no passages yet; import reports first: "
                "annotator import FILES."
            )
    tagged = any("tags" in entry for entry in found)
    print_table(
        ("Report", "Passage", "Start", "End", *(["Tags"] if tagged else []), "Begins with"),
        list(_rows(found, tagged=tagged)),
        numbers=("Passage", "Start", "End"),
    )


def _rows(found: list[dict[str, Any]], *, tagged: bool) -> Iterator[tuple[str, ...]]:
    """A row for each passage; a report is named at its first one only."""
    for entry in found:
        title = entry["title"] if entry["passage"] == 1 else ""
        yield (
            shortened(title, _SHOWN),
            str(entry["passage"]),
            str(entry["start"]),
            str(entry["end"]),
            *([", ".join(entry.get("tags", ()))] if tagged else []),
            " ".join(entry["text"][:_SHOWN].split()),
        )
