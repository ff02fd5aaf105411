"""The rows of the register as the screens share them: read once a document, the firm's own columns beside them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from compliance.duty.ledger import Ledger, kept
from compliance.register import Entry, Own, Row, document_rows, entry, orphans, with_own
from ui.shelf import Shelf, kb_folder

LOCKED = "知識ベースのフォルダーに書き込めないため、記入を保存できません。閲覧と書き出しはできます。"
REFUSED = "ほかの人がこの記入を変更したか、削除しました。上書きせずに、今の記入を表示しています。"
NOT_FORGOTTEN = "ほかの人がこの記入を変更したか、すでに削除しています。削除せずに、今の記入を表示しています。"
MANY = 40
"""Documents from which one has to be chosen first: reading all of them would keep the user waiting."""


def register_rows(shelf: Shelf, documents: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of these documents, or of all, in the order of the catalogue, with the own columns of today."""
    return _beside(shelf, documents)[0]


def homeless(shelf: Shelf) -> tuple[Entry, ...]:
    """Entries whose duty is gone; only where all documents are read anyway."""
    if len(shelf.entries) > MANY:
        return ()
    return _beside(shelf, ())[1]


def save(row: Row, own: Own, revision: int) -> bool:
    """Keeps the own columns of a row over the revision that was shown; a change of the duty counts as seen.

    False, and nothing is kept, where somebody else changed or removed them meanwhile.
    """
    with Ledger(kb_folder()) as ledger:
        return ledger.put(entry(row, own), revision=revision, instead_of=row.entry_id) is not None


def typed(own: Own) -> str:
    """Own columns in a line, to be copied where they were not kept."""
    named = (("状況", own.status), ("担当", own.owner), ("証跡", own.evidence), ("備考", own.note))
    return "　".join(f"{name}：{words}" for name, words in named if words) or "（すべて空欄）"


def forget(id: str, revision: int) -> bool:
    """Removes an entry whose duty is gone; False where somebody else changed or removed it meanwhile."""
    with Ledger(kb_folder()) as ledger:
        return ledger.remove(id, revision)


def _beside(shelf: Shelf, documents: Sequence[str]) -> tuple[tuple[Row, ...], tuple[Entry, ...]]:
    entries = kept(kb_folder())
    return _settled(_read(shelf, documents), entries, (shelf.stamp, *documents), hash(entries))


@st.cache_resource(max_entries=16, show_spinner=False)
def _settled(
    _rows: Sequence[Row], _entries: Sequence[Entry], stamp: tuple[str, ...], entries: int
) -> tuple[tuple[Row, ...], tuple[Entry, ...]]:
    """The rows with their own columns, and the entries that found none."""
    return with_own(_rows, _entries), orphans(_rows, _entries)


def _read(shelf: Shelf, documents: Sequence[str]) -> list[Row]:
    wanted = [one for one in shelf.entries if not documents or one.id in documents]
    return [row for one in wanted for row in _document_rows(shelf, shelf.stamp, one.id, one.version)]


@st.cache_resource(max_entries=512, show_spinner="義務を読み取っています…")
def _document_rows(_shelf: Shelf, stamp: str, id: str, version: int) -> tuple[Row, ...]:
    return document_rows(_shelf.document(id, version))
