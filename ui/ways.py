"""Where the references in the words of a document lead, as far as the knowledge base holds it.

A reference leads to a clause of the same document, or to the one document at hand that has the very title which is
named, there to the provision where it is the only one of that number. Everything else leads nowhere, and says why:
the law is known but not held, or nobody can tell what is meant.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import streamlit as st

from law.document import Clause, Document
from law.fold import squash
from law.outline import find_clauses
from law.reference import Reference, ReferenceKind
from law.span import Span
from ui.place import reader_address
from ui.shelf import Shelf
from ui.words import printable, short

UNRESOLVED = "未解決：行き先を特定できません"
_KINDS = {ReferenceKind.LAW: "法令", ReferenceKind.GUIDELINE: "指針等", ReferenceKind.DOCUMENT: "他の文書"}


@dataclass(frozen=True, slots=True)
class Lead:
    """What a reference leads to: an address of the reader, or none, and what there is to be told of it."""

    told: str
    address: dict[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """The words of a reference in a document, and where they lead."""

    span: Span
    lead: Lead


@dataclass(frozen=True)
class _Found:
    """The references of one document: what stays from page to page, and holds neither the document nor its shelf."""

    places: Sequence[Span]
    """In the order of the text, none overlapping another."""
    named: Mapping[Span, Sequence[Reference]]
    known: dict[Span, Way] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Ways:
    """The references of a document on a shelf."""

    shelf: Shelf
    document: Document
    version: int | None
    found: _Found

    def within(self, span: Span) -> Iterator[Way]:
        """The references that stand whole in a part of the text; looked up when they are first shown."""
        places, known = self.found.places, self.found.known
        for at in range(bisect_left(places, Span(span.start, span.start)), len(places)):
            place = places[at]
            if place.start >= span.end:
                return
            if place in span:
                yield known.get(place) or known.setdefault(place, Way(place, self._lead(place)))

    def _lead(self, place: Span) -> Lead:
        """Of words that name a range, the first clause that they lead to."""
        leads = [lead(self.shelf, self.document, one, self.version) for one in self.found.named[place]]
        found = [one for one in leads if one.address is not None]
        if not found:
            return leads[0]
        more = f"　ほか{len(found) - 1}条項（先頭を開きます）" if len(found) > 1 else ""
        return replace(found[0], told=found[0].told + more)


def ways(shelf: Shelf, document: Document, version: int | None = None) -> Ways:
    """The references in the words of a document."""
    stamp = f"{shelf.stamp} {document.id} {document.source.sha256}"
    return Ways(shelf, document, version, _found(shelf, document, version, stamp))


@st.cache_resource(max_entries=64, show_spinner=False)
def _found(_shelf: Shelf, _document: Document, version: int | None, stamp: str) -> _Found:
    named: dict[Span, list[Reference]] = defaultdict(list)
    for one in _shelf.references(_document, version):
        if one.span.of(_document.text) == one.surface:  # an ingestion under way may have stored those of another text
            named[one.span].append(one)
    return _Found(tuple(_apart(named)), dict(named))


def _apart(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans in order, without those that begin inside the one before; the longer of two with one beginning."""
    end = 0
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.start >= end and len(span):
            yield span
            end = span.end


def lead(shelf: Shelf, document: Document, one: Reference, version: int | None) -> Lead:
    """What one reference of a document leads to."""
    clause = document.by_path.get(one.target or "")
    if clause is not None:
        words = short(document.heading(clause) or document.own_text(clause), 40)
        told = f"{clause.path.replace(' > ', ' ＞ ')}　{printable(words)}"
        return Lead(told, reader_address(document.id, clause.path, version=version))
    found = held(shelf, one)
    if found is not None:
        there = provided(found, one)
        told = short(printable(found.title), 50) + (f"　{there.path.replace(' > ', ' ＞ ')}" if there else "")
        return Lead(told, reader_address(found.id, there.path if there else None))
    if one.resolved:
        return Lead(f"{_KINDS.get(one.kind, '文書')}：{_provision(one)}（収録していません）")
    return Lead(UNRESOLVED)


def held(shelf: Shelf, one: Reference) -> Document | None:
    """The one document at hand that has the very title which the reference names."""
    id = titled(shelf, one.law) if one.law is not None else None
    return shelf.document(id) if id is not None else None


def titled(shelf: Shelf, title: str) -> str | None:
    """The id of the document of that title, where only one has it."""
    return _titles(shelf, shelf.stamp).get(squash(title))


@st.cache_resource(max_entries=2, show_spinner=False)
def _titles(_shelf: Shelf, stamp: str) -> dict[str, str]:
    """The ids of the documents by their folded titles, without titles that several have."""
    ids: dict[str, list[str]] = defaultdict(list)
    for entry in _shelf.entries:
        ids[squash(entry.title)].append(entry.id)
    return {title: found[0] for title, found in ids.items() if len(found) == 1}


def provided(held: Document, one: Reference) -> Clause | None:
    """The provision of a document that a reference names, where it is the only one of that number."""
    return next((found[0] for found in map(partial(find_clauses, held), _typed(one)) if len(found) == 1), None)


def _typed(one: Reference) -> list[str]:
    """How a person would type the provision: as an article, and in a guideline, failing that, as a number."""
    if one.article is None:
        return []
    article = _provision(replace(one, law=None, kind=ReferenceKind.LAW))
    is_law = one.kind is ReferenceKind.LAW or one.paragraph is not None
    return [article] if is_law else [article, one.article + (one.item or "")]


def _provision(one: Reference) -> str:
    """The law and the provision: 第20条の2第1項第3号; a guideline only by its name, for its words say the number."""
    parts = [one.law or ""]
    if one.kind is ReferenceKind.LAW and one.article:
        number, *more = one.article.split("-")
        parts.append(f"第{number}条" + "".join(f"の{part}" for part in more))
        parts.append(f"第{one.paragraph}項" if one.paragraph else "")
        if one.item:
            parts.append(f"第{one.item}号" if one.item.isdigit() else one.item)
    return printable("".join(parts))
