"""What a user does with a clause that was found: open it, see its page, copy its citation, judge it."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from index.excerpt import Verdict
from index.search import Hit
from ui import feedback
from ui.clicks import Judged, copied, judging, link
from ui.place import Asked, address_of, reader_address
from ui.shelf import kb_folder

_CANNOT = "知識ベースのフォルダーに書き込めないため、評価を記録できません（読み取り専用か、空き容量がありません）。"
_USEFUL = ("有用", "違う")

Place = tuple[str, str]
"""A document, and where the words of a quotation begin in it."""


def actions(asked: Asked, hit: Hit, said: bool | None, *, is_shown: bool) -> str:
    """The row under a hit, as HTML: the same for each, the one whose page is shown saying so.

    `said` is what the user judged of it, if anything.
    """
    here = address_of(replace(asked, doc=hit.doc, clause=hit.excerpt.clause))
    parts = [
        link("reader", reader_address(hit.doc, hit.excerpt.clause), "文書で開く"),
        "<span>頁に表示中 →</span>" if is_shown else link("search", here, "頁に表示"),
        _judging(hit) if said is None else f'<span role="status">評価を記録しました：{_USEFUL[not said]}</span>',
        _copy(hit),
    ]
    return f'<div class="k-actions">{"".join(parts)}</div>'


def _copy(hit: Hit) -> str:
    """The citation to copy, and the quotation with it where it is verified."""
    citation = hit.excerpt.citation
    words = f'<div class="k-note">出典</div>{copied(citation)}'
    if hit.excerpt.verdict is Verdict.MATCH:
        words += f'<div class="k-note">原文と出典</div>{copied(f"「{hit.excerpt.quote}」（{citation}）")}'
    return f"<details><summary>引用を写す</summary>{words}</details>"


def _judging(hit: Hit) -> str:
    return "".join(judging(Judged(*place(hit), is_useful=says), _USEFUL[not says]) for says in (True, False))


def place(hit: Hit) -> Place:
    """Where a quotation stands; two hits may be parts of one clause."""
    return hit.doc, str(hit.excerpt.span.start)


def judgements(asked: Asked) -> dict[Place | None, bool]:
    """What this session judged of the hits of a question, and (under None) of the answer as a whole."""
    every: dict[Asked, dict[Place | None, bool]] = st.session_state.setdefault("judged", {})
    return every.setdefault(asked.anywhere, {})


def take(asked: Asked, hits: tuple[Hit, ...], judged: Judged | None) -> None:
    """Keeps what was said of one of the hits; of what is not among them, nothing."""
    hit = next((hit for hit in hits if judged and place(hit) == (judged.doc, judged.at)), None)
    if hit is not None and judged is not None:
        _keep(asked, hit, is_useful=judged.is_useful)


def judge(asked: Asked, labels: tuple[str, str]) -> None:
    """Two buttons that judge an answer as a whole."""
    said = judgements(asked).get(None)
    if said is not None:
        st.caption("評価を記録しました：" + labels[not said])
        return
    for label, is_useful in zip(labels, (True, False), strict=True):
        icon = ":material/thumb_up:" if is_useful else ":material/thumb_down:"
        if st.button(label, key=f"{is_useful}-no", icon=icon, type="tertiary") and _keep(
            asked, None, is_useful=is_useful
        ):
            st.rerun()


def _keep(asked: Asked, hit: Hit | None, *, is_useful: bool) -> bool:
    """Whether the judgement was kept, in the knowledge base's folder; where it cannot be, the user is told."""
    try:
        feedback.keep(kb_folder(), asked, hit, is_useful=is_useful)
    except OSError:
        st.error(_CANNOT, icon=":material/lock:")
        return False
    judgements(asked)[place(hit) if hit else None] = is_useful
    return True
