"""A closer look: what tells the best candidates apart once they are few, each signal again between 0 and 1.

The first look finds passages by words and vectors. Here the best of them are asked what is too dear, or
too faint, to ask of all: which concepts they meet, how near the question's words are to those of one
sentence, and what their titles, neighbours and documents are about. What is remembered of words and
documents makes searching fast and changes no score.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder, StaticEncoder, Vectors
from index.fuse import Scores, ranked
from index.lexical import Lexical
from index.likeness import products, widened
from index.marks import genre, wanted
from index.meet import Held, share, telling
from index.query import Concept, Query
from index.reread import Spread, distinct, units_of
from index.signals import Candidates, Parts
from index.terms import AMOUNT, ARTICLE, DAY, GRAM, content_words, search_form
from law.token import Tokenizer

CLOSE = 60
"""Candidates looked at; with 30 a point of R@1 is lost, with 200 nothing gained."""
_KEPT = 32_768
"""Words whose vectors are remembered: 32 MB. Sixty passages hold some 2,000."""
_UNKNOWN, _NO_WORD = -1, 0
_SUBJECT = 0.5
"""Weight from which a concept can be what the question is about."""
_SPECIAL = (GRAM, DAY, AMOUNT, ARTICLE)


@dataclass(frozen=True)
class Closer:
    """Looks closer at candidates; safe to share between threads."""

    parts: Parts
    encoder: Encoder
    tokenizer: Tokenizer
    _titles: dict[int, _Title] = field(default_factory=dict, repr=False)
    _abouts: dict[int, Vectors] = field(default_factory=dict, repr=False)

    def signals(self, query: Query, found: Candidates, first: Scores) -> dict[str, Scores]:
        """The signals of the candidates; `first` is their score so far, and all but its best `CLOSE` get 0."""
        if not len(found.places):
            return {}
        near = np.sort(np.array(ranked(first, CLOSE), dtype=np.intp))
        documents, which = distinct(self.parts.table.document[found.places[near]])
        met = met_by(found.held, query.concepts)[:, near]
        signals = {
            "covered": self._covered(query, met),
            "subject": _subject(query, met),
            "neighbours": self._neighbours(found, first)[near],
            "title": self._titled(query, documents.tolist())[which],
            "about": self._about(found, documents.tolist())[which],
            "genre": self._genre(query, documents.tolist())[which],
        }
        if self._words is not None:
            signals["words"] = self._word_by_word(query, found, near, self._words)
        out = {name: np.zeros(len(found.places), dtype=np.float32) for name in signals}
        for name, signal in signals.items():
            out[name][near] = signal
        return out

    def _covered(self, query: Query, met: NDArray[np.float32]) -> Scores:
        """The share of the question that each meets: a concept counts by how telling it is, however often it stands."""
        weights = np.array([telling(self.parts.passages, concept) for concept in query.concepts], dtype=np.float32)
        return share(products(met.T, weights), float(weights.sum()))

    def _neighbours(self, found: Candidates, first: Scores) -> Scores:
        """The score so far of the better neighbour in the same document: an answer seldom stands alone."""
        places, documents = found.places.astype(np.int64), self.parts.table.document[found.places]
        out = np.zeros(len(places), dtype=np.float32)
        beside = np.flatnonzero((np.diff(places) == 1) & (documents[1:] == documents[:-1]))
        np.maximum.at(out, beside, first[beside + 1])
        np.maximum.at(out, beside + 1, first[beside])
        return out

    def _titled(self, query: Query, documents: list[int]) -> Scores:
        """Of each document, the share of its title's words that the question has, by how telling they are."""
        said = set(query.run)
        titles = [self._title(document) for document in documents]
        asked = [
            0 if said.isdisjoint(weights) else sum(weight for word, weight in weights.items() if word in said)
            for weights, _ in titles
        ]
        return np.array([met / title.total for met, title in zip(asked, titles, strict=True)], dtype=np.float32)

    def _title(self, document: int) -> _Title:
        known = self._titles.get(document)
        if known is None:
            title = search_form(self.parts.cards[document].title)
            words = sorted(set(content_words(self.tokenizer(title))))
            weights = {word: self.parts.passages.idf(word) for word in words}
            known = self._titles[document] = _Title(weights, sum(weights.values()) or 1.0)
        return known

    def _about(self, found: Candidates, documents: list[int]) -> Scores:
        """Likeness of the question to the mean of each document's passages: what it is about as a whole."""
        for document in documents:
            if document not in self._abouts:
                run = np.array([document, document + 1], dtype=np.uint32)
                start, end = np.searchsorted(self.parts.table.document, run)
                mean = widened(self.parts.vectors[start:end]).mean(axis=0)
                self._abouts[document] = mean / (np.linalg.norm(mean) or 1.0)
        means = np.array([self._abouts[document] for document in documents])
        about: Scores = np.maximum(products(means, found.vector), 0.0)
        return about

    def _genre(self, query: Query, documents: list[int]) -> Scores:
        """Whether each document is of a kind that the question is after."""
        kinds = genre(wanted(query.form))
        return np.array([self.parts.cards[document].kind in kinds for document in documents], dtype=np.float32)

    @cached_property
    def _words(self) -> _WordVectors | None:
        known = isinstance(self.encoder, StaticEncoder)
        return _WordVectors(self.encoder, self.parts.passages) if known else None  # type: ignore[arg-type]

    def _word_by_word(self, query: Query, found: Candidates, near: NDArray[np.intp], vectors: _WordVectors) -> Scores:
        """The mean likeness of the question's words, each to the nearest word of one sentence, of the best sentence.

        With q words asked, s sentences that hold n words, d of them different: likeness is reckoned for the
        d alone (d, q), handed out to the n (n, q), and of each sentence's rows the best is taken (s, q).
        """
        index, table, places = self.parts.passages, self.parts.table, found.places[near]
        asked = [
            (term, concept.weight * index.idf(term)) for concept in query.concepts for term in concept.ways[0].terms
        ]
        asked = [(term, weight) for term, weight in asked if not term.startswith(_SPECIAL)]
        units = units_of(table, places)
        terms, lengths = self.parts.units.of(units)
        words = vectors.of(terms)
        if not asked or not len(words.at):
            return np.zeros(len(places), dtype=np.float32)
        likeness = vectors.likeness([term for term, _ in asked], words)
        owners = np.repeat(np.arange(len(units)), lengths).take(words.at)
        starts = np.flatnonzero(np.diff(owners, prepend=-1))
        best = np.maximum.reduceat(likeness.take(words.which, axis=0), starts, axis=0)
        weights = np.array([weight for _, weight in asked], dtype=np.float32)
        scores = np.zeros(len(units), dtype=np.float32)
        scores[owners.take(starts)] = share(products(best, weights), float(weights.sum()))
        return Spread(table, places, units).best(scores)


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


