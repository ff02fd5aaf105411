"""Courses: lessons of clauses, duties, cases, points to check and terms, each tied to its quote; and their editing.

Values and pure functions: what is added, moved or taken out gives a new course. Nothing here reads a
document but `reviewed`, which checks every quote again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from compliance.lesson.question import Question
from compliance.quote import Documents, Quote, again

_Thing = TypeVar("_Thing")


class Audience(StrEnum):
    """Whom a course is for."""

    EVERYBODY = "全社員"
    MANAGERS = "管理者"
    OUTSOURCING = "委託先管理担当"
    SYSTEMS = "システム担当"


class PartKind(StrEnum):
    """What a part of a lesson shows."""

    DEMAND = "条項の定め"
    CASE = "事例"
    CHECK = "点検項目"
    TERM = "用語"
    NOTE = "講師の説明"


@dataclass(frozen=True, slots=True)
class Part:
    """One thing a lesson shows: our words, and the quote they rest on (a trainer's own note has none).

    `items` are the listed items under a demand, each a quote of its own.
    """

    kind: PartKind
    words: str
    quote: Quote | None = None
    items: tuple[Quote, ...] = ()

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """All the quotes of the part."""
        return (*((self.quote,) if self.quote else ()), *self.items)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A lesson: its title, minutes, objectives and parts in order."""

    title: str
    minutes: int
    objectives: tuple[str, ...]
    parts: tuple[Part, ...]

    def of(self, kind: PartKind) -> tuple[Part, ...]:
        """The parts of one kind, in order."""
        return tuple(part for part in self.parts if part.kind is kind)


@dataclass(frozen=True, slots=True)
class Course:
    """A course for an audience on a topic, with its quiz; `quiz_minutes` are set aside for that."""

    title: str
    topic: str
    audience: Audience
    lessons: tuple[Lesson, ...]
    questions: tuple[Question, ...] = ()
    quiz_minutes: int = 0

    @property
    def minutes(self) -> int:
        """The minutes of all lessons and the quiz."""
        return sum(lesson.minutes for lesson in self.lessons) + (self.quiz_minutes if self.questions else 0)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every quote of the course, those of the quiz included."""
        taught = [quote for lesson in self.lessons for part in lesson.parts for quote in part.quotes]
        return (*taught, *(quote for question in self.questions for quote in question.quotes))

    @property
    def unverified(self) -> tuple[Quote, ...]:
        """The quotes that are not the words on the page now."""
        return tuple(quote for quote in self.quotes if not quote.is_verified)


def reviewed(course: Course, documents: Documents) -> Course:
    """The course with every quote checked against the current documents."""

    def part(one: Part) -> Part:
        quote = again(one.quote, documents) if one.quote else None
        return replace(one, quote=quote, items=tuple(again(item, documents) for item in one.items))

    lessons = tuple(replace(one, parts=tuple(part(p) for p in one.parts)) for one in course.lessons)
    questions = tuple(replace(q, quotes=tuple(again(one, documents) for one in q.quotes)) for q in course.questions)
    return replace(course, lessons=lessons, questions=questions)


# -- editing --------------------------------------------------------------------------------------


def moved(things: tuple[_Thing, ...], at: int, to: int) -> tuple[_Thing, ...]:
    """The things with the one at a place set to another place, counted from 0; a place outside is the nearest end.

    >>> moved(("a", "b", "c"), 2, 0), moved(("a", "b", "c"), 0, 9)
    (('c', 'a', 'b'), ('b', 'c', 'a'))
    """
    if not 0 <= at < len(things):
        raise IndexError(f"expected a place from 0 to {len(things) - 1}, found {at}")
    rest = [*things[:at], *things[at + 1 :]]
    rest.insert(max(0, min(to, len(rest))), things[at])
    return tuple(rest)


def without(things: tuple[_Thing, ...], at: int) -> tuple[_Thing, ...]:
    """The things but the one at a place."""
    return tuple(one for i, one in enumerate(things) if i != at)


def put(things: tuple[_Thing, ...], at: int, thing: _Thing) -> tuple[_Thing, ...]:
    """The things with another in the place of the one at a place."""
    return tuple(thing if i == at else one for i, one in enumerate(things))


def with_lesson(course: Course, at: int, lesson: Lesson) -> Course:
    """The course with a lesson in the place of the one there; one past the end is added."""
    if at == len(course.lessons):
        return replace(course, lessons=(*course.lessons, lesson))
    return replace(course, lessons=put(course.lessons, at, lesson))


def places(course: Course) -> Iterator[tuple[str, str]]:
    """Document and clause of every demand of the course, each once, in order."""
    seen: set[tuple[str, str]] = set()
    for lesson in course.lessons:
        for part in lesson.of(PartKind.DEMAND):
            for quote in part.quotes:
                if (key := (quote.document, quote.clause)) not in seen:
                    seen.add(key)
                    yield key
