"""The keys of what lies over the work: panels, texts being typed, lists to choose from."""

import sys
from collections.abc import Callable

from textual.screen import Screen

from annotator.tui.keymap import Keymap
from annotator.tui.overlays import Chooser, Panel, Prompt, typing_width
from annotator.tui.registry import Action, Context, Group
from annotator.tui.typed_text import TypedText

LEAVES = "ctrl+c"
"""Quits wherever one is, whatever the keymap says."""

_NOWHERE = "That stands nowhere here."


class OverlayKeys(Screen[None]):
    """The part of a screen that knows what lies over its work, and the keys for that.

    Args:
        keymap: The keys of the screen; without one, those of the built-in keymap that stands first.
    """

    GROUPS: tuple[Group, ...] = ()
    """The actions of the screen; it has a method for each."""

    def __init__(self, keymap: Keymap | None = None) -> None:
        super().__init__()
        self.keymap = keymap or Keymap(self.GROUPS)
        self.in_text = False
        self.message = ""
        self.message_style = "good"
        self.panel: Panel | None = None
        self.chooser: Chooser | None = None
        self.prompt: Prompt | None = None

    def say(self, message: str, *, refused: bool = False, neutral: bool = False) -> None:
        """Put a sentence on the message line until the next key.

        Args:
            message: The sentence.
            refused: It says that nothing was done, and why.
            neutral: It says neither that something was done nor that it was not.
        """
        self.message = message
        self.message_style = "refused" if refused else "title" if neutral else "good"

    def key(self, action_id: str) -> str:
        """The key of an action as people read it."""
        return self.keymap.key(action_id)

    def key_and_title(self, action_id: str) -> tuple[str, str]:
        """The key of an action as people read it, and what the action is called."""
        return self.key(action_id), self.keymap.action(action_id).title

    @property
    def work_context(self) -> Context:
        """Where the keys of the work hold now: answering, or in the text."""
        return Context.TEXT if self.in_text else Context.ANSWERING

    def _quits(self, key: str) -> bool:
        """Whether a key leaves the program; where signs are typed only one that types none does."""
        action = self.keymap.find(Context.ANSWERING, key)
        return key == LEAVES or (action is not None and action.id == "app.quit")

    def do_app_quit(self) -> None:
        """Leave."""
        self.app.exit()

    def _put_away(self) -> None:
        """Take away what can be read or chosen from; a text being typed stays."""
        self.panel = self.chooser = None

    def _do_over(self, action: Action) -> None:
        getattr(self, action.method)()

    # --- something to read -----------------------------------------------------------------------

    def _panel_key(self, panel: Panel, key: str) -> bool:
        """Give a key to the panel; whether it had a use for it."""
        action = self.keymap.find(Context.PANEL, key)
        again = self.keymap.find(self.work_context, key)
        if action is not None:
            self._do_over(action)
        elif again is not None and again.id == panel.shown_by:
            self.panel = None
        else:
            return False
        return True

    def _scroll_panel(self, step: int) -> None:
        """Go some lines down or up in the panel."""
        if self.panel is not None:
            self.panel.top += step

    @property
    def _page(self) -> int:
        return max(1, self.app.size.height - 5)

    def do_panel_down(self) -> None:
        """One line down in the panel."""
        self._scroll_panel(1)

    def do_panel_up(self) -> None:
        """One line up in the panel."""
        self._scroll_panel(-1)

    def do_panel_page_down(self) -> None:
        """A screenful down in the panel."""
        self._scroll_panel(self._page)

    def do_panel_page_up(self) -> None:
        """A screenful up in the panel."""
        self._scroll_panel(-self._page)

    def do_panel_top(self) -> None:
        """First line of the panel."""
        self._scroll_panel(-sys.maxsize)

    def do_panel_bottom(self) -> None:
        """Last line of the panel."""
        self._scroll_panel(sys.maxsize)

    def do_panel_find(self) -> None:
        """Look for words in the panel."""
        if (panel := self.panel) is None:
            return
        before = panel.sought, panel.top

        def typed(text: str | None) -> None:
            panel.sought, panel.top = (text.casefold(), before[1]) if text is not None else before
            if text and not panel.seek(self._panel_width, 0):
                self.say(_NOWHERE, refused=True)

        self.prompt = Prompt("Find", "", lambda _: None, typed)

    def do_panel_next_match(self) -> None:
        """Next place of what is looked for."""
        self._to_match(1)

    def do_panel_previous_match(self) -> None:
        """Previous place of what is looked for."""
        self._to_match(-1)

    def _to_match(self, step: int) -> None:
        if (panel := self.panel) is not None and not panel.seek(self._panel_width, step):
            find = self.key("panel.find")
            said = _NOWHERE if panel.sought else f"{find} first: it looks for words."
            self.say(said, refused=True)

    @property
    def _panel_width(self) -> int:
        return self.app.size.width - 2

    def do_panel_close(self) -> None:
        """Back to the work."""
        self.panel = None

    # --- a text to type --------------------------------------------------------------------------

    def _prompt_key(self, prompt: Prompt, key: str) -> None:
        """Give a key to the text being typed."""
        action = self.keymap.find(Context.PROMPT, key)
        if action is not None:
            self._do_over(action)
        elif key == "space" or len(key) == 1:
            self._type_in(prompt, " " if key == "space" else key)
        elif self._quits(key):
            self.do_app_quit()

    def _type_in(self, prompt: Prompt, text: str) -> None:
        """Put a text in at the cursor of what is being typed."""
        self._retype(prompt, prompt.typing.typed(text))

    def _retype(self, prompt: Prompt, typing: TypedText) -> None:
        """Let another text, or the same with the cursor elsewhere, be what is being typed."""
        before, prompt.typing = prompt.typing, typing
        if typing.text != before.text:
            prompt.typed(typing.text)

    def _edit(self, edit: Callable[[TypedText], TypedText]) -> None:
        if (prompt := self.prompt) is not None:
            self._retype(prompt, edit(prompt.typing))

    @property
    def _rows_width(self) -> int:
        """The cells of a row of what is being typed; what has one line is one row, however long."""
        several = self.prompt is not None and self.prompt.several
        return typing_width(self.app.size.width) if several else sys.maxsize

    def do_prompt_keep(self) -> None:
        """Keep what was typed."""
        if (prompt := self.prompt) is not None:
            # It goes only when what was typed is kept.
            prompt.done(prompt.typing.text)
            if self.prompt is prompt:
                self.prompt = None

    def do_prompt_leave(self) -> None:
        """Leave everything as it was."""
        if (prompt := self.prompt) is not None:
            prompt.typed(None)
            self.prompt = None
            self.say(prompt.left, neutral=True)

    def do_prompt_erase(self) -> None:
        """Take the character before the cursor away."""
        self._edit(TypedText.erased)

    def do_prompt_delete(self) -> None:
        """Take the character under the cursor away."""
        self._edit(TypedText.deleted)

    def do_prompt_left(self) -> None:
        """One character back."""
        self._edit(TypedText.left)

    def do_prompt_right(self) -> None:
        """One character on."""
        self._edit(TypedText.right)

    def do_prompt_row_start(self) -> None:
        """To the start of the line."""
        self._edit(lambda typing: typing.row_start(self._rows_width))

    def do_prompt_row_end(self) -> None:
        """To the end of the line."""
        self._edit(lambda typing: typing.row_end(self._rows_width))

    def do_prompt_up(self) -> None:
        """One line up."""
        self._edit(lambda typing: typing.up(self._rows_width))

    def do_prompt_down(self) -> None:
        """One line down; on the last line of a text that may have several, begin a new one."""
        if (prompt := self.prompt) is None:
            return
        width = self._rows_width
        if prompt.several and prompt.typing.on_last_row(width):
            self._edit(TypedText.with_new_line)
        else:
            self._edit(lambda typing: typing.down(width))

    # --- a list to choose from -------------------------------------------------------------------

    def _chooser_key(self, chooser: Chooser, key: str) -> None:
        """Give a key to the list to choose from: what types looks for something in it."""
        action = self.keymap.find(Context.CHOOSING, key)
        if action is not None:
            self._do_over(action)
        elif key == "space" or len(key) == 1:
            chooser.type(chooser.typed + (" " if key == "space" else key))
        elif self._quits(key):
            self.do_app_quit()

    def _move_choice(self, step: int) -> None:
        if self.chooser is not None:
            self.chooser.move(step)

    def do_choice_down(self) -> None:
        """Next choice."""
        self._move_choice(1)

    def do_choice_up(self) -> None:
        """Previous choice."""
        self._move_choice(-1)

    def do_choice_page_down(self) -> None:
        """A screenful of choices down."""
        self._move_choice(self._page)

    def do_choice_page_up(self) -> None:
        """A screenful of choices up."""
        self._move_choice(-self._page)

    def do_choice_top(self) -> None:
        """First choice."""
        self._move_choice(-sys.maxsize)

    def do_choice_bottom(self) -> None:
        """Last choice."""
        self._move_choice(sys.maxsize)

    def do_choice_take(self) -> None:
        """Take the current choice, or say why it cannot be taken."""
        if (chooser := self.chooser) is None:
            return
        entry = chooser.current
        if entry is None:
            self.say(chooser.empty, refused=True)
        elif entry.why_not:
            self.say(entry.why_not, refused=True)
        else:
            self.chooser = None
            entry.take()

    def do_choice_leave(self) -> None:
        """Back to the work."""
        self.chooser = None

    def do_choice_erase(self) -> None:
        """Take the last typed character away; with none left, go back to the work."""
        if (chooser := self.chooser) is not None:
            if chooser.typed:
                chooser.type(chooser.typed[:-1])
            else:
                self.chooser = None
