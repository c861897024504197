import json

import pytest
from work_projects import BOOK, codebook, project_of, submit

from annotator.agreement import Ratings, estimates, per_code
from annotator.errors import AnnotatorError, WorkProblem
from annotator.store.rounds import open_round, rounds
from annotator.work.compared_versions import comparable
from annotator.work.reliability import reliability
from annotator.work.variable_agreement import COEFFICIENTS, FREE_TEXT, Choices


@pytest.fixture
def project(tmp_path):
    made, _ = project_of(tmp_path, 6)
    with made:
        yield made


def code_all(project, **codings):
    """Submit codings by coder; None is a passage the coder leaves alone."""
    main = rounds(project)[0]
    for coder, forms in codings.items():
        given = [(number, form) for number, form in enumerate(forms, 1) if form is not None]
        submit(project, main, coder, *given)


def of(found, variable):
    return next(one for one in found.variables if one.variable == variable)


def values(found, variable):
    return {one.name: one.value for one in of(found, variable).estimates}


# --- which passages and codings count ------------------------------------------------------------


def test_only_passages_coded_by_two_or_more_count(project):
    code_all(
        project,
        ana=[{"kind": "daily"}, {"kind": "daily"}, {"kind": "total"}, {"kind": "daily"}],
        bob=[{"kind": "daily"}, {"kind": "total"}, None, {"kind": "daily"}],
        cem=[{"kind": "daily"}, None, None, None, {"kind": "daily"}],
    )
    found = reliability(project)
    assert (found.n_compared, found.n_coders) == (3, 3)
    assert found.as_json()["passages"] == {
        "compared": 3,
        "coded_by_1": 2,
        "coded_by_2": 2,
        "coded_by_3_or_more": 1,
    }
    alpha = of(found, "kind").estimates[1]
    assert (alpha.n_units, alpha.n_coders, alpha.n_values) == (3, 3, 7)


def test_first_codings_count_unless_the_latest_are_asked_for(project):
    code_all(project, ana=[{"kind": "daily"}] * 2, bob=[{"kind": "daily"}, {"kind": "total"}])
    code_all(project, bob=[None, {"kind": "daily"}])
    assert values(reliability(project), "kind")["percent_agreement"] == 0.5
    latest = reliability(project, which="latest")
    assert values(latest, "kind")["percent_agreement"] == 1.0
    assert of(latest, "kind").estimates[1].reason == "no_variation"


def test_a_round_without_two_codings_of_a_passage_is_a_problem_of_the_work(project):
    code_all(project, ana=[{"kind": "daily"}], bob=[None, {"kind": "daily"}])
    with pytest.raises(WorkProblem, match="two coders"):
        reliability(project)


def test_a_round_that_does_not_exist_is_refused(project):
    with pytest.raises(AnnotatorError, match="main"):
        reliability(project, "other")


def test_codings_that_are_neither_first_nor_latest_are_refused(project):
    with pytest.raises(AnnotatorError, match="first or latest"):
        reliability(project, which="all")


# --- each type at its level ----------------------------------------------------------------------


def test_codes_are_compared_as_sets_with_masi_or_jaccard(project):
    sets_of = {
        "ana": [["regime"], [], ["regime", "isis"], ["mines"], ["russia"]],
        "bob": [["regime", "russia"], [], ["isis"], ["mines"], ["regime"]],
    }
    code_all(project, **{who: [{"actors": one} for one in said] for who, said in sets_of.items()})
    rows = [
        [frozenset(one), frozenset(other)]
        for one, other in zip(sets_of["ana"], sets_of["bob"], strict=True)
    ]
    members = ["regime", "russia", "isis", "mines"]
    ratings = Ratings.from_rows(rows, ["ana", "bob"], level="set", categories=members)
    for distance in ("masi", "jaccard"):
        found = of(reliability(project, choices=Choices(distance=distance)), "actors")
        expected = estimates(ratings, "set", distance=distance, names=COEFFICIENTS)
        for field in ("value", "ci_low", "ci_high"):
            assert {one.name: getattr(one, field) for one in found.estimates} == pytest.approx(
                {one.name: getattr(one, field) for one in expected}
            )
    assert [one.estimate for one in found.codes] == per_code(ratings, "set")
    assert [one.label for one in found.codes] == ["Regime", "Russia", "Islamic State", "Mines"]


def test_a_code_is_nominal_and_a_state_is_a_value_of_its_own(project):
    unknown = {"kind": {"state": "unknown"}}
    code_all(
        project,
        ana=[{"kind": "daily"}, {"kind": "unknown"}, unknown, {"kind": "daily"}],
        bob=[{"kind": "daily"}, unknown, unknown, {"kind": "total"}],
    )
    found = of(reliability(project), "kind")
    rows = [["daily", "daily"], ["unknown", "?"], ["?", "?"], ["daily", "total"]]
    expected = estimates(Ratings.from_rows(rows, ["ana", "bob"]), "nominal", names=COEFFICIENTS)
    assert {one.name: one.value for one in found.estimates} == {
        one.name: one.value for one in expected
    }
    assert [(one.estimate.code, one.label) for one in found.codes] == [
        ("daily", "Daily"),
        ("total", "Total"),
        ("unknown", "Unclear"),
        ("(unknown)", "(unknown)"),
    ]


