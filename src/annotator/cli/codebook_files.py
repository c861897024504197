"""Reading the codebook that a command names."""

from typing import TYPE_CHECKING

from annotator.cli.projects import is_project
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.codebook.model import Codebook


def codebook_named(name: str) -> "Codebook":
    """The codebook that a command names.

    Args:
        name: A YAML file, or the name of a codebook that comes with annotator.

    Raises:
        CodebookErrors: The file is no valid codebook; holds every mistake with its place.
        AnnotatorError: There is none, it cannot be read, or it is a project.
    """
    from annotator.codebook.reader import read_codebook
    from annotator.codebook.shipped import find_codebook

    path = find_codebook(name)
    if is_project(str(path)):
        raise AnnotatorError(
            f"{name} is a project, not a codebook; a project is given with --project {name}."
        )
    return read_codebook(path)
