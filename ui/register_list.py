"""The register as a list of cards beside the page on which the chosen duty is boxed, and its form of own columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from compliance.duty.selection import grouped
from compliance.register import STATUSES, Own, Row
from index.excerpt import Verdict, written_path
from law.fold import squash
from ui import frame
from ui import register_card as card
from ui.picture import show_page
from ui.place import reader_address
from ui.register_filters import BY, EMPTY, Asked, address_of
from ui.register_rows import LOCKED, NOT_FORGOTTEN, REFUSED, forget, homeless, save, typed
from ui.shelf import Shelf, is_writable
from ui.words import GRADES, plain, short, where

SHOWN = 20
"""Duties on one page of the list."""
_LONGEST = 2000
_NOT_FORGOTTEN = "register-not-forgotten"
"""Key of the session: an entry was not removed, for somebody changed it meanwhile."""


def draw(shelf: Shelf, asked: Asked, rows: Sequence[Row]) -> None:
    """Draws the list and, beside it, the chosen duty."""
    ordered = [(name, row) for name, held in grouped(rows, asked.by).items() for row in held]
    if not ordered:
        st.info("この絞り込みに当たる義務はありません。", icon=":material/search_off:")
        _homeless(shelf)
        return
    last = -(-len(ordered) // SHOWN)
    at = min(asked.at, last)
    first = (at - 1) * SHOWN
    numbers = {row.id: number for number, row in enumerate(rows, 1)}
    page = ordered[first : first + SHOWN]
    chosen = next((row for row in rows if row.id == asked.row), page[0][1])
    left, right = st.columns([1, 1], gap="medium")
    with left:
        many = f"（複数の{BY[asked.by]}に入る義務があるため、延べ{len(ordered)}件）" if len(ordered) > len(rows) else ""
        st.caption(f"{len(rows)}件{many}のうち{first + 1}～{first + len(page)}件目")
        _cards(asked, page, numbers, chosen)
        _pages(asked, at, last)
        _homeless(shelf)
    with right, st.container(key="picture"):
        _detail(shelf, chosen, numbers)


def _cards(asked: Asked, page: Sequence[tuple[str, Row]], numbers: Mapping[str, int], chosen: Row) -> None:
    over = None
    for place, (name, row) in enumerate(page):
        if name != over:
            st.subheader(plain(f"{BY[asked.by]}：{_named(asked.by, name)}"), anchor=False)
            over = name
        st.html(card.duty_card(numbers[row.id], row, numbers, with_title=asked.by != "document"))
        with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"ways-{place}"):
            there = reader_address(row.document, row.clause)
            st.page_link(frame.READER, label="文書で開く", icon=":material/menu_book:", query_params=there)
            if row.id == chosen.id:
                st.caption("▶ 頁に表示中")
            else:
                here = address_of(replace(asked, row=row.id))
                label = "頁に表示、記入する"
                st.page_link(frame.REGISTER, label=label, icon=":material/image:", query_params=here)


def _named(by: str, name: str) -> str:
    names = {grade.value: words for grade, (words, _) in GRADES.items()}
    return names.get(name, name) if by == "grade" else name


def _pages(asked: Asked, at: int, last: int) -> None:
    if last == 1:
        return
    with st.container(horizontal=True, key="noprint-pages"):
        for label, icon, to in (("前の頁", "arrow_back", at - 1), ("次の頁", "arrow_forward", at + 1)):
            there = address_of(replace(asked, at=min(max(to, 1), last), row=None))
            st.page_link(
                frame.REGISTER,
                label=label,
                icon=f":material/{icon}:",
                query_params=there,
                disabled=not 1 <= to <= last,
            )
        st.caption(f"{at}／{last}")


def _detail(shelf: Shelf, row: Row, numbers: Mapping[str, int]) -> None:
    """The chosen duty: what changed, the form, and its words boxed on the page."""
    st.markdown(f"**{numbers[row.id]}. {plain(written_path(row.clause))}**")
    if row.is_changed:
        st.warning(
            f"記入の後に、この義務の{_what_changed(row)}。確認してください。", icon=":material/published_with_changes:"
        )
        st.html(card.change(row))
        _contrast(shelf, row)
    _form(row)
    with st.popover("引用を写す", icon=":material/content_copy:"):
        st.caption("出典")
        st.code(row.citation, language=None, wrap_lines=True)
        if row.verdict is Verdict.MATCH:
            st.caption("原文と出典")
            st.code(f"「{row.quote}」（{row.citation}）", language=None, wrap_lines=True)
    _picture(shelf, row)


def _what_changed(row: Row) -> str:
    moved = f"番号が{plain(written_path(row.moved_from))}から変わりました" if row.moved_from else ""
    reworded = row.changed_from is not None and squash(row.changed_from) != squash(row.quote)
    return "、".join(one for one in (moved, "文言が変わりました" if reworded or not moved else "") if one)


def _contrast(shelf: Shelf, row: Row) -> None:
    """A way to the whole amendment, where the version before is here."""
    entry = shelf.entry(row.document)
    if entry is not None and entry.version > 1:
        versions = {"new-v": str(entry.version), "old-v": str(entry.version - 1)}
        there = {"new": entry.id, "old": entry.id, **versions}
        st.page_link(frame.VERSIONS, label="新旧対照表で見る", icon=":material/difference:", query_params=there)


def _form(row: Row) -> None:
    if not is_writable():
        st.caption(LOCKED)
        return
    own = row.own
    revision = _shown_revision(row)
    mark = f"{row.id}-{revision}"
    choices = ["", *dict.fromkeys((*STATUSES, *([own.status] if own.status else [])))]
    with st.form(f"own-{mark}", enter_to_submit=False):
        left, right = st.columns(2)
        status = left.selectbox(
            "状況",
            choices,
            index=choices.index(own.status),
            format_func=lambda one: one or EMPTY,
            key=f"status-{mark}",
        )
        owner = right.text_input("担当", value=own.owner, max_chars=_LONGEST, key=f"owner-{mark}")
        evidence = left.text_input("証跡", value=own.evidence, max_chars=_LONGEST, key=f"evidence-{mark}")
        note = right.text_input("備考", value=own.note, max_chars=_LONGEST, key=f"note-{mark}")
        label = "変更を確認して保存" if row.is_changed else "保存"
        sent = st.form_submit_button(label, icon=":material/save:")
    if sent:
        mine = Own(status, owner.strip(), evidence.strip(), note.strip())
        st.session_state["saved"] = (row.id, None if save(row, mine, revision) else mine)
        del st.session_state["own-form"]
        st.rerun()
    _tell_saved(row)


def _shown_revision(row: Row) -> int:
    """The revision that the form shows: while it stands, the one it was drawn with; else today's."""
    shown = st.session_state.get("own-form")
    if shown is None or shown[0] != row.id or f"owner-{row.id}-{shown[1]}" not in st.session_state:
        shown = st.session_state["own-form"] = (row.id, row.revision)
    return int(shown[1])


