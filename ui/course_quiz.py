"""The quiz of a course on the page: made anew, read with its answers and quotes, and thinned out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html import escape

import streamlit as st

from compliance.course import Course, PartKind, moved, places, without
from compliance.lesson.question import Kind, Question, lettered
from compliance.lesson.quiz import chosen, questions
from law.document import Document
from ui import course_desk as desk
from ui.comparison_cases import told_cases
from ui.course_lessons import quotation
from ui.shelf import Shelf
from ui.words import plain, short

_MOST = 100
_WITHIN, _WHOLE = "この教材の条項と事例", "引用した文書の全体"


def draw(shelf: Shelf, course: Course) -> None:
    """The form that makes the quiz, and its questions with their answers."""
    with st.form("quiz", border=False):
        count, scope, kinds, button = st.columns([1, 2, 4, 1], vertical_alignment="bottom")
        wanted = int(count.number_input("問題数", 0, _MOST, max(len(course.questions), 10)))
        within = scope.radio("出題の範囲", (_WITHIN, _WHOLE), horizontal=False)
        picked = kinds.multiselect("種別", list(Kind), list(Kind), format_func=lambda kind: kind.value)
        sent = button.form_submit_button("作り直す", icon=":material/refresh:", width="stretch")
    if sent:
        _make(shelf, course, wanted, within == _WITHIN, picked)
    if not course.questions:
        st.info("確認テストはありません。「作り直す」で作成します。", icon=":material/quiz:")
        return
    for line in _sources(shelf, course):
        st.caption(plain(line))
    st.caption("問題は引用から自動で作られます。選択肢が二つ以上当てはまると思われる問題は、外してください。")
    for number, question in enumerate(course.questions):
        _question(course, number, question)


def _make(shelf: Shelf, course: Course, count: int, is_within: bool, kinds: list[Kind]) -> None:
    ids = dict.fromkeys(quote.document for quote in course.quotes)
    documents: list[Document] = [shelf.document(id) for id in ids if shelf.entry(id) is not None]
    with st.spinner("問題を作っています…"):
        every = questions(documents, cases_of=told_cases())
        made = chosen(every, count, within=_within(course) if is_within else None, kinds=kinds)
    if len(made) < count:
        st.toast(f"条件に合う問題は{len(made)}問でした。", icon=":material/info:")
    minutes = -(-len(made) * 3 // 10) * 5
    desk.edit(lambda course: replace(course, questions=made, quiz_minutes=minutes))
    st.rerun()


def _within(course: Course) -> set[tuple[str, str]]:
    told = [part.quote for lesson in course.lessons for part in lesson.of(PartKind.CASE)]
    return {*places(course), *((quote.document, quote.clause) for quote in told if quote is not None)}


def _sources(shelf: Shelf, course: Course) -> Iterator[str]:
    """From which documents the answers come, how many from each; and what is quoted but asked nothing about."""
    asked = Counter(question.quotes[0].document for question in course.questions if question.quotes)
    yield "設問の出典：" + "、".join(f"「{_title(shelf, id)}」{count}問" for id, count in asked.most_common()) + "。"
    without = [id for id in dict.fromkeys(quote.document for quote in course.quotes) if id not in asked]
    if without:
        told = "、".join(f"「{_title(shelf, id)}」" for id in without)
        wider = "出題の範囲や種別を広げて作り直すと、加わることがあります。"
        yield f"教材が引用する文書のうち設問のないもの：{told}。{wider}"


def _title(shelf: Shelf, id: str) -> str:
    """Whole: titles of one authority often begin alike."""
    entry = shelf.entry(id)
    return short(entry.title, 120) if entry is not None else f"{id}（削除された文書）"


def _question(course: Course, number: int, question: Question) -> None:
    turn = desk.turn()
    with st.container(border=True):
        st.html(_html(number + 1, question))
        with st.container(horizontal=True, gap="small"):
            for label, icon, to in (("上へ", "arrow_upward", number - 1), ("下へ", "arrow_downward", number + 1)):
                st.button(
                    label,
                    icon=f":material/{icon}:",
                    key=f"q{label}-{turn}-{number}",
                    type="tertiary",
                    disabled=not 0 <= to < len(course.questions),
                    on_click=_move,
                    args=(number, to),
                )
            st.button(
                "外す",
                icon=":material/close:",
                key=f"qout-{turn}-{number}",
                type="tertiary",
                on_click=_drop,
                args=(number,),
            )


def _move(at: int, to: int) -> None:
    desk.edit(lambda course: replace(course, questions=moved(course.questions, at, to)))


def _drop(at: int) -> None:
    desk.edit(lambda course: replace(course, questions=without(course.questions, at)))


def _html(number: int, question: Question) -> str:
    given = "".join(f'<div class="k-item">・{escape(line)}</div>' for line in question.given)
    choices = "".join(
        f'<div class="k-item">{lettered(i)}　{escape(choice)}{"　<b>◎ 正答</b>" if i == question.answer else ""}</div>'
        for i, choice in enumerate(question.choices)
    )
    head = f"問{number}　{question.kind.value}　難易度：{question.difficulty.value}"
    proof = "".join(quotation(quote) for quote in question.quotes)
    return (
        f'<div class="k-path">{escape(head)}</div><b>{escape(question.stem)}</b>'
        f'<div class="k-text" style="margin:.4rem 0 .4rem 1rem">{given}</div>'
        f'<div class="k-text" style="margin-left:1rem">{choices}</div>{proof}'
    )
