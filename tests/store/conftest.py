"""Every test has its own folder for user data, so that none writes to that of the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from store_world import new_project

from annotator.store.project import Project


@pytest.fixture(autouse=True)
def own_user_data(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.mktemp("user_data")))
    monkeypatch.delenv("ANNOTATOR_ALLOW_SYNCED", raising=False)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with new_project(tmp_path / "p.db") as made:
        yield made
