"""What one value of a codebook file means, and what readers of YAML would wrongly make of it.

YAML turns some unquoted words into something else: `no` into false, `010` into 8, `12:30` into
750, `2016-03-01` into a date. Codebooks never guess: where text is expected, such a word must
stand in quotes, and where a number or a date is expected, only the plain spelling is taken.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date

from annotator.codebook import fields
from annotator.codebook.fields import CHOICES, Kind
from annotator.codebook.problems import Problems, likely, one_of, quote
from annotator.codebook.yaml_source import Items, Mapping, Node, Scalar

# `y` and `n` are booleans by the letter of YAML 1.1, but to no reader in use, and they make good
# keys; they are taken as text.
_BOOLEAN = re.compile("yes|no|on|off|true|false", re.IGNORECASE)
_NOTHING = re.compile("~|null|", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}([Tt\s].*)?", re.ASCII)
_BASE_60 = re.compile(r"[-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?", re.ASCII)
_NUMBER = re.compile(
    r"[-+]?(0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+"
    r"|(\d[\d_]*(\.[\d_]*)?|\.\d[\d_]*)([eE][-+]?\d+)?|\.(inf|nan))",
    re.IGNORECASE | re.ASCII,
)
_PLAIN_NUMBER = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,15})?", re.ASCII)
_ISO_DATE = re.compile(fields.DATE_PATTERN)


def other_meaning(scalar: Scalar) -> str:
    """What YAML makes of an unquoted word other than text, as `a number`; empty if it is text."""
    if not scalar.plain:
        return ""
    word = scalar.value
    if _NOTHING.fullmatch(word):
        return "nothing"
    if _BOOLEAN.fullmatch(word):
        return "true or false"
    if _DATE.fullmatch(word):
        return "a date"
    if _BASE_60.fullmatch(word):
        return "a number in base 60"
    if _NUMBER.fullmatch(word):
        return "a number"
    return "a sign of its own" if word in ("=", "<<") else ""


def is_number(scalar: Scalar) -> bool:
    """Whether YAML reads an unquoted word as a number in decimal notation."""
    return other_meaning(scalar) == "a number"


def is_day(text: str) -> bool:
    """Whether text is written as YYYY-MM-DD."""
    return _ISO_DATE.fullmatch(text) is not None


def read_text(node: Node, name: str, problems: Problems) -> str:
    """The text of a scalar, in NFC and without spaces around it; notes a problem if it is none."""
    if not isinstance(node, Scalar):
        what = "a list" if isinstance(node, Items) else "a mapping"
        problems.add(
            node,
            f"{name} must be text, but here is {what}",
            "put text that begins with { or [ or holds a colon in quotes",
        )
        return ""
    meaning = other_meaning(node)
    if meaning == "nothing":
        problems.add(node, f"{name} has no value", "write one or leave the line out")
        return ""
    if meaning:
        problems.add(
            node,
            f"{name} must be text, but without quotes {quote(node.value)[1:-1]} is {meaning}",
            f"write {quote(node.value)} in quotes",
        )
        return node.value
    text = unicodedata.normalize("NFC", node.value).strip()
    if not text:
        problems.add(node, f"{name} is empty", "write something or leave the line out")
    return text


def read_line(node: Node, name: str, problems: Problems) -> str:
    """Like `read_text`, for text that must fit on one line."""
    text = read_text(node, name, problems)
    if "\n" in text:
        problems.add(node, f"{name} must be one line", "write it without line breaks, or use >-")
    return text


def read_texts(node: Node, name: str, problems: Problems) -> tuple[str, ...]:
    """One text or a list of texts."""
    if not isinstance(node, Items):
        return (read_text(node, name, problems),)
    return tuple(read_text(item, f"each of {name}", problems) for item in node.nodes)


def read_words(node: Node, name: str, problems: Problems) -> dict[str, tuple[str, ...]]:
    """Texts by language tag."""
    if not isinstance(node, Mapping):
        problems.add(
            node, f"{name} must name a language", "write {en: [word, word]}, with the language"
        )
        return {}
    return {
        read_language(tag, f"a language in {name}", problems): read_texts(
            words, f"{name} {quote(tag.value)}", problems
        )
        for tag, words in node.entries
    }


def _read_pattern(
    node: Node, name: str, problems: Problems, pattern: str, must: str, repair: Callable[[str], str]
) -> str:
    before = len(problems)
    text = read_text(node, name, problems)
    if len(problems) == before and not re.fullmatch(pattern, text):
        repaired = repair(text)
        hint = f"write {repaired}" if re.fullmatch(pattern, repaired) else ""
        problems.add(node, f"{name} {quote(text)} must be {must}", hint)
    return text


def read_id(node: Node, name: str, problems: Problems) -> str:
    """An id of a variable or unit."""
    return _read_pattern(
        node,
        name,
        problems,
        fields.ID_PATTERN,
        "a small letter a-z, then up to 59 small letters, digits or _",
        lambda text: re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_"),
    )


def read_code_id(node: Node, name: str, problems: Problems) -> str:
    """An id of a code or reason."""
    return _read_pattern(
        node,
        name,
        problems,
        fields.CODE_ID_PATTERN,
        "a small letter a-z or a digit, then up to 59 small letters, digits or _",
        lambda text: re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_"),
    )


def read_ids(node: Node, name: str, problems: Problems) -> tuple[str, ...]:
    """One id of a code or a list of them."""
    if not isinstance(node, Items):
        return (read_code_id(node, name, problems),)
    return tuple(read_code_id(item, f"each of {name}", problems) for item in node.nodes)


def read_check_id(node: Node, name: str, problems: Problems) -> str:
    """An id of a check."""
    return _read_pattern(
        node,
        name,
        problems,
        fields.CHECK_ID_PATTERN,
        "a capital letter A-Z, then up to 9 capital letters or digits",
        lambda text: re.sub(r"[^A-Z0-9]+", "", text.upper()),
    )


def read_codebook_id(node: Node, name: str, problems: Problems) -> str:
    """The id of the codebook."""
    return _read_pattern(
        node,
        name,
        problems,
        fields.CODEBOOK_ID_PATTERN,
        "a small letter a-z, then up to 59 small letters, digits or -",
        lambda text: re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-"),
    )


def read_key(node: Node, name: str, problems: Problems) -> str:
    """A key that picks a code."""
    return _read_pattern(
        node, name, problems, fields.KEY_PATTERN, "one of a-z or 0-9", lambda text: text.lower()
    )


def read_language(node: Node, name: str, problems: Problems) -> str:
    """A language tag (BCP 47, without its rarer parts)."""
    return _read_pattern(
        node,
        name,
        problems,
        fields.LANGUAGE_PATTERN,
        "a language tag such as en or ar",
        lambda text: text.lower().replace("_", "-"),
    )


def read_version(node: Node, name: str, problems: Problems) -> str:
    """A semantic version, quoted or not."""
    if isinstance(node, Scalar) and (
        found := re.fullmatch(r"[vV]?(\d{1,9})(\.\d{1,9})?(\.\d{1,9})?", node.value)
    ):
        if re.fullmatch(fields.VERSION_PATTERN, node.value):
            return node.value
        numbers = [int((part or ".0").strip(".")) for part in found.groups()]
        problems.add(
            node,
            f"{name} {quote(node.value)} must be three numbers, MAJOR.MINOR.PATCH",
            f"write {'.'.join(map(str, numbers))}",
        )
        return node.value
    return _read_pattern(
        node,
        name,
        problems,
        fields.VERSION_PATTERN,
        "three numbers such as 1.0.0 (MAJOR.MINOR.PATCH)",
        lambda text: text,
    )


def read_flag(node: Node, name: str, problems: Problems) -> bool:
    """`true` or `false`, without quotes."""
    if isinstance(node, Scalar) and node.plain and node.value in ("true", "false"):
        return node.value == "true"
    hint = ""
    if isinstance(node, Scalar):
        word = node.value.lower()
        meant = "true" if word in ("yes", "on", "true", "y") else ""
        meant = "false" if word in ("no", "off", "false", "n") else meant
        hint = f"write {meant} without quotes" if meant else ""
    problems.add(node, f"{name} must be true or false", hint)
    return False


def read_number(node: Node, name: str, problems: Problems) -> int | float | None:
    """A number in plain decimal notation; None with a problem noted if it is none."""
    if isinstance(node, Scalar) and node.plain and _PLAIN_NUMBER.fullmatch(node.value):
        return float(node.value) if "." in node.value else int(node.value)
    shown = f", not {quote(node.value)}" if isinstance(node, Scalar) and node.value else ""
    problems.add(
        node,
        f"{name} must be a number{shown}",
        "write it in digits without quotes, such as 10 or 0.5",
    )
    return None


def read_date(node: Node, name: str, problems: Problems) -> date | None:
    """A day as YYYY-MM-DD, quoted or not; None with a problem noted if it is none."""
    if isinstance(node, Scalar) and _ISO_DATE.fullmatch(node.value):
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            problems.add(node, f"{name} {node.value} is no day of the calendar")
            return None
    problems.add(node, f"{name} must be a day as YYYY-MM-DD", "write it as 2016-03-01")
    return None


def read_choice(node: Node, name: str, problems: Problems, kind: Kind) -> str:
    """One of the words that fields of a kind may hold; empty with a problem noted if none."""
    before = len(problems)
    text = read_text(node, name, problems)
    if len(problems) > before:
        return ""
    choices = CHOICES[kind]
    if text in choices:
        return text
    hint = likely(text, choices) or f"write {one_of(choices)}"
    problems.add(node, f"there is no {name} {quote(text)}", hint)
    return ""
