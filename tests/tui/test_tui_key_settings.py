"""Keys from the config file: the names they may have, and what is refused, with the reason."""

import re
from pathlib import Path

import pytest

from annotator.config.file import ConfigFile
from annotator.config.settings import Settings
from annotator.tui.actions import CODING, REVIEW
from annotator.tui.key_names import key_named, shown_key
from annotator.tui.key_settings import key_mistakes
from annotator.tui.keymap import KEYMAPS, Keymap, keymap_of
from annotator.tui.registry import Context


def mistakes(text: str) -> list[tuple[int, str]]:
    config = ConfigFile(Path("config.toml"), text)
    assert config.mistakes == []
    return [(one.line, one.sentence) for one in key_mistakes(config)]


def only_mistake(text: str) -> str:
    ((line, sentence),) = mistakes(text)
    assert text.split("\n")[line - 1].startswith(('"', "text_keys", "[")), line
    return sentence


# --- names of keys ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("K", "K"), ("k", "k"), ("&", "&"), ("+", "+"), ("ع", "ع"), ("é", "é"),
        ("space", "space"), (" ", "space"), ("Enter", "enter"), ("return", "enter"),
        ("Esc", "escape"), ("PgUp", "pageup"), ("Del", "delete"), ("←", "←"), ("F5", "f5"),
        ("ctrl+k", "ctrl+k"), ("Ctrl+K", "ctrl+k"), ("shift+left", "shift+left"),
        ("Shift+Tab", "shift+tab"), ("shift + end", "shift+end"),
    ],
)  # fmt: skip
def test_a_key_may_be_written_as_terminals_send_it_or_as_people_read_it(
    written: str, name: str
) -> None:
    assert key_named(written) == name


@pytest.mark.parametrize("groups", [CODING, REVIEW])
@pytest.mark.parametrize("name", KEYMAPS)
def test_every_key_of_the_built_in_keymaps_is_one_that_arrives(
    groups: tuple[object, ...], name: str
) -> None:
    keymap = Keymap(groups, name)  # type: ignore[arg-type]
    for action in keymap.actions:
        for key in (*keymap.keys(action), *keymap.text_keys(action)):
            assert key_named(key) == key
            assert len(key) == 1 or key_named(shown_key(key)) in (key, shown_key(key))


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ctrl+i", "ctrl+i arrives as Tab."),
        ("ctrl+m", "ctrl+m arrives as Enter."),
        ("ctrl+h", "ctrl+h arrives as Bksp."),
        ("ctrl+[", "ctrl+[ arrives as Esc."),
        ("ctrl+enter", "ctrl+enter arrives as Enter on most terminals."),
        ("shift+enter", "shift+enter arrives as Enter."),
        ("shift+space", "shift+space arrives as Space."),
        ("ctrl+3", "ctrl+3 arrives as 3, or as another control key."),
        ("ctrl+space", "ctrl+space arrives as ctrl+@, and on some terminals not at all."),
        ("ctrl+left", "ctrl+left arrives as ← from PuTTY."),
        ("ctrl+home", "ctrl+home arrives as Home on most terminals."),
        ("ctrl+shift+k", "ctrl+shift+k arrives as ctrl+k."),
        ("ctrl+&", "Terminals differ in what they send for ctrl+&."),
        ("ctrl++", "Terminals differ in what they send for ctrl++."),
        ("shift+k", 'shift+k arrives as the capital letter; write "K".'),
        ("shift+1", "shift+1 arrives as the sign it types; write that sign."),
        ("shift+f5", "shift+f5 arrives as F5."),
        ("alt+k", "alt+k does not arrive: many terminals keep Alt for their menus."),
        ("meta+k", "alt+k does not arrive: many terminals keep Alt for their menus."),
        ("cmd+k", "No terminal sends super."),
        ("f13", "No terminal sends f13."),
        ("capslock", "No terminal sends capslock."),
        ("shift", "No terminal sends shift alone."),
        ("k+l", "There is no key k+l: k cannot be held down with another."),
        ("pgdwn", "There is no key pgdwn. Is pgdn meant?"),
        ("wheel", "There is no key wheel."),
        ("", "A key without a name is no key."),
        ("++", "A key without a name is no key."),
        ("ctrl+", "There is no key ctrl+."),
        ("\t", "'\\t' is no key; write a sign that can be seen, or a name."),
        ("\u0301", "'\u0301' is no key; write a sign that can be seen, or a name."),
    ],
)
def test_a_key_that_does_not_arrive_as_itself_is_refused_with_the_reason(
    written: str, reason: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(reason)}$"):
        key_named(written)


