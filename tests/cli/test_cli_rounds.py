"""Planning, opening and showing rounds from the command line."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Command

from annotator.codebook.reader import parse_codebook
from annotator.corpus.readers import read_file
from annotator.errors import AnnotatorError
from annotator.exchange.passage_lists import listed_passages
from annotator.exchange.passages import passages_json
from annotator.store.corpus import import_reports
from annotator.store.events import read_events
from annotator.store.making import create_project
from annotator.store.project import Project, open_project
from projects import LIGHT

CODERS = ("amal", "basim", "dana")
SIX = ("--coders", "amal,basim,dana,farid,huda,nour")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of 60 passages: two publishers, three months, one reprint, a few in Arabic."""
    folder = tmp_path_factory.mktemp("rounds")
    rows = ["text,publisher,date,headline"]
    for number in range(60):
        publisher = "The Council" if number < 50 else "A Network"
        month = ("2016-10-03", "2016-11-07", "")[number % 3]
        means = ("mines", "shells", "snipers")[number // 20]
        own = 3 if number == 7 else number
        words = " ".join(f"word{own}at{place}" for place in range(12))
        more = {7: "again", 30: "قُتِلَ خمسةٌ بلغمٍ أرضي", 31: "لغم أرضيّ"}.get(number, "")
        rows.append(f"Killed by {means} {words} {more},{publisher},{month},Day {number}")
    (folder / "reports.csv").write_text("\n".join(rows), encoding="utf-8")
    book = parse_codebook(LIGHT, "book.yaml")
    path = folder / "made.db"
    with create_project(
        path, name="made", codebook_source=LIGHT, codebook=book, actor="maker"
    ) as project:
        source = read_file(folder / "reports.csv")
        import_reports(project, source, source, "maker")
    return path


@pytest.fixture
def reports(made: Path, tmp_path: Path) -> Path:
    """A copy of that project, in the folder that commands run in."""
    return Path(shutil.copy(made, tmp_path / "annotator.db"))


@pytest.fixture(scope="module")
def listable(made: Path) -> Iterator[Project]:
    with open_project(made, read_only=True) as project:
        yield project


def planned(command: Command, *arguments: str) -> dict[str, Any]:
    """What a dry run in JSON says."""
    done = command("round", "new", "main", *arguments, "--dry-run", "--json")
    assert (done.code, done.err) == (0, "")
    found: dict[str, Any] = json.loads(done.out)
    return found


def shown(command: Command, name: str = "main") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(command("round", "show", name, "--json").out)
    return found


@pytest.mark.usefixtures("reports")
def test_a_dry_run_shows_the_design_and_writes_nothing(command: Command) -> None:
    before = Path("annotator.db").read_bytes()
    wanted = (*SIX, "--double", "0.2", "--first-double", "12", "--stratify", "publisher")
    done = command("round", "new", "main", *wanted, "--dry-run")
    assert done.code == 0
    assert "60 passages, 82 codings: 22 by 2 coders each, 38 by one." in done.out
    assert "2 passages in 1 group of near-duplicates" in done.out
    assert "Passages that two coders have in common, 1 to 2:" in done.out
    assert "A Network" in done.out
    assert "What 21 overlapping passages can tell" in done.out
    assert "Nothing was written" in done.out
    assert "no round yet" in command("round", "list").sentence
    assert Path("annotator.db").read_bytes() == before


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("coders", "says"),
    [
        (7, ("  2  3  4  5  6  7\n", "1 0 a person with a long name ", "Column 7 is 6 a")),
        (30, ("Passages that two coders have in common, 0 to 2; --json lists all pairs.",)),
    ],
)
def test_the_overlap_of_many_coders_fits_the_page(
    command: Command, coders: int, says: tuple[str, ...]
) -> None:
    names = ",".join(f"{number} a person with a long name" for number in range(coders))
    done = command("round", "new", "main", "--coders", names, "--codings", "2", "--dry-run")
    assert all(one in done.out for one in says), done.out
    assert max(map(len, done.out.split("Passages that two")[1].splitlines()[:12])) <= 100


