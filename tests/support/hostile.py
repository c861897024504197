"""Text that would steer a terminal, a project full of it, and what tells whether any got through.

Every command to a terminal in it carries `MARK`, which no program here sends of itself, so that
it can be told from the sequences that a screen is painted with.
"""

import json
import re
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotator.codebook.reader import parse_codebook
from annotator.coding.form import from_form
from annotator.coding.model import Span
from annotator.coding.skipping import SkipReason
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.corpus.visible import visible
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import import_reports, iter_passages, reports
from annotator.store.making import create_project
from annotator.store.rounds import open_round, rounds
from annotator.store.tags import tag_passages
from annotator.work.session import CodingSession
from annotator.work.start import desk_for
from claim_projects import CHECKED

MARK = "7771"

COMMANDS = (
    f"\x1b[{MARK}m",  # colour
    f"\x1b]52;c;{MARK}\x07",  # clipboard
    f"\x1b]8;;http://{MARK}\x1b\\",  # link
    f"\x1b]0;{MARK}\x07",  # title of the window
    f"\x1bP{MARK}\x1b\\",
    f"\x9b{MARK}m",  # the same by one character of C1
    f"\x9d52;c;{MARK}\x9c",
    f"\x85{MARK}",
    f"\x07{MARK}\x08{MARK}\x0b{MARK}\x7f{MARK}",
)
"""What a terminal obeys."""

UNSEEN = (
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u00ad\u061c\u2060"
)
UNSEEN += "\ufeff\u3164\ue000\U000e0001\U000e0041\U000e007f"
"""Bidirectional, zero-width and tag characters, which even a codebook may hold."""

HOSTILE = "".join(COMMANDS) + UNSEEN + "\u2028\u2029\ufffe"
NAME = f"{COMMANDS[0]}{COMMANDS[1]}\u202e\x9b{MARK}m"
"""Short enough for a name."""

FILE_NAME = f"\x1b[{MARK}m\x07\u202e\x9b\udc9b"
"""For a file; its last byte is a raw 0x9B, which is no UTF-8."""

SEEN_COMMAND = f"␛[{MARK}m"
SEEN_UNSEEN = "<U+202A><U+202B>"
"""How the first of them look where they are shown."""

_OWN = re.compile(rf"\x1b(?:\[(?![\d;]*{MARK})[0-9;:?<=>]*[ !$]?[@-~]|[=>78]|\]22;[a-z-]*\x07)")
"""A sequence that a screen is painted with; the last sets the shape of the mouse pointer."""


def leaked(sent: bytes) -> str:
    """What of hostile text is in the bytes that a terminal was sent, as it stands there.

    Args:
        sent: All bytes that a program wrote.

    Returns:
        Some characters around the first; empty if there is none.
    """
    try:
        text = sent.decode()
    except UnicodeDecodeError as error:
        return repr(sent[max(0, error.start - 60) : error.end + 20])
    rest = _OWN.sub("", text)
    steered = re.search(rf"[\r\t]{MARK}", rest)
    rest = rest.replace("\r", "").replace("\n", "")
    shown = visible(rest)
    if shown == rest and steered is None:
        return ""
    at = next((n for n, one in enumerate(rest) if visible(one) != one), 0)
    return repr(steered[0] if steered else rest[max(0, at - 60) : at + 20])


