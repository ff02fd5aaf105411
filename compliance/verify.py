"""Checks a draft: every citation for existence, page and date, every quotation for exactness and place.

Pure: the draft and the documents in, verdicts with places in the draft out. Nothing is repaired; what is
wrong is named with the true text or place beside it. One fault is reported once: an invented clause does
not make the quotation beside it false, nor a misplaced quotation its citation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from compliance.draft.nearest import Difference, Near, exact, holder, nearest
from compliance.draft.reading import Cited, Draft, Quoted
from index.dates import era_month
from index.excerpt import cite, page_of, plain, written_path
from law.document import Clause, Document
from law.fold import squash
from law.label import normal_label
from law.mention import one_width
from law.outline import find_clauses
from law.span import Span


class Claim(StrEnum):
    """What is checked."""

    CITATION = "citation"
    QUOTATION = "quotation"


class Finding(StrEnum):
    """What the check found."""

    MATCH = "match"
    MISMATCH = "mismatch"  # the words are altered; the nearest true text stands beside
    NOT_FOUND = "not-found"  # no such document, clause or words
    WRONG_PAGE = "wrong-page"
    WRONG_CLAUSE = "wrong-clause"  # the words are true, but stand elsewhere
    WRONG_DATE = "wrong-date"
    SUPERSEDED = "superseded"  # true of a version that a later one has replaced


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation or quotation of the draft and what became of it. `span` is its place in the draft."""

    claim: Claim
    span: Span
    words: str
    finding: Finding
    document: str | None = None
    clause: str | None = None
    true_text: str | None = None
    differences: tuple[Difference, ...] = ()
    citation: str | None = None
    message: str = ""

    @property
    def is_fault(self) -> bool:
        """Whether a writer must look at it."""
        return self.finding is not Finding.MATCH


@dataclass(frozen=True, slots=True)
class _Target:
    """What a citation leads to: the document and the clauses its label may mean."""

    cited: Cited
    document: Document | None
    clauses: tuple[Clause, ...]

    @property
    def exists(self) -> bool:
        return self.document is not None and (self.cited.label is None or bool(self.clauses))


def verify(text: str, documents: Sequence[Document], *, earlier: Sequence[Document] = ()) -> tuple[Checked, ...]:
    """Every citation and quotation of the draft, in order. `earlier` are superseded versions, told apart."""
    check = _Check(text, documents, earlier)
    return tuple(sorted(check.run(), key=lambda one: (one.span, one.claim)))


def checked_json(checked: Checked) -> dict[str, Any]:
    """`konkyo verify --json`: one object a citation or quotation."""
    return {
        "claim": checked.claim.value,
        "start": checked.span.start,
        "end": checked.span.end,
        "words": checked.words,
        "verdict": checked.finding.value,
        "doc": checked.document,
        "clause": checked.clause,
        "true_text": checked.true_text,
        "differences": [{"draft": one.draft, "true": one.true} for one in checked.differences],
        "citation": checked.citation,
        "message": checked.message,
    }


