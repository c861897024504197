"""What leads say of passages to everyone who is to read them."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select

from annotator.errors import AnnotatorError
from annotator.store import events, marks, models
from annotator.store.columns import col, table_of
from annotator.store.models import Tag
from annotator.store.places import Place, find_passage
from annotator.store.project import Project
from annotator.store.queues import packed

__all__ = ["Tag", "tag_passages", "tags"]

_TAGS = (
    select(col(models.Report.key), col(models.Passage.number), col(models.PassageTag.tag))
    .join(table_of(models.Passage), col(models.Passage.id) == col(models.PassageTag.passage_id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .order_by(col(models.Report.ord), col(models.Passage.number), col(models.PassageTag.tag))
)


def tag_passages(
    project: Project, tag: str, places: Iterable[Place], *, actor: str, tagged: bool = True
) -> int:
    """Tag passages, or take the tag off them, all in one transaction.

    Args:
        project: The project.
        tag: One of `Tag`.
        places: Report key and number of each passage.
        actor: Who says so.
        tagged: Whether the tag is put on rather than taken off.

    Returns:
        How many passages it was put on or taken off; those that were so already do not count.

    Raises:
        AnnotatorError: There is no such tag or passage; nothing is changed then.
    """
    try:
        known = Tag(tag).value
    except ValueError:
        raise AnnotatorError(
            f"{tag} is no tag of a passage; the tags are: {', '.join(Tag)}."
        ) from None
    with project.writing() as connection:
        there = {(key, number) for key, number, name in connection.execute(_TAGS) if name == known}
        found = {place: find_passage(connection, *place) for place in dict.fromkeys(places)}
        new = {place: row for place, row in found.items() if (place in there) is not tagged}
        if new:
            body = {"tag": known, "tagged": tagged, **packed(sorted(new))}
            kind = events.Kind.PASSAGES_TAGGED
            events.append(connection, project.device, actor, kind, body)
            marks.put_tags(connection, known, new.values(), tagged=tagged)
    return len(new)


def tags(project: Project) -> dict[Place, tuple[Tag, ...]]:
    """The tags of every passage that has any, in reading order."""
    found: dict[Place, tuple[Tag, ...]] = defaultdict(tuple)
    with project.reading() as connection:
        for key, number, tag in connection.execute(_TAGS):
            found[key, number] += (Tag(tag),)
    return dict(found)
