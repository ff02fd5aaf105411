"""The searcher: a question in, clauses with quotes out, or an honest no.

It reads the question, scores the passages, drops what another hit already shows, decides whether the
best one covers the question, and cuts the excerpts. `result_json` gives the contract of `konkyo search`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.decide import THRESHOLD, Decision, Facts, Lacks, decide
from index.encoder import Encoder
from index.excerpt import Excerpt, best_unit, excerpt, numbered, plain, quotable, shown_text, written_path
from index.fuse import Scores, fuse, ranked
from index.lexical import Places
from index.passages import SHORT
from index.query import Concept, Query, Way, read
from index.rerank import Reranker
from index.signals import Candidates, Parts, candidates, telling
from index.table import Card, Table
from index.terms import pairs, search_form
from index.thesaurus import Thesaurus
from law.document import Document
from law.label import normal_path
from law.token import Tokenizer

RERANKED = 20
"""How many of the best a reranker reads again; a cross-encoder of 300 M parameters takes seconds for more."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where to look: one document, one kind, dates from and to (ISO, as precise as given), an authority."""

    doc: str | None = None
    kind: str | None = None
    date_from: str | None = None
    date_to: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Why:
    """What a hit owes its place to; `terms` are the words it meets, a widened one as 社員→従業者."""

    lexical: float
    dense: float
    rerank: float
    terms: tuple[str, ...]
    signals: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause, or a part of one, that answers or comes near."""

    doc: str
    title: str
    authority: tuple[str, ...]
    date: str | None
    kind: str | None
    clause: str
    label: str
    heading: str | None
    text: str
    excerpt: Excerpt
    score: float
    why: Why


@dataclass(frozen=True, slots=True)
class Result:
    """What is said to a question."""

    question: str
    answerable: bool
    confidence: float
    reason: str | None
    hits: tuple[Hit, ...]


@dataclass(frozen=True)
class Searcher:
    """Looks into one generation of the index; safe to share between threads if its tokenizer is."""

    parts: Parts
    documents: Callable[[str], Document]
    encoder: Encoder
    tokenizer: Tokenizer
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    threshold: float = THRESHOLD
    weights: dict[str, float] | None = None
    reranker: Reranker | None = None

    def search(self, question: str, *, k: int = 5, scope: Scope | None = None) -> Result:
        """The best clauses for a question and the decision whether they cover it.

        When nothing covers it, `hits` still holds the nearest clauses and `reason` says what they lack.
        """
        query = read(question, self.tokenizer, self.thesaurus)
        allowed = _allowed(self.parts, scope or Scope())
        found = candidates(self.parts, query, self.encoder, allowed)
        signals = found.signals
        if query.phrases:
            signals = {**signals, "phrase": self._phrases(query, found)}
        scores = fuse(signals, self.weights) if self.weights else fuse(signals)
        if self.reranker is not None:
            scores = self._reread(question, found, scores)
        order = self._chosen(query, found, scores, k)
        hits = tuple(self._hit(query, found, i, float(scores[i])) for i in order)
        decision = self._decide(query, found, order, hits)
        return Result(question, decision.answerable, decision.confidence, decision.reason, hits)

    def _reread(self, question: str, found: Candidates, scores: Scores) -> Scores:
        """The scores with the best candidates in the reranker's order, all of them above the others."""
        assert self.reranker is not None  # asked only where there is one
        best = list(ranked(scores))[:RERANKED]
        read_again = self.reranker.score(question, [self._text(int(found.places[i])) for i in best])
        raised = np.array(scores, dtype=np.float32)
        raised[best] = float(scores.max(initial=0.0)) + read_again
        return raised

    def facts(self, query: Query, found: Candidates, i: int) -> Facts:
        """What is known of candidate i."""
        place = int(found.places[i])
        met = self._met(query, place)
        weights = [telling(self.parts.passages, concept) for concept in query.concepts]
        total = sum(weights) or 1.0
        return Facts(
            covered=sum(w * way.weight for w, (way, _) in zip(weights, met, strict=True) if way) / total,
            alike=float(found.signals["dense"][i]),
            missing=max((w for w, (way, _) in zip(weights, met, strict=True) if way is None), default=0.0) / total,
            length=min(len(query.concepts), _LONG) / _LONG,
            named=float(found.signals["label"][i]),
        )

    def _met(self, query: Query, place: int) -> list[tuple[Way | None, Concept]]:
        """For each concept the heaviest way by which a passage meets it."""
        return [
            (max((w for w in c.ways if self._has(place, w)), key=lambda w: w.weight, default=None), c)
            for c in query.concepts
        ]

    def _has(self, place: int, way: Way) -> bool:
        return bool(way.terms) and all(_holds(self.parts.passages.posting(t).texts, place) for t in way.terms)

    def _phrases(self, query: Query, found: Candidates) -> Scores:
        """The share of the phrases that stand in each candidate as written."""
        share = np.zeros(len(found.places), dtype=np.float32)
        for phrase in query.phrases:
            way = Way(tuple(pairs(phrase)), 1.0, phrase)
            for i, place in enumerate(found.places):  # the text is opened only where all its pairs of characters are
                if self._has(int(place), way) and phrase in search_form(self._text(int(place))):
                    share[i] += 1 / len(query.phrases)
        return share

    def _text(self, place: int) -> str:
        card = self.parts.cards[int(self.parts.table.document[place])]
        return self.parts.table.span(place).of(self.documents(card.id).text)

    def _chosen(self, query: Query, found: Candidates, scores: Scores, k: int) -> list[int]:
        """The best k that are allowed by AND, OR and NOT and not inside a better one."""
        table = self.parts.table
        chosen: list[int] = []
        logical = bool(query.required or query.either or query.excluded)
        for i in ranked(scores):
            if len(chosen) == k or scores[i] <= 0:
                break
            place = int(found.places[i])
            shown = [int(found.places[j]) for j in chosen]
            if any(_overlaps(table, place, other) for other in shown):
                continue
            if not logical or _satisfies(query, search_form(self._text(place))):
                chosen.append(i)
        return chosen

    def _hit(self, query: Query, found: Candidates, i: int, score: float) -> Hit:
        place, table = int(found.places[i]), self.parts.table
        card = self.parts.cards[int(table.document[place])]
        document = self.documents(card.id)
        units = table.units(place)
        first = int(table.first[place])
        scores = [
            float(score) * quotable(document, unit)
            for unit, score in zip(units, found.unit_scores(first, first + len(units)), strict=True)
        ]
        signals = {name: float(signal[i]) for name, signal in found.signals.items()}
        quoted = excerpt(document, best_unit(units, scores, document.text, SHORT))
        clause = numbered(document, quoted.clause)
        return Hit(
            doc=card.id,
            title=card.title,
            authority=card.authority,
            date=card.date,
            kind=card.kind,
            clause=clause.path,
            label=normal_path(clause.path),
            heading=document.scope_heading(clause),
            text=shown_text(document, table.span(place)),
            excerpt=quoted,
            score=score,
            why=Why(
                signals["lexical"], signals["dense"], score, tuple(self._terms(query, place)), tuple(signals.items())
            ),
        )

    def _terms(self, query: Query, place: int) -> Iterator[str]:
        for way, concept in self._met(query, place):
            if way is not None:
                yield f"{concept.words}→{way.words}" if way.widened else concept.words

    def _decide(self, query: Query, found: Candidates, order: Sequence[int], hits: Sequence[Hit]) -> Decision:
        if not order:
            return decide(_NOTHING, Lacks(), None)
        unmet = [c for way, c in self._met(query, int(found.places[order[0]])) if way is None and c.weight > _TOLD]
        unmet.sort(key=lambda concept: (-telling(self.parts.passages, concept), concept.words))
        lacks = Lacks(
            everywhere=tuple(c.words for c in unmet if not self._seen(c)),
            here=tuple(c.words for c in unmet if self._seen(c)),
        )
        nearest = f"「{plain(hits[0].title)}」{written_path(hits[0].clause)}"
        return decide(self.facts(query, found, order[0]), lacks, nearest, threshold=self.threshold)

    def _seen(self, concept: Concept) -> bool:
        """Whether any passage meets a concept."""
        return any(self._anywhere(way) for way in concept.ways)

    def _anywhere(self, way: Way) -> bool:
        postings = sorted((self.parts.passages.posting(term) for term in way.terms), key=lambda p: len(p.texts))
        held = postings[0].texts if postings else _NONE
        for posting in postings[1:]:
            held = held[posting.at(held) > 0]
        return len(held) > 0


