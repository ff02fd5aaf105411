"""References of a clause, out and in: those that lead to a clause at hand are links; others say that they do not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import streamlit as st

from law.document import Clause, Document
from law.fold import squash
from law.outline import find_clauses
from law.reference import Reference, ReferenceKind
from law.store import Entry
from ui import card, frame
from ui.place import reader_address
from ui.shelf import Shelf
from ui.words import plain, printable, short

_MOST = 40
_KINDS = {ReferenceKind.LAW: "法令", ReferenceKind.GUIDELINE: "指針等", ReferenceKind.DOCUMENT: "他の文書"}


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
    if _titled(_shelf, wanted.title) != doc:
        return {}
    for entry, one in named.get(squash(wanted.title), ()):
        provision = _provided(wanted, one) if entry.id != doc else None
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


def clause_link(document: Document, path: str, version: int | None, before: str = "") -> None:
    """A link that opens a clause of the document here."""
    clause = document.by_path[path]
    words = short(document.heading(clause) or document.own_text(clause), 40)
    label = f"{before}{path.replace(' > ', ' ＞ ')}　{words}"
    address = reader_address(document.id, path, version=version)
    st.page_link(frame.READER, label=plain(label), icon=":material/subdirectory_arrow_right:", query_params=address)


def _outward(shelf: Shelf, document: Document, one: Reference, version: int | None) -> None:
    words = short(printable(one.surface), 60)
    if one.target is not None and one.target in document.by_path:
        clause_link(document, one.target, version, f"「{words}」→ ")
        return
    held = _held(shelf, one)
    if held is not None:
        _link_out(held, one, words)
    elif one.resolved:
        name = _KINDS.get(one.kind, "文書")
        st.html(f'<div class="k-note">「{escape(words)}」→ {name}：{escape(_provision(one))}（収録していません）</div>')
    else:
        st.html(
            f'<div class="k-note"><span class="k-open">「{escape(words)}」</span> 未解決：行き先を特定できません</div>'
        )


def _link_out(held: Document, one: Reference, words: str) -> None:
    """A link to another document at hand: to the provision where it is the only one of that number, else to its top."""
    found = _provided(held, one)
    label = f"「{words}」→ {short(held.title, 50)}" + (f"　{found.path}" if found else "")
    address = reader_address(held.id, found.path if found else None)
    st.page_link(frame.READER, label=plain(label), icon=":material/menu_book:", query_params=address)


def _provided(held: Document, one: Reference) -> Clause | None:
    """The provision of a document that a reference names, where it is the only one of that number."""
    return next((found[0] for found in map(partial(find_clauses, held), _typed(one)) if len(found) == 1), None)


def _typed(one: Reference) -> list[str]:
    """How a person would type the provision: as an article of a law, then as a number of a guideline."""
    if one.article is None:
        return []
    return [_provision(replace(one, law=None, kind=ReferenceKind.LAW)), one.article + (one.item or "")]


def _provision(one: Reference) -> str:
    """The law and the provision: 第20条の2第1項第3号; a guideline only by its name, for its words say the number."""
    parts = [one.law or ""]
    if one.kind is ReferenceKind.LAW and one.article:
        number, *more = one.article.split("-")
        parts.append(f"第{number}条" + "".join(f"の{part}" for part in more))
        parts.append(f"第{one.paragraph}項" if one.paragraph else "")
        if one.item:
            parts.append(f"第{one.item}号" if one.item.isdigit() else one.item)
    return printable("".join(parts))


def _held(shelf: Shelf, one: Reference) -> Document | None:
    """The one document at hand that has the very title which the reference names."""
    id = _titled(shelf, one.law) if one.law is not None else None
    return shelf.document(id) if id is not None else None


def _titled(shelf: Shelf, title: str) -> str | None:
    """The id of the document of that title, where only one has it."""
    wanted = squash(title)
    found = [entry.id for entry in shelf.entries if squash(entry.title) == wanted]
    return found[0] if len(found) == 1 else None


def _unique(found: Iterable[Reference]) -> list[Reference]:
    seen: dict[tuple[str | None, ...], Reference] = {}
    for one in found:
        seen.setdefault((one.surface, one.target, one.law, one.article, one.paragraph, one.item), one)
    return list(seen.values())
