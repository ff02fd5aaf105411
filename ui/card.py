"""The cards of an answer and of a clause, as HTML in which every word of a document or a question is escaped."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from index.excerpt import Verdict
from index.search import Hit
from law.definition import Glossary, Use
from law.document import Clause, ClauseKind, Document
from law.sentence import Modality
from law.span import Span
from ui.clicks import link
from ui.ways import Way, Ways
from ui.words import GRADES, where

PARTS = (ClauseKind.ITEM, ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.FOOTNOTE)
"""What belongs to a clause and is shown with it."""


def hit_card(number: int, hit: Hit, ways: Ways, actions: str) -> str:
    """A clause that was found: citation, grade, the headings over it, quotation, page, why, and what to do with it."""
    document = ways.document
    parts = [
        f'<div class="k-card st-key-hit-{number}">',  # named as a container would be, which would cost a message more
        f'<div class="k-cite">{number}. {escape(hit.excerpt.citation)} {grade_badge(hit.excerpt.modality)}</div>',
        f'<div class="k-path">{breadcrumbs(document, document.by_path[hit.clause])}</div>',
        quotation(hit, ways),
        f'<div class="k-note">{escape(where(hit.excerpt.page, hit.excerpt.pdf_page))}</div>',
        why(hit),
        actions,
        "</div>",
    ]
    return "".join(parts)


def quotation(hit: Hit, ways: Ways) -> str:
    """The quotation, its paragraphs each on a line, its references links; or the word that it was not verified."""
    if hit.excerpt.verdict is not Verdict.MATCH:
        return '<div class="k-note">引用を原本と照合できないため、表示しません。</div>'
    text, span = ways.document.text, hit.excerpt.span
    words = span.of(text)
    begins = span.start + len(words) - len(words.lstrip())
    inner = Span(begins, begins + len(words.strip()))
    lines = (_led(ways.within(line), line, lambda part: escape(part.of(text))) for line in _lines(text, inner))
    return f'<blockquote class="k-quote">「{"<br>".join(lines)}」</blockquote>'


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
    words = "".join((*own, *wide)) or "一致した語はありません。"
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


@dataclass(frozen=True, slots=True)
class Page:
    """A document whose clauses are written out: its terms are told, its references lead on, a quotation is marked."""

    document: Document
    glossary: Glossary
    ways: Ways
    quote: Span | None = None


def clause_text(page: Page, clause: Clause) -> str:
    """The whole clause as printed, its items and notes each on a line."""
    body = "".join(_paragraphs(page, clause))
    heading = escape(name_of(page.document, clause))
    return f'<div class="k-card k-text"><div class="k-heading">{heading}</div>{body}</div>'


def _paragraphs(page: Page, clause: Clause) -> Iterator[str]:
    """Its own paragraphs and its items and notes in the order in which they are printed."""
    lines = (line for span in clause.own for line in _lines(page.document.text, span))
    own = [(line.start, f"<p>{_words(page, line)}</p>") for line in lines]
    return (html for _, html in sorted([*own, *_parts(page, clause)]))


def _parts(page: Page, clause: Clause) -> Iterator[tuple[int, str]]:
    for child in page.document.children.get(clause.path, ()):
        if child.kind in PARTS:
            inside = "".join(html for _, html in _parts(page, child))
            yield child.span.start, f'<div class="k-item">{_item(page, child)}{inside}</div>'


def _item(page: Page, clause: Clause) -> str:
    words = [clause.heading, *clause.own] if clause.heading is not None else list(clause.own)
    return escape(clause.label) + "　" + "<br>".join(_words(page, span) for span in words)


def _lines(text: str, span: Span) -> Iterator[Span]:
    """The paragraphs of a span that are not empty."""
    start = span.start
    for line in span.of(text).split("\n"):
        if line:
            yield Span(start, start + len(line))
        start += len(line) + 1


def _words(page: Page, span: Span) -> str:
    """The words of a span: those of the quotation marked, terms with their definition, references as links."""
    found = tuple(page.ways.within(span))
    links = [way.span for way in found if way.lead.address is not None]  # in a link is no second thing to be opened
    uses = [use for use in page.glossary.uses(span) if not any(use.span in one for one in links)]
    return _led(found, span, lambda part: _told(page, part, uses))


def _led(found: Iterable[Way], span: Span, write: Callable[[Span], str]) -> str:
    """The words of a span, each reference a link; one that leads nowhere looks so and says why."""
    parts, at = [], span.start
    for way in found:
        words, told = write(way.span), escape(way.lead.told)
        parts.append(write(Span(at, way.span.start)))
        if way.lead.address is None:
            parts.append(f'<span class="k-open" tabindex="0" title="{told}">{words}</span>')
        else:
            parts.append(link("reader", way.lead.address, words, told))
        at = way.span.end
    return "".join(parts) + write(Span(at, span.end))


def _told(page: Page, span: Span, uses: Iterable[Use]) -> str:
    """The words of a span, those that are defined with their definition."""
    parts, at = [], span.start
    for use in uses:
        if use.span in span:
            parts += [_marked(page, Span(at, use.span.start)), _term(page, use)]
            at = use.span.end
    return "".join(parts) + _marked(page, Span(at, span.end))


def _term(page: Page, use: Use) -> str:
    """A term that the mouse or the keyboard opens: the words that define it, and their clause."""
    defined = use.definition
    told = f"「{_plain(defined.span.of(page.document.text))}」（{escape(defined.clause.replace(' > ', ' ＞ '))}）"
    shown = _marked(page, use.span)
    return f'<span class="k-term" tabindex="0">{shown}<span class="k-tip" role="note">{told}</span></span>'


def _marked(page: Page, span: Span) -> str:
    """The words of a span, those of the quotation marked."""
    text, quote = page.document.text, page.quote
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
