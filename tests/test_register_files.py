"""The register and the checklist as Excel, CSV and Word: whole, in order, and nothing in them runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import docx
import openpyxl
import pytest
from documents import Row as Draft
from documents import document

from compliance.duty.checklist import VERDICTS, checklist_csv, checklist_paper, checklist_workbook, points
from compliance.duty.levels import LEGEND
from compliance.duty.paper import register_paper
from compliance.duty.sheet import COLUMNS, as_csv, as_workbook
from compliance.register import UNCHECKED, Own, Row, register
from index.excerpt import Verdict
from law.document import ClauseKind

HOSTILE = "=cmd|'/c calc'!A1"


@pytest.fixture
def rows() -> tuple[Row, ...]:
    """Three duties, one with items, one relaxed by a permission; one row is filled in and changed."""
    made = document(
        [
            Draft("１", "事業者は、次に掲げる措置を講じなければならない。"),
            Draft("１ > ①", "台帳の整備", kind=ClauseKind.ITEM),
            Draft("１ > ②", "監査の実施", kind=ClauseKind.ITEM),
            Draft(
                "２",
                "事業者は、毎年一回以上、監査を行わなければならない。なお、点検をもって監査に代えることも認められる。",
            ),
            Draft("３", "規程は、公表することが望ましい。"),
        ]
    )
    first, *rest = register([made])
    return (replace(first, own=Own("対応中", "総務部", HOSTILE, "確認"), changed_from="前の文"), *rest)


def cells(content: bytes) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_the_csv_has_every_column_of_every_duty(rows: tuple[Row, ...]) -> None:
    head, *lines = cells(as_csv(rows))
    assert head == [column.head for column in COLUMNS]
    table = [dict(zip(head, line, strict=True)) for line in lines]
    assert [(one["条項"], one["主体"], one["主体の推定"], one["表現"]) for one in table] == [
        ("１", "事業者", "", "なければならない"),
        ("２", "事業者", "", "なければならない"),
        ("２", "事業者", "推定", "認められる"),
        ("３", "事業者", "推定", "望ましい"),
    ]
    assert table[0]["細目"] == "①　台帳の整備\n②　監査の実施"
    assert table[0]["変更前の原文"] == "前の文"
    assert table[1]["期限"] == "毎年一回以上"
    assert table[2]["緩和する義務の番号"] == "2"


def test_nothing_that_was_typed_runs_in_a_spreadsheet(rows: tuple[Row, ...]) -> None:
    head, first, *_ = cells(as_csv(rows))
    assert dict(zip(head, first, strict=True))["証跡"] == f"'{HOSTILE}"
    sheet = openpyxl.load_workbook(io.BytesIO(as_workbook(rows)))["義務一覧"]
    typed = [cell for row in sheet.iter_rows() for cell in row if cell.value == HOSTILE]
    assert [cell.data_type for cell in typed] == ["s"]


def test_the_workbook_has_the_legend_and_the_counts(rows: tuple[Row, ...]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_workbook(rows)))
    assert book.sheetnames == ["義務一覧", "凡例", "件数"]
    assert book["凡例"].max_row == len(LEGEND) + 2
    counted = {(row[0].value, row[1].value): row[2].value for row in book["件数"].iter_rows()}
    assert counted["強さ", "義務"] == 2
    assert counted["合計", "行数"] == 4


def test_the_word_file_is_a4_landscape_with_a_row_a_duty(rows: tuple[Row, ...]) -> None:
    file = docx.Document(io.BytesIO(register_paper(rows)))
    section = file.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    duties, legend = file.tables
    assert len(duties.rows) == len(rows) + 1
    words = "\n".join(cell.text for row in duties.rows for cell in row.cells)
    assert "①　台帳の整備" in words
    assert "（番号2の義務を緩和する定め）" in words
    assert "【変更あり】変更前：前の文" in words
    assert [row.cells[0].text for row in legend.rows] == ["表現", "なければならない", "望ましい", "認められる"]


def test_the_checklist_has_a_line_a_duty_and_an_item_and_none_for_a_permission(rows: tuple[Row, ...]) -> None:
    made = points(rows)
    assert [(one.number, one.clause) for one in made] == [
        ("1", "１"),
        ("1-1", "１①"),
        ("1-2", "１②"),
        ("2", "２"),
        ("3", "３"),
    ]
    assert "緩和：なお、点検をもって監査に代えることも認められる。" in made[3].remark
    assert "主体：事業者（推定）" in made[4].remark


def test_the_checklist_offers_the_three_decisions(rows: tuple[Row, ...]) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(checklist_workbook(rows)))["点検表"]
    (offer,) = sheet.data_validations.dataValidation
    assert offer.formula1 == '"適,否,非該当"'
    head = cells(checklist_csv(rows))[0]
    assert head == ["番号", "点検項目（原文）", "主体・強さ・期限・例外", "根拠条項", "頁", "判定", "証跡", "備考"]
    (table,) = docx.Document(io.BytesIO(checklist_paper(rows))).tables
    assert all(f"□{one}" in table.rows[1].cells[4].text for one in VERDICTS)


def test_words_that_are_not_those_on_the_page_are_not_shown_as_a_quotation(rows: tuple[Row, ...]) -> None:
    doubtful = (replace(rows[0], verdict=Verdict.UNCHECKED),)
    head, line = cells(as_csv(doubtful))
    shown = dict(zip(head, line, strict=True))
    assert (shown["原文"], shown["照合"]) == (UNCHECKED, "未照合")
    assert points(doubtful)[0].words == UNCHECKED
