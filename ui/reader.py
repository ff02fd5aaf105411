"""文書: the clause tree beside the page images, the chosen clause boxed, and its references both ways."""

from __future__ import annotations

from html import escape

import streamlit as st

from index.excerpt import Verdict, cite, verify
from index.excerpt import plain as flat
from law.document import Clause, Document
from law.outline import find_clauses
from law.span import Box
from ui import card, clicks, frame, links
from ui.picture import show_page
from ui.place import number_of, reader_address
from ui.shelf import Shelf
from ui.tree import clause_tree
from ui.ways import ways
from ui.words import both_dates, kind_name, plain, printable, short, where

_MOST_PAGES = 4
"""Pages of one clause that are drawn at once."""


def main() -> None:
    """Draws the page."""
    frame.draw("文書を読む", _body)


def _body() -> None:
    clicks.heard()
    shelf = frame.shelf_or_tell()
    if shelf is None:
        return
    document, version = _document(shelf)
    if document is None:
        return
    _about(shelf, document, version)
    if not document.clauses:
        st.info("この文書からは条項を読み取れませんでした。", icon=":material/info:")
        _pages(shelf, document, version, None, (), ())
        return
    left, right = st.columns([9, 11], gap="medium")
    with left:
        clause = _clause(document, version)
    boxes, beside = _boxes(document, clause)
    with right, st.container(key="picture"):
        _pages(shelf, document, version, clause, boxes, beside)
    with left:
        _words(shelf, document, clause, version, is_verified=bool(boxes))


# -- which document, which clause -----------------------------------------------------------------


def _document(shelf: Shelf) -> tuple[Document | None, int | None]:
    """The document of the address, or the first; a choice of another writes a new address."""
    wanted, version = st.query_params.get("doc"), number_of(st.query_params.get("v"))
    ids = [entry.id for entry in shelf.entries]
    titles = {entry.id: f"{short(entry.title, 90)}　{both_dates(entry.date)}" for entry in shelf.entries}
    if wanted is not None and wanted not in ids:
        st.warning(
            f"文書「{plain(short(wanted, 80))}」は知識ベースにありません。削除されたか、名前が変わっています。",
            icon=":material/find_in_page:",
        )
    with st.container(key="noprint-document"):
        index = ids.index(wanted) if wanted in ids else None if wanted else 0
        picked = st.selectbox(
            "文書", ids, index=index, format_func=lambda id: printable(titles[id]), placeholder="文書を選ぶ"
        )
    if picked is None:
        return None, None
    if picked != (wanted or ids[0]):
        _go(picked)
    versions = _versions(shelf, picked)
    if version is not None and version not in versions:
        st.warning(f"第{version}版はありません。現在の版を表示します。", icon=":material/history:")
        version = None
    entry = shelf.entry(picked)
    if version is not None and entry is not None and version != entry.version:
        st.warning(f"これは旧版（第{version}版）です。現在は第{entry.version}版です。", icon=":material/history:")
    else:
        version = None
    return shelf.document(picked, version), version


def _versions(shelf: Shelf, doc: str) -> list[int]:
    return sorted(entry.version for entry in shelf.store.documents(superseded=True) if entry.id == doc)


def _go(doc: str, clause: str | None = None, version: int | None = None) -> None:
    st.query_params.from_dict(reader_address(doc, clause, version=version))
    st.rerun()


def _about(shelf: Shelf, document: Document, version: int | None) -> None:
    about = document.about
    said = [
        f"発出者：{'・'.join(one.value for one in about.authority) or '（記載なし）'}",
        f"日付：{both_dates(about.date.value if about.date else None)}",
        f"種類：{kind_name(about.kind.value if about.kind else None)}",
        f"{len(document.sheets)}頁、{len(document.clauses)}条項",
    ]
    title = f'<div class="k-print"><b>{escape(flat(document.title))}</b></div>'
    st.html(f'{title}<div class="k-note">{escape("　".join(said))}</div>')
    versions = _versions(shelf, document.id)
    if len(versions) > 1:
        with st.container(horizontal=True, key="noprint-versions"):
            st.caption("版：")
            for one in versions:
                name = f"第{one}版" + ("（現在）" if one == versions[-1] else "（旧版）")
                st.page_link(frame.READER, label=name, query_params=reader_address(document.id, version=one))
    if document.findings:
        with st.expander(f"読み取りの記録（{len(document.findings)}件）", icon=":material/troubleshoot:"):
            for finding in document.findings:
                place = f"［PDFの{finding.page}頁目］" if finding.page else ""
                st.text(f"・{place}{finding.japanese}")


def _clause(document: Document, version: int | None) -> Clause:
    """The clause of the address, or the first; jump, tree, and the ways on."""
    wanted = st.query_params.get("clause")
    clause = _jump(document, version) or (_named(document, wanted) if wanted else None) or document.clauses[0]
    with st.container(key="noprint-tree"):
        clicked = clause_tree(document, clause, version)
    if clicked is not None and clicked != clause.path:
        _go(document.id, clicked, version)
    _neighbours(document, clause, version)
    return clause


