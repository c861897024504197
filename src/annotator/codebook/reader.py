"""Read a codebook from its YAML file, or say everything that is wrong with it at once."""

import stat
from hashlib import sha256
from pathlib import Path

from annotator.codebook.entries import Entry, read_entry
from annotator.codebook.fields import CODEBOOK
from annotator.codebook.model import PASSAGE, Code, Codebook, Unit, Variable
from annotator.codebook.problems import Problems
from annotator.codebook.rules import check
from annotator.codebook.yaml_source import MOST_BYTES, compose
from annotator.errors import AnnotatorError


def read_codebook(path: Path) -> Codebook:
    """Read a codebook file.

    Args:
        path: A YAML file in UTF-8 of at most `MOST_BYTES`.

    Returns:
        The codebook, valid in itself.

    Raises:
        CodebookErrors: The file is no valid codebook; holds every mistake with its place.
        AnnotatorError: The file cannot be read at all.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise AnnotatorError(f"{path} is not a file; name the YAML file of a codebook.")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise AnnotatorError(f"There is no file {path}; check the name of the codebook.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AnnotatorError(f"{path} cannot be read ({reason}); check the file.") from error
    if len(raw) > MOST_BYTES:
        raise AnnotatorError(
            f"{path} is longer than {MOST_BYTES:,} bytes; a codebook this long is likely another"
            " kind of file."
        )
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AnnotatorError(
            f"{path}:{line}: not UTF-8 text (byte 0x{raw[error.start]:02x}); save the file as UTF-8"
            " in your editor."
        ) from error
    return parse_codebook(text, str(path))


def parse_codebook(text: str, name: str) -> Codebook:
    """Read a codebook from text.

    Args:
        text: YAML text. A byte order mark is dropped and line ends become LF, so that the hash
            of a codebook does not depend on the system it was checked out on.
        name: What to call the text in messages, usually the file's name.

    Returns:
        The codebook, valid in itself, with its text and the SHA-256 of that text in UTF-8.

    Raises:
        CodebookErrors: The text is no valid codebook; holds every mistake with its place.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    problems = Problems(name)
    root = read_entry(compose(text, problems), CODEBOOK, problems)
    if root is None:
        raise problems.error()
    check(root, problems)
    if problems:
        raise problems.error()
    arguments = root.arguments()
    arguments["units"] = (
        Unit(PASSAGE, label="Passage"),
        *_outermost_first([_unit(entry) for entry in arguments.get("units", ())]),
    )
    arguments["variables"] = tuple(_variable(entry) for entry in arguments["variables"])
    return Codebook(**arguments, source=text, sha256=sha256(text.encode()).hexdigest())


def _code(entry: Entry) -> Code:
    return Code(**{"label": _in_words(entry.id), **entry.arguments()})


def _unit(entry: Entry) -> Unit:
    arguments = {"label": _in_words(entry.id), **entry.arguments(), "id": entry.id}
    arguments["none_reasons"] = tuple(_code(reason) for reason in arguments.get("none_reasons", ()))
    return Unit(**arguments)


def _variable(entry: Entry) -> Variable:
    arguments = entry.arguments()
    arguments["codes"] = tuple(_code(code) for code in entry.codes)
    return Variable(**arguments)


def _in_words(entry_id: str) -> str:
    return entry_id.replace("_", " ").capitalize()


def _outermost_first(units: list[Unit]) -> list[Unit]:
    """The units, each after the one it lies in, otherwise in the order of the file."""
    within = {unit.id: unit.within for unit in units}

    def depth(unit: Unit) -> int:
        steps, outer = 0, unit.within
        while outer != PASSAGE:
            steps, outer = steps + 1, within[outer]
        return steps

    return sorted(units, key=depth)
