"""What a user does with a clause that was found: open it, see its page, copy its citation, judge it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from index.excerpt import Verdict
from index.search import Hit
from ui import feedback, frame
from ui.place import Asked, address_of, reader_address
from ui.shelf import kb_folder

_CANNOT = "知識ベースのフォルダーに書き込めないため、評価を記録できません（読み取り専用か、空き容量がありません）。"


def actions(asked: Asked, number: int, hit: Hit, *, is_shown: bool) -> None:
    """The row under the card of a hit; copying and judging only where its page is shown.

    Every button costs the server a millisecond in each session's every answer, and a quotation is copied by
    those who have seen it on the page.
    """
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        st.page_link(
            frame.READER,
            label="文書で開く",
            icon=":material/menu_book:",
            query_params=reader_address(hit.doc, hit.excerpt.clause),
        )
        if not is_shown:
            here = address_of(replace(asked, doc=hit.doc, clause=hit.clause))
            label = "頁に表示（引用・評価）"
            st.page_link(frame.SEARCH, label=label, icon=":material/image:", query_params=here)
            return
        st.caption("▶ 頁に表示中")
        _copy(hit)
        judge(asked, f"{number}", hit, ("有用", "違う"))


def _copy(hit: Hit) -> None:
    with st.popover("引用を写す", icon=":material/content_copy:"):
        st.caption("出典")
        st.code(hit.excerpt.citation, language=None, wrap_lines=True)
        if hit.excerpt.verdict is Verdict.MATCH:
            st.caption("原文と出典")
            st.code(f"「{hit.excerpt.quote}」（{hit.excerpt.citation}）", language=None, wrap_lines=True)


def judge(asked: Asked, name: str, hit: Hit | None, labels: tuple[str, str]) -> None:
    """Two buttons, of a clause or (without one) of the answer; what is said stays in the knowledge base's folder."""
    place = (hit.doc, hit.clause) if hit else ()
    key = f"judge-{address_of(asked.anywhere)}-{place}"
    if key in st.session_state:
        st.caption("評価を記録しました：" + labels[not st.session_state[key]])
        return
    for label, is_useful in zip(labels, (True, False), strict=True):
        icon = ":material/thumb_up:" if is_useful else ":material/thumb_down:"
        if st.button(label, key=f"{is_useful}-{name}", icon=icon, type="tertiary"):
            try:
                feedback.keep(kb_folder(), asked, hit, is_useful=is_useful)
            except OSError:
                st.error(_CANNOT, icon=":material/lock:")
                return
            st.session_state[key] = is_useful
            st.rerun()
