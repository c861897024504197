"""Who writes: the id of this installation, kept in the platform's folder for user data."""

import os
from pathlib import Path
from uuid import UUID, uuid4

import platformdirs


def device_id() -> str:
    """The id of this installation, made on first use.

    Where it cannot be kept, a new one is given each time: two devices under one id would fork
    the chain of events, one device under two ids does no harm.
    """
    path = Path(platformdirs.user_data_path("annotator")) / "device"
    if kept := _kept(path):
        return kept
    made = str(uuid4())
    unfinished = path.with_name(f"device.{made}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(made, encoding="ascii")
        try:
            # A link is made whole or not at all, and never in place of another process's.
            os.link(unfinished, path)
        finally:
            unfinished.unlink()
    except OSError:
        return _kept(path) or made
    return made


def _kept(path: Path) -> str:
    try:
        return str(UUID(path.read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        return ""
