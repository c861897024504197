"""Projects of one report, open for one test each, for the tests of the coding session."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.store.project import Project, open_project
from projects import CLAIMS, LIGHT, copied, make_project


@pytest.fixture(scope="session")
def light_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("light") / "light.db", LIGHT)


@pytest.fixture(scope="session")
def claims_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(tmp_path_factory.mktemp("claims") / "claims.db", CLAIMS)


@pytest.fixture
def light(light_file: Path, tmp_path: Path) -> Iterator[Project]:
    with open_project(copied(light_file, tmp_path)) as project:
        yield project


@pytest.fixture
def claims(claims_file: Path, tmp_path: Path) -> Iterator[Project]:
    with open_project(copied(claims_file, tmp_path)) as project:
        yield project
