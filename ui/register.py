"""義務一覧: every duty of the documents with its words, filtered, grouped, counted, filled in and written out."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from compliance.duty.selection import Filter
from ui import frame, register_export, register_list, register_numbers, register_rows, register_table
from ui.register_card import STYLE
from ui.register_filters import Asked, address_of, choose, read_asked, said
from ui.shelf import Shelf
from ui.words import plain, short

_VIEWS = {
    "": "一覧",
    "table": "表で記入",
    "numbers": "件数",
    "legend": "凡例",
    "export": "書き出し",
}


def main() -> None:
    """Draws the page."""
    frame.draw("義務一覧　誰が何をしなければならないか", _body)


def _body() -> None:
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    st.html(STYLE)
    asked = _bounded(shelf, read_asked(st.query_params, shelf))
    known = register_rows.register_rows(shelf, asked.filter.documents)
    wanted = choose(shelf, asked, known)
    if wanted != asked:
        st.query_params.from_dict(address_of(wanted))
        st.rerun()
    rows = tuple(row for row in known if asked.filter.admits(row))
    view = _view(asked)
    if view == "table" and rows:
        register_table.draw(rows)
    elif view == "numbers":
        register_numbers.statistics_view(rows)
    elif view == "legend":
        register_numbers.legend_view(rows)
    elif view == "export":
        register_export.draw(rows, plain(said(shelf, asked.filter)))
    else:
        register_list.draw(shelf, asked, rows)


def _bounded(shelf: Shelf, asked: Asked) -> Asked:
    """Of very many documents one at a time: the first, until others are chosen."""
    if asked.filter.documents or len(shelf.entries) <= register_rows.MANY:
        return asked
    first = next((entry for entry in shelf.entries if entry.kind == "guideline"), shelf.entries[0])
    st.info(
        f"文書が{len(shelf.entries)}件あるため、「{plain(short(first.title, 40))}」だけを表示しています。"
        "ほかの文書は「絞り込み」で選んでください。",
        icon=":material/info:",
    )
    return replace(asked, filter=replace(asked.filter, documents=(first.id,)))


def _view(asked: Asked) -> str:
    now = asked.view if asked.view in _VIEWS else ""
    with st.container(key="noprint-view", horizontal=True, vertical_alignment="center"):
        picked = st.segmented_control(
            "表示",
            list(_VIEWS),
            default=now,
            required=True,
            format_func=_VIEWS.__getitem__,
            label_visibility="collapsed",
        )
        if asked.filter != Filter():
            every = address_of(Asked(by=asked.by, view=asked.view))
            st.page_link(frame.REGISTER, label="絞り込みを外す", query_params=every, icon=":material/filter_alt_off:")
    if picked is not None and picked != now:
        st.query_params.from_dict(address_of(replace(asked, view=str(picked), row=None, at=1)))
        st.rerun()
    return now


main()
