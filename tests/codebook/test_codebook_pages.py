"""A codebook as HTML and Markdown: complete, and harmless whatever it says."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.codebook.model import Codebook
from annotator.codebook.reader import parse_codebook, read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.codebook.show_html import show_html
from annotator.codebook.show_markdown import escaped, show_markdown

DATA = Path(__file__).parent / "data" / "claims.yaml"
HOSTILE = (
    "</style><script>alert('x')</script> \"><img src=x onerror=y> & &lt; [a](http://b) `c` *d*"
)
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Which elements a page has, whether all are closed, and the text a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.ids += [value for name, value in attrs if name == "id" and value]
        assert not any(name.startswith("on") or name in ("src", "style") for name, _ in attrs)
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data


def made(text: str) -> Codebook:
    """A codebook that says one thing everywhere a text may stand."""
    code = {"id": "a", "label": text, "definition": text, "include": [text], "exclude": text}
    below = {"id": "b", "parent": "a", "label": text, "cues": {"ar": [text]}, "retired": True}
    book = {
        "codebook": "made",
        "version": "1.0.0",
        "title": text,
        "description": text,
        "units": {"claim": {"in": "passage", "label": text, "none": [code]}},
        "variables": [
            {
                "id": "who",
                "question": text,
                "label": text,
                "help": text,
                "type": "code",
                "codes": [code, below, {"id": "c", "label": text}],
            }
        ],
        "checks": [{"id": "W1", "warn": text, "when": {"who": "a"}}],
    }
    return parse_codebook(json.dumps(book), "f")


@pytest.mark.parametrize("path", [DATA, find_codebook("perpetrators")], ids=["data", "shipped"])
def test_a_page_holds_everything_and_is_well_formed(path: Path) -> None:
    book = read_codebook(path)
    page = Page(show_html(book))
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    markdown = show_markdown(book)
    said = " ".join(page.text.split())
    plain = re.sub(r"<!-- -->|\\(?=[^\w\s])", "", markdown)
    for variable in book.variables:
        assert f"variable-{variable.id}" in page.ids
        assert variable.question in said
        assert variable.question in plain
        for code in variable.codes:
            for text in (code.id, code.label, *code.include, *code.exclude, *code.examples):
                words = " ".join(text.split())
                assert words in said
                assert words in plain
    assert book.sha256 in said
    assert book.sha256 in plain


def test_hostile_text_is_shown_and_does_nothing() -> None:
    book = made(HOSTILE)
    page = Page(show_html(book))
    assert not {"script", "img"} & set(page.tags)
    assert page.tags.count("style") == 1
    assert page.text.count(HOSTILE) >= 10
    markdown = show_markdown(book)
    assert "<script" not in re.sub(r"\\<", "", markdown)
    assert not re.search(r"(?<!\\)\]\(", markdown)
    assert "http:" not in markdown


def test_every_text_runs_in_its_own_direction_and_nothing_is_loaded() -> None:
    arabic = "من قتل؟"
    page = show_html(made(arabic))
    for place in re.finditer(arabic, page):
        opening = page[: place.start()].rpartition("<")[2]
        assert 'dir="auto"' in opening or opening.startswith("title")
    assert not re.search(r"(?i)\b(src|href)=[\"'](?!#)", page)
    assert "default-src 'none'" in page


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a", r"\- a"),
        ("1. a", "1<!-- -->. a"),
        ("# a", r"\# a"),
        ("a\n\n# b", r"a \# b"),
        ("see www.b.org", "see www<!-- -->.b.org"),
        ("a_b", r"a\_b"),
    ],
)
def test_markdown_signs_are_shown_as_they_are(text: str, shown: str) -> None:
    assert escaped(text) == shown


TEXTS = st.text(st.sampled_from("ab<>&\"'`*_[]()#-+!|\\~ 1.قت"), min_size=1, max_size=15).filter(
    lambda text: text.strip() == text and not re.fullmatch(r"[-+.\d~]*", text)
)


@settings(max_examples=80, deadline=None)
@given(TEXTS)
def test_any_text_leaves_the_pages_whole(text: str) -> None:
    book = made(text)
    plain = made("plain")
    page, usual = Page(show_html(book)), Page(show_html(plain))
    assert page.open == []
    assert page.tags == usual.tags
    assert page.text.count(text) >= 10
    assert len(show_markdown(book).splitlines()) == len(show_markdown(plain).splitlines())
