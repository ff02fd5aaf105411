"""Meeting: how well texts meet the concepts of a question, by the words that they hold.

Asked twice. For all texts at once, by the question's rarest words: every posting is added up in one pass.
Then for a few texts by every word, from a table with a row a term and a column a text, so that a term
which stands in many ways to say something is looked up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.fuse import Scores
from index.lexical import Floats, Lexical, Together, Weighed, add
from index.query import Concept, Way


class Held(NamedTuple):
    """What each term adds to each of some texts, or sentences: a row a term; one without a row adds nothing."""

    rows: Mapping[str, int]
    values: Floats

    def sum(self, terms: Iterable[str]) -> Scores:
        """What these terms add together."""
        rows = [row for term in terms if (row := self.rows.get(term)) is not None]
        total: Scores = np.add.reduce(self.values[rows], axis=0, dtype=np.float32)
        return total

    def met(self, concepts: Sequence[Concept]) -> Scores:
        """How much of the concepts each text meets: of each its best way, a widened one only in all its terms."""
        out = np.zeros(self.values.shape[1], dtype=np.float32)
        for concept in concepts:
            ways = [met for way in concept.ways if (met := self._way(way)) is not None]
            if ways:
                best = ways[0]
                for way in ways[1:]:
                    best = np.maximum(best, way)
                out += np.float32(concept.weight) * best
        return out

    def _way(self, way: Way) -> Scores | None:
        """What a way adds at its weight; None where no text can meet it."""
        held = [self.values[row] for term in way.terms if (row := self.rows.get(term)) is not None]
        if not held or (way.widened and len(held) < len(way.terms)):
            return None
        total: Scores = held[0]
        for other in held[1:]:
            total = total + other
        if way.widened and len(held) > 1:
            total = np.where(np.logical_and.reduce(held), total, np.float32(0))
        return total if way.weight == 1.0 else np.float32(way.weight) * total


class Ways(NamedTuple):
    """The ways to say the concepts of a question whose terms are all known, and in which texts all of them stand."""

    ways: tuple[Way, ...]
    concepts: NDArray[np.intp]
    """The number of the concept that each way says, ascending."""
    stand: NDArray[np.bool_]
    """A row a way, a column a text."""

    @classmethod
    def of(cls, concepts: Sequence[Concept], held: Held) -> Ways:
        """The ways to say these concepts among what is held."""
        known = [
            (number, way)
            for number, concept in enumerate(concepts)
            for way in concept.ways
            if way.terms and held.rows.keys() >= {*way.terms}
        ]
        numbers, ways = np.array([number for number, _ in known], dtype=np.intp), tuple(way for _, way in known)
        if not ways:
            return cls(ways, numbers, np.zeros((0, held.values.shape[1]), dtype=np.bool_))
        terms = (held.values > 0).take([held.rows[term] for way in ways for term in way.terms], axis=0)
        lengths = np.array([len(way.terms) for way in ways])
        return cls(ways, numbers, np.logical_and.reduceat(terms, lengths.cumsum() - lengths, axis=0))

    def weights(self, count: int) -> Scores:
        """For each of `count` concepts, a row: the weight of the best way by which each text meets it, else 0."""
        met = np.zeros((count, self.stand.shape[1]), dtype=np.float32)
        if self.ways:
            weights = np.array([way.weight for way in self.ways], dtype=np.float32)
            starts = np.flatnonzero(np.diff(self.concepts, prepend=-1))
            met[self.concepts[starts]] = np.maximum.reduceat(self.stand * weights[:, None], starts, axis=0)
        return met

    def best(self, count: int, i: int) -> list[Way | None]:
        """For each of `count` concepts the heaviest way, the first of equals, by which text i meets it."""
        best: list[Way | None] = [None] * count
        for number, way, stands in zip(self.concepts.tolist(), self.ways, self.stand[:, i].tolist(), strict=True):
            known = best[number]
            if stands and (known is None or way.weight > known.weight):
                best[number] = way
        return best


def terms_of(concepts: Iterable[Concept]) -> dict[str, None]:
    """All terms of all ways, each once."""
    return {term: None for concept in concepts for way in concept.ways for term in way.terms}


def telling(index: Lexical, concept: Concept) -> float:
    """How much of the question hangs on a concept: its weight by how rare its words are."""
    return concept.weight * sum(index.idf(term) for term in concept.ways[0].terms)


def share(scores: Scores, most: float) -> Scores:
    """The scores as a share of the most that there could be, never above 1; worked out in their place."""
    if most > 0:
        scores /= np.float32(most)
        np.minimum(scores, np.float32(1.0), out=scores)
    return scores


def most_shared(index: Lexical, terms: Iterable[str]) -> float:
    """What a text would score that had all of these terms."""
    return sum(index.idf(term) for term in terms)


def meets(
    index: Lexical, concepts: Sequence[Concept], rare: Set[str], scale: float = 1.0, beside: Iterable[Weighed] = ()
) -> Scores:
    """How much of the concepts each text of the index meets by the terms in `rare`, times `scale`.

    What the postings `beside` them add is added too: in the same pass, which costs less than one of its own.
    """
    out = np.zeros(index.count, dtype=np.float32)
    alone = list(beside)
    for concept in concepts:
        weight = scale * concept.weight
        own, *others = (_said(way, rare) for way in concept.ways)
        other = [said for ways in others for said in ways]
        if other:
            alone.append((index.best_of(tuple(own), tuple(other)), weight))
        else:
            alone += [(index.together(terms), share * weight) for terms, share in own]
    add(out, alone)
    return out


def _said(way: Way, rare: Set[str]) -> list[Together]:
    """What a text must hold to meet a way, and at what weight: any of its terms, or of a widened one all of them."""
    if way.widened and len(way.terms) > 1:
        return [] if rare.isdisjoint(way.terms) else [(way.terms, way.weight)]  # as rare as its rarest term
    return [((term,), way.weight) for term in way.terms if term in rare]