class _Check:
    """One draft over one set of documents."""

    def __init__(self, text: str, documents: Sequence[Document], earlier: Sequence[Document]) -> None:
        self.text = text
        self.documents = tuple(documents)
        self.earlier = tuple(earlier)
        self.draft = Draft(text, (*documents, *earlier))

    def run(self) -> list[Checked]:
        targets = [self._target(cited) for cited in self.draft.cited()]
        quoted = self.draft.quoted()
        held = {quote: self._held(quote, targets, quoted) for quote in quoted}
        out = [self._quotation(quote, held[quote]) for quote in quoted]
        for target in targets:
            mine = [quote for quote in quoted if target in held[quote]]
            out.append(self._citation(target, mine))
        return out

    # -- citations --------------------------------------------------------------------------------

    def _target(self, cited: Cited) -> _Target:
        """The document that has the label, else that has the date, else the newest of that name."""
        named = [d for d in (*self.documents, *self.earlier) if d.id in cited.named.documents]
        dated = [d for d in named if cited.date and _agrees(d, cited.date)]
        pool = dated or named
        for document in pool:
            clauses = _clauses(document, cited.label) if cited.label else ()
            if clauses:
                return _Target(cited, document, clauses)
        return _Target(cited, pool[0] if pool else None, ())

    def _citation(self, target: _Target, mine: Sequence[Quoted]) -> Checked:
        cited, document = target.cited, target.document
        words = cited.span.of(self.text)

        def made(finding: Finding, message: str, citation: str | None = None) -> Checked:
            clause = target.clauses[0].path if target.clauses else None
            id = document.id if document else None
            return Checked(Claim.CITATION, cited.span, words, finding, id, clause, citation=citation, message=message)

        if document is None:
            return made(Finding.NOT_FOUND, "この題名の文書はナレッジベースにありません。")
        if not target.exists:
            return made(Finding.NOT_FOUND, f"「{plain(document.title)}」に{cited.label}はありません。")
        right = cite(document, target.clauses[0], document.pdf_page(target.clauses[0])) if target.clauses else None
        if any(document is one for one in self.earlier):
            return made(Finding.SUPERSEDED, self._successor(document), right)
        if cited.date and not _agrees(document, cited.date):
            return made(Finding.WRONG_DATE, f"この文書の日付は{_date(document)}です。", right)
        if cited.page is not None:
            pages = self._pages(target, mine)
            if pages and cited.page not in pages:
                return made(Finding.WRONG_PAGE, f"正しくは{pages[0]}頁です。", right)
        return made(Finding.MATCH, "", right)

    def _successor(self, document: Document) -> str:
        title = plain(document.title)
        later = [d for d in self.documents if d.id == document.id or plain(d.title).startswith(title)]
        newer = f"新しい版は「{plain(later[0].title)}」（{_era(later[0])}）です。" if later else ""
        return f"「{title}」（{_era(document)}）は旧版です。{newer}"

    def _pages(self, target: _Target, mine: Sequence[Quoted]) -> tuple[str, ...]:
        """The pages that are right: those of the quotation beside it, else all the clause stands on."""
        document = target.document
        if document is None:
            return ()
        true = [place for quote in mine for place in exact(document, quote.words)]
        inside = [place for place in true if any(place in clause.span for clause in target.clauses)]
        spans = inside or [clause.span for clause in target.clauses] or [Span(0, len(document.text))]
        pages = [page for span in spans for page in document.boxes.pages_of(span)]
        if target.cited.is_pdf_page:
            return tuple(str(page) for page in pages)
        return tuple(document.printed_page(page) or str(page) for page in pages)

    # -- quotations -------------------------------------------------------------------------------

    def _held(self, quote: Quoted, targets: Sequence[_Target], quoted: Sequence[Quoted]) -> tuple[_Target, ...]:
        """The citations a quotation leans on: the one right behind it, else those before it in its sentence."""
        behind = [one for one in targets if one.cited.span.start > quote.span.end]
        if behind:
            between = self.text[quote.span.end + 1 : behind[0].cited.span.start]
            free = not any(quote.span.end < other.span.start < behind[0].cited.span.start for other in quoted)
            if free and len(between) <= _BEHIND and "。" not in between.lstrip("。") and "\n\n" not in between:
                opened = "（" in between or "(" in between or "―" in between or "—" in between
                if opened:
                    return (behind[0],)
        start = max(self.text.rfind("。", 0, quote.span.start), self.text.rfind("\n", 0, quote.span.start)) + 1
        return tuple(one for one in targets if start <= one.cited.span.start and one.cited.span.end <= quote.span.start)

    def _quotation(self, quote: Quoted, held: Sequence[_Target]) -> Checked:
        cited = [one for one in held if one.exists and one.document is not None]
        for target in reversed(cited):
            assert target.document is not None  # as filtered
            for place in exact(target.document, quote.words):
                if not target.clauses or any(_stands(place, clause) for clause in target.clauses):
                    return self._true(quote, target.document, place)
        where = [one.document for one in cited if one.document] or [d for h in held if (d := h.document)]
        for document in (*where, *(d for d in self.documents if d not in where)):
            for place in exact(document, quote.words):
                if not cited:
                    return self._true(quote, document, place)
                return self._elsewhere(quote, document, place, cited[-1])
        return self._untrue(quote, [target.clauses for target in cited], where)

    def _true(self, quote: Quoted, document: Document, place: Span) -> Checked:
        return self._made(quote, Finding.MATCH, document, place)

    def _elsewhere(self, quote: Quoted, document: Document, place: Span, cited: _Target) -> Checked:
        clause = holder(document, place)
        true = f"「{plain(document.title)}」" if document is not cited.document else ""
        where = written_path(clause.path) if clause else "本文"
        return self._made(quote, Finding.WRONG_CLAUSE, document, place, message=f"この文言は{true}{where}にあります。")

    def _untrue(self, quote: Quoted, clauses: Sequence[Sequence[Clause]], where: Sequence[Document]) -> Checked:
        """A quotation that stands nowhere now: of an older version, altered, or invented."""
        for document in self.earlier:
            for place in exact(document, quote.words):
                if document in where:
                    return self._true(quote, document, place)
                message = f"旧版の文言です。{self._successor(document)}"
                return self._made(quote, Finding.SUPERSEDED, document, place, message=message)
        near = (nearest(where, quote.words) if where else None) or nearest(self.documents, quote.words)
        if near is None:
            message = "ナレッジベースのどの文書にも見当たりません。"
            return Checked(Claim.QUOTATION, quote.span, quote.words, Finding.NOT_FOUND, message=message)
        return self._made(quote, Finding.MISMATCH, near.document, near.span, near)

    def _made(
        self,
        quote: Quoted,
        finding: Finding,
        document: Document,
        place: Span,
        near: Near | None = None,
        message: str = "",
    ) -> Checked:
        clause = holder(document, place)
        if near is not None:
            parts = "、".join(f"「{one.draft}」→「{one.true}」" for one in near.differences)
            message = f"原文と異なります：{parts}"
        return Checked(
            Claim.QUOTATION,
            quote.span,
            quote.words,
            finding,
            document.id,
            clause.path if clause else None,
            plain(place.of(document.text)),
            near.differences if near else (),
            cite(document, clause, page_of(document, place)) if clause else None,
            message,
        )


