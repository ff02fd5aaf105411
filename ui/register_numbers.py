"""How many duties there are, and what each surface means in practice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from compliance.duty.levels import LEGEND
from compliance.duty.selection import grouped, statistics
from compliance.register import Row
from law.sentence import Modality
from ui.register_filters import BY
from ui.words import GRADES


def statistics_view(rows: Sequence[Row]) -> None:
    """Draws the counts: documents by grade, then every other way to divide them."""
    totals = statistics(rows)["total"]
    for column, (name, number) in zip(st.columns(len(totals)), totals.items(), strict=True):
        column.metric({"行数": "義務等の数"}.get(name, name), number)
    heads = ("文書", *(GRADES[grade][0] for grade in Modality), "計")
    lines: list[tuple[str | int, ...]] = []
    for title, held in grouped(rows, "document").items():
        counts = Counter(row.grade for row in held)
        lines.append((title, *(counts[grade] for grade in Modality), len(held)))
    st.subheader("文書と強さ", anchor=False)
    st.html(table(heads, lines))
    columns = st.columns(2, gap="medium")
    for place, (key, name) in enumerate({"level": "表現", **BY}.items()):
        if key in ("document", "grade"):
            continue
        with columns[place % 2]:
            st.subheader(name, anchor=False)
            counted = sorted(statistics(rows)[key].items(), key=lambda one: -one[1])
            st.html(table((name, "件数"), counted))


def legend_view(rows: Sequence[Row]) -> None:
    """Draws the legend: each surface, its grade, what it says in practice and on whose word."""
    st.write(
        "条文の末尾の表現ごとに、実務上の意味とその根拠を示します。文書が用語を自ら定義しているときは、その定義が優先します。"
    )
    counts = Counter(row.level for row in rows)
    lines = [(level.value, GRADES[one.grade][0], one.told, one.source, counts[level]) for level, one in LEGEND.items()]
    st.html(table(("表現", "強さ", "実務上の意味", "根拠", "件数"), lines))
    st.caption("「推定」の印は、文に主体が書かれておらず、前後の文や見出しから補ったことを示します。")


def table(heads: Sequence[str], lines: Iterable[Sequence[str | int]]) -> str:
    """A table as HTML, its words escaped."""
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join("<tr>" + "".join(_cell(one) for one in line) + "</tr>" for line in lines)
    return f'<table class="k-table"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'


def _cell(said: str | int) -> str:
    return f'<td class="n">{said:,}</td>' if isinstance(said, int) else f"<td>{escape(said)}</td>"
