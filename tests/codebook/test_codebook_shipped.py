"""The shipped codebook, the template, the schema and the documentation."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from annotator.codebook.model import Codebook, VariableType
from annotator.codebook.problems import CodebookErrors
from annotator.codebook.reader import parse_codebook, read_codebook
from annotator.codebook.schema import field_tables, json_schema, schema_text, with_field_tables
from annotator.codebook.shipped import find_codebook, shipped_codebooks
from annotator.codebook.show import show
from annotator.codebook.template import new_codebook
from annotator.errors import AnnotatorError

ROOT = Path(__file__).parents[2]
CLAIMS = Path(__file__).parent / "data" / "claims.yaml"


@pytest.fixture(scope="module")
def perpetrators() -> Codebook:
    return read_codebook(find_codebook("perpetrators"))


def test_the_light_codebook_lists_the_perpetrators_of_the_mission_in_order(
    perpetrators: Codebook,
) -> None:
    assert " ".join(code.id for code in perpetrators.variable("perpetrator").codes) == (
        "regime_air regime_barrel regime_shelling regime_gunmen regime_detention russia_air"
        " coalition sdf opposition isis mines turkish_border other unknown"
    )


def test_the_light_codebook_asks_who_how_and_how_many(perpetrators: Codebook) -> None:
    asked = {variable.id: variable.type for variable in perpetrators.variables}
    assert asked == {
        "perpetrator": VariableType.CODES,
        "cause": VariableType.CODES,
        "killed": VariableType.COUNT,
        "children": VariableType.COUNT,
        "women": VariableType.COUNT,
    }
    for name in ("killed", "children", "women"):
        assert perpetrators.variable(name).default == {"state": "not_stated"}


def test_every_code_of_the_light_codebook_says_what_it_is(perpetrators: Codebook) -> None:
    for variable in perpetrators.variables:
        for code in variable.codes:
            assert all((code.key, code.definition, code.include, code.exclude, code.examples)), code
            assert code.cues["en"], code
            assert code.cues["ar"], code


def test_no_key_of_the_light_codebook_is_used_twice(perpetrators: Codebook) -> None:
    keys = {
        name: [code.key for code in perpetrators.variable(name).codes]
        for name in ("perpetrator", "cause")
    }
    everything = keys["perpetrator"] + keys["cause"]
    assert len(everything) == len(set(everything))
    assert all(key.isalpha() for key in keys["perpetrator"])


def test_sentences_of_the_light_codebook_are_whole(perpetrators: Codebook) -> None:
    """A comma inside brackets cuts a sentence in two, and only its last part ends with a stop."""
    for variable in perpetrators.variables:
        for code in variable.codes:
            for text in code.include + code.exclude + code.examples + code.not_examples:
                assert text.endswith("."), text


def test_a_codebook_is_found_by_path_first_then_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_codebook("perpetrators") == shipped_codebooks()["perpetrators"]
    own = tmp_path / "perpetrators"
    own.write_text("codebook: mine\n")
    assert find_codebook("perpetrators") == Path("perpetrators")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("perpetrator", 'did you mean "perpetrators"?'),
        ("zzz", "shipped are claims or perpetrators"),
        ("folder/claims.yaml", "There is no file folder/claims.yaml"),
        ("a\0b", "There is no codebook"),
    ],
)
def test_a_codebook_that_is_not_there_gets_a_sentence(name: str, said: str) -> None:
    with pytest.raises(AnnotatorError) as caught:
        find_codebook(name)
    assert said in caught.value.sentence


def test_a_path_with_a_slip_names_the_file_beside_it(tmp_path: Path) -> None:
    (tmp_path / "aleppo.yaml").write_text("x")
    with pytest.raises(AnnotatorError, match=r'did you mean "aleppo\.yaml"'):
        find_codebook(str(tmp_path / "alepo.yaml"))


@pytest.mark.parametrize("title", ["Who killed", 'A: "quoted" # title {x}', "عنوان", "no", "1"])
def test_the_template_is_a_valid_codebook(title: str) -> None:
    codebook = parse_codebook(new_codebook("my-book", title), "new")
    assert (codebook.id, codebook.title) == ("my-book", title)
    assert {variable.type for variable in codebook.variables} >= {"code", "codes", "count"}
    assert codebook.variable("perpetrator").when is not None


def test_the_template_stays_valid_with_its_unit_uncommented() -> None:
    text = new_codebook("my-book", "T")
    before, _, after = text.partition("# units:")
    unit = re.sub(r"^# ?", "", "# units:" + after, flags=re.MULTILINE)
    assert [unit.id for unit in parse_codebook(before + unit, "new").units] == [
        "passage",
        "killing",
    ]


@pytest.mark.parametrize("book_id", ["My Book", "", "a\nvariables: x", "no way"])
def test_the_template_refuses_an_id_that_cannot_be_used(book_id: str) -> None:
    with pytest.raises(CodebookErrors):
        new_codebook(book_id, "T")


def test_showing_prints_keys_definitions_rules_and_the_tree() -> None:
    text = show(read_codebook(CLAIMS), width=120)
    for words in (
        "Unit claim: Claim (in passage, evidence required)",
        "[n] No harm reported (no_harm)",
        "only when perpetrator is state or group and kind is killing",
        "   [s] State (state)",
        "     [a] State air force (state_air)",
        "use for: Jets",
        "not for: Aircraft of unknown side.",
        "for events: from 2011-03-15 to 2024-12-08",
        "Feared dead (feared) (retired)",
        "default not_stated",
    ):
        assert words in text


@pytest.mark.parametrize("width", [0, 40, 80, 200])
def test_showing_keeps_to_the_width(perpetrators: Codebook, width: int) -> None:
    assert max(map(len, show(perpetrators, width).splitlines())) <= max(width, 40)


def accepts(schema: dict[str, Any], value: object, root: dict[str, Any]) -> bool:
    """Whether a value fits a schema, for the keywords that the schema of codebooks uses."""
    if "$ref" in schema:
        return accepts(root["$defs"][schema["$ref"].removeprefix("#/$defs/")], value, root)
    if "anyOf" in schema and not any(accepts(one, value, root) for one in schema["anyOf"]):
        return False
    if "enum" in schema and value not in schema["enum"]:
        return False
    if "type" in schema:
        types: dict[str, type | tuple[type, ...]] = {
            "string": str,
            "number": (int, float),
            "boolean": bool,
            "array": list,
            "object": dict,
        }
        names = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        if not any(
            isinstance(value, types[name]) and isinstance(value, bool) <= (name == "boolean")
            for name in names
        ):
            return False
    if isinstance(value, str):
        return len(value) >= schema.get("minLength", 0) and bool(
            re.search(schema.get("pattern", ""), value)
        )
    if isinstance(value, list):
        return len(value) >= schema.get("minItems", 0) and all(
            accepts(schema.get("items", {}), item, root) for item in value
        )
    if isinstance(value, dict):
        known = schema.get("properties", {})
        other = schema.get("additionalProperties", {})
        return (
            len(value) >= schema.get("minProperties", 0)
            and all(name in value for name in schema.get("required", []))
            and all(accepts(schema.get("propertyNames", {}), name, root) for name in value)
            and all(
                accepts(known[name], item, root)
                if name in known
                else (other is not False and accepts(other, item, root))
                for name, item in value.items()
            )
        )
    return True


def loaded(text: str) -> Any:
    """A file as an editor sees it, with dates as text."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plain(item) for name, item in value.items()}
        if isinstance(value, list):
            return [plain(item) for item in value]
        return value.isoformat() if isinstance(value, date) else value

    return plain(yaml.safe_load(text))


