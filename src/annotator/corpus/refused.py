"""The one way in which a file of reports is turned away."""

from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError


class Refused(AnnotatorError):
    """A file that cannot be taken as it is; whoever imports many goes on with the next.

    The sentence is `where:line reason.`, fit to be shown.

    Args:
        reason: What is wrong and what to do; begins with a verb, ends without a stop.
        where: The file as the user knows it; empty as long as only its content is known.
        line: Number of the line in it, from 1, if one is to blame.
    """

    def __init__(self, reason: str, where: str = "", line: int | None = None) -> None:
        self.reason = visible(reason)
        self.where = visible(where)
        self.line = line
        place = self.where or "the text"
        super().__init__(f"{place if line is None else f'{place}:{line}'} {self.reason}.")
