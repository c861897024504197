"""Small projects that the tests of reliability and review share."""

from hashlib import sha256
from pathlib import Path
from typing import Any

from annotator.codebook.model import Codebook
from annotator.codebook.reader import parse_codebook
from annotator.coding.form import from_form
from annotator.coding.model import Coding
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import import_reports, iter_passages, reports
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, open_round, rounds

BOOK = """\
codebook: claims
version: 1.0.0
title: Claims
variables:
  - id: mention
    question: Is anyone said to have been killed?
    type: yes_no
  - id: kind
    question: What kind of report is it?
    label: Kind
    type: code
    codes: [{id: daily, label: Daily}, {id: total, label: Total}, {id: unknown, label: Unclear}]
  - id: actors
    question: Who is named?
    type: codes
    codes:
      - {id: regime, label: Regime}
      - {id: russia, label: Russia}
      - {id: isis, label: Islamic State}
      - {id: mines, label: Mines}
  - id: tone
    question: How certain does it sound?
    type: scale
    codes: [{id: low, label: Low}, {id: mid, label: Middle}, {id: high, label: High}]
  - {id: killed, question: How many were killed?, type: count}
  - {id: share, question: Which share were civilians?, type: number}
  - {id: day, question: On which day?, type: date}
  - {id: remark, question: Anything else?, type: text}
  - id: detail
    question: Which detail?
    type: code
    required: true
    when: {mention: "true"}
    codes: [{id: names, label: Names}, {id: places, label: Places}]
  - id: total
    question: How many?
    unit: claim
    type: count
  - id: cause
    question: What killed them?
    unit: claim
    type: codes
    codes: [{id: shell, label: Shelling}, {id: sniper, label: Sniper}, {id: mine, label: Mine}]
  - id: part_of
    question: Part of which claim?
    unit: claim
    type: link
    to: claim
  - id: perpetrator
    question: Who did it?
    unit: act
    type: code
    codes: [{id: regime, label: Regime}, {id: isis, label: Islamic State}]
units:
  claim:
    in: passage
    none: [{id: context, label: Context only}, {id: unreadable, label: Unreadable}]
  act: {in: claim}
"""
"""Every type, at the level of the passage and in records; nothing is required but one detail."""

SENTENCE = "Shells killed nine people in Tal Amrit, the council said."

Form = dict[str, Any]


def codebook(source: str = BOOK) -> Codebook:
    return parse_codebook(source, "book.yaml")


def project_of(folder: Path, n_passages: int, source: str = BOOK) -> tuple[Project, RoundRow]:
    """A project with one report of so many passages, and an open round `main`."""
    book = codebook(source)
    project = create_project(
        folder / "test.db", name="test", codebook_source=source, codebook=book, actor="maker"
    )
    line = f"{SENTENCE}\n"
    text = line * n_passages
    spans = tuple(
        (place * len(line), place * len(line) + len(SENTENCE)) for place in range(n_passages)
    )
    digest = sha256(text.encode()).hexdigest()
    draft = ReportDraft(
        "report.txt", None, "Publisher", "Headline", "", "en", text, digest, passages=spans
    )
    file = SourceFile("report.txt", digest, len(text.encode()), "utf-8", (draft,))
    import_reports(project, file, file, "maker")
    open_round(
        project, name="main", purpose="main", order="reading", seed=1, coders=None, actor="maker"
    )
    return project, rounds(project)[0]


def submit(project: Project, round_: RoundRow, coder: str, *forms: tuple[int, Form]) -> None:
    """Submit codings, each a passage's number and the coding as plain data."""
    book = project.codebook_version(round_.codebook_sha256)
    key = reports(project)[0].key
    starts = {row.number: row.start for row in iter_passages(project, key)}
    add_codings(
        project,
        [
            NewCoding(round_.id, key, number, coder, coding(form, book, starts[number]))
            for number, form in forms
        ],
        coder,
    )


def coding(form: Form, book: Codebook, start: int = 0) -> Coding:
    return from_form(form, book, SENTENCE, start)
