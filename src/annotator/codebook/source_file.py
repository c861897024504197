"""The text of a YAML file that a person wrote, or one sentence on why it cannot be had."""

import stat
from pathlib import Path

from annotator.codebook.yaml_source import MOST_BYTES
from annotator.errors import AnnotatorError


def read_source(path: Path, noun: str) -> str:
    """Read a YAML file as text.

    Args:
        path: A file in UTF-8 of at most `MOST_BYTES`.
        noun: What it should hold, for the sentence of an error: `a codebook`.

    Returns:
        Its text as it stands there; `plain_lines` takes off what differs between systems.

    Raises:
        AnnotatorError: There is no such file, it is too long, or it is not UTF-8.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise AnnotatorError(f"{path} is not a file; name the YAML file of {noun}.")
        with path.open("rb") as file:
            raw = file.read(MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise AnnotatorError(f"There is no file {path}; check its name.") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AnnotatorError(f"{path} cannot be read ({reason}); check the file.") from error
    if len(raw) > MOST_BYTES:
        raise AnnotatorError(
            f"{path} is longer than {MOST_BYTES:,} bytes; {noun} this long is likely another"
            " kind of file."
        )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise AnnotatorError(
            f"{path}:{line}: not UTF-8 text (byte 0x{raw[error.start]:02x}); save the file as UTF-8"
            " in your editor."
        ) from error


def plain_lines(text: str) -> str:
    """Text without a byte order mark and with every line ending in LF."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
