"""Signals: how well each passage meets a question, from several sides, each between 0 and 1.

First every passage is scored cheaply; then the best few hundred by their best sentence or item. What
each side found is kept apart, so that a result can say why.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.dense import Dense
from index.encoder import Encoder
from index.fuse import Scores, fuse, ranked
from index.lexical import Lexical
from index.marks import Mark, wanted
from index.query import Concept, Query
from index.table import Card, Table

NEAR = 1_000
"""Nearest vectors looked at."""
CANDIDATES = 200
"""Passages whose sentences are compared one by one; beyond it nothing was ever found on the dev questions."""
_OTHER_WORDS = 0.5
LABEL, WITHIN = "¶", "¶>"
"""What a label term begins with: a passage of the clause itself, or one that holds it."""


@dataclass(frozen=True)
class Parts:
    """Everything that a search looks into."""

    cards: tuple[Card, ...]
    table: Table
    passages: Lexical
    units: Lexical
    documents: Lexical
    labels: Lexical
    dense: Dense
    unit_vectors: NDArray[np.float16]


@dataclass(frozen=True)
class Candidates:
    """Passages worth showing, in their order, and their signals in the same order."""

    places: NDArray[np.int64]
    signals: dict[str, Scores]
    unit_scores: Scores
    """Of every unit: how well its words meet the question."""
    unit_likeness: Scores
    """Of every unit of a candidate: how like the question it is; 0 elsewhere."""


def candidates(parts: Parts, query: Query, encoder: Encoder, allowed: NDArray[np.bool_] | None = None) -> Candidates:
    """The passages worth showing; `allowed` leaves out the others."""
    count = len(parts.table)
    vector = encode(query, encoder)
    signals = {
        "lexical": meets(parts.passages, query.concepts),
        "pairs": shared(parts.passages, query.pairs),
        "document": meets(parts.documents, query.concepts)[parts.table.document] if count else _none(0),
        "label": _named(parts.labels, query, count),
        "dense": _likeness(parts.dense, vector, count),
    }
    first = fuse(signals)
    if allowed is not None:
        first = np.where(allowed, first, -1.0).astype(np.float32)
    places = np.array(sorted(p for p in ranked(first, CANDIDATES) if first[p] >= 0), dtype=np.int64)
    unit_scores = meets(parts.units, query.concepts)
    pairs = shared(parts.units, query.pairs)
    near = _sentences(parts, places, vector)
    kept = {name: signal[places] for name, signal in signals.items()}
    kept["unit"] = _best(parts.table, places, unit_scores + 0.5 * pairs) / 1.5
    kept["kind"] = _kind(parts.table, places, wanted(query.form))
    kept["sentence"] = _best(parts.table, places, near)
    return Candidates(places, kept, unit_scores + 0.5 * pairs, near)


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
    return sum(c.weight * sum(index.idf(term) for term in c.ways[0].terms) for c in concepts)


def telling(index: Lexical, concept: Concept) -> float:
    """How much of the question hangs on a concept: its weight by how rare its words are."""
    return concept.weight * sum(index.idf(term) for term in concept.ways[0].terms)


def meets(index: Lexical, concepts: Sequence[Concept]) -> Scores:
    """How well each text meets the concepts: each by its best way, a widened one only where all its terms are."""
    out = np.zeros(index.count, dtype=np.float32)
    for concept in concepts:
        best = np.zeros(index.count, dtype=np.float32)
        for way in concept.ways:
            score = np.zeros(index.count, dtype=np.float32)
            held = np.zeros(index.count, dtype=np.uint8)
            for term in way.terms:
                posting = index.posting(term)
                score[posting.texts] += posting.impacts
                held[posting.texts] += 1
            if way.widened:
                score[held < len(way.terms)] = 0.0
            np.maximum(best, way.weight * score, out=best)
        out += concept.weight * best
    most = ideal(index, concepts)
    return np.minimum(out / most, 1.0).astype(np.float32) if most > 0 else out


def shared(index: Lexical, terms: Sequence[str]) -> Scores:
    """The share of these terms that each text has, by how telling they are."""
    most = sum(index.idf(term) for term in terms)
    scores = index.scores(dict.fromkeys(terms, 1.0))
    return np.minimum(scores / most, 1.0).astype(np.float32) if most > 0 else scores


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


def _sentences(parts: Parts, places: NDArray[np.int64], vector: NDArray[np.float32]) -> Scores:
    """How like the question each unit of these passages is."""
    out = _none(len(parts.table.unit_start))
    if len(places):
        runs = [np.arange(int(parts.table.first[p]), int(parts.table.last[p])) for p in places]
        units = np.unique(np.concatenate(runs))
        out[units] = np.clip(parts.unit_vectors[units].astype(np.float32) @ vector, 0.0, 1.0)
    return out


def _kind(table: Table, places: NDArray[np.int64], wants: Mark) -> Scores:
    """The share of the wanted marks that each passage has."""
    asked = [int(mark) for mark in Mark if mark in wants]
    if not asked:
        return _none(len(places))
    held = [np.bitwise_or.reduce(table.unit_marks[int(table.first[p]) : int(table.last[p])]) for p in places]
    return np.array([sum(bool(h & mark) for mark in asked) / len(asked) for h in held], dtype=np.float32)


def _best(table: Table, places: NDArray[np.int64], scores: Scores) -> Scores:
    best = [scores[int(table.first[p]) : int(table.last[p])].max(initial=0.0) for p in places]
    return np.array(best, dtype=np.float32)


def _none(count: int) -> Scores:
    return np.zeros(count, dtype=np.float32)
