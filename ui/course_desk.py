"""The course on a session's desk: what is edited, where it is kept, and how a change is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from compliance.course import Course, Lesson, put
from compliance.lesson.shelf import Courses
from compliance.quote import Documents
from law.document import Document
from ui.shelf import Shelf, kb_folder

_COURSE, _ID, _REVISION, _TURN, _KEPT = "course", "course-id", "course-revision", "course-turn", "course-kept"
_LAID = "course-laid"


def course() -> Course | None:
    """The course on the desk."""
    found: Course | None = st.session_state.get(_COURSE)
    return found


def lay(new: Course, id: str | None = None, revision: int = 0) -> None:
    """Puts a course on the desk: a new proposal, or one that was kept."""
    st.session_state[_COURSE] = st.session_state[_LAID] = new
    st.session_state[_ID], st.session_state[_REVISION] = id, revision
    st.session_state[_KEPT] = new if id else None
    st.session_state.pop("course-lesson", None)
    turn_over()


def edit(how: Callable[[Course], Course], *, is_shown: bool = False) -> None:
    """Changes the course as it is now; the fields are drawn anew unless they show the change already."""
    held = course()
    if held is not None:
        st.session_state[_COURSE] = how(held)
        if not is_shown:
            turn_over()


def change_lesson(at: int, how: Callable[[Lesson], Lesson], *, is_shown: bool = False) -> None:
    """Changes one lesson of the course."""

    def changed(held: Course) -> Course:
        return replace(held, lessons=put(held.lessons, at, how(held.lessons[at]))) if at < len(held.lessons) else held

    edit(changed, is_shown=is_shown)


def kept_courses() -> Courses | None:
    """The kept courses, to be read; None where none was ever kept. Looking at the page writes nothing."""
    folder = kb_folder()
    return Courses(folder, read_only=True) if Courses.is_in(folder) else None


def kept_as() -> tuple[str | None, int]:
    """The id and revision that the course is kept under; no id where it is new."""
    return st.session_state.get(_ID), st.session_state.get(_REVISION, 0)


def was_kept(id: str, revision: int) -> None:
    """Remembers that the course, as it is, was kept."""
    st.session_state[_ID], st.session_state[_REVISION] = id, revision
    st.session_state[_KEPT] = course()


def is_kept() -> bool:
    """Whether nothing changed since the course was kept."""
    return course() is not None and st.session_state.get(_KEPT) == course()


def is_edited() -> bool:
    """Whether somebody's work would be lost with the course: it was changed since it was laid, and not kept."""
    return course() is not None and course() != st.session_state.get(_LAID) and not is_kept()


def clear() -> None:
    """Takes the course off the desk."""
    for name in (_COURSE, _ID, _REVISION, _KEPT):
        st.session_state.pop(name, None)
    turn_over()


def turn_over() -> None:
    """Makes fields forget what was typed: their keys carry the turn."""
    st.session_state[_TURN] = turn() + 1


def turn() -> int:
    """The number that keys of fields carry."""
    return int(st.session_state.get(_TURN, 0))


def documents(shelf: Shelf) -> Documents:
    """The current documents, for checking quotes: None where one was removed."""

    def found(id: str) -> Document | None:
        return shelf.document(id) if shelf.entry(id) is not None else None

    return found
