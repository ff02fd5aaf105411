"""References of a clause, out and in: those that lead to a clause at hand are links; others say that they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

import streamlit as st

from law.document import Clause, Document
from law.fold import squash
from law.reference import Reference
from law.store import Entry
from ui import card, frame
from ui.place import reader_address
from ui.shelf import Shelf
from ui.ways import UNRESOLVED, lead, provided, titled
from ui.words import plain, printable, short

_MOST = 40


def references(shelf: Shelf, document: Document, clause: Clause, version: int | None) -> None:
    """Draws where the clause (with its items and notes) leads to, and what leads to it."""
    known = shelf.references(document, version)
    mine = {one.path for one in card.family(document, clause)}
    out = [one for one in known if one.clause in mine and one.target not in mine]
    into = [one for one in known if one.target in mine and one.clause is not None and one.clause not in mine]
    st.markdown(f"**この条項が参照する先（{len(_unique(out))}件）**")
    for one in _unique(out)[:_MOST]:
        _outward(shelf, document, one, version)
    if not out:
        st.caption("参照はありません。")
    st.markdown(f"**この条項を参照する条項（{len({one.clause for one in into})}件）**")
    for path in list(dict.fromkeys(one.clause for one in into if one.clause))[:_MOST]:
        clause_link(document, path, version)
    if not into:
        st.caption("この文書の中にはありません。")
    _others(shelf, document, mine)
    if max(len(out), len(into)) > _MOST:
        st.caption(f"それぞれ先頭の{_MOST}件を示しています。")


def _others(shelf: Shelf, document: Document, mine: set[str]) -> None:
    """The clauses of other documents at hand that name this one and this provision."""
    found = [one for path, ones in _pointing(shelf, shelf.stamp, document.id).items() if path in mine for one in ones]
    if not found:
        return
    st.markdown(f"**他の文書からの参照（{len(found)}件）**")
    for one in found[:_MOST]:
        label = f"{short(one.title, 40)}　{one.clause.replace(' > ', ' ＞ ')}　「{short(printable(one.surface), 40)}」"
        address = reader_address(one.doc, one.clause)
        st.page_link(frame.READER, label=plain(label), icon=":material/input:", query_params=address)


@dataclass(frozen=True, slots=True)
class _Pointer:
    """A place in another document that refers to a provision of this one."""

    doc: str
    title: str
    clause: str
    surface: str


@st.cache_resource(max_entries=64, show_spinner=False)
def _pointing(_shelf: Shelf, stamp: str, doc: str) -> dict[str, list[_Pointer]]:
    """By clause of one document, the places in the other documents at hand that refer to it by its title."""
    table: dict[str, list[_Pointer]] = defaultdict(list)
    named, wanted = _named(_shelf, stamp), _shelf.document(doc)
    if titled(_shelf, wanted.title) != doc:
        return {}
    for entry, one in named.get(squash(wanted.title), ()):
        provision = provided(wanted, one) if entry.id != doc else None
        if provision is not None and one.clause is not None:
            table[provision.path].append(_Pointer(entry.id, entry.title, one.clause, one.surface))
    return {path: list(dict.fromkeys(found)) for path, found in table.items()}


@st.cache_resource(max_entries=2, show_spinner=False)
def _named(_shelf: Shelf, stamp: str) -> dict[str, list[tuple[Entry, Reference]]]:
    """The references of all documents at hand, by the law or guideline they name."""
    table: dict[str, list[tuple[Entry, Reference]]] = defaultdict(list)
    for entry in _shelf.entries:
        for one in _shelf.store.references(entry.id):
            if one.law is not None:
                table[squash(one.law)].append((entry, one))
    return table


def clause_link(document: Document, path: str, version: int | None) -> None:
    """A link that opens a clause of the document here."""
    clause = document.by_path[path]
    words = short(document.heading(clause) or document.own_text(clause), 40)
    label = f"{path.replace(' > ', ' ＞ ')}　{words}"
    address = reader_address(document.id, path, version=version)
    st.page_link(frame.READER, label=plain(label), icon=":material/subdirectory_arrow_right:", query_params=address)


def _outward(shelf: Shelf, document: Document, one: Reference, version: int | None) -> None:
    words, found = short(printable(one.surface), 60), lead(shelf, document, one, version)
    if found.address is not None:
        is_here = found.address["doc"] == document.id
        icon = ":material/subdirectory_arrow_right:" if is_here else ":material/menu_book:"
        label = plain(f"「{words}」→ {found.told}")
        st.page_link(frame.READER, label=label, icon=icon, query_params=found.address)
    elif found.told == UNRESOLVED:
        st.html(f'<div class="k-note"><span class="k-open">「{escape(words)}」</span> {UNRESOLVED}</div>')
    else:
        st.html(f'<div class="k-note">「{escape(words)}」→ {escape(found.told)}</div>')


def _unique(found: Iterable[Reference]) -> list[Reference]:
    seen: dict[tuple[str | None, ...], Reference] = {}
    for one in found:
        seen.setdefault((one.surface, one.target, one.law, one.article, one.paragraph, one.item), one)
    return list(seen.values())
