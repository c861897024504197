"""What is true of passages that are made up, and what coders who err at known rates make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any

from annotator.codebook.model import Codebook
from generated_claims import PLACES, Rates, a_claim, a_truth
from generated_claims import SENTENCES as CLAIM_SENTENCES

Form = dict[str, Any]


@dataclass(frozen=True)
class ErrorRates:
    """How often a coder errs.

    Attributes:
        slip: A code is any other one.
        confused: A code (the first) is taken for another (the second), before any slip.
        missed: One of several codes, or a claim, is left out.
        invented: A code is given, or a claim found, where there is none.
        counts: A number is too high by one to five.
    """

    slip: float = 0.04
    confused: Mapping[tuple[str, str], float] = field(default_factory=dict)
    missed: float = 0.03
    invented: float = 0.03
    counts: float = 0.05


@dataclass(frozen=True)
class Marks:
    """How often coders mark what they code; a wrong answer is unsure far more often."""

    unsure: float = 0.02
    unsure_if_wrong: float = 0.25
    noted: float = 0.3
    passage_note: float = 0.02
    flagged: float = 0.03
    skipped: float = 0.02
    revised: float = 0.02


NO_MARKS = Marks(0, 0, 0, 0, 0, 0, 0)

NOTES = ("The text says two things about this.", "Which entry covers this?", "لا أعرف أيهما")
"""What coders write beside answers they doubt."""


def _mistaken(dice: Random, code: str, among: Sequence[str], rates: ErrorRates) -> str:
    for (meant, said), rate in rates.confused.items():
        if meant == code and dice.random() < rate:
            return said
    return (
        dice.choice([one for one in among if one != code]) if dice.random() < rates.slip else code
    )


def _marked(dice: Random, value: object, right: object, marks: Marks) -> object:
    """An answer as it is, or unsure, perhaps with a note."""
    if dice.random() >= (marks.unsure if value == right else marks.unsure_if_wrong):
        return value
    form: Form = dict(value) if isinstance(value, dict) else {"value": value}
    note = {"note": dice.choice(NOTES)} if dice.random() < marks.noted else {}
    return {**form, "unsure": True, **note}


class Light:
    """Passages under the light codebook; what is true stands in their words."""

    def __init__(self, codebook: Codebook) -> None:
        self._codes = {
            one: {code.id: code.label for code in codebook.variable(one).codes}
            for one in ("perpetrator", "cause")
        }

    def passage(self, dice: Random) -> tuple[str, Form]:
        """The words of a passage, and its truth."""
        place, day = dice.choice(PLACES), dice.randint(1, 28)
        if dice.random() < 0.1:
            truth: Form = {"perpetrator": [], "cause": [], "killed": {"state": "not_stated"}}
            text = f"The road to {place} was closed on the {day}th; nobody was hurt."
        else:
            killed = max(1, round(dice.lognormvariate(2, 1)))
            truth = {name: self._some(dice, list(labels)) for name, labels in self._codes.items()}
            truth["killed"] = str(killed)
            blamed, means = (
                " and ".join(labels[code] for code in truth[name])
                for name, labels in self._codes.items()
            )
            text = (
                f"{killed} people were killed in {place} on the {day}th of the month. Who is said "
                f"to have done it: {blamed}. By what means: {means}."
            )
        rest = {"children": {"state": "not_stated"}, "women": {"state": "not_stated"}}
        return text, {**truth, **rest}

    def _some(self, dice: Random, codes: Sequence[str]) -> list[str]:
        # The first codes of the list are the common ones, the last hardly come at all.
        weights = [1 / (place + 1) for place in range(len(codes))]
        found = set(dice.choices(codes, weights, k=1 + (dice.random() < 0.1)))
        return sorted(found, key=codes.index)

    def truth(self, fact: Form) -> Form:
        """The right coding."""
        return fact

    def said(self, dice: Random, fact: Form, rates: ErrorRates, marks: Marks) -> Form:
        """What a coder says."""
        form: Form = {}
        for name, right in fact.items():
            value = right
            if name in self._codes:
                value = self._set(dice, right, list(self._codes[name]), rates)
            elif isinstance(right, str) and dice.random() < rates.counts:
                value = str(int(right) + dice.randint(1, 5))
            form[name] = _marked(dice, value, right, marks)
        if dice.random() < marks.passage_note:
            form["note"] = dice.choice(NOTES)
        return form

    def _set(
        self, dice: Random, right: Sequence[str], among: Sequence[str], rates: ErrorRates
    ) -> list[str]:
        found = {_mistaken(dice, code, among, rates) for code in right}
        if len(found) > 1 and dice.random() < rates.missed:
            found.remove(dice.choice(sorted(found)))
        if not found and dice.random() < rates.invented:
            found.add(dice.choice(among))
        return sorted(found, key=among.index)


class Claims:
    """Passages of none to four claims, one a sentence, and two sentences without any."""

    def passage(self, dice: Random) -> tuple[str, Any]:
        """The words of a passage, and its facts: claims, and where sentences stand."""
        n_claims = dice.choice((0, 1, 1, 2, 2, 3, 4))
        sentences = [
            dice.choice(CLAIM_SENTENCES).format(
                n=dice.randint(2, 99), place=dice.choice(PLACES), day=dice.randint(4, 28)
            )
            for _ in range(n_claims + 2)
        ]
        starts = [sum(len(one) + 1 for one in sentences[:at]) for at in range(len(sentences))]
        places = list(zip(starts, sentences, strict=True))
        dice.shuffle(places)
        return " ".join(sentences), ([a_truth(dice) for _ in range(n_claims)], places)

    def truth(self, fact: Any) -> Form:
        """The right coding."""
        return self.said(Random(0), fact, ErrorRates(0, {}, 0, 0, 0), NO_MARKS)

    def said(self, dice: Random, fact: Any, rates: ErrorRates, marks: Marks) -> Form:
        """What a coder says."""
        truths, places = fact
        own = Rates(
            right=1 - rates.slip,
            act_found=1 - rates.missed,
            spread=0.2 if dice.random() < rates.counts else 0,
            confused=rates.confused,
        )
        claims = [
            self._claim(dice, f"t{number}", truth, places[number], own, marks)
            for number, truth in enumerate(truths)
            if dice.random() >= rates.missed
        ]
        if dice.random() < rates.invented:
            where = dice.choice(places[len(truths) :])
            claims.append(self._claim(dice, "x0", a_truth(dice), where, own, marks))
        form: Form = {"claim": claims} if claims else {"none": "context"}
        overrides = [
            {"check": "I1", "record": act["id"], "reason": "The text says so."}
            for claim in claims
            for act in claim["act"]
            if act["cause"] in ("mine", "ied")
        ]
        if overrides:
            form["overrides"] = sorted(overrides, key=lambda one: one["record"])
        if dice.random() < marks.passage_note:
            form["note"] = dice.choice(NOTES)
        return form

    def _claim(
        self, dice: Random, name: str, truth: Form, place: tuple[int, str], own: Rates, marks: Marks
    ) -> Form:
        claim = a_claim(dice, name, truth, place, own)
        for variable in ("kind", "victims"):
            claim[variable] = _marked(dice, claim[variable], truth[variable], marks)
        return claim
