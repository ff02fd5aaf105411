"""The filters of a search: which documents, of whom, of what kind, from when, and how strong the wording."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from index.search import Scope
from law.sentence import Modality
from ui.place import Asked
from ui.shelf import Shelf
from ui.words import GRADES, both_dates, kind_name, short

_EVERY = ""


def choose(shelf: Shelf, asked: Asked) -> Asked:
    """The filters as chosen in the widgets drawn here, which begin with those of the question."""
    entries, scope = shelf.entries, asked.scope
    titles = {entry.id: f"{short(entry.title, 60)}　{both_dates(entry.date)}" for entry in entries}
    authorities = {name: name for entry in entries for name in entry.authority}
    kinds = {entry.kind: kind_name(entry.kind) for entry in entries if entry.kind}
    years = {year: both_dates(year) for year in sorted({entry.date[:4] for entry in entries if entry.date})}
    grades = {grade.value: f"{name}（{words}）" for grade, (name, words) in GRADES.items()}
    doc = _one("文書", titles, scope.doc)
    left, right = st.columns(2)
    with left:
        authority = _one("発出者", authorities, scope.authority)
        date_from = _one("いつから", years, scope.date_from)
        grade = _one("文の強さ", grades, asked.grade.value if asked.grade else None)
    with right:
        kind = _one("文書の種類", kinds, scope.kind)
        date_to = _one("いつまで", years, scope.date_to)
        st.caption("日付の記載がない文書は、期間で絞ると除かれます。")
    chosen = Scope(doc, kind, date_from, date_to, authority)
    return replace(asked, scope=chosen, grade=Modality(grade) if grade else None)


def _one(label: str, names: Mapping[str, str], now: str | None) -> str | None:
    """A choice of one or all; what the address says stays choosable although no document has it."""
    options: Sequence[str] = [_EVERY, *names, *([now] if now and now not in names else [])]
    picked = st.selectbox(
        label,
        options,
        index=options.index(now or _EVERY),
        format_func=lambda value: names.get(value, value) if value else "すべて",
    )
    return picked or None


def said(shelf: Shelf, asked: Asked) -> str:
    """The filters in words."""
    scope = asked.scope
    entry = shelf.entry(scope.doc) if scope.doc else None
    parts = [
        f"文書「{short(entry.title if entry else scope.doc, 30)}」" if scope.doc else "",
        f"発出者「{scope.authority}」" if scope.authority else "",
        kind_name(scope.kind) if scope.kind else "",
        f"{both_dates(scope.date_from)}から" if scope.date_from else "",
        f"{both_dates(scope.date_to)}まで" if scope.date_to else "",
        f"文の強さ「{GRADES[asked.grade][0]}」" if asked.grade else "",
    ]
    return "、".join(part for part in parts if part) or "なし（すべての文書）"
