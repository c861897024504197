"""Adopting a version of a codebook: its number, what it means for the codings, a round to recode.

Codings keep the version they were made under, and rounds keep theirs; only rounds opened later
use the version adopted now.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotator.codebook.changes import CodebookDiff, CodeChange, Item
from annotator.codebook.model import Codebook
from annotator.codebook.versions import diff
from annotator.coding.migrate import Migration, migrated_along, steps
from annotator.coding.usage import is_about, used_parts
from annotator.errors import AnnotatorError
from annotator.store.adjudications import adjudications
from annotator.store.codings import codings
from annotator.store.corpus import reports
from annotator.store.making import adopt_codebook
from annotator.store.project import Project
from annotator.store.rounds import open_round, rounds
from annotator.store.training import training_rounds

_IN_CODINGS = (Item.UNIT, Item.REASON, Item.VARIABLE, Item.CODE)


@dataclass(frozen=True, slots=True)
class LookAgain:
    """A passage whose codings use something that was split, removed or redefined.

    Only its codings under the latest version count: once it is recoded, it is no longer here.

    Args:
        report_key: The key of the report.
        number: The passage, from 1.
        reasons: Why, each once.
    """

    report_key: str
    number: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adoption:
    """What adopting a codebook did and means, or would do.

    Args:
        codebook: The codebook adopted.
        done: Whether it was done, not just worked out.
        adopted: Whether it was not the project's codebook already.
        diff: Its changes since the version of it adopted last; None for another codebook.
        used: How many latest codings use what each change is about, in the order of the changes.
        look_again: The passages to look at again, in reading order.
        recode: The name of the round opened for them, if one was.
    """

    codebook: Codebook
    done: bool
    adopted: bool
    diff: CodebookDiff | None
    used: tuple[tuple[CodeChange, int], ...]
    look_again: tuple[LookAgain, ...]
    recode: str | None

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""
        changes = [{**change.as_json(), "codings": count} for change, count in self.used]
        return {
            "codebook": self.codebook.id,
            "version": self.codebook.version,
            "sha256": self.codebook.sha256,
            "done": self.done,
            "adopted": self.adopted,
            "diff": None if self.diff is None else {**self.diff.as_json(), "changes": changes},
            "look_again": [
                {"report": one.report_key, "passage": one.number, "reasons": list(one.reasons)}
                for one in self.look_again
            ],
            "recode": self.recode,
        }


def adopt(
    project: Project,
    codebook: Codebook,
    *,
    actor: str,
    recode: str | None = None,
    another: bool = False,
    dry_run: bool = False,
) -> Adoption:
    """Make a codebook the one that new rounds use.

    Args:
        project: The project, open for writing unless this is a dry run.
        codebook: The codebook, with its text.
        actor: Who adopts it.
        recode: The name of a round to open, of purpose `recode` and for anyone, with just the
            passages to look at again; none is opened where there is no such passage. The codebook
            may have been adopted before.
        another: Whether it may be another codebook than the project's, compared with nothing.
        dry_run: Only work out what adopting it would do; nothing is written.

    Raises:
        AnnotatorError: It is another codebook than the project's, the version's number is too low
            for what changed, or the round's name is taken. Nothing is adopted then.
    """
    family = [book for book in project.adopted_codebooks() if book.id == codebook.id]
    now = project.codebook()
    if now.id != codebook.id and not another:
        raise AnnotatorError(
            f"{codebook.id} is another codebook than {now.id}, which this project is coded "
            "under, and nothing of the two can be compared; say --other-codebook if that is meant."
        )
    found = None
    if family:
        found = diff(family[-1], codebook)
        if found.version_problem:
            raise AnnotatorError(found.version_problem)
        if codebook.sha256 != family[-1].sha256:
            family.append(codebook)
    if recode is not None and any(row.name == recode for row in rounds(project)):
        raise AnnotatorError(f"There is already a round named {recode}; choose another name.")
    survey = _Survey(family, found)
    # What coders trained on stays as it was: nobody codes it again.
    trained = training_rounds(project)
    for row in codings(project, None, "latest"):
        if row.round_id in trained:
            continue
        survey.take((row.report_key, row.number), row.form, row.codebook_sha256, counted=True)
    for settled in adjudications(project):
        place = settled.report_key, settled.number
        survey.take(place, settled.form, settled.codebook_sha256, counted=False)
    look_again = survey.look_again(row.key for row in reports(project, training=True))
    adopted = codebook.sha256 != now.sha256
    opened = recode if look_again else None
    if not dry_run:
        adopted = adopt_codebook(project, codebook.source, codebook, actor=actor)
        if opened is not None:
            open_round(
                project,
                name=opened,
                purpose="recode",
                order="reading",
                seed=0,
                coders=None,
                actor=actor,
                passages=[(one.report_key, one.number) for one in look_again],
            )
    return Adoption(codebook, not dry_run, adopted, found, survey.used(), look_again, opened)


_Place = tuple[str, int]
"""Report key and number of a passage."""


@dataclass
class _Survey:
    """Looks through codings for what a new version means for them.

    Args:
        family: The versions of the codebook that were adopted, and the new one, in order.
        found: The changes of the last step.
    """

    family: Sequence[Codebook]
    found: CodebookDiff | None
    _steps: list[Migration] = field(init=False)
    _counts: Counter[int] = field(default_factory=Counter)
    _reasons: dict[_Place, tuple[int, dict[str, None]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._steps = steps(self.family)
        self._places = {book.sha256: place for place, book in enumerate(self.family)}
        changes = () if self.found is None else self.found.changes
        self._changes = [one for one in changes if one.item in _IN_CODINGS]

    def take(self, place: _Place, form: Mapping[str, Any], sha: str, *, counted: bool) -> None:
        """Look at one coding, and count it if it is a coder's; another codebook's is left alone."""
        version = self._places.get(sha)
        if version is None:
            return
        if counted and self.found is not None and self._changes:
            before = migrated_along(form, self._steps[version:-1]).form
            used = used_parts(before, self.found.old)
            self._counts.update(
                number for number, one in enumerate(self._changes) if is_about(one, used)
            )
        latest, reasons = self._reasons.get(place, (-1, {}))
        if version < latest:
            return
        if version > latest:
            reasons = {}
        notes = migrated_along(form, self._steps[version:]).look_again
        reasons |= dict.fromkeys(note.sentence for note in notes)
        self._reasons[place] = version, reasons

    def used(self) -> tuple[tuple[CodeChange, int], ...]:
        """How many codings use what each change is about."""
        counted = {id(one): self._counts[number] for number, one in enumerate(self._changes)}
        changes = () if self.found is None else self.found.changes
        return tuple((one, counted.get(id(one), 0)) for one in changes)

    def look_again(self, keys: Iterable[str]) -> tuple[LookAgain, ...]:
        """The passages to look at again, with their reports in the order of the keys."""
        order = {key: place for place, key in enumerate(keys)}
        return tuple(
            LookAgain(*place, tuple(reasons))
            for place, (_, reasons) in sorted(
                self._reasons.items(), key=lambda one: (order[one[0][0]], one[0][1])
            )
            if reasons
        )
