"""A knowledge base opened for search: the store and the searcher over its current generation.

The one place where store, dictionary, model and index are put together, for the command line and the app.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from index.decide import THRESHOLD
from index.encoder import Encoder, open_encoder
from index.folder import Manifest, build, open_generation, read_manifest
from index.mecab import Mecab
from index.rerank import Reranker, open_reranker
from index.search import Searcher
from index.settings import Settings
from law.document import Document
from law.errors import IndexMismatch, StoreError
from law.store import Store

DOCUMENTS_IN_MEMORY = 64
"""Documents kept open by a searcher; a document of 60 pages takes about 6 MB."""


@dataclass(frozen=True)
class Tools:
    """Dictionary, model and reranker: made once a process, shared by build and search."""

    mecab: Mecab
    encoder: Encoder
    reranker: Reranker | None = None
    threshold: float = THRESHOLD


def open_tools(settings: Settings | None = None) -> Tools:
    """The dictionary, and the models that the settings name (the shipped one where they name none).

    Raises:
        KonkyoError: the dictionary is missing or a model cannot be loaded.
    """
    chosen = settings or Settings()
    mecab = Mecab()
    encoder = open_encoder(
        chosen.model, query_prompt=chosen.query_prompt, passage_prompt=chosen.passage_prompt, mecab=mecab
    )
    threshold = THRESHOLD if chosen.threshold is None else chosen.threshold
    return Tools(mecab, encoder, open_reranker(chosen.reranker), threshold)


def is_stale(store: Store) -> bool:
    """Whether the published generation is missing, unreadable, or made from other documents or readings of them."""
    folder = store.generation()
    if folder is None:
        return True
    try:
        return read_manifest(folder).corpus != store.digest()
    except IndexMismatch:
        return True


def rebuild(store: Store, tools: Tools, fresh: Iterable[Document] = ()) -> Manifest:
    """Builds a new generation from the catalogue and publishes it; the old one stays until then.

    `fresh` are documents still in memory from the ingestion, which need not be read again.
    """
    at_hand = {document.id: document for document in fresh}

    def documents() -> Iterator[Document]:
        for entry in store.documents():
            held = at_hand.get(entry.id)
            yield held if held is not None and held.source.sha256 == entry.sha256 else store.document(entry.id)

    with store.writing():
        folder = store.new_generation()
        manifest = build(documents(), folder, tools.encoder, tools.mecab, corpus=store.digest())
        store.publish(folder)
    return manifest


def open_searcher(store: Store, tools: Tools) -> Searcher:
    """A searcher over the store's current generation; safe to share between threads.

    Raises:
        StoreError: nothing has been indexed yet.
        IndexMismatch: the generation is damaged or was made by other tools or from other documents.
    """
    folder = store.generation()
    if folder is None:
        raise StoreError(
            f"There is no search index in {store.folder}. Run `konkyo ingest FILE...`, or `konkyo reindex`.",
            f"{store.folder} に検索索引がありません。`konkyo ingest` で文書を取り込むか、"
            "`konkyo reindex` を実行してください。",
        )
    # Spans belong to one version: a document that is replaced meanwhile is still read as it was.
    versions = {entry.id: entry.version for entry in store.documents()}
    corpus = store.digest()

    @lru_cache(maxsize=DOCUMENTS_IN_MEMORY)
    def documents(id: str) -> Document:
        return store.document(id, versions[id])

    searcher = open_generation(folder, documents, tools.encoder, tools.mecab, corpus=corpus)
    return replace(searcher, threshold=tools.threshold, reranker=tools.reranker)
