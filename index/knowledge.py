"""A knowledge base opened for search: the store and the searcher over its current generation.

The one place where store, dictionary, model and index are put together, for the command line and the app.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from index.decide import THRESHOLD
from index.encoder import Encoder, open_encoder
from index.folder import Manifest, build, check_corpus, open_generation, read_manifest, read_readings
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


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the published index reaches into the catalogue, which an ingestion may have taken further."""

    folder: Path
    """The index: the generation that was published when this was asked."""
    versions: Mapping[str, int]
    """The documents it answers from, each in the version that it was made from."""
    gone: frozenset[str] = frozenset()
    """Documents it was made from that are no longer there, or were read anew: never shown."""
    newer: tuple[str, ...] = ()
    """Current documents that it was not made from."""

    @property
    def note(self) -> tuple[str, str] | None:
        """What it does not reach, in English and in Japanese; None where it reaches all."""
        missing = sorted({*self.newer, *self.gone})
        if not missing:
            return None
        some = ", ".join(missing[:5]) + (", …" if len(missing) > 5 else "")
        return (
            f"The search index is behind the catalogue; not searched in their present state: {some}. They will be "
            "when the ingestion under way ends; if there is none, run `konkyo reindex`.",
            f"検索索引に未反映の文書があります（{len(missing)}件：{some}）。取り込みが終わると検索対象になります。"
            "取り込み中でなければ konkyo reindex を実行してください。",
        )


def reach(store: Store) -> Reach:
    """How far the published index reaches.

    Raises:
        StoreError: nothing has been indexed yet.
        IndexMismatch: it does not say what it was made from, and that is not what the catalogue holds.
    """
    folder = _published(store)
    made, held = read_readings(folder), store.readings()
    current = {id: next(reversed(readings)) for id, readings in held.items()}
    if made is None:  # an index of an earlier konkyo
        check_corpus(read_manifest(folder), store.digest())
        made = current
    versions = {id: held[id][reading] for id, reading in made.items() if reading in held.get(id, ())}
    newer = tuple(sorted(id for id, reading in current.items() if made.get(id) != reading))
    return Reach(folder, versions, frozenset(made.keys() - versions.keys()), newer)


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
        readings = {id: next(reversed(held)) for id, held in store.readings().items()}
        manifest = build(documents(), folder, tools.encoder, tools.mecab, store.digest(), readings)
        store.publish(folder)
    return manifest


def open_searcher(
    store: Store,
    tools: Tools,
    *,
    within: Reach | None = None,
    documents: Callable[[str, int], Document] | None = None,
) -> Searcher:
    """A searcher over the store's current generation; safe to share between threads.

    It answers from the documents as they were when the generation was built, as far as they are still there
    (`reach`); `documents` reads one in a version, where the caller keeps those that it has read.

    Raises:
        StoreError: nothing has been indexed yet.
        IndexMismatch: the generation is damaged or was made by other tools.
    """
    reached = within or reach(store)
    kept = documents or lru_cache(maxsize=DOCUMENTS_IN_MEMORY)(store.document)

    def document(id: str) -> Document:
        return kept(id, reached.versions[id])  # spans belong to one version

    searcher = open_generation(reached.folder, document, tools.encoder, tools.mecab, hidden=reached.gone)
    return replace(searcher, threshold=tools.threshold, reranker=tools.reranker)


def _published(store: Store) -> Path:
    folder = store.generation()
    if folder is None:
        raise StoreError(
            f"There is no search index in {store.folder}. Run `konkyo ingest FILE...`, or `konkyo reindex`.",
            f"{store.folder} に検索索引がありません。`konkyo ingest` で文書を取り込むか、"
            "`konkyo reindex` を実行してください。",
        )
    return folder
