"""Which files a command names, and their bytes."""

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotator.corpus.cleaning import MAX_BYTES
from annotator.corpus.refused import Refused
from annotator.corpus.visible import visible
from annotator.errors import AnnotatorError

SUFFIXES = (".txt", ".md", ".csv", ".jsonl")
"""The endings of the files that can be read, in lower case."""

_CHUNK = 1 << 20
_MAGIC = re.compile(r"[*?\[]")


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, and those of folders that are left out because of their ending."""

    files: tuple[Path, ...]
    left_out: tuple[Path, ...]


def find_files(arguments: Sequence[str]) -> list[Path]:
    """Return the files to read; see `search_files`."""
    return list(search_files(arguments).files)


def search_files(arguments: Sequence[str]) -> Found:
    """Return the files that the arguments of a command name, each once, in the order named.

    An argument is a file, whatever its ending; a folder, of which all files with an ending in
    `SUFFIXES` are taken, sorted, from its subfolders too; or a pattern with `*`, `?`, `[` or `**`
    for either. Hidden files and folders are passed over unless named. A link to a folder is
    followed once; `**` follows none.

    Args:
        arguments: Paths and patterns as typed.

    Raises:
        AnnotatorError: An argument names nothing, or a folder cannot be listed or has no report.
    """
    found: dict[Path, None] = {}
    left_out: dict[Path, None] = {}
    for argument in arguments:
        files = []
        for path in _matching(argument):
            is_folder = path.is_dir()
            for file in _files_of(path):
                if is_folder and not file.name.lower().endswith(SUFFIXES):
                    left_out[file] = None
                else:
                    files.append(file)
        if not files:
            raise AnnotatorError(
                f"{visible(argument)} has no file ending in {', '.join(SUFFIXES)}; "
                "name the folder that holds the reports."
            )
        found.update(dict.fromkeys(files))
    return Found(tuple(found), tuple(file for file in left_out if file not in found))


def _matching(argument: str) -> list[Path]:
    # A name may itself hold a bracket or a star, so what exists goes before the pattern.
    if argument and os.path.lexists(argument):
        return [Path(argument)]
    if not _MAGIC.search(argument) or "\x00" in argument:
        named = visible(argument) or "with an empty name"
        raise AnnotatorError(f"There is no file or folder {named}; check the path.")
    parts = Path(os.path.expanduser(argument)).parts
    depth = next(at for at, part in enumerate(parts) if _MAGIC.search(part))
    root, pattern = Path(*parts[:depth]), parts[depth:]
    try:
        paths = sorted(root.glob("/".join(pattern)))
    except (OSError, ValueError) as error:
        raise AnnotatorError(
            f"The pattern {visible(argument)} cannot be used ({visible(str(error))}); "
            "name the files or their folder."
        ) from None
    if not any(part.startswith(".") for part in pattern):
        paths = [path for path in paths if not _is_hidden(path.relative_to(root))]
    if not paths:
        raise AnnotatorError(f"No file matches {visible(argument)}; check the pattern.")
    return paths


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _files_of(path: Path) -> Iterator[Path]:
    if not os.path.isdir(path):
        yield path
        return
    seen: set[tuple[int, int]] = set()
    for folder, folders, names in os.walk(path, onerror=_unlisted, followlinks=True):
        status = os.stat(folder)
        identity = (status.st_dev, status.st_ino)
        if identity in seen:
            folders.clear()
            continue
        seen.add(identity)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name)


def _unlisted(error: OSError) -> None:
    raise AnnotatorError(
        f"The folder {visible(str(error.filename))} cannot be read "
        f"({error.strerror}); check its permissions."
    )


def read_bytes(path: Path) -> tuple[bytes, str]:
    """Return all bytes of an ordinary file and their SHA-256 in hexadecimal.

    Of a file over `MAX_BYTES` no more is read than shows that it is.

    Raises:
        Refused: It is none, or cannot be read.
    """
    digest = hashlib.sha256()
    chunks = []
    size = 0
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise Refused("is not an ordinary file; name a file or a folder of files", str(path))
        with path.open("rb", buffering=0) as file:
            while size <= MAX_BYTES and (chunk := file.read(_CHUNK)):
                digest.update(chunk)
                chunks.append(chunk)
                size += len(chunk)
    except OSError as error:
        reason = error.strerror
    except ValueError as error:
        reason = str(error)
    else:
        return b"".join(chunks), digest.hexdigest()
    raise Refused(f"cannot be read ({reason}); check the path and its permissions", str(path))
