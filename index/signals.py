"""Signals: how well each passage meets a question, from several sides, each between 0 and 1.

First every passage is scored by the question's telling words, its pairs of characters, its labels and
its nearest vectors; then the best of them exactly, by every word and by their best sentence. What each
side found is kept apart, so that a result can say why.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.dense import Dense
from index.encoder import Encoder, StaticEncoder
from index.fuse import WEIGHTS, Scores, best
from index.lexical import Lexical, Places
from index.likeness import likeness
from index.marks import Mark, wanted
from index.meet import Held, Ways, meets, share
from index.query import Query
from index.reread import PAIRS, Runs, Spread, Units, Wanted, grid, headed, once
from index.table import Card, Table

WORDED, NEAR = 128, 64
"""Passages that are best by words, and nearest by vectors: of all these together the best are candidates."""
CANDIDATES = 32
"""Passages scored exactly; with twice as many nothing is gained (docs/search.md)."""
BUDGET = 60_000
"""Postings added up for all passages, rarest words first; the rest count for the candidates alone. All of
them up to some thousand passages."""
_FOLDED = 64
"""Scores of which the best is told first."""
_OTHER_WORDS = 0.5
LABEL, WITHIN = "¶", "¶>"
"""What a label term begins with: a passage of the clause itself, or one that holds it."""


@dataclass(frozen=True)
class Parts:
    """Everything that a search looks into."""

    cards: tuple[Card, ...]
    table: Table
    passages: Lexical
    labels: Lexical
    units: Runs
    """The terms of every sentence and item."""
    headings: Runs
    titles: Runs
    """The words of every document's title, each once."""
    dense: Dense
    vectors: NDArray[np.float16]
    unit_vectors: NDArray[np.float16]
    abouts: NDArray[np.float16]
    """What every document is about: the direction in which its passages' vectors point together."""
    words: NDArray[np.float32]
    """The vectors of single words, which are asked for by the hundred; none where the model knows sentences only."""
    word_rows: NDArray[np.int32]
    """The row of each term in `words`, or -1: pairs of characters, days and amounts have none."""
    unit_words: Runs
    """The rows of every unit's words."""


@dataclass(frozen=True)
class Candidates:
    """Passages worth showing, in their order, and their signals in the same order."""

    places: Places
    signals: dict[str, Scores]
    units: Units
    """All units of the candidates."""
    spread: Spread
    """Which of them each candidate holds."""
    answering: Scores
    """How good an answer each unit is: how well its words meet the question, and how like it it is."""
    ways: Ways
    """By which ways to say the concepts of the question each candidate meets them."""
    terms: Wanted
    """The terms of the question, and how telling they are."""
    vector: NDArray[np.float32]
    """Of the question."""


def candidates(parts: Parts, query: Query, encoder: Encoder, allowed: NDArray[np.bool_] | None = None) -> Candidates:
    """The passages worth showing; `allowed` leaves out the others."""
    count = len(parts.table)
    vector = encode(query, encoder)
    terms = Wanted.of(parts.passages, query)
    scores = _by_words(parts.passages, query, terms)
    label = _named(parts.labels, query, count) if query.labels else None
    if label is not None:
        scores += np.float32(WEIGHTS["label"]) * label
    if allowed is not None:
        scores[~allowed] = -np.inf
    places = _chosen(parts, scores, vector)
    units = Units.of(parts.units, parts.table, places)
    spread = Spread(parts.table, places, units.numbers)
    here = Held(terms.numbers, parts.passages.table(terms.places, places))
    met = _met(query, terms, here, grid(parts.passages, units, terms))
    near = likeness(parts.unit_vectors.take(units.numbers, axis=0), vector)
    kept = {
        "lexical": met.words,
        "pairs": met.pairs,
        "label": _none(len(places)) if label is None else label[places],
        "dense": likeness(parts.vectors.take(places, axis=0), vector),
        "kind": _kind(spread.all(parts.table.unit_marks.take(units.numbers)), wanted(query.form)),
        "sentence": spread.best(near),
        "heading": headed(parts.passages, parts.headings, parts.table, query, terms, places),
    }
    return Candidates(places, kept, units, spread, met.units + near, Ways.of(query.concepts, here), terms, vector)


class _Met(NamedTuple):
    """How well passages meet the words and the pairs of characters of a question, and their units both together."""

    words: Scores
    pairs: Scores
    units: Scores


