"""What leaves the program as Excel, CSV, Word and PowerPoint: values as given, nothing that runs."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile

import docx
import openpyxl
import pptx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from compliance.writer.blocks import Bullets, Heading, PageBreak, Paragraph, Quotation, Run, Table
from compliance.writer.paper import paper
from compliance.writer.sheet import Cell, Column, Sheet, csv_file, defused, workbook
from compliance.writer.slides import Slide, deck
from law.fold import printable

DUTY = "見本事業者は、委託先を監督しなければならない。"
SHEET = Sheet(
    name="義務一覧",
    columns=(Column("文書", 20), Column("義務", 60), Column("頁", 6), Column("期限")),
    rows=(
        ("見本指針", DUTY, 3, datetime.date(2026, 3, 31)),
        ("=HYPERLINK(1)", "＝1+1", None, None),
        ("-1", "@SUM(A1)", 0.5, None),
    ),
    frozen=1,
)


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_a_workbook_holds_the_cells_as_given_and_no_formula() -> None:
    page = opened(workbook([SHEET]))["義務一覧"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [
        ["文書", "義務", "頁", "期限"],
        ["見本指針", DUTY, 3, datetime.datetime(2026, 3, 31)],
        ["=HYPERLINK(1)", "＝1+1", None, None],
        ["-1", "@SUM(A1)", 0.5, None],
    ]
    assert {cell.data_type for row in page.iter_rows() for cell in row} <= {"s", "n", "d"}


def test_heads_and_the_first_columns_stay_in_sight_and_can_be_filtered() -> None:
    page = opened(workbook([SHEET]))["義務一覧"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("B2", "A1:D4")
    assert [page.column_dimensions[name].width for name in "AB"] == pytest.approx([20, 60], abs=1)


@pytest.mark.parametrize(("width", "paper_size"), [(20, "9"), (80, "8")])
def test_a_table_too_wide_for_a4_is_printed_on_a3(width: float, paper_size: str) -> None:
    wide = Sheet("表", tuple(Column(f"項目{n}", width) for n in range(4)), (("委託",) * 4,))
    assert str(opened(workbook([wide]))["表"].page_setup.paperSize) == paper_size


def test_a_note_stands_above_the_head() -> None:
    noted = Sheet("表", (Column("項目"),), (("委託",),), note="抽出であり、確定ではありません。")
    page = opened(workbook([noted]))["表"]
    assert [row[0].value for row in page.iter_rows()] == ["抽出であり、確定ではありません。", "項目", "委託"]
    assert page.freeze_panes == "A3"


def test_sheets_of_one_name_and_with_forbidden_signs_are_told_apart() -> None:
    sheets = [Sheet(name, (Column("項目"),), ()) for name in ("事案[1]/2", "事案・1・・2", "", "長" * 40, "長" * 40)]
    assert opened(workbook(sheets)).sheetnames == ["事案・1・・2", "事案・1・・2-2", "表", "長" * 31, "長" * 29 + "-2"]


def test_a_text_longer_than_a_cell_is_cut_with_an_ellipsis() -> None:
    page = opened(workbook([Sheet("表", (Column("項目"),), (("あ" * 40_000,),))]))["表"]
    assert page["A2"].value == "あ" * 32_766 + "…"


@pytest.mark.parametrize(
    "words", ["=1+1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", "\t=1", " =1", "\u3000＝1", "\r=1"]
)
def test_words_a_spreadsheet_would_run_get_an_apostrophe_in_csv(words: str) -> None:
    assert defused(words) == f"'{words}"


def test_a_csv_opens_in_japanese_and_reads_back_whole() -> None:
    content = csv_file(SHEET)
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["文書", "義務", "頁", "期限"],
        ["見本指針", DUTY, "3", "2026-03-31"],
        ["'=HYPERLINK(1)", "'＝1+1", "", ""],
        ["'-1", "'@SUM(A1)", "0.5", ""],
    ]


@settings(deadline=None)  # a workbook is written and read
@given(st.lists(st.tuples(st.text(), st.none() | st.integers(-(10**9), 10**9)), max_size=5))
def test_any_text_is_written_and_read_back_but_for_what_xml_cannot_hold(rows: list[tuple[Cell, Cell]]) -> None:
    page = opened(workbook([Sheet("表", (Column("語"), Column("数")), tuple(rows))]))["表"]
    read = [(unescape(row[0].value or ""), row[1].value) for row in page.iter_rows(min_row=2)]
    assert read == [(printable(str(words)), number) for words, number in rows]


def test_a_paper_says_what_its_blocks_say_in_their_order() -> None:
    content = paper(
        "研修：委託先の監督",
        [
            Heading("目的"),
            Paragraph((Run("委託先を"), Run("選ぶ", bold=True))),
            Bullets(("確かめた", "契約した"), boxes=True),
            Quotation(DUTY, "見本指針 ５－１、3頁"),
            Table(("改正後", "改正前"), (((Run("報告"), Run("しなければならない", underline=True)), "報告する"),)),
            PageBreak(),
            Paragraph("終わり\x00", small=True),
        ],
        subtitle="管理者向け",
        foot="見本商事",
    )
    document = docx.Document(io.BytesIO(content))
    assert [line.text for line in document.paragraphs if line.text.strip()] == [
        "研修：委託先の監督",
        "管理者向け",
        "目的",
        "委託先を選ぶ",
        "□ 確かめた",
        "□ 契約した",
        f"「{DUTY}」",
        "出典：見本指針 ５－１、3頁",
        "終わり",
    ]
    (table,) = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["改正後", "改正前"],
        ["報告しなければならない", "報告する"],
    ]
    assert [run.text for run in table.rows[1].cells[0].paragraphs[0].runs if run.underline] == ["しなければならない"]
    assert document.sections[0].footer.paragraphs[0].text.startswith("見本商事")


@pytest.mark.parametrize(("landscape", "sides"), [(False, (210, 297)), (True, (297, 210))])
def test_a_paper_is_a4(landscape: bool, sides: tuple[int, int]) -> None:
    (section,) = docx.Document(io.BytesIO(paper("表", [], landscape=landscape))).sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == sides


def test_markup_in_a_paper_is_text() -> None:
    content = paper("<b>題</b>", [Paragraph("<script>alert(1)</script> & **太字**")])
    assert [line.text for line in docx.Document(io.BytesIO(content)).paragraphs] == [
        "<b>題</b>",
        "<script>alert(1)</script> & **太字**",
    ]


def test_slides_hold_title_points_quotation_source_and_notes() -> None:
    content = deck(
        "委託先管理",
        "全社員・60分",
        [Slide("監督", ("選ぶ", "契約する"), DUTY, "見本指針 ５－１、3頁", notes="事例を話す")],
        foot="見本商事",
    )
    cover, slide = pptx.Presentation(io.BytesIO(content)).slides
    assert _words(cover) == ["委託先管理", "全社員・60分"]
    assert _words(slide) == ["監督", "・選ぶ\n・契約する", f"「{DUTY}」\n出典：見本指針 ５－１、3頁", "見本商事　2"]
    assert slide.notes_slide.notes_text_frame.text == "事例を話す"


def test_a_long_quotation_stays_on_its_slide() -> None:
    show = pptx.Presentation(io.BytesIO(deck("題", "", [Slide("監督", ("点検する",) * 6, DUTY * 12, "見本指針")])))
    slide = show.slides[1]
    assert all(shape.top + shape.height <= show.slide_height for shape in slide.shapes)
    sizes = {
        run.font.size.pt
        for shape in slide.shapes
        if shape.has_text_frame
        for line in shape.text_frame.paragraphs
        for run in line.runs
    }
    assert min(sizes) >= 9


@pytest.mark.parametrize(
    "content", [workbook([SHEET]), paper("題", [Paragraph("本文")]), deck("題", "", [])], ids=["xlsx", "docx", "pptx"]
)
def test_no_file_points_to_the_outside(content: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert [n for n in parts.namelist() if b'TargetMode="External"' in parts.read(n)] == []


def _words(slide: pptx.slide.Slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame and shape.text_frame.text]
