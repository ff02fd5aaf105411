"""The searcher: a question in, clauses with quotes out, or an honest no.

It reads the question, scores the passages, drops what another hit already shows, decides whether the
best one covers the question, and cuts the excerpts. `result_json` gives the contract of `konkyo search`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from index.closer import Closer
from index.dates import issued
from index.decide import THRESHOLD, Decision, Facts, Lacks, decide
from index.encoder import Encoder
from index.excerpt import Excerpt, Sought, best_unit, excerpt, numbered, plain, shown_text, written_path
from index.fuse import CLOSER, WEIGHTS, Scores, fuse, ranked
from index.grounds import Grounds
from index.passages import Unit
from index.query import Query, Way, read
from index.rerank import Reranker
from index.scope import Scope as Scope  # whoever searches says where
from index.scope import allowed, issued_then
from index.signals import Candidates, Parts, candidates
from index.table import Table
from index.terms import pairs, search_form
from index.thesaurus import Thesaurus
from index.twins import Said, printed_order
from law.document import Document
from law.label import normal_path
from law.sentence import Modality
from law.token import Tokenizer

RERANKED = 20
"""How many of the best a reranker reads again; a cross-encoder of 300 M parameters takes seconds for more."""


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
    hidden: frozenset[str] = frozenset()
    """Documents of the index that are never shown: the catalogue has them no longer."""

    def search(self, question: str, *, k: int = 5, scope: Scope | None = None, grade: Modality | None = None) -> Result:
        """The best clauses for a question and the decision whether they cover it.

        When nothing covers it, `hits` still holds the nearest clauses and `reason` says what they lack. A clause that
        says something of the `grade` is quoted by that; others are not left out.
        """
        query = read(question, self.tokenizer, self.thesaurus)
        inside = allowed(self.parts, scope or Scope(), self.hidden)
        found = candidates(self.parts, query, self.encoder, inside)
        found, scores = self._scored(query, found)
        if self.reranker is not None:
            scores = self._reread(question, found, scores)
        order = self._chosen(query, found, scores, max(k, _READ))
        sought = Sought.by(query.form, grade)
        quotes = [self._quoted(found, i, float(scores[i]), sought) for i in order]
        printed = printed_order([quote.said for quote in quotes])
        hits = tuple(
            self._hit(query, found, order[place], quotes[place], quote.said.score)
            for place, quote in zip(printed, quotes, strict=True)
        )
        decision = self._decide(query, found, [order[place] for place in printed], hits)
        return Result(question, decision.answerable, decision.confidence, decision.reason, hits[:k])

    def _scored(self, query: Query, found: Candidates) -> tuple[Candidates, Scores]:
        """The candidates with the signals of the closer look, and their scores."""
        phrase = {"phrase": self._phrases(query, found)} if query.phrases else {}
        signals = {**found.signals, **phrase, **self._issued(query, found)}
        names = CLOSER.keys() | WEIGHTS.keys() if self.weights is None else self.weights
        first = fuse(signals, {name: weight for name, weight in WEIGHTS.items() if name in names})
        signals |= self._closer.signals(query, found, first)
        return replace(found, signals=signals), fuse(signals, CLOSER if self.weights is None else self.weights)

    @cached_property
    def _closer(self) -> Closer:
        return Closer(self.parts, self.encoder)

    def _reread(self, question: str, found: Candidates, scores: Scores) -> Scores:
        """The scores with the best candidates in the reranker's order, all of them above the others."""
        assert self.reranker is not None  # asked only where there is one
        best = list(ranked(scores))[:RERANKED]
        read_again = self.reranker.score(question, [self._text(int(found.places[i])) for i in best])
        raised = np.array(scores, dtype=np.float32)
        raised[best] = float(scores.max(initial=0.0)) + read_again
        return raised

    def _phrases(self, query: Query, found: Candidates) -> Scores:
        """The share of the phrases that stand in each candidate as written."""
        share = np.zeros(len(found.places), dtype=np.float32)
        for phrase in query.phrases:
            way = Way(tuple(pairs(phrase)), 1.0, phrase)
            for i, place in enumerate(found.places):  # the text is opened only where all its pairs of characters are
                if self._grounds.has(int(place), way) and phrase in search_form(self._text(int(place))):
                    share[i] += 1 / len(query.phrases)
        return share

    def _issued(self, query: Query, found: Candidates) -> dict[str, Scores]:
        """Whether each candidate's document is one that the question names by its date, where it names any."""
        named = issued(query.form)
        then = [issued_then(card, named) for card in self.parts.cards] if named else []
        marks = np.array(then, dtype=np.float32)
        return {"issued": marks[self.parts.table.document[found.places]]} if any(then) else {}

    def _text(self, place: int) -> str:
        card = self.parts.cards[int(self.parts.table.document[place])]
        return self.parts.table.span(place).of(self.documents(card.id).text)

    def _chosen(self, query: Query, found: Candidates, scores: Scores, k: int) -> list[int]:
        """The best k that are allowed by AND, OR and NOT and not inside a better one."""
        table = self.parts.table
        chosen: list[int] = []
        shown: list[int] = []
        logical = bool(query.required or query.either or query.excluded)
        for i in ranked(scores):
            if len(chosen) == k or scores[i] <= 0:
                break
            place = int(found.places[i])
            if any(_overlaps(table, place, other) for other in shown):
                continue
            if not logical or _satisfies(query, search_form(self._text(place))):
                chosen.append(i)
                shown.append(place)
        return chosen

    def _quoted(self, found: Candidates, i: int, score: float, sought: Sought) -> _Quoted:
        """The unit of candidate i that answers best, and all that it says."""
        place, table = int(found.places[i]), self.parts.table
        document = self.documents(self.parts.cards[int(table.document[place])].id)
        first = int(table.first[place])
        answering = found.answering[found.spread.run(i)].tolist()
        best = best_unit(document, lambda k: table.unit(first + k), answering, sought)
        quoted = table.unit(first + best)
        return _Quoted(
            quoted,
            table.grade(first + best),
            Said(document, table.span(place), quoted.span, lambda: table.units(place), score),
        )

    def _hit(self, query: Query, found: Candidates, i: int, quote: _Quoted, score: float) -> Hit:
        """Candidate i as a hit with its quote; `score` is that of its place among the hits."""
        said, document = quote.said, quote.said.document
        card = self.parts.cards[int(self.parts.table.document[found.places[i]])]
        signals = {name: signal.item(i) for name, signal in found.signals.items()}
        quoted = excerpt(document, quote.unit, quote.grade)
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
            text=shown_text(document, said.span),
            excerpt=quoted,
            score=score,
            why=Why(
                signals["lexical"],
                signals["dense"],
                said.score,
                tuple(self._grounds.terms(query, found, i)),
                tuple(signals.items()),
            ),
        )

    def _decide(self, query: Query, found: Candidates, order: Sequence[int], hits: Sequence[Hit]) -> Decision:
        if not order:
            return decide(_NOTHING, Lacks, None)
        nearest = f"「{plain(hits[0].title)}」{written_path(hits[0].clause)}"
        quotes = [hit.excerpt.quote for hit in hits[:_READ]]
        facts = self._grounds.facts(query, found, order[0], quotes)
        return decide(facts, lambda: self._grounds.lacks(query, found, order[0]), nearest, threshold=self.threshold)

    @cached_property
    def _grounds(self) -> Grounds:
        return Grounds(self.parts)


class _Quoted(NamedTuple):
    """A unit that is quoted, and what its passage says."""

    unit: Unit
    grade: Modality | None
    said: Said


_NOTHING = Facts(score=0.0, ahead=0.0, alike=0.0, missing=1.0, length=0.0, named=0.0, unsaid=0.0)
_READ = 3
"""Quotes in which a reader looks for the day or the amount that is asked for."""


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
        "page": quoted.page if quoted.page or quoted.pdf_page is None else str(quoted.pdf_page),  # as `konkyo show`
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
