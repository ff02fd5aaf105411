"""Cases as Excel, CSV and Word: one sheet a table, quotations and pages in columns of their own, nothing that runs."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import docx
import openpyxl
import pytest

from compliance.case.corrections import Correction, Ruling
from compliance.case.paper import case_paper
from compliance.case.reconcile import repeated, sums
from compliance.case.sheets import case_sheets, corrections_sheet, facts_sheet
from compliance.cases import cases
from compliance.comparison import Comparison, compare
from compliance.writer.sheet import csv_file, workbook
from law.document import Document
from law.store import Store

NAMES = [
    "事実", "影響人数", "違反", "措置", "不備", "不備の区分×事案", "原因", "再発防止策", "時系列", "数字の照合",
    "訂正の記録",
]  # fmt: skip


@pytest.fixture(scope="module")
def documents(sample_kb: Path) -> dict[str, Document]:
    with Store.open(sample_kb) as store:
        return {id: store.document(id) for id in ("mihon-kankoku-1", "mihon-kankoku-2")}


@pytest.fixture(scope="module")
def told(documents: dict[str, Document]) -> tuple[Comparison, tuple[Correction, ...]]:
    known = tuple(case for document in documents.values() for case in cases(document))
    cell = next(entry.cell for entry in compare(known).entries if entry.fact == "期間")
    record = (Correction(cell, Ruling.CORRECTED, "=1+1", "法務 花子", "確認", "2026-01-01T00:00:00Z", 1),)
    return compare(known, record), record


@pytest.fixture(scope="module")
def book(told: tuple[Comparison, tuple[Correction, ...]], documents: dict[str, Document]) -> openpyxl.Workbook:
    comparison, record = told
    checks = [*(check for one in documents.values() for check in sums(one)), *repeated(comparison.cases)]
    content = workbook(case_sheets(comparison, documents.__getitem__, checks, record))
    return openpyxl.load_workbook(io.BytesIO(content))


def rows(book: openpyxl.Workbook, name: str) -> list[dict[str, object]]:
    """The rows of a sheet by their heads; the head is the first row that is full."""
    lines = [[cell.value for cell in row] for row in book[name].iter_rows()]
    at = next(n for n, line in enumerate(lines) if all(line))
    return [dict(zip(lines[at], line, strict=True)) for line in lines[at + 1 :]]


def test_there_is_a_sheet_a_table_with_heads_that_stay_in_sight(book: openpyxl.Workbook) -> None:
    assert book.sheetnames == NAMES
    assert all(page.freeze_panes for page in book)


def test_every_quotation_stands_in_its_document_with_its_page(
    book: openpyxl.Workbook, documents: dict[str, Document]
) -> None:
    quoted = [
        row for name in ("事実", "影響人数", "違反", "措置", "不備", "原因", "再発防止策") for row in rows(book, name)
    ]
    assert len(quoted) > 100
    for row in quoted:
        text = documents[str(row["文書"])].text.replace("\n", "")
        assert str(row["引用（原文）"]) in text
        assert row["PDF頁"]
        assert row["照合"] == "一致"


def test_numbers_are_numbers_and_keep_what_limits_them(book: openpyxl.Workbook) -> None:
    found = rows(book, "影響人数")
    assert all(isinstance(row["値"], int) for row in found)
    assert any(row["限定（約・余・以上・延べ等）"] for row in found)


def test_the_chain_of_a_finding_has_its_columns(book: openpyxl.Workbook) -> None:
    assert {"規範", "事実（認定）", "評価", "結論"} <= set(rows(book, "不備")[0])


def test_a_correction_stands_beside_the_machines_words_and_is_no_formula(book: openpyxl.Workbook) -> None:
    (row,) = [row for row in rows(book, "事実") if row["判断"]]
    assert (row["判断"], row["内容"], row["記録者"], row["記録日"]) == ("訂正", "=1+1", "法務 花子", "2026-01-01")
    assert row["読取り（機械）"]
    (kept,) = rows(book, "訂正の記録")
    assert (kept["訂正後"], kept["記録者"], kept["理由"]) == ("=1+1", "法務 花子", "確認")
    assert {cell.data_type for page in book for line in page.iter_rows() for cell in line} <= {"s", "n", "d", "b"}


def test_what_is_marked_wrong_counts_in_no_sheet_and_a_changed_reading_is_told(
    told: tuple[Comparison, tuple[Correction, ...]], documents: dict[str, Document]
) -> None:
    known = told[0].cases
    entries = compare(known).entries
    wrong = [next(one.cell for one in entries if one.fact == fact) for fact in ("不備", "措置")]
    record = [Correction(cell, Ruling.REJECTED, "", "甲", "", number=n) for n, cell in enumerate(wrong, 1)]
    old = next(one.cell for one in entries if one.fact == "原因")
    record.append(Correction(replace(old, words=f"なお、{old.words}"), Ruling.CONFIRMED, "", "甲", "", number=3))
    head = next(one for one in entries if one.fact == "影響を受けた人数・件数")
    record.append(Correction(head.cell, Ruling.CORRECTED, "九百人", "甲", "", number=4))
    comparison = compare(known, record)
    give = documents.__getitem__

    def book_of(one: Comparison) -> openpyxl.Workbook:
        return openpyxl.load_workbook(io.BytesIO(workbook(case_sheets(one, give, (), record))))

    before, after = book_of(compare(known)), book_of(comparison)
    total = "計"
    assert sum(int(str(row[total])) for row in rows(after, "不備の区分×事案")) == (
        sum(int(str(row[total])) for row in rows(before, "不備の区分×事案")) - 1
    )
    for name in ("不備", "措置"):
        assert len(rows(after, name)) == len(rows(before, name)) - 1
    assert [row["値"] for row in rows(after, "影響人数") if row["判断"] == "訂正"] == [None]
    assert [row["判断"] for row in rows(after, "原因") if row["判断"]] == ["確認済（読取り変更後・要確認）"]
    assert [row["判断"] for row in rows(after, "事実") if row["判断"]].count("誤り") == 2
    read = docx.Document(io.BytesIO(case_paper(comparison, lru_cache(give))))
    words = "\n".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    assert "【確認済（読取り変更後・要確認）：甲】" in words


def test_a_csv_runs_nothing(told: tuple[Comparison, tuple[Correction, ...]], documents: dict[str, Document]) -> None:
    comparison, record = told
    assert ",'=1+1," in csv_file(facts_sheet(comparison, documents.__getitem__)).decode("utf-8-sig")
    assert ",'=1+1," in csv_file(corrections_sheet(record)).decode("utf-8-sig")


def test_the_paper_holds_each_case_with_quotations_and_says_who_corrected(
    told: tuple[Comparison, tuple[Correction, ...]], documents: dict[str, Document]
) -> None:
    comparison, _ = told
    read = docx.Document(io.BytesIO(case_paper(comparison, lru_cache(documents.__getitem__))))
    words = "\n".join(cell.text for table in read.tables for row in table.rows for cell in row.cells)
    heads = "\n".join(paragraph.text for paragraph in read.paragraphs)
    assert all(case.respondent.words in heads for case in comparison.cases)
    assert "【訂正：法務 花子、令和8年1月1日（2026年1月1日）】" in words
    assert "機械の読取り：" in words
    finding = comparison.cases[0].deficiencies[0]
    assert finding.place.span.of(documents["mihon-kankoku-1"].text).replace("\n", "") in words
