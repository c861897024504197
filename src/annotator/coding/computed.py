"""What the computed tests of `annotator.codebook.computed_tests` do.

Each looks at one record and yields what it finds, as words that follow the check's own sentence.
All speak only where the answers leave no doubt.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from annotator.codebook.model import Code, Variable
from annotator.coding.computed_counts import (
    Options,
    counts_out_of_order,
    not_printed,
    parts_exceed,
    subtotals_exceed,
)
from annotator.coding.folding import Token, folded, places_of, tokens
from annotator.coding.form import value_text
from annotator.coding.model import Answer, Span
from annotator.coding.scope import Found, Place, Setting
from annotator.coding.values import DateKind, DatePrecision, DateValue

if TYPE_CHECKING:
    from annotator.coding.numbers import Number

ComputedTest = Callable[[Place, Setting, Options], Iterable[Found]]
"""Looks at a record, in its setting, with the options of the check."""

_NEGATION_REACH = 3


def number_of_records(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """The number of records inside against what an answer needs."""
    answer = place.stated(options["by"])
    if answer is None:
        return
    unit = setting.codebook.unit(options["records"]).label.lower()
    number = sum(record.unit == options["records"] for record in place.record.records)
    if answer.value in options["one"] and number != 1:
        yield Found(f"{answer.value} goes with one {unit}, not {number}", missing=number < 1)
    elif answer.value in options["several"] and number < 2:
        yield Found(f"{answer.value} goes with two or more, not {number} {unit}", missing=True)


def evidence_outside(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Marks of a record and its answers against the passage."""
    if not place.record.evidence:
        yield Found("no words are marked", missing=True)
    begin, text = setting.passage.start, setting.passage.text
    spans = [*place.record.evidence]
    for answer in place.record.answers.values():
        spans.extend(answer.evidence)
    for span in spans:
        inside = begin <= span.start < span.end <= begin + len(text)
        if not inside or text[span.start - begin : span.end - begin] != span.text:
            yield Found(f"{span.start}-{span.end} is not in the passage")


