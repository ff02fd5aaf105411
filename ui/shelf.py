"""The knowledge base as the screens share it: one store and one searcher for all sessions.

Both are opened once a process and again when an ingestion has published a new generation; a session
that is in the middle of an answer keeps the one it has.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from index.knowledge import Tools, open_searcher, open_tools
from index.search import Searcher
from index.settings import Settings, read_settings
from law.store import Entry, Store


@dataclass(frozen=True)
class Shelf:
    """A store, its documents and a searcher over them."""

    store: Store
    entries: tuple[Entry, ...]
    searcher: Searcher


def kb_folder() -> Path:
    """The knowledge base the app was started with."""
    return Path(os.environ.get("KONKYO_KB") or "kb")


def open_shelf() -> Shelf:
    """The current knowledge base.

    Raises:
        KonkyoError: it is missing, damaged, or its index was made by other tools.
    """
    folder = kb_folder()
    pointer = folder / "generations" / "current"
    stamp = pointer.stat().st_mtime_ns if pointer.is_file() else 0
    return _shelf(str(folder.resolve()), stamp)


@st.cache_resource(max_entries=2, show_spinner="知識ベースを開いています…")
def _shelf(folder: str, stamp: int) -> Shelf:
    store = Store.open(Path(folder))
    return Shelf(store, store.documents(), open_searcher(store, _tools(read_settings(Path(folder)))))


@st.cache_resource(max_entries=1, show_spinner="辞書とモデルを読み込んでいます…")
def _tools(settings: Settings) -> Tools:
    return open_tools(settings)
