"""The grounds of a hit: which words of the question it meets, what is known of it, and what it lacks.

Nothing here finds or orders; it says why, for the result, for the decision to answer and for its reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.decide import Facts, Lacks
from index.fuse import CLOSER, fuse
from index.lexical import Places
from index.marks import ASKED, FACTS, Mark, told, wanted
from index.meet import telling
from index.query import Concept, Query, Way
from index.signals import Candidates, Parts
from index.terms import search_form

_SOON = ("遅滞なく", "直ちに", "速やかに", "すみやかに", "の日から", "当分の間")
"""Words by which rules say when, without a date."""
_TOLD = 0.5
"""Words of less weight (verbs in passing, numbers, frames) are not named as lacking."""
_OTHERS = 10
"""Candidates that the best one is compared with."""
_LONG = 12
"""Concepts of a long question; longer ones are no harder."""
_NONE = np.empty(0, dtype=np.uint32)
_BARE = {name: weight for name, weight in CLOSER.items() if name not in ("label", "issued")}
"""Naming a clause or a paper says nothing of whether it answers."""


@dataclass(frozen=True)
class Grounds:
    """Asks the parts of an index about single passages."""

    parts: Parts

    def facts(self, query: Query, found: Candidates, i: int, quotes: Sequence[str]) -> Facts:
        """What is known of candidate i among the others; `quotes` are those of the first hits."""
        scores = fuse(found.signals, _BARE)
        others = np.sort(scores[self._apart(found, i)])[-_OTHERS:]
        telling = found.terms.telling
        met = [way is not None for way, _ in _met(query, found, i)]
        return Facts(
            score=float(scores[i]),
            ahead=float(scores[i] - others.mean()) if len(others) else 0.0,
            alike=float(found.signals["dense"][i]),
            missing=float(telling.max(initial=0.0, where=np.logical_not(met)) / (found.terms.most or 1.0)),
            length=min(len(query.concepts), _LONG) / _LONG,
            named=float(found.signals["label"][i]),
            unsaid=float(_unsaid(query, quotes)),
        )

    def _apart(self, found: Candidates, i: int) -> NDArray[np.bool_]:
        """Which candidates share nothing with candidate i."""
        table, places = self.parts.table, found.places
        document, start, end = (column.take(places) for column in (table.document, table.start, table.end))
        apart: NDArray[np.bool_] = (document != document[i]) | (end <= start[i]) | (end[i] <= start)
        return apart

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
        texts = postings[0].texts if postings else _NONE
        for posting in postings[1:]:
            texts = texts[posting.at(texts) > 0]
        return len(texts) > 0


def _unsaid(query: Query, quotes: Sequence[str]) -> bool:
    """Whether a kind of fact is asked for, not only a duty about it, and none of the quotes holds it."""
    wants = wanted(query.form)
    asked = Mark(0) if Mark.NORM in wants else wants & FACTS
    for quote in quotes if asked else ():
        asked &= ~told(search_form(quote), asked)
        if any(word in quote for word in _SOON):
            asked &= ~Mark.DATE
    return bool(asked)


def _met(query: Query, found: Candidates, i: int) -> Iterator[tuple[Way | None, Concept]]:
    """For each concept the heaviest way by which candidate i meets it."""
    return zip(found.ways.best(len(query.concepts), i), query.concepts, strict=True)


def _holds(texts: Places, place: int) -> bool:
    at = int(np.searchsorted(texts, np.uint32(place)))  # of the column's own type, else the column is copied
    return at < len(texts) and int(texts[at]) == place
