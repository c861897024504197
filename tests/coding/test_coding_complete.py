"""Whether a coding is complete: what is asked, what is missing, what falls away."""

from coding_books import CLAIMS, START, TEXT, book, codes, codings, variable, when
from hypothesis import given

from annotator.codebook.model import PASSAGE, Codebook, EvidenceRule, Unit
from annotator.coding.complete import Gap, applies, asked, gaps, pruned
from annotator.coding.form import to_form
from annotator.coding.model import Answer, Coding, Record, Span, State

WORDS = (Span(START, START + 4, TEXT[:4]),)

TREE = book(
    variable("died", "yes_no", required=True),
    variable("actor", "codes", codes=codes("rus", "syr", air="syr", heli="air"), required=True),
    variable("weapon", "code", codes=codes("barrel", "rocket"), when=when(actor="syr")),
    variable("size", "text", when=when(weapon="barrel"), required=True),
    variable("why", "text", when=when(died="false"), required=True),
    variable("note", "text", when=when(died="true", actor=("rus", "air"))),
)


def names(coding: Coding) -> list[str]:
    return [variable.id for variable in asked(coding, TREE, "")]


def missing(coding: Coding, codebook: Codebook = TREE) -> list[tuple[str, str]]:
    return [(gap.record, gap.variable) for gap in gaps(coding, codebook)]


# --- when -------------------------------------------------------------------------------------


def test_a_question_is_asked_once_its_condition_is_met() -> None:
    assert names(Coding()) == ["died", "actor"]
    assert names(Coding({"died": Answer(False)})) == ["died", "actor", "why"]
    assert names(Coding({"died": Answer(True)})) == ["died", "actor"]


def test_a_code_below_the_wanted_one_meets_the_condition_and_one_above_does_not() -> None:
    for below in ("syr", "air", "heli"):
        assert "weapon" in names(Coding({"actor": Answer((below,))}))
    assert "weapon" not in names(Coding({"actor": Answer(("rus",))}))
    both = Coding({"died": Answer(True), "actor": Answer(("syr",))})
    assert "note" not in names(both)


def test_of_several_values_any_one_meets_the_condition() -> None:
    assert "weapon" in names(Coding({"actor": Answer(("rus", "heli"))}))


def test_all_variables_a_condition_names_must_meet_it() -> None:
    assert "note" in names(Coding({"died": Answer(True), "actor": Answer(("heli",))}))
    assert "note" not in names(Coding({"died": Answer(False), "actor": Answer(("heli",))}))
    assert "note" not in names(Coding({"actor": Answer(("heli",))}))


def test_no_other_state_and_not_the_empty_set_meets_a_condition() -> None:
    for state in (State.NOT_STATED, State.UNKNOWN, State.NOT_APPLICABLE):
        assert "why" not in names(Coding({"died": Answer(state=state)}))
    assert "weapon" not in names(Coding({"actor": Answer(())}))


def test_a_question_behind_one_that_is_no_longer_asked_is_not_asked_either() -> None:
    coding = Coding({"actor": Answer(("rus",)), "weapon": Answer("barrel")})
    assert names(coding) == ["died", "actor"]
    assert not applies(coding, TREE, "", TREE.variable("size"))


def test_a_condition_may_look_at_the_records_around() -> None:
    nested = book(
        variable("died", "yes_no"),
        variable("kind", "code", unit="claim", codes=codes("killing", "injury")),
        variable("cause", "text", unit="act", when=when(died="true", kind="killing")),
        units=(Unit("claim", PASSAGE, "Claim"), Unit("act", "claim", "Act")),
    )

    def claim(number: int, kind: str) -> Record:
        act = Record(f"a{number}", "act")
        return Record(f"r{number}", "claim", {"kind": Answer(kind)}, (), (act,))

    coding = Coding({"died": Answer(True)}, (claim(1, "killing"), claim(2, "injury")))
    assert [one.id for one in asked(coding, nested, "a1")] == ["cause"]
    assert asked(coding, nested, "a2") == ()
    assert asked(Coding({}, coding.records), nested, "a1") == ()


# --- what is missing --------------------------------------------------------------------------


def test_a_required_question_that_is_asked_must_be_answered() -> None:
    assert missing(Coding()) == [("", "died"), ("", "actor")]
    assert missing(Coding({"died": Answer(False), "actor": Answer(("rus",))})) == [("", "why")]
    assert missing(Coding({"died": Answer(True), "actor": Answer(("rus",))})) == []


