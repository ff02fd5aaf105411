"""The result of a check as Excel and Word; two wordings side by side."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest
from documents import guideline
from hypothesis import given
from hypothesis import strategies as st

from compliance.draft.report import check_paper, check_workbook, line_of, said
from compliance.draft.wordwise import compared
from compliance.verify import verify
from ui.checker_card import checked_card

DRAFT = "実務指針１－９による。\n「見本業者は、帳簿を整備しなければならない」（実務指針１－２）\n実務指針２－１を見る。"


@pytest.mark.parametrize(
    ("draft", "true", "changes"),
    [
        ("帳簿を備える", "帳簿を備える", []),
        ("帳簿を備える", "台帳を備える", [("帳簿", "台帳")]),
        ("五年間保存", "三年間保存", [("五", "三")]),
        ("五年", "三年", [("五", "三")]),
        ("ＵＳＢメモリ", "USBメモリ", []),
        ("共用させなければならない", "共用させてはならない", [("なければ", "ては")]),
        ("", "台帳", [("", "台帳")]),
    ],
)
def test_two_wordings_differ_where_their_folded_letters_do(
    draft: str, true: str, changes: list[tuple[str, str]]
) -> None:
    assert [(one.draft, one.true) for one in compared(draft, true) if not one.is_same] == changes


LETTERS = st.lists(st.sampled_from(["帳", "簿", "台", "を", "Ａ", "a", "ｶﾞ", " ", "１", "①"]), max_size=20).map("".join)


@given(LETTERS, LETTERS)
def test_each_side_of_a_comparison_is_the_wording_whole(draft: str, true: str) -> None:
    changes = compared(draft, true)
    assert "".join("".join(one.draft for one in changes).split()) == "".join(draft.split())
    assert "".join("".join(one.true for one in changes).split()) == "".join(true.split())


def test_the_result_is_a_row_a_claim_in_the_order_of_the_draft() -> None:
    found = verify(DRAFT, [guideline()])
    sheet = openpyxl.load_workbook(io.BytesIO(check_workbook(DRAFT, found))).active
    assert sheet is not None
    rows = [[str(cell) for cell in row[:5]] for row in sheet.iter_rows(min_row=3, values_only=True)]
    assert rows == [
        ["1", "1", "出典", "見当たらない", "実務指針１－９"],
        ["2", "2", "引用", "文言が異なる", "見本業者は、帳簿を整備しなければならない"],
        ["3", "2", "出典", "一致", "実務指針１－２）"],
        ["4", "3", "出典", "一致", "実務指針２－１"],
    ]
    assert said(found) == "4件を確認：指摘2件、一致2件"
    assert [line_of(DRAFT, one) for one in found] == [1, 2, 2, 3]


def test_the_report_marks_what_was_altered() -> None:
    found = verify(DRAFT, [guideline()])
    paper = docx.Document(io.BytesIO(check_paper(DRAFT, found)))
    faults = paper.tables[0]
    marked = [run.text for row in faults.rows for cell in row.cells for run in cell.paragraphs[0].runs if run.underline]
    assert marked == ["帳簿", "台帳"]
    assert "指摘　2件" in [paragraph.text for paragraph in paper.paragraphs]


def test_a_draft_without_faults_says_so() -> None:
    paper = docx.Document(io.BytesIO(check_paper("", ())))
    assert "指摘はありません。" in [paragraph.text for paragraph in paper.paragraphs]
    assert said(()) == "出典も引用も見つかりませんでした。"


def test_what_could_not_be_checked_is_told_apart() -> None:
    text = "実務指針１－２（R5.4）\n実務指針１－９による。\n「見本業者は、…役職者を設置しなければならない」"
    found = verify(text, [guideline()])
    assert said(found) == "3件を確認：指摘1件、未照合1件、一致1件"
    paper = docx.Document(io.BytesIO(check_paper(text, found)))
    assert "未照合　1件" in [paragraph.text for paragraph in paper.paragraphs]
    right = paper.tables[-1].rows[1].cells[3].text
    assert right.endswith("中略を含む原文：見本業者は、次に掲げる役職者を設置しなければならない")


def test_a_card_shows_what_an_elided_quotation_leaves_out_and_calls_no_doubt_a_fault() -> None:
    unknown, elided = verify("実務指針１－２（R5.4）\n「見本業者は、…役職者を設置しなければならない」", [guideline()])
    assert "<dt>理由</dt>" in checked_card(1, unknown)
    assert "k-unknown" in checked_card(1, unknown)
    assert "<dt>中略を含む原文</dt><dd>見本業者は、次に掲げる役職者を設置しなければならない</dd>" in checked_card(
        2, elided
    )
