"""Write the documentation that is generated from the code, or see whether it is in step.

Usage: python docs/make_docs.py [--check]
"""

import sys
from collections.abc import Callable
from pathlib import Path

from annotator.cli.docs import cli_markdown
from annotator.codebook.schema import schema_text, with_field_tables
from annotator.config.pages import config_markdown
from annotator.exchange.agreement_schema import agreement_schema_text
from annotator.tui.keys_text import keys_markdown

ROOT = Path(__file__).resolve().parents[1]


def _codebook_page() -> str:
    """`docs/codebook.md` with the tables between its two marks made anew."""
    return with_field_tables((ROOT / "docs/codebook.md").read_text(encoding="utf-8"))


PAGES: dict[str, Callable[[], str]] = {
    "docs/agreement.schema.json": agreement_schema_text,
    "docs/cli.md": cli_markdown,
    "docs/codebook.md": _codebook_page,
    "docs/codebook.schema.json": schema_text,
    "docs/config.md": config_markdown,
    "docs/keys.md": keys_markdown,
}
"""Each generated file and what makes its text."""


def stale() -> list[str]:
    """The generated files that do not say what the code says now."""
    return [name for name, make in PAGES.items() if _text_of(name) != make()]


def _text_of(name: str) -> str:
    path = ROOT / name
    return path.read_text(encoding="utf-8") if path.exists() else ""


def main(arguments: list[str]) -> int:
    """Write what is stale, or with `--check` only name it and give 1."""
    names = stale()
    for name in names:
        if arguments == ["--check"]:
            print(f"{name} is not in step with the code: run `make docs`")
        else:
            (ROOT / name).write_text(PAGES[name](), encoding="utf-8")
            print(f"wrote {name}")
    return 1 if names and arguments == ["--check"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
