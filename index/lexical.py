"""Lexical scores: BM25F over weighted fields, as columns of numpy that can be mapped from disk.

A text has three fields (own words, headings, title); a term's frequency is summed over them with each
field's weight and length, then saturated once. What a term adds to a text is computed when the index
is built (`index/tally.py`), so a query only adds columns up, and can say what each word added. The
same texts always give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log1p
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.vocabulary import Strings, Vocabulary

Floats = NDArray[np.float32]
Places = NDArray[np.uint32]
"""Numbers of texts. Always of this type: a search among numbers of another type copies the whole column."""


class Fields(NamedTuple):
    """The terms of one text, field by field."""

    own: Sequence[str]
    headings: Sequence[str] = ()
    title: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """BM25F: `k1` says how soon a repeated term stops counting, `b` how much length is held against a text."""

    k1: float = 0.9
    b: float = 0.5
    weights: tuple[float, float, float] = (1.0, 0.8, 0.2)
    """Of own words, headings and title; a heading word counts nearly as much as one of the text."""

    def __post_init__(self) -> None:
        if self.k1 < 0 or not 0 <= self.b <= 1 or min(self.weights) < 0:
            raise ValueError(f"expected k1 >= 0, 0 <= b <= 1 and weights >= 0, found {self}")


class Posting(NamedTuple):
    """The texts that hold a term, ascending, and what the term adds to each."""

    texts: Places
    impacts: Floats

    def at(self, places: Places) -> Floats:
        """What the term adds to each of these texts, 0 where it does not stand."""
        if not len(self.texts):
            return np.zeros(len(places), dtype=np.float32)
        found = np.minimum(np.searchsorted(self.texts, places), len(self.texts) - 1)
        return np.where(self.texts[found] == places, self.impacts[found], np.float32(0))

    def and_(self, other: Posting) -> Posting:
        """The texts that hold both terms, and what both add; fast where this is the rarer one."""
        found = other.texts.searchsorted(self.texts)
        both = np.flatnonzero(other.texts.take(found, mode="clip") == self.texts) if len(other.texts) else _NOWHERE
        impacts = self.impacts.take(both) + other.impacts.take(found.take(both))
        return Posting(self.texts.take(both), impacts)


Weighed = tuple[Posting, float]
"""A posting and the weight that its impacts count at."""


class Joined(NamedTuple):
    """Several postings, one after the other, with numbers of the machine's own width."""

    texts: NDArray[np.intp]
    impacts: Floats


Together = tuple[tuple[str, ...], float]
"""Terms that stand together, and the weight of what they add."""

_NOWHERE = np.empty(0, np.intp)
_CACHED = 20_000
"""Terms whose place is remembered."""
_JOINT, _SHORT = 4_000, 2_000
"""Terms that stand together: so many postings are remembered, up to so many texts each; 64 MB at the very most."""
_CONCEPTS, _COMMON = 1_000, 16_000
"""Concepts said in several ways: the same; of statutes some 30 MB, 128 MB at the very most."""


