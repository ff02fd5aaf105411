"""The lessons of a course on the page: chosen, moved, taken out, filled; each quote with the way to its clause."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from compliance.course import Course, Lesson, Part, PartKind, moved, with_lesson, without
from compliance.quote import Quote, quoted
from index.excerpt import Verdict
from index.search import Scope
from ui import course_desk as desk
from ui import frame
from ui.place import cleaned, reader_address
from ui.shelf import Shelf, answer
from ui.words import plain, short

_FOUND = 5
"""Clauses offered to be added."""
_LONGEST = 4000


def draw(shelf: Shelf, course: Course) -> None:
    """The list of lessons and the one that is edited."""
    left, right = st.columns([3, 7], gap="large")
    with left:
        at = _choose(course)
    with right:
        if at is not None:
            _edit(shelf, course, at)


def _choose(course: Course) -> int | None:
    st.subheader(f"構成　計{course.minutes}分", anchor=False)
    names = [f"{n}　{short(one.title, 36)}（{one.minutes}分）" for n, one in enumerate(course.lessons, start=1)]
    at = None
    if names:
        held = min(st.session_state.get("course-lesson", 0), len(names) - 1)
        at = st.radio(
            "編集する回",
            range(len(names)),
            index=held,
            format_func=lambda n: plain(names[n]),
            key=f"lesson-{desk.turn()}",
        )
        st.session_state["course-lesson"] = at
    st.button("回を追加する", icon=":material/add:", on_click=_add_lesson)
    return at


def _add_lesson() -> None:
    def longer(course: Course) -> Course:
        st.session_state["course-lesson"] = len(course.lessons)
        return with_lesson(course, len(course.lessons), Lesson("新しい回", 10, (), ()))

    desk.edit(longer)


def _edit(shelf: Shelf, course: Course, at: int) -> None:
    lesson, turn = course.lessons[at], desk.turn()
    st.subheader(plain(f"{at + 1}　{lesson.title}"), anchor=False)
    name, minutes, order = st.columns([6, 2, 2])
    name.text_input("題名", lesson.title, key=f"title-{turn}-{at}", on_change=_retitle, args=(at, f"title-{turn}-{at}"))
    minutes.number_input(
        "分",
        0,
        300,
        lesson.minutes,
        5,
        key=f"minutes-{turn}-{at}",
        on_change=_retime,
        args=(at, f"minutes-{turn}-{at}"),
    )
    order.number_input(
        "順番",
        1,
        len(course.lessons),
        at + 1,
        key=f"order-{turn}-{at}",
        on_change=_reorder,
        args=(at, f"order-{turn}-{at}"),
        help="番号を変えると、この回がその位置に移ります。",
    )
    key = f"aims-{turn}-{at}"
    st.text_area(
        "ねらい（一行に一つ）", "\n".join(lesson.objectives), key=key, on_change=_reaim, args=(at, key), height=80
    )
    for number, part in enumerate(lesson.parts):
        _part(at, number, part, len(lesson.parts))
    _find(shelf, at)
    _say(at)
    st.button(
        "この回を削除する",
        icon=":material/delete:",
        on_click=_remove_lesson,
        args=(at,),
        key=f"drop-{turn}-{at}",
    )


def _part(at: int, number: int, part: Part, count: int) -> None:
    turn = desk.turn()
    with st.container(border=True):
        st.html(f'<div class="k-path">{escape(part.kind.value)}</div><b>{escape(part.words)}</b>{quote_html(part)}')
        with st.container(horizontal=True, gap="small", vertical_alignment="center"):
            for label, icon, to in (("上へ", "arrow_upward", number - 1), ("下へ", "arrow_downward", number + 1)):
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=f"{label}-{turn}-{at}-{number}",
                    type="tertiary",
                    disabled=not 0 <= to < count,
                    on_click=desk.change_lesson,
                    args=(at, lambda lesson, to=to: replace(lesson, parts=moved(lesson.parts, number, to))),
                )
            st.button(
                "外す",
                icon=":material/close:",
                key=f"out-{turn}-{at}-{number}",
                type="tertiary",
                on_click=desk.change_lesson,
                args=(at, lambda lesson: replace(lesson, parts=without(lesson.parts, number))),
            )
            if part.quote is not None:
                address = reader_address(part.quote.document, part.quote.clause)
                st.page_link(frame.READER, label="文書で開く", icon=":material/menu_book:", query_params=address)


def quote_html(part: Part) -> str:
    """The quotes of a part: verified ones as quotations, others with the word that they are none."""
    if part.quote is None:
        return ""
    items = "".join(f'<div class="k-item">・{escape(item.line)}{_flag(item)}</div>' for item in part.items)
    return f'{quotation(part.quote)}<div class="k-text">{items}</div>'


def quotation(quote: Quote) -> str:
    """A quote with its citation; one that is not on the page now is said to be none."""
    if not quote.is_verified:
        why = "文書がありません" if quote.verdict is Verdict.UNCHECKED else "現在の版と一致しません"
        return (
            f'<div class="k-note">【未照合：{why}】保存時の文言：{escape(quote.line)}（{escape(quote.citation)}）</div>'
        )
    words = escape(quote.words).replace("\n", "<br>")
    return f'<blockquote class="k-quote">「{words}」</blockquote><div class="k-note">{escape(quote.citation)}</div>'


def _flag(quote: Quote) -> str:
    return "" if quote.is_verified else "【未照合】"


def _find(shelf: Shelf, at: int) -> None:
    """Looks for a clause to add."""
    with st.expander("条項を探して加える", icon=":material/add_circle:"):
        with st.form(f"find-{desk.turn()}-{at}", border=False):
            box, button = st.columns([5, 1], vertical_alignment="bottom")
            typed = box.text_input("語句又は条項の番号", placeholder="例：再委託の条件、5-3")
            sent = button.form_submit_button("探す", width="stretch")
        if sent:
            st.session_state["course-sought"] = cleaned(typed)[:200]
        sought = st.session_state.get("course-sought", "")
        if not sought:
            return
        for number, hit in enumerate(answer(shelf, sought, Scope(), _FOUND).hits):
            if hit.excerpt.verdict is not Verdict.MATCH:
                continue
            document = shelf.document(hit.doc)
            quote = quoted(document, hit.excerpt.clause, hit.excerpt.span)
            st.html(quotation(quote))
            part = Part(PartKind.DEMAND, short(hit.heading or hit.label, 60), quote)
            st.button(
                "この引用を加える",
                icon=":material/add:",
                key=f"add-{desk.turn()}-{at}-{number}",
                on_click=desk.change_lesson,
                args=(at, lambda lesson, part=part: replace(lesson, parts=(*lesson.parts, part))),
            )


def _say(at: int) -> None:
    """The trainer's own words."""
    with (
        st.expander("講師の説明を加える", icon=":material/edit_note:"),
        st.form(f"say-{desk.turn()}-{at}", border=False),
    ):
        words = st.text_area("説明（引用ではなく、講師の言葉として載せます）", max_chars=_LONGEST)
        if st.form_submit_button("加える") and words.strip():
            part = Part(PartKind.NOTE, words.strip())
            desk.change_lesson(at, lambda lesson: replace(lesson, parts=(*lesson.parts, part)))
            st.rerun()


def _retitle(at: int, key: str) -> None:
    words = cleaned(st.session_state[key])[:200] or "（題名なし）"
    desk.change_lesson(at, lambda lesson: replace(lesson, title=words))


def _retime(at: int, key: str) -> None:
    minutes = int(st.session_state[key])
    desk.change_lesson(at, lambda lesson: replace(lesson, minutes=minutes))


def _reaim(at: int, key: str) -> None:
    aims = tuple(line for words in st.session_state[key].splitlines() if (line := cleaned(words)))
    desk.change_lesson(at, lambda lesson: replace(lesson, objectives=aims), is_shown=True)


def _reorder(at: int, key: str) -> None:
    to = int(st.session_state[key]) - 1
    st.session_state["course-lesson"] = to
    desk.edit(lambda course: replace(course, lessons=moved(course.lessons, at, to)))


def _remove_lesson(at: int) -> None:
    st.session_state["course-lesson"] = max(0, at - 1)
    desk.edit(lambda course: replace(course, lessons=without(course.lessons, at)))
