"""Every published value to its printed digits, from the command as scripts call it."""

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from cli_runs import Command

from published_agreement import EACH_VALUE, is_printed


@pytest.mark.parametrize(
    ("case", "expected"), [param for param in EACH_VALUE if "code" not in param.values[1]]
)
def test_the_command_gives_the_published_value(
    command: Command, tmp_path: Path, case: dict[str, Any], expected: dict[str, Any]
) -> None:
    path = tmp_path / "ratings.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["unit", *(f"c{place}" for place in range(len(case["ratings"][0])))])
        for number, row in enumerate(case["ratings"], start=1):
            cells = ["|".join(value) or "{}" if isinstance(value, list) else value for value in row]
            writer.writerow([number, *cells])
    arguments = ["--level", expected["level"]]
    for option in ("weights", "distance"):
        if option in expected:
            arguments += [f"--{option}", expected[option]]
    done = command("agreement", path, *arguments, "--json")
    assert done.code == 0, done.err
    (found,) = [one for one in json.loads(done.out)["estimates"] if one["name"] == expected["name"]]
    if expected.get("field") == "se":
        assert found["se_method"] == "analytic"
    assert is_printed(found[expected.get("field", "value")], found["reason"], expected)
