"""What the coding and the review screen share: keys to actions, panels, the bottom lines."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from annotator.errors import AnnotatorError
from annotator.tui.cells import cells
from annotator.tui.key_names import shown_key
from annotator.tui.keymap import Keymap
from annotator.tui.keys_text import hints, keys_text
from annotator.tui.lines import Line, cut, line, padded, wrap
from annotator.tui.registry import Action, Context, Group
from annotator.tui.theme import theme_named
from annotator.tui.widgets.lines_view import LinesView

SMALLEST = (60, 16)
"""Columns and rows below which a screen says what it needs instead of squeezing."""

_MOST_MESSAGE_LINES = 4
_MOST_IDLE_LINES = 2


@dataclass
class Panel:
    """Text shown over the passage: help, a codebook entry; `build` makes its lines for a width.

    `shown_by` is the action that showed it; its key takes the panel away again.
    """

    title: str
    build: Callable[[int], list[Line]]
    top: int = 0
    shown_by: str = ""


@dataclass
class Prompt:
    """A line being typed at the bottom, and what is to be done with it.

    `typed` is told the text at every key and None when the line is left; `left` is what is said
    then.
    """

    title: str
    text: str
    done: Callable[[str], None]
    typed: Callable[[str | None], None] = lambda _: None
    left: str = ""


def key_name(event: events.Key) -> str:
    """A key as the action registry writes it: the character if it prints one, else its name."""
    if event.key == "space":
        return "space"
    if event.is_printable and event.character:
        return event.character
    return event.key


class WorkScreen(Screen[None]):
    """A screen of prepared lines, driven by an action registry.

    A subclass sets `GROUPS`, has a method for every action, and paints in `paint_body`.
    """

    GROUPS: tuple[Group, ...] = ()
    LOOKING: frozenset[str] = frozenset()
    """The ids of actions that save nothing, so that no error of theirs is one of saving."""

    def __init__(self, keymap: Keymap | None = None) -> None:
        super().__init__()
        self.keymap = keymap or Keymap(self.GROUPS)
        self.in_text = False
        self.message = ""
        self.message_style = "good"
        self.panel: Panel | None = None
        self.prompt: Prompt | None = None
        self.pressed = ""
        self._saving = True
        self._waiting: list[str] = []
        theme = theme_named("auto", os.environ)
        self.status = LinesView(theme, id="status")
        self.body = LinesView(theme, id="body")
        self.message_line = LinesView(theme, id="message")
        self.hint = LinesView(theme, id="hint")

    def compose(self) -> ComposeResult:
        """The four parts of the screen, from top to bottom."""
        yield self.status
        yield self.body
        yield self.message_line
        yield self.hint

    def use_theme(self, name: str) -> None:
        """Paint in the theme of a name (`annotator.tui.theme.THEMES`) from now on.

        Raises:
            AnnotatorError: There is no theme of that name.
        """
        theme = theme_named(name, os.environ)
        for view in (self.status, self.body, self.message_line, self.hint):
            view.use_theme(theme)

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
            self.body.show(
                [line(cut(need, width), "bold"), line(cut(f"{self.key('app.quit')} quits.", width))]
            )
            for other in (self.status, self.message_line, self.hint):
                other.show([])
            return
        left, right = self.status_text()
        left = f"TEXT · {left}" if self.in_text else left
        room = width - cells(right) - 3
        self.status.show([((f" {padded(left, room)} {right} ", "status"),)])
        *above, last = self._message(width)
        room = height - 3
        # What stands there until something is done about it takes room from the body; a sentence
        # that goes with the next key is laid over it. Neither is cut off.
        passing = bool(self.message) or self.prompt is not None
        lasting = 0 if passing else len(above)
        body: list[Line] = []
        if self.panel is not None:
            body = self._panel_lines(self.panel, width, room - lasting)
        elif self.ready:
            body = self.body_lines(width, room - lasting)
        blank: list[Line] = [()] * (room - len(body))
        self.body.show([*body, *blank][: room - len(above)] + above)
        self.message_line.show([last])
        self.hint.show([line(cut(f" {self._hint(width - 2)}", width), "dim")])

    def _hint(self, width: int) -> str:
        if self.prompt is not None:
            return f"{self.key('prompt.keep')} keep  {self.key('prompt.leave')} leave it"
        if self.panel is not None:
            down, up, close = map(self.key, ("panel.down", "panel.up", "panel.close"))
            return f"{up} {down} scroll  {close} back"
        return self.hint_text(width) if self.ready else hints(self.keymap, width)

    def _message(self, width: int) -> list[Line]:
        """The lines of the message: one, unless it is a sentence that needs more."""
        said = self.message
        broken = wrap(said, width - 2)[:_MOST_MESSAGE_LINES] if said else []
        lines = [line(f" {said[first:last]}", self.message_style) for first, last in broken]
        if self.prompt is not None:
            title = f" {self.prompt.title}: "
            room = width - cells(title) - 1
            text = cut(self.prompt.text[-room:], room)
            return [*lines, ((title, "title"), (text, ""), ("_", "cursor"))]
        if lines:
            return lines
        idle = self.idle_message()
        broken = wrap(idle, width - 2)[:_MOST_IDLE_LINES]
        return [line(f" {idle[first:last]}", "title") for first, last in broken]

    def _panel_lines(self, panel: Panel, width: int, height: int) -> list[Line]:
        lines = panel.build(width - 2)
        panel.top = max(0, min(panel.top, len(lines) - (height - 1)))
        shown = lines[panel.top : panel.top + height - 1]
        title = f" {panel.title} ({panel.top + 1}-{panel.top + len(shown)} of {len(lines)})"
        return [line(padded(title, width), "status"), *(((" ", ""), *row) for row in shown)]

    def say(self, message: str, *, refused: bool = False, neutral: bool = False) -> None:
        """Put a sentence on the message line until the next key.

        Args:
            message: The sentence.
            refused: It says that nothing was done, and why.
            neutral: It says neither that something was done nor that it was not.
        """
        self.message = message
        self.message_style = "refused" if refused else "title" if neutral else "good"

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
        text = "".join(letter for letter in " ".join(event.text.split()) if letter.isprintable())
        if not text or not self.ready or self.too_small:
            return
        if self.prompt is not None:
            prompt = self.prompt
            self._try(lambda: self._type_in(prompt, prompt.text + text))
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

    @property
    def work_context(self) -> Context:
        """Where the keys of the work hold now: answering, or in the text."""
        return Context.TEXT if self.in_text else Context.ANSWERING

    def _dispatch(self, key: str) -> None:
        if self.too_small:
            # What cannot be seen is not answered.
            if self._quits(key):
                self.do_app_quit()
        elif self.prompt is not None:
            self._prompt_key(self.prompt, key)
        elif self.panel is not None and self._panel_key(self.panel, key):
            return
        elif not self.ready:
            # Typed ahead of the project's opening: kept, and done in order when it is open.
            self._waiting.append(key)
            if self._quits(key):
                self.do_app_quit()
        else:
            self._work_key(key)

    def _quits(self, key: str) -> bool:
        action = self.keymap.find(Context.ANSWERING, key)
        return action is not None and action.id == "app.quit"

    def _work_key(self, key: str) -> None:
        action = self.keymap.find(self.work_context, key)
        if not self.in_text and self.answer_key(key):
            self.panel = None
        elif action is None:
            keys = self.key("show.keys")
            self.say(f"{shown_key(key)} does nothing here; {keys} lists the keys.", refused=True)
        else:
            self.do(action, key)

    def do(self, action: Action, key: str = "") -> None:
        """Do an action of the work, or say why it cannot be done.

        Args:
            action: The action.
            key: The key that was pressed for it; some actions ask which one it was.
        """
        self.panel = None
        self.pressed = key
        self._saving = action.id not in self.LOOKING
        reason = self.why_not(action)
        if reason:
            self.say(reason, refused=True)
            return
        getattr(self, action.method)()
        if self.panel is not None:
            self.panel.shown_by = action.id

    def key(self, action_id: str) -> str:
        """The key of an action as people read it; the way over the palette where it has none."""
        keys = self.keymap.keys(self.keymap.action(action_id))
        return shown_key(keys[0]) if keys else ": and its name"

    def why_not(self, action: Action) -> str:
        """Why an action cannot be done now; empty if it can, or if only doing it shows that."""
        reason: str = getattr(self, action.why_not, str)()
        return reason

    def _panel_key(self, panel: Panel, key: str) -> bool:
        action = self.keymap.find(Context.PANEL, key)
        again = self.keymap.find(self.work_context, key)
        if action is not None:
            getattr(self, action.method)()
        elif again is not None and again.id == panel.shown_by:
            self.panel = None
        else:
            return False
        return True

    def _scroll_panel(self, step: int) -> None:
        if self.panel is not None:
            self.panel.top += step

    @property
    def _panel_page(self) -> int:
        return max(1, self.app.size.height - 5)

    def do_panel_down(self) -> None:
        """One line down in the panel."""
        self._scroll_panel(1)

    def do_panel_up(self) -> None:
        """One line up in the panel."""
        self._scroll_panel(-1)

    def do_panel_page_down(self) -> None:
        """A screenful down in the panel."""
        self._scroll_panel(self._panel_page)

    def do_panel_page_up(self) -> None:
        """A screenful up in the panel."""
        self._scroll_panel(-self._panel_page)

    def do_panel_top(self) -> None:
        """First line of the panel."""
        self._scroll_panel(-sys.maxsize)

    def do_panel_bottom(self) -> None:
        """Last line of the panel."""
        self._scroll_panel(sys.maxsize)

    def do_panel_close(self) -> None:
        """Back to the work."""
        self.panel = None

    def _prompt_key(self, prompt: Prompt, key: str) -> None:
        action = self.keymap.find(Context.PROMPT, key)
        if action is not None:
            getattr(self, action.method)()
        elif key == "space" or len(key) == 1:
            self._type_in(prompt, prompt.text + (" " if key == "space" else key))
        elif self._quits(key):
            self.do_app_quit()

    def do_prompt_keep(self) -> None:
        """Keep the line that was typed."""
        if (prompt := self.prompt) is not None:
            # The line goes only when what was typed is kept.
            prompt.done(prompt.text)
            if self.prompt is prompt:
                self.prompt = None

    def do_prompt_leave(self) -> None:
        """Leave everything as it was."""
        if (prompt := self.prompt) is not None:
            prompt.typed(None)
            self.prompt = None
            self.say(prompt.left, neutral=True)

    def do_prompt_erase(self) -> None:
        """Take the last character away."""
        if self.prompt is not None:
            self._type_in(self.prompt, self.prompt.text[:-1])

    def _type_in(self, prompt: Prompt, text: str) -> None:
        prompt.text = text
        prompt.typed(text)

    def do_show_keys(self) -> None:
        """Show the list of keys."""
        # It stands on codebooks and codings, which a screen must not load to be painted.
        from annotator.tui.form_lines import keys_lines

        self.panel = Panel("Keys", partial(keys_lines, keys_text(self.keymap)))

    def do_app_quit(self) -> None:
        """Leave."""
        self.app.exit()
