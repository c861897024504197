"""The passages of a project for other programs."""

from typing import Any

from annotator.store.corpus import iter_passages
from annotator.store.project import Project


def passages_json(project: Project) -> list[dict[str, Any]]:
    """Every passage in reading order, as data for JSON (DESIGN §9).

    Each has the `report` (its key, which `codings import` takes back), the report's `title`, its
    own number `passage` in the report from 1, `start` and `end` in code points of the report's
    stored text (`end` exclusive), and its `text`.
    """
    return [
        {
            "report": row.report_key,
            "title": row.title,
            "passage": row.number,
            "start": row.start,
            "end": row.end,
            "text": row.text,
        }
        for row in iter_passages(project)
    ]
