"""Two rows of texts side by side: which stands whole in the other, which pairs go together, what kept its order."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from difflib import SequenceMatcher

from law.fold import squash

Alike = Callable[[int, int], float]
"""How like the i-th of one row and the j-th of the other are; 0 where they must not be paired."""

_LONG = 20
"""Folded characters from which a text that stands whole in a longer one is taken for it."""
_CONTAINED = 0.7


def holds(one: str, other: str) -> bool:
    """Whether the shorter of two texts stands, as good as whole and in one piece, in the longer."""
    shorter, longer = sorted((squash(one), squash(other)), key=len)
    if len(shorter) < _LONG:
        return False
    run = SequenceMatcher(None, shorter, longer, autojunk=False).find_longest_match().size
    return run >= _CONTAINED * len(shorter)


def in_order(rows: int, columns: int, like: Alike) -> list[tuple[int, int]]:
    """The pairs, none crossing another, that are most alike taken together.

    >>> in_order(2, 3, lambda i, j: 1.0 if j == i + 1 else 0.0)
    [(0, 1), (1, 2)]
    """
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    scores = [[like(i, j) for j in range(columns)] for i in range(rows)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            together = best[i + 1][j + 1] + scores[i][j] if scores[i][j] > 0 else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    out: list[tuple[int, int]] = []
    i = j = 0
    while i < rows and j < columns:
        if scores[i][j] > 0 and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            out.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return out


def longest_rising(numbers: Sequence[int]) -> set[int]:
    """The places of a longest rising run of different numbers: what kept its order.

    >>> sorted(longest_rising([0, 3, 1, 2, 4]))
    [0, 2, 3, 4]
    """
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for at, value in enumerate(numbers):
        low = bisect_left(ends, value, key=lambda place: numbers[place])
        before[at] = ends[low - 1] if low else None
        ends[low : low + 1] = [at]
    out: set[int] = set()
    step: int | None = ends[-1] if ends else None
    while step is not None:
        out.add(step)
        step = before[step]
    return out
