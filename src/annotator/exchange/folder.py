"""A folder that is there whole or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from annotator.errors import AnnotatorError
from annotator.exchange.csv_table import sync_folder


@contextmanager
def staging(target: Path) -> Iterator[Path]:
    """A hidden folder inside a target folder to write in; whatever is left in it goes.

    Args:
        target: The folder that is to hold the result; it is made if it is not there.

    Raises:
        AnnotatorError: The target is no folder, or cannot be written to, or the disk is full.
    """
    try:
        target.mkdir(parents=True, exist_ok=True)
        made = tempfile.mkdtemp(prefix=".export-", dir=target)
        # Python 3.12 and later give an absolute path back; a folder stays as its user named it.
        folder = target / Path(made).name
    except (FileExistsError, NotADirectoryError):
        raise AnnotatorError(
            f"{target}: this is a file and no folder; name a folder to export into."
        ) from None
    except OSError as error:
        raise AnnotatorError(
            f"{target}: the folder cannot be written to ({error.strerror}); "
            "choose another folder to export into."
        ) from None
    try:
        yield folder
    except OSError as error:
        raise AnnotatorError(
            f"{target}: the export could not be written ({error.strerror}) and nothing of it was "
            "kept; make room or choose another folder."
        ) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(folder: Path, name: str) -> Path:
    """Give a finished folder its name beside it, or the next free one (`name-2`, …).

    Returns:
        Where it is now; it and its name are on the disk.
    """
    for inner in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(inner)
    final = folder.parent / name
    number = 1
    while os.path.lexists(final):
        number += 1
        final = folder.parent / f"{name}-{number}"
    folder.rename(final)
    sync_folder(final.parent)
    return final