@pytest.mark.usefixtures("reports")
def test_what_is_opened_is_what_the_dry_run_showed(command: Command) -> None:
    wanted = (*SIX, "--double", "0.5", "--seed", "3")
    plan = planned(command, *wanted)
    assert not plan["opened"]
    opened = command("round", "new", "main", *wanted)
    assert opened.out.splitlines()[0] == "Round main is open."
    assert opened.out.splitlines()[-1] == "Next: annotator code --coder NAME --round main"
    found = shown(command)
    assert found["design"] == plan["design"]
    assert found["overlaps"] == plan["overlaps"]
    assert [(one["coder"], one["assigned"], one["overlapping"]) for one in found["progress"]] == [
        (one["coder"], one["passages"], one["overlapping"]) for one in plan["coders"]
    ]
    places = {
        coder["coder"]: [(one["report"], one["passage"], one["occasion"]) for one in coder["queue"]]
        for coder in plan["coders"]
    }
    for coder in found["progress"]:
        assert [(one["report"], one["passage"], one["occasion"]) for one in coder["queue"]] == (
            places[coder["coder"]]
        )
    pairs = Counter(
        pair for one in plan["passages"] for pair in combinations(sorted(one["coders"]), 2)
    )
    assert {tuple(one["coders"]): one["passages"] for one in found["overlaps"]} == {
        pair: pairs[pair] for pair in combinations(sorted(SIX[1].split(",")), 2)
    }


@pytest.mark.usefixtures("reports")
def test_without_options_every_coder_codes_everything_also_what_comes_later(
    command: Command, tmp_path: Path
) -> None:
    told = command("round", "new", "main", "--dry-run")
    assert "anyone who comes would code every passage, 60 passages now" in told.out
    assert command("round", "new", "main").code == 0
    assert command("code", "--coder", "amal", "--plain", stdin=".quit\n").code == 0
    (tmp_path / "late.txt").write_text("Ten people died in a late report.\n")
    assert command("import", "late.txt").code == 0
    assert command("code", "--coder", "amal", "--plain", stdin=".quit\n").code == 0
    found = shown(command)
    assert (found["design"], found["passages"]) == (None, None)
    assert [(one["coder"], one["assigned"]) for one in found["progress"]] == [("amal", 61)]
    assert "given out as each begins" in command("round", "show", "main").out


@pytest.mark.usefixtures("reports")
def test_in_a_designed_round_nothing_is_given_by_itself(command: Command, tmp_path: Path) -> None:
    assert command("round", "new", "main", "--coders", "amal,basim", "--codings", "1").code == 0
    (tmp_path / "late.txt").write_text("Ten people died in a late report.\n")
    assert command("import", "late.txt").code == 0
    assert command("code", "--coder", "amal", "--plain", stdin=".quit\n").code == 0
    assert [one["assigned"] for one in shown(command)["progress"]] == [30, 30]


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (("--search", "mines"), 20),
        (("--search", "SNIPER*, mine*"), 40),
        (("--search", "لغم ارضي"), 2),
        (("--sample", "10"), 10),
        (("--search", "shells", "--sample", "5"), 5),
        (("--near-duplicates", "one"), 59),
        (("--near-duplicates", "apart"), 60),
    ],
)
def test_passages_are_chosen_as_asked(
    command: Command, arguments: tuple[str, ...], count: int
) -> None:
    plan = planned(command, *SIX, *arguments, "--codings", "1", "--seed", "2")
    assert len({(one["report"], one["passage"]) for one in plan["passages"]}) == count


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("arguments", "strata"),
    [
        (("publisher", "--sample", "12"), {"A Network": (10, 2), "The Council": (50, 10)}),
        (
            ("publisher", "--sample", "12", "--allocation", "equal"),
            {"A Network": (10, 6), "The Council": (50, 6)},
        ),
        (
            ("month", "--sample", "6"),
            {"2016-10": (20, 2), "2016-11": (20, 2), "no date": (20, 2)},
        ),
        (
            ("search", "--search", "mines", "--search", "لغم", "--sample", "8"),
            {"mines": (20, 2), "none of these": (38, 5), "لغم": (2, 1)},
        ),
    ],
)
def test_strata_are_drawn_from_as_asked(
    command: Command, arguments: tuple[str, ...], strata: dict[str, tuple[int, int]]
) -> None:
    wanted = ("--stratify", *arguments, "--near-duplicates", "apart")
    plan = planned(command, "--coders", "amal", *wanted)
    drawn = {one["name"]: (one["passages"], one["drawn"]) for one in plan["design"]["drawn"]}
    assert drawn == strata
    assert command("round", "new", "main", "--coders", "amal", *wanted).code == 0
    sampling = shown(command)["sampling"]
    assert {(one["report"], one["passage"], one["stratum"]) for one in sampling} == {
        (one["report"], one["passage"], one["stratum"]) for one in plan["passages"]
    }
    assert {(one["stratum"], one["weight"]) for one in sampling} == {
        (name, there / count) for name, (there, count) in strata.items()
    }
    counted = Counter(one["stratum"] for one in plan["passages"])
    assert counted == {name: count for name, (_, count) in strata.items()}


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (
            ("--search", "mines", "--sample", "9", "--stratify", "month", "--codings", "3"),
            "9 drawn from: all passages with mines; strata by month, in proportion to their sizes; "
            "near-duplicates kept together and drawn as one.\n"
            "Each passage by 3 of 6 coders; a random order of each coder's own, seed 0.\n"
            "9 passages, 27 codings: 9 by 3 coders each.\n",
        ),
        (
            ("--double", "0.125", "--order", "reading", "--seed", "4"),
            "12.5% of passages by 2 of 6 coders, the others by one; reading order, seed 4.\n",
        ),
        (
            ("--first-double", "20", "--near-duplicates", "one"),
            "All passages; of near-duplicates only the first.\n"
            "The first 20 passages by 2 of 6 coders, the others by one; a random order",
        ),
        (
            ("--first-double", "20", "--double", "0.5"),
            "The first 20 passages by 2 of 6 coders; 50% of the rest too, the others by one;",
        ),
        (("--codings", "1"), "Each passage by one of 6 coders;"),
    ],
)
def test_a_design_is_told_in_words(command: Command, arguments: tuple[str, ...], says: str) -> None:
    assert says in command("round", "new", "main", *SIX, *arguments, "--dry-run").out


