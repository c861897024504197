"""Cycles in what names what."""

from collections.abc import Iterable, Mapping, Sequence

_MOST_SHOWN = 6


def find_cycles(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Cycles of a directed graph, at least one of each strongly connected part that has any.

    Args:
        edges: What each node points at; names that are no key point at nothing.

    Returns:
        The nodes along each cycle found, none of them twice in one.
    """
    cycles: list[list[str]] = []
    done: set[str] = set()
    for start in edges:
        if start in done:
            continue
        path = {start: 0}
        pending = [iter(edges[start])]
        while pending:
            target = next(pending[-1], None)
            if target is None:
                pending.pop()
                done.add(path.popitem()[0])
            elif target in path:
                cycles.append([*path][path[target] :])
            elif target in edges and target not in done:
                path[target] = len(path)
                pending.append(iter(edges[target]))
    return cycles


def around(cycle: Sequence[str]) -> str:
    """A cycle as it may stand in a message: `a -> b -> a`, shortened if it is long."""
    shown = list(cycle) if len(cycle) <= _MOST_SHOWN else [*cycle[: _MOST_SHOWN - 1], "…"]
    return " -> ".join([*shown, cycle[0]])
