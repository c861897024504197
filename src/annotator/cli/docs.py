"""`docs/cli.md`, made from the commands themselves."""

import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from annotator.cli.app import app
from annotator.cli.plain_review_view import HELP as REVIEW_HELP
from annotator.cli.plain_view import HELP

_TYPE = re.compile(r" <(?!.*\|)[^ ]+>$")
"""The name of a Python type, which tells a user of a command nothing; choices are kept."""

_INTRODUCTION = """\
# Commands

This page is made from the commands' own help by `make docs`; `annotator COMMAND --help` says the
same on a terminal.

`--project` names the project file; without it, the variable `ANNOTATOR_PROJECT` of the environment
does, else your [config file](config.md), else it is `annotator.db` in the folder you are in. Exit
codes: 0 done, 1 the work found a problem, 2 wrong usage or bad input, 70 a fault of annotator
itself, 130 interrupted. What goes wrong is said in one sentence on standard error. A fault is told
by the lines of the program it arose in and no word of your data; with `ANNOTATOR_TRACEBACK=1` in
the environment all of it is shown, for you to look through before you send it.

`NO_COLOR` turns colour off; where the output is no terminal there is none, and tables are 100
columns wide, or as wide as `COLUMNS` says.
"""


def cli_markdown() -> str:
    """The page `docs/cli.md`: every command with its arguments, options and examples.

    Then what can be typed at the plain prompts.
    """
    # A command of Typer is told about only through methods that its types do not name.
    root: Any = get_command(app)
    context = root.context_class(root, info_name="annotator")
    prompts = (("code", HELP), ("review", REVIEW_HELP))
    plain = (
        f"## The prompts of annotator {name} --plain\n\n```\n{text}\n```\n"
        for name, text in prompts
    )
    return "\n".join([_INTRODUCTION, *_commands(root, context), *plain])


def _commands(group: Any, context: Any) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        inside = command.context_class(command, info_name=name, parent=context)
        if hasattr(command, "commands"):
            yield from _commands(command, inside)
        else:
            yield from _command(command, inside)


def _command(command: Any, context: Any) -> Iterator[str]:
    yield f"## {context.command_path}\n"
    yield f"{command.help.strip()}\n"
    yield f"```\n{command.get_usage(context)}\n```\n"
    yield "| | |"
    yield "|---|---|"
    for parameter in command.get_params(context):
        name, says = parameter.get_help_record(context)
        yield f"| `{_cell(_TYPE.sub('', name))}` | {_cell(says)} |"
    if command.epilog:
        _, *examples = command.epilog.split("\n\n")
        yield "\nExamples:\n\n```\n" + "\n".join(examples) + "\n```"
    yield ""


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")
