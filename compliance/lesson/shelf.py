"""Kept courses: `courses.sqlite` in the knowledge base's folder, apart from the catalogue.

Who saves says which revision
was opened, so that two people who edit one course do not overwrite each other unawares.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import uuid4

from compliance.course import Course
from compliance.lesson.contract import course_of, course_text
from compliance.notebook import Notebook


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the list: a course's id, title, revision and the time of its last change (UTC)."""

    id: str
    title: str
    revision: int
    changed_at: str


class Courses(Notebook):
    """The kept courses, open."""

    FILE = "courses.sqlite"
    TABLE = """
    CREATE TABLE IF NOT EXISTS courses (
        id TEXT PRIMARY KEY, title TEXT NOT NULL, revision INTEGER NOT NULL, course TEXT NOT NULL,
        changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT
    """
    NAMES = ("kept courses", "保存された教材")

    def kept(self) -> tuple[Kept, ...]:
        """All courses, the last changed first."""
        rows = self._ask("SELECT id, title, revision, changed_at FROM courses ORDER BY changed_at DESC, id")
        return tuple(Kept(*row) for row in rows)

    def course(self, id: str) -> tuple[Course, int] | None:
        """A course and its revision, or None where there is none of that id. Check its quotes: `course.reviewed`.

        Raises:
            StoreError: when it cannot be read.
        """
        rows = self._ask("SELECT course, revision FROM courses WHERE id = ?", id)
        return (course_of(rows[0][0]), int(rows[0][1])) if rows else None

    def add(self, course: Course) -> Kept:
        """Keep a new course; its line, with the id it got."""
        id = uuid4().hex
        self._ask(
            "INSERT INTO courses (id, title, revision, course) VALUES (?, ?, 1, ?)",
            id,
            course.title,
            course_text(course),
        )
        return next(one for one in self.kept() if one.id == id)

    def put(self, id: str, course: Course, revision: int) -> int | None:
        """Keep a changed course over the revision that was opened; the new revision.

        None, and nothing is kept, where somebody else changed or removed it meanwhile.
        """
        rows = self._ask(
            "UPDATE courses SET title = ?, course = ?, revision = revision + 1, "
            "changed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ? AND revision = ? RETURNING revision",
            course.title,
            course_text(course),
            id,
            revision,
        )
        return int(rows[0][0]) if rows else None

    def remove(self, id: str, revision: int) -> bool:
        """Forget a course in the revision that was shown.

        False, and nothing is forgotten, where somebody else changed or removed it meanwhile.
        """
        return bool(self._ask("DELETE FROM courses WHERE id = ? AND revision = ? RETURNING id", id, revision))
