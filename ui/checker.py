"""引用チェック: a draft in, every citation and quotation of it judged against the documents, with the true text."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from compliance.draft.report import check_paper, check_workbook, line_of, parted, said
from compliance.verify import Checked, verify
from compliance.writer.paper import WORD
from compliance.writer.sheet import EXCEL
from law.catalogue import Entry
from ui import frame
from ui.checker_card import STYLE, checked_card
from ui.place import reader_address
from ui.shelf import Shelf
from ui.words import plain

_LONGEST = 200_000
"""Characters of a draft; a report of 200 pages has fewer."""
_MOST_BYTES = 2_000_000
_SHOWN = 100
_TEXT, _RESULT = "checker-text", "checker-result"

_HOW = (
    "メモ、報告書、スライドの原稿などの文章を貼り付けると、文書名と条項番号で示した出典が実在するか、頁と日付が正しいか、"
    "「　」で引いた文言が原文のとおりかを、収録文書と一つずつ照合します。文章はこの端末の外に送られません。"
)


def main() -> None:
    """Draws the page."""
    frame.draw("引用チェック　原稿の引用と出典を原本と照合する", _body)


def _body() -> None:
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    st.html(STYLE)
    st.write(_HOW)
    text = _draft()
    if text is not None:
        with st.spinner("照合しています…"):
            st.session_state[_RESULT] = (shelf.stamp, text, _checked(shelf, text))
    held: tuple[str, str, tuple[Checked, ...]] | None = st.session_state.get(_RESULT)
    if held is None:
        return
    stamp, checked_text, found = held
    if stamp != shelf.stamp:
        st.info("照合の後に文書が更新されました。もう一度照合してください。", icon=":material/update:")
        return
    _result(shelf, checked_text, found)


def _draft() -> str | None:
    """The text to be checked, when it is handed in."""
    with st.form("draft", border=False):
        typed = st.text_area(
            "原稿の文章",
            key=_TEXT,
            height=240,
            max_chars=_LONGEST,
            placeholder="例：実務指針５－３は「再委託における条件」を委託契約に盛り込むよう求めている（10頁）。",
        )
        file = st.file_uploader("又は、テキストファイルを選ぶ（.txt、.md）", type=["txt", "md"])
        sent = st.form_submit_button("照合する", type="primary", icon=":material/fact_check:")
    if not sent:
        return None
    text = _read(file.getvalue()) if file is not None else typed
    if text is None or not text.strip():
        st.warning(
            "ファイルを文字として読めません。UTF-8又はShift_JISのテキスト（2MBまで）にしてください。"
            if text is None
            else "照合する文章を入れてください。",
            icon=":material/edit_note:",
        )
        return None
    return text[:_LONGEST]


def _read(content: bytes) -> str | None:
    """The words of a text file, or None where it is none."""
    if len(content) > _MOST_BYTES or b"\x00" in content:
        return None
    for coding in ("utf-8-sig", "cp932"):
        try:
            return content.decode(coding).replace("\r\n", "\n")
        except UnicodeDecodeError:
            continue
    return None


def _checked(shelf: Shelf, text: str) -> tuple[Checked, ...]:
    current = [shelf.document(entry.id) for entry in shelf.entries]
    earlier = [shelf.store.document(one.id, one.version) for one in _past(shelf)]
    return verify(text, current, earlier=earlier)


def _past(shelf: Shelf) -> list[Entry]:
    """The earlier versions, in the order in which they are handed to the check."""
    return [one for one in shelf.store.documents(superseded=True) if one.superseded is not None]


def _result(shelf: Shelf, text: str, found: Sequence[Checked]) -> None:
    faults, unknown, right = parted(found)
    if not found:
        st.info(
            "出典も引用も見つかりませんでした。文書名は題名か略称（例：実務指針）で、引用は「　」で示してください。",
            icon=":material/search_off:",
        )
        return
    if faults:
        st.warning(said(found), icon=":material/rule:")
    elif unknown:
        st.info(said(found), icon=":material/help:")
    else:
        st.success(said(found) + "。すべて原本と一致しました。", icon=":material/verified:")
    with st.container(horizontal=True):
        _button("結果をExcelで書き出す", "引用チェック.xlsx", EXCEL, lambda: check_workbook(text, found))
        _button("結果をWordで書き出す", "引用チェック.docx", WORD, lambda: check_paper(text, found))
    if faults:
        st.subheader(f"指摘　{len(faults)}件", anchor=False)
        _cards(shelf, text, faults)
    if unknown:
        st.subheader(f"未照合　{len(unknown)}件", anchor=False)
        _cards(shelf, text, unknown)
    if right:
        with st.expander(f"一致　{len(right)}件", icon=":material/check_circle:", expanded=not faults and not unknown):
            _cards(shelf, text, right)


def _button(label: str, name: str, media: str, make: Callable[[], bytes]) -> None:
    st.download_button(label, make, file_name=name, mime=media, icon=":material/download:", on_click="ignore", key=name)


def _cards(shelf: Shelf, text: str, checked: Sequence[Checked]) -> None:
    for one in checked[:_SHOWN]:
        st.html(checked_card(line_of(text, one), one))
        if one.document is not None and shelf.entry(one.document) is not None:
            version = _version(shelf, one)
            st.page_link(
                frame.READER,
                label=plain("文書で開く" + ("（旧版）" if version else "")),
                icon=":material/menu_book:",
                query_params=reader_address(one.document, one.clause, version=version),
            )
    if len(checked) > _SHOWN:
        st.caption(f"先頭の{_SHOWN}件を示しています。すべては書き出したファイルにあります。")


def _version(shelf: Shelf, one: Checked) -> int | None:
    """The version of the document that a claim was found in, where it is an earlier one."""
    return None if one.earlier is None else _past(shelf)[one.earlier].version


main()
