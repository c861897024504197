"""`annotator codebook trouble`: which entries of a codebook coders differ over and doubt."""

from typing import TYPE_CHECKING, Annotated

import typer

from annotator.cli import options
from annotator.cli.output import many, print_json, print_table, say, shortened
from annotator.cli.projects import opened
from annotator.work.figure_words import NOTHING, percent

if TYPE_CHECKING:
    from annotator.codebook.model import Codebook
    from annotator.work.trouble import Trouble, TroubleReport

EXAMPLES = (
    "annotator codebook trouble",
    "annotator codebook trouble --round pilot --code perpetrator:unknown",
    "annotator codebook trouble --json",
)
_MOST_LISTED = 20
_MOST_PASSAGES = 50


def trouble(
    round_name: Annotated[
        str | None,
        typer.Option(
            "--round",
            "-r",
            metavar="NAME",
            help="The only round; left out, all but training rounds.",
            show_default=False,
        ),
    ] = None,
    code: Annotated[
        str | None,
        typer.Option(
            "--code",
            metavar="ENTRY",
            help="The passages where this entry causes trouble: QUESTION:CODE, a question, a "
            "unit or a check.",
            show_default=False,
        ),
    ] = None,
    which: options.Codings = options.Which.FIRST,
    project: options.Project = options.DEFAULT_PROJECT,
    as_json: options.Json = False,
) -> None:
    """Rank the entries of the codebook by the trouble they cause.

    A passage is a sign of trouble where coders differ over the entry, mark an answer unsure, write
    a note on it, let a check stand, or where a lead settled it as rule unclear or by merging. The
    score counts every passage with any sign, and those settled as rule unclear once more.
    """
    from annotator.store.corpus import reports
    from annotator.work.trouble_signs import codebook_trouble

    with opened(project, read_only=True) as source:
        found = codebook_trouble(source, round_name, which=which.value)
        one = None if code is None else found.named(code)
        now = source.codebook()
        titles = (
            {} if one is None else {row.key: row.title for row in reports(source, training=True)}
        )
    if as_json:
        told = found.as_json()
        if one is not None:
            told["entries"] = [one.as_json()]
        print_json(told)
        return
    if one is not None:
        _print_passages(one, titles)
    else:
        _print_ranks(found, now)
    for note in found.notes:
        say(note)
    if found.found:
        _say_next()


def _print_ranks(found: "TroubleReport", now: "Codebook") -> None:
    from annotator.work.trouble import EntryKind

    book = found.codebook
    under = ""
    if book.sha256 != now.sha256:
        under = f" (coded under this version; the project's is {now.id} {now.version} now)"
    rounds = ", ".join(found.rounds) or "none"
    say(
        f"{book.id} {book.version}{under}: {many(found.n_passages, 'coded passage')}, "
        f"{'round' if len(found.rounds) == 1 else 'rounds'}: {rounds}"
    )
    if not found.found:
        say("No sign of trouble.")
        return
    others = (EntryKind.QUESTION, EntryKind.UNIT, EntryKind.CHECK)
    _print_table("Codes", found.of_kinds(EntryKind.CODE))
    _print_table("Questions, units and checks", found.of_kinds(*others))


def _print_table(title: str, ranks: "tuple[Trouble, ...]") -> None:
    from annotator.work.trouble import EntryKind, Sign

    if not ranks:
        return
    numbers = ("Score", "Share", *(sign.words for sign in Sign))
    print_table(
        ("Entry", *numbers),
        [
            (
                one.entry.name,
                str(one.score),
                NOTHING if one.entry.kind is EntryKind.CHECK else percent(one.share),
                *(str(one.count(sign) or "·") for sign in Sign),
            )
            for one in ranks[:_MOST_LISTED]
        ],
        title=f"{title}, by passages with trouble (share: of the passages they were used in)",
        numbers=numbers,
    )
    if len(ranks) > _MOST_LISTED:
        say(f"… and {len(ranks) - _MOST_LISTED} more; --json has all of them.")


def _print_passages(one: "Trouble", titles: dict[str, str]) -> None:
    rows = [
        (
            seen.where.round,
            shortened(titles.get(seen.where.report, seen.where.report)),
            str(seen.where.number),
            sign.words,
            seen.words,
        )
        for sign, found in one.signs.items()
        for seen in found
    ]
    print_table(
        ("Round", "Report", "Passage", "Sign", "Said"),
        rows[:_MOST_PASSAGES],
        title=f"{one.entry.name}, {one.label}: trouble in {many(len(one.passages), 'passage')}",
        numbers=("Passage",),
    )
    if len(rows) > _MOST_PASSAGES:
        say(f"… and {len(rows) - _MOST_PASSAGES} more; --json has all of them.")


def _say_next() -> None:
    say("Mend the entries in the codebook's file (annotator codebook show --yaml > FILE writes it")
    say("anew), raise its version, and then:")
    say("  annotator codebook check FILE")
    say("  annotator codebook diff FILE")
    say("  annotator codebook adopt FILE --recode NAME --dry-run")
    say("  annotator codebook adopt FILE --recode NAME")
