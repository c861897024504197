"""The statements of a coder's desk, each built once.

Each that touches a coder's rows is bound to `own_round` and `own_coder`, the round and coder of
the desk that runs it. Here are those that look; those of `desk_changes` are built when one of them
is first asked for, so that no coder waits for them to see a passage.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sqlalchemy import BindParameter, bindparam, func, literal_column, select

from annotator.store.columns import col, table_of
from annotator.store.models import (
    Assignment,
    Coding,
    Counter,
    Draft,
    Passage,
    PassageTag,
    Place,
    Report,
    Round,
    Tag,
)

if TYPE_CHECKING:
    from annotator.store.desk_changes import (
        ADD_SECONDS,
        CHANGE_DRAFT,
        CHANGE_PLACE,
        DROP_DRAFT,
        DROP_OLD,
        DROP_UNDONE,
        EXTEND_STEP,
        LAST_STEP,
        MOVE_PLACE,
        NEW_DRAFT,
        NEW_PLACE,
        NEW_STEP,
        PAST_EDITS,
        REDO,
        UNDO,
    )

__all__ = [
    "ADD_SECONDS",
    "AFTER",
    "ASSIGNMENT",
    "AT_PLACE",
    "BEFORE",
    "CHANGED",
    "CHANGE_DRAFT",
    "CHANGE_PLACE",
    "CODER",
    "DROP_DRAFT",
    "DROP_OLD",
    "DROP_UNDONE",
    "EXTEND_STEP",
    "IN_QUEUE",
    "ITEM",
    "LAST",
    "LAST_STEP",
    "MOVE_PLACE",
    "NEW_DRAFT",
    "NEW_PLACE",
    "NEW_STEP",
    "NEXT_OPEN",
    "OF_REPORT",
    "OWN_PASSAGES",
    "OWN_PLACE",
    "PAST_EDITS",
    "PLACE",
    "PROGRESS",
    "REDO",
    "ROUND",
    "UNDO",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module("annotator.store.desk_changes"), name)


ROUND: BindParameter[str] = bindparam("own_round")
CODER: BindParameter[str] = bindparam("own_coder")
ASSIGNMENT: BindParameter[int] = bindparam("assignment")

# --- the queue -----------------------------------------------------------------------------------

# Spelt out, as in NEXT_OPEN, so that the partial index of open assignments can serve it.
IN_QUEUE = (
    col(Assignment.round_id) == ROUND,
    col(Assignment.coder) == CODER,
    col(Assignment.withdrawn) == literal_column("0"),
)
_OWN_QUEUE = select(col(Assignment.id)).where(*IN_QUEUE).limit(1)
_ITS_ORD = (
    select(col(Assignment.ord))
    .where(
        col(Assignment.id) == ASSIGNMENT,
        col(Assignment.round_id) == ROUND,
        col(Assignment.coder) == CODER,
    )
    .scalar_subquery()
)

PROGRESS = select(col(Counter.assigned), col(Counter.done), col(Counter.skipped)).where(
    col(Counter.round_id) == ROUND, col(Counter.coder) == CODER
)
NEXT_OPEN = _OWN_QUEUE.where(
    col(Assignment.done) == literal_column("0"),
    col(Assignment.skipped) == literal_column("''"),
    col(Assignment.ord) > bindparam("after"),
).order_by(col(Assignment.ord))
AFTER = _OWN_QUEUE.where(col(Assignment.ord) > _ITS_ORD).order_by(col(Assignment.ord))
BEFORE = _OWN_QUEUE.where(col(Assignment.ord) < _ITS_ORD).order_by(col(Assignment.ord).desc())
LAST = _OWN_QUEUE.order_by(col(Assignment.ord).desc())

_TEXT = func.substr(
    col(Report.text), col(Passage.start) + 1, col(Passage.end) - col(Passage.start)
).label("text")
_ITS_DRAFT_IF_ANY = (col(Draft.assignment_id) == col(Assignment.id)) & (col(Draft.coder) == CODER)
_ITS_CODING_IF_ANY = (
    (col(Coding.round_id) == ROUND)
    & (col(Coding.passage_id) == col(Assignment.passage_id))
    & (col(Coding.coder) == CODER)
    & (col(Coding.occasion) == col(Assignment.occasion))
    & (col(Coding.latest) == 1)
)
_GRAPHIC = (
    select(col(PassageTag.passage_id))
    .where(
        col(PassageTag.passage_id) == col(Assignment.passage_id),
        col(PassageTag.tag) == literal_column(f"'{Tag.GRAPHIC}'"),
    )
    .correlate(table_of(Assignment))
    .exists()
    .label("graphic")
)
ITEM = (
    select(
        col(Assignment.id),
        col(Assignment.ord),
        col(Assignment.done),
        col(Assignment.passage_id),
        col(Passage.number),
        col(Passage.start),
        col(Passage.end),
        _TEXT,
        col(Report.key),
        col(Report.name),
        col(Report.publisher),
        col(Report.headline),
        col(Report.date),
        col(Report.language),
        # Passages are numbered without gaps, and the highest number is at the end of an index.
        select(func.max(col(Passage.number)))
        .where(col(Passage.report_id) == col(Report.id))
        .correlate(table_of(Report))
        .scalar_subquery()
        .label("passages"),
        col(Draft.content),
        col(Draft.seconds),
        col(Coding.body),
        col(Coding.revision),
        col(Round.state),
        col(Assignment.flagged),
        col(Assignment.skipped),
        col(Assignment.skip_note),
        col(Assignment.occasion),
        col(Assignment.sent_back),
        _GRAPHIC,
    )
    .join(table_of(Round), col(Round.id) == col(Assignment.round_id))
    .join(table_of(Passage), col(Passage.id) == col(Assignment.passage_id))
    .join(table_of(Report), col(Report.id) == col(Passage.report_id))
    .outerjoin(table_of(Draft), _ITS_DRAFT_IF_ANY)
    .outerjoin(table_of(Coding), _ITS_CODING_IF_ANY)
    .where(col(Assignment.id) == ASSIGNMENT, *IN_QUEUE)
)

OWN_PASSAGES = (
    select(
        col(Assignment.id),
        col(Assignment.ord),
        col(Assignment.done),
        col(Assignment.flagged),
        col(Assignment.skipped),
        col(Report.name),
        col(Passage.number),
        _TEXT,
        col(Draft.content),
        col(Coding.body),
        _GRAPHIC,
    )
    .join(table_of(Passage), col(Passage.id) == col(Assignment.passage_id))
    .join(table_of(Report), col(Report.id) == col(Passage.report_id))
    .outerjoin(table_of(Draft), _ITS_DRAFT_IF_ANY)
    .outerjoin(table_of(Coding), _ITS_CODING_IF_ANY)
    .where(*IN_QUEUE, col(Assignment.ord) > bindparam("after"))
    .order_by(col(Assignment.ord))
    .limit(bindparam("most"))
)
AT_PLACE = _OWN_QUEUE.where(col(Assignment.ord) == bindparam("place"))
OF_REPORT = (
    select(col(Assignment.id), col(Report.name))
    .join(table_of(Passage), col(Passage.id) == col(Assignment.passage_id))
    .join(table_of(Report), col(Report.id) == col(Passage.report_id))
    .where(
        *IN_QUEUE,
        col(Passage.number) == bindparam("number"),
        func.lower(col(Report.name)).like(bindparam("pattern"), escape="\\"),
    )
    .order_by(col(Assignment.ord))
    .limit(bindparam("most"))
)

_OF_DRAFT = (col(Assignment.id) == col(Draft.assignment_id), *IN_QUEUE)
# Everything hangs on the few drafts there are, so that the length of the queue costs nothing.
CHANGED = select(
    col(Draft.assignment_id),
    select(col(Assignment.ord))
    .where(*_OF_DRAFT)
    .correlate(table_of(Draft))
    .scalar_subquery()
    .label("ord"),
).where(
    col(Draft.coder) == CODER,
    select(col(Coding.id))
    .join(table_of(Assignment), col(Assignment.passage_id) == col(Coding.passage_id))
    .where(
        *_OF_DRAFT,
        col(Coding.round_id) == ROUND,
        col(Coding.coder) == CODER,
        col(Coding.occasion) == col(Assignment.occasion),
        col(Coding.latest) == 1,
        col(Coding.body) != col(Draft.content),
    )
    .correlate(table_of(Draft))
    .exists(),
)

# --- the place -----------------------------------------------------------------------------------

OWN_PLACE = (col(Place.round_id) == ROUND, col(Place.coder) == CODER)
PLACE = (
    select(
        col(Place.assignment_id), col(Place.focus), col(Place.version), col(Assignment.withdrawn)
    )
    .join(table_of(Assignment), col(Assignment.id) == col(Place.assignment_id))
    .where(*OWN_PLACE)
)
