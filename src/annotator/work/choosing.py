"""The passages that a round may be about, with what a design needs to know of each."""

from collections.abc import Collection, Iterator, Sequence

from annotator.coding.folding import folded, places_of, tokens
from annotator.errors import AnnotatorError
from annotator.store.corpus import PassageRow, ReportRow, iter_passages, no_passage, reports
from annotator.store.project import Project
from annotator.store.round_passages import passages_of
from annotator.store.rounds import named_round
from annotator.work.design import Candidate, Design

Place = tuple[str, int]
"""A passage: the key of its report and its number in it."""

REST = "none of these"
"""The stratum of what no search finds."""


class Search:
    """Words and phrases to look for in passages, as codebooks have them for cues.

    Args:
        words: With commas between them; a final `*` stands for any ending. Capitals, Arabic vowel
            signs and letters typed for one another make no difference, nor do the Arabic article
            and what is written as one with a word before it.

    Raises:
        AnnotatorError: There is no word in it.
    """

    def __init__(self, words: str) -> None:
        self.words = words
        self._listed = tuple(part.strip() for part in words.split(","))
        first = [found[0].word for part in self._listed if (found := tokens(part))]
        if not first:
            raise AnnotatorError(
                f"There is no word to search for in {words!r}; give some, with commas between them."
            )
        # What is left of any word that counts as found is in the text, but for its article.
        self._needles = [word.removeprefix("ال") for word in first]

    def finds(self, text: str, plain: str) -> bool:
        """Whether any of it is in a text, of which `plain` is the folded form."""
        if not any(needle in plain for needle in self._needles):
            return False
        return bool(places_of(self._listed, tokens(text)))


def candidates(
    project: Project, design: Design, listed: Collection[Place] | None = None
) -> list[Candidate]:
    """The passages that a design may choose from, in reading order.

    Args:
        project: The project.
        design: What is asked; its searches, its strata, the rounds it leaves out and what it does
            with near-duplicates are followed here.
        listed: The only passages it may be about; None for all there are.

    Raises:
        AnnotatorError: A listed passage or a round is not there, or words to search for are none.
    """
    rows = list(_asked(project, design, listed))
    about = {row.key: row for row in reports(project)}
    searches = [Search(words) for words in design.searches]
    plain = [folded(row.text) for row in rows] if searches or _groups(design) else []
    found: list[tuple[int, str]] = []
    for place, row in enumerate(rows):
        hit = next((one.words for one in searches if one.finds(row.text, plain[place])), None)
        if hit is not None or not searches or design.strata == "search":
            found.append((place, _stratum(design.strata, about[row.report_key], hit)))
    names: dict[int, str] = {}
    if _groups(design):
        taken = [place for place, _ in found]
        names = _group_names([rows[place] for place in taken], [plain[place] for place in taken])
    return [
        Candidate(rows[place].report_key, rows[place].number, place, stratum, names.get(at, ""))
        for at, (place, stratum) in enumerate(found)
    ]


def _asked(
    project: Project, design: Design, listed: Collection[Place] | None
) -> Iterator[PassageRow]:
    """Passages on the list, if there is one, that are in none of the rounds to leave out."""
    left_out: set[Place] = set()
    for name in design.without:
        of_round = passages_of(project, named_round(project, name).id)
        if of_round is None:
            raise AnnotatorError(
                f"The round {name} is about all passages, also those to come; nothing is left "
                "without them."
            )
        left_out |= of_round
    missing = set(listed or ())
    for row in iter_passages(project):
        place = (row.report_key, row.number)
        missing.discard(place)
        if place not in left_out and (listed is None or place in listed):
            yield row
    if missing:
        raise no_passage(*min(missing))


def _stratum(strata: str, report: ReportRow, hit: str | None) -> str:
    match strata:
        case "report":
            return f"{report.title} ({report.key})"
        case "month":
            return report.date[:7] or "no date"
        case "publisher":
            return report.publisher or "no publisher"
        case "search":
            return REST if hit is None else hit
    return ""


def _groups(design: Design) -> bool:
    return design.near_duplicates != "apart"


def _group_names(rows: Sequence[PassageRow], plain: Sequence[str]) -> dict[int, str]:
    """The name of the group of each passage that has near-duplicates: that of its first."""
    from annotator.corpus.near_duplicates import near_duplicates

    return {
        place: f"{rows[group[0]].report_key}:{rows[group[0]].number}"
        for group in near_duplicates(plain)
        for place in group
    }
