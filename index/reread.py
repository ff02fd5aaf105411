"""Reading again: what the sentences of the best passages hold, from the numbers of their terms.

The index of passages says which words a passage has; here their sentences are compared with the
question one by one, and so are their headings. Only candidates are read, so the cost does not grow with
the number of clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.fuse import Scores
from index.lexical import Lexical, Places
from index.query import Concept, Query, Way
from index.table import Table

PAIRS = 0.5
"""Of pairs of characters beside words, in the score of a sentence."""


@dataclass(frozen=True)
class Runs:
    """The terms of many short texts, one after the other, by their places in the vocabulary of the passages."""

    terms: NDArray[np.int32]
    ends: NDArray[np.int64]

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of these texts, one text after the other, and how many each has."""
        starts = np.where(numbers > 0, self.ends[numbers - 1], 0)
        lengths = self.ends[numbers] - starts
        return self.terms[_ranges(starts, lengths)], lengths


@dataclass(frozen=True)
class Grid:
    """Which of the question's terms each of some units holds."""

    units: NDArray[np.int64]
    held: NDArray[np.bool_]
    """A row a unit, a column a term."""
    columns: dict[str, int]
    _index: Lexical

    def scores(self, query: Query) -> Scores:
        """How well the words of each unit meet the question; pairs of characters count half."""
        out = _none(len(self.units))
        for concept in query.concepts:
            met = _none(len(self.units))
            for way in concept.ways:
                np.maximum(met, np.float32(way.weight) * self._way(way), out=met)
            out += np.float32(concept.weight) * met
        paired = _none(len(self.units))
        for term in query.pairs:
            paired += self._term(term)
        most = sum(_telling(self._index, concept) for concept in query.concepts)
        pairs = sum(self._index.idf(term) for term in query.pairs)
        return (out / np.float32(most) if most else out) + PAIRS * (paired / np.float32(pairs) if pairs else paired)

    def _term(self, term: str) -> Scores:
        if term not in self.columns:
            return _none(len(self.units))
        return self.held[:, self.columns[term]] * np.float32(self._index.idf(term))

    def _way(self, way: Way) -> Scores:
        values = [self._term(term) for term in way.terms]
        total: Scores = np.sum(values, axis=0, dtype=np.float32) if values else _none(len(self.units))
        if way.widened and len(values) > 1:
            return np.where(np.all(values, axis=0), total, np.float32(0))
        return total


def grid(index: Lexical, units: Runs, table: Table, query: Query, places: Places) -> Grid:
    """The grid of all units of these passages."""
    wanted = [term for concept in query.concepts for way in concept.ways for term in way.terms]
    known = {t: n for t in dict.fromkeys((*query.run, *wanted, *query.pairs)) if (n := index.place(t)) is not None}
    columns = {term: column for column, term in enumerate(known)}
    slots = np.zeros(max(len(index.terms), 1), dtype=np.uint16)
    slots[np.array(list(known.values()), dtype=np.int64)] = np.arange(1, len(known) + 1)
    first = table.first[places].astype(np.int64)
    numbers = np.unique(_ranges(first, table.last[places] - first))
    terms, lengths = units.of(numbers)
    found = slots[terms]
    at = np.flatnonzero(found)
    owners = np.searchsorted(np.cumsum(lengths), at, side="right")
    held = np.zeros((len(numbers), len(known)), dtype=np.bool_)
    held[owners, found[at] - 1] = True
    return Grid(numbers, held, columns, index)


def headed(index: Lexical, headings: Runs, table: Table, query: Query, places: Places) -> Scores:
    """How alike each passage's heading and the question are: the mean of the shares that each has of the other."""
    asked = dict.fromkeys((*query.run, *query.pairs))
    most = sum(index.idf(term) for term in asked)
    numbers, which = np.unique(table.heading[places], return_inverse=True)
    if not most or not len(numbers):
        return _none(len(places))
    terms, lengths = headings.of(numbers.astype(np.int64))
    owners = np.repeat(np.arange(len(numbers)), lengths)
    wanted = np.array(sorted(n for t in asked if (n := index.place(t)) is not None), dtype=np.int32)
    weights = index.weights[terms]
    own = np.bincount(owners, weights=weights, minlength=len(numbers))
    met = np.bincount(owners, weights=weights * np.isin(terms, wanted), minlength=len(numbers))
    alike = (met / most + np.divide(met, own, out=np.zeros_like(met), where=own > 0)) / 2
    return np.minimum(alike, 1.0).astype(np.float32)[which]


class Spread:
    """Spreads what is known of units over the passages that hold them."""

    def __init__(self, table: Table, places: Places, units: NDArray[np.int64]) -> None:
        first = np.searchsorted(units, table.first[places].astype(np.int64))
        last = np.searchsorted(units, table.last[places].astype(np.int64))
        self._cuts = np.stack([first, last], axis=1).ravel()

    def best(self, scores: Scores) -> Scores:
        """The best of each passage's units."""
        return self._reduced(np.maximum, scores)

    def all(self, marks: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """The marks that any of each passage's units has."""
        return self._reduced(np.bitwise_or, marks)

    def _reduced(self, with_: np.ufunc, values: NDArray[Any]) -> NDArray[Any]:
        if not len(self._cuts):
            return values[:0]
        padded = np.append(values, np.zeros(1, values.dtype))  # a run may end where the values do
        reduced: NDArray[Any] = with_.reduceat(padded, self._cuts)[::2]
        return reduced


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of many runs, one after the other."""
    before = np.cumsum(lengths) - lengths
    places: NDArray[np.int64] = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return places


def _telling(index: Lexical, concept: Concept) -> float:
    return concept.weight * sum(index.idf(term) for term in concept.ways[0].terms)


def _none(count: int) -> Scores:
    return np.zeros(count, dtype=np.float32)
