"""検索: a question in, the clauses that cover it with their quotations boxed on the page; or an honest no."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from itertools import chain

import streamlit as st

from index.excerpt import Verdict
from index.search import Hit, Result
from ui import card, clicks, frame, past
from ui.filters import choose, said
from ui.hit import actions, judge, judgements, place, take
from ui.picture import show_page
from ui.place import LONGEST, Asked, address_of, cleaned, read_asked
from ui.shelf import LOOKED, SHOWN, Shelf, answer
from ui.start import examples
from ui.ways import Ways, ways
from ui.words import GRADES, plain, short, where


def main() -> None:
    """Draws the page."""
    frame.draw("検索　どの条項に書いてあるか", _body)


def _body() -> None:
    judged = clicks.heard()
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    asked = _ask(shelf)
    if not asked.question:
        _examples(shelf)
        past.before()
        return
    past.remember(asked)
    _answer(shelf, asked, judged)
    past.before()


def _ask(shelf: Shelf) -> Asked:
    """The question and filters: from the form, which writes them into the address, or from the address."""
    asked = read_asked(st.query_params.to_dict())
    with st.form("question", border=False, enter_to_submit=True):
        box, button = st.columns([7, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "質問、語句又は条項の番号",
            value=asked.question,
            placeholder="例：委託先を選ぶ基準に何を含めなければならないか／５－３／「再委託」",
        )
        sent = button.form_submit_button("検索", type="primary", width="stretch")
        with st.expander("絞り込み：" + plain(said(shelf, asked)), expanded=False, icon=":material/filter_alt:"):
            filtered = choose(shelf, asked)
    question = cleaned(typed)
    if max(len(question), len(cleaned(st.query_params.get("q", "")))) > LONGEST:
        st.warning(f"質問が長すぎるため、先頭の{LONGEST:,}字だけで検索しました。", icon=":material/content_cut:")
    wanted = replace(filtered, question=question[:LONGEST], doc=None, clause=None)
    if sent and wanted != asked.anywhere:
        st.query_params.from_dict(address_of(wanted))
        return wanted
    return asked


def _examples(shelf: Shelf) -> None:
    st.subheader("質問の例", anchor=False)
    for user, questions in examples(shelf):
        st.write(f"**{user}**")
        for question in questions:
            st.page_link(frame.SEARCH, label=plain(question), query_params={"q": question}, icon=":material/search:")


def _answer(shelf: Shelf, asked: Asked, judged: clicks.Judged | None) -> None:
    result = answer(shelf, asked.question, asked.scope, LOOKED if asked.grade else SHOWN, asked.grade)
    hits = tuple(hit for hit in result.hits if asked.grade in (None, hit.excerpt.modality))[:SHOWN]
    st.html(f'<div class="k-print">質問：{escape(asked.question)}　絞り込み：{escape(said(shelf, asked))}</div>')
    if not hits:
        reason = "この絞り込みに当たる条項はありません。" if asked.is_filtered else result.reason or ""
        st.warning("該当する条項は見つかりませんでした。" + plain(reason), icon=":material/search_off:")
        if asked.is_filtered:
            every = {"q": asked.question}
            st.page_link(
                frame.SEARCH, label="絞り込みを外して検索する", query_params=every, icon=":material/filter_alt_off:"
            )
        return
    take(asked, hits, judged)
    chosen = _chosen(hits, asked)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _cards(shelf, asked, result, hits, chosen)
    with right, st.container(key="picture"):
        _page(shelf, hits[chosen], chosen + 1)


def _chosen(hits: tuple[Hit, ...], asked: Asked) -> int:
    """Which hit is shown on the page image: the one in the address, else the first.

    Several may be parts of one clause; an address of before says the clause alone.
    """
    wanted = (asked.doc, asked.clause)
    exact = (n for n, hit in enumerate(hits) if (hit.doc, hit.excerpt.clause) == wanted)
    whole = (n for n, hit in enumerate(hits) if (hit.doc, hit.clause) == wanted)
    return next(chain(exact, whole), 0)


def _cards(shelf: Shelf, asked: Asked, result: Result, hits: tuple[Hit, ...], chosen: int) -> None:
    is_answer = result.answerable and hits[0] == result.hits[0]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        other = "絞り込みに当たる条項" if result.answerable else "回答はありません"
        st.subheader("回答となる条項" if is_answer else other, anchor=False)
        past.offer(asked)
    if not is_answer:
        _no(asked, result)
    known = {id: ways(shelf, shelf.document(id)) for id in {hit.doc for hit in hits}}
    said = judgements(asked)
    for number, hit in enumerate(hits, 1):
        if is_answer and number == 2:
            st.subheader("近い条項", anchor=False)
        row = actions(asked, hit, said.get(place(hit)), is_shown=number - 1 == chosen)
        st.html(card.hit_card(number, hit, known[hit.doc], row))
        if is_answer and number == 1:
            _whole(shelf, hit, known[hit.doc])


def _whole(shelf: Shelf, hit: Hit, leading: Ways) -> None:
    """The whole clause, its quotation marked; open where it is short."""
    document = leading.document
    with st.expander("条項の全文", expanded=len(hit.text) < 400):
        quote = hit.excerpt.span if hit.excerpt.verdict is Verdict.MATCH else None
        page = card.Page(document, shelf.glossary(document), leading, quote)
        st.html(card.clause_text(page, document.by_path[hit.clause]))


def _no(asked: Asked, result: Result) -> None:
    if result.answerable:  # what answers is of another grade than the one that was asked for
        grade = GRADES[asked.grade][0] if asked.grade else ""
        st.warning(
            f"質問に最も合う条項は「{grade}」ではありません。絞り込みに当たる近い条項を示します。",
            icon=":material/info:",
        )
    else:
        st.warning("この質問に対応する条項は、収録文書にありません。", icon=":material/search_off:")
        st.text(result.reason or "")
        with st.container(horizontal=True, vertical_alignment="center", key="noprint-judge"):
            judge(asked, ("この判断は正しい", "書いてあるはず"))
    st.subheader("最も近い条項（回答ではありません）", anchor=False)


def _page(shelf: Shelf, hit: Hit, number: int) -> None:
    excerpt = hit.excerpt
    numbers = sorted({box.page for box in excerpt.boxes}) or ([excerpt.pdf_page] if excerpt.pdf_page else [])
    if excerpt.verdict is not Verdict.MATCH:
        st.warning("引用を原本の文字と照合できないため、枠を表示しません。", icon=":material/rule:")
    document = shelf.document(hit.doc)
    source = shelf.store.source(hit.doc)
    for page in numbers:
        place = where(document.printed_page(page), page)
        show_page(source, page, excerpt.boxes, f"{number}. {short(hit.title, 60)}　{place}")


main()
