"""Meeting: how well texts meet the concepts of a question, by the words that they hold.

Asked twice. For all texts at once, by the question's rarest words: every posting is added up in one pass.
Then for a few texts by every word, from a table with a row a term and a column a text, so that a term
which stands in many ways to say something is looked up once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from index.fuse import Scores
from index.lexical import Floats, Lexical, Weighed, add, joined
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
    out, scratch = np.zeros((2, index.count), dtype=np.float32)
    alone = list(beside)
    for concept in concepts:
        weight = scale * concept.weight
        own, *others = (_postings(index, way, rare) for way in concept.ways)
        other = [weighed for postings in others for weighed in postings]
        if not other or (len(other) == 1 and not own):
            alone += [(posting, share * weight) for posting, share in own or other]
        else:
            _add_best(out, scratch, weight, own, other)
    add(out, alone)
    return out


def _add_best(out: Scores, scratch: Scores, weight: float, own: list[Weighed], others: list[Weighed]) -> None:
    """Add a concept with several ways: to each text its best way. `scratch` is all zero, and is left so."""
    first, other = joined(own), joined(others)
    np.add.at(scratch, first.texts, first.impacts)  # the words of the question add up
    np.maximum.at(scratch, other.texts, other.impacts)  # another way takes their place
    texts = np.concatenate([first.texts, other.texts])
    out[texts] += np.float32(weight) * scratch[texts]  # a text named twice is written twice, not added twice
    scratch[texts] = 0.0


def _postings(index: Lexical, way: Way, rare: Set[str]) -> list[Weighed]:
    """The texts that a way meets at its weight: for each of its terms, or for a widened one where all of them stand."""
    together = way.widened and len(way.terms) > 1
    if together and rare.isdisjoint(way.terms):
        return []  # as rare as its rarest term
    if not together:
        return [(index.posting(term), way.weight) for term in way.terms if term in rare]
    met = index.together(way.terms)
    return [(met, way.weight)] if len(met.texts) else []
