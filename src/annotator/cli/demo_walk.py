"""The demo without a terminal: every station of the work once, with what comes out of it."""

from collections.abc import Iterator, Sequence
from io import StringIO
from pathlib import Path
from textwrap import TextWrapper

from annotator.cli.agreement_tables import print_reliability
from annotator.cli.demo_project import LEAD, ROUND, command_line, make_demo
from annotator.cli.lines import Lines
from annotator.cli.output import say
from annotator.cli.plain_review import run_plain_review
from annotator.coding.model import Coding
from annotator.exchange.export import export_project
from annotator.store.project import open_project
from annotator.work.reliability import reliability
from annotator.work.review import ReviewSession
from annotator.work.rounds import round_named

_CONFIDENCE = 0.95
_WRAPPER = TextWrapper(
    width=100, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
)
_TO_SETTLE = ("mines",)
_REASON = "o Who held the land before does not say who laid the mine."


def walk(folder: Path, name: str) -> None:
    """Make the demo project and take it from the reports to an export, printing each result.

    Args:
        folder: Where to make it.
        name: The name of the project file.
    """
    numbers = iter(range(1, 100))

    def tell(heading: str, arguments: Sequence[str | Path], result: str = "") -> None:
        say(f"\n{next(numbers)}. {heading}")
        command = command_line(*arguments)
        say(_WRAPPER.fill(f"$ {command}"))
        if result:
            say(result)

    path = make_demo(folder, name, tell)
    at = ("--project", path)
    with open_project(path) as project:
        tell("How far they agree", ("agreement", *at))
        print_reliability(reliability(project, ROUND), _CONFIDENCE)

        tell("A lead settles a disagreement", ("review", "--lead", LEAD, "--plain", *at))
        session = ReviewSession(project, round_named(project, ROUND), LEAD)
        answers = "\n".join([*_settlement(session), ".quit", ""])
        run_plain_review(session, Lines(StringIO(answers)))

        tell("Tables for analysts", ("export", "--to", folder / "exports", *at))
        exported = export_project(project, folder / "exports", round_name=None, actor=LEAD)
        for file in exported.files:
            rows = exported.rows.get(file)
            say(f"{file}: {rows} rows" if rows is not None else file)
        say(f"Exported to {exported.folder}")
    say("\nNow it is your turn, on a terminal:")
    say(f"  {command_line('code', '--coder', 'you', *at)}")


def _settlement(session: ReviewSession) -> Iterator[str]:
    """Go to the disagreement about a mine; what a lead types there to settle it."""
    while (case := session.current()) is not None:
        for side in case.sides:
            if _perpetrators(side.coding) == _TO_SETTLE:
                yield side.letter.lower()
                yield _REASON
                return
        if not session.skip():
            return


def _perpetrators(coding: Coding) -> object:
    answer = coding.answers.get("perpetrator")
    return answer.value if answer else None
