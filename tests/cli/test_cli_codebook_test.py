"""`annotator codebook test`: differences by example, exit codes, JSON."""

import json
from pathlib import Path

import pytest
from cli_runs import Command

RIGHT = """\
codebook: perpetrators
examples:
- id: A1
  text: A mine killed three farmers.
  coding: {perpetrator: [mines], cause: [mine], killed: "3"}
"""


@pytest.mark.parametrize("name", ["claims", "perpetrators"])
def test_the_shipped_codebooks_pass_their_own_examples(command: Command, name: str) -> None:
    done = command("codebook", "test", name)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{name} 1.0.2: ")
    assert done.out.endswith("all as expected.\n")


def test_each_difference_is_named_with_its_example(command: Command) -> None:
    wrong = RIGHT.replace("[mines]", "[asleep]").replace("codebook:", "description: d\ncodebook:")
    Path("own.yaml").write_text(wrong + "  expect: [W3]\n")
    done = command("codebook", "test", "perpetrators", "own.yaml")
    assert done.code == 1
    assert done.out.splitlines() == [
        "own.yaml:4: A1: the coding is not valid: perpetrator: 'asleep' is none of its codes",
        "own.yaml:4: A1: W3 must fire and does not",
    ]
    assert done.sentence.startswith("1 of 1 example in own.yaml differ")


def test_json_says_the_same(command: Command) -> None:
    second = RIGHT.partition("examples:\n")[2].replace("A1", "A2") + "  expect: [W3]\n"
    Path("own.yaml").write_text(RIGHT + second)
    done = command("codebook", "test", "perpetrators", "own.yaml", "--json")
    assert done.code == 1
    found = json.loads(done.out)
    empty: list[str] = []
    assert found == {
        "codebook": "perpetrators",
        "version": "1.0.2",
        "examples": [
            {
                "id": name,
                "valid": not expected,
                "problems": [f"expect: the codebook has no check {one}" for one in expected],
                "expected": expected,
                "fired": empty,
                "missing": expected,
                "unexpected": empty,
            }
            for name, expected in (("A1", empty), ("A2", ["W3"]))
        ],
        "passed": 1,
        "failed": 1,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["claims", "nowhere.yaml"], "There is no file nowhere.yaml"),
        (["nothing"], 'There is no codebook "nothing"'),
        (["claims", "own.yaml"], "examples for the codebook perpetrators, not for claims"),
        (["own.yaml"], 'this codebook has no "version"'),
        (["perpetrators", "latin.yaml"], "latin.yaml:2: not UTF-8"),
        (["perpetrators", "."], "is not a file"),
    ],
)
def test_files_that_cannot_be_used_end_with_2(
    command: Command, arguments: list[str], said: str
) -> None:
    Path("own.yaml").write_text(RIGHT)
    Path("latin.yaml").write_bytes(b"codebook: c\nexamples: \xe9")
    done = command("codebook", "test", *arguments)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_without_examples_the_file_beside_the_codebook_is_taken(command: Command) -> None:
    Path("mine.yaml").write_text(
        "codebook: mine\nversion: 1.0.0\ntitle: Mine\n"
        "variables:\n- {id: killed, question: How many, type: count}\n"
    )
    assert "no mine_examples.yaml beside" in command("codebook", "test", "mine.yaml").sentence
    Path("mine_examples.yaml").write_text(
        "codebook: mine\nexamples:\n- {id: A1, text: Two died., coding: {killed: 2}}\n"
    )
    done = command("codebook", "test", "mine.yaml")
    assert (done.code, done.out) == (
        0,
        "mine 1.0.0: 1 example in mine_examples.yaml, all as expected.\n",
    )
