"""The config file: what it says, what is wrong with it, and on which line."""

import tomllib
from pathlib import Path

import pytest

from annotator.config.file import ConfigFile, read_config
from annotator.config.pages import config_markdown, first_file, written
from annotator.config.place import config_path
from annotator.config.settings import Settings, config_fields
from annotator.errors import AnnotatorError
from annotator.tui.keymap import KEYMAPS
from annotator.tui.theme import THEMES

FIELDS = config_fields()
PATH = Path("/somewhere/config.toml")


def read(text: str) -> ConfigFile:
    return ConfigFile(PATH, text)


def only_mistake(text: str) -> tuple[int, str]:
    (mistake,) = read(text).mistakes
    return mistake.line, mistake.sentence


# --- reading ----------------------------------------------------------------------------------


def test_without_a_file_everything_is_as_by_default(tmp_path: Path) -> None:
    config = read_config({"XDG_CONFIG_HOME": str(tmp_path)})
    assert (config.exists, config.mistakes, config.settings) == (False, [], Settings())


def test_what_the_file_says_stands_and_everything_else_is_as_by_default() -> None:
    config = read('coder = "amal"\nkeymap = "vi"\nmouse = false\n[keys]\n"answer.undo" = "U"\n')
    assert config.mistakes == []
    assert config.settings == Settings(
        coder="amal", keymap="vi", mouse=False, keys={"answer.undo": ("U",)}
    )


@pytest.mark.parametrize(
    "text",
    [
        '[keys]\n"answer.undo" = ["U", "K"]\n',
        '[keys]\nanswer.undo = ["U", "K"]\n',
        '[keys.answer]\nundo = ["U", "K"]\n',
        'keys = {"answer.undo" = ["U", "K"]}\n',
        'keys.answer.undo = ["U", "K"]\n',
    ],
)
def test_an_id_with_or_without_quotes_is_the_same_id(text: str) -> None:
    assert read(text).settings.keys == {"answer.undo": ("U", "K")}


def test_a_byte_order_mark_in_front_is_no_mistake(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_bytes(b'\xef\xbb\xbftheme = "light"\r\n')
    assert read_config({"ANNOTATOR_CONFIG": str(path)}).settings.theme == "light"


def test_the_variable_names_another_file_and_an_empty_one_names_none(tmp_path: Path) -> None:
    assert config_path({"ANNOTATOR_CONFIG": "/x/y.toml"}) == Path("/x/y.toml")
    assert config_path({"ANNOTATOR_CONFIG": ""}) == config_path({})
    assert config_path({}).name == "config.toml"
    assert config_path({}).parent.name == "annotator"


# --- mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "sentence"),
    [
        ("\nkeymap = vi\n", 2, "This is not TOML: Invalid value."),
        ('theme = "dark"\ntheme = "light"\n', 2, "This is not TOML: Cannot overwrite a value."),
        ('coder = "amal', 1, "This is not TOML: Unterminated string."),
        ("mouse = true\nkeypam = 1\n", 2, "There is no field keypam; did you mean keymap?"),
        ('\n\nkeymap = "emacs"\n', 3, 'keymap must be "arrows" or "vi".'),
        ("mouse = 1\n", 1, "mouse must be true or false."),
        ("longest_pause = 5\n", 1, "longest_pause must be a whole number from 10 to 600."),
        ("longest_pause = 60.0\n", 1, "longest_pause must be a whole number from 10 to 600."),
        ("break_after_minutes = true\n", 1, "break_after_minutes must be a whole number from 0"),
        ("coder = 7\n", 1, "coder must be a text in quotes."),
        ('project = "cases/a.db"\n', 1, "project must be a whole path: one that begins with"),
        ("keys = 3\n", 1, "keys must be a table: a line [keys] and the keys under it."),
        ('[keys]\n\n"a.b" = 3\n', 3, 'a.b must be a list of keys, such as ["U", "ctrl+z"].'),
        ('[keys]\n"a.b" = [1]\n', 2, "a.b must be a list of keys"),
        ("[keys.a]\nb = 3\n", 2, "a.b must be a list of keys"),
    ],
)
def test_a_mistake_is_said_with_its_line(text: str, line: int, sentence: str) -> None:
    found, said = only_mistake(text)
    assert said.startswith(sentence)
    assert found == line


def test_every_mistake_is_found_and_the_other_fields_stand() -> None:
    config = read('keymap = "emacs"\ntheme = "dark"\nmouse = "no"\nsize = 3\n')
    assert [mistake.line for mistake in config.mistakes] == [1, 3, 4]
    assert config.settings == Settings(theme="dark")
    with pytest.raises(AnnotatorError) as refused:
        config.refuse_mistakes()
    assert refused.value.sentence == f'{PATH}:1: keymap must be "arrows" or "vi".'
    assert len(refused.value.as_printed.splitlines()) == 3


def test_a_file_without_mistakes_is_not_refused() -> None:
    read('theme = "dark"\n').refuse_mistakes()


def test_a_file_that_is_named_and_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnnotatorError, match=r"ANNOTATOR_CONFIG names .*, which is not there"):
        read_config({"ANNOTATOR_CONFIG": str(tmp_path / "none.toml")})


def test_what_is_no_text_or_no_file_is_an_error_of_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(b"coder = '\xff'")
    with pytest.raises(AnnotatorError, match="not text in UTF-8"):
        read_config({"ANNOTATOR_CONFIG": str(path)})
    with pytest.raises(AnnotatorError, match="cannot be read: Is a directory"):
        read_config({"ANNOTATOR_CONFIG": str(tmp_path)})


def test_a_file_nested_too_deep_is_an_error_like_any_other() -> None:
    line, sentence = only_mistake("coder = " + "[" * 100_000)
    assert (line, sentence.startswith("This is not TOML")) == (1, True)


# --- what people read -------------------------------------------------------------------------


def test_the_first_file_explains_every_field_and_sets_none() -> None:
    text = first_file()
    assert tomllib.loads(text) == {}
    for name in FIELDS:
        assert f"\n# {name} = " in text or f"\n# [{name}]\n" in text
    assert all(len(line) <= 100 for line in text.splitlines())


def test_the_first_file_is_right_with_every_field_set() -> None:
    lines = first_file().splitlines()
    setting = [line[2:] for line in lines if line.startswith("# [") or " = " in line]
    config = read("\n".join(setting))
    assert config.mistakes == []
    assert set(config.given) == set(FIELDS)


def test_the_page_has_every_field_with_its_default_and_what_it_may_be() -> None:
    rows = config_markdown().splitlines()
    for name, one in FIELDS.items():
        (row,) = [row for row in rows if row.startswith(f"| `{name}` |")]
        assert one.meaning in row
        assert one.described in row
        assert one.is_table or not one.default or written(one.default) in row


def test_every_default_may_stand_in_the_file() -> None:
    plain = {name: one for name, one in FIELDS.items() if not one.is_table}
    text = "\n".join(f"{name} = {written(one.default)}" for name, one in plain.items())
    assert read(text).mistakes == []
    assert read(text).settings == Settings()


def test_the_choices_are_those_of_the_screens() -> None:
    assert FIELDS["keymap"].choices == KEYMAPS
    assert sorted(FIELDS["theme"].choices) == sorted(THEMES)
