"""The grounds of a hit: which words of the question it meets, what is known of it, and what it lacks.

Nothing here finds or orders; it says why, for the result, for the decision to answer and for its reason.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np

from index.closer import CLOSE
from index.decide import Facts, Lacks
from index.fuse import CLOSER, Scores, fuse, ranked
from index.lexical import Places
from index.marks import ASKED, Mark, wanted
from index.meet import telling
from index.query import Concept, Query, Way
from index.signals import Candidates, Parts

_TOLD = 0.5
"""Words of less weight (verbs in passing, numbers, frames) are not named as lacking."""
_OTHERS = 10
"""Candidates that the best one is compared with."""
_LONG = 12
"""Concepts of a long question; longer ones are no harder."""
_NONE = np.empty(0, dtype=np.uint32)
_BARE = {name: weight for name, weight in CLOSER.items() if name != "label"}


@dataclass(frozen=True)
class Grounds:
    """Asks the parts of an index about single passages."""

    parts: Parts

    def facts(self, query: Query, found: Candidates, i: int) -> Facts:
        """What is known of candidate i among the others."""
        scores = fuse(found.signals, _BARE)
        weights = np.array([telling(self.parts.passages, concept) for concept in query.concepts])
        unmet = weights[np.array([way is None for way, _ in _met(query, found, i)], dtype=np.bool_)]
        others = list(islice(self._next(found, scores, i), _OTHERS))
        return Facts(
            score=float(scores[i]),
            ahead=float(scores[i] - np.mean([scores[j] for j in others] or scores[i])),
            alike=float(found.signals["dense"][i]),
            missing=float(unmet.max(initial=0.0) / (weights.sum() or 1.0)),
            length=min(len(query.concepts), _LONG) / _LONG,
            named=float(found.signals["label"][i]),
        )

    def _next(self, found: Candidates, scores: Scores, i: int) -> Iterator[int]:
        """The best candidates that share nothing with candidate i, best first."""
        table = self.parts.table
        document, span = table.document[found.places[i]], table.span(int(found.places[i]))
        for j in ranked(scores, CLOSE):
            place = int(found.places[j])
            other = table.span(place)
            if table.document[place] != document or other.end <= span.start or span.end <= other.start:
                yield j

    def has(self, place: int, way: Way) -> bool:
        """Whether a passage holds all terms of a way."""
        return bool(way.terms) and all(_holds(self.parts.passages.posting(t).texts, place) for t in way.terms)

    def lacks(self, query: Query, found: Candidates, i: int) -> Lacks:
        """What the question asks for and candidate i does not have."""
        unmet = [concept for way, concept in _met(query, found, i) if way is None and concept.weight > _TOLD]
        unmet.sort(key=lambda concept: (-telling(self.parts.passages, concept), concept.words))
        return Lacks(
            everywhere=tuple(c.words for c in unmet if not self._seen(c)),
            here=tuple(c.words for c in unmet if self._seen(c)),
            kinds=self._kinds(query, int(found.places[i])),
        )

    def terms(self, query: Query, found: Candidates, i: int) -> Iterator[str]:
        """The words of the question that candidate i meets, those met by others as 社員→従業者, 取り扱う→取り扱い."""
        for way, concept in _met(query, found, i):
            if way is not None:
                yield concept.words if way == concept.ways[0] else f"{concept.words}→{way.words}"

    def _kinds(self, query: Query, place: int) -> tuple[str, ...]:
        """The kinds of fact that are asked for and that no sentence of a passage holds."""
        table = self.parts.table
        held = Mark(int(np.bitwise_or.reduce(table.unit_marks[table.first[place] : table.last[place]], initial=0)))
        return tuple(name for mark, name in ASKED.items() if mark in wanted(query.form) and mark not in held)

    def _seen(self, concept: Concept) -> bool:
        """Whether any passage meets a concept."""
        return any(self._anywhere(way) for way in concept.ways)

    def _anywhere(self, way: Way) -> bool:
        postings = sorted((self.parts.passages.posting(term) for term in way.terms), key=lambda p: len(p.texts))
        held = postings[0].texts if postings else _NONE
        for posting in postings[1:]:
            held = held[posting.at(held) > 0]
        return len(held) > 0


def _met(query: Query, found: Candidates, i: int) -> list[tuple[Way | None, Concept]]:
    """For each concept the heaviest way by which candidate i meets it."""
    holds = (found.held.values[:, i] > 0).tolist()
    held = {term for term, row in found.held.rows.items() if holds[row]}
    return [
        (max((w for w in c.ways if w.terms and held.issuperset(w.terms)), key=lambda w: w.weight, default=None), c)
        for c in query.concepts
    ]


def _holds(texts: Places, place: int) -> bool:
    at = int(np.searchsorted(texts, np.uint32(place)))  # of the column's own type, else the column is copied
    return at < len(texts) and int(texts[at]) == place
