"""What the tests of commands share: a command's outcome, and the files they work on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.main import get_command

from annotator.cli.app import app

SEED = Path(__file__).parents[1] / "corpus" / "data" / "aleppo-2016-12-21.txt"
CLAIMS = Path(__file__).parents[1] / "codebook" / "data" / "claims.yaml"
DEMO_REPORTS = Path(__file__).parents[2] / "src" / "annotator" / "demo_data" / "reports"


@dataclass(frozen=True)
class Done:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one sentence of a command that failed."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


Command = Callable[..., Done]


def commands(group: Any = None, path: tuple[str, ...] = ()) -> list[tuple[tuple[str, ...], Any]]:
    """Every command there is, with the names that lead to it."""
    found = []
    for name, one in (group or get_command(app)).commands.items():
        inner = (*path, name)
        found += commands(one, inner) if hasattr(one, "commands") else [(inner, one)]
    return found