_TOLD = 0.5
"""Words of less weight (verbs in passing, numbers, frames) are not named as lacking."""
_LONG = 12
"""Concepts of a long question; longer ones are no harder."""
_NONE = np.empty(0, dtype=np.uint32)
_NOTHING = Facts(covered=0.0, alike=0.0, missing=1.0, length=0.0, named=0.0)


def _holds(texts: Places, place: int) -> bool:
    at = int(np.searchsorted(texts, np.uint32(place)))  # of the column's own type, else the column is copied
    return at < len(texts) and int(texts[at]) == place


def _overlaps(table: Table, place: int, other: int) -> bool:
    """Whether one of two passages shows the other whole."""
    if table.document[place] != table.document[other]:
        return False
    return table.span(place) in table.span(other) or table.span(other) in table.span(place)


def _satisfies(query: Query, form: str) -> bool:
    return (
        all(words in form for words in query.required)
        and all(any(words in form for words in group) for group in query.either)
        and not any(words in form for words in query.excluded)
    )


def _allowed(parts: Parts, scope: Scope) -> NDArray[np.bool_] | None:
    """Which passages the scope lets through; None for all."""
    if scope == Scope():
        return None
    cards = np.array([_inside(card, scope) for card in parts.cards], dtype=np.bool_)
    allowed: NDArray[np.bool_] = cards[parts.table.document]
    return allowed


