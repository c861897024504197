"""Projects whose truth is known, and how often each coder mistakes which code for which.

What a coder says on a passage depends on the seed, the coder, the passage and the coder's error
rates alone, never on who else codes it or in which order. So the same coders can be sent through
any design of a round, and every figure that is told of them can be counted from `forms`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random

from annotator.codebook.model import Codebook
from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.form import from_form
from annotator.coding.skipping import SkipReason
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import import_reports, iter_passages
from annotator.store.desk import Desk
from annotator.store.making import create_project
from annotator.store.project import Project, open_project
from annotator.store.rounds import named_round, open_round
from generated_claims import a_source, moved
from made_passages import NO_MARKS, Claims, ErrorRates, Form, Light, Marks

__all__ = [
    "CODERS",
    "NO_MARKS",
    "Drift",
    "ErrorRates",
    "Form",
    "KnownTruth",
    "Marks",
    "Place",
    "code_in_round",
    "known_truth_project",
    "plain",
    "wrong_answers",
]

CODERS = ("amal", "basim", "carim", "dalia", "elias", "farah")
"""The coders, in the order of how often they err by default."""

MAKER = "maker"
"""Who made the project and opened the round; codes nothing."""

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""When the first coding was submitted: a Monday."""

WEEKS = 4
"""Over how many weeks the codings of a queue are spread evenly."""

Place = tuple[str, int]
"""A passage: the key of its report and its number in it."""


@dataclass(frozen=True)
class Drift:
    """A coder who errs at other rates from the coding after so many on."""

    coder: str
    after: int
    rates: ErrorRates


RATES: Mapping[str, Mapping[str, ErrorRates]] = {
    "perpetrators": {
        "amal": ErrorRates(slip=0.02),
        "basim": ErrorRates(slip=0.03, confused={("regime_shelling", "regime_gunmen"): 0.2}),
        "carim": ErrorRates(slip=0.04, confused={("regime_air", "unknown"): 0.15}),
        "dalia": ErrorRates(slip=0.05, confused={("regime_air", "unknown"): 0.15}),
        "elias": ErrorRates(slip=0.06, confused={("shelling", "gunfire"): 0.2}),
        "farah": ErrorRates(slip=0.1, confused={("regime_air", "regime_barrel"): 0.3}, missed=0.1),
    },
    "claims": {
        "amal": ErrorRates(slip=0.02),
        "basim": ErrorRates(slip=0.03, confused={("syr_air", "rus"): 0.15}),
        "carim": ErrorRates(slip=0.04, confused={("syr_air", "rus"): 0.15}),
        "dalia": ErrorRates(slip=0.05, confused={("shell", "air_strike"): 0.2}),
        "elias": ErrorRates(slip=0.06, confused={("killing", "injury"): 0.1}),
        "farah": ErrorRates(slip=0.1, confused={("mine", "ied"): 0.3}, missed=0.15),
    },
}
"""The error rates that coders have by default."""


@dataclass(frozen=True)
class KnownTruth:
    """A project, and what is true of it.

    Attributes:
        path: The project file, closed.
        made: What it was made from.
        round: The name of its round; empty where it has none.
        places: Its passages in reading order.
        truth: The right coding of each passage.
        queues: The passages of each coder, in the coder's order.
        forms: The first coding of each passage and coder.
        revised: Who later submitted the right coding of what instead.
        flagged: Who flagged what.
        skipped: Who gave what back, for what reason; nothing is coded there.
        left: What waits in whose queue.
    """

    path: Path
    made: "Made"
    round: str
    places: tuple[Place, ...]
    truth: Mapping[Place, Form]
    queues: Mapping[str, tuple[Place, ...]]
    forms: Mapping[tuple[Place, str], Form]
    revised: frozenset[tuple[Place, str]]
    flagged: frozenset[tuple[Place, str]]
    skipped: Mapping[tuple[Place, str], SkipReason]
    left: frozenset[tuple[Place, str]]

    @property
    def codebook(self) -> Codebook:
        """The codebook of the project."""
        return self.made.codebook

    def latest(self, place: Place, coder: str) -> Form:
        """What a coder says of a passage now."""
        return self.truth[place] if (place, coder) in self.revised else self.forms[place, coder]


