"""The way through a passage at plain prompts: forth past settled questions, and back."""

from annotator.cli.lines import Lines
from annotator.work.focus import Change
from annotator.work.session import CodingSession

Place = tuple[str, str]
"""Where a question stands: the record's id and the row's name in it."""


class Walk:
    """Where a coder goes in the open passage.

    `past_last` says that every question is behind them and the passage waits to be submitted.

    Args:
        session: The session.
        lines: Where it is said why they cannot go on.
    """

    def __init__(self, session: CodingSession, lines: Lines) -> None:
        self.past_last = False
        self._session = session
        self._say = lines.say
        self._trail: list[Place] = []

    def start(self) -> None:
        """Forget the way: another passage is open now."""
        self.past_last = False
        self._trail.clear()

    def remember(self, place: Place) -> None:
        """Note where the coder was, for the way back: answers skip questions that are settled."""
        if self._trail[-1:] != [place]:
            self._trail.append(place)

    def return_to(self, place: Place) -> None:
        """Go to a question, if it is still asked."""
        if any(row.place == place for row in self._session.rows):
            self._session.go_to(place)

    def go_on(self) -> None:
        """After an answer, on to the next question that is open; past the last where none is."""
        self.past_last = not self.step_on()

    def step_on(self) -> bool:
        """Go to the next row that wants the coder, if there is one."""
        rows = self._session.rows
        later = rows[rows.index(self._session.row) + 1 :]
        wanted = next((row for row in later if row.wants), None)
        if wanted is not None:
            self._tell(self._session.go_to(wanted.place))
        return wanted is not None

    def forward(self) -> None:
        """Go to the very next row, settled or not; past the last after it."""
        if self._session.row.place == self._session.rows[-1].place:
            self.past_last = True
        else:
            self._tell(self._session.move_row(+1))

    def back(self) -> None:
        """Go back to where the coder was before; where that is nowhere, to the row before."""
        if self.past_last:
            self.past_last = False
            return
        there = {row.place for row in self._session.rows} - {self._session.row.place}
        while self._trail:
            place = self._trail.pop()
            if place in there:
                self._tell(self._session.go_to(place))
                return
        self._tell(self._session.move_row(-1))

    def go(self, number: str) -> None:
        """Go to the question with a number."""
        rows = self._session.rows
        if not number.isdecimal() or not 1 <= int(number) <= len(rows):
            self._say(f"Give the number of a question, 1 to {len(rows)}.")
            return
        self.past_last = False
        self._tell(self._session.go_to(rows[int(number) - 1].place))

    def _tell(self, change: Change) -> None:
        if change.message:
            self._say(change.message)
