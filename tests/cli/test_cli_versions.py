"""`annotator codebook diff`, `adopt` and `show --html|--md`."""

import json
from pathlib import Path

import pytest
from cli_runs import CLAIMS, Command

from annotator.codebook.shipped import find_codebook

LIGHT = find_codebook("perpetrators").read_text(encoding="utf-8")


def edited(name: str, version: str, *edits: tuple[str, str]) -> Path:
    text = LIGHT.replace("version: 1.0.2", f"version: {version}")
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new)
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


RENAMED = ("- id: coalition\n", "- id: us_coalition\n        renamed_from: coalition\n")
REDEFINED = ("- id: isis\n", "- id: isis\n        redefined_in: 2.0.0\n")


def test_a_file_does_not_differ_from_itself(command: Command) -> None:
    done = command("codebook", "diff", "perpetrators", "perpetrators")
    assert done.code == 0
    assert done.out == "perpetrators 1.0.2 to 1.0.2: none; nothing changed.\n"
    data = json.loads(command("codebook", "diff", CLAIMS, CLAIMS, "--json").out)
    assert (data["level"], data["changes"], data["version_problem"]) == ("none", [], None)


def test_differences_are_named_with_their_level(command: Command) -> None:
    new = edited("new.yaml", "1.1.0", RENAMED)
    done = command("codebook", "diff", "perpetrators", new)
    assert (done.code, done.err) == (0, "")
    assert "perpetrators 1.0.2 to 1.1.0: minor" in done.out
    assert "perpetrator: coalition is now called us_coalition" in done.out
    data = json.loads(command("codebook", "diff", "perpetrators", new, "--json").out)
    assert data["least_version"] == "1.1.0"
    assert data["changes"][0] == {
        "level": "minor",
        "kind": "renamed",
        "item": "code",
        "of": "perpetrator",
        "old": ["coalition"],
        "new": ["us_coalition"],
        "sentence": "perpetrator: coalition is now called us_coalition",
        "look_again": False,
    }


def test_a_file_is_compared_with_the_projects_codebook(command: Command, demo: Path) -> None:
    new = edited("new.yaml", "1.1.0", RENAMED)
    told = command("codebook", "diff", "perpetrators", new, "--json").out
    assert command("codebook", "diff", new, "--json").out == told
    moved = demo.rename("moved.db")
    assert command("codebook", "diff", new, "--project", moved, "--json").out == told
    assert command("codebook", "adopt", new, "--project", moved).code == 0
    same = command("codebook", "diff", new, "--project", moved)
    assert (same.code, same.out) == (0, "perpetrators 1.1.0 to 1.1.0: none; nothing changed.\n")


def test_what_cannot_be_compared_is_told_in_a_sentence(command: Command, demo: Path) -> None:
    for arguments in (("diff", demo, "perpetrators"), ("diff", demo), ("show", demo)):
        done = command("codebook", *arguments)
        assert done.code == 2
        assert done.sentence == (
            f"{demo} is a project, not a codebook; a project is given with --project {demo}."
        )
    assert "is a project, not a codebook" in command("codebook", "adopt", demo).sentence
    other = command("codebook", "diff", "claims")
    assert (other.code, "claims is another codebook than perpetrators" in other.sentence) == (
        2,
        True,
    )
    many = command("codebook", "diff", "claims", "claims", "claims")
    assert (many.code, "and 3 are named" in many.sentence) == (2, True)
    alone = command("codebook", "diff", "claims", "--project", "none.db")
    assert (alone.code, "there is no project here" in alone.sentence) == (2, True)


def test_the_projects_codebook_comes_back_as_the_text_it_was_given(
    command: Command, demo: Path
) -> None:
    assert command("codebook", "show", "--yaml").out == LIGHT
    assert command("codebook", "show", "perpetrators", "--yaml").out == LIGHT
    new = edited("new.yaml", "1.1.0", RENAMED, ("version:", "# متى؟\nversion:"))
    assert command("codebook", "adopt", new).code == 0
    assert command("codebook", "show", "--yaml").out == new.read_text(encoding="utf-8")


