"""Recorded keys replayed through a coding session: the keymap and the session, and no screen.

What a key does on the screen is a method of the session with, at most, the words that are marked.
So a recording needs neither Textual nor a terminal, and takes milliseconds. A test holds this and
the real screen to the same coding for every recording.
"""

from collections.abc import Callable, Mapping

from annotator.codebook.model import CheckKind
from annotator.tui.actions import CODING
from annotator.tui.key_rules import Goes, where_goes
from annotator.tui.keymap import Keymap
from annotator.tui.passage import PassageText
from annotator.tui.registry import Context
from annotator.work.focus import Change
from annotator.work.session import CodingSession

WIDTH = 48
"""Cells of a line of the passage on a terminal of 80 columns."""


class Replay:
    """A session driven by keys, named as the action registry names them.

    Args:
        session: The session.
        width: Cells of a line of the passage, which matters to keys that move by lines.
    """

    def __init__(self, session: CodingSession, width: int = WIDTH) -> None:
        self.session = session
        self.keymap = Keymap(CODING)
        self.count = 0
        """How many keys were pressed."""
        self.last = Change()
        """What the last key did."""
        self._width = width
        self._text = self._passage()
        self._actions: Mapping[str, Callable[[], Change | None]] = self._all_actions()

    def press(self, keys: str) -> Change:
        """Press keys, parted by spaces; what the last one did.

        Raises:
            AssertionError: A key does nothing there, or was refused.
        """
        for key in keys.split():
            self.count += 1
            self.last = self._take(key) or Change()
            place = f"key {self.count}, {key}, at {self.session.row.title}"
            assert not self.last.refused, f"{place}: {self.last.message}"
            if self.last.passage:
                self._text = self._passage()
        return self.last

    def _take(self, key: str) -> Change | None:
        session, marking = self.session, self._text.anchor is not None
        context = Context.ANSWERING
        goes = where_goes(key, session, self.keymap, context, marking=marking)
        if goes is Goes.FIELD:
            if key == "backspace":
                return session.type_backspace()
            return session.type_key(" " if key == "space" else key)
        if goes is Goes.CODE and (change := session.press(key, self._text.mark)) is not None:
            return self._answered(change)
        action = self.keymap.find(context, key)
        assert action is not None, f"{key} does nothing at {session.row.title}"
        return self._actions[action.id]()

    def _passage(self) -> PassageText:
        item = self.session.item
        text = PassageText(item.text, item.start, self.session.focus.cursor)
        text.lay_out(self._width)
        return text

    def _answered(self, change: Change) -> Change:
        if not change.refused:
            self._text.drop_mark()
        return change

    def _moved(self, move: Callable[[int], None], step: int) -> None:
        move(step)
        self.session.move_cursor(self._text.cursor)

    def _marked(self, mark: Callable[[], None]) -> None:
        mark()
        self.session.move_cursor(self._text.cursor)

    def _space(self) -> Change | None:
        if self._text.mark is not None:
            return self._answered(self.session.mark(self._text.mark))
        if self.session.candidate is not None:
            return self._answered(self.session.take_candidate())
        self._text.begin_mark()
        return None

    def _step(self, step: int) -> Change:
        change = self.session.step_candidate(step)
        self._text.drop_mark()
        self._text.move_to(self.session.focus.cursor)
        return change

    def _add(self, position: int) -> Change:
        unit, _ = self.session.addable_units()[position]
        return self._answered(self.session.add_record(unit.id, self._text.mark))

    def _take_offer(self) -> Change:
        finding = self.session.finding_here(CheckKind.OFFER)
        assert finding is not None, "the codebook offers nothing here"
        return self.session.take_offer(finding)

    def _enter(self) -> Change:
        return self.session.advance() if self.session.row.is_typed else self.session.submit()

    def _all_actions(self) -> Mapping[str, Callable[[], Change | None]]:
        session, text = self.session, lambda: self._text
        return {
            "cursor.right": lambda: self._moved(text().move_words, 1),
            "cursor.left": lambda: self._moved(text().move_words, -1),
            "cursor.down": lambda: self._moved(text().move_lines, 1),
            "cursor.up": lambda: self._moved(text().move_lines, -1),
            "cursor.next_sentence": lambda: self._moved(text().move_sentences, 1),
            "cursor.previous_sentence": lambda: self._moved(text().move_sentences, -1),
            "mark.toggle": self._space,
            "mark.sentence": lambda: self._marked(text().mark_larger),
            "mark.passage": lambda: self._marked(text().mark_all),
            "candidate.next": lambda: self._step(1),
            "candidate.previous": lambda: self._step(-1),
            "answer.enter": self._enter,
            "answer.next": lambda: session.move_row(1),
            "answer.previous": lambda: session.move_row(-1),
            "answer.none": lambda: self._answered(session.pick_none()),
            "answer.state": session.cycle_state,
            "answer.clear": session.clear,
            "answer.unsure": session.toggle_unsure,
            "answer.undo": session.undo,
            "answer.redo": session.redo,
            "record.add": lambda: self._add(0),
            "record.add_outer": lambda: self._add(-1),
            "record.copy": session.copy_record,
            "record.remove": session.remove_record,
            "record.next": lambda: session.move_record(1),
            "record.previous": lambda: session.move_record(-1),
            "check.take": self._take_offer,
            "passage.next": lambda: session.step_passage(1),
            "passage.previous": lambda: session.step_passage(-1),
            "passage.open": session.next_open,
        }
