"""はじめに: what this is, what is in here, what to ask, and what it cannot do."""

from __future__ import annotations

import streamlit as st

from ui import frame
from ui.listing import Line, listing
from ui.place import LONGEST, cleaned, reader_address
from ui.shelf import Shelf
from ui.start import examples
from ui.words import both_dates, plain

_LEAD = (
    '<div class="k-lead">規制文書（PDF）の<b>どの条項に書いてあるか</b>を、<b>条項・頁・原文</b>で答えます。'
    "原文は頁の画像に枠で示します。収録文書に書かれていないときは、「ありません」と答えます。</div>"
)
_LIMITS = """<div class="k-lead" style="font-size:1rem"><ul>
<li>法的な判断や助言はしません。条項の所在と原文を示すだけです。</li>
<li>収録した文書の外（他の法令、インターネット）は調べません。質問や文書が外部に送られることもありません。</li>
<li>文章を作ったり、要約したりはしません。表示する引用は、すべて原本の文字そのものです。</li>
<li>画像だけのPDF（スキャン）は読めません。文字認識（OCR）をしたPDFを使ってください。</li></ul></div>"""


_TOOLS = (
    (frame.READER, "文書", "menu_book", "条項の一覧と頁を並べて読む"),
    (frame.REGISTER, "義務一覧", "checklist", "誰が何をしなければならないか"),
    (frame.VERSIONS, "新旧対照", "difference", "改正でどの条項が変わったか"),
    (frame.COMPARISON, "事案比較", "compare_arrows", "処分・指導の事案を並べる"),
    (frame.COURSE, "教材作成", "school", "条項に根拠をもつ研修教材"),
    (frame.CHECKER, "引用チェック", "fact_check", "文案の引用が原本と合うか"),
)


def main() -> None:
    """Draws the page; an address with a question (`?q=`) goes on to the search."""
    if st.query_params.get("q"):
        st.switch_page(frame.SEARCH, query_params=dict(st.query_params))
    frame.draw("根拠　どの条項に書いてあるか", _body)


def _body() -> None:
    st.html(_LEAD)
    shelf = frame.shelf_or_tell()
    if shelf is not None:
        _ask()
        left, right = st.columns([1, 1], gap="large")
        with left:
            _examples(shelf)
        with right:
            st.subheader("できないこと", anchor=False)
            st.html(_LIMITS)
        _tools()
        _documents(shelf)


def _ask() -> None:
    with st.form("question", border=False):
        box, button = st.columns([7, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "質問、語句又は条項の番号", placeholder="例：委託先を選ぶ基準に何を含めなければならないか"
        )
        sent = button.form_submit_button("検索", type="primary", width="stretch")
    if sent and cleaned(typed):
        st.switch_page(frame.SEARCH, query_params={"q": cleaned(typed)[: LONGEST + 1]})


def _examples(shelf: Shelf) -> None:
    st.subheader("試してみる", anchor=False)
    for user, questions in examples(shelf):
        st.caption(user)
        label = plain(questions[0])
        st.page_link(frame.SEARCH, label=label, query_params={"q": questions[0]}, icon=":material/search:")
    st.page_link(frame.HELP, label="使い方を見る", icon=":material/help:")


def _tools() -> None:
    st.subheader("ほかにできること", anchor=False)
    columns = st.columns(len(_TOOLS), gap="small")
    for column, (page, label, icon, words) in zip(columns, _TOOLS, strict=True):
        with column:
            st.page_link(page, label=label, icon=f":material/{icon}:")
            st.caption(words)


def _documents(shelf: Shelf) -> None:
    count = len(shelf.entries)
    pages, clauses = sum(e.pages for e in shelf.entries), sum(e.clauses for e in shelf.entries)
    st.subheader(f"収録文書　{count}件・{pages:,}頁・{clauses:,}条項", anchor=False)
    columns = (("題名", ""), ("発出者", ""), ("日付", "short"), ("頁数", "number"), ("条項数", "number"))
    lines = [
        Line(
            reader_address(entry.id),
            (
                entry.title,
                "・".join(entry.authority) or "（記載なし）",
                both_dates(entry.date),
                f"{entry.pages:,}",
                f"{entry.clauses:,}",
            ),
        )
        for entry in shelf.entries
    ]
    listing("documents", columns, lines)
    st.page_link(frame.LIBRARY, label="文書を追加・管理する", icon=":material/upload_file:")


main()
