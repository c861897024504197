"""The rules of a codebook in words, the same wherever a codebook is shown to people."""

from collections.abc import Iterator, Mapping, Sequence

from annotator.codebook.model import (
    PASSAGE,
    CandidateRule,
    Check,
    Code,
    Condition,
    EvidenceRule,
    Unit,
    Variable,
)


def unit_rules(unit: Unit) -> Iterator[str]:
    """What holds for the records of a repeating unit."""
    yield f"in {unit.within}"
    if unit.evidence is not EvidenceRule.OPTIONAL:
        yield f"evidence {unit.evidence}"


def variable_rules(variable: Variable) -> Iterator[str]:
    """What holds for the answers of a variable, its type first."""
    yield str(variable.type)
    if variable.unit != PASSAGE:
        yield f"asked of each {variable.unit}"
    if variable.link_to:
        yield f"links to {variable.link_to}"
    if variable.minimum is not None:
        yield f"at least {variable.minimum}"
    if variable.maximum is not None:
        yield f"at most {variable.maximum}"
    if variable.required:
        yield "required"
    if variable.default is not None:
        yield f"default {value_words(variable.default)}"
    if variable.when is not None:
        yield f"only when {condition_words(variable.when)}"
    if variable.evidence is not EvidenceRule.OPTIONAL:
        yield f"evidence {variable.evidence}"
    if variable.candidates is not CandidateRule.USUAL:
        yield f"candidates {variable.candidates}"
    for language, words in variable.cues.items():
        yield f"cues ({language}) {', '.join(words)}"


def value_words(value: object) -> str:
    """A value of plain data, such as a default, in words."""
    if isinstance(value, Mapping):
        if "state" in value:
            return str(value["state"])
        return ", ".join(f"{name} {value_words(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value)) or "none of these"
    return str(value).lower() if isinstance(value, bool) else str(value)


def condition_words(condition: Condition) -> str:
    """A condition in words: `kind is killing or injury and total is stated`."""
    return " and ".join(
        f"{name} is {' or '.join(_wanted_words(value) for value in values)}"
        for name, values in condition
    )


def _wanted_words(value: str) -> str:
    return value.removeprefix("state:").replace("_", " ") if value.startswith("state:") else value


def check_rules(check: Check) -> Iterator[str]:
    """When a check speaks, and what it offers."""
    if check.unit != PASSAGE:
        yield f"in each {check.unit}"
    if check.when:
        yield f"when {', or '.join(map(condition_words, check.when))}"
    if check.unless:
        yield f"unless {', or '.join(map(condition_words, check.unless))}"
    if check.test:
        options = "; ".join(f"{name}: {value_words(it)}" for name, it in check.options.items())
        yield f"test {check.test}{f' ({options})' if options else ''}"
    if check.give:
        yield f"offers {' and '.join(f'{name} {value_words(it)}' for name, it in check.give)}"


def tree(codes: Sequence[Code]) -> Iterator[tuple[int, Code]]:
    """The codes with their depth, each followed by those below it, else in the file's order."""
    below: dict[str, list[Code]] = {}
    for code in codes:
        below.setdefault(code.parent, []).append(code)
    pending = [(0, code) for code in reversed(below.get("", []))]
    while pending:
        depth, code = pending.pop()
        yield depth, code
        pending.extend((depth + 1, child) for child in reversed(below.get(code.id, [])))


def code_remarks(code: Code) -> Iterator[tuple[str, str]]:
    """Everything about a code but its name, key and definition: what kind of remark, and it."""
    for word, texts in (
        ("use for", code.include),
        ("not for", code.exclude),
        ("example", code.examples),
        ("not like", code.not_examples),
    ):
        for text in texts:
            yield word, text
    for word, words in (("also called", code.aliases), ("cues", code.cues)):
        for language, names in words.items():
            yield f"{word} ({language})", ", ".join(names)
    if code.valid_from or code.valid_to:
        first = f"from {code.valid_from}" if code.valid_from else ""
        last = f"to {code.valid_to}" if code.valid_to else ""
        yield "for events", " ".join(filter(None, (first, last)))
    if code.renamed_from:
        yield "once called", code.renamed_from
    if code.merged_from:
        yield "merged from", ", ".join(code.merged_from)
    if code.split_from:
        yield "split from", code.split_from
    if code.redefined_in:
        yield "another meaning since", code.redefined_in
