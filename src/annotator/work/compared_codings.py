"""The codings of a round that are compared with each other, read under one codebook."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from annotator.codebook.model import Codebook
from annotator.codebook.version_numbers import version_of
from annotator.coding.content import Form
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.codings import codings
from annotator.store.known_answers import known_answers
from annotator.store.project import Project
from annotator.work.compared_versions import brought_together, comparable, of_another_type
from annotator.work.matrices import Coded
from annotator.work.rounds import round_named
from annotator.work.texts import as_of_now

Which = Literal["first", "latest"]
"""Which coding of each coder: the blind first one, or the latest."""


@dataclass(frozen=True, slots=True)
class ComparedCodings:
    """The codings of passages that two or more coders coded.

    Attributes:
        round: The round's name.
        which: `first` (blind first codings) or `latest`.
        codebook: The codebook they are read under, the latest of those they were made under.
        versions: Every version of it that they were made under.
        notes: What was done to bring several versions together, in sentences.
        coded: Who coded which passage.
        forms: The codings as plain data, by the cells of `coded`.
        places: The key of the report of each passage, and its number in it, by the passage's id.
        made_under: The version of the codebook each coding was made under, by the cells.
        submitted_at: When each coding was submitted, by the cells.
    """

    round: str
    which: Which
    codebook: Codebook
    versions: tuple[str, ...]
    notes: tuple[str, ...]
    coded: Coded
    forms: Mapping[int, Form]
    places: Mapping[int, tuple[str, int]]
    made_under: Mapping[int, str]
    submitted_at: Mapping[int, datetime]

    def by_passage(self) -> dict[int, dict[str, Form]]:
        """The codings of each passage, by its id, and of each coder who coded it."""
        found: dict[int, dict[str, Form]] = {passage: {} for passage in self.coded.rows}
        for (passage, coder), cell in self.coded.cells.items():
            found[passage][coder] = self.forms[cell]
        return found


def compared_codings(
    project: Project,
    round_name: str | None = None,
    *,
    which: Which = "first",
    version: str | None = None,
    mixed: bool = False,
    among: Collection[int] | None = None,
) -> ComparedCodings:
    """The codings of a round that are compared.

    Gold passages are left out: they were chosen, not drawn, and for having an answer.

    Args:
        project: The project.
        round_name: The round; None where there is one only.
        which: `first` or `latest` codings of each coder.
        version: Where a major change of the codebook lies between the codings, one version of
            the side that counts.
        mixed: Compare codings across a major change all the same.
        among: The row ids of the only passages, some thousands at most; None for all.

    Raises:
        AnnotatorError: There is no such round, version or choice, or the codings were made under
            codebooks with a major change between them, no `version` was chosen and they are not
            to be `mixed`.
        WorkProblem: No passage of the round has been coded twice.
    """
    if which not in ("first", "latest"):
        raise AnnotatorError(f"There are no “{which}” codings; choose first or latest.")
    chosen = round_named(project, round_name)
    places: dict[int, tuple[str, int]] = {}
    made: dict[tuple[int, str], tuple[str, Form, datetime]] = {}
    met: set[int] = set()
    gold = {one.place for one in known_answers(project, chosen.id) if not one.shown}
    for row in codings(project, chosen.id, which, among=among):
        if (row.report_key, row.number) in gold:
            met.add(row.passage_id)
            continue
        places[row.passage_id] = row.report_key, row.number
        made[row.passage_id, row.coder] = row.codebook_sha256, row.form, row.submitted_at
    books = comparable(
        {sha: project.codebook_version(sha) for sha in {sha for sha, _, _ in made.values()}},
        chosen.name,
        version,
        mixed=mixed,
    )
    coded = Coded.of(coding for coding, (sha, _, _) in made.items() if sha in books)
    if not coded.rows:
        raise WorkProblem(
            f"No passage of the round {chosen.name} has been coded by two coders yet, so there is "
            "nothing to compare; agreement needs two codings of the same passage."
        )
    codebook, names, notes = brought_together(project, books)
    notes += _gold_left_out(len(met))
    left_out = {sha: of_another_type(books[sha], codebook) for sha in names}
    forms: dict[int, Form] = {}
    made_under: dict[int, str] = {}
    submitted_at: dict[int, datetime] = {}
    for coding, cell in coded.cells.items():
        sha, form, submitted_at[cell] = made[coding]
        made_under[cell] = books[sha].version
        is_other = bool(names.get(sha) or left_out.get(sha))
        forms[cell] = as_of_now(form, names[sha], left_out[sha], codebook) if is_other else form
    return ComparedCodings(
        chosen.name,
        which,
        codebook,
        tuple(book.version for book in sorted(books.values(), key=version_of)),
        notes,
        coded,
        forms,
        {passage: places[passage] for passage in coded.rows},
        made_under,
        submitted_at,
    )


def _gold_left_out(passages: int) -> tuple[str, ...]:
    if not passages:
        return ()
    what = "1 gold passage is" if passages == 1 else f"{passages} gold passages are"
    return (f"{what} left out: chosen for having an answer, not drawn.",)
