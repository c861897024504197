"""`annotator agreement --html`: one file that loads nothing, with everything in it escaped."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotator.cli.run import run
from annotator.exchange.agreement_html import agreement_html
from annotator.exchange.agreement_page import AgreementPage
from annotator.work.variable_agreement import Choices
from generated_claims import Rates, project

RATINGS = "unit,coder,value,week\n" + "".join(
    f"{unit},{coder},{'ab'[(unit + (unit % slip == 0)) % 2]},w{unit // 30}\n"
    for unit in range(60)
    for coder, slip in (("amal", 61), ("basim", 7), ("carla", 5))
)


class Seen(HTMLParser):
    """The elements of a file, whether they are closed, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text: list[str] = []
        self.headings: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]
        self.attributes.append((tag, "", None))
        if tag != "meta":
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if {"h1", "h2", "h3"} & set(self.open):
            self.headings.append(data)


@pytest.fixture(scope="module")
def of_project(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("claims")
    made = project(folder / "claims.db", 40, rates=Rates(), seed=5)
    assert run(["agreement", str(made), "--html", str(folder / "out.html")]) == 0
    return (folder / "out.html").read_text(encoding="utf-8")


def test_the_file_is_whole_and_loads_and_runs_nothing(of_project: str) -> None:
    seen = Seen(of_project)
    assert seen.open == []
    tags = {tag for tag, _, _ in seen.attributes}
    assert not tags & {"script", "link", "img", "iframe", "object", "a", "base", "use", "image"}
    names = {name for _, name, _ in seen.attributes}
    assert not names & {"src", "href", "srcset", "xlink:href", "data", "action"}
    assert not [name for name in names if name.startswith("on")]
    assert not re.search(r"url\(|@import|https?:|//[a-z]", of_project)
    assert "prefers-color-scheme: dark" in of_project
    assert "@media print" in of_project


def test_everything_a_lead_reads_is_in_it(of_project: str) -> None:
    seen = Seen(of_project)
    text = " ".join(seen.headings)
    for part in (
        "Krippendorff's alpha of each variable",
        "Kind of harm: each code against all others",
        "Claim: found and missed",
        "Words marked as evidence",
        "Kind of harm: coder by coder",
        "What coder1 (rows) and coder2 (columns) gave",
        "Any claim: by week",
        "Any claim: by batch",
        "Methods",
    ):
        assert part in text
    whole = "".join(seen.text)
    assert "Krippendorff 2018, Content Analysis" in whole
    assert "jackknife intervals (Tukey 1958)" in whole
    assert "Whole clusters of units" in whole
    assert "computed with annotator " in whole
    assert "Jonker and Volgenant 1987" in whole


def test_an_interval_is_drawn_where_its_numbers_are(tmp_path: Path) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS)
    out = tmp_path / "out.html"
    assert run(["agreement", str(tmp_path / "ratings.csv"), "--html", str(out)]) == 0
    text = out.read_text(encoding="utf-8")
    label = re.search(
        r'aria-label="(-?[\d.]+), interval (-?[\d.]+) to (-?[\d.]+)">(.*?)</svg>', text
    )
    assert label
    value, low, high = (float(one) for one in label.groups()[:3])
    point = re.search(r'cx="([\d.]+)"', label[4])
    span = re.search(r'class="span" x1="([\d.]+)" x2="([\d.]+)"', label[4])
    limits = re.findall(r'class="limit" x1="([\d.]+)"', label[4])
    assert point
    assert span
    per_unit = (float(limits[1]) - float(limits[0])) / (0.8 - 0.667)
    for drawn, figure in ((point[1], value), (span[1], low), (span[2], high)):
        assert float(drawn) == pytest.approx(
            float(limits[0]) + per_unit * (figure - 0.667), abs=1.5
        )


def test_text_from_outside_is_escaped(tmp_path: Path) -> None:
    page = AgreementPage(
        "<script>alert(1)</script> & \u202eevil",
        ('"><img src=x>',),
        Choices(),
        (),
    )
    text = agreement_html(page)
    seen = Seen(text)
    assert not {tag for tag, _, _ in seen.attributes} & {"script", "img"}
    assert "\u202e" not in text
    assert "<script>alert(1)</script> & " in "".join(seen.text)


def test_a_file_that_cannot_be_written_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ratings.csv").write_text(RATINGS)
    path = tmp_path / "none" / "out.html"
    assert run(["agreement", str(tmp_path / "ratings.csv"), "--html", str(path)]) == 2
    assert "cannot be written" in capsys.readouterr().err
