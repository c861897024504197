"""The two ways in which a command can end other than well.

Every error a user can cause is one of these, carries one sentence that says what is wrong, where,
and what to do, and never reaches them as a traceback.
"""


class AnnotatorError(Exception):
    """Something the user asked for cannot be done as asked (exit code 2).

    Args:
        sentence: One sentence for the user: what is wrong, where, and what to do.
    """

    exit_code = 2

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    @property
    def as_printed(self) -> str:
        """What a command prints of it: the sentence, or more where there is more than one fault."""
        return self.sentence


class WorkProblem(AnnotatorError):
    """The request was fine, but the work itself found a problem (exit code 1)."""

    exit_code = 1
