"""What the coding and the review screen share: keys to actions, panels, the bottom lines."""

import os
from collections import Counter
from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.geometry import Offset
from textual.message import Message

from annotator.errors import AnnotatorError
from annotator.tui.cells import cells
from annotator.tui.key_names import shown_key
from annotator.tui.keymap import Keymap
from annotator.tui.keys_text import hints, keys_text
from annotator.tui.layout import SMALLEST
from annotator.tui.lines import Line, cut, line, padded, wrap
from annotator.tui.overlay_keys import OverlayKeys
from annotator.tui.overlays import Chooser, Panel, Prompt, chooser_lines, panel_lines, prompt_lines
from annotator.tui.palette import palette
from annotator.tui.registry import Action
from annotator.tui.theme import theme_named
from annotator.tui.widgets.lines_view import LinesView, Part

BODY_TOP = 1
"""The row of the screen, from 0, on which the body begins: below the status line."""

_MOST_MESSAGE_LINES = 4
_MOST_IDLE_LINES = 2
_MOST_OF_TYPING = 3
"""The part of the screen that a text being typed may take: a third."""
_LEAST_TO_CHOOSE = 14
"""Lines that a list to choose from takes before anything stays in view above it."""
_USES_BEFORE_TOLD = 3
"""Times an action is chosen from the palette before its key is named."""


def key_name(event: events.Key) -> str:
    """A key as the action registry writes it: the character if it prints one, else its name."""
    if event.key == "space":
        return "space"
    if event.is_printable and event.character:
        return event.character
    return event.key


def _typable(text: str) -> str:
    """A pasted line as keys could have typed it."""
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())


