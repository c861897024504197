"""What is said of a passage without coding it: flags, passages given back or sent back, tags.

Each is an event and, in the same transaction, a change to the tables; a rebuild goes through the
same functions.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from annotator.store import models
from annotator.store.columns import col, table_of
from annotator.store.queue_rows import count

AssignmentKey = tuple[str, int, str, int]
"""Round, passage, coder and occasion of an assignment."""

_ITS = (
    col(models.Assignment.round_id) == bindparam("its_round"),
    col(models.Assignment.passage_id) == bindparam("its_passage"),
    col(models.Assignment.coder) == bindparam("its_coder"),
    col(models.Assignment.occasion) == bindparam("its_occasion"),
)
_SET_FLAG = (
    update(table_of(models.Assignment))
    .where(*_ITS, col(models.Assignment.flagged) != bindparam("now_flagged"))
    .values(flagged=bindparam("now_flagged"))
)
# One that is coded, or given back already, stays what it is.
_SKIP = (
    update(table_of(models.Assignment))
    .where(*_ITS, col(models.Assignment.done) == 0, col(models.Assignment.skipped) == "")
    .values(skipped=bindparam("reason"), skip_note=bindparam("note"))
)
_TAKE_BACK = (
    update(table_of(models.Assignment))
    .where(*_ITS, col(models.Assignment.skipped) != "")
    .values(skipped="", skip_note="")
)
_SEND_BACK = (
    update(table_of(models.Assignment))
    .where(*_ITS, col(models.Assignment.done) == 1)
    .values(done=0, sent_back=bindparam("words"))
)
_TAGGED = select(col(models.PassageTag.passage_id)).where(
    col(models.PassageTag.tag) == bindparam("tag"),
    col(models.PassageTag.passage_id) == bindparam("passage"),
)
_TAG = insert(table_of(models.PassageTag))
_UNTAG = delete(table_of(models.PassageTag)).where(
    col(models.PassageTag.tag) == bindparam("its_tag"),
    col(models.PassageTag.passage_id) == bindparam("its_passage"),
)


def put_flag(connection: Connection, its: AssignmentKey, *, flagged: bool) -> bool:
    """Flag a passage of a coder, or take the flag away; whether that changed anything."""
    return connection.execute(_SET_FLAG, _bound(its) | {"now_flagged": int(flagged)}).rowcount > 0


def put_skip(connection: Connection, its: AssignmentKey, reason: str, note: str) -> bool:
    """Give a passage of a coder back; whether it was open until now."""
    new = {"reason": reason, "note": note}
    changed = connection.execute(_SKIP, _bound(its) | new).rowcount > 0
    if changed:
        count(connection, its[0], its[2], skipped=1)
    return changed


def put_taken_back(connection: Connection, its: AssignmentKey) -> bool:
    """Put a passage that was given back into its coder's queue again; whether it was."""
    changed = connection.execute(_TAKE_BACK, _bound(its)).rowcount > 0
    if changed:
        count(connection, its[0], its[2], skipped=-1)
    return changed


def put_sent_back(connection: Connection, its: AssignmentKey, words: str) -> bool:
    """Put a passage that was coded before its coder again, with the lead's words; whether it was.

    It is open until it is submitted once more; what was submitted stands until then.
    """
    changed = connection.execute(_SEND_BACK, _bound(its) | {"words": words}).rowcount > 0
    if changed:
        count(connection, its[0], its[2], done=-1)
    return changed


def put_tags(connection: Connection, tag: str, passage_ids: Iterable[int], *, tagged: bool) -> None:
    """Tag passages, or take the tag off them."""
    for passage in passage_ids:
        there = connection.execute(_TAGGED, {"tag": tag, "passage": passage}).first()
        if there and not tagged:
            connection.execute(_UNTAG, {"its_tag": tag, "its_passage": passage})
        elif tagged and not there:
            connection.execute(_TAG, {"tag": tag, "passage_id": passage})


def _bound(its: AssignmentKey) -> dict[str, object]:
    round_id, passage, coder, occasion = its
    return {
        "its_round": round_id,
        "its_passage": passage,
        "its_coder": coder,
        "its_occasion": occasion,
    }
