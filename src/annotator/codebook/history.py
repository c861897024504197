"""The history of codes: what ids of earlier versions they stand for, as the file itself says."""

from collections.abc import Iterator, Sequence

from annotator.codebook.entries import Entry
from annotator.codebook.problems import Placed, Problems, quote
from annotator.codebook.version_numbers import parts_of
from annotator.codebook.yaml_source import Items


def check_history(codes: Sequence[Entry], version: str, problems: Problems) -> None:
    """Check what the codes of one picker say about earlier versions.

    An id that was renamed or merged away is gone, and went into one code. One that was split may
    have kept a part of its meaning.

    Args:
        codes: The codes of one variable, or the reasons of one unit.
        version: The version of the codebook; empty if it has none that can be read.
        problems: Where mistakes are noted.
    """
    present = {code.id for code in codes if code.id}
    taken: dict[str, tuple[str, Entry]] = {}
    for code in codes:
        for name, old, place in _taken_over(code):
            if old == code.id:
                problems.add(place, f"{name} names the code itself", "leave it out")
            elif old in present:
                problems.add(
                    place,
                    f"{name} {quote(old)} is still a code here",
                    "name an id of an earlier version, or delete that code",
                )
            elif old in taken:
                problems.add(
                    place,
                    f"{quote(old)} already went into {quote(taken[old][1].id)}",
                    "name it once, or write split_from for each code that is a part of it",
                )
            else:
                taken[old] = name, code
    for code in codes:
        _check_split(code, taken, problems)
        _check_redefined(code, version, problems)


def _taken_over(code: Entry) -> Iterator[tuple[str, str, Placed]]:
    """Each id that a code says it took over: the field, the id, its place."""
    if renamed := code.values.get("renamed_from"):
        yield "renamed_from", renamed, code.place("renamed_from")
    node = code.nodes.get("merged_from")
    for number, old in enumerate(code.values.get("merged_from", ())):
        place = node.nodes[number] if isinstance(node, Items) else code.place("merged_from")
        if old:
            yield "merged_from", old, place


def _check_split(code: Entry, taken: dict[str, tuple[str, Entry]], problems: Problems) -> None:
    old = code.values.get("split_from")
    if not old:
        return
    place = code.place("split_from")
    if old == code.id:
        problems.add(place, "split_from names the code itself", "leave it out")
    elif old in taken:
        name, other = taken[old]
        problems.add(
            place,
            f"{quote(old)} went into {quote(other.id)} as a whole ({name}), so this is no part "
            "of it",
            "write split_from in each code that is a part of it",
        )


def _check_redefined(code: Entry, version: str, problems: Problems) -> None:
    redefined = code.values.get("redefined_in")
    if not redefined or not version:
        return
    try:
        later = parts_of(redefined) > parts_of(version)
    except ValueError:
        return  # noted already, where the version stands
    if later:
        problems.add(
            code.place("redefined_in"),
            f"redefined_in {redefined} is later than this version, {version}",
            f"write {version}, or raise the version of the codebook",
        )
