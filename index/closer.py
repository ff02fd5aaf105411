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

from index.encoder import Encoder, StaticEncoder
from index.fuse import Scores
from index.lexical import Places
from index.likeness import between, crossed, likeness, products
from index.marks import genre, wanted
from index.meet import share
from index.query import Query
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
        met = found.ways.weights(len(query.concepts))
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
        asked = [
            (term, concept.weight * self.parts.passages.idf(term))
            for concept in query.concepts
            for term in concept.ways[0].terms
            if not term.startswith(SPECIAL)
        ]
        rows, lengths = self.parts.unit_words.of(found.units.numbers)
        scores = np.zeros(len(found.units.numbers), dtype=np.float32)
        if asked and len(rows):
            words = _words(rows, len(self.parts.words))
            alike = self._alike([term for term, _ in asked], words.rows, encoder)
            worded = np.flatnonzero(lengths)
            starts = (lengths.cumsum() - lengths).take(worded)
            best = np.maximum.reduceat(alike.take(words.which, axis=0), starts, axis=0)
            weights = np.array([weight for _, weight in asked], dtype=np.float32)
            scores[worded] = share(products(best, weights), float(weights.sum()))
        return found.spread.best(scores)

    def _alike(self, asked: Sequence[str], rows: NDArray[np.intp], encoder: StaticEncoder) -> Scores:
        """How like each of these words, given by their rows, is to each word asked, 0 to 1 and 1 to itself: (d, q)."""
        places = [self.parts.passages.place(word) for word in asked]
        own = np.array([-1 if place is None else self.parts.word_rows[place] for place in places])
        words = self.parts.words
        vectors = words.take(own, axis=0) if own.min() >= 0 else encoder.encode_words([[word] for word in asked])
        found = between(crossed(words, rows, vectors))
        at = rows.searchsorted(own)
        itself = np.flatnonzero(rows.take(at, mode="clip") == own)
        found[at[itself], itself] = 1.0
        return found


def _neighbours(places: NDArray[np.int64], documents: Places, first: Scores) -> Scores:
    """The score so far of the better neighbour in the same document: an answer seldom stands alone."""
    beside = np.flatnonzero((np.diff(places) == 1) & (documents[1:] == documents[:-1]))
    out = np.zeros(len(places), dtype=np.float32)
    out[beside] = first[beside + 1]
    out[beside + 1] = np.maximum(out[beside + 1], first[beside])
    return out


def _subject(query: Query, met: NDArray[np.float32]) -> Scores:
    """How each meets the last weighty concept, which in Japanese is what the others only describe: …の承認の申請."""
    weighty = [i for i, concept in enumerate(query.concepts) if concept.weight > _SUBJECT]
    if not weighty:
        return np.zeros(met.shape[1], dtype=np.float32)
    last: Scores = met[max(weighty, key=lambda i: query.form.rfind(query.concepts[i].words))]
    return last


class _Words(NamedTuple):
    """Different words by their rows, ascending, and which of them stands at each place."""

    rows: NDArray[np.intp]
    which: NDArray[np.intp]


def _words(rows: NDArray[np.integer[Any]], count: int) -> _Words:
    """The different ones among the rows of words, of which there are `count`; a table is faster than a search."""
    seen, numbers = np.zeros(count, dtype=np.bool_), np.empty(count, dtype=np.intp)
    seen[rows] = True
    different = np.flatnonzero(seen)
    numbers[different] = np.arange(len(different))
    return _Words(different, numbers.take(rows))
