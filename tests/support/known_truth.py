"""Projects whose truth is known, and how often each coder mistakes which code for which.

What a coder says on a passage depends on the seed, the coder, the passage and the coder's error
rates alone, never on who else codes it or in which order. So the same coders can be sent through
any design of a round, and every figure that is told of them can be counted from `forms`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from random import Random
from typing import Any

from annotator.codebook.model import Codebook
from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.form import from_form
from annotator.coding.skipping import SkipReason
from annotator.store.codings import NewCoding, add_codings, find_passage
from annotator.store.corpus import import_reports, iter_passages
from annotator.store.desk import Desk
from annotator.store.events import EventLog
from annotator.store.making import create_project
from annotator.store.project import Project, open_project
from annotator.store.queues import assign_passages
from annotator.store.rounds import open_round
from generated_claims import PLACES, Rates, a_claim, a_source, a_truth, moved
from generated_claims import SENTENCES as CLAIM_SENTENCES

CODERS = ("amal", "basim", "carim", "dalia", "elias", "farah")
"""The coders, in the order of how often they err by default."""

MAKER = "maker"
"""Who made the project and opened the round; codes nothing."""

START = datetime(2026, 1, 5, 8, tzinfo=UTC)
"""When the first coding was submitted: a Monday."""

WEEKS = 4
"""Over how many weeks the codings of a queue are spread evenly."""

Form = dict[str, Any]
Place = tuple[str, int]
"""A passage: the key of its report and its number in it."""


@dataclass(frozen=True)
class ErrorRates:
    """How often a coder errs.

    Attributes:
        slip: A code is any other one.
        confused: A code (the first) is taken for another (the second), before any slip.
        missed: One of several codes, or a claim, is left out.
        invented: A code is given, or a claim found, where there is none.
        counts: A number is too high by one to five.
    """

    slip: float = 0.04
    confused: Mapping[tuple[str, str], float] = field(default_factory=dict)
    missed: float = 0.03
    invented: float = 0.03
    counts: float = 0.05


@dataclass(frozen=True)
class Drift:
    """A coder who errs at other rates from the coding after so many on."""

    coder: str
    after: int
    rates: ErrorRates


@dataclass(frozen=True)
class Marks:
    """How often coders mark what they code; a wrong answer is unsure far more often."""

    unsure: float = 0.02
    unsure_if_wrong: float = 0.25
    noted: float = 0.3
    passage_note: float = 0.02
    flagged: float = 0.03
    skipped: float = 0.02
    revised: float = 0.02


NO_MARKS = Marks(0, 0, 0, 0, 0, 0, 0)

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
        codebook: Its codebook.
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
    codebook: Codebook
    round: str
    places: tuple[Place, ...]
    truth: Mapping[Place, Form]
    queues: Mapping[str, tuple[Place, ...]]
    forms: Mapping[tuple[Place, str], Form]
    revised: frozenset[tuple[Place, str]]
    flagged: frozenset[tuple[Place, str]]
    skipped: Mapping[tuple[Place, str], SkipReason]
    left: frozenset[tuple[Place, str]]

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
    made = _Made(path, codebook, seed, passages, per_report)
    names = CODERS[:coders]
    queues = _queues(made.places, names, codings, seed) if codings else {}
    coding = _Coding(made, queues, error_rates or {}, drift, marks or Marks(), left)
    if codings:
        with open_project(path) as project:
            coding.write(project)
    return coding.known


class _Made:
    """A project of reports, and the truth of each of its passages."""

    def __init__(self, path: Path, name: str, seed: int, passages: int, per_report: int) -> None:
        self.path, self.name, self.seed = path, name, seed
        source = find_codebook(name)
        self.codebook = read_codebook(source)
        self.world = _Light(self.codebook) if name == "perpetrators" else _Claims()
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
        made: _Made,
        queues: Mapping[str, tuple[Place, ...]],
        rates: Mapping[str, ErrorRates],
        drift: Drift | None,
        marks: Marks,
        left: float,
    ) -> None:
        self._made = made
        self._times: dict[tuple[Place, str], datetime] = {}
        forms: dict[tuple[Place, str], Form] = {}
        flagged, revised, waiting = set(), set(), set()
        skipped: dict[tuple[Place, str], SkipReason] = {}
        for coder, queue in queues.items():
            own = {**RATES[made.name], **rates}[coder]
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
            made.codebook,
            "main" if queues else "",
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
        """Open the round and write down all that was coded, in the order of time."""
        known = self.known
        row = open_round(
            project,
            name=known.round,
            purpose="main",
            order="reading",
            seed=self._made.seed,
            coders=tuple(known.queues),
            actor=MAKER,
        )
        with project.writing() as connection:
            log = EventLog(connection, project.device)
            ids = {place: find_passage(connection, *place) for place in known.places}
            for coder, queue in known.queues.items():
                items = [(*place, ids[place], 1) for place in queue]
                assign_passages(connection, log, MAKER, row.id, coder, items)
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


NOTES = ("The text says two things about this.", "Which entry covers this?", "لا أعرف أيهما")
"""What coders write beside answers they doubt."""

SKIP_NOTES = {reason: "" if reason is SkipReason.GRAPHIC else reason.words for reason in SkipReason}


# --- what is true, and what coders make of it ----------------------------------------------------


def _mistaken(dice: Random, code: str, among: Sequence[str], rates: ErrorRates) -> str:
    for (meant, said), rate in rates.confused.items():
        if meant == code and dice.random() < rate:
            return said
    return (
        dice.choice([one for one in among if one != code]) if dice.random() < rates.slip else code
    )


def _marked(dice: Random, value: object, right: object, marks: Marks) -> object:
    """An answer as it is, or unsure, perhaps with a note."""
    if dice.random() >= (marks.unsure if value == right else marks.unsure_if_wrong):
        return value
    form: Form = dict(value) if isinstance(value, dict) else {"value": value}
    note = {"note": dice.choice(NOTES)} if dice.random() < marks.noted else {}
    return {**form, "unsure": True, **note}


class _Light:
    """Passages under the light codebook; what is true stands in their words."""

    def __init__(self, codebook: Codebook) -> None:
        self._codes = {
            one: {code.id: code.label for code in codebook.variable(one).codes}
            for one in ("perpetrator", "cause")
        }

    def passage(self, dice: Random) -> tuple[str, Form]:
        """The words of a passage, and its truth."""
        place, day = dice.choice(PLACES), dice.randint(1, 28)
        if dice.random() < 0.1:
            truth: Form = {"perpetrator": [], "cause": [], "killed": {"state": "not_stated"}}
            text = f"The road to {place} was closed on the {day}th; nobody was hurt."
        else:
            killed = max(1, round(dice.lognormvariate(2, 1)))
            truth = {name: self._some(dice, list(labels)) for name, labels in self._codes.items()}
            truth["killed"] = str(killed)
            blamed, means = (
                " and ".join(labels[code] for code in truth[name])
                for name, labels in self._codes.items()
            )
            text = (
                f"{killed} people were killed in {place} on the {day}th of the month. Who is said "
                f"to have done it: {blamed}. By what means: {means}."
            )
        rest = {"children": {"state": "not_stated"}, "women": {"state": "not_stated"}}
        return text, {**truth, **rest}

    def _some(self, dice: Random, codes: Sequence[str]) -> list[str]:
        # The first codes of the list are the common ones, the last hardly come at all.
        weights = [1 / (place + 1) for place in range(len(codes))]
        found = set(dice.choices(codes, weights, k=1 + (dice.random() < 0.1)))
        return sorted(found, key=codes.index)

    def truth(self, fact: Form) -> Form:
        """The right coding."""
        return fact

    def said(self, dice: Random, fact: Form, rates: ErrorRates, marks: Marks) -> Form:
        """What a coder says."""
        form: Form = {}
        for name, right in fact.items():
            value = right
            if name in self._codes:
                value = self._set(dice, right, list(self._codes[name]), rates)
            elif isinstance(right, str) and dice.random() < rates.counts:
                value = str(int(right) + dice.randint(1, 5))
            form[name] = _marked(dice, value, right, marks)
        if dice.random() < marks.passage_note:
            form["note"] = dice.choice(NOTES)
        return form

    def _set(
        self, dice: Random, right: Sequence[str], among: Sequence[str], rates: ErrorRates
    ) -> list[str]:
        found = {_mistaken(dice, code, among, rates) for code in right}
        if len(found) > 1 and dice.random() < rates.missed:
            found.remove(dice.choice(sorted(found)))
        if not found and dice.random() < rates.invented:
            found.add(dice.choice(among))
        return sorted(found, key=among.index)


class _Claims:
    """Passages of none to four claims, one a sentence, and two sentences without any."""

    def passage(self, dice: Random) -> tuple[str, Any]:
        """The words of a passage, and its facts: claims, and where sentences stand."""
        n_claims = dice.choice((0, 1, 1, 2, 2, 3, 4))
        sentences = [
            dice.choice(CLAIM_SENTENCES).format(
                n=dice.randint(2, 99), place=dice.choice(PLACES), day=dice.randint(4, 28)
            )
            for _ in range(n_claims + 2)
        ]
        starts = [sum(len(one) + 1 for one in sentences[:at]) for at in range(len(sentences))]
        places = list(zip(starts, sentences, strict=True))
        dice.shuffle(places)
        return " ".join(sentences), ([a_truth(dice) for _ in range(n_claims)], places)

    def truth(self, fact: Any) -> Form:
        """The right coding."""
        return self.said(Random(0), fact, ErrorRates(0, {}, 0, 0, 0), NO_MARKS)

    def said(self, dice: Random, fact: Any, rates: ErrorRates, marks: Marks) -> Form:
        """What a coder says."""
        truths, places = fact
        own = Rates(
            right=1 - rates.slip,
            act_found=1 - rates.missed,
            spread=0.2 if dice.random() < rates.counts else 0,
            confused=rates.confused,
        )
        claims = [
            self._claim(dice, f"t{number}", truth, places[number], own, marks)
            for number, truth in enumerate(truths)
            if dice.random() >= rates.missed
        ]
        if dice.random() < rates.invented:
            where = dice.choice(places[len(truths) :])
            claims.append(self._claim(dice, "x0", a_truth(dice), where, own, marks))
        form: Form = {"claim": claims} if claims else {"none": "context"}
        overrides = [
            {"check": "I1", "record": act["id"], "reason": "The text says so."}
            for claim in claims
            for act in claim["act"]
            if act["cause"] in ("mine", "ied")
        ]
        if overrides:
            form["overrides"] = sorted(overrides, key=lambda one: one["record"])
        if dice.random() < marks.passage_note:
            form["note"] = dice.choice(NOTES)
        return form

    def _claim(
        self, dice: Random, name: str, truth: Form, place: tuple[int, str], own: Rates, marks: Marks
    ) -> Form:
        claim = a_claim(dice, name, truth, place, own)
        for variable in ("kind", "victims"):
            claim[variable] = _marked(dice, claim[variable], truth[variable], marks)
        return claim


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
