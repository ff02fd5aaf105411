"""Twins: clauses of one document in the same words, which nothing that was asked tells apart.

A guideline says of each stage, and a decision of each company, what it has said before. Where two such hits are hardly
apart in score, what put the one first is chance; then the one that is printed first stands first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from index.passages import Unit
from law.document import Document
from law.fold import squash
from law.span import Span

TWIN = 0.96
"""Of a hit's score from which another hit in the same words is its equal."""
_MOST = 0.5
"""The share of a clause's sentences and items that its near-twin repeats."""


_TELLING = 10
"""Characters from which a piece that stands inside another sentence repeats it; 教育 stands in many."""


@dataclass(frozen=True)
class Said:
    """What a hit says, and where."""

    document: Document
    span: Span
    quote: Span
    units: Callable[[], Iterable[Unit]]
    """Its sentences and items, which few hits are asked for."""
    score: float

    @cached_property
    def words(self) -> str:
        """The words of the quote."""
        return squash(self.quote.of(self.document.text))

    @cached_property
    def pieces(self) -> tuple[str, ...]:
        """The words of each sentence and item."""
        return tuple(squash(unit.span.of(self.document.text)) for unit in self.units())


def printed_order(said: Sequence[Said]) -> list[int]:
    """The hits, best first, but twins in the order in which they are printed."""
    order = list(range(len(said)))
    for first in range(len(said)):
        twins = [k for k in range(first, len(said)) if order[k] == k and (k == first or is_twin(said[first], said[k]))]
        for place, k in zip(twins, sorted(twins, key=lambda k: said[k].quote.start), strict=True):
            order[place] = k
    return order


def is_twin(one: Said, other: Said) -> bool:
    """Whether hits hardly apart in score quote the same words, or one says elsewhere most of what the other says."""
    if one.document.id != other.document.id or other.score < TWIN * one.score:
        return False
    apart = one.span.end <= other.span.start or other.span.end <= one.span.start
    return one.words == other.words or (apart and (_repeats(one, other) or _repeats(other, one)))


def _repeats(one: Said, other: Said) -> bool:
    """Whether one says most of what the other says, each piece whole or, where it is long enough, inside another."""
    whole = "\n".join(one.pieces)
    repeated = (piece in one.pieces or (len(piece) >= _TELLING and piece in whole) for piece in other.pieces)
    return sum(repeated) > _MOST * len(other.pieces)
