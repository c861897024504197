"""Opening the project that a command works on."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.cli.configured import configured
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.store.project import Project

_SQLITE = b"SQLite format 3\0"

DEFAULT_PROJECT = "annotator.db"
"""The project file where none is named."""
PROJECT_VARIABLE = "ANNOTATOR_PROJECT"
"""The environment variable that names the project file."""


def opened(location: str, *, read_only: bool = False) -> "Project":
    """Open a project; use it in a `with` statement.

    Args:
        location: What `--project` says.
        read_only: For commands that write nothing.

    Raises:
        AnnotatorError: It cannot be opened; the sentence says why.
    """
    location = checked(location)
    from annotator.store.project import open_project

    return open_project(location, read_only=read_only)


def default_project() -> str:
    """The project where the command line names none.

    Raises:
        AnnotatorError: The config file cannot be used.
    """
    if named := os.environ.get(PROJECT_VARIABLE):
        return named
    return os.path.expanduser(configured().project) or DEFAULT_PROJECT


def checked(location: str) -> str:
    """A project's location, unless it is one that this version cannot use.

    Raises:
        AnnotatorError: It is empty or the address of a database server.
    """
    if not location.strip():
        raise AnnotatorError("--project names no file; give the project file.")
    if "://" in location:
        # Not repeated in the message: such an address can hold a password.
        raise AnnotatorError(
            "A project on a database server cannot be used in this version; "
            "give --project the name of a project file."
        )
    return location


def is_project(source: str) -> bool:
    """Whether what a user named is a project rather than a file of some other kind."""
    if "://" in source:
        return True
    try:
        with Path(source).open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except (OSError, ValueError):
        # What it is cannot be told; whoever reads it as something else says why.
        return False