def test_the_schema_accepts_what_the_reader_accepts() -> None:
    schema = json_schema()
    texts = [path.read_text(encoding="utf-8") for path in shipped_codebooks().values()]
    for text in [*texts, CLAIMS.read_text(encoding="utf-8"), new_codebook("a", "T")]:
        assert accepts(schema, loaded(text), schema)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("version: 2.1.0", "version: 2.1"),
        ("type: scale", "type: skale"),
        ("title:", "titel:"),
        ("codebook: test-claims", "codebook: Test Claims"),
        ('key: "1"', "key: AB"),
        ("required: true", "required: maybe"),
        ("cues: {en:", "cues: {English language:"),
        ("in: claim, label", "within: claim, label"),
        ("{state: not_stated}", "{state: stated}"),
        ("2016-03-01", "{value: 1}"),
        ("to: claim}", "to: 1}"),
        ("min: 0", "min: none"),
    ],
)
def test_the_schema_and_the_reader_refuse_the_same_slips(right: str, wrong: str) -> None:
    text = CLAIMS.read_text(encoding="utf-8")
    assert right in text
    changed = text.replace(right, wrong, 1)
    schema = json_schema()
    assert not accepts(schema, loaded(changed), schema)
    with pytest.raises(CodebookErrors):
        parse_codebook(changed, "f")


def test_the_schema_in_the_documentation_is_up_to_date() -> None:
    path = ROOT / "docs" / "codebook.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text()
    assert json.loads(schema_text())["$schema"].endswith("2020-12/schema")


def test_the_field_tables_in_the_documentation_are_up_to_date() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    assert with_field_tables(page) == page
    assert field_tables() in page


def test_a_page_without_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="fields:start"):
        with_field_tables("# Page\n")


def test_the_codebooks_in_the_documentation_are_valid() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    shown = re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)
    books = [text for text in shown if "\nvariables:" in text]
    assert len(books) >= 2
    for text in books:
        parse_codebook(text, "docs")
