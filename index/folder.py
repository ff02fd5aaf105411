"""A generation: the folder that one build of the index is kept in; the only file here that writes.

A build is written beside its place under another name, flushed to the disk and moved there in one
step, so a crash leaves either the old state or the whole new one. The manifest says what made it;
opening compares and refuses, naming both values. Columns are .npy and mapped, nothing is pickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.dense import Dense
from index.encoder import Encoder
from index.lexical import Lexical
from index.reread import Runs
from index.search import Searcher
from index.signals import Parts
from index.table import Card, Table
from index.thesaurus import SHIPPED, load
from law.disk import sync_folder, sync_tree
from law.document import Document
from law.errors import IndexMismatch, KonkyoError
from law.token import Token

FORMAT = 5
"""Raised whenever the files or the meaning of a column change."""
_COLUMNS = ("table", "passages", "labels", "units", "unit_words", "headings", "titles")
_ROWS = ("vectors", "unit_vectors", "abouts", "words", "word_rows")
_VECTORS, _CARDS, _READINGS, _MANIFEST = "vectors.faiss", "cards.json", "readings.json", "manifest.json"


class VersionedTokenizer(Protocol):
    """Cuts words, and says with which dictionary."""

    @property
    def version(self) -> str:
        """The dictionary and the program."""
        ...

    def __call__(self, text: str) -> list[Token]:
        """The words of a text."""
        ...


@dataclass(frozen=True, slots=True)
class Manifest:
    """What made a generation, and what it holds."""

    format: int
    corpus: str
    tokenizer: str
    encoder: str
    dimension: int
    documents: int
    passages: int
    units: int
    files: Mapping[str, str]
    """The SHA-256 of every other file."""


def corpus_digest(documents: Iterable[tuple[str, str]]) -> str:
    """One value for a set of documents, from their ids and the SHA-256 of their files, in any order."""
    lines = sorted(f"{id} {sha256}" for id, sha256 in documents)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def build(
    documents: Iterable[Document],
    folder: Path,
    encoder: Encoder,
    mecab: VersionedTokenizer,
    corpus: str | None = None,
    readings: Mapping[str, str] | None = None,
) -> Manifest:
    """Build a generation in a folder that is empty or does not exist yet.

    `corpus` and `readings` say which state of a catalogue, and which reading of each document, it is made from.

    Raises:
        IndexMismatch: the folder holds something; a generation is never changed.
    """
    if folder.exists() and any(folder.iterdir()):
        raise IndexMismatch(
            f"{folder}: expected a new folder, found one with files. A generation is never changed; build a new one.",
            f"{folder} は既にあります。索引の世代は上書きできません。新しい世代を作ってください。",
        )
    # Inside, because who searches counts no words: a tenth of the start of `konkyo search`.
    from index.gather import gather

    seen: list[tuple[str, str]] = []
    parts = gather(documents if isinstance(documents, Sequence) else _noted(documents, seen), encoder, mecab)
    if isinstance(documents, Sequence):
        seen = [(document.id, document.source.sha256) for document in documents]
    building = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    try:
        _write(parts, building)
        if readings is not None:
            (building / _READINGS).write_text(json.dumps(readings, ensure_ascii=False, indent=1), encoding="utf-8")
        manifest = Manifest(
            format=FORMAT,
            corpus=corpus or corpus_digest(seen),
            tokenizer=mecab.version,
            encoder=encoder.name,
            dimension=encoder.dimension,
            documents=len(parts.cards),
            passages=len(parts.table),
            units=len(parts.table.unit_start),
            files={path.name: _sha256(path) for path in sorted(building.iterdir())},
        )
        (building / _MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
        sync_tree(building)
        building.replace(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    sync_folder(folder.parent)
    return manifest


def _noted(documents: Iterable[Document], seen: list[tuple[str, str]]) -> Iterator[Document]:
    """The documents one after the other, none kept; what says which they were goes to `seen`."""
    for document in documents:
        seen.append((document.id, document.source.sha256))
        yield document


def open_generation(
    folder: Path,
    documents: Callable[[str], Document],
    encoder: Encoder,
    mecab: VersionedTokenizer,
    *,
    corpus: str | None = None,
    hidden: frozenset[str] = frozenset(),
    thesaurus: Path = SHIPPED,
) -> Searcher:
    """A searcher over a generation; `corpus` is the digest of the catalogue it must belong to.

    Documents in `hidden` are never shown.

    Raises:
        IndexMismatch: it is damaged, or was made by another format, dictionary, model or catalogue.
    """
    manifest = read_manifest(folder)
    _compare(manifest, encoder, mecab)
    check_corpus(manifest, corpus or manifest.corpus)
    check_files(folder, manifest)
    cards = json.loads((folder / _CARDS).read_text(encoding="utf-8"))
    parts = Parts(
        cards=tuple(Card(**{**card, "authority": tuple(card["authority"])}) for card in cards),
        table=Table.of_arrays(_columns(folder, "table")),
        dense=Dense.open(folder / _VECTORS),
        units=Runs(**_columns(folder, "units")),
        unit_words=Runs(**_columns(folder, "unit_words")),
        headings=Runs(**_columns(folder, "headings")),
        titles=Runs(**_columns(folder, "titles")),
        vectors=_mapped(folder / "vectors.npy"),
        unit_vectors=_mapped(folder / "unit_vectors.npy"),
        abouts=_mapped(folder / "abouts.npy"),
        words=_mapped(folder / "words.npy"),
        word_rows=_mapped(folder / "word_rows.npy"),
        passages=Lexical.of_arrays(_columns(folder, "passages"), manifest.passages),
        labels=Lexical.of_arrays(_columns(folder, "labels"), manifest.passages),
    )
    return Searcher(parts, documents, encoder, mecab, load(thesaurus), hidden=hidden)


@dataclass(frozen=True, slots=True)
class Blind:
    """A part of the search that would answer with silence, and what to do."""

    part: str
    japanese: str
    english: str


def self_test(searcher: Searcher) -> tuple[Blind, ...]:
    """The parts that are blind; asked once after opening, shown to the user, empty when all is well."""
    parts = searcher.parts
    tests: tuple[tuple[str, str, bool], ...] = (
        ("dictionary", "辞書が語を切り出せません", len(searcher.tokenizer("個人データの漏えいを防ぐ")) > 2),
        ("lexical", "語の索引が空です", len(parts.passages.terms) > 0),
        ("vectors", "ベクトル索引の件数が条項の数と合いません", 0 < len(parts.dense) == len(parts.table)),
        ("model", "モデルが文を読めません", bool(searcher.encoder.encode(["個人データの漏えいを防ぐ"]).any())),
        ("thesaurus", "シソーラスが空です", len(searcher.thesaurus) > 0),
        ("catalogue", "索引にある文書が台帳にありません", _documents_open(searcher)),
    )
    return tuple(
        Blind(
            name,
            f"{japanese}。この部分は検索に使われません。konkyo doctor を実行してください。",
            f"The {name} of the search is blind: it takes no part in answers. Run `konkyo doctor`.",
        )
        for name, japanese, seeing in tests
        if not seeing
    )


def _documents_open(searcher: Searcher) -> bool:
    """Whether the last passage of every document lies inside the document that the catalogue holds."""
    table, cards = searcher.parts.table, searcher.parts.cards
    ends = np.zeros(len(cards), dtype=np.int64)
    np.maximum.at(ends, table.document, table.end)
    try:
        return all(end <= len(searcher.documents(card.id).text) for card, end in zip(cards, ends, strict=True))
    except (KonkyoError, LookupError):
        return False


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a generation.

    Raises:
        IndexMismatch: there is none, or it is not one of ours.
    """
    path = folder / _MANIFEST
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(**{field.name: read[field.name] for field in fields(Manifest)})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexMismatch(
            f"{path}: expected the manifest of a search index, found: {error!r}. Run `konkyo reindex`.",
            f"{folder} の索引を読めません（manifest.json）。konkyo reindex を実行してください。",
        ) from error