def known_truth_project(
    path: Path,
    *,
    codebook: str = "perpetrators",
    coders: int = 6,
    passages: int = 400,
    codings: int = 2,
    seed: int = 1,
    error_rates: Mapping[str, ErrorRates] | None = None,
    drift: Drift | None = None,
    marks: Marks | None = None,
    left: float = 0.0,
    per_report: int = 10,
) -> KnownTruth:
    """Make a project, open its round `main` and let coders code in it.

    Every set of so many coders shares as many passages as every other, but for one.

    Args:
        path: The file to make.
        codebook: `perpetrators` or `claims`.
        coders: How many of `CODERS`.
        passages: How many.
        codings: How many coders each passage gets; 0 for no round at all.
        seed: Of everything that is drawn.
        error_rates: Of coders; the others have their own of `RATES`.
        drift: A coder whose rates change on the way.
        marks: How often coders mark what they code; `NO_MARKS` for never.
        left: Which share of each queue, its end, is not coded yet.
        per_report: Passages to a report.
    """
    made = Made(path, codebook, seed, passages, per_report)
    names = CODERS[:coders]
    queues = _queues(made.places, names, codings, seed) if codings else {}
    coding = _Coding(made, "main" if codings else "", queues, error_rates, drift, marks, left)
    if codings:
        with open_project(path) as project:
            open_round(
                project,
                name="main",
                purpose="main",
                order="reading",
                seed=seed,
                coders=names,
                actor=MAKER,
                design={},
                assignments={
                    coder: [(*place, 1) for place in queue] for coder, queue in queues.items()
                },
            )
            coding.write(project)
    return coding.known


def code_in_round(
    known: KnownTruth,
    round_name: str,
    queues: Mapping[str, Sequence[Place]],
    *,
    error_rates: Mapping[str, ErrorRates] | None = None,
    drift: Drift | None = None,
    marks: Marks | None = None,
    left: float = 0.0,
) -> KnownTruth:
    """Let coders code what a round of the project gave them.

    Args:
        known: The project.
        round_name: An open round of it.
        queues: The passages of each coder in the coder's order, all of them open.
        error_rates: As in `known_truth_project`, like all that follow.
        drift: Likewise.
        marks: Likewise.
        left: Likewise.

    Returns:
        What is known of this round.
    """
    own = {coder: tuple(queue) for coder, queue in queues.items()}
    coding = _Coding(known.made, round_name, own, error_rates, drift, marks, left)
    with open_project(known.path) as project:
        coding.write(project)
    return coding.known


class Made:
    """A project of reports, and the truth of each of its passages."""

    def __init__(self, path: Path, name: str, seed: int, passages: int, per_report: int) -> None:
        self.path, self.name, self.seed = path, name, seed
        source = find_codebook(name)
        self.codebook = read_codebook(source)
        self.world = Light(self.codebook) if name == "perpetrators" else Claims()
        drawn = [self.world.passage(Random(f"{seed} {number}")) for number in range(passages)]
        self.file = a_source([text for text, _ in drawn], per_report, seed)
        with create_project(
            path,
            name=path.stem,
            codebook_source=self.codebook.source,
            codebook=self.codebook,
            actor=MAKER,
        ) as project:
            import_reports(project, self.file, self.file, MAKER)
            self.rows = {(row.report_key, row.number): row for row in iter_passages(project)}
        self.places = tuple(self.rows)
        self._numbers = {place: number for number, place in enumerate(self.places)}
        self.facts = dict(zip(self.places, (fact for _, fact in drawn), strict=True))

    def said(self, coder: str, place: Place, rates: ErrorRates, marks: Marks) -> Form:
        """What a coder says of a passage, marks and all."""
        dice = Random(f"{self.seed} {coder} {self._numbers[place]}")
        return self._moved(self.world.said(dice, self.facts[place], rates, marks), place)

    def truth(self, place: Place) -> Form:
        """The right coding of a passage."""
        return self._moved(self.world.truth(self.facts[place]), place)

    def _moved(self, form: Form, place: Place) -> Form:
        return moved(form, self.rows[place].start)


