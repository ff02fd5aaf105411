"""What was asked before: the questions of this session, and the searches that are kept with a note."""

from __future__ import annotations

import streamlit as st

from ui import frame
from ui.listing import Line, listing
from ui.place import Asked, address_of
from ui.saved import LONGEST_NOTE, Saved, drop, keep, saved
from ui.shelf import kb_folder
from ui.words import plain, printable, short

_REMEMBERED = 30
_KEY = "asked-before"
"""In the session; not the key of the table, or Streamlit would drop the questions with the table on another page."""
_CANNOT = "知識ベースのフォルダーに書き込めないため、保存できません（読み取り専用か、空き容量がありません）。"


def remember(asked: Asked) -> None:
    """Puts a question at the head of those of this session."""
    past: list[dict[str, str]] = st.session_state.setdefault(_KEY, [])
    address = address_of(asked.anywhere)
    if address in past:
        past.remove(address)
    past.insert(0, address)
    del past[_REMEMBERED:]


def before() -> None:
    """Draws both lists, each where there is something in it, and its lines only once it is opened.

    They stand under every answer; of fifty searches kept, closed, the lines would cost more than the answer.
    """
    kept = saved(kb_folder())
    if kept:
        name = f"保存した検索（{len(kept)}件）"
        with st.expander(name, icon=":material/bookmark:", key="kept", on_change="rerun") as shown:
            for number, one in enumerate(kept if shown.open else ()):
                _kept(number, one)
    past: list[dict[str, str]] = st.session_state.get(_KEY, [])
    if past:
        name = f"この画面で尋ねた質問（{len(past)}件。画面を閉じると消えます）"
        with st.expander(name, icon=":material/history:", key="asked", on_change="rerun") as shown:
            if not shown.open:
                return
            lines = [Line(address, (short(address["q"], 120), "あり" if len(address) > 1 else "")) for address in past]
            listing("history", (("質問", ""), ("絞り込み", "short")), lines, page=frame.SEARCH)


def _kept(number: int, one: Saved) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        label = short(one.asked.question, 80) + ("（絞り込みあり）" if one.asked.is_filtered else "")
        st.page_link(frame.SEARCH, label=plain(label), query_params=address_of(one.asked), icon=":material/bookmark:")
        place = f"{one.at[:10]}" + (f"　{printable(one.asked.clause)}を表示" if one.asked.clause else "")
        st.caption(plain(place))
        if st.button("削除", key=f"drop-{number}", type="tertiary", icon=":material/delete:"):
            try:
                drop(kb_folder(), one.asked)
            except OSError:
                st.error(_CANNOT, icon=":material/lock:")
                return
            st.rerun()
    if one.note:
        st.text(one.note)


def offer(asked: Asked) -> None:
    """The button that keeps the search on the screen, with a note; what is kept already shows its note."""
    note = next((one.note for one in saved(kb_folder()) if one.asked == asked), None)
    is_new = note is None
    label, icon = ("検索を保存", "bookmark_add") if is_new else ("保存済み（メモを直す）", "bookmark")
    with st.popover(label, icon=f":material/{icon}:", key=f"keep-{is_new}", on_change="rerun") as shown:
        if shown.open:
            _form(asked, note)


def _form(asked: Asked, note: str | None) -> None:
    with st.form("keep", border=False):
        st.caption("質問、絞り込み、表示中の条項を保存します。この知識ベースを使う全員に見えます。")
        written = st.text_area("メモ（任意）", value=note or "", max_chars=LONGEST_NOTE)
        if not st.form_submit_button("保存する", icon=":material/save:"):
            return
        try:
            keep(kb_folder(), asked, written)
        except OSError:
            st.error(_CANNOT, icon=":material/lock:")
            return
    st.toast("検索を保存しました。", icon=":material/bookmark:")
    st.rerun()
