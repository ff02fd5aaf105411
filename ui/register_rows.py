"""The rows of the register as the screens share them: read once a document, the firm's own columns beside them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from compliance.duty.ledger import Ledger, kept
from compliance.register import Entry, Own, Row, document_rows, entry, orphans, with_own
from ui.shelf import Shelf, kb_folder

MANY = 40
"""Documents from which one has to be chosen first: reading all of them would keep the user waiting."""


def register_rows(shelf: Shelf, documents: Sequence[str] = ()) -> tuple[Row, ...]:
    """The rows of these documents, or of all, in the order of the catalogue, with the own columns of today."""
    rows = _read(shelf, documents)
    return with_own(rows, kept(kb_folder()))


def homeless(shelf: Shelf) -> tuple[Entry, ...]:
    """Entries whose duty is gone; only where all documents are read anyway."""
    if len(shelf.entries) > MANY:
        return ()
    return orphans(_read(shelf, ()), kept(kb_folder()))


def save(row: Row, own: Own) -> None:
    """Keeps the own columns of a row; a change of the duty counts as seen."""
    with Ledger(kb_folder()) as ledger:
        ledger.put(entry(row, own), instead_of=row.entry_id)


def forget(id: str) -> None:
    """Removes an entry whose duty is gone."""
    with Ledger(kb_folder()) as ledger:
        ledger.remove(id)


def _read(shelf: Shelf, documents: Sequence[str]) -> list[Row]:
    wanted = [one for one in shelf.entries if not documents or one.id in documents]
    return [row for one in wanted for row in _document_rows(shelf, shelf.stamp, one.id, one.version)]


@st.cache_resource(max_entries=512, show_spinner="義務を読み取っています…")
def _document_rows(_shelf: Shelf, stamp: str, id: str, version: int) -> tuple[Row, ...]:
    return document_rows(_shelf.document(id, version))
