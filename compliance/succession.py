"""What took whose place: what people wrote stays with its row or cell when the reading of it changes.

Whether one may take another's place, and how like it must be, is for those to say who know the things.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """A new thing that may take an old one's place, by their ids, and how like it is."""

    likeness: float
    old: str
    new: str


def heirs(*rounds: Iterable[Claim]) -> dict[str, str]:
    """The old thing by the new one that takes its place: the likest first, each once; a later round takes what is left.

    >>> heirs([Claim(0.6, "a", "x"), Claim(0.9, "b", "x")], [Claim(0.5, "a", "y"), Claim(0.5, "b", "y")])
    {'x': 'b', 'y': 'a'}
    """
    out: dict[str, str] = {}
    settled: set[str] = set()
    for claims in rounds:
        for one in sorted(claims, key=lambda one: (-one.likeness, one.old, one.new)):
            if one.old not in settled and one.new not in out:
                out[one.new] = one.old
                settled.add(one.old)
    return out
