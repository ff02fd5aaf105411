"""検索: a question in, the clause that covers it with its quotation boxed on the page; or an honest no."""

from __future__ import annotations

import streamlit as st

from index.excerpt import Verdict
from index.search import Hit, Result
from law.errors import KonkyoError
from ui import card
from ui.picture import picture_of
from ui.shelf import Shelf, kb_folder, open_shelf

LONGEST = 2000
"""Code points of a question; more is cut, and said so."""
EXAMPLES = (
    "委託契約に必ず盛り込むべき事項は何ですか",
    "ログを取るだけでなく、不審な操作がないか確認する義務はありますか",
    "漏えいが起きたとき、誰に報告しなければなりませんか",
)
DISCLAIMER = "根拠（Konkyo）は検索の補助であり、法的助言ではありません。引用の前に原本をご確認ください。"


def main() -> None:
    """Draws the page."""
    st.html(card.STYLE)
    st.title("根拠　どの条項に書いてあるか")
    shelf = _open()
    if shelf is None:
        return
    question = _ask(shelf)
    if question:
        _answer(shelf, question)
    else:
        _welcome(shelf)
    st.caption(DISCLAIMER)


def _open() -> Shelf | None:
    """The shelf, or None after telling the user what is wrong and what to do."""
    try:
        shelf = open_shelf()
    except KonkyoError as error:
        st.error(error.japanese)
        st.code(f"konkyo ingest 文書のフォルダー --kb {kb_folder()}\nkonkyo doctor --kb {kb_folder()}", language=None)
        return None
    if not shelf.entries:
        st.info("まだ文書がありません。端末で次のように取り込んでください。")
        st.code(f"konkyo ingest 文書のフォルダー --kb {kb_folder()}", language=None)
        return None
    return shelf


def _ask(shelf: Shelf) -> str:
    """The question: from the box, or from the address of the page (`?q=`)."""
    asked = st.query_params.get("q", "")[:LONGEST]
    with st.form("question", border=False):
        box, button = st.columns([6, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "質問、語句又は条項の番号",
            value=asked,
            placeholder="例：委託先を選ぶ基準に何を含めなければならないか／５－３／「再委託」",
        )
        sent = button.form_submit_button("検索", type="primary", width="stretch")
    question = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    if len(question) > LONGEST:
        st.warning(f"質問が長すぎるため、先頭の{LONGEST:,}字だけで検索しました。")
        question = question[:LONGEST]
    if sent and question != asked:
        st.query_params.clear()
        if question:
            st.query_params["q"] = question
    return question


def _welcome(shelf: Shelf) -> None:
    st.write("指針、勧告・指導、公表資料、検査報告などから、質問に対応する条項を、頁と原文の引用つきで示します。")
    st.write("**質問の例**")
    for example in EXAMPLES:
        if st.button(example, key=f"example-{example}"):
            st.query_params["q"] = example
            st.rerun()
    st.write(f"**収録文書（{len(shelf.entries)}件）**")
    st.dataframe(
        [
            {
                "題名": entry.title,
                "発出者": "・".join(entry.authority) or "（記載なし）",
                "日付": entry.date or "（記載なし）",
                "頁数": entry.pages,
                "条項数": entry.clauses,
            }
            for entry in shelf.entries
        ],
        hide_index=True,
    )


def _answer(shelf: Shelf, question: str) -> None:
    result = shelf.searcher.search(question, k=8)
    if not result.hits:
        st.warning("該当する条項は見つかりませんでした。" + (result.reason or ""), icon=":material/search_off:")
        return
    chosen = _chosen(result)
    left, right = st.columns([5, 4], gap="large")
    with left:
        _cards(shelf, result, chosen)
    with right:
        _page(shelf, result.hits[chosen])


def _chosen(result: Result) -> int:
    """Which hit is shown on the page image: the one in the address, else the first."""
    wanted = st.query_params.get("n", "1")
    number = int(wanted) if wanted.isdigit() else 1
    return number - 1 if 1 <= number <= len(result.hits) else 0


def _cards(shelf: Shelf, result: Result, chosen: int) -> None:
    if result.answerable:
        st.subheader("回答となる条項")
        rest = result.hits[1:]
        best = result.hits[0]
        document = shelf.store.document(best.doc)
        st.html(card.answer_card(best, document))
        st.code(best.excerpt.citation, language=None, wrap_lines=True)
        with st.expander("条項の全文", expanded=len(best.text) < 400):
            st.html(card.clause_text(best, document))
        _why(best)
        _show_button(0, chosen)
        st.subheader("近い条項")
    else:
        st.warning("この質問に対応する条項は、収録文書にありません。", icon=":material/search_off:")
        st.write(result.reason or "")
        st.subheader("最も近い条項（回答ではありません）")
        rest = result.hits
    for number, hit in enumerate(rest, len(result.hits) - len(rest) + 1):
        st.html(card.near_card(number, hit, shelf.store.document(hit.doc)))
        _show_button(number - 1, chosen)


def _why(hit: Hit) -> None:
    with st.expander("この条項が選ばれた理由"):
        st.text("一致した語：" + ("、".join(hit.why.terms) or "なし（意味の近さによる）"))
        st.text(f"語の一致 {hit.why.lexical:.2f}　意味の近さ {hit.why.dense:.2f}　総合 {hit.score:.2f}")


def _show_button(index: int, chosen: int) -> None:
    if index == chosen:
        st.caption("▶ この引用を頁の画像に表示しています")
    elif st.button("頁の画像で見る", key=f"show-{index}"):
        st.query_params["n"] = str(index + 1)
        st.rerun()


def _page(shelf: Shelf, hit: Hit) -> None:
    excerpt = hit.excerpt
    numbers = sorted({box.page for box in excerpt.boxes}) or ([excerpt.pdf_page] if excerpt.pdf_page else [])
    if excerpt.verdict is not Verdict.MATCH:
        st.warning("引用を原本の文字と照合できないため、枠を表示しません。")
    for page in numbers:
        try:
            picture = picture_of(shelf.store.source(hit.doc), page, excerpt.boxes)
        except Exception:  # the rim: pdfium raises its own error for a file it cannot draw
            st.warning(f"PDFの{page}頁目を描画できません。原本が壊れている可能性があります。")
            continue
        st.image(picture, caption=f"{hit.title}　{card.pages(hit) if page == excerpt.pdf_page else f'PDFの{page}頁目'}")


main()
