"""Why something cannot be done where the coder is, said before it is tried or when it is.

Each function gives one sentence, or the empty text where nothing stands in the way.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from annotator.work.outline import Row

if TYPE_CHECKING:
    from annotator.coding.candidates import Candidate


def no_answer(row: Row, to: str) -> str:
    """There must be an answer to do something to.

    Args:
        row: Where the coder is.
        to: What is to be done: `be unsure of`.
    """
    return "" if row.answer is not None else f"There is no answer here to {to}."


def no_record(row: Row, to: str) -> str:
    """The coder must be in a record to do something to it.

    Args:
        row: Where the coder is.
        to: What is to be done: `remove`.
    """
    return "" if row.record else f"There is no record here to {to}."


def no_candidates(found: Sequence["Candidate"]) -> str:
    """There must be words that are offered to go to some.

    Args:
        found: The candidates of the question in focus.
    """
    return "" if found else "No words of this passage are offered for this question."
