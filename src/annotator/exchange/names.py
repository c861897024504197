"""Names that other programs can take: of columns, of folders, of people.

Column names hold for R, Stata and SPSS alike: a letter first, then letters, digits and `_`, at
most 32 characters, unique without regard to case, none of Stata's own words.
"""

import hashlib
import re
from collections.abc import Iterable

_LONGEST = 32
_PSEUDONYM_DIGITS = 6
_STATA_WORDS = frozenset(
    {"_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n"}
    | {"_pi", "_pred", "_rc", "_skip", "str", "strL", "using", "with", "_N"}
)


class ColumnNames:
    """Hands out column names, each once.

    Args:
        taken: Names that are in use already.
    """

    def __init__(self, taken: Iterable[str] = ()) -> None:
        self._taken = {name.casefold() for name in taken}

    def take(self, wanted: str) -> str:
        """A name as near as possible to the one wanted; the same calls give the same names."""
        name = wanted
        if name in _STATA_WORDS or re.fullmatch(r"str\d+", name):
            name = f"v_{name}"
        if len(name) > _LONGEST:
            name = f"{name[: _LONGEST - 7]}_{hashlib.sha256(name.encode()).hexdigest()[:6]}"
        number = 1
        free = name
        while free.casefold() in self._taken:
            number += 1
            ending = f"_{number}"
            free = name[: _LONGEST - len(ending)] + ending
        self._taken.add(free.casefold())
        return free


def folder_name(name: str) -> str:
    """A project's name as a part of a folder name: letters, digits, `.`, `-` and `_` only."""
    plain = re.sub(r"[^\w.-]+", "-", name).strip("-.")[:60]
    return plain or "project"


def pseudonyms(people: Iterable[str], project_id: str) -> dict[str, str]:
    """A pseudonym for every name: `coder_` and the first six digits of a keyed hash.

    It follows from the name and the project alone, so nobody's changes when people join or leave;
    only two whose digits are the same get as many more as tell them apart. It hides names from a
    reader of the tables; it is no protection against someone who has the project's id and a list
    of names to try.

    Args:
        people: The names.
        project_id: The key.

    Returns:
        The pseudonym of each name, in the order of the pseudonyms, which tells nothing of names.
    """
    hashes = {
        name: hashlib.sha256(f"{project_id}\n{name}".encode()).hexdigest() for name in set(people)
    }
    found = {}
    for name, digits in sorted(hashes.items(), key=lambda item: item[1]):
        length = _PSEUDONYM_DIGITS
        while sum(other.startswith(digits[:length]) for other in hashes.values()) > 1:
            length += 1
        found[name] = f"coder_{digits[:length]}"
    return found