def test_a_dry_run_of_adopting_says_what_it_would_do_and_does_nothing(
    command: Command, demo: Path
) -> None:
    new = edited("new.yaml", "2.0.0", RENAMED, REDEFINED)
    before = demo.read_bytes()
    arguments = ("codebook", "adopt", new, "--recode", "again")
    tried = command(*arguments, "--dry-run")
    data = json.loads(command(*arguments, "--dry-run", "--json").out)
    assert demo.read_bytes() == before
    done = command(*arguments)
    assert (tried.code, done.code) == (0, 0)
    assert "perpetrators 1.0.2 to 2.0.0: major" in tried.out
    assert "new rounds would use perpetrators 2.0.0 from then on" in tried.out
    assert "Round again would be opened with just these.\nNothing was changed." in tried.out
    assert table(tried.out) == table(done.out)
    assert (data["done"], data["adopted"], data["recode"]) == (False, True, "again")
    every = json.loads(command("passages", "--json").out)
    titles = {row["report"]: row["title"] for row in every}
    places = [(one["report"], one["passage"]) for one in data["look_again"]]
    assert places == [
        place for row in every if (place := (row["report"], row["passage"])) in places
    ]
    rows = [row for row in table(tried.out) if not row.startswith(" ")]
    assert [row[:20] for row in rows] == [titles[report][:20] for report, _ in places]
    low = edited("low.yaml", "1.0.2", RENAMED)
    assert command("codebook", "adopt", low, "--dry-run").code == 2


def table(out: str) -> list[str]:
    """The passages to look at again, as they are listed."""
    rows = out[out.index("with codings to look at again") :].splitlines()[3:]
    return rows[: rows.index("")]


def test_a_number_that_is_too_low_ends_the_comparison_with_1(command: Command) -> None:
    new = edited("new.yaml", "1.0.2", RENAMED)
    for more in ([], ["--json"]):
        done = command("codebook", "diff", "perpetrators", new, *more)
        assert done.code == 1
        assert done.sentence.endswith("write version: 1.1.0.")
        assert "coalition" in done.out


def test_adopting_says_what_changed_and_opens_a_round_to_recode(
    command: Command, demo: Path
) -> None:
    before = command("codings", "export", "before.jsonl")
    assert before.code == 0
    new = edited("new.yaml", "2.0.0", RENAMED, REDEFINED)
    low = edited("low.yaml", "1.9.0", REDEFINED, ("redefined_in: 2.0.0", "redefined_in: 1.9.0"))
    refused = command("codebook", "adopt", low)
    assert (refused.code, "write version: 2.0.0" in refused.sentence) == (2, True)
    taken = command("codebook", "adopt", new, "--recode", "main")
    assert (taken.code, "already a round named main" in taken.sentence) == (2, True)
    done = command("codebook", "adopt", new, "--recode", "again")
    assert done.code == 0, done.err
    assert "new rounds use perpetrators 2.0.0 from now on" in done.out
    assert "isis has another meaning since 2.0.0" in done.out
    assert "annotator code --coder NAME --round again" in done.out
    assert command("verify").code == 0
    command("codings", "export", "after.jsonl")
    assert Path("after.jsonl").read_bytes() == Path("before.jsonl").read_bytes()
    rows = json.loads(command("round", "list", "--json").out)
    assert [(row["round"], row["purpose"], row["codebook_version"]) for row in rows] == [
        ("main", "main", "1.0.2"),
        ("again", "recode", "2.0.0"),
    ]
    data = json.loads(command("codebook", "adopt", new, "--json").out)
    assert [row["passages"] for row in rows] == [None, len(data["look_again"])]
    assert (data["adopted"], data["diff"]["changes"], data["recode"]) == (False, [], None)
    assert data["look_again"]
    told = command("codebook", "adopt", new).out
    assert "this is the project's codebook already" in told
    assert "--recode NAME" in told


def test_a_recode_round_is_not_opened_for_nothing(command: Command, demo: Path) -> None:
    new = edited("new.yaml", "1.1.0", RENAMED)
    done = command("codebook", "adopt", new, "--recode", "again")
    assert done.code == 0
    assert "so the round again was not opened" in done.out
    assert len(json.loads(command("round", "list", "--json").out)) == 1


def test_a_codebook_is_shown_as_a_page(command: Command) -> None:
    html = command("codebook", "show", "perpetrators", "--html")
    assert html.out.startswith("<!DOCTYPE html>")
    markdown = command("codebook", "show", CLAIMS, "--md")
    assert markdown.out.startswith("# Claims, small\n")
    both = command("codebook", "show", "perpetrators", "--html", "--md")
    assert (both.code, both.sentence) == (2, "Choose one of --html, --md and --yaml.")


def test_the_projects_codebook_is_shown_as_a_page_too(command: Command, seed: Path) -> None:
    assert "<h1" in command("codebook", "show", "--html").out


@pytest.mark.parametrize("more", [[], ["--codebook-version", "1.0.0"]])
def test_mixing_versions_is_for_projects_and_for_all_versions(
    command: Command, demo: Path, more: list[str]
) -> None:
    done = command("agreement", "--mix-versions", *more)
    assert done.code == (2 if more else 0)
    Path("r.csv").write_text("a,b\nx,y\n")
    refused = command("agreement", "r.csv", "--mix-versions")
    assert "--mix-versions is for a project" in refused.sentence