def test_near_duplicates_have_the_same_coders(command: Command, reports: Path) -> None:
    plan = planned(command, *SIX, "--double", "0.3")
    grouped = [one for one in plan["passages"] if one["near_duplicates"]]
    assert len(grouped) == 2
    assert len({tuple(one["coders"]) for one in grouped}) == 1


def test_a_list_is_taken_from_csv_or_from_what_passages_prints(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    with open_project(reports, read_only=True) as project:
        some = passages_json(project)[10:14]
    (tmp_path / "some.json").write_text(json.dumps(some))
    lines = ["note;report;number", *(f"x;{one['report']};{one['passage']}" for one in some)]
    (tmp_path / "some.csv").write_text("\ufeff" + "\n".join([*lines, lines[1]]))
    for name in ("some.json", "some.csv"):
        plan = planned(command, "--coders", "amal", "--list", name)
        assert [(one["report"], one["passage"]) for one in plan["passages"]] == [
            (one["report"], one["passage"]) for one in some
        ]
        assert plan["design"]["listed"] == 4


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("report,where\nx,1\n", "list.csv:1: a list of passages has columns report and passage"),
        ("report,passage\nx,1\n", "list.csv:2: No report comes from a file named x"),
        ("report,passage\nx,one\n", "list.csv:2: 'one' is no number of a passage"),
        ("report,passage\nx,²\n", "list.csv:2: '²' is no number of a passage"),
        ("report,passage\nreports.csv,1\n", "list.csv:2: 60 reports come from a file named"),
        ("report,passage\n", "list.csv lists no passage"),
        ("report,passage\nx\n", "list.csv:2: 1 cells under 2 columns"),
        ("", "list.csv:1: a list of passages has columns"),
        ("[]", "list.csv lists no passage"),
        ("[", "list.csv is no JSON"),
        ("[1]", "list.csv, entry 1: it has no report and passage"),
        ('[{"report": "x", "passage": true}]', "list.csv, entry 1: it has no report and passage"),
        ('{"report": "x", "passage": 1}', "list.csv, entry 1: No report comes"),
    ],
)
def test_a_list_with_a_fault_is_refused_with_its_place(
    listable: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(text, encoding="utf-8")
    with pytest.raises(AnnotatorError) as refused:
        listed_passages(listable, Path("list.csv"))
    assert says in refused.value.sentence


def test_a_listed_passage_that_is_not_there_is_told(
    command: Command, reports: Path, tmp_path: Path
) -> None:
    with open_project(reports, read_only=True) as project:
        key = passages_json(project)[0]["report"]
    (tmp_path / "list.csv").write_text(f"report,passage\n{key},1\n{key},9\n")
    done = command("round", "new", "main", *SIX, "--list", "list.csv")
    assert (done.code, f"no passage 9 of a report {key}" in done.sentence) == (2, True)


@pytest.mark.usefixtures("reports")
def test_passages_of_another_round_can_be_left_out(command: Command) -> None:
    first = ("--coders", "amal,basim", "--sample", "20", "--near-duplicates", "apart")
    assert command("round", "new", "pilot", *first).code == 0
    plan = planned(command, *SIX, "--not-in", "pilot", "--codings", "1")
    assert len(plan["passages"]) == 40
    done = command("round", "new", "everything")
    assert done.code == 0
    done = command("round", "new", "main", *SIX, "--not-in", "everything")
    assert (done.code, "is about all passages" in done.sentence) == (2, True)
    done = command("round", "new", "main", *SIX, "--not-in", "nothing")
    assert (done.code, "no round named nothing" in done.sentence) == (2, True)


@pytest.mark.usefixtures("reports")
def test_capacity_is_of_everyone_or_of_some(command: Command) -> None:
    plan = planned(command, *SIX, "--codings", "1", "--capacity", "14,amal=3")
    loads = {one["coder"]: one["passages"] for one in plan["coders"]}
    assert loads.pop("amal") == 3
    assert sorted(loads.values()) == [11, 11, 11, 12, 12]


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--sample", "10"), "needs its coders; name them with --coders"),
        ((*SIX, "--sample", "61"), "draw from (59, near-duplicates counted as one)"),
        ((*SIX, "--sample", "10", "--stratify", "report"), "leaves some of 59 strata"),
        (("--coders", "amal", "--double", "0.2"), "2 codings of a passage take as many coders"),
        ((*SIX, "--codings", "2", "--double", "0.2"), "not both"),
        ((*SIX, "--codings", "2", "--first-double", "9"), "every passage overlaps"),
        ((*SIX, "--codings", "1", "--capacity", "9"), "takes 60 codings, and the coders have room"),
        ((*SIX, "--capacity", "amal=many"), "'amal=many' is no number of passages"),
        ((*SIX, "--search", "nothing like it"), "No passage is as asked"),
        ((*SIX, "--search", ",;"), "There is no word to search for in ',;'"),
    ],
)
def test_an_impossible_round_is_refused_in_one_sentence(
    command: Command, arguments: tuple[str, ...], says: str
) -> None:
    done = command("round", "new", "main", *arguments)
    assert (done.code, says in done.sentence) == (2, True), done.err
    assert "no round yet" in command("round", "list").sentence