def _named(document: Document, wanted: str) -> Clause | None:
    found = find_clauses(document, wanted[:300])
    if len(found) == 1:
        return found[0]
    why = "が複数あります" if found else "は、この文書の表示中の版にありません"
    st.warning(f"条項「{plain(short(wanted, 80))}」{why}。", icon=":material/find_in_page:")
    return None


def _jump(document: Document, version: int | None) -> Clause | None:
    with st.form("jump", border=False, clear_on_submit=True):
        box, button = st.columns([4, 1], vertical_alignment="bottom")
        typed = box.text_input("番号で移動", placeholder="例：5-3、別添2、第３の２(1)").strip()[:100]
        sent = button.form_submit_button("移動", width="stretch")
    if not sent or not typed:
        return None
    found = find_clauses(document, typed)
    if len(found) == 1:
        _go(document.id, found[0].path, version)
    if found:
        st.info(f"「{plain(typed)}」に当たる条項が{len(found)}件あります。", icon=":material/list:")
        for one in found[:12]:
            links.clause_link(document, one.path, version)
    else:
        st.warning(
            f"「{plain(typed)}」という番号の条項はありません。下の一覧から選んでください。",
            icon=":material/find_in_page:",
        )
    return None


def _neighbours(document: Document, clause: Clause, version: int | None) -> None:
    at = document.clauses.index(clause)
    with st.container(horizontal=True, key="noprint-neighbours"):
        for label, icon, to in (("前の条項", "arrow_back", at - 1), ("次の条項", "arrow_forward", at + 1)):
            inside = 0 <= to < len(document.clauses)
            address = reader_address(document.id, document.clauses[to].path if inside else None, version=version)
            st.page_link(
                frame.READER, label=label, icon=f":material/{icon}:", query_params=address, disabled=not inside
            )


# -- the page and the words -----------------------------------------------------------------------


def _boxes(document: Document, clause: Clause) -> tuple[tuple[Box, ...], tuple[Box, ...]]:
    """The boxes of the clause's own words, and of the items and notes it has; none if one is not exact."""
    own: list[Box] = []
    beside: list[Box] = []
    for one in card.family(document, clause):
        for span in (one.mark, one.heading, *one.own):
            if span is None or not len(span):
                continue
            if verify(document, span, flat(span.of(document.text))) is not Verdict.MATCH:
                return (), ()
            (own if one is clause else beside).extend(document.boxes_of(span))
    return tuple(own), tuple(beside)


def _pages(
    shelf: Shelf,
    document: Document,
    version: int | None,
    clause: Clause | None,
    boxes: tuple[Box, ...],
    beside: tuple[Box, ...],
) -> None:
    asked = number_of(st.query_params.get("page"))
    touched = sorted({box.page for box in (*boxes, *beside)})
    first = (document.pdf_page(clause) if clause else None) or 1
    pages = [asked] if asked and asked <= len(document.sheets) else touched[:_MOST_PAGES] or [first]
    path = clause.path if clause else None
    with st.container(horizontal=True, key="noprint-pages"):
        for label, icon, to in (("前の頁", "chevron_left", pages[0] - 1), ("次の頁", "chevron_right", pages[-1] + 1)):
            inside = 1 <= to <= len(document.sheets)
            address = reader_address(document.id, path, version=version, page=to if inside else None)
            st.page_link(
                frame.READER, label=label, icon=f":material/{icon}:", query_params=address, disabled=not inside
            )
        if asked and clause:
            back = reader_address(document.id, path, version=version)
            st.page_link(frame.READER, label="条項の頁に戻る", icon=":material/undo:", query_params=back)
    if clause and not boxes:
        st.warning("条項の文字を原本と照合できないため、枠を表示しません。", icon=":material/rule:")
    source = shelf.store.source(document.id, version)
    for page in pages:
        place = where(document.printed_page(page), page)
        marked = any(box.page == page for box in boxes)
        sign = f"枠：{clause.label}" if clause and marked else "（この頁に枠はありません）"
        show_page(source, page, boxes, f"{place}　{sign}", beside)
    if not asked and len(touched) > _MOST_PAGES:
        st.caption(f"この条項は{len(touched)}頁にわたります。「次の頁」で続きを表示します。")


def _words(shelf: Shelf, document: Document, clause: Clause, version: int | None, *, is_verified: bool) -> None:
    pdf_page = document.pdf_page(clause)
    badge = card.grade_badge(document.modality(clause))
    place = escape(where(document.printed_page(pdf_page), pdf_page))
    st.html(f'<div class="k-path">{card.breadcrumbs(document, clause)}　{badge}<br>{place}</div>')
    page = card.Page(document, shelf.glossary(document), ways(shelf, document, version))
    st.html(card.clause_text(page, clause))
    citation = cite(document, clause, pdf_page)
    with st.popover("引用を写す", icon=":material/content_copy:"):
        st.caption("出典")
        st.code(citation, language=None, wrap_lines=True)
        words = document.own_text(clause)
        if words and is_verified:
            st.caption("原文と出典")
            st.code(f"「{words}」（{citation}）", language=None, wrap_lines=True)
    st.html(f'<div class="k-print">{escape(citation)}</div>')
    with st.container(key="references"):
        links.references(shelf, document, clause, version)


main()
