"""Which codings may be compared, and how those of several codebook versions are brought together.

Within a major version, codes were at most renamed, and the codebook itself says from what. Across a
major change the same code can mean different things; codings are compared across it only when
asked, and the result says so.
"""

from collections.abc import Mapping
from itertools import pairwise

from annotator.codebook.changes import CodeMap, listed
from annotator.codebook.model import Codebook
from annotator.codebook.version_numbers import version_of
from annotator.codebook.versions import code_map_along, diff
from annotator.errors import AnnotatorError
from annotator.store.project import Project


def comparable(
    books: Mapping[str, Codebook],
    round_name: str,
    version: str | None = None,
    *,
    mixed: bool = False,
) -> dict[str, Codebook]:
    """The codebooks whose codings may be compared with each other.

    Args:
        books: The codebooks that the codings of a round were made under, by hash.
        round_name: The round, for the sentence of a refusal.
        version: One version of the side that counts, where a major change makes two sides.
        mixed: Whether versions of one codebook may be compared across a major change.

    Raises:
        AnnotatorError: A major change lies between them, no version was chosen and they are not to
            be mixed; or no coding was made under the version chosen; or they are versions of
            different codebooks.
    """
    shown = ", ".join(
        f"{book.id} {book.version}" for book in sorted(books.values(), key=version_of)
    )
    if version is not None and all(book.version != version for book in books.values()):
        raise AnnotatorError(
            f"The round {round_name} has no codings under codebook version {version}; choose one "
            f"of: {shown}."
        )
    sides = {_side(book) for book in books.values() if version is None or book.version == version}
    names = {name for name, _ in sides}
    if mixed and version is None and len(names) == 1:
        return dict(books)
    if len(sides) > 1:
        raise AnnotatorError(
            f"The codings of the round {round_name} were made under codebooks with a major change "
            f"between them ({shown}) and cannot be compared together; choose one version, and "
            "the codings of its major version count, or compare them all the same with "
            "--mix-versions."
        )
    return {sha: book for sha, book in books.items() if _side(book) in sides}


def of_latest(books: Mapping[str, Codebook]) -> dict[str, Codebook]:
    """The codebooks, by hash, that can be compared with the latest version among them."""
    side = _side(max(books.values(), key=version_of))
    return {sha: book for sha, book in books.items() if _side(book) == side}


def _side(book: Codebook) -> tuple[str, int]:
    return book.id, version_of(book)[0]


def brought_together(
    project: Project, books: Mapping[str, Codebook]
) -> tuple[Codebook, dict[str, CodeMap], tuple[str, ...]]:
    """How codings of several versions are read under the latest of them.

    Args:
        project: The project, which knows the versions adopted in between.
        books: Versions of one codebook, by hash; at least one.

    Returns:
        The latest version; for the hash of each earlier one, what its codes are called there; and
        sentences that say what that does.
    """
    newest_sha = max(books, key=lambda sha: version_of(books[sha]))
    newest = books[newest_sha]
    names: dict[str, CodeMap] = {}
    notes: list[str] = []
    for sha, book in sorted(books.items(), key=lambda item: version_of(item[1])):
        if sha == newest_sha:
            continue
        chain = _between(project, book, newest)
        names[sha] = code_map_along(chain)
        renamed = [
            f"{owner} {code} as {now}"
            for owner, called in names[sha].items()
            for code, now in called.items()
        ]
        if renamed:
            notes.append(
                f"Codings under {book.version} are read under {newest.version}: {listed(renamed)}."
            )
        if _side(book) != _side(newest):
            changed = [
                change.sentence
                for earlier, later in pairwise(chain)
                for change in diff(earlier, later).changes
                if change.look_again
            ]
            notes.append(
                f"Codings under {book.version} and {newest.version} are compared across a major "
                f"change{': ' if changed else ''}{'; '.join(changed)}."
            )
        if other := of_another_type(book, newest):
            notes.append(
                f"What codings under {book.version} say of {listed(other)} is left out, because "
                f"values have another form in {newest.version}."
            )
    return newest, names, tuple(notes)


def of_another_type(old: Codebook, new: Codebook) -> list[str]:
    """The variables whose values in one version cannot be read as values in another."""
    types = {variable.id: variable.type for variable in old.variables}
    return [
        variable.id
        for variable in new.variables
        if (was := types.get(variable.id, variable.type)) is not variable.type
        and not (was.has_codes and variable.type.has_codes)
    ]


def _between(project: Project, old: Codebook, new: Codebook) -> list[Codebook]:
    """An earlier version, those the project adopted between, and a later one."""
    family = [book for book in project.adopted_codebooks() if book.id == new.id]
    hashes = [book.sha256 for book in family]
    if old.sha256 in hashes and new.sha256 in hashes:
        first, last = hashes.index(old.sha256), hashes.index(new.sha256)
        if first < last:
            return family[first : last + 1]
    return [old, new]