def read_readings(folder: Path) -> dict[str, str] | None:
    """The reading of each document that a generation was made from; None where it does not say."""
    path = folder / _READINGS
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
        return {str(id): str(reading) for id, reading in read.items()}
    except FileNotFoundError:
        return None
    except (OSError, ValueError, AttributeError) as error:
        raise IndexMismatch(
            f"{path}: expected the readings that the index was made from, found: {error!r}. Run `konkyo reindex`.",
            f"{folder} の索引を読めません（{_READINGS}）。konkyo reindex を実行してください。",
        ) from error


def check_files(folder: Path, manifest: Manifest) -> None:
    """Compare every file with its checksum: FAISS and numpy load a flipped bit in silence.

    Raises:
        IndexMismatch: a file is missing or its bytes are not those that were written.
    """
    for name, expected in manifest.files.items():
        path = folder / name
        found = _sha256(path) if path.is_file() else "no file"
        if found != expected:
            raise IndexMismatch(
                f"{path}: expected SHA-256 {expected}, found {found}. The index is damaged: run `konkyo reindex`.",
                f"索引のファイル {name} が壊れています。konkyo reindex を実行してください。",
            )


def _compare(manifest: Manifest, encoder: Encoder, mecab: VersionedTokenizer) -> None:
    wanted = (
        ("format", "形式", str(manifest.format), str(FORMAT)),
        ("dictionary", "辞書", manifest.tokenizer, mecab.version),
        ("model", "モデル", manifest.encoder, encoder.name),
        ("dimension", "次元", str(manifest.dimension), str(encoder.dimension)),
    )
    for english, japanese, built, now in wanted:
        _same(english, japanese, built, now)


def check_corpus(manifest: Manifest, corpus: str) -> None:
    """Compare the state of the catalogue that a generation was made from with the one there is.

    Raises:
        IndexMismatch: they differ.
    """
    _same("catalogue", "文書の台帳", manifest.corpus, corpus)


def _same(english: str, japanese: str, built: str, now: str) -> None:
    if built != now:
        raise IndexMismatch(
            f"The index was built with {english} {built!r}, this is {english} {now!r}. Run `konkyo reindex`.",
            f"索引を作った{japanese}は「{built}」ですが、今は「{now}」です。konkyo reindex を実行してください。",
        )


def _write(parts: Parts, folder: Path) -> None:
    columns = {name: getattr(parts, name).arrays() for name in _COLUMNS}
    for group, arrays in columns.items():
        for name, array in arrays.items():
            np.save(folder / f"{group}.{name}.npy", array, allow_pickle=False)
    for name in _ROWS:
        np.save(folder / f"{name}.npy", getattr(parts, name), allow_pickle=False)
    parts.dense.save(folder / _VECTORS)
    cards = json.dumps([asdict(card) for card in parts.cards], ensure_ascii=False, indent=1)
    (folder / _CARDS).write_text(cards, encoding="utf-8")


def _columns(folder: Path, group: str) -> dict[str, NDArray[Any]]:
    return {path.name.split(".")[1]: _mapped(path) for path in sorted(folder.glob(f"{group}.*.npy"))}


def _mapped(path: Path) -> NDArray[Any]:
    """A column mapped from disk, as a plain array: slices of numpy's own memmap take ten times as long."""
    return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False)).view(np.ndarray)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
