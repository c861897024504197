"""Names of people, as given on the command line."""

import unicodedata

from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError

_LONGEST_NAME = 40


def person(name: str, option: str) -> str:
    """The name of a coder or a lead, trimmed and in one Unicode form (NFC).

    Args:
        name: As typed.
        option: The option it was given with, for the message.

    Raises:
        AnnotatorError: It is empty, too long or holds characters that cannot be seen.
    """
    trimmed = unicodedata.normalize("NFC", name.strip())
    if not trimmed or len(trimmed) > _LONGEST_NAME or visible(trimmed) != trimmed:
        raise AnnotatorError(
            f"{option} {visible(name)!r} is no name; give 1 to {_LONGEST_NAME} characters that can "
            "all be seen."
        )
    return trimmed
