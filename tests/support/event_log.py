"""The events of a project, for tests that look at what was written."""

from annotator.store.events import EventRow, read_events
from annotator.store.project import Project


def events(project: Project) -> list[EventRow]:
    """Every event, in order."""
    with project.reading() as connection:
        return list(read_events(connection))