def _met(query: Query, terms: Wanted, here: Held, units: Held) -> _Met:
    """All of them by every term of the question, from one table: most of the time goes into steps, not numbers."""
    table = Held(here.rows, np.concatenate([here.values, units.values], axis=1))
    count = here.values.shape[1]
    words, pairs = table.met(query.concepts), table.sum(query.pairs)
    of_units = words[count:] / np.float32(terms.most or 1.0) + PAIRS * pairs[count:] / np.float32(terms.paired or 1.0)
    return _Met(share(words[:count], terms.most), share(pairs[:count], terms.paired), of_units)


def encode(query: Query, encoder: Encoder) -> NDArray[np.float32]:
    """The vector of a question: its own words, and with `_OTHER_WORDS` the other ways to say them.

    An English question has only the other ways, because the documents are Japanese.
    """
    widened = query.widened
    own = 0.0 if query.foreign and widened else 1.0
    if isinstance(encoder, StaticEncoder):  # the question's words have been cut already
        others = [word for said in _others(query) for word in _words(said, encoder)]
        rows = encoder.encode_words([query.words, others] if widened else [query.words])
    else:
        rows = encoder.encode([query.form, widened] if widened else [query.form], query=True)
    mixed = own * rows[0] + (_OTHER_WORDS * rows[1] if widened else 0.0)
    length = float(np.linalg.norm(mixed))
    return np.asarray(mixed / length if length > 0 else mixed, dtype=np.float32)


def _others(query: Query) -> dict[str, None]:
    """The other ways to say a question's words, each once."""
    return {way.words: None for concept in query.concepts for way in concept.ways if way.widened}


@lru_cache(maxsize=20_000)
def _words(said: str, encoder: StaticEncoder) -> tuple[str, ...]:
    """The words of another way to say something; the thesaurus gives the same ones again and again."""
    return tuple(encoder.words(said))


def _within_budget(index: Lexical, terms: Wanted) -> frozenset[str]:
    """The rarest terms of the question, as many as `BUDGET` allows, but always one."""
    frequencies = index.starts.take(terms.places + 1) - index.starts.take(terms.places)
    order = frequencies.argsort(kind="stable")
    count = max(1, int(frequencies.take(order).cumsum().searchsorted(BUDGET, side="right")))
    names = list(terms.numbers)
    return frozenset(names[i] for i in order[:count].tolist())


def _by_words(index: Lexical, query: Query, terms: Wanted) -> Scores:
    """How good every passage looks by the rarest words and pairs of characters, as `WEIGHTS` has them."""
    rare = _within_budget(index, terms)
    pair = WEIGHTS["pairs"] / (terms.paired or 1.0)
    pairs = [(index.posting(term), pair) for term in query.pairs if term in rare]
    return meets(index, query.concepts, rare, WEIGHTS["lexical"] / (terms.most or 1.0), pairs)


def _chosen(parts: Parts, scores: Scores, vector: NDArray[np.float32]) -> Places:
    """The best `CANDIDATES` by these scores and likeness, of those that are good by either; none below 0."""
    near = parts.dense.top(vector, min(NEAR, len(scores))).places
    places = once(np.concatenate([_first(scores), near]))
    alike = likeness(parts.vectors.take(places, axis=0), vector)
    chosen = best(scores.take(places) + np.float32(WEIGHTS["dense"]) * alike, CANDIDATES)
    return places.take(chosen).astype(np.uint32)


def _first(scores: Scores) -> NDArray[np.intp]:
    """The best `WORDED`, none below 0, the earlier of equals; the best of each 64 tell first what is too little."""
    whole = len(scores) // _FOLDED * _FOLDED
    some = scores[:whole].reshape(_FOLDED, -1).max(axis=0, initial=0.0)
    floor = np.partition(some, -WORDED)[-WORDED] if len(some) >= WORDED else 0.0
    places = np.flatnonzero(scores >= floor)
    return places[best(scores.take(places), WORDED)]


def _named(labels: Lexical, query: Query, count: int) -> Scores:
    out = _none(count)
    for steps in query.labels:
        path = ">".join(steps)
        for prefix, score in ((WITHIN, 0.7), (LABEL, 1.0)):
            out[labels.posting(prefix + path).texts] = score
    return out


def _kind(held: NDArray[np.uint32], wants: Mark) -> Scores:
    """The share of the wanted marks that each passage has."""
    if not wants:
        return _none(len(held))
    asked = [int(mark) for mark in Mark if mark in wants]
    shares: Scores = np.mean([(held & mark > 0).astype(np.float32) for mark in asked], axis=0, dtype=np.float32)
    return shares


def _none(count: int) -> Scores:
    return np.zeros(count, dtype=np.float32)