@pytest.mark.usefixtures("reports")
def test_a_dry_run_refuses_the_names_that_opening_would(command: Command) -> None:
    assert command("round", "new", "main", "--coders", "amal,basim", "--codings", "1").code == 0
    for dry in ((), ("--dry-run",)):
        again = command("round", "new", "main", *SIX, "--codings", "1", *dry)
        assert "already a round named main" in again.sentence
        twin = command("round", "new", "next", "--coders", "Amal", "--codings", "1", *dry)
        assert "by capital letters alone" in twin.sentence
    assert "already a round named main" in command("round", "new", "main", "--dry-run").sentence


def test_a_round_is_shown_with_how_far_each_coder_is(command: Command, seed: Path) -> None:
    assert command("round", "new", "main", "--coders", "amal,basim", "--codings", "2").code == 0
    script = ".flag\n.skip other x\n.quit\n"
    assert command("code", "--coder", "amal", "--plain", stdin=script).code == 0
    amal, basim = shown(command)["progress"]
    assert (amal["assigned"], amal["skipped"], amal["flagged"], amal["open"]) == (5, 1, 1, 4)
    assert (basim["assigned"], basim["skipped"], basim["idle_days"]) == (5, 0, 0)
    assert amal["last_submitted_at"] is None
    (row,) = json.loads(command("round", "list", "--json").out)
    assert (row["assigned"], row["done"], row["passages"]) == (10, 0, 5)
    told = command("round", "show", "main").out
    assert "All passages; near-duplicates kept together and drawn as one." in told
    assert "Each passage by both coders; a random order of each coder's own, seed 0." in told


def test_the_design_is_in_the_log_of_decisions(command: Command, seed: Path) -> None:
    assert command("round", "new", "main", "--coders", "amal,basim", "--double", "0.4").code == 0
    with open_project(seed, read_only=True) as project, project.reading() as connection:
        kinds = Counter(event.kind for event in read_events(connection))
    assert kinds["round_opened"] == 1
    assert kinds["passages_assigned"] == 2
    assert command("verify").code == 0
