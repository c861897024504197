"""Where agreement goes: to the screen, to a program, to a table, to a report."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from annotator.cli.output import print_json, say
from annotator.errors import AnnotatorError

if TYPE_CHECKING:
    from annotator.exchange.agreement_page import AgreementPage


class Shown(Protocol):
    """Agreement that was measured and is to be shown."""

    @property
    def page(self) -> "AgreementPage":
        """All of it."""

    def as_json(self) -> dict[str, Any]:
        """Plain data for a program."""

    def print(self) -> None:
        """Print tables for people."""


@dataclass(frozen=True, slots=True)
class Faces:
    """How agreement is to be shown.

    Attributes:
        as_json: Print JSON.
        csv: Write a table to this file, `-` for printing it.
        html: Write a report to this file.
    """

    as_json: bool
    csv: str | None
    html: Path | None

    def show(self, found: Shown) -> None:
        """Show it: in tables for people where nothing else is printed.

        Raises:
            AnnotatorError: A file cannot be written.
        """
        if self.csv is not None:
            from annotator.exchange.agreement_csv import agreement_csv

            table = agreement_csv(found.page)
            if self.csv == "-":
                print(table.replace("\r\n", "\n"), end="")
            else:
                _write(Path(self.csv), table)
        if self.html is not None:
            from annotator.exchange.agreement_html import agreement_html

            _write(self.html, agreement_html(found.page))
        if self.as_json:
            print_json(found.as_json())
        elif self.csv is None and self.html is None:
            found.print()
        else:
            for path in (self.csv, self.html):
                if path not in (None, "-"):
                    say(f"Wrote {path}.")


def _write(path: Path, text: str) -> None:
    try:
        path.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise AnnotatorError(
            f"{path} cannot be written: {error.strerror}; name a file that can."
        ) from None
