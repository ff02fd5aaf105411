"""References of a clause, out and in: those that lead to a clause at hand are links; others say that they do not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import partial
from html import escape

import streamlit as st

from law.document import Clause, Document
from law.fold import squash
from law.outline import find_clauses
from law.reference import Reference, ReferenceKind
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
    if max(len(out), len(into)) > _MOST:
        st.caption(f"それぞれ先頭の{_MOST}件を示しています。")


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
    found = next((c for c in map(partial(find_clauses, held), _typed(one)) if len(c) == 1), ())
    label = f"「{words}」→ {short(held.title, 50)}" + (f"　{found[0].path}" if found else "")
    address = reader_address(held.id, found[0].path if found else None)
    st.page_link(frame.READER, label=plain(label), icon=":material/menu_book:", query_params=address)


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
    if one.law is None:
        return None
    wanted = squash(one.law)
    found = [entry.id for entry in shelf.entries if squash(entry.title) == wanted]
    return shelf.document(found[0]) if len(found) == 1 else None


def _unique(found: Iterable[Reference]) -> list[Reference]:
    seen: dict[tuple[str | None, ...], Reference] = {}
    for one in found:
        seen.setdefault((one.surface, one.target, one.law, one.article, one.paragraph, one.item), one)
    return list(seen.values())
