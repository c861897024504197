"""Who gets which passage of a round that is under way: late coders, abandoned ones, more overlap.

Everything here only says what would be moved, and follows from what there is and the round's seed
alone; `annotator.store.assignments.move` does it.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from annotator.errors import AnnotatorError
from annotator.store.assignments import Move, counters, refuse_closed, shuffled
from annotator.store.corpus import reports
from annotator.store.held import Held, QueueChange, held, idle_since, queue_changes
from annotator.store.models import Order
from annotator.store.people import people, refuse_twin
from annotator.store.places import Place
from annotator.store.project import Project
from annotator.store.round_passages import passages_of
from annotator.store.rounds import RoundRow
from annotator.work.disagreements import Disagreements
from annotator.work.round_progress import idle_days


@dataclass(frozen=True)
class Standing:
    """Who has what in a round.

    Attributes:
        row: The round.
        places: Its passages, in reading order.
        queues: For each coder of the round, by name, what they have, in their order.
        wanted: How many coders each passage is to have; none for one that is not in it.
        since: Since when each coder did nothing, for those who were given anything.
        taken: When passages were last taken back from each coder, for those whom it happened to.
    """

    row: RoundRow
    places: tuple[Place, ...]
    queues: Mapping[str, tuple[Held, ...]]
    wanted: Mapping[Place, int]
    since: Mapping[str, datetime]
    taken: Mapping[str, datetime] = field(default_factory=dict)

    @cached_property
    def holders(self) -> dict[Place, set[str]]:
        """Who has each passage, for those that anyone has."""
        found: dict[Place, set[str]] = defaultdict(set)
        for coder, queue in self.queues.items():
            for one in queue:
                if one.occasion == 1:
                    found[one.place].add(coder)
        return dict(found)

    @cached_property
    def position(self) -> dict[Place, int]:
        """Where each passage comes in reading order."""
        return {place: position for position, place in enumerate(self.places)}

    @property
    def lacking(self) -> list[Place]:
        """The passages that fewer coders have than are to, in reading order."""
        nobody: set[str] = set()
        return [
            place
            for place in self.places
            if len(self.holders.get(place, nobody)) < self.wanted.get(place, 0)
        ]

    def loads(self) -> Counter[str]:
        """How many passages wait for each coder."""
        queues = self.queues.items()
        return Counter({coder: sum(one.open for one in queue) for coder, queue in queues})

    def room(self, coder: str) -> int:
        """How many passages more the round was designed to let a coder have."""
        design = json.loads(self.row.design or "{}")
        most: int = design.get("capacity", {}).get(coder, len(self.places))
        return max(0, most - len(self.has(coder)))

    def stopped(self) -> set[str]:
        """Who has nothing to do, since all was taken back, and did nothing from then on."""
        return {
            coder
            for coder, load in self.loads().items()
            if not load and coder in self.taken and self.since[coder] < self.taken[coder]
        }

    def has(self, coder: str) -> set[Place]:
        """The passages that a coder has, in whatever state."""
        return {one.place for one in self.queues.get(coder, ())}


def standing(project: Project, row: RoundRow) -> Standing:
    """Read who has what in a round."""
    queues: dict[str, list[Held]] = {one.coder: [] for one in counters(project, row.id)}
    for coder in row.coders or ():
        queues.setdefault(coder, [])
    for one in held(project, row.id):
        queues[one.coder].append(one)
    limited = passages_of(project, row.id)
    everything = [
        (report.key, number)
        for report in reports(project, training=True)
        for number in range(1, report.passages + 1)
    ]
    if limited is None:
        untrained = {report.key for report in reports(project)}
        places = [place for place in everything if place[0] in untrained]
    else:
        chosen = frozenset(limited)
        places = [place for place in everything if place in chosen]
    changes = queue_changes(project, row.id)
    return Standing(
        row,
        tuple(places),
        {coder: tuple(queues[coder]) for coder in sorted(queues)},
        wanted_of(row, changes),
        idle_since(project, row.id),
        {change.coder: change.at for change in changes if change.taken},
    )


def wanted_of(row: RoundRow, changes: Iterable[QueueChange]) -> dict[Place, int]:
    """How many coders each passage of a round is to have.

    As many as ever had it at a time: what is taken back from one coder is to go to another, and
    what goes from one to another is not to have one more. In a round without a design nothing is
    lacking: every coder gets everything.
    """
    if not row.design:
        return {}
    now: dict[Place, set[str]] = defaultdict(set)
    most: dict[Place, int] = {}
    for change in changes:
        for report, number, occasion in change.passages:
            if occasion > 1:
                continue
            place = report, number
            if change.taken:
                now[place].discard(change.coder)
            else:
                now[place].add(change.coder)
                most[place] = max(most.get(place, 0), len(now[place]))
    return most


def check_target(project: Project, row: RoundRow, coder: str) -> None:
    """Refuse to give a coder anything, as carrying it out would.

    Raises:
        AnnotatorError: The round is closed, or the coder is a person of the project but for capital
            letters.
    """
    refuse_closed(row)
    with project.reading() as connection:
        refuse_twin(coder, people(connection))


def known_coder(there: Standing, coder: str) -> str:
    """A coder of the round.

    Raises:
        AnnotatorError: They are none.
    """
    if coder not in there.queues:
        listed = ", ".join(there.queues) or "nobody yet"
        raise AnnotatorError(
            f"{coder} is no coder of the round {there.row.name}; its coders are: {listed}."
        )
    return coder


# --- to a late coder ------------------------------------------------------------------------------


def fair_share(there: Standing, coder: str, most: int | None = None) -> list[Move]:
    """Passages for a coder: first what lacks one, then what the most loaded have not begun.

    Args:
        there: Who has what.
        coder: Who gets them; may be new in the round.
        most: How many; None for as many as make what waits for this coder as much as for others, up
            to what they are to have by the design. In a round without a design, all of them.
    """
    has = there.has(coder)
    if not there.row.design:
        every = [place for place in there.places if place not in has]
        return _in_order(there, [Move(*place, target=coder) for place in every[:most]])
    free = [place for place in _by_chance(there, there.lacking) if place not in has]
    free.sort(key=lambda place: len(there.holders.get(place, ())) - there.wanted[place])
    loads = there.loads()
    own = loads.pop(coder, 0)
    if most is None:
        waiting = own + loads.total() + len(free)
        most = min(max(0, -(-waiting // (len(loads) + 1)) - own), there.room(coder))
    moves = [Move(*place, target=coder) for place in free[:most]]
    unbegun = {
        other: [place for place in _unbegun(there.queues[other]) if place not in has]
        for other in loads
    }
    taken = {move[:2] for move in moves}
    while len(moves) < most:
        giving = [other for other in loads if unbegun[other]]
        if not giving:
            break
        # The last of a queue is what its coder would come to last.
        other = max(giving, key=lambda name: (loads[name], name))
        place = unbegun[other].pop()
        if place not in taken:
            taken.add(place)
            loads[other] -= 1
            moves.append(Move(*place, source=other, target=coder))
    return _in_order(there, moves)


def _unbegun(queue: Sequence[Held]) -> list[Place]:
    """What a coder has not begun, but for what they are to code once more later."""
    again = {one.place for one in queue if one.occasion > 1}
    return [one.place for one in queue if one.open and not one.started and one.place not in again]


def given_as_listed(there: Standing, coder: str, places: Iterable[Place]) -> list[Move]:
    """The passages of a list that the coder does not have, in its order."""
    has = there.has(coder)
    return [Move(*place, target=coder) for place in dict.fromkeys(places) if place not in has]


# --- from a coder who stopped ---------------------------------------------------------------------


def handed_over(there: Standing, source: str, target: str) -> list[Move]:
    """All that one coder has not submitted, to another.

    What the other has already, and what the one was to code once more, is only taken back. What was
    sent back to them stays theirs.
    """
    has = there.has(target)
    moves = []
    for one in there.queues[source]:
        if not one.done and not one.sent_back:
            goes = one.occasion == 1 and one.place not in has
            moves.append(Move(*one.given, source=source, target=target if goes else ""))
    return moves


def unlocked(there: Standing, coders: Collection[str], now: datetime, days: int) -> list[Move]:
    """What waits for coders who did nothing for so many days, to be taken back.

    Args:
        there: Who has what.
        coders: The only coders to look at.
        now: The time, with its zone.
        days: How many whole days, from 0.
    """
    return [
        Move(*one.given, source=coder)
        for coder, queue in there.queues.items()
        if coder in coders and coder in there.since
        if idle_days(there.since[coder], now) >= days
        for one in queue
        if one.open
    ]


# --- more overlap ---------------------------------------------------------------------------------


def more_overlap(there: Standing, passages: int) -> list[Move]:
    """One more coder for so many passages: of those that have one, those that fewest have."""
    places = _by_chance(there, there.holders)
    places.sort(key=lambda place: len(there.holders[place]))
    return _dealt(there, ((place, 1) for place in places), passages)


def overlap_up_to(there: Standing, places: Sequence[Place], codings: int) -> list[Move]:
    """More coders for some passages, until each has so many.

    Args:
        there: Who has what.
        places: The passages, the one that needs it most first.
        codings: How many coders each is to have.
    """
    needs = ((place, codings - len(there.holders.get(place, ()))) for place in places)
    return _dealt(there, needs)


def disputed(project: Project, row: RoundRow) -> list[Place]:
    """The passages on which coders differ and that nobody has settled, lowest agreement first."""
    found = Disagreements(project, row)
    differing = [one for one in found.all.values() if one.variables and not one.settled]
    return [
        one.place for one in sorted(differing, key=lambda one: (-one.score, found.order(one.place)))
    ]


def _dealt(
    there: Standing, needs: Iterable[tuple[Place, int]], passages: int | None = None
) -> list[Move]:
    """Each passage to those of the coders who have least waiting and do not have it.

    Who stopped gets nothing, though nothing waits for them, and nobody more than they are to have.
    """
    loads = there.loads()
    for coder in there.stopped():
        del loads[coder]
    room = {coder: there.room(coder) for coder in loads}
    moves: list[Move] = []
    dealt = 0
    for place, wanted in needs:
        if dealt == passages:
            break
        able = [name for name in loads if room[name] and name not in there.holders.get(place, ())]
        able.sort(key=lambda name: (loads[name], shuffled(there.row.seed, name, *place)))
        for name in able[: max(0, wanted)]:
            loads[name] += 1
            room[name] -= 1
            moves.append(Move(*place, target=name))
        dealt += bool(able) and wanted > 0
    return _in_order(there, moves)


# --- order ----------------------------------------------------------------------------------------


def _by_chance(there: Standing, places: Iterable[Place]) -> list[Place]:
    return sorted(places, key=lambda place: shuffled(there.row.seed, "", *place))


def _in_order(there: Standing, moves: Iterable[Move]) -> list[Move]:
    """Moves as their coders are to meet the passages: the order tells nothing of why."""

    def key(move: Move) -> tuple[str, bytes, int]:
        place = move.report, move.number
        if there.row.order is Order.RANDOM:
            return move.target, shuffled(there.row.seed, move.target, *place), 0
        return move.target, b"", there.position.get(place, 0)

    return sorted(moves, key=key)