def _tell_saved(row: Row) -> None:
    id, refused = st.session_state.get("saved", (None, None))
    if id != row.id:
        return
    del st.session_state["saved"]
    if refused is None:
        st.success("保存しました。", icon=":material/check:")
        return
    st.error(REFUSED, icon=":material/sync_problem:")
    st.text(f"保存しなかった入力　{typed(refused)}")


def _picture(shelf: Shelf, row: Row) -> None:
    document = shelf.document(row.document)
    boxes = document.boxes_of(row.span) if row.verdict is Verdict.MATCH else ()
    if not boxes:
        st.warning("引用を原本の文字と照合できないため、枠を表示しません。", icon=":material/rule:")
    pages = sorted({box.page for box in boxes}) or ([row.pdf_page] if row.pdf_page else [])
    for page in pages:
        place = where(document.printed_page(page), page)
        show_page(shelf.store.source(row.document), page, boxes, f"{short(row.title, 60)}　{place}")


def _homeless(shelf: Shelf) -> None:
    if st.session_state.pop(_NOT_FORGOTTEN, False):
        st.error(NOT_FORGOTTEN, icon=":material/sync_problem:")
    lost = homeless(shelf)
    if not lost:
        return
    with st.expander(f"対応する義務がなくなった記入（{len(lost)}件）", icon=":material/link_off:"):
        st.caption("改正で義務が削られたか、文書が削除されています。記入は、削除するまで残ります。")
        for one in lost:
            words = "　".join(part for part in (one.own.status, one.own.owner, one.own.evidence, one.own.note) if part)
            st.text(f"{one.document}　{written_path(one.clause)}\n「{one.quote}」\n{words}")
            if is_writable():
                st.button(
                    "この記入を削除する",
                    key=f"forget-{one.id}",
                    icon=":material/delete:",
                    on_click=_forget,
                    args=(one.id, one.revision),
                )


def _forget(id: str, revision: int) -> None:
    """Removes the entry as it was shown when the button was drawn."""
    if not forget(id, revision):
        st.session_state[_NOT_FORGOTTEN] = True
