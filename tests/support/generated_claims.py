"""Claims projects of any size whose truth and whose coders' error rates are known.

Every passage holds some claims, one a sentence, and one more sentence for each coder to read a
claim into that is not there. A coder finds a claim, gives a code and finds an act at fixed rates,
independently; a wrong code is any code with the same chance (the right one too), so that between
two coders alpha is the square of the rate of right codes. Ids of records say which claim they are.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from annotator.codebook.reader import read_codebook
from annotator.codebook.shipped import find_codebook
from annotator.coding.form import from_form
from annotator.corpus.model import ReportDraft, SourceFile
from annotator.store.codings import NewCoding, add_codings
from annotator.store.corpus import import_reports, iter_passages
from annotator.store.making import create_project
from annotator.store.rounds import open_round, rounds

BOOK = read_codebook(find_codebook("claims"))
PERPETRATORS = ("syr_air", "syr_heli", "syr_ground", "rus", "coa", "sdf", "isis", "opp_hts", "tur")
CAUSES = ("air_strike", "air_barrel", "shell", "mine", "ied", "sniper", "small_arms", "exec")
KINDS = ("killing", "injury", "missing", "displacement")
CLAIM_TYPES = ("incident", "total", "update", "repeat")
VICTIMS = ("civilian", "cb_state", "cb_opp", "cb_isis", "cb_oth", "unspec")
PLACES = ("Tal Mazra", "Kafr Sabil", "Ain Zarba", "Dayr Nahr", "Umm al-Sinbil", "Qasr Hamdan")
SENTENCES = (
    "The monitor said that {n} people were struck by the attack on {place} on {day} March.",
    "Local doctors in {place} counted {n} who were brought in after the {day}th of the month.",
    "Activists reported from {place} that {n} people had been hit, most of them near the market.",
    "ذكر المرصد أن {n} أشخاص أصيبوا في {place} يوم {day} آذار بعد ساعات من القصف.",
)

Form = dict[str, Any]


@dataclass(frozen=True)
class Rates:
    """How coders err: see the module.

    `spread` is the standard deviation of the logarithm of their figures; `scale` is how large
    those are, so that large ones are not bent by being whole numbers. `confused` is how often a
    code (the first) is taken for another one (the second), before any code may be given.
    """

    found: float = 0.85
    invented: float = 0.1
    right: float = 0.85
    act_found: float = 0.9
    spread: float = 0.1
    scale: float = 1.0
    confused: Mapping[tuple[str, str], float] = field(default_factory=dict)


@dataclass(frozen=True)
class MadePassage:
    """A passage, how many claims it holds, and the coding of each coder."""

    text: str
    n_claims: int
    forms: dict[str, Form]


def passages(
    number: int,
    coders: int = 3,
    rates: Rates | None = None,
    seed: int = 1,
    n_claims: int | None = None,
) -> Iterator[MadePassage]:
    """Passages with their codings; `n_claims` in each, by default none to four."""
    dice = random.Random(seed)
    names = [f"coder{one}" for one in range(1, coders + 1)]
    for _ in range(number):
        many = dice.choice((0, 1, 1, 2, 2, 3, 4)) if n_claims is None else n_claims
        yield _passage(dice, names, rates or Rates(), many)


def _passage(dice: random.Random, coders: list[str], rates: Rates, n_claims: int) -> MadePassage:
    sentences = [
        dice.choice(SENTENCES).format(
            n=dice.randint(2, 99), place=dice.choice(PLACES), day=dice.randint(4, 28)
        )
        for _ in range(n_claims + len(coders))
    ]
    starts = [sum(len(one) + 1 for one in sentences[:place]) for place in range(len(sentences))]
    places = list(zip(starts, sentences, strict=True))
    dice.shuffle(places)
    truths = [a_truth(dice) for _ in range(n_claims)]
    forms: dict[str, Form] = {}
    for number, coder in enumerate(coders):
        claims = [
            a_claim(dice, f"t{claim}", truths[claim], places[claim], rates)
            for claim in range(n_claims)
            if dice.random() < rates.found
        ]
        if dice.random() < rates.invented:
            own = places[n_claims + number]
            claims.append(a_claim(dice, f"x{number}", a_truth(dice), own, rates))
        dice.shuffle(claims)
        forms[coder] = {"claim": claims} if claims else {"none": "context"}
    return MadePassage(" ".join(sentences), n_claims, forms)


def a_truth(dice: random.Random) -> Form:
    """What a claim really says; `act` are pairs of perpetrator and cause."""
    return {
        "kind": dice.choice(KINDS),
        "claim_type": dice.choice(CLAIM_TYPES),
        "victims": dice.choice(VICTIMS),
        "total": dice.lognormvariate(2, 1),
        "children": dice.random() < 0.3,
        "place": dice.choice(PLACES),
        "day": dice.randint(1, 28),
        "act": [
            (dice.choice(PERPETRATORS), dice.choice(CAUSES)) for _ in range(dice.choice((1, 1, 2)))
        ],
    }


def a_claim(
    dice: random.Random, name: str, truth: Form, place: tuple[int, str], rates: Rates
) -> Form:
    """What a coder makes of a claim.

    Args:
        dice: Decides on the errors.
        name: The id of the record; those inside it begin with it.
        truth: What the claim really says.
        place: Where its sentence begins in the passage, and the sentence.
        rates: How often the coder errs.
    """

    def code(right: str, among: tuple[str, ...]) -> str:
        for (meant, said), rate in rates.confused.items():
            if meant == right and dice.random() < rate:
                return said
        return right if dice.random() < rates.right else dice.choice(among)

    start, sentence = place
    words = sentence.split(" ")
    left, right = dice.randint(0, 3), dice.randint(0, 3)
    first = start + len(" ".join(words[:left])) + (left > 0)
    text = " ".join(words[left : len(words) - right])
    acts = [
        {
            "id": f"{name}a{number}",
            "perpetrator": code(perpetrator, PERPETRATORS),
            "cause": code(cause, CAUSES),
            "attribution": "firm",
        }
        for number, (perpetrator, cause) in enumerate(truth["act"])
        if not number or dice.random() < rates.act_found
    ]
    figure = max(1, round(rates.scale * truth["total"] * dice.lognormvariate(0, rates.spread)))
    return {
        "id": name,
        "kind": code(truth["kind"], KINDS),
        "claim_type": code(truth["claim_type"], CLAIM_TYPES),
        "victims": code(truth["victims"], VICTIMS),
        "total": str(figure),
        "children": f"{figure // 4}+" if truth["children"] else {"state": "not_stated"},
        "women": {"state": "not_stated"},
        "men": {"state": "not_stated"},
        "act_mode": "single" if len(acts) == 1 else "joint",
        "place": truth["place"],
        "place_precision": "2",
        "date": {
            "start": f"2016-03-{truth['day']:02}",
            "end": f"2016-03-{truth['day']:02}",
            "precision": "1",
            "kind": "event",
        },
        "act": acts,
        "source": [{"id": f"{name}s", "source_type": "publisher"}],
        "evidence": [{"start": first, "end": first + len(text), "text": text}],
    }


def project(
    path: Path,
    number: int,
    coders: int = 3,
    rates: Rates | None = None,
    seed: int = 1,
    per_report: int = 10,
) -> Path:
    """A project with so many passages, all coded by all coders in the round `main`."""
    made = list(passages(number, coders, rates, seed))
    file = a_source([one.text for one in made], per_report, seed)
    with create_project(
        path, name=path.stem, codebook_source=BOOK.source, codebook=BOOK, actor="maker"
    ) as opened:
        import_reports(opened, file, file, "maker")
        open_round(
            opened, name="main", purpose="main", order="reading", seed=1, coders=None, actor="maker"
        )
        round_id = rounds(opened)[0].id
        rows = [
            NewCoding(
                round_id,
                row.report_key,
                row.number,
                coder,
                from_form(moved(form, row.start), BOOK, row.text, row.start),
            )
            for row, one in zip(iter_passages(opened), made, strict=True)
            for coder, form in one.forms.items()
        ]
        add_codings(opened, rows, "maker")
    return path


def a_source(texts: Sequence[str], per_report: int, seed: int) -> SourceFile:
    """A file of reports, each of so many passages."""
    reports = tuple(
        _report(f"report {first // per_report + 1}", texts[first : first + per_report])
        for first in range(0, len(texts), per_report)
    )
    digest = sha256(repr(seed).encode()).hexdigest()
    return SourceFile("generated.jsonl", digest, 1, "utf-8", reports)


def _report(name: str, texts: Sequence[str]) -> ReportDraft:
    text = "\n".join(texts)
    starts = [sum(len(one) + 1 for one in texts[:place]) for place in range(len(texts))]
    spans = tuple((start, start + len(one)) for start, one in zip(starts, texts, strict=True))
    digest = sha256(text.encode()).hexdigest()
    return ReportDraft(name, None, "Monitor", name, "", "en", text, digest, passages=spans)


def moved(form: Form, by: int) -> Form:
    """A coding with its evidence moved to where its passage stands in the report."""
    changed = dict(form)
    for claim in (claims := [dict(one) for one in form.get("claim", ())]):
        claim["evidence"] = [
            {**span, "start": span["start"] + by, "end": span["end"] + by}
            for span in claim["evidence"]
        ]
    if claims:
        changed["claim"] = claims
    return changed
