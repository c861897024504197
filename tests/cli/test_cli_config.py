"""`annotator config`, and what the config file does to other commands."""

import json
from pathlib import Path

import pytest
from cli_runs import Command

from annotator.config.settings import config_fields


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The config file of this test alone; it is not there yet."""
    path = tmp_path / "settings" / "mine.toml"
    path.parent.mkdir()
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    monkeypatch.delenv("NO_COLOR", raising=False)
    return path


def test_a_file_is_written_once_and_then_checked_and_shown(command: Command, mine: Path) -> None:
    assert command("config", "path").out == f"{mine}\n"
    assert str(mine) in command("config", "init").out
    text = mine.read_text(encoding="utf-8")
    assert command("config", "check").out == f"{mine} is right.\n"
    again = command("config", "init")
    assert (again.code, again.sentence) == (2, f"{mine} is there already; it was left as it is.")
    assert mine.read_text(encoding="utf-8") == text


def test_what_holds_is_shown_with_where_it_comes_from(
    command: Command, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine.write_text('coder = "amal"\nkeymap = "vi"\n\n[keys]\n"answer.undo" = ["~"]\n')
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("ANNOTATOR_PROJECT", "here.db")
    shown = json.loads(command("config", "show", "--json").out)
    assert (shown["file"], shown["exists"]) == (str(mine), True)
    assert list(shown["fields"]) == list(config_fields())
    assert shown["fields"]["coder"] == {"value": "amal", "from": "file", "line": 1}
    assert shown["fields"]["mouse"] == {"value": True, "from": "default"}
    theme = {"value": "mono", "from": "environment", "variable": "NO_COLOR"}
    assert shown["fields"]["theme"] == theme
    assert shown["fields"]["project"]["value"] == "here.db"
    assert shown["fields"]["keys"]["value"] == {"answer.undo": ["~"]}
    rows = [line.split() for line in command("config", "show").out.splitlines()]
    assert ["keymap", "vi", "line", "2"] in rows
    assert ["keys", "answer.undo", "~", "line", "5"] in rows
    assert ["theme", "mono", "NO_COLOR"] in rows
    assert ["mouse", "true", "default"] in rows


def test_a_file_that_is_not_there_is_no_mistake_unless_it_was_named(
    command: Command, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "is not there; make it with" in command("config", "show").sentence
    monkeypatch.delenv("ANNOTATOR_CONFIG")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(mine.parent))
    assert command("config", "check").out.startswith("There is no ")
    assert "everything is as by default" in command("config", "show").out


def test_every_mistake_is_said_on_a_line_of_its_own(command: Command, mine: Path) -> None:
    mine.write_text('theme = "pink"\n[keys]\n"answer.undo" = ["ctrl+i"]\n', encoding="utf-8")
    done = command("config", "check")
    assert done.code == 2
    assert done.err.splitlines() == [
        f'{mine}:1: theme must be "auto" or "ansi" or "dark" or "light" or "mono".',
        f"{mine}:3: answer.undo: ctrl+i arrives as Tab.",
    ]


@pytest.mark.parametrize(
    ("text", "where"), [('theme = "pink"\n', "1"), ('[keys]\n"app.quit" = []\n', "2")]
)
def test_a_wrong_file_stops_a_screen_before_it_opens_with_one_sentence(
    command: Command, demo: Path, mine: Path, monkeypatch: pytest.MonkeyPatch, text: str, where: str
) -> None:
    mine.write_text(text, encoding="utf-8")
    monkeypatch.setattr("annotator.cli.terminal.at_terminal", lambda: True)
    monkeypatch.setattr("annotator.tui.app.run_app", lambda *_, **__: pytest.fail("it opened"))
    monkeypatch.setenv("TERM", "xterm")
    for arguments in (("code", "--coder", "amal"), ("review", "--lead", "lina")):
        done = command(*arguments, "--project", demo)
        assert done.code == 2
        assert done.sentence.startswith(f"{mine}:{where}: ")


def test_a_wrong_key_does_not_stop_what_has_no_keys(
    command: Command, demo: Path, mine: Path
) -> None:
    mine.write_text('[keys]\n"app.quit" = []\n', encoding="utf-8")
    assert command("status", "--project", demo).code == 0


def test_the_coder_and_the_project_are_taken_from_the_file_where_none_is_named(
    command: Command, demo: Path, mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = demo.parent / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    mine.write_text("", encoding="utf-8")
    assert command("code", "--plain").sentence.startswith("Missing option '--coder'; see: ")
    assert command("status").code == 2
    mine.write_text(f'coder = "samir"\nproject = "{demo}"\n', encoding="utf-8")
    assert command("status").code == 0
    assert "Passage " in command("code", "--plain", stdin=".quit\n").out
    coders = json.loads(command("status", "--json").out)
    assert "samir" in json.dumps(coders)
    monkeypatch.setenv("ANNOTATOR_PROJECT", "none.db")
    assert "none.db" in command("status").sentence
    assert "other.db" in command("status", "--project", "other.db").sentence


def test_a_name_in_the_file_is_checked_like_one_given(
    command: Command, demo: Path, mine: Path
) -> None:
    mine.write_text('coder = "a\\u0007b"\n', encoding="utf-8")
    assert "is no name" in command("code", "--plain", "--project", demo).sentence


def test_keys_lists_the_keys_one_has_and_those_of_a_keymap_that_is_named(
    command: Command, mine: Path
) -> None:
    mine.write_text('keymap = "vi"\n[keys]\n"answer.undo" = ["~"]\n', encoding="utf-8")
    own = {one["id"]: one for one in json.loads(command("keys", "--json").out)}
    assert own["answer.undo"]["keys"] == ["~"]
    assert own["answer.undo"]["text_keys"] == ["u"]
    assert own["answer.undo"]["undoable"] is False
    arrows = {
        one["id"]: one for one in json.loads(command("keys", "--keymap", "arrows", "--json").out)
    }
    assert arrows["answer.undo"]["keys"] == ["U"]
    assert "text.enter" in own
    assert "text.enter" not in arrows
    shown = command("keys").out
    assert "~ (u)" in shown
    assert "(answer.undo)" in shown
