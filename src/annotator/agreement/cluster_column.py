"""The column of a file of ratings that says which cluster each unit belongs to."""

from collections.abc import Collection, Sequence
from pathlib import Path

from annotator.agreement.csv_lines import shortened
from annotator.errors import AnnotatorError

_MOST_LISTED = 12


class ClusterColumn:
    """The column of clusters, if there is one, and what it says of each unit.

    Args:
        name: Of the column, None without one.
        header: The names of all columns.
        taken: Names of columns that say something else, in small letters.
        path: Of the file.

    Raises:
        AnnotatorError: There is no such column, or it says something else.
    """

    def __init__(
        self, name: str | None, header: Sequence[str], taken: Collection[str], path: Path
    ) -> None:
        self._path = path
        self._of_unit: dict[str, str] = {}
        self._place: int | None = None
        if name is None:
            return
        lowered = [column.lower() for column in header]
        wanted = name.strip().lower()
        if wanted not in lowered or wanted in taken:
            columns = ", ".join(shortened(column) for column in header[:_MOST_LISTED])
            raise AnnotatorError(
                f"{path} has no column {shortened(name)!r} that could name clusters; its columns "
                f"are {columns}."
            )
        self._place = lowered.index(wanted)

    def note(self, line: int, unit: str, row: Sequence[str]) -> None:
        """Keep the cluster of a unit.

        Raises:
            AnnotatorError: There is none, or another line says another.
        """
        if self._place is None:
            return
        label = row[self._place]
        if not label:
            raise AnnotatorError(f"{self._path}:{line}: the unit has no cluster; name it.")
        if self._of_unit.setdefault(unit, label) != label:
            raise AnnotatorError(
                f"{self._path}:{line}: unit {shortened(unit)!r} is in the cluster "
                f"{shortened(self._of_unit[unit])!r} on an earlier line; keep one of them."
            )

    def of(self, units: Sequence[str]) -> list[str] | None:
        """The clusters of some units, None without a column."""
        return None if self._place is None else [self._of_unit[unit] for unit in units]

    def without(self, row: Sequence[str]) -> list[str]:
        """The cells of a line but that of the cluster."""
        return [cell for place, cell in enumerate(row) if place != self._place]
