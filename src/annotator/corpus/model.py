"""What comes out of a file of reports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from annotator.corpus.segmentation import Span


@dataclass(frozen=True, slots=True)
class ReportDraft:
    """One report as it was read, before it has a place in a project.

    Attributes:
        source_name: Name of the file, without its folder and fit to be shown.
        row: Number of the report in a table or JSON Lines file, from 1; None if it is a whole file.
        publisher: Who published it, "" if that is not known.
        headline: Its title, "" if that is not known.
        date: Its date as YYYY-MM-DD, "" unless it was given in that form.
        language: Language tag, given or "ar" by its letters, "" if that is not known.
        text: The stored text (`annotator.corpus.cleaning.clean`).
        text_sha256: SHA-256 of the stored text in UTF-8, hexadecimal.
        meta: Everything else that came with it, by column or field name, empty values left out.
        headings: Spans of the headings at its head.
        passages: Spans of the passages; at least one.
        skipped: Spans of inner headings and of rules such as `* * *`.
        stripped: What cleaning took out, in words, and how many characters of each kind.
    """

    source_name: str
    row: int | None
    publisher: str
    headline: str
    date: str
    language: str
    text: str
    text_sha256: str
    meta: Mapping[str, str] = field(default_factory=dict)
    headings: tuple[Span, ...] = ()
    passages: tuple[Span, ...] = ()
    skipped: tuple[Span, ...] = ()
    stripped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One file that was read whole; iterating over it gives its reports.

    Attributes:
        name: Name of the file, without its folder and fit to be shown.
        sha256: SHA-256 of its bytes, hexadecimal.
        bytes: Its size in bytes.
        encoding: The encoding it was read in, by Python's name.
        reports: Its reports in the order of the file; at least one.
    """

    name: str
    sha256: str
    bytes: int
    encoding: str
    reports: tuple[ReportDraft, ...]

    def __iter__(self) -> Iterator[ReportDraft]:
        return iter(self.reports)
