"""Sending a passage back to those who coded it, to look at their own coding once more."""

from collections.abc import Iterable

from annotator.errors import AnnotatorError
from annotator.store import marks
from annotator.store.adjudications import Basis, check_basis
from annotator.store.assignments import refuse_closed
from annotator.store.events import Kind, append
from annotator.store.places import find_passage
from annotator.store.project import Project
from annotator.store.rounds import read_round


def send_back(
    project: Project,
    round_id: str,
    report_key: str,
    number: int,
    coders: Iterable[str],
    lead: str,
    words: str,
    *,
    basis: Basis | None = None,
) -> int:
    """Ask coders to look at what they submitted of a passage once more.

    Each sees the words and their own coding, never another's. What they submitted stands until they
    submit again, which is a new revision: blind first codings stay what they were.

    Args:
        project: The project.
        round_id: The round.
        report_key: The report of the passage.
        number: The passage, from 1.
        coders: Who is asked; who has it back already is left out.
        lead: Who asks; nobody sends back a passage they coded.
        words: What the coders are to look at.
        basis: What the lead saw; None for whatever is there.

    Returns:
        How many coders have it back now who had not.

    Raises:
        BasisChanged: The passage is no longer what the lead saw; nothing is written.
        AnnotatorError: There are no words, the round is closed, or the lead coded the passage.
    """
    if not words.strip():
        raise AnnotatorError("Say what the coder is to look at; a passage is sent back with words.")
    with project.writing() as connection:
        row = read_round(connection, round_id)
        refuse_closed(row)
        passage = find_passage(connection, report_key, number)
        check_basis(connection, row, passage, number, lead, basis)
        asked = 0
        for coder in dict.fromkeys(coders):
            if marks.put_sent_back(connection, (round_id, passage, coder, 1), words.strip()):
                body = {
                    "round": round_id,
                    "report": report_key,
                    "passage": number,
                    "coder": coder,
                    "lead": lead,
                    "words": words.strip(),
                }
                append(connection, project.device, lead, Kind.SENT_BACK, body)
                asked += 1
    return asked
