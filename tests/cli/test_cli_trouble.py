"""`annotator codebook trouble` as leads and programs run it."""

import json
from pathlib import Path
from shutil import copyfile

import pytest
from cli_runs import Command

from known_truth import KnownTruth, known_truth_project


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> KnownTruth:
    return known_truth_project(tmp_path_factory.mktemp("light") / "light.db", passages=120)


def test_codes_and_questions_are_ranked_and_the_next_commands_are_told(
    command: Command, known: KnownTruth
) -> None:
    done = command("codebook", "trouble", "--project", known.path)
    assert done.code == 0
    told = json.loads(command("codebook", "trouble", "--json", "--project", known.path).out)
    codes = [one for one in told["entries"] if one["kind"] == "code"]
    shown = [
        line.split()[:2]
        for line in done.out.splitlines()
        if line.startswith(("perpetrator:", "cause:"))
    ]
    named = [[f"{one['variable']}:{one['id']}", str(one["score"])] for one in codes]
    assert shown[:10] == named[:10]
    for following in (
        "codebook show --yaml > FILE",
        "codebook check FILE",
        "codebook diff FILE\n",
        "codebook adopt FILE --recode NAME --dry-run",
    ):
        assert f"annotator {following}" in done.out


def test_an_entry_lists_its_passages_with_what_was_said(
    command: Command, known: KnownTruth
) -> None:
    arguments = ("codebook", "trouble", "--code", "regime_air", "--project", str(known.path))
    told = json.loads(command(*arguments, "--json").out)["entries"]
    assert [one["id"] for one in told] == ["regime_air"]
    done = command(*arguments)
    assert done.out.count("\nmain ") == len(told[0]["signs"])
    assert f"trouble in {told[0]['passages']} passages" in done.out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--code", "zork"), "has no entry “zork”; `annotator codebook show` shows all there are."),
        (("--code", "regimeair"), "has no entry “regimeair”; did you mean perpetrator:regime_air"),
        (("--code", "perpetrator:regme_air"), "did you mean perpetrator:regime_air"),
        (("--code", "Casue"), "did you mean cause"),
        (("--round", "none"), "no round named none"),
    ],
)
def test_what_is_not_there_is_refused_in_a_sentence(
    command: Command, known: KnownTruth, arguments: tuple[str, ...], says: str
) -> None:
    done = command("codebook", "trouble", *arguments, "--project", known.path)
    assert done.code == 2
    assert says in done.sentence


def test_an_entry_without_trouble_is_told_from_one_that_is_not_there(
    command: Command, known: KnownTruth
) -> None:
    project = ("--project", known.path)
    told = json.loads(command("codebook", "trouble", "--json", *project).out)["entries"]
    troubled = {(one["variable"], one["id"]) for one in told}
    variables = known.codebook.variables
    every = [(variable.id, code.id) for variable in variables for code in variable.codes]
    calm = ":".join(next(one for one in every if one not in troubled))
    done = command("codebook", "trouble", "--code", calm, *project)
    assert (done.code, f"“{calm}” causes no trouble that can be seen" in done.sentence) == (2, True)


def test_nothing_coded_is_no_trouble(command: Command, tmp_path: Path) -> None:
    known = known_truth_project(tmp_path / "bare.db", passages=5, codings=0)
    done = command("codebook", "trouble", "--project", known.path)
    assert done.code == 0
    assert "No sign of trouble." in done.out
    assert "adopt" not in done.out


def test_the_version_that_was_coded_under_is_told_from_the_one_adopted_since(
    command: Command, known: KnownTruth, tmp_path: Path
) -> None:
    ours = Path(copyfile(known.path, tmp_path / "ours.db"))
    before = command("codebook", "trouble", "--project", ours).out.splitlines()[0]
    assert before == f"perpetrators {known.codebook.version}: 120 coded passages, round: main"
    text = known.codebook.source.replace(f"version: {known.codebook.version}", "version: 1.9.0")
    Path("next.yaml").write_text(text, encoding="utf-8")
    assert command("codebook", "adopt", "next.yaml", "--project", ours).code == 0
    after = command("codebook", "trouble", "--project", ours).out.splitlines()[0]
    assert after == (
        f"perpetrators {known.codebook.version} (coded under this version; the project's is "
        "perpetrators 1.9.0 now): 120 coded passages, round: main"
    )
