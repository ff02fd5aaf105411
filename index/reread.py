"""Reading again: what the sentences of the best passages hold, from the numbers of their terms.

The index of passages says which words a passage has; here their sentences are compared with the
question one by one, and so are their headings. Only candidates are read, so the cost does not grow with
the number of clauses.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fuse import Scores
from index.lexical import Lexical, Places
from index.meet import Held, most_shared, telling, terms_of
from index.query import Query
from index.table import Table

PAIRS = 0.5
"""Of pairs of characters beside words, in the score of a sentence."""
UNHEADED = 0.3
"""How alike a missing heading is taken to be: as an ordinary one, since older statutes have none."""


@dataclass(frozen=True)
class Runs:
    """The terms of many short texts, one after the other, by their places in the vocabulary of the passages."""

    terms: NDArray[np.integer[Any]]
    starts: NDArray[np.int64]
    """Where each text begins, and the last one ends."""

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name, to be saved."""
        return {"terms": self.terms, "starts": self.starts}

    def of(self, numbers: NDArray[np.int64]) -> tuple[NDArray[np.integer[Any]], NDArray[np.int64]]:
        """The terms of these texts, one text after the other, and how many each has."""
        starts, ends = self.starts.take(numbers), self.starts.take(numbers + 1)
        first = np.ones(len(numbers) + 1, dtype=np.bool_)
        np.not_equal(starts[1:], ends[:-1], out=first[1:-1])  # what stands together is copied together
        runs = zip(starts[first[:-1]].tolist(), ends[first[1:]].tolist(), strict=True)
        return np.concatenate([self.terms[:0], *(self.terms[start:end] for start, end in runs)]), ends - starts


class Wanted(NamedTuple):
    """The terms of a question that the passages know: a number each, and under each term's place that number and 1."""

    numbers: dict[str, int]
    places: NDArray[np.intp]
    slots: NDArray[np.unsignedinteger[Any]]
    telling: NDArray[np.float32]
    """How much of the question hangs on each concept."""
    paired: float
    """What a text would score that had all of its pairs of characters."""

    @property
    def most(self) -> float:
        """What a text would score that met every concept in full."""
        return float(self.telling.sum())

    @classmethod
    def of(cls, index: Lexical, query: Query) -> Wanted:
        """The terms of this question: its words, the other ways to say them, its pairs of characters."""
        terms = dict.fromkeys((*query.run, *terms_of(query.concepts), *query.pairs))
        places = {term: place for term in terms if (place := index.place(term)) is not None}
        at = np.fromiter(places.values(), np.intp, len(places))
        narrow: type[np.unsignedinteger[Any]] = np.uint8 if len(at) < 256 else np.uint16
        slots = np.zeros(max(len(index.terms), 1), dtype=narrow)
        slots[at] = np.arange(1, len(at) + 1)
        tells = np.array([telling(index, concept) for concept in query.concepts], dtype=np.float32)
        numbers = {term: number for number, term in enumerate(places)}
        return cls(numbers, at, slots, tells, most_shared(index, query.pairs))


class Units(NamedTuple):
    """The units of some passages, each once and ascending, and their terms, one unit's after the other's."""

    numbers: NDArray[np.int64]
    terms: NDArray[np.integer[Any]]
    owners: NDArray[np.intp]
    """Which of the units each term stands in."""

    @classmethod
    def of(cls, units: Runs, table: Table, places: Places) -> Units:
        """The units of these passages."""
        first, last = table.first.take(places).astype(np.int64), table.last.take(places)
        numbers = once(_ranges(first, last - first))
        terms, lengths = units.of(numbers)
        return cls(numbers, terms, np.repeat(np.arange(len(numbers)), lengths))


def grid(index: Lexical, units: Units, wanted: Wanted) -> Held:
    """Which of the question's terms each of these units holds, by how telling they are."""
    found = wanted.slots.take(units.terms, mode="clip")  # all of them are there, and nothing is looked at twice
    at = np.flatnonzero(found > 0)
    terms_at, units_at = found.take(at) - 1, units.owners.take(at)
    idfs = index.weights.take(wanted.places)
    held = np.zeros((len(idfs), len(units.numbers)), dtype=np.float32)
    held[terms_at, units_at] = idfs.take(terms_at)
    return Held(wanted.numbers, held)


def headed(index: Lexical, headings: Runs, table: Table, query: Query, wanted: Wanted, places: Places) -> Scores:
    """How alike each passage's heading and the question are: the mean of the shares that each has of the other.

    What has no heading, or only a number, is not held to be about something else: it gets `UNHEADED`.
    """
    asked = dict.fromkeys((*query.run, *query.pairs))
    most = most_shared(index, asked)
    numbers, which = distinct(table.heading[places])
    if not most or not len(numbers):
        return np.zeros(len(places), dtype=np.float32)
    own, met = _shares(index, headings, numbers, wanted, asked)
    alike = (met / most + np.divide(met, own, out=np.zeros(len(numbers)), where=own > 0)) / 2
    return np.where(own > 0, np.minimum(alike, 1.0), UNHEADED).astype(np.float32)[which]


def titled(index: Lexical, titles: Runs, query: Query, wanted: Wanted, documents: Places) -> Scores:
    """Of each document, the share of its title's words that the question has, by how telling they are."""
    own, met = _shares(index, titles, documents, wanted, set(query.run))
    return np.divide(met, own, out=np.zeros(len(own)), where=own > 0).astype(np.float32)


class _Shares(NamedTuple):
    """How telling all terms of each of some texts are together, and those of them that the question has."""

    own: NDArray[np.float64]
    met: NDArray[np.float64]


def _shares(index: Lexical, runs: Runs, numbers: Places, wanted: Wanted, asked: Container[str]) -> _Shares:
    """The shares of the texts of these numbers."""
    terms, lengths = runs.of(numbers.astype(np.int64))
    owners = np.repeat(np.arange(len(numbers)), lengths)
    counts = np.array([False, *(term in asked for term in wanted.numbers)])
    weights = index.weights.take(terms)
    met = weights * counts.take(wanted.slots.take(terms))
    own, said = (np.bincount(owners, some, len(numbers)).astype(np.float64) for some in (weights, met))
    return _Shares(own, said)


class Spread:
    """Spreads what is known of units over the passages that hold them."""

    def __init__(self, table: Table, places: Places, units: NDArray[np.int64]) -> None:
        first = np.searchsorted(units, table.first[places].astype(np.int64))
        last = np.searchsorted(units, table.last[places].astype(np.int64))
        self._cuts = np.stack([first, last], axis=1).ravel()

    def run(self, i: int) -> slice:
        """Where the units of passage i stand among all of them."""
        return slice(*self._cuts[2 * i : 2 * i + 2].tolist())

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
    ordered = once(values)
    return Distinct(ordered, ordered.searchsorted(values))


def once(values: NDArray[Any]) -> NDArray[Any]:
    """The same values, each once and ascending."""
    ordered = np.sort(values)
    first = np.ones(len(values), dtype=np.bool_)
    np.not_equal(ordered[1:], ordered[:-1], out=first[1:])
    return ordered[first]


def _ranges(starts: NDArray[np.int64], lengths: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of many runs, one after the other."""
    before = np.cumsum(lengths) - lengths
    places: NDArray[np.int64] = np.arange(int(lengths.sum())) + np.repeat(starts - before, lengths)
    return places
