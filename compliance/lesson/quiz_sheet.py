"""A quiz as a table for a learning system: one row a question, as Excel or CSV."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.course import Course
from compliance.lesson.question import CHOICES, Question
from compliance.lesson.sources import UNVERIFIED, Sourced, sourced
from compliance.quote import Documents
from compliance.writer.sheet import Cell, Column, Sheet, csv_file, workbook

COLUMNS = (
    Column("番号", 6),
    Column("種別", 12),
    Column("難易度", 8),
    Column("問題", 60),
    *(Column(f"選択肢{n}", 30) for n in range(1, CHOICES + 1)),
    Column("正答", 6),
    Column("解説（引用）", 60),
    Column("出典", 50),
    Column("頁", 8),
)


def quiz_workbook(course: Course, documents: Documents) -> bytes:
    """The quiz as Excel; the right choice is given by its number."""
    return workbook([_sheet(sourced(course, documents), with_note=True)])


def quiz_csv(course: Course, documents: Documents) -> bytes:
    """The quiz as CSV; an unverified quote is marked in its cell."""
    return csv_file(_sheet(sourced(course, documents)))


def _sheet(held: Sourced, *, with_note: bool = False) -> Sheet:
    rows = tuple(_row(number, question) for number, question in enumerate(held.course.questions, start=1))
    note = (held.warning or held.verified) if with_note else ""
    return Sheet(f"{held.course.topic}確認テスト", COLUMNS, rows, 1, note)


def _row(number: int, question: Question) -> tuple[Cell, ...]:
    choices: Sequence[str] = (*question.choices, *("",) * (CHOICES - len(question.choices)))
    quotes = [f"「{q.line}」" if q.is_verified else f"{UNVERIFIED}{q.line}" for q in question.quotes]
    first = question.quotes[0]
    return (
        number,
        question.kind.value,
        question.difficulty.value,
        "\n".join((question.stem, *(f"・{line}" for line in question.given))),
        *choices,
        question.answer + 1,
        "\n".join(quotes),
        question.citation,
        first.page or (f"PDF {first.pdf_page}" if first.pdf_page else ""),
    )
