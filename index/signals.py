"""Signals: how well each passage meets a question, from several sides, each between 0 and 1.

First every passage is scored by the question's telling words, its pairs of characters, its labels and
its nearest vectors; then the best few hundred exactly, by every word and by their best sentence. What
each side found is kept apart, so that a result can say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dense import Dense
from index.encoder import Encoder
from index.fuse import Scores, best, fuse
from index.lexical import Lexical, Places, Posting
from index.marks import Mark, wanted
from index.query import Concept, Query, Way
from index.reread import PAIRS, Runs, Spread, grid, headed
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

    def unit_scores(self, first: int, last: int) -> Scores:
        """How good an answer each unit from `first` to before `last` is."""
        run = slice(*np.searchsorted(self.units, [first, last]))
        scores: Scores = self.words[run] + self.likeness[run]
        return scores


def candidates(parts: Parts, query: Query, encoder: Encoder, allowed: NDArray[np.bool_] | None = None) -> Candidates:
    """The passages worth showing; `allowed` leaves out the others."""
    count = len(parts.table)
    vector = encode(query, encoder)
    rare = _within_budget(parts.passages, query)
    signals = {
        "lexical": meets(parts.passages, query.concepts, rare),
        "pairs": shared(parts.passages, query.pairs, rare),
        "label": _named(parts.labels, query, count),
        "dense": _likeness(parts.dense, vector, count),
    }
    first = fuse(signals)
    if allowed is not None:
        first = np.where(allowed, first, np.float32(-1.0))
    places = best(first, CANDIDATES)
    documents, which = np.unique(parts.table.document[places], return_inverse=True)
    read = grid(parts.passages, parts.units, parts.table, query, places)
    words = read.scores(query)
    spread = Spread(parts.table, places, read.units)
    near = np.clip(parts.unit_vectors[read.units].astype(np.float32) @ vector, 0.0, 1.0)
    kept = {
        "lexical": meets_at(parts.passages, query.concepts, places),
        "pairs": shared_at(parts.passages, query.pairs, places),
        "label": signals["label"][places],
        "dense": np.clip(parts.vectors[places].astype(np.float32) @ vector, 0.0, 1.0),
        "document": meets_at(parts.documents, query.concepts, documents)[which],
        "kind": _kind(spread.all(parts.table.unit_marks[read.units]), wanted(query.form)),
        "sentence": spread.best(near),
        "heading": headed(parts.passages, parts.headings, parts.table, query, places),
        "unit": spread.best(words / np.float32(1 + PAIRS)),
    }
    return Candidates(places, kept, read.units, words, near)


def encode(query: Query, encoder: Encoder) -> NDArray[np.float32]:
    """The vector of a question: its own words, and with `_OTHER_WORDS` the other ways to say them.

    An English question has only the other ways, because the documents are Japanese.
    """
    own = 0.0 if query.foreign and query.widened else 1.0
    rows = encoder.encode([query.form, query.widened or query.form], query=True)
    mixed = own * rows[0] + (_OTHER_WORDS * rows[1] if query.widened else 0.0)
    length = float(np.linalg.norm(mixed))
    return np.asarray(mixed / length if length > 0 else mixed, dtype=np.float32)


def ideal(index: Lexical, concepts: Sequence[Concept]) -> float:
    """What a text would score that met every concept in full."""
    return sum(telling(index, concept) for concept in concepts)


def telling(index: Lexical, concept: Concept) -> float:
    """How much of the question hangs on a concept: its weight by how rare its words are."""
    return concept.weight * sum(index.idf(term) for term in concept.ways[0].terms)


def meets(index: Lexical, concepts: Sequence[Concept], rare: frozenset[str] | None = None) -> Scores:
    """How well each text meets the concepts: each by its best way, a widened one only where all its terms are.

    `rare` names the terms that are counted; None for all.
    """
    out = np.zeros(index.count, dtype=np.float32)
    scratch = np.zeros(index.count, dtype=np.float32)
    for concept in concepts:
        if len(concept.ways) == 1:
            for found in _postings(index, concept.ways[0], rare):
                out[found.texts] += np.float32(concept.weight * concept.ways[0].weight) * found.impacts
            continue
        touched = []
        for way in concept.ways:
            for found in _postings(index, way, rare):
                touched.append(found.texts)
                value = np.float32(way.weight) * found.impacts
                before = scratch[found.texts]
                scratch[found.texts] = before + value if way is concept.ways[0] else np.maximum(before, value)
        for texts in touched:  # a text touched twice is 0 the second time
            out[texts] += np.float32(concept.weight) * scratch[texts]
            scratch[texts] = 0.0
    most = ideal(index, concepts)
    return np.minimum(out / np.float32(most), np.float32(1.0)) if most > 0 else out


def _postings(index: Lexical, way: Way, rare: frozenset[str] | None) -> list[Posting]:
    """The texts that a way meets: for each of its terms, or for a widened one where all of them stand."""
    if rare is not None and way.widened and len(way.terms) > 1:
        counted = list(way.terms)  # as rare as its rarest term
        if not any(term in rare for term in counted):
            return []
    else:
        counted = [term for term in way.terms if rare is None or term in rare]
    postings = sorted((index.posting(term) for term in counted), key=lambda posting: len(posting.texts))
    if not way.widened or len(postings) < 2:
        return postings
    texts, impacts = postings[0].texts, postings[0].impacts
    for other in postings[1:]:
        added = other.at(texts)
        texts, impacts = texts[added > 0], (impacts + added)[added > 0]
    return [Posting(texts, impacts)]


def meets_at(index: Lexical, concepts: Sequence[Concept], places: Places) -> Scores:
    """The same for these texts alone, by all words."""
    out = np.zeros(len(places), dtype=np.float32)
    for concept in concepts:
        met = np.zeros(len(places), dtype=np.float32)
        for way in concept.ways:
            np.maximum(met, np.float32(way.weight) * _way_at(index, way, places), out=met)
        out += np.float32(concept.weight) * met
    most = ideal(index, concepts)
    return np.minimum(out / np.float32(most), np.float32(1.0)) if most > 0 else out


def _way_at(index: Lexical, way: Way, places: Places) -> Scores:
    added = [index.posting(term).at(places) for term in way.terms]
    if not added:
        return _none(len(places))
    if len(added) == 1:
        return added[0]
    stacked = np.stack(added)
    total: Scores = stacked.sum(axis=0, dtype=np.float32)
    return np.where((stacked > 0).all(axis=0), total, np.float32(0)) if way.widened else total


def shared(index: Lexical, terms: Sequence[str], rare: frozenset[str] | None = None) -> Scores:
    """The share of these terms that each text has, by how telling they are."""
    most = sum(index.idf(term) for term in terms)
    scores = index.scores(dict.fromkeys((term for term in terms if rare is None or term in rare), 1.0))
    return np.minimum(scores / np.float32(most), np.float32(1.0)) if most > 0 else scores


def shared_at(index: Lexical, terms: Sequence[str], places: Places) -> Scores:
    """The same for these texts alone."""
    most = sum(index.idf(term) for term in terms)
    out = _none(len(places))
    for term in sorted(dict.fromkeys(terms)):
        out += index.posting(term).at(places)
    return np.minimum(out / np.float32(most), np.float32(1.0)) if most > 0 else out


def _within_budget(index: Lexical, query: Query) -> frozenset[str]:
    """The rarest terms of the question, as many as `BUDGET` allows, but always one."""
    terms = {term for concept in query.concepts for way in concept.ways for term in way.terms}.union(query.pairs)
    left = BUDGET
    kept: list[str] = []
    for frequency, term in sorted((index.frequency(term), term) for term in terms):
        left -= frequency
        if left < 0 and kept:
            break
        kept.append(term)
    return frozenset(kept)


def _named(labels: Lexical, query: Query, count: int) -> Scores:
    out = _none(count)
    for steps in query.labels:
        path = ">".join(steps)
        for prefix, score in ((WITHIN, 0.7), (LABEL, 1.0)):
            out[labels.posting(prefix + path).texts] = score
    return out


def _likeness(dense: Dense, vector: NDArray[np.float32], count: int) -> Scores:
    out = _none(count)
    near = dense.top(vector, min(NEAR, count))
    out[near.places] = np.clip(near.scores, 0.0, 1.0)
    return out


def _kind(held: NDArray[np.uint32], wants: Mark) -> Scores:
    """The share of the wanted marks that each passage has."""
    asked = [int(mark) for mark in Mark if mark in wants]
    found = [(held & mark > 0).astype(np.float32) for mark in asked]
    return np.mean(found, axis=0, dtype=np.float32) if found else _none(len(held))


def _none(count: int) -> Scores:
    return np.zeros(count, dtype=np.float32)
