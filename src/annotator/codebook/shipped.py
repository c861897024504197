"""The codebooks that come with annotator, and how a codebook is named on a command line."""

from pathlib import Path

from annotator.codebook.problems import likely, one_of
from annotator.errors import AnnotatorError

_SUFFIXES = (".yaml", ".yml")

EXAMPLES_ENDING = "_examples"
"""How the name of a file of worked examples ends: they stand beside the codebook they belong to."""


def shipped_codebooks() -> dict[str, Path]:
    """The files of the shipped codebooks by name, sorted; in a checkout those of its own folder."""
    package = Path(__file__).resolve().parents[1]
    for folder in (package / "shipped" / "codebooks", package.parents[1] / "codebooks"):
        found = sorted(folder.glob("*.yaml"))
        if names := {path.stem: path for path in found if not path.stem.endswith(EXAMPLES_ENDING)}:
            return names
    return {}


def find_codebook(name_or_path: str) -> Path:
    """The file of a codebook.

    Args:
        name_or_path: A path, which wins if it is there, or the name of a shipped codebook.

    Raises:
        AnnotatorError: There is neither.
    """
    path = Path(name_or_path)
    shipped = shipped_codebooks()
    if _is_file(path):
        return path
    if name_or_path in shipped:
        return shipped[name_or_path]
    if path.suffix in _SUFFIXES or len(path.parts) > 1:
        guess = _beside(path)
        raise AnnotatorError(
            f"There is no file {name_or_path}; {guess or 'check the name of the codebook.'}"
        )
    known = f"shipped are {one_of(shipped)}" if shipped else "name a YAML file"
    hint = likely(name_or_path, shipped) or f"{known}."
    raise AnnotatorError(f'There is no codebook "{name_or_path}"; {hint}')


def find_examples(name_or_path: str) -> Path:
    """The file of worked examples that a name means.

    Args:
        name_or_path: A path, which wins if it is there, or the name of a shipped codebook.

    Raises:
        AnnotatorError: There is neither.
    """
    path = Path(name_or_path)
    if _is_file(path):
        return path
    shipped = shipped_codebooks()
    if name_or_path in shipped:
        beside = examples_beside(shipped[name_or_path])
        if beside.is_file():
            return beside
    raise AnnotatorError(
        f"There is no file {name_or_path}; name a file of worked examples, or one of the codebooks "
        f"{', '.join(shipped)} for theirs."
    )


def examples_beside(codebook: Path) -> Path:
    """Where the worked examples of a codebook's file are, if it has any."""
    return codebook.with_name(f"{codebook.stem}{EXAMPLES_ENDING}.yaml")


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except ValueError:  # a null character, before Python 3.13
        return False


def _beside(path: Path) -> str:
    """A hint at a file in the same folder with almost the same name."""
    try:
        names = [entry.name for entry in path.parent.iterdir() if entry.suffix in _SUFFIXES]
    except (OSError, ValueError):
        return ""
    return likely(path.name, names)
