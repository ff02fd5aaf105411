"""What is exported of a course: every quote checked at that moment, an unverified one marked and said on the page."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from dataclasses import replace
from zipfile import ZipFile

import docx
import openpyxl
import pptx
import pytest
from documents import Row, document
from PIL import Image

from compliance.course import Audience, Course, Lesson, Part, PartKind
from compliance.lesson.markdown import course_markdown
from compliance.lesson.paper import handout, instructor_edition
from compliance.lesson.question import Difficulty, Kind, Question
from compliance.lesson.quiz_sheet import quiz_csv, quiz_workbook
from compliance.lesson.slides import course_slides
from compliance.lesson.sources import UNVERIFIED, clock, sourced
from compliance.lesson.teaching import EXPORTS, file_name, written
from compliance.quote import Quote, quoted
from law.document import ClauseKind, Document

DUTY = "見本業者は、次に掲げる事項を定めなければならない。"
OLD = "見本業者は、帳簿を備えなければならない。"


def held(ledger: str = OLD, first: str = "=再委託の条件") -> Document:
    """A guideline whose first item begins as a formula does, and whose words carry marks of HTML and Markdown."""
    return document(
        [
            Row("１－１", DUTY, "委託契約"),
            Row("１－１ > ①", first, kind=ClauseKind.ITEM),
            Row("１－１ > ②", "<b>監査</b>の**権限**", kind=ClauseKind.ITEM),
            Row("１－２", ledger, "帳簿", page=2),
        ]
    )


def of(clause: str) -> Quote:
    """A clause's own words as a quote."""
    here = held()
    return quoted(here, clause, here.by_path[clause].own[0])


def course() -> Course:
    """A course with a demand, a point, a term, a note and two questions."""
    lesson = Lesson(
        "委託契約",
        10,
        ("説明できる。",),
        (
            Part(PartKind.DEMAND, "義務", of("１－１"), (of("１－１ > ①"), of("１－１ > ②"))),
            Part(PartKind.CASE, "株式会社見本：不備", of("１－２")),
            Part(PartKind.CHECK, "次に掲げる事項を定めること", of("１－１"), (of("１－１ > ①"),)),
            Part(PartKind.TERM, "帳簿", of("１－２")),
            Part(PartKind.NOTE, "ここで自社の契約書を配る。"),
        ),
    )
    listed = Question(
        Kind.LISTED,
        "どれか。",
        (),
        ("=再委託の条件", "乙", "丙", "丁"),
        0,
        Difficulty.EASY,
        (of("１－１"), of("１－１ > ①")),
    )
    judged = Question(
        Kind.JUDGED, "正しいか。", ("帳簿は要る。",), ("正しい", "誤り"), 0, Difficulty.MIDDLE, (of("１－２"),)
    )
    return Course("委託研修", "委託", Audience.MANAGERS, (lesson,), (listed, judged), 5)


def here(now: Document) -> Callable[[str], Document | None]:
    """The only document there is."""
    return lambda id: now if id == now.id else None


def words_of_docx(content: bytes) -> str:
    """Every word of a Word file."""
    paper = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in paper.paragraphs] + cells)


def words_of_pptx(content: bytes) -> str:
    """Every word on slides and in notes."""
    out = []
    for slide in pptx.Presentation(io.BytesIO(content)).slides:
        out += [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        out += [slide.notes_slide.notes_text_frame.text] if slide.has_notes_slide else []
    return "\n".join(out)


def png() -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(out, "PNG")
    return out.getvalue()


def words(name: str, now: Document) -> str:
    """Every word of an export."""
    documents = here(now)
    if name == "handout":
        return words_of_docx(handout(course(), documents))
    if name == "instructor":
        return words_of_docx(instructor_edition(course(), documents, lambda _: png()))
    if name == "slides":
        return words_of_pptx(course_slides(course(), documents, lambda _: png()))
    if name == "markdown":
        return course_markdown(course(), documents)
    if name == "csv":
        return quiz_csv(course(), documents).decode("utf-8-sig")
    sheet = openpyxl.load_workbook(io.BytesIO(quiz_workbook(course(), documents))).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)


EVERY = ("handout", "instructor", "slides", "markdown", "csv", "excel")


@pytest.mark.parametrize("name", EVERY)
def test_every_export_carries_the_quotes_and_where_they_stand(name: str) -> None:
    said = words(name, held())
    assert DUTY in said
    assert OLD in said
    assert "（令和3年4月）１－１" in said
    assert UNVERIFIED not in said


@pytest.mark.parametrize("name", EVERY)
def test_a_quote_that_changed_is_marked_in_every_export_and_never_in_quotation_marks(name: str) -> None:
    said = words(name, held(ledger="見本業者は、台帳を備えなければならない。"))
    assert UNVERIFIED in said
    assert OLD in said
    assert f"「{OLD}」" not in said


