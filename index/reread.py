"""Reading again: what the sentences of the best passages hold, from the numbers of their terms.

The index of passages says which words a passage has; here their sentences are compared with the
question one by one, and so are their headings. Only candidates are read, so the cost does not grow with
the number of clauses.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fuse import Scores
from index.lexical import Lexical, Places
from index.meet import Held, most_shared, terms_of
from index.query import Query
from index.table import Table

PAIRS = 0.5
"""Of pairs of characters beside words, in the score of a sentence."""
UNHEADED = 0.3
"""How alike a missing heading is taken to be: as an ordinary one, since older statutes have none."""


@dataclass(frozen=True)
class Runs:
    """The terms of many short texts, one after the other, by their places in the vocabulary of the passages."""

    terms: NDArray[np.int32]
    ends: NDArray[np.int64]

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of these texts, one text after the other, and how many each has."""
        starts = np.where(numbers > 0, self.ends[numbers - 1], 0)
        lengths = self.ends[numbers] - starts
        return self.terms.take(_ranges(starts, lengths)), lengths


class Wanted(NamedTuple):
    """The terms of a question that the passages know: a number each, and under each term's place that number and 1."""

    numbers: dict[str, int]
    slots: NDArray[np.unsignedinteger[Any]]

    @classmethod
    def of(cls, index: Lexical, query: Query) -> Wanted:
        """The terms of this question: its words, the other ways to say them, its pairs of characters."""
        terms = dict.fromkeys((*query.run, *terms_of(query.concepts), *query.pairs))
        places = {term: place for term in terms if (place := index.place(term)) is not None}
        narrow: type[np.unsignedinteger[Any]] = np.uint8 if len(places) < 256 else np.uint16
        slots = np.zeros(max(len(index.terms), 1), dtype=narrow)
        slots[list(places.values())] = np.arange(1, len(places) + 1)
        return cls({term: number for number, term in enumerate(places)}, slots)


@dataclass(frozen=True)
class Grid:
    """Which of the question's terms each of some units holds."""

    units: NDArray[np.int64]
    held: Held


def grid(index: Lexical, units: Runs, table: Table, wanted: Wanted, places: Places) -> Grid:
    """The grid of all units of these passages."""
    numbers = units_of(table, places)
    terms, lengths = units.of(numbers)
    found = wanted.slots.take(terms)
    at = np.flatnonzero(found > 0)
    terms_at, units_at = found.take(at) - 1, np.repeat(np.arange(len(numbers)), lengths).take(at)
    idfs = np.array([index.idf(term) for term in wanted.numbers], dtype=np.float32)
    held = np.zeros((len(idfs), len(numbers)), dtype=np.float32)
    held[terms_at, units_at] = idfs[terms_at]
    return Grid(numbers, Held(wanted.numbers, held))


def units_of(table: Table, places: Places) -> NDArray[np.int64]:
    """The numbers of the units of these passages, each once and ascending."""
    first, last = table.first.take(places).astype(np.int64), table.last.take(places)
    return distinct(_ranges(first, last - first)).values


def headed(index: Lexical, headings: Runs, table: Table, query: Query, wanted: Wanted, places: Places) -> Scores:
    """How alike each passage's heading and the question are: the mean of the shares that each has of the other.

    What has no heading, or only a number, is not held to be about something else: it gets `UNHEADED`.
    """
    asked = dict.fromkeys((*query.run, *query.pairs))
    most = most_shared(index, asked)
    numbers, which = distinct(table.heading[places])
    if not most or not len(numbers):
        return np.zeros(len(places), dtype=np.float32)
    terms, lengths = headings.of(numbers.astype(np.int64))
    owners = np.repeat(np.arange(len(numbers)), lengths)
    counts = np.array([False, *(term in asked for term in wanted.numbers)])
    weights = index.weights.take(terms)
    own = np.bincount(owners, weights=weights, minlength=len(numbers))
    met = np.bincount(owners, weights=weights * counts.take(wanted.slots.take(terms)), minlength=len(numbers))
    alike = (met / most + np.divide(met, own, out=np.zeros(len(numbers)), where=own > 0)) / 2
    return np.where(own > 0, np.minimum(alike, 1.0), UNHEADED).astype(np.float32)[which]


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


class Distinct(NamedTuple):
    """Values, each once and ascending, and which of them stood at each place."""

    values: NDArray[Any]
    which: NDArray[np.intp]


def distinct(values: NDArray[Any]) -> Distinct:
    """As `np.unique` gives them, which loads numpy's masked arrays: 20 ms of a first question."""
    order = values.argsort(kind="stable")
    ordered = values[order]
    first = np.ones(len(values), dtype=np.bool_)
    first[1:] = ordered[1:] != ordered[:-1]
    which = np.empty(len(values), dtype=np.intp)
    which[order] = np.cumsum(first) - 1
    return Distinct(ordered[first], which)


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of many runs, one after the other."""
    before = np.cumsum(lengths) - lengths
    places: NDArray[np.int64] = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return places
