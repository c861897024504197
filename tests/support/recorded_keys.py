"""Keys recorded while coding: what was pressed, on which passage, and what came of it.

`bench/keys.py` counts them; tests replay them through the session alone and on the real screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from projects import ROOT, SEED_REPORT

ONE_KILLING = (
    "Shells fired by regime forces killed nine civilians in Tal Amrit on 9 February 2016.",
    "The weather was cold.",
)
ONE_KILLING_AR = (
    "مقتل ٩ مدنيين بقصف مدفعي لقوات النظام على بلدة تل عمريت في ٩ شباط ٢٠١٦.",
    "كان الطقس بارداً.",
)
ONE_RAID = (
    "Russian warplanes raided the market of Tal Amrit and killed four people.",
    "The weather was cold.",
)


@dataclass(frozen=True)
class Recording:
    """One passage coded by keys, from the moment it is open to the next one.

    Args:
        name: What was coded, in words.
        book: The shipped codebook it was coded with.
        passages: The texts of the passages, or a report.
        keys: The keys, named as the action registry names them, parted by spaces.
        before: Keys that go to the passage first; they are not counted.
        budget: The most keys it may take; 0 for no limit.
        says: What the coding then says: `unit.variable` to value and the words behind it, of every
            answer that is not the codebook's default.
    """

    name: str
    book: str
    passages: tuple[str, ...] | Path
    keys: str
    before: str = ""
    budget: int = 0
    says: Mapping[str, Any] = field(default_factory=dict)

    @property
    def source(self) -> str:
        """The text of the codebook."""
        return (ROOT / "codebooks" / f"{self.book}.yaml").read_text(encoding="utf-8")


PARAGRAPH_BY_HAND = Recording(
    "the cumulative paragraph, by hand",
    "claims",
    SEED_REPORT,
    # A claim on the sentence: killed, a total, civilians; total, children, women; one pooled
    # number; a province, up to the report; no other day of death, on to the acts.
    "C S space k t 1 2 1 4 5 2 tab 5 2 6 1 tab 2 7 7 7 tab tab p "
    "A l e p p o space p r o v i n c e tab 4 2 0 1 1 - 0 3 . . enter enter "
    # Y: barrel bombs imply helicopters. B n: with nobody named there is no attribution.
    "r a a a u b Y g s g n m u d t c a k g k s k u i u u m B n b g u o B n tab p enter",
    before="} }",
    budget=90,
)

RECORDINGS = (
    Recording(
        "light codebook: one perpetrator, one cause",
        "perpetrators",
        ONE_RAID,
        "r 1 enter",
        budget=3,
        says={"perpetrator": (["russia_air"], []), "cause": (["air_strike"], [])},
    ),
    Recording(
        "light codebook: the same and the number, with their words",
        "perpetrators",
        ONE_RAID,
        "space tab space tab space enter enter",
        says={
            "perpetrator": (["russia_air"], ["Russian warplanes"]),
            "cause": (["air_strike"], ["warplanes"]),
            "killed": ("4", ["four"]),
        },
    ),
    Recording(
        "claims: one plain killing, with its words",
        "claims",
        ONE_KILLING,
        "S C space i space space tab tab enter space 2 space enter space space tab p enter",
        budget=18,
        says={
            "claim": ("", [ONE_KILLING[0].removesuffix(".")]),
            "claim.kind": ("killing", ["killed"]),
            "claim.claim_type": ("incident", []),
            "claim.victims": ("civilian", ["civilians"]),
            "claim.total": ("9", ["nine"]),
            "claim.place": ("Tal Amrit", ["Tal Amrit"]),
            "claim.place_precision": ("2", []),
            "claim.date": ("2016-02-09", ["9 February 2016"]),
            "act.perpetrator": ("syr_ground", ["Shells fired by regime forces"]),
            "act.cause": ("shell", ["Shells"]),
        },
    ),
    Recording(
        "claims: one plain killing in Arabic, with its words",
        "claims",
        ONE_KILLING_AR,
        "S C space i space space tab tab enter space 2 space enter space space tab p enter",
        budget=18,
        says={
            "claim": ("", [ONE_KILLING_AR[0].removesuffix(".")]),
            "claim.kind": ("killing", ["مقتل"]),
            "claim.claim_type": ("incident", []),
            "claim.victims": ("civilian", ["مدنيين"]),
            "claim.total": ("9", ["٩"]),
            "claim.place": ("بلدة تل عمريت", ["بلدة تل عمريت"]),
            "claim.place_precision": ("2", []),
            "claim.date": ("2016-02-09", ["٩ شباط ٢٠١٦"]),
            "act.perpetrator": ("syr_ground", ["مدفعي لقوات النظام"]),
            "act.cause": ("shell", ["بقصف مدفعي"]),
        },
    ),
    Recording(
        "light codebook: in Arabic, with words, a doubt and a note",
        "perpetrators",
        ONE_KILLING_AR,
        "S s D N s a y s space w h o enter tab space tab space enter enter",
        says={
            "perpetrator": (["regime_shelling"], [ONE_KILLING_AR[0].removesuffix(".")]),
            "cause": (["shelling"], ["بقصف مدفعي"]),
            "killed": ("9", ["٩"]),
        },
    ),
    Recording(
        "light codebook: flagged, skipped and taken back, noted, undone",
        "perpetrators",
        ONE_RAID,
        'T E 2 U " l o o k z backspace enter + _ home end r U R S V > < , tab 1 tab ~ 4 enter '
        "enter enter",
        says={
            "perpetrator": (["russia_air"], []),
            "cause": (["air_strike"], []),
            "killed": ("~4", []),
            "note": ("look", []),
        },
    ),
    PARAGRAPH_BY_HAND,
    Recording(
        "the cumulative paragraph, from its words",
        "claims",
        SEED_REPORT,
        "S C space t space space space space tab p space 4 space enter "
        "space space space space space space B i . space space space space space u space space "
        "space space . space space k g k u space u u m B n space space u o B n tab p enter",
        before="} }",
        budget=55,
    ),
)


def said(form: Mapping[str, Any], unit: str = "") -> dict[str, Any]:
    """What a coding in plain form says, as `Recording.says` has it, defaults and all.

    Of several records of one unit the last one's answers.
    """
    found: dict[str, Any] = {}
    for name, value in form.items():
        if name == "evidence":
            found[unit] = ("", [span["text"] for span in value])
        elif isinstance(value, list) and value and isinstance(value[0], dict):
            for record in value:
                found |= said(record, name)
        elif name != "id":
            found[f"{unit}.{name}" if unit else name] = _answer(value)
    return found


def _answer(form: Any) -> tuple[Any, list[str]]:
    if not isinstance(form, dict):
        return form, []
    value = form.get("value", form.get("state"))
    if isinstance(value, dict):
        value = value["start"] if value["start"] == value["end"] else f"{value['start']}.."
    return value, [span["text"] for span in form.get("evidence", [])]
