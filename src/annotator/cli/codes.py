"""Codes in plain lines: what is typed to pick one, and what the codebook says of it."""

from collections.abc import Iterator, Sequence

from annotator.codebook.model import Code


def tokens(codes: Sequence[Code]) -> dict[str, Code]:
    """What is typed to pick each code: its key, or a number where it has none."""
    keys = {code.key for code in codes if code.key}
    numbers = (str(number) for number in range(1, 10_000) if str(number) not in keys)
    return {code.key or next(numbers): code for code in codes}


def picked(codes: Sequence[Code], token: str) -> Code | None:
    """The code that a key, number or id picks, or None."""
    if (code := tokens(codes).get(token)) is not None:
        return code
    return next((code for code in codes if code.id == token.lower()), None)


def entry_lines(code: Code) -> Iterator[str]:
    """The codebook's entry of a code, a line for each thing it says."""
    yield f"{code.label} ({code.id})"
    if code.definition:
        yield code.definition
    for name, texts in (
        ("Use for", code.include),
        ("Not for", code.exclude),
        ("Example", code.examples),
        ("Not like", code.not_examples),
    ):
        for text in texts:
            yield f"{name}: {text}"
