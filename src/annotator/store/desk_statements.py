"""The statements of a coder's desk, built once.

Each that touches a coder's rows is bound to `own_round` and `own_coder`, the round and coder of
the desk that runs it.
"""

from sqlalchemy import (
    BindParameter,
    Float,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlmodel import UTCDateTime
from sqlmodel.sql.sqltypes import AutoString

from annotator.store.columns import col, table_of
from annotator.store.models import (
    Assignment,
    Coding,
    Counter,
    Draft,
    DraftStep,
    Passage,
    PassageTag,
    Place,
    Report,
    Round,
    RoundState,
    StepKind,
    Tag,
)

_round: BindParameter[str] = bindparam("own_round")
_coder: BindParameter[str] = bindparam("own_coder")
_assignment: BindParameter[int] = bindparam("assignment")

# --- the queue -----------------------------------------------------------------------------------

# Spelt out, as in NEXT_OPEN, so that the partial index of open assignments can serve it.
_IN_QUEUE = (
    col(Assignment.round_id) == _round,
    col(Assignment.coder) == _coder,
    col(Assignment.withdrawn) == literal_column("0"),
)
_OWN_QUEUE = select(col(Assignment.id)).where(*_IN_QUEUE).limit(1)
_ITS_ORD = (
    select(col(Assignment.ord))
    .where(
        col(Assignment.id) == _assignment,
        col(Assignment.round_id) == _round,
        col(Assignment.coder) == _coder,
    )
    .scalar_subquery()
)

PROGRESS = select(col(Counter.assigned), col(Counter.done), col(Counter.skipped)).where(
    col(Counter.round_id) == _round, col(Counter.coder) == _coder
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
_ITS_DRAFT_IF_ANY = (col(Draft.assignment_id) == col(Assignment.id)) & (col(Draft.coder) == _coder)
_ITS_CODING_IF_ANY = (
    (col(Coding.round_id) == _round)
    & (col(Coding.passage_id) == col(Assignment.passage_id))
    & (col(Coding.coder) == _coder)
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
    .where(col(Assignment.id) == _assignment, *_IN_QUEUE)
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
    .where(*_IN_QUEUE, col(Assignment.ord) > bindparam("after"))
    .order_by(col(Assignment.ord))
    .limit(bindparam("most"))
)
AT_PLACE = _OWN_QUEUE.where(col(Assignment.ord) == bindparam("place"))
OF_REPORT = (
    select(col(Assignment.id), col(Report.name))
    .join(table_of(Passage), col(Passage.id) == col(Assignment.passage_id))
    .join(table_of(Report), col(Report.id) == col(Passage.report_id))
    .where(
        *_IN_QUEUE,
        col(Passage.number) == bindparam("number"),
        func.lower(col(Report.name)).like(bindparam("pattern"), escape="\\"),
    )
    .order_by(col(Assignment.ord))
    .limit(bindparam("most"))
)

# --- the draft -----------------------------------------------------------------------------------

_ITS_DRAFT = (
    col(Draft.assignment_id) == _assignment,
    col(Draft.coder) == _coder,
    select(col(Assignment.id)).where(col(Assignment.id) == _assignment, *_IN_QUEUE).exists(),
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
    ).where(col(Assignment.id) == _assignment, *_IN_QUEUE),
)
ADD_SECONDS = (
    update(table_of(Draft))
    .where(*_ITS_DRAFT)
    .values(seconds=col(Draft.seconds) + bindparam("more_seconds"))
)
DROP_DRAFT = delete(table_of(Draft)).where(*_ITS_DRAFT)

_OF_DRAFT = (col(Assignment.id) == col(Draft.assignment_id), *_IN_QUEUE)
# Everything hangs on the few drafts there are, so that the length of the queue costs nothing.
CHANGED = select(
    col(Draft.assignment_id),
    select(col(Assignment.ord))
    .where(*_OF_DRAFT)
    .correlate(table_of(Draft))
    .scalar_subquery()
    .label("ord"),
).where(
    col(Draft.coder) == _coder,
    select(col(Coding.id))
    .join(table_of(Assignment), col(Assignment.passage_id) == col(Coding.passage_id))
    .where(
        *_OF_DRAFT,
        col(Coding.round_id) == _round,
        col(Coding.coder) == _coder,
        col(Coding.occasion) == col(Assignment.occasion),
        col(Coding.latest) == 1,
        col(Coding.body) != col(Draft.content),
    )
    .correlate(table_of(Draft))
    .exists(),
)

# --- steps ---------------------------------------------------------------------------------------

_OWN_STEPS = (col(DraftStep.coder) == _coder, col(DraftStep.round_id) == _round)
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

_OWN_PLACE = (col(Place.round_id) == _round, col(Place.coder) == _coder)
PLACE = (
    select(
        col(Place.assignment_id), col(Place.focus), col(Place.version), col(Assignment.withdrawn)
    )
    .join(table_of(Assignment), col(Assignment.id) == col(Place.assignment_id))
    .where(*_OWN_PLACE)
)
NEW_PLACE = insert(table_of(Place))
MOVE_PLACE = (
    update(table_of(Place))
    .where(*_OWN_PLACE, col(Place.version) == bindparam("known_version"))
    .values(assignment_id=bindparam("new_assignment"), focus=bindparam("new_focus"))
)
# Every change of the work goes through it, so that none is made once the round is closed.
CHANGE_PLACE = MOVE_PLACE.where(
    select(col(Round.id))
    .where(col(Round.id) == _round, col(Round.state) == literal_column(f"'{RoundState.OPEN}'"))
    .exists()
).values(version=bindparam("known_version") + 1)
