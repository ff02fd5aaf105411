"""The JSON of a course, as it is kept beside the knowledge base: no spans, so that it outlives a new ingestion."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from compliance.course import Audience, Course, Lesson, Part, PartKind
from compliance.lesson.question import Difficulty, Kind, Question
from compliance.quote import Quote
from index.excerpt import Verdict
from law.errors import StoreError

FORMAT = 1
_MOST_MINUTES = 600

Json = dict[str, Any]
"""A JSON object; dicts live only at this rim."""


def course_text(course: Course) -> str:
    """The course as JSON."""
    said = {
        "format": FORMAT,
        "title": course.title,
        "topic": course.topic,
        "audience": course.audience.value,
        "quiz_minutes": course.quiz_minutes,
        "lessons": [_lesson_json(lesson) for lesson in course.lessons],
        "questions": [_question_json(question) for question in course.questions],
    }
    return json.dumps(said, ensure_ascii=False)


def course_of(text: str) -> Course:
    """The course that the JSON holds. Its verdicts are those of old: `course.reviewed` checks the quotes again.

    Raises:
        StoreError: it is no course, or one of a newer konkyo.
    """
    try:
        said = json.loads(text)
        if int(said["format"]) > FORMAT:
            raise _newer(int(said["format"]))
        return Course(
            _words(said, "title"),
            _words(said, "topic"),
            Audience(said["audience"]),
            tuple(_lesson(one) for one in said["lessons"]),
            tuple(_question(one) for one in said["questions"]),
            _minutes(said["quiz_minutes"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as cause:
        raise StoreError(
            f"A kept course cannot be read ({type(cause).__name__}: {cause}). Restore courses.sqlite from a copy.",
            "保存された教材を読めません。courses.sqlite を控えから戻してください。",
        ) from cause


def _newer(found: int) -> StoreError:
    return StoreError(
        f"The course was written by a newer konkyo (format {found}, this one reads {FORMAT}); update konkyo.",
        "教材は新しい版の konkyo で書かれています。konkyo を更新してください。",
    )


def _lesson_json(lesson: Lesson) -> Json:
    return {
        "title": lesson.title,
        "minutes": lesson.minutes,
        "objectives": list(lesson.objectives),
        "parts": [
            {
                "kind": part.kind.value,
                "words": part.words,
                "quote": _quote_json(part.quote) if part.quote else None,
                "items": [_quote_json(item) for item in part.items],
            }
            for part in lesson.parts
        ],
    }


def _question_json(question: Question) -> Json:
    return {
        "kind": question.kind.value,
        "stem": question.stem,
        "given": list(question.given),
        "choices": list(question.choices),
        "answer": question.answer,
        "difficulty": question.difficulty.value,
        "quotes": [_quote_json(quote) for quote in question.quotes],
    }


def _quote_json(quote: Quote) -> Json:
    return {
        "doc": quote.document,
        "clause": quote.clause,
        "words": quote.words,
        "citation": quote.citation,
        "page": quote.page,
        "pdf_page": quote.pdf_page,
        "verdict": quote.verdict.value,
    }


def _lesson(said: Mapping[str, Any]) -> Lesson:
    parts = tuple(
        Part(
            PartKind(one["kind"]),
            _words(one, "words"),
            _quote(one["quote"]) if one["quote"] is not None else None,
            tuple(_quote(item) for item in one["items"]),
        )
        for one in said["parts"]
    )
    return Lesson(_words(said, "title"), _minutes(said["minutes"]), _lines(said["objectives"]), parts)


def _question(said: Mapping[str, Any]) -> Question:
    choices, answer, quotes = _lines(said["choices"]), int(said["answer"]), said["quotes"]
    if not 0 <= answer < len(choices) or not quotes:
        raise ValueError(f"expected a right choice from 0 to {len(choices) - 1} and a quote, found {answer}")
    return Question(
        Kind(said["kind"]),
        _words(said, "stem"),
        _lines(said["given"]),
        choices,
        answer,
        Difficulty(said["difficulty"]),
        tuple(_quote(one) for one in quotes),
    )


def _quote(said: Mapping[str, Any]) -> Quote:
    page, pdf_page = said["page"], said["pdf_page"]
    return Quote(
        _words(said, "doc"),
        _words(said, "clause"),
        _words(said, "words"),
        _words(said, "citation"),
        None if page is None else str(page),
        None if pdf_page is None else int(pdf_page),
        Verdict(said["verdict"]),
    )


def _words(said: Mapping[str, Any], key: str) -> str:
    found = said[key]
    if not isinstance(found, str):
        raise TypeError(f"expected words under {key!r}, found {found!r}")
    return found


def _lines(said: Sequence[Any]) -> tuple[str, ...]:
    if not isinstance(said, list) or not all(isinstance(line, str) for line in said):
        raise TypeError(f"expected a list of words, found {said!r}")
    return tuple(said)


def _minutes(said: Any) -> int:
    return max(0, min(_MOST_MINUTES, int(said)))
