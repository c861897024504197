"""The house itself: locked requirements, versions in step, and a wheel that works anywhere."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import annotator

ROOT = Path(__file__).resolve().parents[1]
REQUIREMENTS = sorted((ROOT / "requirements").glob("*.txt"))
MOST_DISTRIBUTIONS = 32
"""How many distributions a core install may have (DESIGN §11)."""


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def locked(name: str) -> list[tuple[Requirement, str]]:
    """Each locked requirement of a file with the lines that belong to it."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    entries = re.split(r"\n(?=\S)", text.strip())
    return [
        (Requirement(entry.splitlines()[0].rstrip("\\").strip()), entry)
        for entry in entries
        if not entry.startswith("#")
    ]


def versions(name: str) -> dict[str, set[str]]:
    """Every version of every distribution that a file locks, for any platform."""
    found: dict[str, set[str]] = {}
    for requirement, _ in locked(name):
        (pin,) = requirement.specifier
        found.setdefault(canonicalize_name(requirement.name), set()).add(pin.version)
    return found


# --- requirements -----------------------------------------------------------------------------


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_every_requirement_is_one_version_with_hashes(path: Path) -> None:
    for requirement, entry in locked(path.name):
        assert [pin.operator for pin in requirement.specifier] == ["=="], requirement
        hashes = re.findall(r"--hash=(\S+)", entry)
        assert hashes, requirement
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


@pytest.mark.parametrize("path", REQUIREMENTS, ids=lambda path: path.name)
def test_no_requirement_file_says_where_packages_come_from(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"://|@ |(^|\s)(-i|-f|--(extra-)?index|--find-links|--trusted)", text)
    options = set(re.findall(r"(?m)^\s*(--[a-z-]+)", text))
    assert options == {"--hash"}


def test_the_locked_versions_are_ones_the_project_says_it_works_with() -> None:
    run = versions("run.txt")
    for line in pyproject()["project"]["dependencies"]:
        wanted = Requirement(line)
        have = run[canonicalize_name(wanted.name)]
        assert have, line
        assert all(version in wanted.specifier for version in have), line


def test_what_checks_the_project_runs_on_the_same_versions_as_the_project() -> None:
    run, dev = versions("run.txt"), versions("dev.txt")
    assert {name: dev.get(name) for name in run} == run


def test_everything_asked_for_by_name_is_locked() -> None:
    for source, target in (("build.in", "run.txt"), ("dev.in", "dev.txt")):
        have = versions(target)
        for line in (ROOT / "requirements" / source).read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                wanted = Requirement(line)
                found = have[canonicalize_name(wanted.name)]
                assert all(version in wanted.specifier for version in found), line


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
@pytest.mark.parametrize("platform", ["linux", "darwin"])
def test_a_core_install_stays_small(python: str, platform: str) -> None:
    here = {"python_version": python, "python_full_version": f"{python}.0"}
    here |= {"sys_platform": platform}
    asked_by = {
        requirement.name: set(re.findall(r"#\s+(?:via )?([\w.-]+)(?: \(|$)", entry, re.MULTILINE))
        for requirement, entry in locked("run.txt")
        if requirement.marker is None or Marker(str(requirement.marker)).evaluate(here)
    }
    needed, grew = {"annotator"}, True
    while grew:
        more = {name for name, who in asked_by.items() if who & needed} - needed
        needed, grew = needed | more, bool(more)
    assert 10 < len(needed) <= MOST_DISTRIBUTIONS, sorted(needed)


# --- versions and documents -------------------------------------------------------------------


def test_the_change_log_begins_with_the_version_of_the_code() -> None:
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"(?m)^## (?:\[)?(\d+\.\d+\.\d+)", log)
    assert heads[:1] == [annotator.__version__]


def test_the_generated_documents_say_what_the_code_says() -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "docs/make_docs.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _documents() -> list[Path]:
    folders = (ROOT, *(ROOT / name for name in ("docs", "bench", "codebooks", "exports")))
    return sorted(path for folder in folders for path in folder.glob("*.md"))


@pytest.mark.parametrize("path", _documents(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_to_a_file_of_the_project_leads_somewhere(path: Path) -> None:
    text = re.sub(r"```.*?```", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (path.parent / target).exists(), target


def test_the_guide_names_only_files_and_packages_that_are_there() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = re.findall(
        r"`((?:src|tests|docs|bench|codebooks|requirements|exports)/[\w./-]*)`", text
    )
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_word_of_make_is_explained() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"(?m)^\.PHONY: (.*)$", text)
    explained = re.findall(r"(?m)^([a-z-]+):.*?## \S", text)
    assert sorted(phony.split()) == sorted(explained)


# --- the wheel --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this folder without asking an index for anything."""
    target = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)]
    done = subprocess.run(build, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (built,) = target.glob("*.whl")
    return built


@pytest.mark.slow
def test_the_wheel_carries_the_codebooks_the_demo_and_the_types(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for path in sorted((ROOT / "codebooks").glob("*.yaml")):
        assert f"annotator/shipped/codebooks/{path.name}" in names
    for path in sorted((ROOT / "src/annotator/demo_data").rglob("*.*")):
        if "__pycache__" not in path.parts:
            assert str(path.relative_to(ROOT / "src")) in names
    assert any(re.fullmatch(r"annotator/demo_data/.+\.txt", name) for name in names)
    assert any(re.fullmatch(r"annotator/store/migrations/.+\.py", name) for name in names)
    assert "annotator/py.typed" in names
    assert not [name for name in names if name.endswith((".pyc", ".db"))]


@pytest.mark.slow
def test_the_installed_wheel_works_from_any_folder(wheel: Path, tmp_path: Path) -> None:
    site, work = tmp_path / "site", tmp_path / "work"
    work.mkdir()
    zipfile.ZipFile(wheel).extractall(site)

    def run(*arguments: str) -> str:
        code = f"import sys; sys.path.insert(0, {str(site)!r}); import annotator.__main__ as start;"
        code += f"assert start.__file__.startswith({str(site)!r}); start.main()"
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "import" in run("--help")
    assert "perpetrator" in run("codebook", "show", "perpetrators")
    (work / "report.txt").write_text("Four people died when shells fell.\n", encoding="utf-8")
    run("init", "--codebook", "perpetrators")
    run("import", "report.txt")
    assert len(json.loads(run("passages", "--json"))) == 1
    assert (work / "annotator.db").exists()
