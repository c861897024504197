"""Where the config file is, and its text."""

import os
from collections.abc import Mapping
from pathlib import Path

from annotator.errors import AnnotatorError

VARIABLE = "ANNOTATOR_CONFIG"
"""The variable of the environment that names another file."""


def config_path(environ: Mapping[str, str]) -> Path:
    """Where the config file is, whether or not there is one.

    Args:
        environ: The environment; `ANNOTATOR_CONFIG` names another file than the usual one.
    """
    if named := environ.get(VARIABLE):
        return Path(os.path.expanduser(named))
    # The screen's own library loads it all the same.
    import platformdirs

    return platformdirs.user_config_path("annotator") / "config.toml"


def config_text(environ: Mapping[str, str]) -> tuple[Path, str | None]:
    """Where the config file is and what stands in it; None where there is no file.

    Args:
        environ: The environment; see `config_path`.

    Raises:
        AnnotatorError: It cannot be read, or `ANNOTATOR_CONFIG` names a file that is not there.
    """
    path = config_path(environ)
    try:
        # An editor on Windows may put a byte order mark in front.
        return path, path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if environ.get(VARIABLE):
            raise AnnotatorError(
                f"{VARIABLE} names {path}, which is not there; make it with `annotator config "
                "init`, or take the variable away."
            ) from None
        return path, None
    except UnicodeDecodeError:
        raise AnnotatorError(f"{path} is not text in UTF-8; write it anew as such.") from None
    except OSError as error:
        raise AnnotatorError(f"The config file {path} cannot be read: {error.strerror}.") from None