def codebook(version: str = "1.0.0") -> str:
    """The checked codebook with unseen characters in every text of it."""
    text = re.sub(
        r"((?:title|label|question|error|warn|confirm|offer): )([^,}\n]+)",
        lambda found: f"{found[1]}{_quoted(found[2] + UNSEEN)}",
        CHECKED,
    )
    more = {"definition": "What it means", "help": "How to answer"}
    said = {name: _quoted(words + UNSEEN) for name, words in more.items()}
    examples = _quoted(f"For example{UNSEEN}")
    text = text.replace(
        "{id: killing,",
        f"{{id: killing, definition: {said['definition']}, include: [{examples}], "
        f"exclude: [{examples}], examples: [{examples}], not_examples: [{examples}], "
        f"cues: {{en: [{_quoted('killed' + UNSEEN)}, killed]}},",
    )
    text = text.replace("    type: code\n", f"    type: code\n    help: {said['help']}\n")
    text = text.replace(
        "variables:\n",
        f"variables:\n  - id: topics\n    label: {_quoted('Topics' + UNSEEN)}\n"
        f"    question: {_quoted('About what' + UNSEEN)}\n    type: codes\n    codes:\n"
        f"      - {{id: raid, key: r, label: {_quoted('Raid' + UNSEEN)}}}\n"
        f"      - {{id: siege, key: s, label: {_quoted('Siege' + UNSEEN)}}}\n"
        f"  - {{id: remark, question: {_quoted('Why' + UNSEEN)}, type: text}}\n",
        1,
    )
    text = text.replace("version: 1.0.0", f"version: {version}", 1)
    return text.replace(
        "codebook: checked", f"codebook: checked\ndescription: {_quoted(UNSEEN)}", 1
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


PASSAGES = (
    f"Shells {HOSTILE} killed 12 people in Tal Amrit on Monday, {HOSTILE} the council said.",
    f"Mines killed two {HOSTILE} of them.",
    f"\x1b[{MARK}m {UNSEEN}",
    f"A raid wounded 30 people {HOSTILE} in Tal Sus.",
)


def make_hostile_project(path: Path) -> Path:
    """A project in which every text that came from outside is hostile, coded by two people.

    Importing would clean a part of it; what is shown must be safe whoever wrote the file.
    """
    book = codebook()
    read = parse_codebook(book, "book.yaml")
    with create_project(
        path,
        name=f"Project{NAME}",
        codebook_source=book,
        codebook=read,
        actor=f"maker{NAME}",
    ) as project:
        source = _report()
        import_reports(project, source, source, f"maker{NAME}")
        open_round(
            project,
            name=round_name(),
            purpose="main",
            order="reading",
            seed=0,
            coders=None,
            actor=f"lead{NAME}",
        )
        (found,) = rounds(project)
        (report,) = reports(project)
        places = list(iter_passages(project))
        codings = [
            NewCoding(
                found.id,
                report.key,
                place.number,
                coder,
                from_form(form(place.text, place.start, topic), read, place.text, place.start),
                flagged=True,
            )
            for coder, topics in (
                (f"amal{NAME}", ("raid", "raid")),
                (f"basim{NAME}", ("siege", "raid")),
            )
            for place, topic in zip(places, topics, strict=False)
        ]
        add_codings(project, codings, f"lead{NAME}")
        tag_passages(project, "graphic", [(report.key, 4)], actor=f"lead{NAME}")
        _begin(CodingSession(desk_for(project, None, CODER)))
    return path


CODER = "chadi"
"""Who has begun to code in it, and is at its first passage."""


def form(text: str, start: int, topic: str) -> dict[str, Any]:
    """A coding of a passage with hostile notes, reasons and words behind it."""
    words = {"start": start, "end": start + len(text), "text": text}
    return {
        "note": f"On it all{HOSTILE}",
        "topics": {"value": [topic], "note": f"Because{HOSTILE}", "evidence": [words]},
        "remark": f"{topic}{HOSTILE}",
        "claim": [
            {
                "id": "r1",
                "kind": "killing",
                "total": "2" if topic == "raid" else "3",
                "mode": "single",
                "evidence": [words],
                "act": [
                    {"id": "r2", "perpetrator": "border", "cause": "air", "attribution": "firm"}
                ],
                "source": [{"id": "r3", "source_type": "publisher"}],
            }
        ],
        "overrides": [{"check": "W3", "record": "r2", "reason": f"It says so{HOSTILE}"}],
    }


def _begin(session: CodingSession) -> None:
    """Begin the first passage, skip the third, and go back to the first."""
    item = session.item
    words = Span(item.start, item.start + 20, item.text[:20])
    session.go_to(("", "topics"))
    session.press("r", words)
    session.set_note(f"Because{HOSTILE}")
    session.go_to(("", "remark"))
    session.type_entry(f"Words{HOSTILE}")
    session.set_passage_note(f"On it all{HOSTILE}")
    session.go_to_passage("3")
    session.skip(SkipReason.OTHER, f"Why{HOSTILE}")
    session.go_to_passage("1")
    session.go_to(("", "topics"))
    session.keep_place()


def round_name() -> str:
    """What the round of the project is called."""
    return f"main{NAME}"


def _report() -> SourceFile:
    text = "\n".join(PASSAGES)
    digest = sha256(text.encode()).hexdigest()
    spans = []
    start = 0
    for passage in PASSAGES:
        spans.append((start, start + len(passage)))
        start += len(passage) + 1
    name = f"report{NAME}.txt"
    draft = ReportDraft(
        name,
        None,
        f"The Council{HOSTILE}",
        f"A day{HOSTILE}",
        "2016-12-21",
        "en",
        text,
        digest,
        passages=tuple(spans),
    )
    return SourceFile(name, digest, len(text.encode()), "utf-8", (draft,))
