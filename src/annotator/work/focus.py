"""Where a coder is in a passage, and what a step of the session did."""

import json
from typing import NamedTuple

NONE_LIT = -1
"""In `Focus.candidate`: no candidate is current."""


class Focus(NamedTuple):
    """Where a coder is in a passage.

    `record` and `name` are the place of a row of the outline, `cursor` a code point of the report
    text, `entry` what has been typed into the field and is not (yet) an answer. `before` is the
    answer that stood there when the coder began to type, as the plain data of a coding of that one
    question (`{}`: none); it is empty while nothing is being typed. `note` is a note on the answer,
    `passage_note` one on the passage, that is being written and not kept yet; None while none is.
    `lesson` is the assignment whose known answer waits to be read, in training; None if none does.
    `candidate` is the number of the candidate the coder stepped to, None before they did, and
    `NONE_LIT` once they move through the text by themselves.
    """

    record: str = ""
    name: str = ""
    cursor: int = 0
    entry: str = ""
    before: str = ""
    note: str | None = None
    passage_note: str | None = None
    candidate: int | None = None
    lesson: int | None = None

    @classmethod
    def read(cls, text: str) -> "Focus":
        """The focus that `write` wrote; the start of the passage for an empty text."""
        return cls(**json.loads(text)) if text else cls()

    def write(self) -> str:
        """As text to be kept with the coder's place."""
        return json.dumps(self._asdict(), ensure_ascii=False)


class Change(NamedTuple):
    """What a step of the session did.

    `message` is for the status line; `refused` says that nothing was changed and why, `unfinished`
    that what was typed so far is no value and how one is written. `passage` is true when another
    passage is open now, `finished` when none is left to code or to submit again.
    """

    message: str = ""
    refused: bool = False
    unfinished: bool = False
    passage: bool = False
    finished: bool = False
