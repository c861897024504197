"""A small world for the tests of the store: a codebook, reports, codings."""

import hashlib
from pathlib import Path

from annotator.codebook.model import Codebook
from annotator.codebook.reader import parse_codebook
from annotator.coding.form import from_form
from annotator.coding.model import Coding
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.store.assignments import assign
from annotator.store.corpus import import_reports
from annotator.store.making import create_project
from annotator.store.project import Project
from annotator.store.rounds import RoundRow, open_round

SOURCE = """codebook: small
version: 1.0.0
title: A small codebook
units:
  claim: {in: passage, none: [{id: nothing, label: Nothing is claimed}]}
variables:
  - id: perpetrator
    question: Who?
    type: codes
    codes: [{id: army, label: Army}, {id: militia, label: Militia}, {id: isis, label: ISIS}]
  - {id: killed, question: How many?, type: count}
  - {id: day, question: When?, type: date}
  - {id: remark, question: Anything else?, type: text}
  - id: cause
    unit: claim
    question: How?
    type: code
    codes: [{id: shelling, label: Shelling}, {id: mine, label: Mine}]
  - {id: victims, unit: claim, question: How many?, type: count}
"""


def small_codebook() -> Codebook:
    return parse_codebook(SOURCE, "small.yaml")


def text_of(report: int, passages: int = 3) -> str:
    return "\n\n".join(
        f"Report {report}, paragraph {number}: shells killed {number + 2} people in Tel Bara."
        for number in range(1, passages + 1)
    )


def draft_of(text: str, name: str = "report.txt", **more: object) -> ReportDraft:
    spans, start = [], 0
    for paragraph in text.split("\n\n"):
        spans.append((start, start + len(paragraph)))
        start += len(paragraph) + 2
    return ReportDraft(
        source_name=name,
        row=None,
        publisher="A monitor",
        headline=f"Headline of {name}",
        date="2016-12-21",
        language="",
        text=text,
        text_sha256=hashlib.sha256(text.encode()).hexdigest(),
        passages=tuple(spans),
        **more,
    )


def source_of(*drafts: ReportDraft, name: str = "report.txt") -> SourceFile:
    digest = hashlib.sha256("".join(draft.text for draft in drafts).encode()).hexdigest()
    return SourceFile(name, digest, 100, "utf-8", drafts)


def new_project(path: Path, reports: int = 2, passages: int = 3) -> Project:
    project = create_project(path, codebook_source=SOURCE, codebook=small_codebook(), actor="lead")
    for report in range(1, reports + 1):
        name = f"report-{report}.txt"
        source = source_of(draft_of(text_of(report, passages), name), name=name)
        import_reports(project, source, source.reports, "lead")
    return project


def main_round(project: Project, *coders: str, order: str = "reading") -> RoundRow:
    opened = open_round(
        project, name="main", purpose="main", order=order, seed=7, coders=None, actor="lead"
    )
    for coder in coders:
        assign(project, opened.id, coder, "lead")
    return opened


def coding_of(form: object, text: str = "", start: int = 0) -> Coding:
    return from_form(form, small_codebook(), text, start)