class _Title(NamedTuple):
    """The words of a title and how telling they are."""

    weights: dict[str, float]
    total: float


class _Words(NamedTuple):
    """The words among some terms: where they stand, which of the different ones each is, and these with vectors."""

    at: NDArray[np.intp]
    which: NDArray[np.int32]
    terms: NDArray[np.int32]
    vectors: Vectors


class _WordVectors:
    """The vectors of terms, each of length one and looked up once; pairs of characters, days and amounts have none."""

    def __init__(self, encoder: StaticEncoder, index: Lexical) -> None:
        self._encoder, self._index = encoder, index
        self._lock = Lock()
        self._rows = np.full(len(index.terms), _UNKNOWN, dtype=np.int32)
        self._held = np.zeros(_KEPT, dtype=np.int32)
        self._vectors = np.zeros((_KEPT, encoder.dimension), dtype=np.float32)
        self._used = 1

    def of(self, terms: NDArray[np.int32]) -> _Words:
        """The words among these terms, given by their places in the vocabulary."""
        with self._lock:
            rows = self._rows.take(terms)
            if rows.min(initial=_NO_WORD) == _UNKNOWN:
                rows = self._learnt(terms)
            at = np.flatnonzero(rows > _NO_WORD)
            rows = rows.take(at)
            known = np.zeros(_KEPT, dtype=np.bool_)
            known[rows] = True
            held = np.flatnonzero(known)
            slots = np.empty(_KEPT, dtype=np.int32)
            slots[held] = np.arange(len(held))
            return _Words(at, slots.take(rows), self._held.take(held), self._vectors.take(held, axis=0))

    def likeness(self, asked: list[str], words: _Words) -> Scores:
        """How like each of the different words is to each word asked, 0 to 1 and 1 to itself: (d, q)."""
        places = np.array([-1 if (place := self._index.place(word)) is None else place for word in asked])
        with self._lock:
            rows = self._rows.take(places)
            seen = bool((places >= 0).all() and (rows > _NO_WORD).all())
            vectors = self._vectors.take(rows, axis=0) if seen else self._encoded(asked)
        found = np.clip(products(words.vectors[:, None], vectors), 0.0, 1.0)
        found[words.terms[:, None] == places] = 1.0
        return found

    def _encoded(self, words: list[str]) -> Vectors:
        """A row a word."""
        return self._encoder.encode_words([[word] for word in words])

    def _learnt(self, terms: NDArray[np.int32]) -> NDArray[np.int32]:
        """The rows of these terms, those that were not known looked up; all others forgotten where there is no room."""
        new = distinct(terms[self._rows[terms] == _UNKNOWN]).values
        if self._used + len(new) > _KEPT:
            self._rows[:] = _UNKNOWN
            self._used = 1
            new = distinct(terms).values
        words = {int(place): self._index.terms.strings[int(place)] for place in new}
        self._rows[new] = _NO_WORD
        known = [place for place, word in words.items() if not word.startswith(_SPECIAL)][: _KEPT - self._used]
        run = slice(self._used, self._used + len(known))
        self._vectors[run] = self._encoded([words[place] for place in known])
        self._held[run], self._rows[known] = known, np.arange(run.start, run.stop)
        self._used = run.stop
        rows: NDArray[np.int32] = self._rows.take(terms)
        return rows
