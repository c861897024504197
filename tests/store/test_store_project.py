import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from store_world import SOURCE, main_round, new_project, small_codebook

from annotator.codebook.reader import parse_codebook
from annotator.errors import AnnotatorError
from annotator.store import location
from annotator.store import project as project_module
from annotator.store.copies import backup
from annotator.store.corpus import reports
from annotator.store.desk import Desk
from annotator.store.making import adopt_codebook, create_project
from annotator.store.project import open_project
from annotator.store.rounds import rounds
from event_log import events


def create(path: Path, **more):
    return create_project(
        path, codebook_source=SOURCE, codebook=small_codebook(), actor="lead", **more
    )


def test_a_new_project_is_named_after_its_file_or_as_told(tmp_path: Path) -> None:
    with create(tmp_path / "aleppo.db") as project:
        assert project.name == "aleppo"
        assert project.codebook() == small_codebook()
    with create(tmp_path / "b.db", name="Aleppo 2016") as project:
        assert project.name == "Aleppo 2016"
    with open_project(tmp_path / "b.db") as again:
        assert (again.name, again.id) == (project.name, project.id)


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o777])
def test_only_its_owner_may_read_a_project_and_what_lies_beside_it(
    tmp_path: Path, umask: int
) -> None:
    before = os.umask(umask)
    try:
        with new_project(tmp_path / "p.db") as project:
            backup(project, tmp_path / "copy.db")
            found = {path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()}
    finally:
        os.umask(before)
    assert set(found) == {"p.db", "p.db-wal", "p.db-shm", "copy.db"}
    assert set(found.values()) == {0o600}


def test_a_closed_project_is_one_file(tmp_path: Path) -> None:
    new_project(tmp_path / "p.db").close()
    assert [path.name for path in tmp_path.iterdir()] == ["p.db"]


def test_an_existing_file_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "p.db").write_text("mine")
    with pytest.raises(AnnotatorError, match="already a file"):
        create(tmp_path / "p.db")
    assert (tmp_path / "p.db").read_text() == "mine"


def test_a_project_needs_a_folder_that_is_there(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match="no such folder"):
        create(tmp_path / "nowhere" / "p.db")


def test_a_project_that_could_not_be_made_leaves_nothing(tmp_path: Path, monkeypatch) -> None:
    def fail(connection) -> None:
        raise sqlite3.OperationalError("no")

    monkeypatch.setattr(project_module.schema, "create_triggers", fail)
    with pytest.raises(sqlite3.OperationalError):
        create(tmp_path / "p.db")
    assert list(tmp_path.iterdir()) == []


# --- refusals ------------------------------------------------------------------------------------


def damaged(path: Path) -> None:
    new_project(path, reports=20).close()
    content = bytearray(path.read_bytes())
    content[4096 : 4096 * 12] = os.urandom(4096 * 11)
    path.write_bytes(bytes(content))


def headless(path: Path) -> None:
    new_project(path).close()
    path.write_bytes(path.read_bytes()[:4096])


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute("CREATE TABLE mine (x)")
    raw.close()


def marked_but_empty(path: Path) -> None:
    with sqlite3.connect(path) as raw:
        raw.execute(f"PRAGMA application_id = {project_module.schema.APPLICATION_ID}")
    raw.close()


def read_all(path: Path) -> None:
    with open_project(path) as project:
        reports(project)
        events(project)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda path: None, "there is no project here; make one with `annotator init`"),
        (Path.mkdir, "this is a folder"),
        (Path.touch, "the file is empty"),
        (lambda path: path.write_text("codebook: x\n"), "not an annotator project"),
        (lambda path: path.write_bytes(b"SQLite format 3\0"), "not an annotator project"),
        (os.mkfifo, "not an annotator project"),
        (other_database, "not an annotator project"),
        (marked_but_empty, "the file is damaged"),
        (headless, "the file is damaged"),
        (damaged, "the file is damaged"),
    ],
)
def test_what_is_no_project_is_refused_and_not_touched(tmp_path: Path, make, sentence) -> None:
    path = tmp_path / "p.db"
    make(path)
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(AnnotatorError, match=sentence) as caught:
        read_all(path)
    assert str(caught.value).count("\n") == 0
    assert str(path) in str(caught.value)
    assert (path.read_bytes() if path.is_file() else None) == before