def test_unused_codes_of_the_codebook_are_listed(project):
    code_all(project, ana=[{"kind": "daily"}] * 2, bob=[{"kind": "daily"}] * 2)
    found = of(reliability(project), "kind")
    assert [one.estimate.prevalence for one in found.codes] == [1.0, 0.0, 0.0]
    assert found.commonest is not None
    assert found.commonest.label == "Daily"


def test_inferred_marks_and_overrides_are_no_disagreement(project):
    marked = {
        "kind": {"value": "daily", "inferred": True},
        "overrides": [{"check": "W1", "record": "", "reason": "the text says so"}],
    }
    code_all(
        project,
        ana=[{"kind": "daily"}, {"kind": "total"}],
        bob=[marked, {"kind": {"value": "total", "inferred": True}}],
    )
    assert values(reliability(project), "kind")["alpha"] == 1.0


def test_a_scale_is_ordinal_in_the_order_of_the_codebook(project):
    ana, bob = ["low", "mid", "high", "high"], ["low", "high", "high", "low"]
    code_all(project, ana=[{"tone": one} for one in ana], bob=[{"tone": one} for one in bob])
    rows = list(map(list, zip(ana, bob, strict=True)))
    ratings = Ratings.from_rows(
        rows, ["ana", "bob"], level="ordinal", categories=["low", "mid", "high"]
    )
    found = of(reliability(project), "tone")
    assert found.level == "ordinal"
    assert found.estimates[1] == estimates(ratings, "ordinal", names=["alpha"])[0]


def test_a_count_is_ratio_on_its_best_figure_else_the_low_else_the_high_one(project):
    said = {
        "ana": ["9", "12 (10-20)", "10-15", "<=40", "v12"],
        "bob": ["~9", "12", "10+", "40", "14"],
    }
    code_all(project, **{who: [{"killed": one} for one in counts] for who, counts in said.items()})
    rows = [[9, 9], [12, 12], [10, 10], [40, 40], [12, 14]]
    ratings = Ratings.from_rows(rows, ["ana", "bob"], level="ratio")
    found = of(reliability(project), "killed")
    assert found.level == "ratio"
    assert "best" in found.basis
    alpha = estimates(ratings, "ratio", names=["alpha"])[0]
    assert found.estimates[1].value == pytest.approx(alpha.value)
    assert found.estimates[1].ci_low == pytest.approx(alpha.ci_low)


def test_a_count_that_one_coder_missed_shows_in_the_row_about_states(project):
    nothing_said = {"killed": {"state": "not_stated"}}
    code_all(
        project,
        ana=[{"killed": "9"}, {"killed": "9"}, nothing_said, {}],
        bob=[{"killed": "9"}, nothing_said, {"killed": "3"}, {}],
    )
    found = reliability(project)
    assert of(found, "killed").estimates[0].n_units == 1
    assert "In 2 passages" in of(found, "killed").note
    states = of(found, "killed (stated?)")
    rows = [["s", "s"], ["s", "n"], ["n", "s"], ["-", "-"]]
    expected = estimates(Ratings.from_rows(rows, ["ana", "bob"]), "nominal", names=COEFFICIENTS)
    assert values(found, "killed (stated?)") == {one.name: one.value for one in expected}
    assert [one.label for one in states.codes] == ["(stated)", "(not stated)", "(no answer)"]


def test_a_number_is_interval_and_a_date_and_a_yes_or_no_are_nominal(project):
    code_all(
        project,
        ana=[{"share": 1, "day": "2016-12-21", "mention": False}, {"share": 5, "day": "2016-12"}],
        bob=[{"share": 1.0, "day": "2016-12-21", "mention": False}, {"share": 7, "day": "2016"}],
    )
    found = reliability(project)
    ratings = Ratings.from_rows([[1, 1], [5, 7]], ["ana", "bob"], level="interval")
    expected = estimates(ratings, "interval", names=["alpha"])[0]
    assert values(found, "share")["alpha"] == pytest.approx(expected.value)
    assert values(found, "day")["percent_agreement"] == 0.5
    assert of(found, "mention").estimates[0].n_units == 1
    levels = {one.variable: one.level for one in found.variables}
    assert (levels["share"], levels["day"], levels["mention"]) == ("interval", "nominal", "nominal")


