"""The keys of the review screen that go through the queue and choose what is in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

from annotator.errors import AnnotatorError
from annotator.tui.overlays import Chooser, Entry, Prompt
from annotator.tui.review_heading import state_of
from annotator.tui.review_settling import SettlingKeys
from annotator.work.subjects import in_short, subject_names

if TYPE_CHECKING:
    from textual.app import App

    from annotator.codebook.model import Variable

    # Load the database library; the screen is painted before that is done.
    from annotator.work.confusion import Cell
    from annotator.work.disagreements import Disagreement
    from annotator.work.review_choices import QueueFilter

_ORDERS = {
    "agreement": ("Lowest agreement first", "What coders say least alike comes first."),
    "reading": ("In reading order", "As the reports and their passages come."),
    "variable": ("By what differs", "Those that differ in the first question first."),
}
_KINDS = {
    "flagged": ("flagged", "A coder asks you to look at it."),
    "skipped": ("given back", "A coder gave it back, for a reason."),
    "unsure": ("unsure", "A coder was unsure of an answer."),
    "changed": ("changed since", "A coder revised it after it was settled."),
    "sent-back": ("sent back", "It waits for a coder's answer."),
    "settled": ("settled", "You or another lead have settled it."),
    "open": ("not coded by all", "Someone still has to code it."),
}
_MOST_SHARE = 100
_NAMES_ROOM = 36


class QueueKeys(SettlingKeys):
    """The part of the review screen that goes from case to case."""

    def do_case_next(self) -> None:
        """Leave this disagreement for later."""
        if self._session.skip():
            self._open_case()
        else:
            self.say("No other passage is left in this queue.", refused=True)

    def do_case_previous(self) -> None:
        """Back to the disagreement before."""
        if self._session.back():
            self._open_case()
        else:
            self.say("There is none before this one.", refused=True)

    # --- the passages ----------------------------------------------------------------------------

    def do_queue_list(self) -> None:
        """List the passages of the queue."""
        session = self._session
        current = session.current()
        here = current.disagreement.place if current is not None else None
        entries = [self._passage(one) for one in session.queue]
        chooser = Chooser("Passages of the queue", entries, "No passage of the queue is like that.")
        places = [one.place for one in session.queue]
        chooser.at = places.index(here) if here in places else 0
        self.chooser = chooser

    def _passage(self, one: "Disagreement") -> Entry:
        names = [self._name_of(name) for name in one.variables]
        return Entry(
            f"{one.title} ¶{one.number}  {in_short(names, _NAMES_ROOM)}",
            partial(self._go_to_case, one),
            state_of(one),
            f"{one.n_coders} codings; {one.score:.2f} apart. {', '.join(names)}",
            words=f"{state_of(one)} {' '.join(names)}",
        )

    def _go_to_case(self, one: "Disagreement") -> None:
        self._session.open_case(one.place)
        self._open_case()

    def _name_of(self, name: str) -> str:
        """What the codebook calls a variable, a unit, or the reason for having no record."""
        return subject_names(self._session.codebook).get(name, name)

    # --- order and filter ------------------------------------------------------------------------

    def do_queue_choose(self) -> None:
        """List the orders and filters there are, with how many passages each leaves."""
        self.chooser = Chooser("Order and filter", list(self._choices()))

    @property
    def _everything(self) -> "QueueFilter":
        """What is looked at now without what limits it."""
        return replace(self._session.filter, variable="", pair=None, only=None, places=None)

    def _choices(self) -> Iterator[Entry]:
        # Stands on numpy, which nothing else here needs.
        from annotator.work.confusion import can_be_confused

        session, wide = self._session, self._everything
        choices, now = session.choices(), session.filter
        yield self._choice("All disagreements", wide, is_now=now == wide)
        for order in choices.orders:
            name, about = _ORDERS[str(order)]
            here = now.order == order
            yield self._choice(name, replace(now, order=order), is_now=here, about=about)
        for kind, count in choices.only.items():
            name, about = _KINDS[str(kind)]
            chosen = replace(wide, only=kind)
            here = now.only == kind
            yield self._choice(f"Only {name}", chosen, is_now=here, count=count, about=about)
        for variable, count in choices.variables.items():
            name = self._name_of(variable)
            chosen = replace(wide, variable=variable)
            here = now.variable == variable and now.pair is None
            text = f"Only where they differ in {name}"
            yield self._choice(text, chosen, is_now=here, count=count)
        for question in filter(can_be_confused, session.codebook.variables):
            yield Entry(
                f"  Two values of {question.name} …",
                partial(self._ask_pair, question),
                about="Choose two values that coders gave to the same thing.",
            )
        yield Entry(
            f"{'*' if now.unanimous else ' '} A sample of what all agree on …",
            self._ask_share,
            f"{choices.agreed} agreed",
            "Look at a share of the passages on which all say the same: coders share errors.",
        )

    def _choice(
        self,
        text: str,
        chosen: "QueueFilter",
        *,
        is_now: bool = False,
        count: int | None = None,
        about: str = "",
    ) -> Entry:
        return Entry(
            f"{'*' if is_now else ' '} {text}",
            partial(self._open_queue, chosen),
            "" if count is None else str(count),
            about,
            why_not="There is none." if count == 0 else "",
        )

    def _ask_pair(self, variable: "Variable") -> None:
        """List the pairs of values that were given to a question on the same thing.

        To find them every coding is read, which takes a while; the screen goes on meanwhile.
        """
        waiting = Chooser(f"Two values of {variable.name}", [], "Reading what coders gave …")
        self.chooser = waiting
        # A thread that nobody waits for, so that who leaves meanwhile is not held up.
        Thread(target=self._read_pairs, args=(self.app, variable.id, waiting), daemon=True).start()

    def _read_pairs(self, app: "App[None]", variable: str, waiting: Chooser) -> None:
        """Read the pairs in a thread of its own, and hand them to the list that waits."""
        from annotator.work.confusion import confusion_of

        session, empty = self._session, "No two values were given to the same thing."
        cells: tuple[Cell, ...] = ()
        called: Mapping[str, str] = {}
        try:
            _, (found,) = confusion_of(
                session.project, session.round.name, variable=variable, which="latest"
            )
            cells, called = found.confused(), found.labels
        except AnnotatorError as error:
            empty = error.sentence
        entries = [
            self._choice(
                f"{called.get(one.first, one.first)} against {called.get(one.second, one.second)}",
                replace(self._everything, places=frozenset(one.places)),
                count=len(one.places),
            )
            for one in cells
        ]
        if app.is_running:
            app.call_from_thread(self._show_pairs, waiting, entries, empty)

    def _show_pairs(self, waiting: Chooser, entries: list[Entry], empty: str) -> None:
        waiting.entries, waiting.empty = entries, empty
        waiting.type(waiting.typed)
        self.paint()

    def _ask_share(self) -> None:
        def done(text: str) -> None:
            share = _share(text)
            if share is None:
                self.say(f"“{text}” is no share; write a number from 0 to 100.", refused=True)
                return
            self._open_queue(replace(self._session.filter, unanimous=share))

        self.prompt = Prompt("Share of them, in %", "3", done, left="As it was.")

    def _open_queue(self, chosen: "QueueFilter") -> None:
        self._session.open_queue(chosen)
        self._open_case()
        n = len(self._session.queue)
        self.say(f"{n} passage{'' if n == 1 else 's'} in the queue.", neutral=True)


def _share(text: str) -> float | None:
    """A share of a hundred that was typed; None where it is none."""
    try:
        number = float(text.strip().removesuffix("%"))
    except ValueError:
        return None
    return number / _MOST_SHARE if 0 <= number <= _MOST_SHARE else None
