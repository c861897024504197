"""Adjudications: the codings of leads that settle passages; never for a coder's session."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select

from annotator.coding.form import canonical, to_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store import models, projections
from annotator.store.columns import col, table_of
from annotator.store.events import Kind, append
from annotator.store.people import is_same_person
from annotator.store.places import Place, find_passage, limited, of_passages
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, read_round


@dataclass(frozen=True, slots=True)
class AdjudicationRow:
    """The lead's coding that settles a passage.

    `latest` is the one that stands: the last of the passage that was not `withdrawn`.
    """

    id: str
    round_id: str
    report_key: str
    number: int
    passage_id: int
    lead: str
    codebook_sha256: str
    form: dict[str, Any]
    none: str
    outcome: str
    reason: str
    note: str
    settled_at: datetime
    latest: bool
    withdrawn: bool


Basis = tuple[str, ...]
"""What a lead saw of a passage: the ids of the latest codings, sorted, then the id of the latest
adjudication (empty if there is none)."""

_CODED = select(
    col(models.Coding.id),
    col(models.Coding.coder),
    col(models.Coding.latest),
    col(models.Coding.occasion),
).where(
    col(models.Coding.round_id) == bindparam("round"),
    col(models.Coding.passage_id) == bindparam("passage"),
)
_SETTLED = select(col(models.Adjudication.id)).where(
    col(models.Adjudication.round_id) == bindparam("round"),
    col(models.Adjudication.passage_id) == bindparam("passage"),
    col(models.Adjudication.latest) == 1,
)
_ADJUDICATIONS = of_passages(
    models.Adjudication,
    (
        "lead",
        "codebook_sha256",
        "body",
        "none",
        "outcome",
        "reason",
        "note",
        "settled_at",
        "latest",
        "withdrawn",
    ),
    ("id",),
)


_ONE = (
    select(
        col(models.Adjudication.lead),
        col(models.Adjudication.latest),
        col(models.Adjudication.round_id),
        col(models.Adjudication.passage_id),
        col(models.Report.key),
        col(models.Passage.number),
    )
    .join(table_of(models.Passage), col(models.Passage.id) == col(models.Adjudication.passage_id))
    .join(table_of(models.Report), col(models.Report.id) == col(models.Passage.report_id))
    .where(col(models.Adjudication.id) == bindparam("id"))
)
_OWN = (
    select(col(models.Event.id), col(models.Event.kind), col(models.Event.body))
    .where(
        col(models.Event.actor) == bindparam("lead"),
        col(models.Event.kind).in_((Kind.ADJUDICATED.value, Kind.ADJUDICATION_WITHDRAWN.value)),
    )
    .order_by(col(models.Event.id))
)


class BasisChanged(AnnotatorError):
    """A passage was coded, revised or settled after the lead looked at it."""


def check_basis(
    connection: Connection,
    round_: RoundRow,
    passage_id: int,
    number: int,
    lead: str,
    basis: Basis | None,
) -> None:
    """Refuse what a lead decides of a passage that is not what they saw, or that they coded.

    Looked at under the write lock: two leads who decide at once cannot both get past it.

    Args:
        connection: A connection inside a write transaction.
        round_: The round.
        passage_id: The row id of the passage.
        number: The passage, from 1.
        lead: Who decides.
        basis: What the lead saw; None for whatever is there.

    Raises:
        BasisChanged: The passage is no longer what the lead saw.
        AnnotatorError: The lead coded it in this round.
    """
    here = {"round": round_.id, "passage": passage_id}
    coded = connection.execute(_CODED, here).all()
    seen = sorted(one.id for one in coded if one.latest and one.occasion == 1)
    settled_by = connection.execute(_SETTLED, here).scalar() or ""
    if basis is not None and basis != (*seen, settled_by):
        raise BasisChanged(
            "This passage was revised or settled by someone else since it was shown; nothing "
            "was settled, so look at it again."
        )
    if any(is_same_person(one.coder, lead) for one in coded):
        raise AnnotatorError(
            f"{lead} coded passage {number} in the round {round_.name} and cannot settle it; "
            "another lead must."
        )


def adjudicate(
    project: Project,
    round_id: str,
    report_key: str,
    number: int,
    lead: str,
    coding: Coding,
    outcome: str,
    reason: str,
    note: str = "",
    *,
    basis: Basis | None = None,
    again: str = "",
) -> str:
    """Settle a passage of a round; one settled before is settled anew.

    Args:
        project: The project.
        round_id: The round.
        report_key: The report of the passage.
        number: The passage, from 1.
        lead: Who settles it; nobody settles their own coding.
        coding: The coding that is to stand.
        outcome: How it was settled, in the terms of the review.
        reason: Why.
        note: Anything more.
        basis: What the lead saw; None to settle whatever is there.
        again: The id of the withdrawn adjudication that this one renews, if it does.

    Returns:
        The id of the adjudication.

    Raises:
        BasisChanged: The passage is no longer what the lead saw; nothing is written.
        AnnotatorError: The lead coded this passage in this round; or round or passage is not
            there.
    """
    form = to_form(coding)
    with project.writing() as connection:
        row = read_round(connection, round_id)
        passage = find_passage(connection, report_key, number)
        check_basis(connection, row, passage, number, lead, basis)
        body = {
            "round": round_id,
            "report": report_key,
            "passage": number,
            "lead": lead,
            "codebook": row.codebook_sha256,
            "coding": form,
            "outcome": outcome,
            "reason": reason,
            "note": note,
            **({"again": again} if again else {}),
        }
        event = append(connection, project.device, lead, Kind.ADJUDICATED, body)
        settled = projections.SettledCoding(
            event.id,
            round_id,
            passage,
            lead,
            row.codebook_sha256,
            canonical(form),
            coding,
            outcome,
            reason,
            note,
            event.at,
        )
        projections.put_adjudications(connection, [settled])
    return event.id


def withdraw(project: Project, adjudication: str, lead: str) -> None:
    """Take back an adjudication that stands; the one before it stands again, if there is one.

    Args:
        project: The project.
        adjudication: Its id.
        lead: Who takes it back: only who settled it, others settle the passage anew.

    Raises:
        AnnotatorError: There is no such adjudication, it is someone else's, it does not stand, or
            the lead has coded the passage since.
    """
    with project.writing() as connection:
        row = connection.execute(_ONE, {"id": adjudication}).first()
        if row is None:
            raise _no_settlement(adjudication)
        if row.lead != lead:
            raise AnnotatorError(
                f"{row.lead} settled this, not {lead}; settle the passage anew to change it."
            )
        if not row.latest:
            raise AnnotatorError(
                "This passage was settled anew since, so there is nothing to take back."
            )
        round_ = read_round(connection, row.round_id)
        check_basis(connection, round_, row.passage_id, row.number, lead, None)
        passage = {"round": row.round_id, "report": row.key, "passage": row.number}
        body = {**passage, "lead": lead, "adjudication": adjudication}
        append(connection, project.device, lead, Kind.ADJUDICATION_WITHDRAWN, body)
        projections.put_adjudication_withdrawn(
            connection, row.round_id, row.passage_id, adjudication
        )


def own_settlements(
    project: Project, round_id: str, lead: str
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The settlements of a lead in a round that can be taken back, and those that were.

    To settle anything anew lets go of what was taken back, as with any undoing.

    Returns:
        Ids of those that stand or stood, and of those to renew; the last of each comes first.
    """
    done: list[str] = []
    undone: list[str] = []
    with project.reading() as connection:
        for row in connection.execute(_OWN, {"lead": lead}):
            body = json.loads(row.body)
            if body["round"] != round_id:
                continue
            if row.kind == Kind.ADJUDICATION_WITHDRAWN:
                done.remove(body["adjudication"])
                undone.append(body["adjudication"])
                continue
            if body.get("again") in undone:
                undone.remove(body["again"])
            else:
                undone.clear()
            done.append(row.id)
    return tuple(reversed(done)), tuple(reversed(undone))


