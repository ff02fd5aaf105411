"""The register as a table to fill in: many rows at once, saved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from compliance.register import STATUSES, Own, Row
from index.excerpt import written_path
from ui.place import reader_address
from ui.register_filters import EMPTY
from ui.register_rows import save
from ui.words import GRADES, printable

_OWN = ("状況", "担当", "証跡", "備考")


def draw(rows: Sequence[Row]) -> None:
    """Draws the table; nothing is kept before 保存 is pressed."""
    st.caption("状況・担当・証跡・備考の欄に記入し、下の「保存」を押してください。読み取った内容とは別に保存されます。")
    config = {
        "番号": st.column_config.NumberColumn(width=60),
        "条項": st.column_config.TextColumn(width=110),
        "原文": st.column_config.TextColumn(width=430),
        "文書で開く": st.column_config.LinkColumn(display_text="開く", width=80),
        "状況": st.column_config.SelectboxColumn(options=_statuses(rows), width=110),
        **{name: st.column_config.TextColumn(max_chars=2000, width=120) for name in ("担当", "証跡", "備考")},
    }
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    edited = st.data_editor(
        lines,
        hide_index=True,
        height=640,
        row_height=76,
        disabled=[name for name in lines[0] if name not in _OWN],
        column_config=config,
        key="own-table",
    )
    changed = edits(rows, edited)
    if st.button(f"保存（{len(changed)}件）", type="primary", disabled=not changed, icon=":material/save:"):
        for row, own in changed:
            save(row, own)
        st.session_state.pop("own-table", None)
        st.session_state["saved-rows"] = len(changed)
        st.rerun()
    saved = st.session_state.pop("saved-rows", None)
    if saved:
        st.success(f"{saved}件を保存しました。", icon=":material/check:")


def _statuses(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys([EMPTY, *STATUSES, *(row.own.status for row in rows if row.own.status)]))


def _line(number: int, row: Row) -> dict[str, Any]:  # a table's line for Streamlit
    own = row.own
    return {
        "番号": number,
        "条項": printable(written_path(row.clause)),
        "原文": printable(row.shown),
        "状況": own.status or EMPTY,
        "担当": own.owner,
        "証跡": own.evidence,
        "備考": own.note,
        "主体": printable(row.actor or "") + ("（推定）" if row.actor_implied else ""),
        "強さ": GRADES[row.grade][0],
        "期限": printable(row.deadline or ""),
        "変更": "変更あり" if row.is_changed else "",
        "頁": row.page or "",
        "文書で開く": "/reader?" + urlencode(reader_address(row.document, row.clause)),
        "文書": printable(row.title),
    }


def edits(rows: Sequence[Row], edited: Sequence[Mapping[str, Any]]) -> list[tuple[Row, Own]]:
    """The rows whose own columns, as typed in the table, differ from those kept."""
    out = []
    for row, line in zip(rows, edited, strict=True):
        status, *rest = (str(line[name] or "").strip() for name in _OWN)
        own = Own("" if status == EMPTY else status, *rest)
        if own != row.own:
            out.append((row, own))
    return out
