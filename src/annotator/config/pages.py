"""What people read about the config file: the file to begin from, and `docs/config.md`."""

from textwrap import wrap

from annotator.config.place import VARIABLE
from annotator.config.settings import Field, config_fields

_WIDTH = 88

_HEAD = """\
# The config file of annotator, in TOML. Every field may be left out; a line that begins with #
# says nothing. `annotator config check` tells what is wrong, `annotator config show` what holds.
"""

_PAGE = f"""\
# Config file

How you like to work: your name, your keymap, your keys, your colours. It changes nothing in a
project and nothing that others see.

The file is called `config.toml` and lies in the folder that your platform keeps for such files;
`annotator config path` says where. The variable `{VARIABLE}` of the environment names another
file. There need not be one.

| say | to |
|---|---|
| `annotator config init` | write a file in which every field is explained and none is set |
| `annotator config show` | read what holds, and where each value comes from |
| `annotator config check` | read everything that is wrong with the file, with the line |
| `annotator config path` | see where the file is |

What is given on the command line goes before the environment, that before the file, and that
before the default. A file with a mistake stops a command that needs it, before anything is opened.

This page is made from the fields themselves by `make docs`.

## Fields

| field | may be | default | what it means |
|---|---|---|---|"""

_KEYS = """\

## Keys

Under `[keys]` stands an action's id and the keys it is to have **instead of** those of the keymap;
ids and keys are in [keys.md](keys.md). An empty list takes an action's keys away: it is still in
the palette. Under `[text_keys]` stand the keys an action has in the text besides, in the keymap
`vi`.

```toml
keymap = "vi"

[keys]
"answer.undo" = ["U", "ctrl+z"]
"record.up" = []

[text_keys]
"cursor.right" = ["l"]
```

A key is a sign that can be seen, such as `K` or `&`, or a name: `space`, `enter`, `tab`, `escape`,
`backspace`, `delete`, `insert`, `left`, `right`, `up`, `down`, `home`, `end`, `pageup`, `pagedown`,
`f1` to `f12`, `shift+` with `tab`, an arrow, `home` or `end`, and `ctrl+` with a letter. Refused,
with the reason and the line, are

- an action that does not exist;
- a key that two actions would have in one place;
- a small letter or digit for an action while answering, for these belong to the codebook;
- a sign where signs are typed;
- a key that no terminal sends, or that arrives as another: `ctrl+i` is Tab, `ctrl+m` Enter,
  `ctrl+h` Backspace and `ctrl+[` Escape; Ctrl or Shift with Enter is Enter, Ctrl with a digit the
  digit, Ctrl with an arrow the arrow; Alt is kept by many terminals for themselves;
- `ctrl+c` for anything but leaving;
- taking the last key of an action that nobody finds back without: help, leaving, closing a panel,
  keeping and leaving a line that is being typed, going back from the text."""


def config_markdown() -> str:
    """The page `docs/config.md`."""
    rows = [
        f"| `{one.name}` | {one.described} | {_default(one)} | {one.meaning} |"
        for one in config_fields().values()
    ]
    return "\n".join([_PAGE, *rows, _KEYS]) + "\n"


def _default(one: Field) -> str:
    return f"`{written(one.default)}`" if one.default and not one.is_table else "none"


def written(value: object) -> str:
    """A plain value as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def first_file() -> str:
    """A config file in which every field is explained and none is set."""
    parts = [_HEAD]
    for one in config_fields().values():
        says = f"{one.meaning} It is {one.described}."
        parts += [f"# {line}" for line in wrap(says.replace("`", ""), _WIDTH)]
        if one.is_table:
            parts += [f"# [{one.name}]", f"# {one.example}", ""]
        else:
            parts += [f"# {one.name} = {written(one.example or one.default)}", ""]
    return "\n".join(parts)
