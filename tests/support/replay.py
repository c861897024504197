"""Recorded keys replayed through a coding session: the keymap and the session, and no screen.

What a key does on the screen is a method of the session with, at most, the words that are marked.
So a recording needs neither Textual nor a terminal, and takes milliseconds. A test holds this and
the real screen to the same coding for every recording.
"""

from collections.abc import Callable, Mapping
from functools import partial

from annotator.codebook.model import CheckKind
from annotator.coding.skipping import SkipReason
from annotator.tui.actions import CODING
from annotator.tui.key_rules import Goes, where_goes
from annotator.tui.keymap import Keymap
from annotator.tui.passage import PassageText
from annotator.tui.registry import Context
from annotator.tui.typed_text import TypedText
from annotator.work.focus import Change
from annotator.work.session import CodingSession

WIDTH = 48
"""Cells of a line of the passage on a terminal of 80 columns."""


_EDITS: Mapping[str, Callable[[TypedText], TypedText]] = {
    "prompt.erase": TypedText.erased,
    "prompt.delete": TypedText.deleted,
    "prompt.left": TypedText.left,
    "prompt.right": TypedText.right,
}
_ENDS = ("prompt.keep", "prompt.leave")


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
        # A line being typed, and what is to be done with it.
        self._line: tuple[TypedText, Callable[[str], Change]] | None = None
        # What the keys of a choice do.
        self._choice: Mapping[str, Callable[[], Change | None]] | None = None
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
        if self._line is not None:
            return self._type(*self._line, key)
        if self._choice is not None:
            choice, self._choice = self._choice, None
            assert key in choice, f"{key} chooses nothing"
            return choice[key]()
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
        assert action.id in self._actions, f"{action.id} cannot be replayed without a screen"
        return self._actions[action.id]()

    def _type(self, typing: TypedText, done: Callable[[str], Change], key: str) -> Change | None:
        """Give a key to the line being typed."""
        action = self.keymap.find(Context.PROMPT, key)
        if action is None:
            self._line = typing.typed(" " if key == "space" else key), done
        elif (edit := _EDITS.get(action.id)) is not None:
            self._line = edit(typing), done
        else:
            assert action.id in _ENDS, f"{action.id} cannot be replayed without a screen"
            self._line = None
            return done(typing.text) if action.id == "prompt.keep" else None
        return None

    def _ask(self, text: str, done: Callable[[str], Change]) -> None:
        self._line = TypedText(text, len(text)), done

    def _note(self) -> None:
        answer = self.session.row.answer
        assert answer is not None, "there is no answer to write a note to"
        self._ask(answer.note, self.session.set_note)

    def _stand(self) -> None:
        session = self.session
        finding = session.finding_here(CheckKind.WARN, CheckKind.CONFIRM)
        finding = finding or session.standing_here()
        assert finding is not None, "no check fires here that could stand"
        self._ask(finding.overridden, lambda reason: session.override(finding, reason))

    def _skip(self) -> Change | None:
        session = self.session
        if session.item.skipped:
            return session.take_back()
        assert not session.why_no_skip(), session.why_no_skip()
        reasons = {
            str(number): partial(session.skip, reason)
            for number, reason in enumerate(SkipReason, 1)
        }
        other = str(list(SkipReason).index(SkipReason.OTHER) + 1)
        in_words = partial(session.skip, SkipReason.OTHER)
        self._choice = {**reasons, other: lambda: self._ask("", in_words)}
        return None

    def _drop(self) -> None:
        if self._text.anchor is None:
            self.session.leave_candidate()
        self._text.drop_mark()

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
            "cursor.line_start": lambda: self._moved(text().move_to_line_end, -1),
            "cursor.line_end": lambda: self._moved(text().move_to_line_end, 1),
            "cursor.next_paragraph": lambda: self._moved(text().move_paragraphs, 1),
            "cursor.previous_paragraph": lambda: self._moved(text().move_paragraphs, -1),
            "mark.swap": lambda: self._marked(text().swap_ends),
            "mark.trim": lambda: self._moved(text().resize, -1),
            "mark.grow": lambda: self._moved(text().resize, 1),
            "mark.drop": self._drop,
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
            "answer.note": self._note,
            "answer.repeat": lambda: self._answered(session.repeat_last(text().mark)),
            "answer.undo": session.undo,
            "answer.redo": session.redo,
            "record.add": lambda: self._add(0),
            "record.add_outer": lambda: self._add(-1),
            "record.copy": session.copy_record,
            "record.remove": session.remove_record,
            "record.up": lambda: session.shift_record(-1),
            "record.down": lambda: session.shift_record(1),
            "record.next": lambda: session.move_record(1),
            "record.previous": lambda: session.move_record(-1),
            "check.take": self._take_offer,
            "check.stand": self._stand,
            "passage.next": lambda: session.step_passage(1),
            "passage.previous": lambda: session.step_passage(-1),
            "passage.open": session.next_open,
            "passage.go": lambda: self._ask("", session.go_to_passage),
            "passage.flag": session.toggle_flag,
            "passage.skip": self._skip,
            "passage.note": lambda: self._ask(session.coding.note, session.set_passage_note),
        }