ELSEWHERE = """
import sys
from annotator.store.project import open_project
from annotator.store.rounds import rounds
with open_project(sys.argv[1]) as project:
    print(*(row.name for row in rounds(project)))
"""


def rounds_seen_elsewhere(path: Path) -> str:
    command = [sys.executable, "-c", ELSEWHERE, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


def test_a_project_opened_twice_keeps_its_locks_when_another_program_leaves(
    tmp_path: Path,
) -> None:
    path = tmp_path / "p.db"
    new_project(path).close()
    with open_project(path) as first, open_project(path) as second:
        assert len(reports(first)) == len(reports(second)) == 2
        assert rounds_seen_elsewhere(path) == ""
        assert (tmp_path / "p.db-wal").exists()
        main_round(first)
        assert rounds_seen_elsewhere(path) == "main"
    assert rounds_seen_elsewhere(path) == "main"


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_a_project_knows_its_own_files_under_any_name(tmp_path, project, ending: str) -> None:
    link = tmp_path / "codings.jsonl"
    link.symlink_to(f"p.db{ending}")
    assert project.owns(link)
    assert not project.owns(tmp_path / "not there")
    assert not project.owns(Path(__file__))


def test_a_database_server_is_refused_with_a_sentence() -> None:
    with pytest.raises(AnnotatorError, match="SQLite files only"):
        open_project("postgresql://lead@localhost/aleppo")


def test_a_project_opened_for_reading_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    new_project(path).close()
    before = path.read_bytes()
    with open_project(path, read_only=True) as project:
        assert len(reports(project)) == 2
        with pytest.raises(AnnotatorError, match="opened for reading only"):
            main_round(project)
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["p.db"]


def test_reading_sees_what_is_still_in_the_log_beside_the_file(tmp_path: Path) -> None:
    with new_project(tmp_path / "p.db") as project:
        main_round(project)
        with open_project(tmp_path / "p.db", read_only=True) as reader:
            assert [row.name for row in rounds(reader)] == ["main"]


READ_ONLY = """
import os, sys
from annotator.errors import AnnotatorError
from annotator.store.corpus import reports
from annotator.store.project import open_project
os.setuid(65534)
try:
    open_project(sys.argv[1])
except AnnotatorError as error:
    print(error.sentence)
with open_project(sys.argv[1], read_only=True) as project:
    print(len(reports(project)), "reports")
"""


@pytest.mark.skipif(os.getuid() != 0, reason="needs to become somebody who may not write")
def test_a_file_that_may_not_be_written_is_refused_but_can_be_read(tmp_path: Path) -> None:
    folder = Path("/tmp") / f"read_only_{os.getpid()}"
    folder.mkdir(mode=0o755)
    try:
        new_project(folder / "p.db").close()
        (folder / "p.db").chmod(0o444)
        command = [sys.executable, "-c", READ_ONLY, str(folder / "p.db")]
        ran = subprocess.run(command, capture_output=True, text=True)
    finally:
        shutil.rmtree(folder)
    assert "cannot be written to" in ran.stdout, ran.stderr
    assert "2 reports" in ran.stdout, ran.stderr


def test_a_busy_file_is_told_with_a_sentence(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("annotator.store.engine.BUSY_SECONDS", 0.05)
    path = tmp_path / "p.db"
    busy = pytest.raises(AnnotatorError, match="has kept the file busy")
    with new_project(path) as project, open_project(path) as other, project.writing(), busy:
        main_round(other)


# --- places --------------------------------------------------------------------------------------

MOUNTINFO = r"""22 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw
30 22 0:30 / /mnt/office rw - cifs //server/share rw
31 22 0:31 / /mnt/my\040disk rw - fuse.sshfs lead@server: rw
32 22 0:32 / /mnt/office/local rw - ext4 /dev/sdb1 rw
"""
MOUNT = """/dev/disk1s1 on / (apfs, local, journaled)
//lead@server/share on /Volumes/share (smbfs, nodev, nosuid, mounted by lead)
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/home/lead", "ext4"),
        ("/mnt/office/aleppo", "cifs"),
        ("/mnt/office2", "ext4"),
        ("/mnt/my disk/x", "fuse.sshfs"),
        ("/mnt/office/local/x", "ext4"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(folder, kind) -> None:
    mounts = location.linux_mounts(MOUNTINFO)
    assert location.file_system(Path(folder), mounts) == kind


def test_mounts_of_macos_are_read() -> None:
    mounts = location.darwin_mounts(MOUNT)
    assert location.file_system(Path("/Volumes/share/x"), mounts) == "smbfs"
    assert location.file_system(Path("/Users/lead"), mounts) == "apfs"


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "9p", "fuse.sshfs", "fuse.rclone"])
def test_a_project_on_a_network_file_system_is_refused(tmp_path: Path, monkeypatch, kind) -> None:
    path = tmp_path / "p.db"
    new_project(path).close()
    monkeypatch.setattr(location, "mounts", lambda: [("/", kind)])
    for attempt in (lambda: open_project(path), lambda: create(tmp_path / "new.db")):
        with pytest.raises(AnnotatorError, match=f"network file system \\({kind}\\)"):
            attempt()
    assert [found.name for found in tmp_path.iterdir()] == ["p.db"]


@pytest.mark.parametrize(
    "folder", ["Dropbox", "OneDrive - Office", "Google Drive", "Nextcloud", "iCloud Drive"]
)
def test_a_project_in_a_synchronised_folder_is_refused_unless_allowed(
    tmp_path: Path, monkeypatch, caplog, folder: str
) -> None:
    inside = tmp_path / folder / "work"
    inside.mkdir(parents=True)
    with pytest.raises(AnnotatorError, match="ANNOTATOR_ALLOW_SYNCED=1"):
        create(inside / "p.db")
    monkeypatch.setenv("ANNOTATOR_ALLOW_SYNCED", "1")
    create(inside / "p.db").close()
    assert f"opened although it lies in {folder}" in caplog.text


def test_signs_of_synchronisation_are_seen(tmp_path: Path) -> None:
    assert location.synced("p.db", tmp_path) == ""
    (tmp_path / "other (conflicted copy).db").touch()
    assert location.synced("p.db", tmp_path) == ""
    (tmp_path / "p (Amal's conflicted copy 2026-11-22).db").touch()
    assert "conflicted copy" in location.synced("p.db", tmp_path)
    (tmp_path / ".stfolder").mkdir()
    assert "is synchronised" in location.synced("q.db", tmp_path)


# --- codebooks and copies ------------------------------------------------------------------------


def test_a_new_codebook_is_for_new_rounds(project) -> None:
    opened = main_round(project, "amal")
    text = SOURCE.replace("1.0.0", "1.1.0")
    second = parse_codebook(text, "small.yaml")
    assert adopt_codebook(project, text, second, actor="lead")
    assert not adopt_codebook(project, text, second, actor="lead")
    assert project.codebook() == second
    assert Desk(project, opened.id, "amal").codebook == small_codebook()
    assert project.codebook_version(opened.codebook_sha256) == small_codebook()
    assert adopt_codebook(project, SOURCE, small_codebook(), actor="lead")
    assert project.codebook() == small_codebook()
    with pytest.raises(AnnotatorError, match="no codebook with the hash"):
        project.codebook_version("0" * 64)


def test_a_copy_is_whole_and_never_overwrites(tmp_path: Path, project) -> None:
    main_round(project, "amal")
    copy = backup(project, tmp_path / "copy.db")
    with open_project(copy) as copied:
        assert events(copied) == events(project)
        assert rounds(copied) == rounds(project)
    with pytest.raises(AnnotatorError, match="cannot be written"):
        backup(project, copy)
    with pytest.raises(AnnotatorError, match="cannot be written"):
        backup(project, tmp_path / "nowhere" / "copy.db")
