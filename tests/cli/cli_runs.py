"""What the tests of commands share: a command's outcome, and the files they work on."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
