"""Questions to begin with, for each of the three users: only those that the documents at hand answer."""

from __future__ import annotations

import streamlit as st

from index.search import Scope
from ui.shelf import SHOWN, Shelf, answer

_USERS = {
    "法務　義務と根拠を確かめる": (
        "委託契約に必ず盛り込むべき事項は何ですか",
        "漏えいが起きたとき、誰に報告しなければなりませんか",
        "委託先を選ぶ基準に何を含めなければなりませんか",
    ),
    "研修　教材の根拠を集める": (
        "ログを取るだけでなく、不審な操作がないか確認する義務はありますか",
        "従業者にどのような教育や訓練を行わなければなりませんか",
        "アクセス権限はどのように管理しなければなりませんか",
    ),
    "分析　事案を調べて比べる": (
        "不正な持ち出しの原因は何だと指摘されましたか",
        "持ち出された個人データは何人分でしたか",
        "再発防止のためにどのような措置が求められましたか",
    ),
}
_EACH = 2


def examples(shelf: Shelf) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """For each user up to two questions that get an answer here."""
    return _examples(shelf, shelf.stamp)


@st.cache_resource(max_entries=2, show_spinner=False)
def _examples(_shelf: Shelf, stamp: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for user, questions in _USERS.items():
        good = [q for q in questions if answer(_shelf, q, Scope(), SHOWN).answerable]
        if good:
            found.append((user, tuple(good[:_EACH])))
    return tuple(found)
