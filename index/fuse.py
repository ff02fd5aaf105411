"""Fusion: one score from several signals, each between 0 and 1, by weights a reader can see.

The score is a weighted sum, so a hit that is first in every signal is first in the whole, whatever
order the signals or the hits come in; equal scores stand in the order of documents and clauses.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
"""One score a passage, 0 to 1."""

WEIGHTS: dict[str, float] = {
    "lexical": 1.3,  # words of the passage, its headings and title: BM25F over the best the question could get
    "pairs": 0.2,  # pairs of characters: 持ち出し and 持出し, unknown words
    "dense": 0.7,  # likeness in meaning
    "sentence": 0.2,  # likeness of its best sentence or item
    "heading": 0.5,  # likeness of its heading: near twins differ by it
    "kind": 0.2,  # it is the kind of statement that was asked for: a duty, a date, a definition
    "label": 3.0,  # the clause is named in the question
    "phrase": 0.4,  # a 「phrase」 stands there as written
    "issued": 0.4,  # its document is named by its date: 2024年9月の公表では
}
"""Of the first look, which finds the candidates. Set together on the dev questions, the authored ones over laws
that the model has not seen, and the dev halves of two public benchmarks; rounded, since the plateau is wide
(docs/search.md)."""

CLOSER: dict[str, float] = {
    "lexical": 0.1,
    "pairs": 0.2,
    "dense": 0.5,
    "sentence": 0.4,
    "heading": 0.45,
    "kind": 0.2,
    "label": 3.0,
    "phrase": 0.4,
    "covered": 0.8,  # concepts it meets, however often: a clause that meets them all before one that repeats one
    "words": 0.5,  # likeness of the question's words, one by one, to those of its best sentence
    "about": 0.4,  # likeness of its whole document
    "title": 0.3,  # the share of its title that the question has
    "genre": 0.2,  # a duty is asked for and it is a guideline, or what happened and it is a decision
    "neighbours": 0.2,  # the first look's score of the clause before or after it
    "subject": 0.1,  # it meets the last weighty concept of the question
    "issued": 0.4,
}
"""Of the closer look, which puts them in order; fitted and rounded like those of the first (docs/search.md)."""


def fuse(signals: Mapping[str, Scores], weights: Mapping[str, float] = WEIGHTS) -> Scores:
    """The weighted mean of the signals, 0 to 1 where each of them is; a signal without a weight counts nothing."""
    known = sorted(name for name in signals if weights.get(name, 0.0) > 0)
    if not known:
        return np.zeros(len(next(iter(signals.values()), ())), dtype=np.float32)
    heavy = np.array([weights[name] for name in known])
    total = np.add.reduce(heavy[:, None] * np.array([signals[name] for name in known]), axis=0)
    fused: Scores = (total / heavy.sum()).astype(np.float32)
    return fused


def ranked(scores: Scores, k: int | None = None) -> list[int]:
    """The places of the best scores, best first; equals in their own order, which is document and clause."""
    order: list[int] = np.argsort(-scores, kind="stable")[:k].tolist()
    return order


def best(scores: Scores, k: int) -> NDArray[np.uint32]:
    """The places of the best k, in their own order; none below 0, the earlier of equals."""
    least = np.partition(scores, -k)[-k] if len(scores) > k else -np.inf
    above, equal = np.flatnonzero(scores > least), np.flatnonzero(scores == least)
    places = np.sort(np.concatenate([above, equal[: k - len(above)]]))
    kept: NDArray[np.uint32] = places[scores.take(places) >= 0].astype(np.uint32)
    return kept
