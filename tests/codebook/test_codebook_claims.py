"""The claims codebook: its questions, codes and defaults are those of the specification."""

from datetime import date

import pytest

from annotator.codebook.model import Codebook, EvidenceRule, VariableType
from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook

OF_A_CLAIM = """
incident kind claim_type act_mode victims total children women men counted_unit roles place
place_precision date death_date flags part_of updates same_as contradicts
"""

TREES = {
    "perpetrator": {
        "syr": "syr_air syr_heli syr_ground syr_militia syr_sec",
        "opp": "opp_hts opp_sna",
        "tur": "tur_border",
        "": "syr ally rus coa sdf isis opp tur oth_state oth_group unk none",
    },
    "cause": {
        "bombard": "air_strike shell",
        "air_strike": "air_barrel air_heli air_drone",
        "ied": "vbied",
        "": "bombard mine ied sniper small_arms clash exec detention abduct assault chem siege"
        " flight other unspec unk_circ none",
    },
}

KEYS = {
    "perpetrator": "s a h g m d l r c k i o n j t b e y u 0",
    "cause": "p a b h d s m i v n g x e t q k c w f o u z 0",
    "kind": "k i c m d",
    "claim_type": "i t s u r d",
    "act_mode": "s j a p",
    "attribution": "f h i d n",
    "victims": "1 2 3 4 5 6 7 8 9",
    "source_type": "p a w m g b s n o u x z",
    "place_precision": "1 2 3 4 5 9",
}


@pytest.fixture(scope="module")
def claims() -> Codebook:
    return read_codebook(find_codebook("claims"))


def test_its_units_and_variables_have_the_ids_of_the_specification(claims: Codebook) -> None:
    asked = {
        unit.id: {variable.id for variable in claims.variables_of(unit.id)} for unit in claims.units
    }
    assert asked == {
        "passage": set(),
        "claim": set(OF_A_CLAIM.split()),
        "act": {"perpetrator", "cause", "attribution", "munition"},
        "source": {"source_type", "source_name"},
    }
    for name in ("part_of", "updates", "same_as", "contradicts"):
        assert claims.variable(name).type is VariableType.LINK
        assert claims.variable(name).link_to == "claim"


def test_a_claim_needs_evidence_and_its_absence_a_reason(claims: Codebook) -> None:
    unit = claims.unit("claim")
    assert unit.evidence is EvidenceRule.REQUIRED
    assert {reason.id: reason.key for reason in unit.none_reasons} == {
        "no_harm": "n",
        "context": "c",
        "out_of_scope": "o",
        "unreadable": "u",
    }


@pytest.mark.parametrize("name", TREES)
def test_its_codes_stand_in_the_tree_of_the_specification(claims: Codebook, name: str) -> None:
    found: dict[str, list[str]] = {}
    for code in claims.variable(name).codes:
        found.setdefault(code.parent, []).append(code.id)
    assert {parent: " ".join(ids) for parent, ids in found.items()} == TREES[name]


@pytest.mark.parametrize("name", KEYS)
def test_its_keys_are_those_of_the_specification(claims: Codebook, name: str) -> None:
    assert " ".join(code.key for code in claims.variable(name).codes) == KEYS[name]


def test_codes_bound_in_time_have_their_windows(claims: Codebook) -> None:
    windows = {
        code.id: code.valid_from
        for variable in claims.variables
        for code in variable.codes
        if code.valid_from or code.valid_to
    }
    assert windows == {
        "rus": date(2015, 9, 30),
        "coa": date(2014, 9, 22),
        "sdf": date(2015, 10, 1),
        "isis": date(2013, 4, 1),
        "opp_hts": date(2012, 1, 1),
        "opp_sna": date(2016, 8, 1),
        "air_barrel": date(2012, 1, 1),
    }


def test_a_plain_killing_is_answered_by_defaults(claims: Codebook) -> None:
    defaults = {variable.id: variable.default for variable in claims.variables if variable.default}
    no_number = {"state": "not_stated"}
    assert defaults == {
        "incident": "e1",
        "act_mode": "single",
        "counted_unit": "persons",
        "attribution": "firm",
        "source_type": "publisher",
        **dict.fromkeys(("total", "children", "women", "men"), no_number),
    }


def test_every_code_says_what_it_is_and_fits_the_picker(claims: Codebook) -> None:
    for variable in claims.variables:
        for code in variable.codes:
            assert code.definition.endswith("."), (variable.id, code.id)
            assert len(code.label) <= 30, code.label
            assert code.key, (variable.id, code.id)
    for name in ("perpetrator", "cause"):
        for code in claims.variable(name).codes:
            assert all((code.include, code.exclude, code.examples, code.not_examples)), code.id
    for name in ("perpetrator", "cause", "victims", "kind"):
        for code in claims.variable(name).codes:
            assert code.cues["en"], code.id
            assert code.cues["ar"], code.id


def test_no_sentence_was_cut_by_a_comma(claims: Codebook) -> None:
    for variable in claims.variables:
        for code in variable.codes:
            if len(code.examples) > 1 or code.include:
                for text in code.include + code.exclude + code.examples + code.not_examples:
                    assert text.endswith("."), text