@pytest.mark.parametrize("name", ["handout", "instructor", "slides", "markdown", "excel"])
def test_an_export_with_an_unverified_quote_says_so_at_its_head(name: str) -> None:
    changed = words(name, held(ledger="見本業者は、台帳を備えなければならない。"))
    assert "現在の原本と照合できない引用が3件あります" in changed
    assert "すべて原本の文字と照合済みです" not in changed
    assert "引用10件は、すべて原本の文字と照合済みです。" in words(name, held())


def test_a_document_that_is_gone_leaves_every_quote_unchecked() -> None:
    said = sourced(course(), lambda id: None)
    assert len(said.course.unverified) == len(said.course.quotes) == 10
    assert words_of_docx(handout(course(), lambda id: None)).count(UNVERIFIED) >= 5


def test_those_who_learn_get_no_answers_and_the_instructor_gets_answers_timing_and_pages() -> None:
    learner, instructor = words("handout", held()), words("instructor", held())
    assert "正答" not in learner
    assert "ここで自社の契約書を配る。" not in learner
    assert "問1　正答　ア　=再委託の条件" in instructor
    assert "0:00〜0:10" in instructor
    assert "ここで自社の契約書を配る。" in instructor
    with ZipFile(io.BytesIO(instructor_edition(course(), here(held()), lambda _: png()))) as package:
        assert any(name.startswith("word/media/") for name in package.namelist())


def test_the_slides_show_pages_and_keep_the_answer_for_the_next_slide() -> None:
    show = pptx.Presentation(io.BytesIO(course_slides(course(), here(held()), lambda _: png())))
    texts = [
        "\n".join(shape.text_frame.text for shape in slide.shapes if shape.has_text_frame) for slide in show.slides
    ]
    asked = next(i for i, text in enumerate(texts) if "確認テスト　問1" in text)
    assert "正答" not in texts[asked]
    assert "正答：ア" in texts[asked + 1]
    assert sum(shape.shape_type == 13 for slide in show.slides for shape in slide.shapes) == 4


def test_the_quiz_is_a_table_that_a_learning_system_reads() -> None:
    rows = list(csv.reader(io.StringIO(words("csv", held()))))
    assert rows[0] == [
        *(
            "番号",
            "種別",
            "難易度",
            "問題",
            "選択肢1",
            "選択肢2",
            "選択肢3",
            "選択肢4",
            "正答",
            "解説（引用）",
            "出典",
            "頁",
        )
    ]
    assert rows[1][:3] == ["1", "列挙事項", "易"]
    assert rows[1][4] == "'=再委託の条件"
    assert (rows[1][8], rows[2][8], rows[2][6]) == ("1", "1", "")
    assert rows[2][3] == "正しいか。\n・帳簿は要る。"
    assert rows[2][11] == "1"


def test_no_cell_of_the_workbook_is_a_formula() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(quiz_workbook(course(), here(held())))).active
    assert sheet is not None
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell for cell in cells if cell.data_type == "f"] == []
    assert "=再委託の条件" in {cell.value for cell in cells}


def test_marks_of_html_and_markdown_in_a_document_are_text() -> None:
    said = words("markdown", held())
    assert "<b>" not in said
    assert r"\<b\>監査\</b\>の\*\*権限\*\*" in said


def test_a_course_without_questions_has_no_quiz_files() -> None:
    bare = replace(course(), questions=())
    names = [name for name, _ in written(bare, here(held()))]
    assert names == ["委託研修_受講者用.docx", "委託研修_講師用.docx", "委託研修_スライド.pptx", "委託研修_教材.md"]
    assert len(list(written(course(), here(held())))) == len(EXPORTS) == 6


@pytest.mark.parametrize("title", ["../../etc/passwd", "研修\n<script>", "", "。" * 300, "CON:*?"])
def test_a_title_makes_a_safe_file_name(title: str) -> None:
    name = file_name(replace(course(), title=title), EXPORTS[0])
    assert re.fullmatch(r"[\w\-ー（）・]{1,40}_受講者用\.docx", name)


def test_the_timetable_runs_without_gaps() -> None:
    assert clock((10, 55, 0)) == ("0:00〜0:10", "0:10〜1:05", "1:05〜1:05")


def test_what_belongs_together_stays_on_one_page() -> None:
    """How to teach a lesson goes with what is taught, a stem with its choices, and the choices with each other."""
    paper = docx.Document(io.BytesIO(instructor_edition(course(), here(held()))))
    lines = {one.text: one.paragraph_format for one in paper.paragraphs}
    advice = next(one for text, one in lines.items() if text.startswith("進め方"))
    stem = next(one for text, one in lines.items() if text.startswith("問1　") and "正答" not in text)
    choices = next(one for text, one in lines.items() if text.startswith("　ア　"))
    assert (advice.keep_with_next, stem.keep_with_next, choices.keep_together) == (True, True, True)
