"""What the config file says, and what is wrong with it, with the line."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from annotator.config.place import config_text
from annotator.config.settings import Keys, Settings, config_fields
from annotator.errors import AnnotatorError

_AT_LINE = re.compile(r" \(at line (\d+), column \d+\)$")
_AT_END = " (at end of document)"


class Mistake(NamedTuple):
    """Something wrong in the config file: the line, counted from 1 (0: no line), and a sentence."""

    line: int
    sentence: str


class ConfigMistakes(AnnotatorError):
    """The config file cannot be used as it stands; printed with every mistake on a line of its own.

    Args:
        path: The config file.
        mistakes: What is wrong in it, at least one.
    """

    def __init__(self, path: Path, mistakes: Sequence[Mistake]) -> None:
        self._said = [
            f"{path}{f':{one.line}' if one.line else ''}: {one.sentence}" for one in mistakes
        ]
        super().__init__(self._said[0])

    @property
    def as_printed(self) -> str:
        """Every mistake with its place."""
        return "\n".join(self._said)


class ConfigFile:
    """What the config file says.

    Args:
        path: Where it is, or would be.
        text: What stands in it; None where there is no file.
    """

    def __init__(self, path: Path, text: str | None) -> None:
        self.path = path
        self.exists = text is not None
        self.mistakes: list[Mistake] = []
        self.given: dict[str, Any] = {}
        self._fields = config_fields()
        self._lines = (text or "").split("\n")
        if text is not None:
            for name, value in self._parsed(text).items():
                self._take(name, value)
        self.settings = Settings(**self.given)

    def refuse_mistakes(self) -> None:
        """Go no further if anything in the file is wrong.

        Raises:
            ConfigMistakes: Something is.
        """
        if self.mistakes:
            raise ConfigMistakes(self.path, self.mistakes)

    def line_of(self, *names: str) -> int:
        """The line that a field stands on, or an entry of a field that is a table; 0: not found."""
        table = ""
        found = 0
        for number, line in enumerate(self._lines, 1):
            if header := re.match(r"\s*\[([^\[\]]+)\]", line):
                table = _bare(header[1])
                found = found or (number if table == names[0] else 0)
            elif entry := re.match(r"""\s*((?:"[^"]*"|'[^']*'|[\w.-]|\s*\.\s*)+?)\s*=""", line):
                place = ".".join(part for part in (table, _bare(entry[1])) if part)
                if place == ".".join(names):
                    return number
                found = found or (number if place == names[0] else 0)
        return found

    def _parsed(self, text: str) -> Mapping[str, Any]:
        # Loaded only where there is a file to read.
        import tomllib

        try:
            return tomllib.loads(text)
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            reason = str(error)
            found = _AT_LINE.search(reason)
            line = int(found[1]) if found else len(self._lines)
            reason = reason[: found.start()] if found else reason.removesuffix(_AT_END)
            self.mistakes.append(Mistake(line, f"This is not TOML: {reason}."))
            return {}

    def _take(self, name: str, value: Any) -> None:
        field = self._fields.get(name)
        if field is None:
            from difflib import get_close_matches

            near = get_close_matches(name, self._fields, 1)
            meant = f"did you mean {near[0]}?" if near else f"there are {', '.join(self._fields)}."
            self._wrong(f"There is no field {name}; {meant}", name)
        elif field.is_table:
            self._take_table(name, value)
        elif not field.takes(value):
            self._wrong(f"{name} must be {field.described}.", name)
        elif name == "project" and not _is_whole_path(value):
            self._wrong("project must be a whole path: one that begins with / or ~.", name)
        else:
            self.given[name] = value

    def _take_table(self, name: str, value: Any) -> None:
        if not isinstance(value, dict):
            self._wrong(f"{name} must be a table: a line [{name}] and the keys under it.", name)
            return
        keys: dict[str, tuple[str, ...]] = {}
        for action_id, wanted in _flat(value):
            given = [wanted] if isinstance(wanted, str) else wanted
            if isinstance(given, list) and all(isinstance(key, str) for key in given):
                keys[action_id] = tuple(given)
            else:
                sentence = f'{action_id} must be a list of keys, such as ["U", "ctrl+z"].'
                self._wrong(sentence, name, action_id)
        found: Keys = keys
        self.given[name] = found

    def _wrong(self, sentence: str, *names: str) -> None:
        self.mistakes.append(Mistake(self.line_of(*names), sentence))


def _is_whole_path(written: str) -> bool:
    return not written or os.path.isabs(os.path.expanduser(written))


def _flat(table: Mapping[str, Any], before: str = "") -> list[tuple[str, Any]]:
    """The entries of a table by whole names; an id written without quotes is a table in a table."""
    entries: list[tuple[str, Any]] = []
    for name, value in table.items():
        whole = f"{before}{name}"
        entries += _flat(value, f"{whole}.") if isinstance(value, dict) else [(whole, value)]
    return entries


def _bare(name: str) -> str:
    """A name of TOML without its quotes and the white space around its dots."""
    return re.sub(r"\s*\.\s*", ".", name.strip()).replace('"', "").replace("'", "")


def read_config(environ: Mapping[str, str]) -> ConfigFile:
    """Read the config file; where there is none, everything is as by default.

    Args:
        environ: The environment; `ANNOTATOR_CONFIG` names another file than the usual one.

    Raises:
        AnnotatorError: It cannot be read, or `ANNOTATOR_CONFIG` names a file that is not there.
            What is wrong inside it is in the `mistakes` of what is returned.
    """
    return ConfigFile(*config_text(environ))