def test_an_answer_against_no_answer_is_counted_in_the_note(project):
    code_all(project, ana=[{"kind": "daily"}] * 2, bob=[{"kind": "daily"}, {}])
    found = of(reliability(project), "kind")
    assert "In 1 passage some coders answered" in found.note
    assert found.estimates[0].n_units == 1


def test_text_is_not_compared_and_the_row_says_why(project):
    code_all(project, ana=[{"remark": "a"}], bob=[{"remark": "b"}])
    found = reliability(project)
    assert {one.variable: one.reason for one in found.variables if one.reason} == {
        "remark": FREE_TEXT
    }
    assert all(one.note for one in found.variables if one.reason)


# --- records -------------------------------------------------------------------------------------


def test_codes_in_records_are_compared_as_the_set_over_the_passage(project):
    def acts(*perpetrators):
        return {"claim": [{"act": [{"perpetrator": one}]} for one in perpetrators]}

    code_all(
        project,
        ana=[acts("regime", "isis"), acts("isis"), {"none": "context"}, {"none": "context"}],
        bob=[acts("isis", "regime", "isis"), acts("regime"), acts("isis"), {"none": "context"}],
    )
    found = of(reliability(project), "perpetrator")
    both, none = frozenset({"regime", "isis"}), frozenset()
    rows = [
        [both, both],
        [frozenset({"isis"}), frozenset({"regime"})],
        [none, frozenset({"isis"})],
        [none, none],
    ]
    ratings = Ratings.from_rows(rows, ["ana", "bob"], level="set", categories=["regime", "isis"])
    expected = {one.name: one.value for one in estimates(ratings, "set", names=COEFFICIENTS)}
    assert {one.name: one.value for one in found.estimates} == pytest.approx(expected)
    assert "passage projection" in found.basis
    assert found.estimates[0].n_units == 4


# --- codebook versions ---------------------------------------------------------------------------


def books(*versions):
    made = [codebook(BOOK.replace("version: 1.0.0", f"version: {one}")) for one in versions]
    return {book.sha256: book for book in made}


def chosen(*versions, version=None):
    return [book.version for book in comparable(books(*versions), "main", version).values()]


def test_a_minor_change_of_the_codebook_keeps_codings_together():
    assert chosen("1.0.0", "1.10.0", "1.9.1") == ["1.0.0", "1.10.0", "1.9.1"]


def test_a_major_change_of_the_codebook_must_be_resolved_by_choosing_a_side():
    with pytest.raises(AnnotatorError, match=r"claims 1\.0\.0, claims 1\.1\.0, claims 2\.0\.0"):
        chosen("2.0.0", "1.0.0", "1.1.0")
    assert chosen("2.0.0", "1.0.0", "1.1.0", version="1.0.0") == ["1.0.0", "1.1.0"]
    assert chosen("2.0.0", "1.0.0", "1.1.0", version="2.0.0") == ["2.0.0"]


def test_a_version_that_no_coding_was_made_under_is_refused():
    with pytest.raises(AnnotatorError, match=r"no codings under codebook version 3\.0\.0"):
        chosen("1.0.0", version="3.0.0")


# --- the result ----------------------------------------------------------------------------------


def test_the_result_as_plain_data_holds_what_scripts_may_rely_on(project):
    code_all(project, ana=[{"kind": "daily"}] * 2, bob=[{"kind": "daily"}, {"kind": "total"}])
    data = json.loads(json.dumps(reliability(project).as_json()))
    assert set(data) == {
        "round",
        "codings",
        "codebook",
        "passages",
        "n_coders",
        "variables",
        "records",
    }
    assert (data["round"], data["codings"], data["n_coders"]) == ("main", "first", 2)
    assert data["codebook"]["version"] == "1.0.0"
    kind = next(one for one in data["variables"] if one["variable"] == "kind")
    assert {"variable", "unit", "type", "basis", "estimates", "codes", "note"} <= set(kind)
    alpha = next(one for one in kind["estimates"] if one["name"] == "alpha")
    assert {"level", "value", "ci_low", "ci_high", "n_units", "reason"} <= set(alpha)
    assert kind["codes"][0]["code"] == "daily"
    assert kind["codes"][0]["alpha"]["name"] == "alpha"


def test_a_second_round_must_be_named_and_does_not_mix_with_the_first(project):
    code_all(project, ana=[{"kind": "daily"}] * 2, bob=[{"kind": "daily"}, {"kind": "total"}])
    open_round(
        project, name="pilot", purpose="pilot", order="reading", seed=1, coders=None, actor="maker"
    )
    with pytest.raises(AnnotatorError, match="--round"):
        reliability(project)
    pilot = rounds(project)[1]
    submit(project, pilot, "ana", (1, {"kind": "daily"}))
    submit(project, pilot, "bob", (1, {"kind": "total"}))
    assert reliability(project, "main").n_compared == 2
    assert values(reliability(project, "pilot"), "kind")["percent_agreement"] == 0.0
