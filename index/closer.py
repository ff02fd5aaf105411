"""A closer look: what tells the best candidates apart once they are few, each signal again between 0 and 1.

The first look finds passages by words and vectors. Here they are asked what is too dear, or too faint, to
ask of all: which concepts they meet, how near the question's words are to those of one sentence, and what
their titles, neighbours and documents are about. Nothing is remembered from question to question: what was
never asked for is found as fast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, StaticEncoder, Vectors
from index.fuse import Scores
from index.lexical import Places
from index.likeness import likeness, products, widened
from index.marks import genre, wanted
from index.meet import Held, share
from index.query import Concept, Query
from index.reread import distinct, titled
from index.signals import Candidates, Parts
from index.terms import SPECIAL

_SUBJECT = 0.5
"""Weight from which a concept can be what the question is about."""


@dataclass(frozen=True)
class Closer:
    """Looks closer at candidates; safe to share between threads."""

    parts: Parts
    encoder: Encoder

    def signals(self, query: Query, found: Candidates, first: Scores) -> dict[str, Scores]:
        """The signals of the candidates; `first` is their score so far."""
        if not len(found.places):
            return {}
        of = self.parts.table.document.take(found.places)
        documents, which = distinct(of)
        met = met_by(found.held, query.concepts)
        signals = {
            "covered": share(products(met.T, found.terms.telling), found.terms.most),
            "subject": _subject(query, met),
            "neighbours": _neighbours(found.places.astype(np.int64), of, first),
            "title": titled(self.parts.passages, self.parts.titles, query, found.terms, documents)[which],
            "about": likeness(self.parts.abouts.take(documents, axis=0), found.vector)[which],
            "genre": self._genre(query, documents.tolist())[which],
        }
        if isinstance(self.encoder, StaticEncoder):
            signals["words"] = self._word_by_word(query, found, self.encoder)
        return signals

    def _genre(self, query: Query, documents: list[int]) -> Scores:
        """Whether each document is of a kind that the question is after."""
        kinds = genre(wanted(query.form))
        return np.array([self.parts.cards[document].kind in kinds for document in documents], dtype=np.float32)

    def _word_by_word(self, query: Query, found: Candidates, encoder: StaticEncoder) -> Scores:
        """The mean likeness of the question's words, each to the nearest word of one sentence, of the best sentence.

        With q words asked, s sentences that hold n words, d of them different: likeness is reckoned for the
        d alone (d, q), handed out to the n (n, q), and of each sentence's rows the best is taken (s, q).
        """
        index, units = self.parts.passages, found.units
        asked = [
            (term, concept.weight * index.idf(term))
            for concept in query.concepts
            for term in concept.ways[0].terms
            if not term.startswith(SPECIAL)
        ]
        words = _words(self.parts, units.terms)
        if not asked or not len(words.at):
            return np.zeros(len(found.places), dtype=np.float32)
        alike = self._alike([term for term, _ in asked], words, encoder)
        owners = units.owners.take(words.at)
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        best = np.maximum.reduceat(alike.take(words.which, axis=0), starts, axis=0)
        weights = np.array([weight for _, weight in asked], dtype=np.float32)
        scores = np.zeros(len(units.numbers), dtype=np.float32)
        scores[owners.take(starts)] = share(products(best, weights), float(weights.sum()))
        return found.spread.best(scores)

    def _alike(self, asked: Sequence[str], words: _Words, encoder: StaticEncoder) -> Scores:
        """How like each of the different words is to each word asked, 0 to 1 and 1 to itself: (d, q)."""
        places = [self.parts.passages.place(word) for word in asked]
        own = np.array([-1 if place is None else self.parts.word_rows[place] for place in places])
        seen = bool((own >= 0).all())
        vectors = self._vectors(own) if seen else encoder.encode_words([[word] for word in asked])
        found = np.clip(products(self._vectors(words.rows)[:, None], vectors), 0.0, 1.0)
        found[words.rows[:, None] == own] = 1.0
        return found

    def _vectors(self, rows: NDArray[np.integer[Any]]) -> Vectors:
        """The vectors of words by their rows."""
        return widened(self.parts.words.take(rows, axis=0))


def _neighbours(places: NDArray[np.int64], documents: Places, first: Scores) -> Scores:
    """The score so far of the better neighbour in the same document: an answer seldom stands alone."""
    beside = np.flatnonzero((np.diff(places) == 1) & (documents[1:] == documents[:-1]))
    out = np.zeros(len(places), dtype=np.float32)
    out[beside] = first[beside + 1]
    out[beside + 1] = np.maximum(out[beside + 1], first[beside])
    return out


def met_by(held: Held, concepts: tuple[Concept, ...]) -> NDArray[np.float32]:
    """For each concept, a row: the weight of the best way by which each text meets it, 0 where it does not."""
    met = np.zeros((len(concepts), held.values.shape[1]), dtype=np.float32)
    ways = [
        (number, way)
        for number, concept in enumerate(concepts)
        for way in concept.ways
        if way.terms and all(term in held.rows for term in way.terms)
    ]
    if not ways:
        return met
    stands = held.values.take([held.rows[term] for _, way in ways for term in way.terms], axis=0) > 0
    lengths = np.array([len(way.terms) for _, way in ways])
    here = np.logical_and.reduceat(stands, np.cumsum(lengths) - lengths, axis=0)  # a row a way
    numbers, weights = (np.array(column) for column in zip(*((n, way.weight) for n, way in ways), strict=True))
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    met[numbers[starts]] = np.maximum.reduceat(here * weights.astype(np.float32)[:, None], starts, axis=0)
    return met


def _subject(query: Query, met: NDArray[np.float32]) -> Scores:
    """How each meets the last weighty concept, which in Japanese is what the others only describe: …の承認の申請."""
    weighty = [i for i, concept in enumerate(query.concepts) if concept.weight > _SUBJECT]
    if not weighty:
        return np.zeros(met.shape[1], dtype=np.float32)
    last: Scores = met[max(weighty, key=lambda i: query.form.rfind(query.concepts[i].words))]
    return last


class _Words(NamedTuple):
    """The words among some terms: where they stand, and which of the different ones, given by their rows, each is."""

    at: NDArray[np.intp]
    which: NDArray[np.int32]
    rows: NDArray[np.intp]


def _words(parts: Parts, terms: NDArray[np.int32]) -> _Words:
    """The words among these terms, which are given by their places in the vocabulary."""
    rows = parts.word_rows.take(terms)
    at = np.flatnonzero(rows >= 0)
    rows = rows.take(at)
    slots = np.zeros(len(parts.words), dtype=np.int32)
    slots[rows] = 1
    different = np.flatnonzero(slots)
    slots[different] = np.arange(len(different))
    return _Words(at, slots.take(rows), different)
