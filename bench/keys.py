"""How many keys coding a passage takes, counted by replaying recorded keys through a session.

A passage is coded from the moment it is open until the next one is. The recordings are in
`tests/support/recorded_keys.py`; each is replayed in a project of its own, without a screen, and
has to end in a submitted coding that says what the recording says it does. Beside the count stands
how many of the answers came from words of the passage that were offered, and how many answers and
records have words behind them. What other tools take is in the budgets of the design notes: 3 to
5 keys for one perpetrator and one cause with a key map written by hand.

    python bench/keys.py [--show]
"""

import argparse
import sys
import tempfile
from pathlib import Path

import generated  # noqa: F401  puts the tests' support folder on the path
from annotator.coding.form import to_form
from annotator.coding.model import Coding
from projects import make_project, session_on
from recorded_keys import RECORDINGS, Recording, said
from replay import Replay


def replayed(recording: Recording, folder: Path) -> tuple[int, Coding]:
    """How many keys a recording takes, and what it submitted.

    Raises:
        AssertionError: It does not end in the coding it was recorded for.
    """
    path = make_project(folder / "project.db", recording.source, recording.passages)
    with session_on(path) as session:
        replay = Replay(session)
        replay.press(recording.before)
        begun = replay.count
        assert replay.press(recording.keys).passage, "the last key opens no other passage"
        count = replay.count - begun
        session.step_passage(-1)
        coding = session.item.submitted
    assert coding is not None
    found = said(to_form(coding))
    assert {name: found.get(name) for name in recording.says} == recording.says
    return count, coding


def main() -> int:
    """Count the keys and print the table."""
    parser = argparse.ArgumentParser(description="count the keys of recorded codings")
    parser.add_argument("--show", action="store_true", help="print the keys themselves too")
    options = parser.parse_args()
    print(f"{'':58}{'keys':>6}{'budget':>8}{'offered':>9}{'with words':>12}")
    for recording in RECORDINGS:
        with tempfile.TemporaryDirectory() as folder:
            count, coding = replayed(recording, Path(folder))
        answers = [one for _, record in coding.walk() for one in record.answers.values()]
        offered = sum(answer.candidate for answer in answers)
        words = len({(record, name) for record, name, _ in coding.spans()})
        budget = recording.budget or "–"
        print(f"{recording.name:58}{count:6}{budget:>8}{offered:9}{words:12}")
        if options.show:
            print(f"    {recording.keys}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
