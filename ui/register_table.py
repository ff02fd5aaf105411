"""The register as a table to fill in: many rows at once, saved together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from compliance.register import STATUSES, Own, Row
from index.excerpt import written_path
from ui.place import reader_address
from ui.register_filters import EMPTY
from ui.register_rows import LOCKED, REFUSED, save, typed
from ui.shelf import is_writable
from ui.words import GRADES, printable

_OWN = ("状況", "担当", "証跡", "備考")
_HOW = "状況・担当・証跡・備考の欄に記入し、下の「保存」を押してください。読み取った内容とは別に保存されます。"


def draw(rows: Sequence[Row]) -> None:
    """Draws the table; nothing is kept before 保存 is pressed."""
    may_write = is_writable()
    st.caption(_HOW if may_write else LOCKED)
    config = {
        "番号": st.column_config.NumberColumn(width=60),
        "条項": st.column_config.TextColumn(width=110),
        "原文": st.column_config.TextColumn(width=430),
        "文書で開く": st.column_config.LinkColumn(display_text="開く", width=80),
        "状況": st.column_config.SelectboxColumn(options=_statuses(rows), width=110),
        **{name: st.column_config.TextColumn(max_chars=2000, width=120) for name in ("担当", "証跡", "備考")},
    }
    lines = [_line(number, row) for number, row in enumerate(rows, 1)]
    key = _key(rows)
    shown = _shown_revisions(key, rows)
    edited = st.data_editor(
        lines,
        hide_index=True,
        height=640,
        row_height=76,
        disabled=[name for name in lines[0] if name not in _OWN] if may_write else True,
        column_config=config,
        key=key,
    )
    if may_write:
        _save_row(key, rows, edits(rows, edited), shown)


def _key(rows: Sequence[Row]) -> str:
    """The table's own for these rows, another after each saving.

    Streamlit keeps what is typed by the row's number, under the key: with one key for all, it would land on other
    duties when the filter changes.
    """
    ids = sha256("|".join(row.id for row in rows).encode()).hexdigest()[:12]
    return f"own-table-{ids}-{st.session_state.get('own-table-saved', 0)}"


def _shown_revisions(key: str, rows: Sequence[Row]) -> dict[str, int]:
    """The revisions by row that the table shows: while something typed waits, those from before it was typed."""
    waits = st.session_state.get(key, {}).get("edited_rows")
    shown: tuple[str, dict[str, int]] | None = st.session_state.get("own-table-shown")
    if not waits or shown is None or shown[0] != key:
        shown = st.session_state["own-table-shown"] = (key, {row.id: row.revision for row in rows})
    return shown[1]


def _save_row(key: str, rows: Sequence[Row], changed: Sequence[tuple[Row, Own]], shown: Mapping[str, int]) -> None:
    """The button that keeps what was typed, and what became of it."""
    if st.button(f"保存（{len(changed)}件）", type="primary", disabled=not changed, icon=":material/save:"):
        refused = [(row.id, own) for row, own in changed if not save(row, own, shown[row.id])]
        st.session_state.pop(key, None)
        st.session_state["own-table-saved"] = st.session_state.get("own-table-saved", 0) + 1
        st.session_state["saved-rows"] = (len(changed) - len(refused), refused)
        st.rerun()
    saved, refused = st.session_state.pop("saved-rows", (0, []))
    if saved:
        st.success(f"{saved}件を保存しました。", icon=":material/check:")
    if refused:
        st.error(f"{REFUSED}（{len(refused)}件）", icon=":material/sync_problem:")
        numbers = {row.id: f"{number}番　{written_path(row.clause)}" for number, row in enumerate(rows, 1)}
        st.text("\n".join(f"保存しなかった入力　{numbers.get(id, '')}　{typed(own)}" for id, own in refused))


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
