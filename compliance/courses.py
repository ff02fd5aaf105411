"""Kept courses: `courses.sqlite` in the knowledge base's folder, apart from the catalogue.

A new ingestion, a new version or a rebuilt catalogue touches nothing here. Who saves says which revision
was opened, so that two people who edit one course do not overwrite each other unawares.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import uuid4

from compliance.course import Course
from compliance.course_json import course_of, course_text
from law.errors import StoreError

FILE = "courses.sqlite"
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS courses (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, revision INTEGER NOT NULL, course TEXT NOT NULL,
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A line of the list: a course's id, title, revision and the time of its last change (UTC)."""

    id: str
    title: str
    revision: int
    changed_at: str


class Courses:
    """The kept courses, open. A context manager; one a thread."""

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open the courses of a knowledge base, or make the file; one that is only read must be there.

        Raises:
            StoreError: when the file is damaged, from a newer konkyo, or cannot be written.
        """
        self.path = folder / FILE
        try:
            how = "ro" if read_only else "rwc"
            self._rows = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode={how}", uri=True, timeout=10, isolation_level=None
            )
            (version,) = self._rows.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise _newer(self.path, version)
            if not read_only:
                self._rows.execute(_TABLE)
                self._rows.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.Error as cause:
            raise _damaged(self.path, cause) from cause

    def kept(self) -> tuple[Kept, ...]:
        """All courses, the last changed first."""
        rows = self._asked("SELECT id, title, revision, changed_at FROM courses ORDER BY changed_at DESC, id")
        return tuple(Kept(*row) for row in rows)

    def course(self, id: str) -> tuple[Course, int] | None:
        """A course and its revision, or None where there is none of that id. Check its quotes: `course.reviewed`.

        Raises:
            StoreError: when it cannot be read.
        """
        rows = self._asked("SELECT course, revision FROM courses WHERE id = ?", id)
        return (course_of(rows[0][0]), int(rows[0][1])) if rows else None

    def add(self, course: Course) -> Kept:
        """Keep a new course; its line, with the id it got."""
        id = uuid4().hex
        self._asked(
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
        rows = self._asked(
            "UPDATE courses SET title = ?, course = ?, revision = revision + 1, "
            "changed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now') WHERE id = ? AND revision = ? RETURNING revision",
            course.title,
            course_text(course),
            id,
            revision,
        )
        return int(rows[0][0]) if rows else None

    def remove(self, id: str) -> None:
        """Forget a course."""
        self._asked("DELETE FROM courses WHERE id = ?", id)

    def close(self) -> None:
        """Give the file back."""
        self._rows.close()

    def __enter__(self) -> Courses:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _asked(self, statement: str, *values: str | int) -> Sequence[Any]:
        try:
            return self._rows.execute(statement, values).fetchall()
        except sqlite3.Error as cause:
            raise _damaged(self.path, cause) from cause


def _newer(path: Path, version: int) -> StoreError:
    return StoreError(
        f"{path} was written by a newer konkyo (format {version}, this one reads {_VERSION}); update konkyo.",
        f"{path} は新しい版の konkyo で書かれています。konkyo を更新してください。",
    )


def _damaged(path: Path, cause: sqlite3.Error) -> StoreError:
    return StoreError(
        f"The kept courses in {path} cannot be read or written ({cause}). Restore the file from a copy.",
        f"保存された教材 {path} を読み書きできません（{cause}）。控えから戻してください。",
    )
