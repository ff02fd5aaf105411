"""Quotations of an entry: verified, with the page, the link into the document, and the page boxed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

import streamlit as st

from compliance.case.entries import Entry
from compliance.case.narrative import Place
from index.excerpt import Verdict, page_of, verify
from index.excerpt import plain as flat
from law.document import Document
from ui import frame
from ui.comparison_table import marks
from ui.picture import show_page
from ui.place import reader_address
from ui.shelf import Shelf
from ui.words import short, where

_MOST_PAGES = 2


def is_exact(document: Document, place: Place) -> bool:
    """Whether the quotation is what stands on the page, so that it may be shown."""
    return verify(document, place.span, flat(place.span.of(document.text))) is Verdict.MATCH


def quotation(document: Document, place: Place, name: str = "") -> str:
    """A quotation as HTML with its clause and page; the plain word where it could not be verified."""
    page = page_of(document, place.span)
    head = f"<b>{escape(name)}</b>　" if name else ""
    foot = f"{escape(place.clause.replace(' > ', ' ＞ '))}　{escape(where(document.printed_page(page), page))}"
    if not is_exact(document, place):
        words = '<div class="k-note">引用を原本と照合できないため、表示しません。</div>'
    else:
        words = f'<blockquote class="k-quote">「{escape(flat(place.span.of(document.text)).strip())}」</blockquote>'
    unknown = "●" in place.span.of(document.text)
    note = '<div class="k-note">原文が「●」とする部分は、不明のままです。</div>' if unknown else ""
    return f'<div class="k-card">{head}<span class="k-note">{foot}</span>{words}{note}</div>'


def open_link(document: Document, place: Place, *, key: str = "文書で開く") -> None:
    """The link that opens the document at the quotation's clause and page."""
    address = reader_address(document.id, place.clause, page=page_of(document, place.span))
    st.page_link(frame.READER, label=key, icon=":material/menu_book:", query_params=address)


def show_entries(shelf: Shelf, entries: Iterable[Entry]) -> None:
    """The quotations of some entries, one under the other."""
    for entry in entries:
        title = f"{short(entry.case.split(':')[-1], 40)}　{entry.fact}：{short(entry.said, 160)}"
        st.html(said(entry, escape(title)))
        if entry.place is not None:
            document = shelf.document(entry.document)
            st.html(quotation(document, entry.place))
            open_link(document, entry.place)


def said(entry: Entry, head: str) -> str:
    """The line over an entry's quotation, as HTML: what people said of it, its head, and the machine's words."""
    badges = "".join(f'<span class="k-grade">{escape(mark)}</span> ' for mark in marks(entry))
    is_other = entry.said != entry.words and entry.words
    machine = f'<div class="k-note">機械の読取り：{escape(entry.words)}</div>' if is_other else ""
    return f'<div class="k-cite">{badges}{head}</div>{machine}'


def show_proofs(document: Document, entry: Entry) -> None:
    """The further places that an entry rests on: day, era, norm, weighing, conclusion."""
    for proof in entry.proofs:
        st.html(quotation(document, proof.place, proof.name))


def show_pages(shelf: Shelf, document: Document, place: Place) -> None:
    """The pages the quotation stands on, its characters boxed; no box where it is not exact."""
    source = shelf.store.source(document.id)
    boxes = document.boxes_of(place.span) if is_exact(document, place) else ()
    numbers = sorted({box.page for box in boxes}) or list(_page(document, place))
    for number in numbers[:_MOST_PAGES]:
        caption = f"{short(flat(document.title), 50)}　{where(document.printed_page(number), number)}"
        show_page(source, number, boxes, caption)


def _page(document: Document, place: Place) -> Iterator[int]:
    page = page_of(document, place.span)
    if page is not None:
        yield page
