"""A course kept and written out: saved beside the knowledge base, exported with its pages."""

from __future__ import annotations

import streamlit as st

from compliance.course import Course
from compliance.lesson.pictures import boxed_pages
from compliance.lesson.shelf import Courses
from compliance.lesson.teaching import EXPORTS, Export, file_name
from ui import course_desk as desk
from ui.shelf import Shelf, is_writable, kb_folder

_ACROSS = 3
"""Buttons in a row."""


def save_row(course: Course) -> None:
    """The button that keeps the course, and what became of it."""
    id, revision = desk.kept_as()
    if not is_writable():
        st.caption("知識ベースのフォルダーに書き込めないため、保存できません。書き出しはできます。")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button("保存する", icon=":material/save:", type="primary", disabled=desk.is_kept()):
            _save(course, id, revision)
        if id is not None and st.button("別の教材として保存する", icon=":material/library_add:"):
            _save(course, None, 0)
        st.caption("保存済みです。" if desk.is_kept() else "保存していない変更があります。")


def _save(course: Course, id: str | None, revision: int) -> None:
    with Courses(kb_folder()) as courses:
        if id is None:
            line = courses.add(course)
            new_id, new = line.id, line.revision
        else:
            saved = courses.put(id, course, revision)
            if saved is None:
                st.error(
                    "ほかの人がこの教材を変更したか、削除しました。上書きせずに、別の教材として保存してください。",
                    icon=":material/sync_problem:",
                )
                return
            new_id, new = id, saved
    desk.was_kept(new_id, new)
    st.query_params["course"] = new_id
    st.rerun()


def exports(shelf: Shelf, course: Course) -> None:
    """The buttons; a file is made when its button is pressed, every quote checked at that moment."""
    if course.unverified:
        st.warning(
            f"原本と照合できない引用が{len(course.unverified)}件あります。書き出した教材には【未照合】と示します。",
            icon=":material/rule:",
        )
    else:
        st.success(f"引用{len(course.quotes)}件は、すべて原本の文字と照合済みです。", icon=":material/verified:")
    able = [export for export in EXPORTS if course.questions or "確認テスト" not in export.tail]
    for row in range(0, len(able), _ACROSS):
        for column, export in zip(st.columns(_ACROSS), able[row : row + _ACROSS], strict=False):
            with column:
                _button(shelf, course, export)
    st.caption(
        "講師用には正答・解説・時間配分が入ります。スライドの頁画像には引用の箇所を枠で示します（作成に十数秒かかります）。"
    )


def _button(shelf: Shelf, course: Course, export: Export) -> None:
    def make() -> bytes:
        documents = desk.documents(shelf)
        return export.write(course, documents, boxed_pages(shelf.store.source, documents))

    st.download_button(
        export.label,
        make,
        file_name=file_name(course, export),
        mime=export.media,
        icon=":material/download:",
        width="stretch",
        on_click="ignore",
        key=export.tail,
    )
