"""What the register shows, as its address says it and as the form of filters does.

?doc= actor= grade= level= category= topic= status= (several: parted by |)  q= words  due= yes|no  changed= yes
by= grouping  view= which screen  row= the duty on the page image  at= which page of the list
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from compliance.duty.levels import Level
from compliance.duty.selection import Filter
from compliance.duty.topics import TOPICS
from compliance.register import CATEGORIES, STATUSES, Row
from law.sentence import Modality
from ui.place import cleaned, number_of
from ui.shelf import Shelf
from ui.words import GRADES, both_dates, plain, printable, short

BY = {
    "document": "文書",
    "grade": "強さ",
    "actor": "主体",
    "topic": "主題",
    "category": "安全管理の区分",
    "status": "状況",
}
"""How the list can be grouped."""
EMPTY = "（未記入）"
_LIMITS = {"": "すべて", "yes": "期限あり", "no": "期限なし"}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    filter: Filter = field(default_factory=Filter)
    by: str = "document"
    view: str = ""
    row: str | None = None
    at: int = 1


def read_asked(address: Mapping[str, str], shelf: Shelf) -> Asked:
    """What an address asks for; what makes no sense is left out."""

    def several(name: str, known: Sequence[str]) -> tuple[str, ...]:
        return tuple(one for one in address.get(name, "").split("|") if one in known)

    due = {"yes": True, "no": False}.get(address.get("due", ""))
    chosen = Filter(
        documents=several("doc", [entry.id for entry in shelf.entries]),
        actors=tuple(one[:_LONGEST] for one in address.get("actor", "").split("|") if one)[:20],
        grades=tuple(Modality(one) for one in several("grade", list(Modality))),
        levels=tuple(Level(one) for one in several("level", list(Level))),
        categories=several("category", list(CATEGORIES)),
        topics=several("topic", list(TOPICS)),
        statuses=tuple("" if one == EMPTY else one for one in several("status", [*STATUSES, EMPTY])),
        words=cleaned(address.get("q", ""))[:_LONGEST],
        has_deadline=due,
        changed=True if address.get("changed") == "yes" else None,
    )
    by = address.get("by", "")
    row = address.get("row", "")[:64] or None
    return Asked(
        chosen, by if by in BY else "document", address.get("view", ""), row, number_of(address.get("at")) or 1
    )


def address_of(asked: Asked) -> dict[str, str]:
    """The address that asks for this."""
    chosen = asked.filter
    said = {
        "doc": "|".join(chosen.documents),
        "actor": "|".join(chosen.actors),
        "grade": "|".join(chosen.grades),
        "level": "|".join(chosen.levels),
        "category": "|".join(chosen.categories),
        "topic": "|".join(chosen.topics),
        "status": "|".join(one or EMPTY for one in chosen.statuses),
        "q": chosen.words,
        "due": {True: "yes", False: "no", None: ""}[chosen.has_deadline],
        "changed": "yes" if chosen.changed else "",
        "by": asked.by if asked.by != "document" else "",
        "view": asked.view,
        "row": asked.row or "",
        "at": str(asked.at) if asked.at > 1 else "",
    }
    return {name: value for name, value in said.items() if value}


def choose(shelf: Shelf, asked: Asked, rows: Sequence[Row]) -> Asked:
    """The filters as sent by the form drawn here, which begins with those of the address."""
    now = asked.filter
    with st.form("filters", border=False, enter_to_submit=True):
        box, group, button = st.columns([5, 2, 1], vertical_alignment="bottom")
        words = box.text_input("語句（すべてを含むもの）", value=now.words, placeholder="例：委託先　年に一度")
        by = group.selectbox("まとめ方", list(BY), index=list(BY).index(asked.by), format_func=BY.__getitem__)
        sent = button.form_submit_button("表示", type="primary", width="stretch")
        with st.expander("絞り込み：" + plain(said(shelf, now)), icon=":material/filter_alt:"):
            chosen = _fields(shelf, now, rows)
    wanted = replace(chosen, words=cleaned(words)[:_LONGEST])
    if sent and (wanted != now or by != asked.by):
        return Asked(wanted, by, asked.view)
    return asked


def _fields(shelf: Shelf, now: Filter, rows: Sequence[Row]) -> Filter:
    titles = {entry.id: f"{short(entry.title, 60)}　{both_dates(entry.date)}" for entry in shelf.entries}
    actors = list(dict.fromkeys([*now.actors, *(row.actor for row in rows if row.actor)]))
    documents = _many("文書", titles, now.documents)
    left, middle, right = st.columns(3)
    with left:
        grades = _many("強さ", {grade.value: name for grade, (name, _) in GRADES.items()}, now.grades)
        levels = _many("表現", {level.value: level.value for level in Level}, now.levels)
        limit = st.selectbox("期限", list(_LIMITS), index=_limit(now.has_deadline), format_func=_LIMITS.__getitem__)
    with middle:
        chosen_actors = _many("主体", {one: printable(short(one, 40)) for one in actors}, now.actors)
        topics = _many("主題", {one: one for one in TOPICS}, now.topics)
        changed = st.checkbox("変更された義務だけ", value=bool(now.changed))
    with right:
        categories = _many("安全管理の区分", {one: one for one in CATEGORIES}, now.categories)
        statuses = _many("状況", {one: one for one in (*STATUSES, EMPTY)}, [one or EMPTY for one in now.statuses])
        st.caption("主題と区分は、見出しや行為の語から機械的に付けたものです。")
    return Filter(
        documents,
        chosen_actors,
        tuple(Modality(one) for one in grades),
        tuple(Level(one) for one in levels),
        categories,
        topics,
        tuple("" if one == EMPTY else one for one in statuses),
        "",
        {"yes": True, "no": False}.get(limit),
        changed or None,
    )


def _limit(has_deadline: bool | None) -> int:
    return {None: 0, True: 1, False: 2}[has_deadline]


def _many(label: str, names: Mapping[str, str], now: Sequence[str]) -> tuple[str, ...]:
    picked = st.multiselect(
        label,
        list(names),
        default=[one for one in now if one in names],
        format_func=lambda one: names.get(one, one),
        placeholder="すべて",
    )
    return tuple(picked)


def said(shelf: Shelf, chosen: Filter) -> str:
    """The filters in words."""
    titles = [entry.title for entry in shelf.entries if entry.id in chosen.documents]
    parts = [
        "文書" + "・".join(f"「{short(title, 24)}」" for title in titles) if titles else "",
        "主体「" + "・".join(short(one, 20) for one in chosen.actors) + "」" if chosen.actors else "",
        "強さ「" + "・".join(GRADES[one][0] for one in chosen.grades) + "」" if chosen.grades else "",
        "表現「" + "・".join(chosen.levels) + "」" if chosen.levels else "",
        "主題「" + "・".join(chosen.topics) + "」" if chosen.topics else "",
        "区分「" + "・".join(chosen.categories) + "」" if chosen.categories else "",
        "状況「" + "・".join(one or EMPTY for one in chosen.statuses) + "」" if chosen.statuses else "",
        {True: "期限あり", False: "期限なし", None: ""}[chosen.has_deadline],
        "変更あり" if chosen.changed else "",
    ]
    return "、".join(part for part in parts if part) or "なし"