@dataclass(frozen=True)
class Lexical:
    """An index: terms, and for each a run of texts and impacts."""

    terms: Vocabulary
    starts: NDArray[np.int64]
    texts: Places
    impacts: Floats
    count: int
    """How many texts there are."""
    _places: dict[str, int | None] = field(default_factory=dict, repr=False, compare=False)
    _postings: dict[str, Posting] = field(default_factory=dict, repr=False, compare=False)
    _joint: dict[tuple[str, ...], Posting] = field(default_factory=dict, repr=False, compare=False)
    _concepts: dict[tuple[tuple[Together, ...], ...], Posting] = field(default_factory=dict, repr=False, compare=False)
    _idfs: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def place(self, term: str) -> int | None:
        """The place of a term in the vocabulary, or None."""
        try:
            return self._places[term]
        except KeyError:  # asked so, not with `in` first: another thread may clear them in between
            if len(self._places) > _CACHED:
                self._places.clear()
            found = self._places[term] = self.terms.find(term)
            return found

    def posting(self, term: str) -> Posting:
        """Where a term stands; nothing for an unknown one."""
        known = self._postings.get(term)
        if known is None:
            if len(self._postings) > _CACHED:
                self._postings.clear()
            start, end = self._run(term)
            known = self._postings[term] = Posting(self.texts[start:end], self.impacts[start:end])
        return known

    def together(self, terms: tuple[str, ...]) -> Posting:
        """Where all of these terms stand, and what they add together.

        Remembered where that is short: the thesaurus asks for the same few thousand again and again.
        """
        if len(terms) == 1:
            return self.posting(terms[0])
        known = self._joint.get(terms)
        if known is None:
            known, *others = sorted((self.posting(term) for term in terms), key=lambda posting: len(posting.texts))
            for other in others:
                known = known.and_(other)
            if len(known.texts) <= _SHORT and len(self._joint) < _JOINT:
                self._joint[terms] = known
        return known

    def best_of(self, own: tuple[Together, ...], others: tuple[Together, ...]) -> Posting:
        """What a concept adds to each text: its own words add up, another way takes their place where it adds more.

        Remembered where that is not long: one question asks as another did.
        """
        known = self._concepts.get((own, others))
        if known is None:
            first, other = ([(self.together(terms), weight) for terms, weight in ways] for ways in (own, others))
            known = _best(joined(first), joined(other), self.count)
            if len(known.texts) <= _COMMON:
                if len(self._concepts) >= _CONCEPTS:
                    self._concepts.clear()
                self._concepts[own, others] = known
        return known

    def frequency(self, term: str) -> int:
        """In how many texts a term stands."""
        return len(self.posting(term).texts)

    def idf(self, term: str) -> float:
        """How telling a term is: 0 where every text has it, highest where none does."""
        known = self._idfs.get(term)
        if known is None:
            if len(self._idfs) > _CACHED:
                self._idfs.clear()
            known = self._idfs[term] = idf(self.frequency(term), self.count)
        return known

    @cached_property
    def weights(self) -> Floats:
        """How telling each term is, by its place in the vocabulary."""
        return idfs(np.diff(self.starts), self.count).astype(np.float32)

    def scores(self, weights: Mapping[str, float]) -> Floats:
        """The score of every text for terms with weights."""
        out = np.zeros(self.count, dtype=np.float32)
        add(out, [(self.posting(term), weight) for term, weight in sorted(weights.items())])
        return out

    def table(self, terms: NDArray[np.intp], places: Places) -> Floats:
        """What each term, by its place in the vocabulary, adds to each text: a row a term, a column a text."""
        if not len(terms) or not len(places):
            return np.zeros((len(terms), len(places)), dtype=np.float32)
        starts, ends = self.starts.take(terms), self.starts.take(terms + 1)
        texts = self.texts
        rows = np.array([texts[a:b].searchsorted(places) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)])
        rows += starts[:, None]
        held = (rows < ends[:, None]) & (texts.take(rows, mode="clip") == places)
        return np.where(held, self.impacts.take(rows, mode="clip"), np.float32(0))

    def _run(self, term: str) -> tuple[int, int]:
        """Where in the columns a term's texts stand, half-open."""
        place = self.place(term)
        return (0, 0) if place is None else (int(self.starts[place]), int(self.starts[place + 1]))

    def arrays(self) -> dict[str, NDArray[Any]]:
        """The columns by name, to be saved."""
        return {
            "hashes": self.terms.hashes,
            "terms": self.terms.strings.blob,
            "ends": self.terms.strings.ends,
            "starts": self.starts,
            "texts": self.texts,
            "impacts": self.impacts,
        }

    @classmethod
    def of_arrays(cls, arrays: Mapping[str, NDArray[Any]], count: int) -> Lexical:
        """An index from its saved columns."""
        vocabulary = Vocabulary(arrays["hashes"], Strings(arrays["terms"], arrays["ends"]))
        return cls(vocabulary, arrays["starts"], arrays["texts"], arrays["impacts"], count)


def joined(weighed: Sequence[Weighed]) -> Joined:
    """Postings one after the other: texts as numbers of the machine's own width, and impacts at their weights."""
    count = sum(len(posting.texts) for posting, _ in weighed)
    texts, impacts = np.empty(count, dtype=np.intp), np.empty(count, dtype=np.float32)
    start = 0
    for posting, weight in weighed:
        end = start + len(posting.texts)
        texts[start:end] = posting.texts
        np.multiply(posting.impacts, np.float32(weight), out=impacts[start:end])
        start = end
    return Joined(texts, impacts)


def add(out: Floats, weighed: Sequence[Weighed]) -> None:
    """Add what postings add to each text, in their order; all at once takes a fifth of the time of one by one."""
    np.add.at(out, *joined(weighed))


def _best(own: Joined, others: Joined, count: int) -> Posting:
    """Of each of `count` texts the sum of what it has of its own, or any other that is more, where it has any."""
    texts = np.concatenate([own.texts, others.texts])
    scores, last = np.empty(count, dtype=np.float32), np.empty(count, dtype=np.int32)
    numbers = np.arange(len(texts), dtype=np.int32)
    scores[texts] = 0.0
    np.add.at(scores, own.texts, own.impacts)
    np.maximum.at(scores, others.texts, others.impacts)
    last[texts] = numbers
    once = texts[last.take(texts) == numbers]  # each text where it was named last
    return Posting(once.astype(np.uint32), scores.take(once))


def idf(frequency: int, count: int) -> float:
    """Robertson's weight in Lucene's form, never negative."""
    return log1p((count - frequency + 0.5) / (frequency + 0.5))


def idfs(frequencies: NDArray[np.int64], count: int) -> NDArray[np.float64]:
    """The same for many terms."""
    out: NDArray[np.float64] = np.log1p((count - frequencies + 0.5) / (frequencies + 0.5))
    return out
