"""A course as Markdown: what the instructor's edition says, in plain text that a repository can hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.course import Course, Lesson, Part, PartKind
from compliance.lesson.question import Question, lettered
from compliance.lesson.sources import DISCLAIMER, UNVERIFIED, Sourced, sourced, subtitle
from compliance.quote import Documents, Quote

_MARKS = re.compile(r"([\\`*_\[\]<>#|~$])")


def course_markdown(course: Course, documents: Documents) -> str:
    """The whole course with answers; every sign of Markdown or HTML in the documents' words is escaped."""
    return "\n".join(_lines(sourced(course, documents))) + "\n"


def _lines(held: Sourced) -> Iterator[str]:
    course = held.course
    yield from (f"# {_plain(course.title)}", "", _plain(subtitle(course)), "")
    if held.warning:
        yield from (f"**{held.warning}**", "")
    for number, lesson in enumerate(course.lessons, start=1):
        yield from (f"## {number}　{_plain(lesson.title)}（{lesson.minutes}分）", "")
        yield from (*(f"- ねらい：{_plain(aim)}" for aim in lesson.objectives), "")
        yield from _lesson(held, lesson)
    if course.questions:
        yield from (f"## 確認テスト（{course.quiz_minutes}分）", "")
        for number, question in enumerate(course.questions, start=1):
            yield from _question(number, question)
    yield from ("## 出典", "", *(f"- {_plain(line)}" for line in held.source_lines()), "")
    yield f"{held.warning or held.verified}{DISCLAIMER}"


def _lesson(held: Sourced, lesson: Lesson) -> Iterator[str]:
    for kind in PartKind:
        parts = lesson.of(kind)
        if parts:
            yield from (f"### {kind.value}", "")
            for part in parts:
                yield from _part(held, part)
            if kind in (PartKind.CHECK, PartKind.TERM):
                yield ""


def _part(held: Sourced, part: Part) -> Iterator[str]:
    quote = part.quote
    if part.kind is PartKind.CHECK and quote is not None:
        mark = "" if quote.is_verified else UNVERIFIED
        yield f"- [ ] {mark}{_plain(part.words)}（{_plain(held.short(quote))}）"
        yield from (f"  - [ ] {'' if item.is_verified else UNVERIFIED}{_plain(item.line)}" for item in part.items)
    elif part.kind is PartKind.TERM and quote is not None:
        yield f"- **{_plain(part.words)}**：{_said(quote)}（{_plain(held.short(quote))}）"
    else:
        yield from (f"［{_plain(part.words)}］" if quote else _plain(part.words), "")
        if quote is not None:
            yield from _quotation(quote)
        for item in part.items:
            yield f"> - {_plain(item.line) if item.is_verified else UNVERIFIED + _plain(item.line)}"
        yield from ("",) if part.items else ()


def _quotation(quote: Quote) -> Iterator[str]:
    if quote.is_verified:
        yield from (f"> 「{_plain(quote.line)}」", f"> ― {_plain(quote.citation)}", "")
    else:
        yield from (f"{UNVERIFIED}保存時の文言：{_plain(quote.line)}（{_plain(quote.citation)}）", "")


def _question(number: int, question: Question) -> Iterator[str]:
    yield from (f"**問{number}**（{question.kind.value}、{question.difficulty.value}）{_plain(question.stem)}", "")
    if question.given:
        yield from (*(f"- {_plain(line)}" for line in question.given), "")
    yield from (*(f"{lettered(i)}　{_plain(choice)}  " for i, choice in enumerate(question.choices)), "")
    yield from (f"正答：{lettered(question.answer)}", "")
    for quote in question.quotes:
        yield from _quotation(quote)


def _said(quote: Quote) -> str:
    return f"「{_plain(quote.line)}」" if quote.is_verified else f"{UNVERIFIED}{_plain(quote.line)}"


def _plain(words: str) -> str:
    return _MARKS.sub(r"\\\1", words.replace("\n", ""))
