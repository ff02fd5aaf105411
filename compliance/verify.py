"""Checks a draft: every citation for existence, page and date, every quotation for exactness and place.

Pure: the draft and the documents in, verdicts with places in the draft out. Nothing is repaired; what is
wrong is named with the true text or place beside it. One fault is reported once: an invented clause does
not make the quotation beside it false, nor a misplaced quotation its citation.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from compliance.draft.checked import Checked, Claim, Finding, checked_json
from compliance.draft.meant import agrees, clauses_of, dated, era_of
from compliance.draft.nearest import LEFT_OUT, Near, Searched, holder, nearest, parts_of
from compliance.draft.reading import Cited, Draft, Quoted
from index.excerpt import cite, page_of, plain, written_path
from law.document import Clause, Document
from law.span import Span

__all__ = ["MOST_QUOTED", "Checked", "Claim", "Finding", "checked_json", "verify"]

MOST_QUOTED = 1000
"""Quotations of one draft that are checked; the others are listed as unchecked."""


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


class _Check:
    """One draft over one set of documents."""

    def __init__(self, text: str, documents: Sequence[Document], earlier: Sequence[Document]) -> None:
        self.text = text
        self.documents = tuple(documents)
        self.earlier = tuple(earlier)
        self.draft = Draft(text, (*documents, *earlier))
        self._searched = {id(one): Searched(one) for one in (*self.documents, *self.earlier)}

    def run(self) -> list[Checked]:
        targets = [self._target(cited) for cited in self.draft.cited()]
        every = self.draft.quoted()
        quoted, over = every[:MOST_QUOTED], every[MOST_QUOTED:]
        held = {quote: self._held(quote, targets, quoted) for quote in quoted}
        out = [self._quotation(quote, held[quote]) for quote in quoted]
        message = f"一度に照合できる引用は{MOST_QUOTED}件までです。原稿を分けて照合してください。"
        out += [Checked(Claim.QUOTATION, one.span, one.words, Finding.UNCHECKED, message=message) for one in over]
        for target in targets:
            mine = [quote for quote in quoted if target in held[quote]]
            out.append(self._citation(target, mine))
        return out

    # -- citations --------------------------------------------------------------------------------

    def _target(self, cited: Cited) -> _Target:
        """The document that has the label, else that has the date, else the newest of that name."""
        named = [d for d in (*self.documents, *self.earlier) if d.id in cited.named.documents]
        dated = [d for d in named if cited.date and agrees(d, cited.date)]
        pool = dated or named
        for document in pool:
            clauses = clauses_of(document, cited.label) if cited.label else ()
            if clauses:
                return _Target(cited, document, clauses)
        return _Target(cited, pool[0] if pool else None, ())

    def _citation(self, target: _Target, mine: Sequence[Quoted]) -> Checked:
        cited, document = target.cited, target.document
        words = cited.span.of(self.text)

        def made(finding: Finding, message: str, citation: str | None = None) -> Checked:
            clause = target.clauses[0].path if target.clauses else None
            id = document.id if document else None
            past = self._past(document)
            return Checked(
                Claim.CITATION, cited.span, words, finding, id, clause, None, (), citation, message, earlier=past
            )

        if document is None:
            return made(Finding.NOT_FOUND, "この題名の文書はナレッジベースにありません。")
        if not target.exists:
            return made(Finding.NOT_FOUND, f"「{plain(document.title)}」に{cited.label}はありません。")
        right = cite(document, target.clauses[0], document.pdf_page(target.clauses[0])) if target.clauses else None
        if self._past(document) is not None:
            return made(Finding.SUPERSEDED, self._successor(document), right)
        finding, message = self._detailed(target, document, mine)
        return made(finding, message, right)

    def _detailed(self, target: _Target, document: Document, mine: Sequence[Quoted]) -> tuple[Finding, str]:
        """The date and the pages cited: what is wrong before what could not be checked."""
        cited = target.cited
        results = [dated(document, cited)]
        if cited.pages:
            results.append(self._paged(target, mine))
        if cited.unread:
            results.append((Finding.UNCHECKED, f"「{cited.unread}」は読み取れないため照合していません。"))
        doubts = [one for one in results if one[0] is Finding.UNCHECKED]
        wrong = [one for one in results if one[0] not in (Finding.MATCH, Finding.UNCHECKED)]
        return next(iter((*wrong, *doubts)), (Finding.MATCH, ""))

    def _past(self, document: Document | None) -> int | None:
        """Which of the earlier versions a document is."""
        return next((at for at, one in enumerate(self.earlier) if one is document), None)

    def _successor(self, document: Document) -> str:
        title = plain(document.title)
        later = [d for d in self.documents if d.id == document.id or plain(d.title).startswith(title)]
        newer = f"新しい版は「{plain(later[0].title)}」（{era_of(later[0])}）です。" if later else ""
        return f"「{title}」（{era_of(document)}）は旧版です。{newer}"

    def _paged(self, target: _Target, mine: Sequence[Quoted]) -> tuple[Finding, str]:
        """Whether every page cited is one of the clause's, and one of them that of the quotation beside it."""
        quoted, all_of = self._pages(target, mine), self._pages(target, ())
        if not all_of:
            return Finding.UNCHECKED, "頁が分からないため、頁は照合していません。"
        cited = target.cited.pages
        right = quoted or all_of
        if any(page in right for page in cited) and all(page in (*right, *all_of) for page in cited):
            return Finding.MATCH, ""
        return Finding.WRONG_PAGE, f"正しくは{_run(right)}頁です。"

    def _pages(self, target: _Target, mine: Sequence[Quoted]) -> tuple[str, ...]:
        """The pages that are right: those of the quotations beside it, else all the clause stands on."""
        document = target.document
        if document is None:
            return ()
        true = [place for quote in mine for place in self._exact(document, quote)]
        inside = [place for place in true if any(place in clause.span for clause in target.clauses)]
        spans = inside or [clause.span for clause in target.clauses] or [Span(0, len(document.text))]
        pages = [page for span in spans for page in document.boxes.pages_of(span)]
        if target.cited.is_pdf_page:
            return tuple(str(page) for page in pages)
        return tuple(document.printed_page(page) or str(page) for page in pages)

    def _exact(self, document: Document, quote: Quoted) -> tuple[Span, ...]:
        return self._searched[id(document)].exact(quote.words)

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
            for place in self._exact(target.document, quote):
                if not target.clauses or any(_stands(place, clause, quote) for clause in target.clauses):
                    return self._true(quote, target.document, place)
        where = [one.document for one in cited if one.document] or [d for h in held if (d := h.document)]
        for document in (*where, *(d for d in self.documents if d not in where)):
            for place in self._exact(document, quote):
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
            for place in self._exact(document, quote):
                if document in where:
                    return self._true(quote, document, place)
                message = f"旧版の文言です。{self._successor(document)}"
                return self._made(quote, Finding.SUPERSEDED, document, place, message=message)
        for document in (*where, *(d for d in self.documents if d not in where)):
            if parts := self._searched[id(document)].scattered(quote.words):
                return self._scattered(quote, document, parts)
        near = self._nearest(where, quote) or self._nearest(self.documents, quote)
        if near is None:
            message = "ナレッジベースのどの文書にも見当たりません。"
            return Checked(Claim.QUOTATION, quote.span, quote.words, Finding.NOT_FOUND, message=message)
        return self._made(quote, Finding.MISMATCH, near.document, near.span, near)

    def _nearest(self, documents: Sequence[Document], quote: Quoted) -> Near | None:
        return nearest([self._searched[id(one)] for one in documents], quote.words)

    def _scattered(self, quote: Quoted, document: Document, parts: Sequence[Span]) -> Checked:
        """A quotation whose parts are all there, but not in one clause, or too far from each other."""
        clauses = [self._searched[id(document)].clause_of(part) for part in parts]
        is_one = clauses[0] is not None and all(one is clauses[0] for one in clauses)
        if is_one:
            message = f"中略が長すぎます（一箇所に{LEFT_OUT}字まで）。分けて引用してください。"
        else:
            paths = dict.fromkeys(written_path(one.path) if one else "本文" for one in clauses)
            where = f"「{plain(document.title)}」{'、'.join(paths)}"
            message = f"中略をはさむ引用が一つの条項に収まりません。{where}にまたがります。"
        made = self._made(quote, Finding.SCATTERED, document, parts[0], message=message)
        true = "……".join(plain(part.of(document.text)) for part in parts)
        return replace(made, true_text=true, citation=made.citation if is_one else None)

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
            self._past(document),
        )


_BEHIND = 40
"""Characters between a quotation and the citation in brackets behind it."""


def _stands(place: Span, clause: Clause, quote: Quoted) -> bool:
    """Whether the quotation stands in the clause; one without … may run on into the next."""
    runs_on = len(parts_of(quote.words)) == 1 and clause.span.start <= place.start < clause.span.end
    return place in clause.span or runs_on


def _run(pages: Sequence[str]) -> str:
    """The first and last of several pages: 6～8."""
    return pages[0] if len(set(pages)) == 1 else f"{pages[0]}～{pages[-1]}"
