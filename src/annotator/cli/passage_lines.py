"""Passages as rows of a table: the report, the number, and how each begins."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.cli.output import shortened

if TYPE_CHECKING:
    from annotator.store.places import Place
    from annotator.store.project import Project

_WORDS_SHOWN = 60


def passage_rows(project: "Project", places: "Sequence[Place]") -> list[tuple[str, str, str]]:
    """The title of the report, the number and the first words of each passage, in the same order.

    Args:
        project: The project.
        places: The passages.
    """
    from annotator.store.corpus import iter_passages

    wanted = set(places)
    found = {}
    for report in dict.fromkeys(report for report, _ in places):
        for row in iter_passages(project, report, training=True):
            if (report, row.number) in wanted:
                begins = shortened(" ".join(row.text.split()), _WORDS_SHOWN)
                found[report, row.number] = (shortened(row.title), str(row.number), begins)
    return [found[place] for place in places]