def no_link(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """A link that must be there, to another record."""
    answer = place.stated(options["link"])
    targets = answer.value if answer and isinstance(answer.value, tuple) else ()
    if not targets:
        yield Found("none is given", missing=True)
    elif place.record.id in targets:
        yield Found("it points at itself")


def unusable_code(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Codes that the codebook lacks or has retired."""
    for one in setting.inside(place):
        for name, answer in one.record.answers.items():
            variable = setting.codebook.variable(name)
            if answer.value is None or not variable.type.has_codes:
                continue
            known = {code.id: code for code in variable.codes}
            for code_id in _ids(answer.value):
                if code_id not in known:
                    yield Found(f"{variable.name} has no code {code_id}", record=one.record.id)
                elif known[code_id].retired:
                    words = f"{known[code_id].label} ({code_id}) is retired"
                    yield Found(words, record=one.record.id)


def _ids(value: object) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (str(value),)


def _date(place: Place, name: str) -> DateValue | None:
    answer = place.stated(name)
    return answer.value if answer and isinstance(answer.value, DateValue) else None


def outside_window(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Codes against the days of the event: only a date wholly outside is found."""
    when = _date(place, options["date"])
    if when is None or when.start is None or when.end is None:
        return
    for name in options["codes"]:
        answer = place.stated(name)
        if answer is None:
            continue
        variable = setting.codebook.variable(name)
        for code_id in _ids(answer.value):
            for code in _with_parents(variable, code_id):
                if code.valid_from and when.end < code.valid_from:
                    yield Found(f"{when}, but {code.label} is used from {code.valid_from}")
                elif code.valid_to and when.start > code.valid_to:
                    yield Found(f"{when}, but {code.label} is used to {code.valid_to}")


def _with_parents(variable: Variable, code_id: str) -> Iterator[Code]:
    codes = {code.id: code for code in variable.codes}
    while code := codes.get(code_id):
        yield code
        code_id = code.parent


def said_twice(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """An earlier record with the same answers and sources, and no link between the two."""
    mine = _said(place, setting, options)
    if mine is None:
        return
    for other in setting.fitting():
        if other.record.id == place.record.id:
            return
        if _said(other, setting, options) != mine:
            continue
        linked = any(
            b.record.id in _targets(a, link)
            for link in options["links"]
            for a, b in ((place, other), (other, place))
        )
        if not linked:
            yield Found(f"as in {other.record.id}")
            return


def _said(place: Place, setting: Setting, options: Options) -> tuple[object, ...] | None:
    """What a record says, to compare; None while an answer that is compared is not there."""
    answers = [place.answers.get(name) for name in options["by"]]
    if any(answer is None for answer in answers):
        return None
    inside = tuple(
        tuple(_compared(one.record.answers.get(name)) for name in options["inside"])
        for one in setting.inside(place)
        if any(name in one.record.answers for name in options["inside"])
    )
    return (*(_compared(answer) for answer in answers), inside)


def _compared(answer: Answer | None) -> tuple[str, str]:
    if answer is None:
        return "", ""
    return answer.state.value, "" if answer.value is None else folded(value_text(answer.value))


def _targets(place: Place, link: str) -> tuple[str, ...]:
    answer = place.stated(link)
    return _ids(answer.value) if answer else ()


def dates_out_of_order(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Each date against the report's, and against those that come before it."""
    report = setting.passage.report_date
    earlier: tuple[str, date] | None = None
    for name in options["dates"]:
        when = _date(place, name)
        if when is None or when.start is None or when.end is None:
            continue
        label = setting.codebook.variable(name).name
        if report is not None and when.start > report:
            yield Found(f"{label} {when} is after the report of {report}")
        if earlier is not None and when.end < earlier[1]:
            yield Found(f"{label} {when} is before {earlier[0].lower()} {earlier[1]}")
        earlier = label, when.start


def odd_extent(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """An aggregate of one day and one site, an event of many days."""
    claim, when = place.stated(options["by"]), _date(place, options["date"])
    if claim is None or when is None or not when.days:
        return
    where = place.stated(options["place"])
    at_site = where is not None and where.value in options["site"]
    if claim.value in options["aggregate"] and when.days == 1 and at_site:
        yield Found("one day at one site")
    # "In 2014" says how exactly an event is dated, not how long it lasted.
    imprecise = when.kind is DateKind.EVENT and when.precision is DatePrecision.YEAR
    lasting = not (imprecise and _is_whole_year(when))
    if claim.value in options["event"] and lasting and when.days > options["most_days"]:
        yield Found(f"{when.days} days")


def _is_whole_year(when: DateValue) -> bool:
    year = when.start.year if when.start else 0
    return year > 0 and (when.start, when.end) == (date(year, 1, 1), date(year, 12, 31))


def only_words(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Words marked for a record that speak of one thing and not of another."""
    spans = sorted(place.record.evidence)
    hit = _first_word(spans, options["words"])
    if hit and not _first_word(spans, options["without"]):
        yield Found(f"“{hit}”")


def _first_word(spans: Iterable[Span], listed: tuple[str, ...]) -> str:
    for span in spans:
        among = tokens(span.text)
        for first, last in places_of(listed, among):
            return span.text[among[first].start : among[last].end]
    return ""


def number_near(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """A number close to one of the words in a passage said to hold no record."""
    if not setting.coding.none or setting.coding.records:
        return
    text = setting.passage.text
    among = tokens(text)
    counted = _counting(text)
    negations = {first for first, _ in places_of(options.get("negations", ()), among)}
    sentence = _sentences(among)
    at = {token.start: place for place, token in enumerate(among)}
    for first, last in places_of(options["words"], among):
        for number in counted:
            begin = at[number.start]
            gap = begin - last if begin > last else first - begin
            near = sentence[begin] == sentence[first] and gap <= options["within"] + 1
            if near and not _is_denied(first, begin, negations):
                word = text[among[first].start : among[last].end]
                yield Found(f"“{text[number.start : number.end]}” near “{word}”")
                return


def _counting(text: str) -> list["Number"]:
    """The numbers of a text that may count people."""
    # Few passages are asked for any, and the words for numbers are much to load.
    from annotator.coding.numbers import Written, numbers_in

    counting = (Written.NUMBER, Written.VAGUE)
    return [one for one in numbers_in(text) if one.written in counting and one.low > 0]


def _sentences(among: tuple[Token, ...]) -> list[int]:
    """For each token the number of its sentence."""
    found, sentence = [], 0
    for token in among:
        sentence += token.begins_sentence
        found.append(sentence)
    return found


def _is_denied(word: int, number: int, negations: set[int]) -> bool:
    """Whether a negation stands shortly before a word, or right before the number.

    With the number between them ("no fewer than 12 dead") it denies nothing.
    """
    if number - 1 in negations:
        return True
    return any(
        place in negations and not place < number < word
        for place in range(word - _NEGATION_REACH, word)
    )


def marked_inferred(place: Place, setting: Setting, options: Options) -> Iterator[Found]:
    """Answers that an offer gave."""
    for name in options["variables"]:
        answer = place.stated(name)
        if answer is not None and answer.inferred:
            yield Found(f"{setting.codebook.variable(name).name} is inferred")


COMPUTED: Mapping[str, ComputedTest] = {
    test.__name__: test
    for test in (
        number_of_records,
        counts_out_of_order,
        evidence_outside,
        no_link,
        unusable_code,
        parts_exceed,
        outside_window,
        not_printed,
        subtotals_exceed,
        said_twice,
        dates_out_of_order,
        number_near,
        odd_extent,
        only_words,
        marked_inferred,
    )
}
"""The computed tests by name."""
