"""The knowledge base as the screens share it: one store and one searcher for all sessions.

Both are opened once a process and again when an ingestion has published a new generation; a session
that is in the middle of an answer keeps the one it has. A shelf asks for its documents by version, so
that an ingestion under way cannot slip another text under its search index.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamlit as st

from index.knowledge import DOCUMENTS_IN_MEMORY, Tools, open_searcher, open_tools, reach
from index.search import Result, Scope, Searcher
from index.settings import NAME, Settings, read_settings
from law.citation import references
from law.definition import Glossary, glossary
from law.document import Document
from law.errors import KonkyoError, UnknownDocument
from law.reference import Reference
from law.sentence import Modality
from law.store import CATALOGUE, Entry, Store

SHOWN = 10
"""Clauses of an answer that are shown."""
LOOKED = 50
"""Clauses looked through when only those of one grade are wanted."""


@dataclass(frozen=True)
class Shelf:
    """A store, its current documents, a searcher over them, and the mark of its generation."""

    store: Store
    entries: tuple[Entry, ...]
    searcher: Searcher
    documents: Callable[[str, int], Document]
    stamp: str
    versions: Mapping[str, int]
    """Of the documents, those that the search index was made from."""

    def entry(self, id: str) -> Entry | None:
        """The catalogue's line of a document, or None where there is none of that id."""
        return next((entry for entry in self.entries if entry.id == id), None)

    def document(self, id: str, version: int | None = None) -> Document:
        """A document in the version that the search index was made from, or in the one named.

        Raises:
            StoreError: it was removed, or its text is damaged.
        """
        entry = self.entry(id)
        if entry is None:
            raise UnknownDocument(f"{id} was removed", f"文書「{id}」は知識ベースにありません（削除された可能性）。")
        return self.documents(id, version or self.versions.get(id, entry.version))

    def glossary(self, document: Document) -> Glossary:
        """The terms that a document defines."""
        return _glossary(document, f"{self.stamp} {document.id} {document.source.sha256}")

    def references(self, document: Document, version: int | None = None) -> tuple[Reference, ...]:
        """The references of a document in one version: as stored, or found again in an older one."""
        entry = self.entry(document.id)
        if entry is not None and version in (None, entry.version):
            return self.store.references(document.id)
        return references(document)


def kb_folder() -> Path:
    """The knowledge base the app was started with."""
    return Path(os.environ.get("KONKYO_KB") or "kb")


def is_writable() -> bool:
    """Whether the knowledge base may be changed here; one that is not there yet may be made."""
    folder = kb_folder()
    while not folder.exists() and folder != folder.parent:
        folder = folder.resolve().parent
    return os.access(folder, os.W_OK)


def open_store() -> Store:
    """The catalogue alone, for the screens that need no search.

    Raises:
        StoreError: it is missing or damaged.
    """
    folder = kb_folder().resolve()
    file = folder / CATALOGUE
    return _store(str(folder), file.stat().st_ino if file.is_file() else 0)


def open_shelf() -> Shelf:
    """The current knowledge base.

    Raises:
        KonkyoError: it is missing, damaged, or its index was made by other tools.
    """
    open_store()
    folder = kb_folder().resolve()
    marks = (folder / "generations" / "current", folder / NAME)
    stamp = "-".join(str(mark.stat().st_mtime_ns if mark.is_file() else 0) for mark in marks)
    return _shelf(str(folder), stamp)


def warm() -> None:
    """Opens the shelf and the dictionary before the first user comes; what is wrong, the screens tell."""
    here = threading.current_thread()
    # Streamlit remarks that no session is there to show a spinner to.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").addFilter(
        lambda record: threading.current_thread() is not here
    )
    with suppress(KonkyoError, OSError, ValueError):
        shelf = open_shelf()
        if shelf.entries:
            _readers().submit(shelf.searcher.search, "条項").result()


def answer(shelf: Shelf, question: str, scope: Scope, count: int, grade: Modality | None = None) -> Result:
    """The answer to a question; one that was asked before is not worked out again."""
    return _answer(shelf, shelf.stamp, question, scope, count, grade)


@st.cache_resource(max_entries=2, show_spinner=False)
def _store(folder: str, inode: int) -> Store:
    return Store.open(Path(folder))


@st.cache_resource(max_entries=2, show_spinner="知識ベースを開いています…")
def _shelf(folder: str, stamp: str) -> Shelf:
    store = open_store()
    entries = store.documents()
    kept = lru_cache(maxsize=DOCUMENTS_IN_MEMORY)(store.document)
    reached = reach(store)
    searcher = open_searcher(store, _tools(read_settings(Path(folder))), within=reached, documents=kept)
    return Shelf(store, entries, searcher, kept, f"{folder} {stamp}", reached.versions)


@st.cache_resource(max_entries=1, show_spinner="辞書とモデルを読み込んでいます…")
def _tools(settings: Settings) -> Tools:
    return open_tools(settings)


@st.cache_resource(max_entries=256, show_spinner=False)
def _answer(_shelf: Shelf, stamp: str, question: str, scope: Scope, count: int, grade: Modality | None) -> Result:
    return _readers().submit(_shelf.searcher.search, question, k=count, scope=scope, grade=grade).result()


@st.cache_resource(max_entries=64, show_spinner=False)
def _glossary(_document: Document, stamp: str) -> Glossary:
    return glossary(_document)


@st.cache_resource(show_spinner=False)
def _readers() -> ThreadPoolExecutor:
    """The threads that search, a few for all sessions.

    Streamlit runs every click in a thread of its own, and every thread that searches opens the dictionary
    anew: 11 MB, and some of them never come back.
    """
    return ThreadPoolExecutor(min(4, os.cpu_count() or 1), thread_name_prefix="konkyo-search")
