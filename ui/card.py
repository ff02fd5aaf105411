"""The cards of an answer and of a clause, as HTML in which every word of a document or a question is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from index.excerpt import Verdict
from index.search import Hit
from law.document import Clause, ClauseKind, Document
from law.sentence import Modality
from law.span import Span
from ui.words import GRADES, where

PARTS = (ClauseKind.ITEM, ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.FOOTNOTE)
"""What belongs to a clause and is shown with it."""


def hit_card(number: int, hit: Hit, document: Document) -> str:
    """A clause that was found: citation, grade, the headings over it, quotation, page, and why."""
    parts = [
        '<div class="k-card">',
        f'<div class="k-cite">{number}. {escape(hit.excerpt.citation)} {grade_badge(hit.excerpt.modality)}</div>',
        f'<div class="k-path">{breadcrumbs(document, document.by_path[hit.clause])}</div>',
        quotation(hit, document),
        f'<div class="k-note">{escape(where(hit.excerpt.page, hit.excerpt.pdf_page))}</div>',
        why(hit),
        "</div>",
    ]
    return "".join(parts)


def quotation(hit: Hit, document: Document) -> str:
    """The quotation, its paragraphs each on a line; or the plain word that it could not be verified."""
    if hit.excerpt.verdict is not Verdict.MATCH:
        return '<div class="k-note">引用を原本と照合できないため、表示しません。</div>'
    words = hit.excerpt.span.of(document.text).strip()
    return f'<blockquote class="k-quote">「{escape(words).replace(chr(10), "<br>")}」</blockquote>'


def grade_badge(grade: Modality | None) -> str:
    """How strongly the words bind, in words."""
    if grade is None:
        return ""
    name, words = GRADES[grade]
    return f'<span class="k-grade" title="{escape(words)}">{escape(name)}</span>'


def why(hit: Hit) -> str:
    """Why a clause was found: words it meets, widened ones marked so, and how near its meaning is."""
    own = [f'<span class="k-word">{escape(term)}</span>' for term in hit.why.terms if "→" not in term]
    wide = [
        f'<span class="k-word k-wide" title="質問の語の言い換え">{escape(term)}（言い換え）</span>'
        for term in hit.why.terms
        if "→" in term
    ]
    words = "".join((*own, *wide)) or "一致した語はなく、意味の近さで見つけました。"
    near = round(100 * hit.why.dense)
    return (
        f'<div class="k-why">見つけた理由：{words} <span style="white-space:nowrap">意味の近さ {near}／100</span></div>'
    )


def breadcrumbs(document: Document, clause: Clause) -> str:
    """The headings over the clause and its own, from the outermost."""
    above = [*reversed(list(document.ancestors(clause))), clause]
    return " ＞ ".join(escape(name_of(document, step)) for step in above)


def name_of(document: Document, clause: Clause) -> str:
    """A clause's label and heading."""
    heading = document.heading(clause)
    return f"{clause.label}　{heading}" if heading and heading != clause.label else clause.label


def clause_text(document: Document, clause: Clause, quote: Span | None = None) -> str:
    """The whole clause as printed, its items and notes each on a line, the quotation marked."""
    heading = name_of(document, clause)
    body = "".join(_paragraphs(document, clause, quote))
    return f'<div class="k-card k-text"><div class="k-heading">{escape(heading)}</div>{body}</div>'


def _paragraphs(document: Document, clause: Clause, quote: Span | None) -> Iterator[str]:
    for span in clause.own:
        for line in _lines(document.text, span):
            yield f"<p>{_marked(document.text, line, quote)}</p>"
    for child in document.children.get(clause.path, ()):
        if child.kind in PARTS:
            yield f'<div class="k-item">{"".join(_item(document, child, quote))}</div>'


def _item(document: Document, clause: Clause, quote: Span | None) -> Iterator[str]:
    words = [clause.heading, *clause.own] if clause.heading is not None else list(clause.own)
    yield escape(clause.label) + "　" + "<br>".join(_marked(document.text, span, quote) for span in words)
    for child in document.children.get(clause.path, ()):
        if child.kind in PARTS:
            yield f'<div class="k-item">{"".join(_item(document, child, quote))}</div>'


def _lines(text: str, span: Span) -> Iterator[Span]:
    start = span.start
    for at in range(span.start, span.end + 1):
        if at == span.end or text[at] == "\n":
            if at > start:
                yield Span(start, at)
            start = at + 1


def _marked(text: str, span: Span, quote: Span | None) -> str:
    """The words of a span, those of the quotation marked."""
    if quote is None or quote.end <= span.start or span.end <= quote.start:
        return _plain(span.of(text))
    start, end = max(span.start, quote.start), min(span.end, quote.end)
    before, inside, after = text[span.start : start], text[start:end], text[end : span.end]
    return f"{_plain(before)}<mark>{_plain(inside)}</mark>{_plain(after)}"


def _plain(words: str) -> str:
    return escape(words.replace("\n", ""))


def family(document: Document, clause: Clause) -> Iterable[Clause]:
    """The clause, and the items and notes that are shown with it, in order."""
    yield clause
    for child in document.children.get(clause.path, ()):
        if child.kind in PARTS:
            yield from family(document, child)
