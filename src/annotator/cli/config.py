"""`annotator config`: how you like to work."""

import os
from collections.abc import Mapping
from typing import Any

from annotator.cli import options
from annotator.cli.output import print_json, print_table, say
from annotator.config.file import ConfigFile, read_config
from annotator.config.settings import config_fields
from annotator.errors import AnnotatorError

SHOW_EXAMPLES = ("annotator config show", "annotator config show --json")
CHECK_EXAMPLES = ("annotator config check",)
PATH_EXAMPLES = ("annotator config path",)
INIT_EXAMPLES = ("annotator config init",)


def show(as_json: options.Json = False) -> None:
    """Show what holds, field by field, and where each value comes from."""
    config = _right()
    fields = {name: _shown(config, name) for name in config_fields()}
    if as_json:
        print_json({"file": str(config.path), "exists": config.exists, "fields": fields})
        return
    say(f"{config.path}{'' if config.exists else ' (not there; everything is as by default)'}")
    rows: list[tuple[str, str, str]] = []
    for name, shown in fields.items():
        if not isinstance(shown["value"], dict):
            rows.append((name, _said(shown["value"]), _origin(shown)))
            continue
        for action_id, keys in shown["value"].items():
            line = f"line {config.line_of(name, action_id)}"
            rows.append((f"{name} {action_id}", " ".join(keys) or "none", line))
    print_table(("field", "value", "from"), rows, whole=("from",))


def check() -> None:
    """Check the config file; everything wrong in it is said at once, with its line."""
    config = _right()
    say(f"{config.path} is right." if config.exists else f"There is no {config.path}.")


def path() -> None:
    """Print where the config file is, whether or not there is one."""
    from annotator.config.place import config_path

    say(str(config_path(os.environ)))


def init() -> None:
    """Write a config file in which every field is explained and none is set."""
    from annotator.config.pages import first_file
    from annotator.config.place import config_path

    place = config_path(os.environ)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with place.open("x", encoding="utf-8") as file:
            file.write(first_file())
    except FileExistsError:
        raise AnnotatorError(f"{place} is there already; it was left as it is.") from None
    except OSError as error:
        raise AnnotatorError(f"{place} cannot be written: {error.strerror}.") from None
    say(f"Wrote {place}. Take the # away from a field to set it.")


def _right() -> ConfigFile:
    """The config file, if nothing in it is wrong."""
    from annotator.tui.key_settings import key_mistakes

    config = read_config(os.environ)
    config.mistakes += key_mistakes(config)
    config.refuse_mistakes()
    return config


def _shown(config: ConfigFile, name: str) -> dict[str, Any]:
    """A field's value and where it comes from, as JSON has them."""
    value = getattr(config.settings, name)
    if isinstance(value, Mapping):
        value = {action_id: list(keys) for action_id, keys in value.items()}
    variable = _VARIABLES.get(name, "")
    if os.environ.get(variable):
        held = "mono" if name == "theme" else os.environ[variable]
        return {"value": held, "from": "environment", "variable": variable}
    if name in config.given:
        return {"value": value, "from": "file", "line": config.line_of(name)}
    return {"value": value, "from": "default"}


_VARIABLES = {"project": "ANNOTATOR_PROJECT", "theme": "NO_COLOR"}
"""The variables of the environment that win over a field."""


def _said(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _origin(shown: Mapping[str, Any]) -> str:
    if "line" in shown:
        return f"line {shown['line']}"
    return str(shown.get("variable", shown["from"]))
