"""Looking through the codings of a project for signs of trouble with its codebook."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from annotator.codebook.model import PASSAGE, Check, CheckKind, Codebook, Variable
from annotator.coding.content import NONE, Form, answer_content
from annotator.coding.form import answer_form
from annotator.store.adjudications import adjudications
from annotator.store.codings import codings
from annotator.store.project import Project
from annotator.store.rounds import Purpose, RoundRow, chosen_rounds
from annotator.work.cases import RULE_UNCLEAR
from annotator.work.compared_codings import Which
from annotator.work.compared_versions import brought_together, of_another_type, of_latest
from annotator.work.final import Outcome
from annotator.work.matrices import EMPTY_SET
from annotator.work.same_things import Thing, same_things, values_in
from annotator.work.texts import answer_text, as_of_now
from annotator.work.trouble import (
    Entry,
    EntryKind,
    Sighting,
    Sign,
    Trouble,
    TroubleReport,
    Where,
    entries,
    ranked,
)

_TAKEN_WHOLE = (Outcome.TAKE, Outcome.CANNOT_RESOLVE)


def codebook_trouble(
    project: Project, round_name: str | None = None, *, which: Which = "first"
) -> TroubleReport:
    """Look for signs of trouble with the codebook.

    Codings under an earlier major version of the codebook are left out: its entries may have meant
    something else.

    Args:
        project: The project.
        round_name: The only round; None for all but training rounds.
        which: `first` codings of each coder, made without knowing what others say, or the `latest`.

    Raises:
        AnnotatorError: There is no such round.
    """
    chosen = [
        row
        for row in chosen_rounds(project, round_name)
        if round_name is not None or row.purpose is not Purpose.TRAINING
    ]
    coded, codebook, notes = _coded(project, chosen, which)
    looked = _Looked(codebook)
    passages = list(coded.items())
    things = same_things([(where.report, made) for where, made in passages], codebook)
    places = [where for where, _ in passages]
    for unit, found in things.items():
        for thing in found:
            looked.at_thing(places[thing.passage], thing, unit)
    for where, made in passages:
        looked.at_reasons(where, made)
        for form in made.values():
            looked.at_overrides(where, form)
    looked.at_settlements(_settled(project, chosen))
    labels = entries(codebook)
    order = {where: place for place, where in enumerate(places)}
    return TroubleReport(
        codebook,
        tuple(row.name for row in chosen),
        which,
        notes,
        len(passages),
        ranked(
            [
                Trouble(
                    entry,
                    labels.get(entry, entry.id),
                    len(looked.used[entry]),
                    {
                        sign: tuple(sorted(seen, key=lambda one: (order[one.where], one.words)))
                        for sign in Sign
                        if (seen := signs.get(sign))
                    },
                )
                for entry, signs in looked.signs.items()
            ],
            codebook,
        ),
    )


def _coded(
    project: Project, chosen: Iterable[RoundRow], which: Which
) -> tuple[dict[Where, dict[str, Form]], Codebook, tuple[str, ...]]:
    """The codings of some rounds by passage and coder, under one codebook, with what was done."""
    made = [
        (Where(row.name, one.report_key, one.number), one)
        for row in chosen
        for one in codings(project, row.id, which)
    ]
    every = {sha: project.codebook_version(sha) for sha in {one.codebook_sha256 for _, one in made}}
    if not every:
        return {}, project.codebook(), ()
    books = of_latest(every)
    codebook, names, notes = brought_together(project, books)
    left_out = {sha: of_another_type(books[sha], codebook) for sha in names}
    coded: dict[Where, dict[str, Form]] = defaultdict(dict)
    earlier = 0
    for where, one in made:
        sha = one.codebook_sha256
        if sha not in books:
            earlier += 1
        elif names.get(sha) or left_out.get(sha):
            coded[where][one.coder] = as_of_now(one.form, names[sha], left_out[sha], codebook)
        else:
            coded[where][one.coder] = one.form
    if earlier:
        count = "1 coding is" if earlier == 1 else f"{earlier} codings are"
        notes += (f"{count} left out: they are of another major version of the codebook.",)
    return dict(coded), codebook, notes


def _settled(project: Project, chosen: Iterable[RoundRow]) -> Iterator[tuple[Where, Sign, str]]:
    for row in chosen:
        for one in adjudications(project, row.id):
            where = Where(row.name, one.report_key, one.number)
            if one.reason == RULE_UNCLEAR:
                yield where, Sign.RULE_UNCLEAR, one.note
            if one.outcome not in _TAKEN_WHOLE:
                yield where, Sign.MERGED, one.note


@dataclass
class _Looked:
    """What was seen so far."""

    codebook: Codebook
    used: dict[Entry, set[Where]] = field(default_factory=lambda: defaultdict(set))
    signs: dict[Entry, dict[Sign, set[Sighting]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )
    disputed: dict[Where, set[Entry]] = field(default_factory=lambda: defaultdict(set))

    def at_thing(self, where: Where, thing: Thing, unit: str) -> None:
        """What coders said of one thing."""
        if unit != PASSAGE:
            entry = Entry(EntryKind.UNIT, unit)
            self.used[entry].add(where)
            missed = [coder for coder in thing.around if thing.by_coder[coder] is None]
            if missed:
                self._dispute(where, entry)
        records = [record for record in thing.by_coder.values() if record is not None]
        for variable in self.codebook.variables_of(unit):
            self._at_answers(where, variable, [record.get(variable.id) for record in records])

    def _at_answers(self, where: Where, variable: Variable, given: list[object]) -> None:
        answered = [one for one in given if one is not None]
        if not answered:
            return
        question = Entry(EntryKind.QUESTION, variable.id)
        self.used[question].add(where)
        held = [_codes(one, variable) for one in given]
        for entry in frozenset().union(*held):
            self.used[entry].add(where)
            if not all(entry in one for one in held):
                self._dispute(where, entry)
        said = {None if one is None else answer_content(one, variable, {}) for one in given}
        if len(said) > 1:
            self._dispute(where, question)
        for one in answered:
            form = answer_form(one)
            for sign, there in ((Sign.UNSURE, form.unsure), (Sign.NOTE, bool(form.note))):
                if there:
                    for entry in (question, *_codes(one, variable)):
                        self._sign(entry, sign, where, form.note)

    def at_reasons(self, where: Where, made: Mapping[str, Form]) -> None:
        """Why coders say that there is no record."""
        held = [form[NONE] for form in made.values() if form.get(NONE)]
        for reason in set(held):
            entry = Entry(EntryKind.CODE, reason, NONE)
            self.used[entry].add(where)
            if len(set(held)) > 1:
                self._dispute(where, entry)

    def at_overrides(self, where: Where, form: Form) -> None:
        """Which checks a coder let stand."""
        overrides = form.get("overrides", ())
        if not overrides:
            return
        seen = dict(_answers_seen(form, self.codebook, PASSAGE, {}))
        checks = {check.id: check for check in self.codebook.checks}
        for one in overrides:
            entry = Entry(EntryKind.CHECK, one["check"])
            self.used[entry].add(where)
            self._sign(entry, Sign.OVERRIDE, where, one["reason"])
            check = checks.get(one["check"])
            answers = seen.get(one["record"], {})
            # Who answers a question of the codebook shows no trouble with the codes it is about.
            warned = check is not None and check.kind is CheckKind.WARN
            for name in _looked_at(check, self.codebook) if check and warned else ():
                if name in answers:
                    variable = self.codebook.variable(name)
                    question = Entry(EntryKind.QUESTION, name)
                    for about in (question, *_codes(answers[name], variable)):
                        self._sign(about, Sign.OVERRIDE, where, one["reason"])

    def at_settlements(self, settled: Iterable[tuple[Where, Sign, str]]) -> None:
        """What leads settled; that counts for all that coders disagree over in the passage."""
        for where, sign, note in settled:
            for entry in self.disputed.get(where, ()):
                self._sign(entry, sign, where, note)

    def _dispute(self, where: Where, entry: Entry) -> None:
        self.disputed[where].add(entry)
        self._sign(entry, Sign.DISAGREEMENT, where)

    def _sign(self, entry: Entry, sign: Sign, where: Where, words: str = "") -> None:
        self.signs[entry][sign].add(Sighting(where, words))


def _codes(given: object, variable: Variable) -> frozenset[Entry]:
    """The codes an answer gives; none for one that is not stated, or no answer at all."""
    if given is None or not variable.type.has_codes:
        return frozenset()
    values = values_in(answer_text(given, variable), variable)
    return frozenset(
        Entry(EntryKind.CODE, one, variable.id)
        for one in values
        if one != EMPTY_SET and not one.startswith("(")
    )


def _answers_seen(
    form: Form, codebook: Codebook, unit: str, around: Mapping[str, object]
) -> Iterator[tuple[str, Mapping[str, object]]]:
    """For each record of a coding the answers that a check on it sees: its own and those around."""
    own = {one.id: form[one.id] for one in codebook.variables_of(unit) if one.id in form}
    answers = {**around, **own}
    yield ("" if unit == PASSAGE else form["id"]), answers
    for inner in codebook.units_in(unit):
        for record in form.get(inner.id, ()):
            yield from _answers_seen(record, codebook, inner.id, answers)


def _looked_at(check: Check, codebook: Codebook) -> list[str]:
    """The variables that a check looks at: those its conditions and its options name."""
    named = [variable for condition in check.when for variable, _ in condition]
    for option in check.options.values():
        named += option if isinstance(option, list | tuple) else [str(option)]
    known = {one.id for one in codebook.variables}
    return [name for name in dict.fromkeys(named) if name in known]