_ANNEXED = re.compile(r"^((?:資料|別添|別紙|別表|様式)第?\d+(?:-\d+)*)[、の \u3000]+")
_BEHIND = 40
"""Characters between a quotation and the citation in brackets behind it."""


def _stands(place: Span, clause: Clause) -> bool:
    return place in clause.span or clause.span.start <= place.start < clause.span.end


def _clauses(document: Document, label: str) -> tuple[Clause, ...]:
    """The clauses a written label means: as our own citations write it, else as `find_clauses` reads it.

    A note or footnote at its end is looked for below them.
    """
    written = [clause for clause in document.clauses if squash(written_path(clause.path)) == squash(label)]
    if written:
        return tuple(written)
    for tail in ("本文", "ただし書き", "ただし書", "なお書き", "なお書", "柱書"):
        label = label.removesuffix(tail).removesuffix("の")
    label = _ANNEXED.sub(r"\1>", one_width(label))
    cut = max(label.rfind("(注"), label.rfind("注") if "(注" not in label else -1, label.rfind("※"))
    if label.endswith("答"):
        cut = len(label) - 1
    cut = label.rfind("脚注") if "脚注" in label else cut
    if cut <= 0:
        return find_clauses(document, label)
    wanted = normal_label(label[cut:]).strip("()")
    return tuple(
        child
        for clause in find_clauses(document, label[:cut].rstrip("の"))
        for child in document.children.get(clause.path, ())
        if normal_label(child.label).strip("()") == wanted
    )


def _agrees(document: Document, date: str) -> bool:
    known = document.about.date.value if document.about.date else None
    return known is None or known.startswith(date) or date.startswith(known)


def _date(document: Document) -> str:
    """The date in both calendars: 令和8年4月（2026年4月）."""
    value = document.about.date.value if document.about.date else ""
    western = "".join(f"{int(part)}{unit}" for part, unit in zip(value.split("-"), "年月日", strict=False) if part)
    return f"{_era(document)}（{western}）" if western else _era(document)


def _era(document: Document) -> str:
    """The date as a citation writes it: 令和8年4月."""
    return era_month(document.about.date.value) if document.about.date else "日付なし"