class WorkScreen(OverlayKeys):
    """A screen of prepared lines, driven by an action registry.

    A subclass sets `GROUPS`, has a method for every action, and paints in `paint_body`.
    """

    class PaintAnew(Message):
        """Asks for all of the screen to be sent to the terminal."""

    LOOKING: frozenset[str] = frozenset()
    """The ids of actions that save nothing, so that no error of theirs is one of saving."""

    def __init__(self, keymap: Keymap | None = None) -> None:
        super().__init__(keymap)
        self.pressed = ""
        self._palette_uses: Counter[str] = Counter()
        self._saving = True
        self._waiting: list[str] = []
        theme = theme_named("auto", os.environ)
        # One widget: each that changes makes work of its own for Textual.
        self._view = LinesView(theme)
        self.status, self.body, self.message_line, self.hint = Part(), Part(), Part(), Part()

    def compose(self) -> ComposeResult:
        """The widget that shows the four parts of the screen."""
        yield self._view

    def use_theme(self, name: str) -> None:
        """Paint in the theme of a name (`annotator.tui.theme.THEMES`) from now on.

        Raises:
            AnnotatorError: There is no theme of that name.
        """
        self._view.use_theme(theme_named(name, os.environ))

    # --- to be filled in -------------------------------------------------------------------------

    @property
    def ready(self) -> bool:
        """Whether there is something to work on yet."""
        return False

    def status_text(self) -> tuple[str, str]:
        """What stands left and right on the status line."""
        return "annotator", ""

    def idle_message(self) -> str:
        """What the message line says when nothing has happened."""
        return ""

    def hint_text(self, width: int) -> str:
        """What the hint line says while no panel is open and no line is being typed."""
        return hints(self.keymap, width, self.work_context)

    def body_lines(self, width: int, height: int) -> list[Line]:
        """The body of the screen."""
        return []

    def pinned_lines(self, width: int) -> list[Line]:
        """What stays below the body, whatever lies over the work."""
        return []

    def answer_key(self, key: str) -> bool:
        """Take a key that answers rather than commands; whether it did."""
        return False

    def take_paste(self, text: str) -> None:
        """Take pasted text where no line is being typed; most screens have no use for it."""

    def failed(self) -> None:
        """Take note that what the last key was to do went wrong."""

    # --- painting --------------------------------------------------------------------------------

    @property
    def too_small(self) -> bool:
        """Whether the terminal is too small to show any work, and so also to do any."""
        width, height = self.app.size
        return width < SMALLEST[0] or height < SMALLEST[1]

    def paint(self) -> None:
        """Bring the whole screen up to date; only lines that changed are sent."""
        width, height = self.app.size
        if self.too_small:
            need = f"This screen needs {SMALLEST[0]} columns and {SMALLEST[1]} rows."
            leave = f"{self.key('app.quit')} quits."
            self.show_parts((), [line(cut(need, width), "bold"), line(cut(leave, width))], (), ())
            return
        left, right = self.status_text()
        left = f"TEXT · {left}" if self.in_text else left
        room = width - cells(right) - 3
        status = ((f" {padded(left, room)} {right} ", "status"),)
        *above, last = self._message(width)
        pinned = self.pinned_lines(width)
        room = height - 3 - len(pinned)
        # What stands there until something is done about it takes room from the body; a sentence
        # that goes with the next key is laid over it. Neither is cut off.
        passing = bool(self.message) or self.prompt is not None
        lasting = 0 if passing else len(above)
        body: list[Line] = []
        if self.chooser is not None:
            body = self._chooser_lines(self.chooser, width, room - lasting)
        elif self.panel is not None:
            body = panel_lines(self.panel, width, room - lasting)
        elif self.ready:
            body = self.body_lines(width, room - lasting)
        blank: list[Line] = [()] * (room - len(body))
        body = [*body, *blank][: room - len(above)] + pinned + above
        self.show_parts(status, body, last, line(cut(f" {self._hint(width - 2)}", width), "dim"))
        self.app.cursor_position = Offset(*self.cursor_place())

    def show_parts(self, status: Line, body: list[Line], message: Line, hint: Line) -> None:
        """Show the status line, the body from its top, and at the bottom message and hint line."""
        self.status.lines, self.body.lines = (status,), tuple(body)
        self.message_line.lines, self.hint.lines = (message,), (hint,)
        height = self.app.size.height
        room = max(0, height - 3)
        blank: list[Line] = [()] * (room - len(body))
        self._view.show([status, *body[:room], *blank, message, hint][:height])

    def cursor_place(self) -> tuple[int, int]:
        """Where on the screen the terminal's cursor is put: the line being typed, or the top.

        Textual hides it, but screen readers and braille displays follow it all the same.

        Returns:
            The column and the row, from 0.
        """
        if self.prompt is not None:
            lines, (column, row) = self._prompt_lines(self.prompt)
            return column, self.app.size.height - 1 - len(lines) + row
        if self.chooser is not None:
            return cells(f"> {self.chooser.typed}"), BODY_TOP + 1
        return 0, BODY_TOP

    def kept_lines(self, width: int, height: int) -> list[Line]:
        """What stays in view above a list that is chosen from, at most so many lines."""
        return []

    def _chooser_lines(self, chooser: Chooser, width: int, height: int) -> list[Line]:
        kept: list[Line] = []
        if chooser.keeps_work:
            kept = self.kept_lines(width, max(0, height - _LEAST_TO_CHOOSE))
        return [*kept, *chooser_lines(chooser, width, height - len(kept))]

    def _hint(self, width: int) -> str:
        if self.prompt is not None:
            below = f"  {self.key('prompt.down')} on the last line: a new one"
            kept = f"{self.key('prompt.keep')} keep  {self.key('prompt.leave')} leave it"
            return kept + (below if self.prompt.several else "")
        if self.chooser is not None:
            ids = ("choice.up", "choice.down", "choice.take", "choice.leave")
            up, down, take, leave = map(self.key, ids)
            return f"type to find  {up} {down} choose  {take} take  {leave} back"
        if self.panel is not None:
            ids = ("panel.up", "panel.down", "panel.find", "panel.close")
            up, down, find, close = map(self.key, ids)
            return f"{up} {down} scroll  {find} find  {close} back"
        return self.hint_text(width) if self.ready else hints(self.keymap, width)

    def _message(self, width: int) -> list[Line]:
        """The lines of the message: one, unless it is a sentence that needs more."""
        said = self.message
        broken = wrap(said, width - 2)[:_MOST_MESSAGE_LINES] if said else []
        lines = [line(f" {said[first:last]}", self.message_style) for first, last in broken]
        if self.prompt is not None:
            return [*lines, *self._prompt_lines(self.prompt)[0]]
        if lines:
            return lines
        idle = self.idle_message()
        broken = wrap(idle, width - 2)[:_MOST_IDLE_LINES]
        return [line(f" {idle[first:last]}", "title") for first, last in broken]

    def _prompt_lines(self, prompt: Prompt) -> tuple[list[Line], tuple[int, int]]:
        width, height = self.app.size
        return prompt_lines(prompt, width, max(2, height // _MOST_OF_TYPING))

    # --- keys ------------------------------------------------------------------------------------

    def on_resize(self) -> None:
        """Lay everything out for the new size."""
        self.paint()

    def on_key(self, event: events.Key) -> None:
        """Take every key: nothing else on this screen listens to any."""
        event.stop()
        event.prevent_default()
        self.take_key(key_name(event))

    def on_paste(self, event: events.Paste) -> None:
        """Put pasted text where text is typed; nowhere else is it taken for keys."""
        event.stop()
        lines = [_typable(one) for one in event.text.splitlines()]
        text = " ".join(one for one in lines if one)
        if not text or not self.ready or self.too_small:
            return
        if self.prompt is not None:
            prompt = self.prompt
            pasted = "\n".join(lines).strip("\n") if prompt.several else text
            self._try(lambda: self._type_in(prompt, pasted))
        elif (chooser := self.chooser) is not None:
            self._try(lambda: chooser.type(chooser.typed + text))
        elif self.panel is None:
            self._try(lambda: self.take_paste(text))

    def take_key(self, key: str) -> None:
        """Do what a key does, and say what came of it."""
        self._try(lambda: self._dispatch(key))

    def _try(self, do: Callable[[], None]) -> None:
        self.say("")
        self._saving = True
        try:
            do()
        except AnnotatorError as error:
            # The change was not written and is not shown; the coder may mend and press again.
            self.failed()
            sentence = f"Not saved: {error.sentence}" if self._saving else error.sentence
            self.say(sentence, refused=True)
        self.paint()

    @property
    def typed_ahead(self) -> list[str]:
        """The keys that wait for the project to be open."""
        return self._waiting

    def type_ahead(self, keys: list[str]) -> None:
        """Take over keys typed on another screen before this one was there."""
        self._waiting.extend(keys)

    def begin_work(self) -> None:
        """Paint the work now that the project is open, and do what was typed ahead."""
        self.paint()
        waiting, self._waiting = self._waiting, []
        for key in waiting:
            self.take_key(key)

    def _dispatch(self, key: str) -> None:
        if self.too_small:
            # What cannot be seen is not answered.
            if self._quits(key):
                self.do_app_quit()
        elif self.prompt is not None:
            self._prompt_key(self.prompt, key)
        elif self.chooser is not None:
            self._chooser_key(self.chooser, key)
        elif self.panel is not None and self._panel_key(self.panel, key):
            return
        elif not self.ready:
            # Typed ahead of the project's opening: kept, and done in order when it is open.
            self._waiting.append(key)
            if self._quits(key):
                self.do_app_quit()
        else:
            self._work_key(key)

    def _work_key(self, key: str) -> None:
        action = self.keymap.find(self.work_context, key)
        if not self.in_text and self.answer_key(key):
            self._put_away()
        elif action is not None:
            self.do(action, key)
        elif self._quits(key):
            self.do_app_quit()
        else:
            keys = self.key("show.keys")
            self.say(f"{shown_key(key)} does nothing here; {keys} lists the keys.", refused=True)

    def do(self, action: Action, key: str = "") -> None:
        """Do an action of the work, or say why it cannot be done.

        Args:
            action: The action.
            key: The key that was pressed for it; some actions ask which one it was.
        """
        self._put_away()
        self.pressed = key
        self._saving = action.id not in self.LOOKING
        reason = self.why_not(action)
        if reason:
            self.say(reason, refused=True)
            return
        getattr(self, action.method)()
        for over in (self.panel, self.chooser):
            if over is not None:
                over.shown_by = action.id

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now; empty if it can, or if only doing it shows that."""
        reason: str = getattr(self, action.why_not, str)()
        return reason

    # --- what every screen shows -----------------------------------------------------------------

    def focus_help(self, width: int) -> list[Line]:
        """What there is to say about what is in focus, and the keys that work there."""
        return []

    def do_show_keys(self) -> None:
        """Help: what is in focus first, then the list of keys."""
        # It stands on codebooks and codings, which a screen must not load to be painted.
        from annotator.tui.form_lines import keys_lines

        def build(width: int) -> list[Line]:
            about = self.focus_help(width)
            return [*about, *([()] if about else []), *keys_lines(keys_text(self.keymap), width)]

        self.panel = Panel("Help", build)

    def do_show_redraw(self) -> None:
        """Send the terminal all there is to see."""
        self.post_message(self.PaintAnew())
        self.say("Painted anew.", neutral=True)

    def do_show_palette(self) -> None:
        """Everything that can be done, to choose from."""
        self.chooser = Chooser(
            "What to do", palette(self.keymap, self.why_not, self._do_from_palette)
        )

    def _do_from_palette(self, action: Action) -> None:
        self.do(action)
        self._palette_uses[action.id] += 1
        if self._palette_uses[action.id] >= _USES_BEFORE_TOLD and self.keymap.keys(action):
            told = f"{action.title} has a key: {self.key(action.id)}."
            self.message = f"{self.message} {told}".strip()
