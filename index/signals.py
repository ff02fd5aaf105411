"""Signals: how well each passage meets a question, from several sides, each between 0 and 1.

First every passage is scored by the question's telling words, its pairs of characters, its labels and
its nearest vectors; then the best few hundred exactly, by every word and by their best sentence. What
each side found is kept apart, so that a result can say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.dense import Dense
from index.encoder import Encoder, StaticEncoder
from index.fuse import WEIGHTS, Scores, best
from index.lexical import Lexical, Places
from index.likeness import likeness
from index.marks import Mark, wanted
from index.meet import Held, add_shared, meets, most_met, most_shared, share, terms_of
from index.query import Query
from index.reread import PAIRS, Runs, Spread, Wanted, distinct, grid, headed
from index.table import Card, Table

NEAR = 120
"""Nearest vectors looked at."""
CANDIDATES = 120
"""Passages scored exactly; beyond it nothing was ever found on the dev questions."""
BUDGET = 60_000
"""Postings added up for all passages, rarest words first; the rest count for the candidates alone. All of
them up to some thousand passages."""
_OTHER_WORDS = 0.5
LABEL, WITHIN = "¶", "¶>"
"""What a label term begins with: a passage of the clause itself, or one that holds it."""


@dataclass(frozen=True)
class Parts:
    """Everything that a search looks into."""

    cards: tuple[Card, ...]
    table: Table
    passages: Lexical
    documents: Lexical
    labels: Lexical
    units: Runs
    """The terms of every sentence and item."""
    headings: Runs
    dense: Dense
    vectors: NDArray[np.float16]
    unit_vectors: NDArray[np.float16]


@dataclass(frozen=True)
class Candidates:
    """Passages worth showing, in their order, and their signals in the same order."""

    places: Places
    signals: dict[str, Scores]
    units: NDArray[np.int64]
    """All units of the candidates, ascending."""
    words: Scores
    """Of each of them: how well its words meet the question."""
    likeness: Scores
    """How like the question it is."""
    held: Held
    """What each term of the question adds to each candidate."""
    vector: NDArray[np.float32]
    """Of the question."""

    def unit_scores(self, first: int, last: int) -> Scores:
        """How good an answer each unit from `first` to before `last` is."""
        run = slice(*np.searchsorted(self.units, [first, last]))
        scores: Scores = self.words[run] + self.likeness[run]
        return scores


def candidates(parts: Parts, query: Query, encoder: Encoder, allowed: NDArray[np.bool_] | None = None) -> Candidates:
    """The passages worth showing; `allowed` leaves out the others."""
    count = len(parts.table)
    vector = encode(query, encoder)
    label = _named(parts.labels, query, count)
    scores = _overall(parts, query, vector)
    if query.labels:
        scores += np.float32(WEIGHTS["label"]) * label
    if allowed is not None:
        scores[~allowed] = -1.0
    places = _first(scores)
    documents, which = distinct(parts.table.document[places])
    terms = Wanted.of(parts.passages, query)
    read = grid(parts.passages, parts.units, parts.table, terms, places)
    here = Held(terms.numbers, parts.passages.table(list(terms.numbers), places))
    met = _met(parts, query, here, documents, read.held)
    words = met.units
    spread = Spread(parts.table, places, read.units)
    near = likeness(parts.unit_vectors.take(read.units, axis=0), vector)
    kept = {
        "lexical": met.passages,
        "pairs": share(here.sum(sorted(query.pairs)), most_shared(parts.passages, query.pairs)),
        "label": label[places],
        "dense": likeness(parts.vectors.take(places, axis=0), vector),
        "document": met.documents[which],
        "kind": _kind(spread.all(parts.table.unit_marks[read.units]), wanted(query.form)),
        "sentence": spread.best(near),
        "heading": headed(parts.passages, parts.headings, parts.table, query, terms, places),
        "unit": spread.best(words / np.float32(1 + PAIRS)),
    }
    return Candidates(places, kept, read.units, words, near, here, vector)


class _Met(NamedTuple):
    """How well passages, documents and sentences meet the concepts; of sentences with their pairs of characters."""

    passages: Scores
    documents: Scores
    units: Scores


def _met(parts: Parts, query: Query, here: Held, documents: Places, units: Held) -> _Met:
    """All three by every word of the question, from one table: most of the time goes into steps, not numbers."""
    asked = list(terms_of(query.concepts) & here.rows.keys())
    about = np.zeros((len(here.rows), len(documents)), dtype=np.float32)
    about[[here.rows[term] for term in asked]] = parts.documents.table(asked, documents)
    table = Held(here.rows, np.concatenate([here.values, about, units.values], axis=1))
    ends = np.cumsum([here.values.shape[1], len(documents)])
    passages, of_documents, of_units = np.split(table.met(query.concepts), ends)
    most, most_pairs = most_met(parts.passages, query.concepts), most_shared(parts.passages, query.pairs)
    paired = units.sum(query.pairs)
    words = of_units / np.float32(most) if most else of_units
    words = words + PAIRS * (paired / np.float32(most_pairs) if most_pairs else paired)
    return _Met(share(passages, most), share(of_documents, most_met(parts.documents, query.concepts)), words)


def encode(query: Query, encoder: Encoder) -> NDArray[np.float32]:
    """The vector of a question: its own words, and with `_OTHER_WORDS` the other ways to say them.

    An English question has only the other ways, because the documents are Japanese.
    """
    widened = query.widened
    own = 0.0 if query.foreign and widened else 1.0
    if isinstance(encoder, StaticEncoder):  # the question's words have been cut already
        rows = encoder.encode_words([query.words, encoder.words(widened)])
    else:
        rows = encoder.encode([query.form, widened] if widened else [query.form], query=True)
    mixed = own * rows[0] + (_OTHER_WORDS * rows[1] if widened else 0.0)
    length = float(np.linalg.norm(mixed))
    return np.asarray(mixed / length if length > 0 else mixed, dtype=np.float32)


def _within_budget(index: Lexical, query: Query) -> frozenset[str]:
    """The rarest terms of the question, as many as `BUDGET` allows, but always one."""
    left = BUDGET
    kept: list[str] = []
    for frequency, term in sorted((index.frequency(term), term) for term in {*terms_of(query.concepts), *query.pairs}):
        left -= frequency
        if left < 0 and kept:
            break
        kept.append(term)
    return frozenset(kept)


def _overall(parts: Parts, query: Query, vector: NDArray[np.float32]) -> Scores:
    """How good every passage looks by the rarest words and pairs and by the nearest vectors, as `WEIGHTS` has them.

    One column is added up, because each pass over all passages costs as much as a thousand postings.
    """
    rare = _within_budget(parts.passages, query)
    scores = meets(parts.passages, query.concepts, rare)
    scores *= np.float32(WEIGHTS["lexical"])
    add_shared(scores, parts.passages, query.pairs, rare, WEIGHTS["pairs"])
    near = parts.dense.top(vector, min(NEAR, len(scores)))
    scores[near.places] += np.float32(WEIGHTS["dense"]) * np.clip(near.scores, 0.0, 1.0)
    return scores


def _first(scores: Scores) -> Places:
    """The best `CANDIDATES`, none below 0, the earlier of equals; one of sixteen tells first what is too little."""
    some = scores[::16]
    floor = np.partition(some, -CANDIDATES)[-CANDIDATES] if len(some) >= CANDIDATES else 0.0
    places = np.flatnonzero(scores >= max(floor, 0.0))
    return places[best(scores.take(places), CANDIDATES)].astype(np.uint32)


def _named(labels: Lexical, query: Query, count: int) -> Scores:
    out = _none(count)
    for steps in query.labels:
        path = ">".join(steps)
        for prefix, score in ((WITHIN, 0.7), (LABEL, 1.0)):
            out[labels.posting(prefix + path).texts] = score
    return out


def _kind(held: NDArray[np.uint32], wants: Mark) -> Scores:
    """The share of the wanted marks that each passage has."""
    asked = [int(mark) for mark in Mark if mark in wants]
    found = [(held & mark > 0).astype(np.float32) for mark in asked]
    return np.mean(found, axis=0, dtype=np.float32) if found else _none(len(held))


def _none(count: int) -> Scores:
    return np.zeros(count, dtype=np.float32)
