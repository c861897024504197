"""The documented schema of `annotator agreement --json`, against what the command prints."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotator.cli.run import run
from annotator.exchange.agreement_schema import agreement_schema, agreement_schema_text
from generated_claims import Rates, project

TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "number": (int, float),
    "integer": (int,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
}
WEEKS = "unit,coder,value,round\n" + "".join(
    f"{unit},{coder},{'ab'[(unit + (unit % slip == 0)) % 2]},r{unit // 30}\n"
    for unit in range(60)
    for coder, slip in (("amal", 61), ("basim", 7), ("carla", 5))
)


def problems(data: Any, schema: dict[str, Any], where: str = "") -> Iterator[str]:
    """What of some data does not fit a schema, for the keywords that this one uses."""
    unknown = set(schema) - {
        *("$ref", "$schema", "$defs", "title", "description", "anyOf", "enum", "type"),
        *("minimum", "properties", "required", "additionalProperties", "items"),
    }
    assert not unknown, unknown
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        yield from problems(data, agreement_schema()["$defs"][name], where)
    if "anyOf" in schema:
        found = [list(problems(data, one, where)) for one in schema["anyOf"]]
        if all(found):
            yield from min(found, key=len)
    if "enum" in schema and data not in schema["enum"]:
        yield f"{where}: {data!r}"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if kinds and not any(
        isinstance(data, TYPES[kind]) and not isinstance(data, bool) for kind in kinds
    ):
        yield f"{where}: {data!r} is no {kinds}"
    if "minimum" in schema and data < schema["minimum"]:
        yield f"{where}: {data}"
    if isinstance(data, dict):
        known = schema.get("properties", {})
        yield from (
            f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in data
        )
        for name, value in data.items():
            if name in known:
                yield from problems(value, known[name], f"{where}.{name}")
            elif schema.get("additionalProperties") is False:
                yield f"{where}.{name} is not in the schema"
    if isinstance(data, list) and "items" in schema:
        for place, value in enumerate(data):
            yield from problems(value, schema["items"], f"{where}[{place}]")


@pytest.fixture(scope="module")
def of_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("claims") / "claims.db", 30, rates=Rates(), seed=5)


def printed(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    assert run(["agreement", *arguments, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


def test_what_is_printed_of_a_project_fits_the_schema(
    capsys: pytest.CaptureFixture[str], of_project: Path
) -> None:
    by = [each for kind in ("code", "coder", "week", "round") for each in ("--by", kind)]
    found = printed(capsys, str(of_project), *by, "--coefficients", "all")
    of = agreement_schema()["anyOf"][0]
    assert list(problems(found, of)) == []
    assert all(found[name] for name in ("variables", "records", "coders", "strata", "spans"))
    assert list(problems({**found, "round": 1}, of)) == [".round: 1 is no ['string']"]
    found["variables"][0]["estimates"][0].pop("reason")
    assert list(problems(found, of)) == [".variables[0].estimates[0].reason is missing"]


def test_what_is_printed_of_a_file_fits_the_schema(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "ratings.csv").write_text(WEEKS)
    by = ("--by", "round", "--by", "coder", "--by", "code")
    found = printed(capsys, str(tmp_path / "ratings.csv"), *by)
    assert list(problems(found, agreement_schema()["anyOf"][1])) == []
    assert found["strata"][0]["changes"]


def test_the_schema_on_file_is_in_step() -> None:
    path = Path(__file__).parents[2] / "docs" / "agreement.schema.json"
    assert path.read_text(encoding="utf-8") == agreement_schema_text(), "run `make docs`"
