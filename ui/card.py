"""The cards of an answer, as HTML in which every word of a document or a question is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from index.excerpt import Verdict
from index.search import Hit
from law.document import Clause, ClauseKind, Document
from law.sentence import Modality

GRADES = {
    Modality.MUST: ("義務", "〜なければならない、〜してはならない"),
    Modality.SHALL: ("義務に準ずる定め", "〜こととする、〜ものとする、〜よう求める"),
    Modality.RECOMMEND: ("推奨", "〜望ましい、〜努める"),
    Modality.MAY: ("許容", "〜できる、〜認められる"),
}
"""What the app calls each grade, and the words that carry it."""

STYLE = """<style>
.k-card { border: 1px solid rgba(128,128,128,.45); border-radius: .5rem; padding: 1rem 1.2rem; line-height: 1.8; }
.k-cite { font-weight: 600; }
.k-quote { border-left: .3rem solid #c85a00; margin: .6rem 0; padding: .2rem 0 .2rem .8rem; font-size: 1.08rem; }
.k-path { opacity: .8; font-size: .9rem; }
.k-grade { border: 1px solid currentColor; border-radius: 1rem; padding: .05rem .7rem; font-size: .85rem;
           white-space: nowrap; }
.k-text { white-space: pre-wrap; font-size: .95rem; }
.k-text mark { background: rgba(255,213,0,.45); color: inherit; }
.k-note { opacity: .85; font-size: .9rem; }
</style>"""


def answer_card(hit: Hit, document: Document) -> str:
    """The answer: citation, quotation, the headings over it and the clause as printed."""
    parts = [
        '<div class="k-card">',
        f'<div class="k-cite">{escape(hit.excerpt.citation)} {grade_badge(hit)}</div>',
        f'<div class="k-path">{breadcrumbs(hit, document)}</div>',
        quotation(hit, document),
        f'<div class="k-note">{escape(pages(hit))}</div>',
        "</div>",
    ]
    return "".join(parts)


def near_card(number: int, hit: Hit, document: Document) -> str:
    """One of the other clauses, in short."""
    return (
        f'<div class="k-card"><div class="k-cite">{number}. {escape(hit.excerpt.citation)} {grade_badge(hit)}</div>'
        f"{quotation(hit, document)}</div>"
    )


def quotation(hit: Hit, document: Document) -> str:
    """The quotation, its paragraphs each on a line; or the plain word that it could not be verified."""
    if hit.excerpt.verdict is not Verdict.MATCH:
        return '<div class="k-note">引用を原本と照合できないため、表示しません。</div>'
    words = hit.excerpt.span.of(document.text).strip()
    return f'<blockquote class="k-quote">「{escape(words).replace(chr(10), "<br>")}」</blockquote>'


def grade_badge(hit: Hit) -> str:
    """How strongly the quoted words bind, in words."""
    if hit.excerpt.modality is None:
        return ""
    name, words = GRADES[hit.excerpt.modality]
    return f'<span class="k-grade" title="{escape(words)}">{escape(name)}</span>'


def pages(hit: Hit) -> str:
    """The page as printed and as counted in the file."""
    file = f"PDFの{hit.excerpt.pdf_page}頁目" if hit.excerpt.pdf_page else "頁不明"
    return f"{hit.excerpt.page}頁（{file}）" if hit.excerpt.page else f"{file}（頁番号の印刷なし）"


def breadcrumbs(hit: Hit, document: Document) -> str:
    """The headings over the clause, from the outermost."""
    clause = document.by_path[hit.clause]
    above = [*reversed(list(document.ancestors(clause))), clause]
    return " ＞ ".join(escape(_name(document, step)) for step in above)


def _name(document: Document, clause: Clause) -> str:
    heading = document.heading(clause)
    return f"{clause.label} {heading}" if heading else clause.label


def clause_text(hit: Hit, document: Document) -> str:
    """The whole clause as printed, its items and notes each on a line, the quotation marked."""
    clause = document.by_path[hit.clause]
    lines = list(_lines(document, clause, 0))
    return f'<div class="k-card k-text">{_marked(lines, hit)}</div>'


def _lines(document: Document, clause: Clause, depth: int) -> Iterable[str]:
    indent = "　" * depth
    heading = document.heading(clause)
    words = [f"{clause.label}　{heading}" if heading else clause.label]
    own = [span.of(document.text).replace("\n", "") for span in clause.own]
    if own and not heading:
        words[0] += f"　{own.pop(0)}"
    yield from (indent + line for line in (*words, *own))
    kinds = (ClauseKind.ITEM, ClauseKind.NOTE, ClauseKind.EXAMPLE, ClauseKind.FOOTNOTE)
    for child in document.children.get(clause.path, ()):
        if child.kind in kinds:
            yield from _lines(document, child, depth + 1)


def _marked(lines: Iterable[str], hit: Hit) -> str:
    text = escape("\n".join(lines))
    quote = escape(hit.excerpt.quote)
    if hit.excerpt.verdict is Verdict.MATCH and quote in text:
        return text.replace(quote, f"<mark>{quote}</mark>", 1)
    return text