def test_the_empty_set_and_every_state_are_answers() -> None:
    for actor in (Answer(()), *(Answer(state=one) for one in State if one is not State.STATED)):
        assert missing(Coding({"died": Answer(True), "actor": actor})) == []


def test_a_required_question_that_is_not_asked_leaves_no_gap_whatever_was_answered() -> None:
    coding = Coding({"died": Answer(True), "actor": Answer(("rus",)), "weapon": Answer("barrel")})
    assert missing(coding) == []


def test_words_are_missing_only_behind_a_stated_answer() -> None:
    strict = book(
        variable("actor", "codes", codes=codes("rus"), evidence=EvidenceRule.REQUIRED),
    )
    assert missing(Coding(), strict) == []
    assert missing(Coding({"actor": Answer(("rus",))}), strict) == [("", "actor")]
    assert missing(Coding({"actor": Answer(("rus",), evidence=WORDS)}), strict) == []
    assert missing(Coding({"actor": Answer(())}), strict) == []
    assert missing(Coding({"actor": Answer(state=State.NOT_STATED)}), strict) == []


def test_a_record_that_must_stand_on_words_needs_them() -> None:
    done = {"mention": Answer(True)}
    assert missing(Coding(done, (Record("r1", "claim"),)), CLAIMS) == [("r1", "")]
    assert missing(Coding(done, (Record("r1", "claim", {}, WORDS),)), CLAIMS) == []


def test_a_passage_without_a_record_needs_a_reason_where_the_codebook_lists_some() -> None:
    done = {"mention": Answer(True)}
    assert missing(Coding(done), CLAIMS) == [("", "claim")]
    assert missing(Coding(done, none="context"), CLAIMS) == []
    silent = book(units=(Unit("claim", PASSAGE, "Claim"),))
    assert missing(Coding(), silent) == []


def test_gaps_come_in_the_order_of_the_coding_and_speak_in_words() -> None:
    claims = book(
        variable("killed_by", "text", label="Killed by", required=True),
        variable("kind", "text", unit="claim", required=True),
        units=(Unit("claim", PASSAGE, "Claim", EvidenceRule.REQUIRED),),
    )
    assert gaps(Coding(records=(Record("r1", "claim"), Record("r2", "claim"))), claims) == [
        Gap("", "killed_by", "Killed by is not answered"),
        Gap("r1", "kind", "Kind is not answered"),
        Gap("r1", "", "Claim r1 has no words marked"),
        Gap("r2", "kind", "Kind is not answered"),
        Gap("r2", "", "Claim r2 has no words marked"),
    ]


# --- what falls away --------------------------------------------------------------------------


def test_answers_behind_a_question_that_is_no_longer_asked_fall_away_on_submitting() -> None:
    coding = Coding(
        {
            "died": Answer(True),
            "actor": Answer(("rus",)),
            "weapon": Answer("barrel"),
            "size": Answer("large"),
            "why": Answer("fled"),
        }
    )
    assert pruned(coding, TREE) == Coding({"died": Answer(True), "actor": Answer(("rus",))})


def test_in_records_too_and_only_there_where_the_question_is_not_asked() -> None:
    def claim(number: int, kind: str, total: bool) -> Record:
        answers = {"kind": Answer(kind)} | ({"total": Answer(state=State.UNKNOWN)} if total else {})
        inner = (Record(f"a{number}", "act", {"cause": Answer(("mine",))}),)
        return Record(f"r{number}", "claim", answers, WORDS, inner)

    coding = Coding({}, (claim(1, "denial", True), claim(2, "killing", True)))
    assert pruned(coding, CLAIMS) == Coding(
        {}, (claim(1, "denial", False), claim(2, "killing", True))
    )


@given(codings())
def test_pruning_takes_only_what_is_not_asked_and_once_is_enough(coding: Coding) -> None:
    less = pruned(coding, CLAIMS)
    assert pruned(less, CLAIMS) == less
    assert gaps(less, CLAIMS) == gaps(coding, CLAIMS)
    for _, record in coding.walk():
        kept = {variable.id for variable in asked(coding, CLAIMS, record.id)}
        left = less.record(record.id)
        assert left.answers == {
            name: answer for name, answer in record.answers.items() if name in kept
        }
        assert left.evidence == record.evidence
    assert to_form(coding).keys() >= to_form(less).keys()
