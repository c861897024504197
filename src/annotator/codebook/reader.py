"""Read a codebook from its YAML file, or say everything that is wrong with it at once."""

from hashlib import sha256
from pathlib import Path

from annotator.codebook.entries import Entry, read_entry
from annotator.codebook.fields import CODEBOOK
from annotator.codebook.model import PASSAGE, Check, CheckKind, Code, Codebook, Unit, Variable
from annotator.codebook.problems import Problems
from annotator.codebook.rules import check
from annotator.codebook.source_file import plain_lines, read_source
from annotator.codebook.yaml_source import compose


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
    return parse_codebook(read_source(path, "a codebook"), str(path))


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
    text = plain_lines(text)
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
    arguments["checks"] = tuple(_check(entry) for entry in arguments.get("checks", ()))
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


def _check(entry: Entry) -> Check:
    kind = next(kind for kind in CheckKind if kind in entry.values)
    return Check(**{**entry.arguments(), "kind": kind})


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
