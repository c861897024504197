"""Record keys on the real coding screen, to be replayed by tests and counted by `bench/keys.py`.

A project is made in a temporary folder from a shipped codebook and a file of passages, one a line.
Go to a passage, code it by keys and submit it, then leave. Printed is the `Recording` to put into
`tests/support/recorded_keys.py`, once it has been replayed without a screen to the same coding.

    python bench/record.py perpetrators passages.txt "light codebook: a mine"
"""

import argparse
import sys
import tempfile
from pathlib import Path

import generated  # noqa: F401  puts the tests' support folder on the path
from annotator.codebook.shipped import shipped_codebooks
from annotator.coding.form import to_form
from annotator.coding.model import Coding
from annotator.config.settings import Settings
from annotator.errors import AnnotatorError
from annotator.tui.actions import CODING
from annotator.tui.app import run_coding_screen
from annotator.tui.coding import CodingScreen
from annotator.tui.keymap import Keymap
from annotator.work.session import CodingSession
from projects import make_project, session_on
from recorded_keys import Recording, said
from replay import Replay

pressed: list[tuple[str, bool]] = []
"""Every key that was pressed, and whether it opened another passage."""


class RecordingScreen(CodingScreen):
    """The coding screen, which notes every key."""

    def take_key(self, key: str) -> None:
        """Note a key and do what it does."""
        open_before = self._open
        super().take_key(key)
        if key not in self._leaving:
            pressed.append((key, self._open != open_before))

    @property
    def _open(self) -> int:
        return self.session.item.assignment_id if self.session is not None else 0

    @property
    def _leaving(self) -> tuple[str, ...]:
        return self.keymap.keys(self.keymap.action("app.quit"))


def parted(keys: list[tuple[str, bool]]) -> tuple[str, str]:
    """The keys that go to the passage, and those that code it: up to the last to open another.

    Raises:
        AnnotatorError: No key opened another passage after one was coded.
    """
    opening = [number for number, (_, opens) in enumerate(keys) if opens]
    if not opening:
        raise AnnotatorError("Nothing was recorded: no passage was submitted.")
    last = opening[-1]
    first = opening[-2] + 1 if len(opening) > 1 else 0
    names = [key for key, _ in keys]
    return " ".join(names[:first]), " ".join(names[first : last + 1])


def replayed(book: str, passages: tuple[str, ...], before: str, keys: str, folder: Path) -> Coding:
    """What the keys submit without a screen.

    Raises:
        AssertionError: They cannot be replayed, or submit nothing.
    """
    source = shipped_codebooks()[book].read_text(encoding="utf-8")
    with session_on(make_project(folder / "replay.db", source, passages)) as session:
        replay = Replay(session)
        replay.press(before)
        coded = session.item.assignment_id
        assert replay.press(keys).passage, "the last key opens no other passage"
        return submitted(session, coded)


def submitted(session: CodingSession, assignment: int) -> Coding:
    """The coding that was submitted of a passage."""
    coding = session.desk.item(assignment).submitted
    assert coding is not None, "the passage was left without being submitted"
    return coding


def main() -> int:
    """Record keys until the screen is left, and print the recording."""
    parser = argparse.ArgumentParser(description="record keys on the coding screen")
    parser.add_argument("book", choices=list(shipped_codebooks()), help="a shipped codebook")
    parser.add_argument("passages", type=Path, help="a file of passages, one a line")
    parser.add_argument("name", help="what is coded, in words")
    options = parser.parse_args()
    lines = options.passages.read_text(encoding="utf-8").splitlines()
    passages = tuple(line for line in lines if line.strip())
    source = shipped_codebooks()[options.book].read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        path = make_project(Path(folder) / "record.db", source, passages)
        keymap = Keymap(CODING)
        run_coding_screen(str(path), None, "amal", Settings(), keymap, lambda: RecordingScreen)
        try:
            before, keys = parted(pressed)
            coding = replayed(options.book, passages, before, keys, Path(folder))
        except (AnnotatorError, AssertionError) as error:
            print(f"This cannot be replayed: {error}", file=sys.stderr)
            return 1
        with session_on(path) as session:
            done = [item.submitted for item in map(session.desk.item, ids(session))]
    if to_form(coding) not in [to_form(one) for one in done if one is not None]:
        print("Replayed without a screen, the keys say something else.", file=sys.stderr)
        return 1
    recording = Recording(
        options.name, options.book, passages, keys, before, says=said(to_form(coding))
    )
    print(recording)
    return 0


def ids(session: CodingSession) -> list[int]:
    """The assignments of all passages, in the order of the queue."""
    places = range(1, session.progress.assigned + 1)
    return [found for place in places if (found := session.desk.at_place(place)) is not None]


if __name__ == "__main__":
    sys.exit(main())
