"""A course written out: every edition and the quiz, as the files a trainer takes along."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from compliance.course import Course
from compliance.lesson.markdown import course_markdown
from compliance.lesson.paper import handout, instructor_edition
from compliance.lesson.quiz_sheet import quiz_csv, quiz_workbook
from compliance.lesson.slides import course_slides
from compliance.lesson.sources import Pictures
from compliance.quote import Documents
from compliance.writer.paper import WORD
from compliance.writer.sheet import EXCEL
from compliance.writer.slides import POWERPOINT

_UNSAFE = re.compile(r"[^\w\-ー（）・]+")
_MOST = 40


@dataclass(frozen=True, slots=True)
class Export:
    """One way to write a course: its button, the end of its file's name, its media type."""

    label: str
    tail: str
    media: str
    write: Callable[[Course, Documents, Pictures | None], bytes]


EXPORTS = (
    Export("受講者用（Word）", "受講者用.docx", WORD, lambda course, docs, _: handout(course, docs)),
    Export("講師用（Word）", "講師用.docx", WORD, instructor_edition),
    Export("スライド（PowerPoint）", "スライド.pptx", POWERPOINT, course_slides),
    Export("確認テスト（Excel）", "確認テスト.xlsx", EXCEL, lambda course, docs, _: quiz_workbook(course, docs)),
    Export("確認テスト（CSV）", "確認テスト.csv", "text/csv", lambda course, docs, _: quiz_csv(course, docs)),
    Export(
        "全体（Markdown）", "教材.md", "text/markdown", lambda course, docs, _: course_markdown(course, docs).encode()
    ),
)
"""The exports in the order in which they are offered."""


def file_name(course: Course, export: Export) -> str:
    """The name of an export's file: the title without what file systems refuse, and its end.

    >>> from compliance.course import Audience
    >>> file_name(Course("../委託先/管理<研修>", "", Audience.MANAGERS, ()), EXPORTS[0])
    '委託先_管理_研修_受講者用.docx'
    """
    stem = _UNSAFE.sub("_", course.title).strip("_")[:_MOST] or "教材"
    return f"{stem}_{export.tail}"


def written(course: Course, documents: Documents, pictures: Pictures | None = None) -> Iterator[tuple[str, bytes]]:
    """Every export: the name of its file and its content; the quiz only where there is one."""
    for export in EXPORTS:
        if course.questions or "確認テスト" not in export.tail:
            yield file_name(course, export), export.write(course, documents, pictures)
