"""Adjudications: the codings of leads that settle passages; never for a coder's session."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from annotator.coding.form import canonical, to_form
from annotator.coding.model import Coding
from annotator.errors import AnnotatorError
from annotator.store import models, projections
from annotator.store.columns import col
from annotator.store.events import Kind, append, read_events
from annotator.store.people import is_same_person
from annotator.store.places import Place, find_passage, limited, of_passages
from annotator.store.project import Project
from annotator.store.rounds import read_round


@dataclass(frozen=True, slots=True)
class AdjudicationRow:
    """The lead's coding that settles a passage; `latest` unless it was settled anew."""

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
    ),
    ("id",),
)


class BasisChanged(AnnotatorError):
    """A passage was coded, revised or settled after the lead looked at it."""


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
        here = {"round": round_id, "passage": passage}
        coded = connection.execute(_CODED, here).all()
        # Looked at under the write lock: two leads who settle at once cannot both get past it.
        seen = sorted(one.id for one in coded if one.latest and one.occasion == 1)
        settled_by = connection.execute(_SETTLED, here).scalar() or ""
        if basis is not None and basis != (*seen, settled_by):
            raise BasisChanged(
                "This passage was revised or settled by someone else since it was shown; nothing "
                "was settled, so look at it again."
            )
        if any(is_same_person(one.coder, lead) for one in coded):
            raise AnnotatorError(
                f"{lead} coded passage {number} in the round {row.name} and cannot settle it; "
                "another lead must."
            )
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
        earlier: Also those that a later one replaced.
        passage: The only passage; None for all.
    """
    statement = limited(_ADJUDICATIONS, models.Adjudication, round_id, passage)
    if not earlier:
        statement = statement.where(col(models.Adjudication.latest) == 1)
    with project.reading() as connection:
        return [_adjudication(row) for row in connection.execute(statement)]


def changed_since(project: Project, round_id: str, event_id: str) -> tuple[set[Place], str]:
    """The passages of a round that were coded or settled after an event, and the last event."""
    found: set[Place] = set()
    last = event_id
    with project.reading() as connection:
        for event in read_events(connection, event_id):
            last = event.id
            if event.kind in (Kind.CODING_SUBMITTED, Kind.ADJUDICATED):
                body = json.loads(event.body)
                if body["round"] == round_id:
                    found.add((body["report"], body["passage"]))
    return found, last


def _adjudication(row: Any) -> AdjudicationRow:
    return AdjudicationRow(*(*row[:7], json.loads(row.body), *row[8:13], bool(row.latest)))
