"""References in a document's running text: found as mentions, then resolved.

What a mention leads to is looked up, never guessed: a target is a clause that exists, a law is one that
is named in full or by a short name the document defines. What cannot be resolved stays visible as
`resolved=False`. A footnote is referred to by its mark: the span is that of the footnote's own number.
"""

from __future__ import annotations

from collections.abc import Iterator

from law.document import Clause, ClauseKind, Document
from law.mention import Tight
from law.names import Names
from law.outline import Outline
from law.reference import Reference, ReferenceKind
from law.resolve import Resolver
from law.span import Span

__all__ = ["Reference", "ReferenceKind", "references"]


def references(document: Document) -> tuple[Reference, ...]:
    """Every reference of the document, in the order of the text."""
    passages = [(clause, Tight.of(document.text, span)) for clause, span in _places(document)]
    names = Names([tight for _, tight in passages])
    resolver = Resolver(document, names, Outline(document))
    found = [reference for clause, tight in passages for reference in resolver.read(clause, tight)]
    found.extend(_footnotes(document))
    return tuple(sorted(found, key=lambda one: (one.span, one.target or "")))


def _places(document: Document) -> list[tuple[Clause, Span]]:
    places = [
        (span, clause)
        for clause in document.clauses
        for span in ((clause.heading, *clause.own) if clause.heading is not None else clause.own)
    ]
    return [(clause, span) for span, clause in sorted(places, key=lambda place: place[0])]


def _footnotes(document: Document) -> Iterator[Reference]:
    for clause in document.clauses:
        if clause.kind is ClauseKind.FOOTNOTE and clause.mark is not None:
            words = clause.mark.of(document.text)
            yield Reference(words, clause.mark, clause.parent, ReferenceKind.SELF, clause.path, resolved=True)
