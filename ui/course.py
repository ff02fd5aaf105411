"""教材作成: a course for a topic, proposed from the documents, edited, tested with a quiz, and written out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from compliance.course import Audience, Course, reviewed
from compliance.lesson.gathering import FOUND, traces
from compliance.lesson.proposal import propose
from compliance.lesson.shelf import Courses
from index.search import Scope
from ui import course_desk as desk
from ui import course_lessons, course_out, course_quiz, frame
from ui.comparison_cases import told_cases
from ui.place import cleaned
from ui.shelf import Shelf, answer, is_writable, kb_folder
from ui.words import plain, short

_LONGEST = 100
_WAITING = "course-waiting"


def main() -> None:
    """Draws the page."""
    frame.draw("教材作成　条項と事例から研修教材を作る", _body)


def _body() -> None:
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    _from_address(shelf)
    left, right = st.columns([3, 2], gap="large")
    with left:
        _propose(shelf)
    with right:
        _kept()
    _waiting()
    held = desk.course()
    if held is None:
        st.info(
            "テーマを入れて「提案する」を押すと、条項の定め、事例、点検項目、用語、確認テストからなる教材の案を作ります。"
            "引用はすべて原本と照合され、あとから順番の変更、追加、削除ができます。",
            icon=":material/school:",
        )
        return
    _desk(shelf, reviewed(held, desk.documents(shelf)))


def _from_address(shelf: Shelf) -> None:
    """Opens the kept course that the address names; one that is gone is told."""
    wanted = st.query_params.get("course")
    if wanted is None or desk.kept_as()[0] == wanted:
        return
    courses = desk.kept_courses()
    found = None
    if courses is not None:
        with courses:
            found = courses.course(wanted[:64])
    if found is None:
        st.warning("この教材は削除されたか、別の知識ベースのものです。", icon=":material/find_in_page:")
        del st.query_params["course"]
        return
    course, revision = found
    desk.lay(course, wanted, revision)


def _propose(shelf: Shelf) -> None:
    with st.form("propose", border=False):
        box, who, button = st.columns([5, 3, 2], vertical_alignment="bottom")
        typed = box.text_input("テーマ", placeholder="例：委託先管理、従業者の教育、アクセス権限")
        audience = who.selectbox("対象", list(Audience), index=1, format_func=lambda one: one.value)
        sent = button.form_submit_button("提案する", type="primary", width="stretch")
    topic = cleaned(typed)[:_LONGEST]
    if not sent or not topic:
        return
    with st.spinner("条項と事例を集めています…"):
        found = answer(shelf, topic, Scope(), FOUND)
        hits = traces(found.hits) if found.answerable else ()
        made = propose(topic, hits, shelf.document, audience or Audience.MANAGERS, cases_of=told_cases())
    if not made.lessons:
        st.warning(
            f"「{plain(topic)}」について義務などを定める条項は、収録文書に見つかりませんでした。別の語でお試しください。",
            icon=":material/search_off:",
        )
        return
    _turn_to(made)


def _turn_to(wanted: Course | str) -> None:
    """Lays another course on the desk, a new one or the kept one of an id; waits where that would cost edits."""
    if desk.is_edited():
        st.session_state[_WAITING] = wanted
    elif isinstance(wanted, Course):
        st.query_params.clear()
        desk.lay(wanted)
    else:
        desk.clear()
        st.query_params["course"] = wanted
    st.rerun()


def _waiting() -> None:
    """Asks before edits are lost to the course that waits."""
    if _WAITING not in st.session_state:
        return
    st.warning(
        "編集中の教材は保存されていません。続けると、その変更は失われます。残す場合は、先に保存してください。",
        icon=":material/warning:",
    )
    with st.container(horizontal=True):
        goes_on = st.button("変更を捨てて続ける", icon=":material/delete:")
        if st.button("編集に戻る", icon=":material/undo:", type="primary") or goes_on:
            wanted = st.session_state.pop(_WAITING)
            if goes_on:
                desk.clear()
                _turn_to(wanted)
            st.rerun()


def _kept() -> None:
    courses = desk.kept_courses()
    if courses is None:
        st.caption("保存した教材はまだありません。")
        return
    with courses:
        lines = courses.kept()
    titles = {line.id: f"{short(line.title, 50)}　（{line.changed_at[:10]}保存）" for line in lines}
    box, opened, dropped = st.columns([5, 2, 2], vertical_alignment="bottom")
    picked = box.selectbox(
        "保存した教材", list(titles), index=None, format_func=titles.__getitem__, placeholder="教材を選ぶ"
    )
    if opened.button("開く", disabled=picked is None, width="stretch") and picked:
        _turn_to(picked)
    if dropped.button("削除する", disabled=picked is None or not is_writable(), width="stretch") and picked:
        revision = next(line.revision for line in lines if line.id == picked)
        _confirm(picked, titles[picked], revision)


@st.dialog("教材を削除しますか")
def _confirm(id: str, title: str, revision: int) -> None:
    st.write(f"「{plain(title)}」を削除します。元に戻せません。文書や義務一覧には影響しません。")
    if st.button("削除する", icon=":material/delete_forever:", type="primary"):
        with Courses(kb_folder()) as courses:
            is_gone = courses.remove(id, revision)
        if not is_gone:
            st.error(
                "ほかの人がこの教材を変更したか、すでに削除しています。削除していません。一覧を確かめてください。",
                icon=":material/sync_problem:",
            )
            return
        if desk.kept_as()[0] == id:
            desk.clear()
            st.query_params.clear()
        st.rerun()


def _desk(shelf: Shelf, course: Course) -> None:
    """The course: its name, what is wrong with it, and its three sides."""
    key = f"course-title-{desk.turn()}"
    name, who = st.columns([3, 1])
    name.text_input("教材の題名", course.title, key=key, on_change=_rename, args=(key,), max_chars=_LONGEST)
    who_key = f"course-audience-{desk.turn()}"
    who.selectbox(
        "対象者の表示",
        list(Audience),
        index=list(Audience).index(course.audience),
        format_func=lambda one: one.value,
        key=who_key,
        on_change=_readdress,
        args=(who_key,),
    )
    if course.unverified:
        st.warning(
            f"{len(course.unverified)}件の引用が、現在の文書と一致しません（版が変わったか、文書が削除されました）。"
            "【未照合】と示した箇所を確かめ、外すか、探し直してください。",
            icon=":material/rule:",
        )
    course_out.save_row(course)
    lessons, quiz, out = st.tabs(["構成と内容", f"確認テスト（{len(course.questions)}問）", "書き出し"])
    with lessons:
        course_lessons.draw(shelf, course)
    with quiz:
        course_quiz.draw(shelf, course)
    with out:
        course_out.exports(shelf, course)


def _rename(key: str) -> None:
    title = cleaned(st.session_state[key]) or "（題名なし）"
    desk.edit(lambda course: replace(course, title=title), is_shown=True)


def _readdress(key: str) -> None:
    audience = Audience(st.session_state[key])
    desk.edit(lambda course: replace(course, audience=audience), is_shown=True)


main()
