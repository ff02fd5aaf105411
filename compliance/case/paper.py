"""A comparison of cases as a Word paper: the table of facts, then each case with its quotations."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from compliance.case.entries import Entry, Proof, when
from compliance.case.narrative import Place
from compliance.cases import Case
from compliance.comparison import Comparison, matrix
from compliance.writer.blocks import Block, Heading, Paragraph, Run, Table, Words
from compliance.writer.paper import paper
from index.excerpt import Verdict, page_of, plain, verify, written_path
from law.document import Document

Documents = Callable[[str], Document]
"""Gives a document by its id."""
_SHORT_FACTS = ("処分庁", "処分日", "立場", "影響を受けた人数・件数", "期間", "違反した規定", "措置")
"""What the table at the head shows; the rest is too long for its columns and stands with the cases."""
_WIDE = 4
"""Cases a table holds across an A4 sheet on its side."""


def case_paper(comparison: Comparison, documents: Documents) -> bytes:
    """The comparison as a Word file (.docx), A4 on its side; quotations are those that match the page."""
    names = "、".join(dict.fromkeys(comparison.heads))
    return paper(
        "事案の比較",
        _blocks(comparison, documents),
        subtitle=f"名宛人：{names}",
        landscape=True,
        foot="根拠（Konkyo）による整理。法的助言ではありません。引用の前に原本をご確認ください。",
    )


def _blocks(comparison: Comparison, documents: Documents) -> Iterator[Block]:
    yield Paragraph("空欄は文書に記載がないもの。「訂正」等の印は、人が記録した判断。●は原文で不明のもの。", small=True)
    yield Heading("１　主な事実", 1)
    yield from _tables(comparison)
    yield Heading("２　不備の区分", 1)
    if comparison.wrong:
        yield Paragraph("「誤り」とされた不備は数えていません。", small=True)
    yield _matrix(comparison)
    yield Heading("３　事案ごとの事実と引用", 1)
    for at, case in enumerate(comparison.cases):
        yield Heading(f"{at + 1}. {case.respondent.words}（{case.before}）", 2)
        yield Paragraph(f"出典：{_source(documents(case.document))}", small=True)
        yield _case(comparison, at, documents)


def _tables(comparison: Comparison) -> Iterator[Block]:
    for first in range(0, len(comparison.cases), _WIDE):
        shown = range(first, min(first + _WIDE, len(comparison.cases)))
        heads = ("事実", *(_numbered(at, comparison.cases[at]) for at in shown))
        rows = tuple(
            (row.fact, *("\n".join(_said(entry) for entry in row.cells[at]) for at in shown))
            for row in comparison.rows
            if row.fact in _SHORT_FACTS
        )
        yield Table(heads, rows, (1.1, *(3.0 for _ in shown)), 8.5)


def _matrix(comparison: Comparison) -> Block:
    """A row a case, for a sheet of paper holds more rows than columns."""
    table = matrix(comparison.counted)
    rows = []
    for at, case in enumerate(table.cases):
        counts = [table.count(category, case) for category in table.categories]
        rows.append((_numbered(at, case), case.before, *map(str, (*counts, sum(counts)))))
    heads = ("事案", "処分庁", *table.categories, "計")
    return Table(heads, tuple(rows), (4.0, 2.0, *(1.0 for _ in heads[2:])), 8.5)


def _numbered(at: int, case: Case) -> str:
    return f"{at + 1}. {case.respondent.words}"


def _case(comparison: Comparison, at: int, documents: Documents) -> Block:
    """Everything that is said of a case, each thing with its quotation and where it stands."""
    rows: list[tuple[Words, ...]] = []
    for row in comparison.rows:
        for n, entry in enumerate(row.cells[at]):
            quote, where = _quoted(documents, entry.document, entry.place)
            rows.append((row.fact if n == 0 else "", _words(entry), quote, where))
            for proof in _further(entry):
                quote, where = _quoted(documents, entry.document, proof.place)
                rows.append(("", f"（{proof.name}）", quote, where))
    return Table(("事実", "内容", "引用（原文）", "条項、頁"), tuple(rows), (1.2, 3.2, 5.0, 1.6), 8.5)


def _further(entry: Entry) -> Iterator[Proof]:
    """The proofs that the entry's own quotation does not hold."""
    seen = {entry.place.span} if entry.place else set()
    for proof in entry.proofs:
        if not any(proof.place.span in span for span in seen):
            seen.add(proof.place.span)
            yield proof


def _words(entry: Entry) -> Words:
    if entry.correction is None:
        return entry.said
    machine = f"（機械の読取り：{entry.words}）" if entry.words and entry.said != entry.words else ""
    return (Run(f"【{entry.signed}】", bold=True), Run(entry.said + machine))


def _source(document: Document) -> str:
    about = document.about
    authority = "・".join(one.value for one in about.authority)
    return f"{authority}「{plain(document.title)}」" + (f"（{when(about.date.value)}）" if about.date else "")


def _said(entry: Entry) -> str:
    return (f"【{entry.signed}】" if entry.correction else "") + entry.said


def _quoted(documents: Documents, doc: str, place: Place | None) -> tuple[str, str]:
    """The quotation where it matches the page, and its clause and page."""
    if place is None:
        return "（人が追記したもの。引用なし）", ""
    document = documents(doc)
    words = plain(place.span.of(document.text)).strip()
    pdf_page = page_of(document, place.span)
    printed = document.printed_page(pdf_page)
    where = f"{written_path(place.clause)}、{f'{printed}頁' if printed else f'PDF {pdf_page}頁'}"
    is_exact = verify(document, place.span, words) is Verdict.MATCH
    return (f"「{words}」" if is_exact else "（原本と照合できないため、載せない）"), where
