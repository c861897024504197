"""Projects with a round of training, and coders who answer right or wrong in it."""

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from annotator.coding.form import from_form
from annotator.store.known_answers import known_answers
from annotator.store.project import Project, open_project
from annotator.store.rounds import RoundRow
from annotator.work.session import CodingSession
from annotator.work.start import desk_for
from annotator.work.training import open_training, prepared
from hostile import HOSTILE
from projects import LIGHT, PASSAGES, ROOT, make_project

EXAMPLES = ROOT / "codebooks" / "perpetrators_examples.yaml"
"""Eight examples of the light codebook."""

THREE = """\
codebook: perpetrators
examples:
  - id: one
    text: Warplanes of the regime killed nine people in Tal Amrit.
    trap: The party is named.
    coding: {perpetrator: [regime_air], cause: [air_strike], killed: "9"}
  - id: two
    text: A mine killed a farmer near Umm Tin.
    trap: A mine names nobody.
    coding: {perpetrator: [mines], cause: [mine], killed: "1"}
  - id: three
    text: The weather was cold and the roads were closed.
    coding: {perpetrator: [], cause: []}
"""
"""Three examples, the last of them without a trap and without a death."""

Answers = Callable[[Mapping[str, Any]], Mapping[str, Any]]
"""What a coder makes of a known answer, as plain data."""


def right(known: Mapping[str, Any]) -> Mapping[str, Any]:
    """The known answer."""
    return known


def wrong(known: Mapping[str, Any]) -> Mapping[str, Any]:
    """An answer with nothing right in it."""
    other = "coalition" if "coalition" not in known["perpetrator"] else "sdf"
    return {**known, "perpetrator": [other], "cause": ["siege"], "killed": "999"}


def training_project(path: Path, examples: str | Path = THREE, **more: Any) -> Path:
    """A project of the light codebook with a round of training, `training`."""
    make_project(path, LIGHT, PASSAGES)
    with open_project(path) as project:
        train(project, path.parent, examples, **more)
    return path


def train(
    project: Project,
    folder: Path,
    examples: str | Path = THREE,
    name: str = "training",
    **more: Any,
) -> RoundRow:
    """Open a round of training on examples: a file, or the text of one."""
    file = examples
    if isinstance(file, str):
        file = folder / "examples.yaml"
        file.write_text(str(examples), encoding="utf-8")
    wanted: dict[str, Any] = {"order": "reading", "seed": 0, "coders": None, "actor": "lead"}
    material = prepared(project, file, more.pop("pass_at", 0.8))
    return open_training(project, name=name, material=material, **wanted | more)


def spoil_answers(path: Path) -> None:
    """Make the traps of a project hostile, as only a file from elsewhere can have them."""
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE known_answer SET trap = ?", (HOSTILE,))
        raw.commit()


class Trainee:
    """A coder in a round of training.

    Args:
        project: An open project.
        coder: Who.
        round_name: The round; None where there is one only.
    """

    def __init__(
        self, project: Project, coder: str = "amal", round_name: str | None = None
    ) -> None:
        self.project = project
        self.desk = desk_for(project, round_name, coder)
        self.restart()

    def restart(self) -> CodingSession:
        """Sit down anew."""
        self.session = CodingSession(self.desk)
        return self.session

    def fill(self, answers: Answers) -> None:
        """Give the open passage an answer that is not submitted yet."""
        session = self.session
        item = session.item
        known = {one.place: one.form for one in known_answers(self.project, self.desk.round.id)}
        form = answers(known[item.report.key, item.number])
        coding = from_form(form, session.codebook, item.text, item.start)
        self.desk.save(item.assignment_id, session.coding, coding, "answered", "", 0.0)
        self.restart()

    def answer(self, answers: Answers) -> str:
        """Answer the open passage and submit it; what is said then."""
        self.fill(answers)
        done = self.session.submit()
        assert not done.refused, done.message
        return done.message

    def answer_all(self, answers: Answers) -> str:
        """Answer every passage that is open and read every lesson; what is said at the end."""
        said = ""
        while self.session.progress.open:
            said = self.answer(answers)
            self.session.learned()
        return said
