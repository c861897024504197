"""Small projects on disk, and the programs that work on them, for tests of sessions and screens."""

import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

from annotator.codebook.reader import parse_codebook
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.corpus.readers import read_file
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import Project, open_project
from annotator.work.session import CodingSession
from annotator.work.start import desk_for

ROOT = Path(__file__).resolve().parents[2]
SEED_REPORT = ROOT / "tests" / "corpus" / "data" / "aleppo-2016-12-21.txt"
"""A report of five passages."""

LIGHT = (ROOT / "codebooks" / "perpetrators.yaml").read_text(encoding="utf-8")
"""The codebook that is shipped: two questions with codes, three counts, no repeating unit."""

CLAIMS = """\
codebook: claims
version: 1.0.0
title: Claims and acts
units:
  claim:
    in: passage
    label: Claim
    evidence: required
    none:
      - {id: context, label: Context only, key: c}
      - {id: unreadable, label: Unreadable, key: u}
  act: {in: claim, label: Act}
  source: {in: claim, label: Source, evidence: none}
variables:
  - {id: mention, label: Mention, question: Is anyone said to be dead?, type: yes_no}
  - id: tone
    label: Tone
    question: How sure does it sound?
    type: scale
    codes:
      - {id: low, label: Low, key: "1"}
      - {id: mid, label: Middle, key: "2"}
      - {id: high, label: High, key: "3"}
  - id: actors
    label: Actors
    question: Who is named?
    type: codes
    codes:
      - {id: russia, label: Russia, key: r, definition: The Russian air force.}
      - {id: regime, label: Regime, key: s}
      - {id: isis, label: Islamic State, key: i}
  - {id: remark, label: Remark, question: Anything else?, type: text}
  - {id: share, label: Share, question: Which share of them?, type: number, min: 0, max: 100}
  - id: kind
    label: Kind
    question: What is claimed?
    unit: claim
    type: code
    required: true
    codes:
      - {id: killing, label: Killing, key: k}
      - {id: injury, label: Injury, key: j}
      - {id: denial, label: Denial, key: d}
  - id: total
    label: Total
    question: How many?
    unit: claim
    type: count
    when: {kind: [killing, injury]}
  - {id: day, label: Day, question: On which day?, unit: claim, type: date}
  - {id: part_of, label: Part of, question: Part of which?, unit: claim, type: link, to: claim}
  - id: perpetrator
    label: Perpetrator
    question: Who did it?
    unit: act
    type: code
    codes:
      - {id: regime, label: Regime, key: r}
      - {id: isis, label: Islamic State, key: i}
  - id: cause
    label: Cause
    question: By what means?
    unit: act
    type: codes
    evidence: required
    codes:
      - {id: shell, label: Shelling, key: s}
      - {id: mine, label: Mine, key: m}
  - {id: speaker, label: Speaker, question: Who says so?, unit: source, type: text}
"""
"""Every type of question, a condition, links, and units inside a unit."""

PASSAGES = (
    "Shells fell on the market of Tal Amrit. Four people died, the council said; a child "
    "was among them.",
    "Residents of Dayr Nahr buried nine people on Monday. Mines killed two of them.",
    "The weather was cold and the roads were closed.",
)
"""Invented; of one report, each a paragraph."""


def make_project(path: Path, book: str, passages: Sequence[str] | Path = PASSAGES) -> Path:
    """Make a project of one report, from texts of passages or from a file, and close it."""
    codebook = parse_codebook(book, "book.yaml")
    with create_project(
        path, name="test", codebook_source=book, codebook=codebook, actor="maker"
    ) as project:
        source = read_file(passages) if isinstance(passages, Path) else _report(passages)
        import_reports(project, source, source, "maker")
    return path


def _report(passages: Sequence[str]) -> SourceFile:
    text = "\n".join(passages)
    digest = sha256(text.encode()).hexdigest()
    spans = []
    start = 0
    for passage in passages:
        spans.append((start, start + len(passage)))
        start += len(passage) + 1
    draft = ReportDraft(
        "report.txt",
        None,
        "The Council",
        "A day in Tal Amrit",
        "2016-12-21",
        "en",
        text,
        digest,
        passages=tuple(spans),
    )
    return SourceFile("report.txt", digest, len(text.encode()), "utf-8", (draft,))


def copied(original: Path, folder: Path) -> Path:
    """A copy of a closed project, for one test."""
    return Path(shutil.copy(original, folder / "test.db"))


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def session_in(
    project: Project, coder: str = "amal", clock: Callable[[], float] | None = None
) -> CodingSession:
    """A coder's session on an open project."""
    desk = desk_for(project, None, coder)
    return CodingSession(desk) if clock is None else CodingSession(desk, clock)


@contextmanager
def session_on(path: Path, coder: str = "amal") -> Iterator[CodingSession]:
    """A coder's session on a project file that is opened for it."""
    with open_project(path) as project:
        yield session_in(project, coder)


def code_light(session: CodingSession, *scripts: str) -> None:
    """Code passages by keys of the light codebook (`-`: none, `|`: next question); submit each."""
    for script in scripts:
        session.go_to(("", "perpetrator"))
        for key in script:
            if key == "-":
                session.pick_none()
            elif key == "|":
                session.move_row(1)
            else:
                session.press(key)
        assert not session.submit().refused


def coding_program(path: Path, coder: str = "amal") -> list[str]:
    """The command that opens the coding screen."""
    return [sys.executable, "-m", "annotator", "code", "--coder", coder, "--project", str(path)]


def review_program(path: Path, lead: str = "lina") -> list[str]:
    """The command that opens the review screen."""
    return [sys.executable, "-m", "annotator", "review", "--lead", lead, "--project", str(path)]


def desk_program(path: Path, lead: str = "lina") -> list[str]:
    """The command that opens a lead's desk."""
    return [sys.executable, "-m", "annotator", "desk", "--lead", lead, "--project", str(path)]