# --- keys of actions --------------------------------------------------------------------------


def test_keys_of_the_file_stand_instead_of_those_of_the_keymap() -> None:
    settings = Settings(keys={"answer.undo": ("Ctrl+Z", "&"), "record.up": ()})
    keymap = keymap_of(CODING, settings)
    assert keymap.keys(keymap.action("answer.undo")) == ("ctrl+z", "&")
    assert keymap.find(Context.ANSWERING, "U") is None
    assert keymap.find(Context.ANSWERING, "K") is None
    assert keymap.find(Context.ANSWERING, "R") is keymap.action("answer.redo")


def test_a_file_with_right_keys_has_no_mistakes() -> None:
    text = 'keymap = "vi"\n[keys]\n"answer.undo" = ["ctrl+z"]\n"record.up" = []\n'
    text += '"record.down" = ["K"]\n"part.next" = ["j"]\n[text_keys]\n"cursor.right" = ["l", "&"]\n'
    assert mistakes(text) == []


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ('"answer.und" = ["U"]', "There is no action answer.und; did you mean answer.undo?"),
        ('"xyz" = ["U"]', "There is no action xyz; annotator keys lists them."),
        (
            '"answer.undo" = ["R"]',
            "R is claimed by answer.undo and answer.redo (answering); give one of them another "
            "key.",
        ),
        (
            '"panel.down" = ["up"]',
            "↑ is claimed by panel.down and panel.up (panel); give one of them another key.",
        ),
        (
            '"answer.undo" = ["u"]',
            "answer.undo: small letters and digits belong to the codebook, so u cannot be a key "
            "here.",
        ),
        (
            '"show.keys" = ["1"]',
            "show.keys: small letters and digits belong to the codebook, so 1 cannot be a key "
            "here.",
        ),
        ('"answer.undo" = ["ctrl+i"]', "answer.undo: ctrl+i arrives as Tab."),
        ('"answer.undo" = ["ctrl+c"]', "answer.undo: Ctrl+C always quits."),
        ('"prompt.leave" = ["K"]', "prompt.leave: K is typed there."),
        ('"prompt.keep" = ["space"]', "prompt.keep: Space is typed there."),
        (
            '"side.take" = ["K"]',
            "The keys of side.take say what it is done to, so they stay as they are.",
        ),
        (
            '"app.quit" = []',
            "app.quit must keep a key: without one, nobody who is lost finds back.",
        ),
        (
            '"show.keys" = []',
            "show.keys must keep a key: without one, nobody who is lost finds back.",
        ),
        (
            '"show.palette" = []',
            "show.palette must keep a key: without one, nobody who is lost finds back.",
        ),
        (
            '"text.enter" = ["&"]',
            'text.enter: one goes into the text in the keymap vi only; write keymap = "vi".',
        ),
    ],
)
def test_keys_that_cannot_be_are_refused_with_the_reason_and_the_line(
    entry: str, sentence: str
) -> None:
    assert only_mistake(f"\n[keys]\n{entry}\n") == sentence


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (
            '"cursor.right" = ["h"]',
            "h is claimed by cursor.right and cursor.left (text); give one of them another key.",
        ),
        (
            '"panel.down" = ["j"]',
            "panel.down is nothing that can be done in the text; use the table keys.",
        ),
        (
            '"part.next" = ["j"]',
            "part.next is nothing that can be done in the text; use the table keys.",
        ),
        (
            '"text.leave" = []',
            "text.leave must keep a key: without one, nobody who is lost finds back.",
        ),
    ],
)
def test_keys_in_the_text_are_refused_with_the_reason_and_the_line(
    entry: str, sentence: str
) -> None:
    assert only_mistake(f'keymap = "vi"\n[text_keys]\n{entry}\n') == sentence


def test_keys_in_the_text_need_the_keymap_that_has_them() -> None:
    sentence = only_mistake('[text_keys]\n"cursor.right" = ["l"]\n')
    assert sentence.endswith('in the keymap vi only; write keymap = "vi".')


def test_a_clash_over_several_screens_is_said_once_and_every_mistake_is_said() -> None:
    assert len(mistakes('[keys]\n"show.keys" = ["Q"]\n')) == 1
    assert len(mistakes('[keys]\n"answer.undo" = ["u"]\n"record.up" = ["alt+k", "f20"]\n')) == 3
