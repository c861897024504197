"""Where a project may lie: on a disk of this machine, in a folder that nothing else copies about.

SQLite's locks and shared memory do not work across a network, and a program that synchronises a
folder copies the file and its log at different moments; either can lose or damage codings.
"""

import logging
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from annotator.errors import AnnotatorError

ALLOW_SYNCED = "ANNOTATOR_ALLOW_SYNCED"
"""Set to 1, this variable of the environment lets a project lie in a synchronised folder."""

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afpfs|webdav|davfs|9p|afs|ncpfs|ceph|glusterfs|lustre|beegfs|vboxsf"
    r"|vmhgfs|prl_fs|fuse\.(sshfs|rclone|s3fs|gvfsd-fuse|davfs2?|glusterfs|ceph|vmhgfs-fuse|smbnetfs)"
)
_SYNCED_FOLDER = re.compile(
    r"dropbox|onedrive|google ?drive|my drive|mobile documents|icloud ?drive|nextcloud|owncloud"
    r"|pcloud ?drive|syncthing",
    re.IGNORECASE,
)
_SYNC_MARKERS = (
    ".stfolder",
    ".dropbox",
    ".dropbox.cache",
    ".owncloudsync.log",
    ".nextcloudsync.log",
)
_CONFLICT = re.compile(r"conflicted copy|\.sync-conflict-|case conflict", re.IGNORECASE)


def refuse_unsafe(path: Path) -> None:
    """Refuse a project on a network file system or in a synchronised folder.

    Raises:
        AnnotatorError: It lies in such a place; for a synchronised folder, `ALLOW_SYNCED` is
            not set.
    """
    folder = path.absolute().parent.resolve()
    kind = file_system(folder, mounts())
    if _NETWORK.fullmatch(kind):
        raise AnnotatorError(
            f"{path}: this folder is on a network file system ({kind}), where codings can be lost "
            "or damaged; move the project to a disk of this machine."
        )
    reason = synced(path.name, folder)
    if not reason:
        return
    if os.environ.get(ALLOW_SYNCED) == "1":
        logging.getLogger(__name__).warning("%s: opened although %s", path, reason)
        return
    raise AnnotatorError(
        f"{path}: {reason}, and a synchronised folder can lose or damage codings; move the project "
        f"to another folder, or set {ALLOW_SYNCED}=1 to take the risk."
    )


def synced(name: str, folder: Path) -> str:
    """Why a folder seems to be synchronised by another program; empty if it does not.

    Args:
        name: The name of the project file.
        folder: The folder it lies in.
    """
    for above in (folder, *folder.parents):
        if _SYNCED_FOLDER.match(above.name):
            return f"it lies in {above.name}"
        if any((above / marker).exists() for marker in _SYNC_MARKERS):
            return f"{above} is synchronised"
    stem = name.partition(".")[0]
    try:
        beside = [entry for entry in os.listdir(folder) if entry.startswith(stem)]
    except OSError:
        return ""
    conflict = next((entry for entry in beside if _CONFLICT.search(entry)), "")
    return f"{conflict} lies beside it" if conflict else ""


def file_system(folder: Path, mounts: Iterable[tuple[str, str]]) -> str:
    """The type of the file system a folder is on; empty if it cannot be told.

    Args:
        folder: An absolute path without links.
        mounts: Pairs of a mount point and its type; of two on one point the later one counts.
    """
    best, kind = -1, ""
    for point, found in mounts:
        if folder.is_relative_to(point) and len(point) >= best:
            best, kind = len(point), found
    return kind


def mounts() -> list[tuple[str, str]]:
    """Mount points and types of this machine; none where they cannot be told."""
    try:
        if sys.platform == "darwin":
            listed = subprocess.run(
                ["/sbin/mount"], capture_output=True, text=True, check=True, timeout=5
            )
            return darwin_mounts(listed.stdout)
        return linux_mounts(Path("/proc/self/mountinfo").read_text(errors="surrogateescape"))
    except (OSError, subprocess.SubprocessError):
        return []


def linux_mounts(mountinfo: str) -> list[tuple[str, str]]:
    """Mount points and types from `/proc/self/mountinfo` (proc(5))."""
    found = []
    for line in mountinfo.splitlines():
        before, _, after = line.partition(" - ")
        point = re.sub(r"\\(\d{3})", lambda octal: chr(int(octal[1], 8)), before.split(" ")[4])
        found.append((point, after.split(" ")[0]))
    return found


def darwin_mounts(listed: str) -> list[tuple[str, str]]:
    """Mount points and types from what mount(8) of macOS prints."""
    return re.findall(r"^.+? on (.+) \((\w+)[,)]", listed, re.MULTILINE)


def file_of(location: str | Path) -> Path:
    """The file that a location names.

    Raises:
        AnnotatorError: It names a database server.
    """
    if "://" in str(location):
        raise AnnotatorError(
            f"{location}: this version of annotator keeps projects in SQLite files only; "
            "name a file."
        )
    return Path(location)
