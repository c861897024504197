"""The statements by which a coder's desk changes drafts, steps and places, and reads the steps.

Built when the first of them is asked for: a passage is shown without any
(`annotator.store.desk_statements`).
"""

from sqlalchemy import Float, bindparam, delete, insert, literal_column, select, update
from sqlmodel import UTCDateTime
from sqlmodel.sql.sqltypes import AutoString

from annotator.store.columns import col, table_of
from annotator.store.desk_statements import ASSIGNMENT, CODER, IN_QUEUE, OWN_PLACE, ROUND
from annotator.store.models import (
    Assignment,
    Draft,
    DraftStep,
    Place,
    Round,
    RoundState,
    StepKind,
)

# --- the draft -----------------------------------------------------------------------------------

_ITS_DRAFT = (
    col(Draft.assignment_id) == ASSIGNMENT,
    col(Draft.coder) == CODER,
    select(col(Assignment.id)).where(col(Assignment.id) == ASSIGNMENT, *IN_QUEUE).exists(),
)
CHANGE_DRAFT = (
    update(table_of(Draft))
    .where(*_ITS_DRAFT)
    .values(
        content=bindparam("new_content"),
        seconds=col(Draft.seconds) + bindparam("more_seconds"),
        updated_at=bindparam("now"),
    )
)
NEW_DRAFT = insert(table_of(Draft)).from_select(
    ["assignment_id", "coder", "content", "seconds", "opened_at", "updated_at"],
    select(
        col(Assignment.id),
        col(Assignment.coder),
        bindparam("new_content", type_=AutoString()),
        bindparam("more_seconds", type_=Float()),
        bindparam("now", type_=UTCDateTime()),
        bindparam("now", type_=UTCDateTime()),
    ).where(col(Assignment.id) == ASSIGNMENT, *IN_QUEUE),
)
ADD_SECONDS = (
    update(table_of(Draft))
    .where(*_ITS_DRAFT)
    .values(seconds=col(Draft.seconds) + bindparam("more_seconds"))
)
DROP_DRAFT = delete(table_of(Draft)).where(*_ITS_DRAFT)

# --- steps ---------------------------------------------------------------------------------------

_OWN_STEPS = (col(DraftStep.coder) == CODER, col(DraftStep.round_id) == ROUND)
_STEP_COLUMNS = (
    col(DraftStep.seq),
    col(DraftStep.assignment_id),
    col(DraftStep.kind),
    col(DraftStep.label),
    col(DraftStep.before),
    col(DraftStep.after),
)

LAST_STEP = (
    select(
        col(DraftStep.seq),
        col(DraftStep.assignment_id),
        col(DraftStep.kind),
        col(DraftStep.label),
        col(DraftStep.undone),
    )
    .where(*_OWN_STEPS)
    .order_by(col(DraftStep.seq).desc())
    .limit(1)
)
_ITS_STEPS = select(col(DraftStep.seq)).where(*_OWN_STEPS).limit(1).correlate(None)
# Undone steps are always the last ones: a new step drops them.
_LAST_DONE = _ITS_STEPS.where(col(DraftStep.undone) == 0).order_by(col(DraftStep.seq).desc())
_FIRST_UNDONE = _ITS_STEPS.where(col(DraftStep.undone) == 1).order_by(col(DraftStep.seq))
UNDO = (
    update(table_of(DraftStep))
    .where(*_OWN_STEPS, col(DraftStep.seq) == _LAST_DONE.scalar_subquery())
    .values(undone=1)
    .returning(*_STEP_COLUMNS)
)
REDO = (
    update(table_of(DraftStep))
    .where(*_OWN_STEPS, col(DraftStep.seq) == _FIRST_UNDONE.scalar_subquery())
    .values(undone=0)
    .returning(*_STEP_COLUMNS)
)
PAST_EDITS = (
    select(*_STEP_COLUMNS)
    .where(
        *_OWN_STEPS,
        col(DraftStep.undone) == 0,
        col(DraftStep.kind) == StepKind.EDIT.value,
        col(DraftStep.seq) < bindparam("earlier_than"),
    )
    .order_by(col(DraftStep.seq).desc())
    .limit(50)
)
NEW_STEP = insert(table_of(DraftStep))
EXTEND_STEP = (
    update(table_of(DraftStep))
    .where(*_OWN_STEPS, col(DraftStep.seq) == bindparam("step"))
    .values(after=bindparam("new_after"))
)
DROP_UNDONE = delete(table_of(DraftStep)).where(*_OWN_STEPS, col(DraftStep.undone) == 1)
DROP_OLD = delete(table_of(DraftStep)).where(*_OWN_STEPS, col(DraftStep.seq) <= bindparam("oldest"))

# --- the place -----------------------------------------------------------------------------------

NEW_PLACE = insert(table_of(Place))
MOVE_PLACE = (
    update(table_of(Place))
    .where(*OWN_PLACE, col(Place.version) == bindparam("known_version"))
    .values(assignment_id=bindparam("new_assignment"), focus=bindparam("new_focus"))
)
# Every change of the work goes through it, so that none is made once the round is closed.
CHANGE_PLACE = MOVE_PLACE.where(
    select(col(Round.id))
    .where(col(Round.id) == ROUND, col(Round.state) == literal_column(f"'{RoundState.OPEN}'"))
    .exists()
).values(version=bindparam("known_version") + 1)