def adjudications(
    project: Project,
    round_id: str | None = None,
    *,
    earlier: bool = False,
    passage: Place | None = None,
) -> list[AdjudicationRow]:
    """What leads settled, by round and in reading order.

    Args:
        project: The project.
        round_id: The round; None for all.
        earlier: Also those that a later one replaced or that were withdrawn.
        passage: The only passage; None for all.
    """
    statement = limited(_ADJUDICATIONS, models.Adjudication, round_id, passage)
    if not earlier:
        statement = statement.where(col(models.Adjudication.latest) == 1)
    with project.reading() as connection:
        return [_adjudication(row) for row in connection.execute(statement)]


def adjudication(project: Project, adjudication_id: str) -> AdjudicationRow:
    """One adjudication, standing or not.

    Raises:
        AnnotatorError: There is none of that id.
    """
    statement = _ADJUDICATIONS.where(col(models.Adjudication.id) == adjudication_id)
    with project.reading() as connection:
        row = connection.execute(statement).first()
    if row is None:
        raise _no_settlement(adjudication_id)
    return _adjudication(row)


def _no_settlement(adjudication_id: str) -> AnnotatorError:
    return AnnotatorError(f"There is no settlement {adjudication_id}.")


def _adjudication(row: Any) -> AdjudicationRow:
    return AdjudicationRow(
        *(*row[:7], json.loads(row.body), *row[8:13], bool(row.latest), bool(row.withdrawn))
    )
