"""Quotes: verbatim words with their clause, page and citation, checked against the document again whenever asked.

A quote holds no span, so that it can be kept beside the knowledge base and outlive a new ingestion: its
words are looked for in its clause, and what is not found there word for word is no longer a quote.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from index.excerpt import Verdict, cite, page_of, verify
from law.document import Document
from law.span import Span

Documents = Callable[[str], Document | None]
"""The current document of an id, or None where there is none."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Words as printed, paragraphs on lines of their own, and where they stand."""

    document: str
    clause: str
    words: str
    citation: str
    page: str | None
    pdf_page: int | None
    verdict: Verdict

    @property
    def is_verified(self) -> bool:
        """Whether the words are those on the page; nothing else is shown as a quote."""
        return self.verdict is Verdict.MATCH

    @property
    def line(self) -> str:
        """The words on one line."""
        return "".join(self.words.split("\n"))


def quoted(document: Document, clause: str, span: Span) -> Quote:
    """The words at a place of a document as a quote."""
    words = span.of(document.text).strip()
    pdf_page = page_of(document, span)
    return Quote(
        document=document.id,
        clause=clause,
        words=words,
        citation=cite(document, document.by_path[clause], pdf_page),
        page=document.printed_page(pdf_page),
        pdf_page=pdf_page,
        verdict=verify(document, span, words),
    )


def unbulleted(document: Document, span: Span) -> Span:
    """The words without the bullet that a list prints before them."""
    words = span.of(document.text)
    return Span(span.start + len(words) - len(words.lstrip("・ \u3000\n")), span.end)


def place(quote: Quote, document: Document) -> Span | None:
    """Where the words stand in their clause, white space apart; None where they do not."""
    clause = document.by_path.get(quote.clause)
    if clause is None or not quote.words.strip():
        return None
    found = _pattern(quote.words).search(document.text, clause.span.start, clause.span.end)
    return Span(*found.span()) if found else None


def again(quote: Quote, documents: Documents) -> Quote:
    """The quote checked against the current document: changed words are a mismatch, a lost document is unchecked."""
    document = documents(quote.document)
    if document is None:
        return replace(quote, verdict=Verdict.UNCHECKED)
    span = place(quote, document)
    if span is None:
        return replace(quote, verdict=Verdict.MISMATCH)
    return quoted(document, quote.clause, span)


@lru_cache(maxsize=4096)
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(r"\s*".join(map(re.escape, "".join(words.split()))))