def _inside(card: Card, scope: Scope) -> bool:
    """Whether a document is in the scope; one without a date lies outside every range of dates."""
    return (
        scope.doc in (None, card.id)
        and scope.kind in (None, card.kind)
        and (scope.authority is None or any(scope.authority in name for name in card.authority))
        and (scope.date_from is None or _compare(card.date, scope.date_from) in (0, 1))
        and (scope.date_to is None or _compare(card.date, scope.date_to) in (0, -1))
    )


def _compare(date: str | None, limit: str) -> int | None:
    """-1, 0 or 1 as a date lies before, at or after a limit, as precisely as both say; None without a date."""
    if date is None:
        return None
    length = min(len(date), len(limit))
    return (date[:length] > limit[:length]) - (date[:length] < limit[:length])


def result_json(result: Result, id: str | None = None) -> dict[str, Any]:
    """A result as `konkyo search --json` prints it (DESIGN §5)."""
    return {
        "id": id,
        "question": result.question,
        "answerable": result.answerable,
        "confidence": round(result.confidence, 4),
        "reason": result.reason,
        "hits": [_hit_json(hit) for hit in result.hits],
    }


def _hit_json(hit: Hit) -> dict[str, Any]:
    quoted = hit.excerpt
    return {
        "doc": hit.doc,
        "title": hit.title,
        "authority": list(hit.authority),
        "date": hit.date,
        "kind": hit.kind,
        "clause": hit.clause,
        "label": hit.label,
        "heading": hit.heading,
        "page": quoted.page,
        "pdf_page": quoted.pdf_page,
        "text": hit.text,
        "quote": quoted.quote,
        "verdict": quoted.verdict.value,
        "boxes": [{"pdf_page": b.page, "x0": b.x0, "top": b.top, "x1": b.x1, "bottom": b.bottom} for b in quoted.boxes],
        "modality": quoted.modality.value if quoted.modality else None,
        "citation": quoted.citation,
        "score": round(hit.score, 6),
        "why": {
            "lexical": round(hit.why.lexical, 4),
            "dense": round(hit.why.dense, 4),
            "rerank": round(hit.why.rerank, 4),
            "terms": list(hit.why.terms),
        },
    }
