"""What a coder in training may see and put on record: known answers, once they answered.

Statements are made when a round of training is coded in: nobody else waits for their tables.
"""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from annotator.errors import AnnotatorError
from annotator.store.columns import col, table_of
from annotator.store.desk_queue import DeskQueue
from annotator.store.models import Assignment, Coding, Purpose
from annotator.store.project import Project
from annotator.store.training import Training, training_of


class ShownAnswer(NamedTuple):
    """The known answer of a passage that the coder submitted, and why the passage is hard."""

    form: Mapping[str, Any]
    trap: str


class Submission(NamedTuple):
    """A known answer and the first coding that the coder submitted, as plain data."""

    known: Mapping[str, Any]
    given: Mapping[str, Any]


class DeskTraining(DeskQueue):
    """The part of a desk that trains; in any other round it has nothing to show.

    `training` is how the round was set up to train; None for any other round.
    """

    def __init__(self, project: Project, round_id: str, coder: str) -> None:
        super().__init__(project, round_id, coder)
        self.training: Training | None = None
        if self.round.purpose is Purpose.TRAINING:
            with project.reading() as connection:
                self.training = training_of(connection, round_id)

    def known_answer(self, assignment_id: int) -> ShownAnswer:
        """The known answer of a passage that the coder submitted, in a round of training.

        Raises:
            AnnotatorError: The round trains nobody, or the coder has not submitted this passage;
                whether it has a known answer nobody can tell then.
        """
        row = None
        if self.training is not None:
            with self._project.reading() as connection:
                its = self._own | {"assignment": assignment_id}
                row = connection.execute(_shown_answer(), its).first()
        if row is None:
            raise AnnotatorError(
                "A known answer can be seen in a round of training alone, and once the passage is "
                "submitted."
            )
        return ShownAnswer(json.loads(row.body), row.trap)

    def lessons(self) -> list[Submission]:
        """What the coder submitted first of passages whose answer is shown, in their order."""
        if self.training is None:
            return []
        with self._project.reading() as connection:
            rows = connection.execute(_lessons(), self._own).all()
        return [Submission(json.loads(row.known), json.loads(row.given)) for row in rows]

    def record_assessment(self, numbers: Mapping[str, Any]) -> None:
        """Put on record how far the coder meets the known answers.

        Nothing is done if the last assessment of this coder in this round says the same.

        Args:
            numbers: What is found, as plain data; `passed` says whether it is enough.

        Raises:
            AnnotatorError: The round trains nobody, or the file cannot be written.
        """
        from annotator.coding.form import canonical
        from annotator.store.assessments import assessment_body, put_assessment
        from annotator.store.events import Kind, append

        if self.training is None:
            raise AnnotatorError(f"The round {self.round.name} trains nobody.")
        body = assessment_body(self.round.id, self.coder, numbers)
        with self._project.writing() as connection:
            last = connection.execute(_last_assessment(), self._own).scalar()
            if last != canonical(numbers):
                event = append(
                    connection, self._project.device, self.coder, Kind.CODER_ASSESSED, body
                )
                put_assessment(connection, event)


@cache
def _shown_answer() -> Select[*tuple[Any, ...]]:
    from annotator.store.models import KnownAnswer

    return (
        select(col(KnownAnswer.body), col(KnownAnswer.trap))
        .join(
            table_of(Assignment),
            (col(Assignment.round_id) == col(KnownAnswer.round_id))
            & (col(Assignment.passage_id) == col(KnownAnswer.passage_id)),
        )
        .where(
            col(Assignment.id) == bindparam("assignment"),
            col(Assignment.round_id) == bindparam("own_round"),
            col(Assignment.coder) == bindparam("own_coder"),
            col(KnownAnswer.shown) == 1,
            select(col(Coding.id))
            .where(
                col(Coding.round_id) == bindparam("own_round"),
                col(Coding.coder) == bindparam("own_coder"),
                col(Coding.passage_id) == col(KnownAnswer.passage_id),
            )
            .correlate(table_of(KnownAnswer))
            .exists(),
        )
    )


@cache
def _lessons() -> Select[*tuple[Any, ...]]:
    from annotator.store.models import KnownAnswer

    return (
        select(col(KnownAnswer.body).label("known"), col(Coding.body).label("given"))
        .join(
            table_of(Coding),
            (col(Coding.round_id) == col(KnownAnswer.round_id))
            & (col(Coding.passage_id) == col(KnownAnswer.passage_id)),
        )
        .where(
            col(Coding.round_id) == bindparam("own_round"),
            col(Coding.coder) == bindparam("own_coder"),
            col(Coding.revision) == 1,
            col(Coding.occasion) == 1,
            col(KnownAnswer.shown) == 1,
        )
        .order_by(col(Coding.id))
    )


@cache
def _last_assessment() -> Select[*tuple[Any, ...]]:
    from annotator.store.models import Assessment

    return (
        select(col(Assessment.body))
        .where(
            col(Assessment.round_id) == bindparam("own_round"),
            col(Assessment.coder) == bindparam("own_coder"),
        )
        .order_by(col(Assessment.id).desc())
        .limit(1)
    )