def _queues(
    places: Sequence[Place], coders: Sequence[str], codings: int, seed: int
) -> dict[str, tuple[Place, ...]]:
    teams = list(combinations(coders, codings))
    Random(seed).shuffle(teams)
    return {
        coder: tuple(
            place for number, place in enumerate(places) if coder in teams[number % len(teams)]
        )
        for coder in coders
    }


class _Coding:
    """Coders at work."""

    def __init__(
        self,
        made: Made,
        round_name: str,
        queues: Mapping[str, tuple[Place, ...]],
        rates: Mapping[str, ErrorRates] | None,
        drift: Drift | None,
        marks: Marks | None,
        left: float,
    ) -> None:
        self._made = made
        marks = marks or Marks()
        self._times: dict[tuple[Place, str], datetime] = {}
        forms: dict[tuple[Place, str], Form] = {}
        flagged, revised, waiting = set(), set(), set()
        skipped: dict[tuple[Place, str], SkipReason] = {}
        for coder, queue in queues.items():
            own = {**RATES[made.name], **(rates or {})}[coder]
            dice = Random(f"{made.seed} {coder}")
            coded = 0
            for number, place in enumerate(queue):
                drawn = [dice.random() for _ in range(3)]
                if number >= round(len(queue) * (1 - left)):
                    waiting.add((place, coder))
                elif drawn[0] < marks.skipped:
                    skipped[place, coder] = tuple(SkipReason)[number % len(SkipReason)]
                else:
                    drifted = drift is not None and drift.coder == coder and coded >= drift.after
                    forms[place, coder] = made.said(
                        coder, place, drift.rates if drift and drifted else own, marks
                    )
                    coded += 1
                    share = timedelta(weeks=WEEKS) * number / len(queue)
                    self._times[place, coder] = START + share
                    flagged |= {(place, coder)} if drawn[1] < marks.flagged else set()
                    revised |= {(place, coder)} if drawn[2] < marks.revised else set()
        self.known = KnownTruth(
            made.path,
            made,
            round_name,
            made.places,
            {place: made.truth(place) for place in made.places},
            queues,
            forms,
            frozenset(revised),
            frozenset(flagged),
            skipped,
            frozenset(waiting),
        )

    def write(self, project: Project) -> None:
        """Write down all that was coded, in the order of time."""
        known = self.known
        row = named_round(project, known.round)
        order = sorted(known.forms, key=lambda one: (self._times[one], one[1]))
        add_codings(project, (self._new(row.id, one, known.forms[one]) for one in order), MAKER)
        revised = [one for one in order if one in known.revised]
        end = START + timedelta(weeks=WEEKS)
        add_codings(
            project, (self._new(row.id, one, known.truth[one[0]], end) for one in revised), MAKER
        )
        for (place, coder), reason in known.skipped.items():
            desk = Desk(project, row.id, coder)
            item = desk.at_place(known.queues[coder].index(place) + 1)
            assert item is not None
            desk.skip(item, reason, SKIP_NOTES[reason])

    def _new(
        self, round_id: str, one: tuple[Place, str], form: Form, later: datetime | None = None
    ) -> NewCoding:
        place, coder = one
        row = self._made.rows[place]
        return NewCoding(
            round_id,
            *place,
            coder,
            from_form(form, self._made.codebook, row.text, row.start),
            30.0,
            later or self._times[one],
            one in self.known.flagged,
        )


SKIP_NOTES = {reason: "" if reason is SkipReason.GRAPHIC else reason.words for reason in SkipReason}


def wrong_answers(known: KnownTruth) -> Iterator[tuple[Place, str, str]]:
    """Of light codings: every passage, coder and variable where a first coding is not the truth."""
    for (place, coder), form in known.forms.items():
        for variable, right in known.truth[place].items():
            if plain(form[variable]) != plain(right):
                yield place, coder, variable


def plain(answer: object) -> object:
    """An answer without its marks: its value or its state."""
    if isinstance(answer, dict) and ("value" in answer or "state" in answer):
        return answer.get("value", answer.get("state"))
    return answer
