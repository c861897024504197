"""What codings say beside their answers."""

from typing import Any

from annotator.codebook.model import CheckKind
from annotator.codebook.reader import parse_codebook
from annotator.coding.checks import PassageContext
from annotator.coding.form import from_form
from annotator.work.remarks import Remark, remarks
from annotator.work.side_by_side import side_by_side
from claim_projects import CHECKED

TEXT = "Border guards laid a mine, which killed two people."
BOOK = parse_codebook(CHECKED, "checked.yaml")
WORDS = {"start": 0, "end": 25, "text": TEXT[:25]}


def coded(name: str, **more: Any) -> Any:
    act = {"id": f"{name}a", "perpetrator": "border", "cause": "mine", "attribution": "firm"}
    claim = {"id": name, "evidence": [WORDS], "kind": "killing", "total": "2", "mode": "single"}
    return from_form({"claim": [{**claim, "act": [act]}], **more}, BOOK, TEXT)


def said(**sides: Any) -> tuple[Remark, ...]:
    return remarks(sides, side_by_side(sides, BOOK), BOOK, PassageContext(TEXT))


def test_a_check_that_fires_on_both_sides_is_said_once_with_both_letters() -> None:
    found = said(A=coded("c1"), B=coded("x7"))
    sentence = "Border guards are not known to have used this weapon"
    warning = Remark(("A", "B"), sentence, "W3", CheckKind.WARN, "Claim 1, Act 1")
    assert warning in found
    assert [one.check for one in found] == ["W3", "I1"]


def test_a_reason_to_let_it_stand_and_a_note_are_of_the_side_that_wrote_them() -> None:
    stands = [{"check": "W3", "record": "c1a", "reason": "They say so."}]
    found = said(A=coded("c1", overrides=stands, note="Poor translation."), B=coded("c1"))
    assert found[0] == Remark(("A",), "Poor translation.")
    by_side = {one.sides: one.stands for one in found if one.check == "W3"}
    assert by_side == {("A",): "They say so.", ("B",): ""}
