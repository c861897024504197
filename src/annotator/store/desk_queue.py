"""A coder's own queue, to be looked through and gone about in."""

from typing import NamedTuple

from annotator.store import desk_statements as sql
from annotator.store.desk_marks import DeskMarks


class OwnPassage(NamedTuple):
    """A passage of the coder's queue as a list shows it.

    `draft` and `submitted` are the canonical JSON of what the coder has not and has submitted;
    empty where there is none. `graphic` is the lead's warning: its text is not to be shown unasked.
    """

    assignment_id: int
    ord: int
    done: bool
    flagged: bool
    skipped: bool
    report: str
    number: int
    text: str
    draft: str
    submitted: str
    graphic: bool


class DeskQueue(DeskMarks):
    """The part of a desk that finds passages in the coder's queue."""

    def passages(self, after_ord: int, most: int) -> list[OwnPassage]:
        """The passages of the queue that come after a place in it, at most so many."""
        bound = self._own | {"after": after_ord, "most": most}
        with self._project.reading() as connection:
            rows = connection.execute(sql.OWN_PASSAGES, bound).all()
        return [
            OwnPassage(
                row.id,
                row.ord,
                bool(row.done),
                bool(row.flagged),
                bool(row.skipped),
                row.name,
                row.number,
                row.text,
                row.content or "",
                row.body or "",
                bool(row.graphic),
            )
            for row in rows
        ]

    def at_place(self, place: int) -> int | None:
        """The assignment at a place of the queue, from 1; None if there is none."""
        with self._project.reading() as connection:
            return connection.execute(sql.AT_PLACE, self._own | {"place": place}).scalar()

    def of_reports(self, part: str, number: int, most: int) -> list[tuple[int, str]]:
        """The passages of a number in reports whose name holds some words.

        Args:
            part: A part of the name, in small letters.
            number: Which passage of the report, from 1.
            most: How many to look for.

        Returns:
            Assignment and name of the report of each, in the order of the queue.
        """
        for sign in ("\\", "%", "_"):
            part = part.replace(sign, f"\\{sign}")
        bound = self._own | {"pattern": f"%{part}%", "number": number, "most": most}
        with self._project.reading() as connection:
            return [(row.id, row.name) for row in connection.execute(sql.OF_REPORT, bound)]
