"""The passages of a project for other programs."""

from collections.abc import Iterable
from typing import Any

from annotator.errors import AnnotatorError
from annotator.exchange.report_names import ReportNames
from annotator.store.corpus import iter_passages
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.tags import tags


def passages_json(project: Project) -> list[dict[str, Any]]:
    """Every passage in reading order, as data for JSON (DESIGN §9).

    Each has the `report` (its key, which `codings import` takes back), the report's `title`, its
    own number `passage` in the report from 1, `start` and `end` in code points of the report's
    stored text (`end` exclusive), and its `text`. One that a lead tagged has its `tags` too.
    """
    tagged = tags(project)
    return [
        {
            "report": row.report_key,
            "title": row.title,
            "passage": row.number,
            "start": row.start,
            "end": row.end,
            "text": row.text,
        }
        | ({"tags": list(found)} if (found := tagged.get((row.report_key, row.number))) else {})
        for row in iter_passages(project)
    ]


def named_places(project: Project, names: Iterable[str]) -> list[Place]:
    """The passages that are named as `REPORT:NUMBER`.

    Args:
        project: The project.
        names: Each the key of a report, or the name of its file if no other has it, a colon, and
            the number of the passage.

    Raises:
        AnnotatorError: A name is written otherwise, or means no report or several.
    """
    known = ReportNames(project)
    found: list[Place] = []
    for name in names:
        report, colon, number = name.rpartition(":")
        if not colon or not number.isdecimal():
            raise AnnotatorError(
                f"{name} names no passage; write REPORT:NUMBER, as in report.txt:3, with what "
                "`annotator passages --json` gives."
            )
        found.append((known.one_key(report), int(number)))
    return found
