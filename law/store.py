"""The knowledge base on disk: one folder that a person can copy.

    catalogue.sqlite        the single truth (`law.catalogue`)
    sources/<sha256>.pdf    the evidence: the PDFs, named by their content, never changed
    text/<document>-<sha>   the text and boxes of one reading (`law.textfile`)
    generations/            the derived search files (`law.generations`)
    lock                    held by the one process that writes

Files are written first and the catalogue last, in one transaction: a crash at any moment leaves the
last good state, and at worst files that nobody needs, which `sweep` removes. Threads may share a Store.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import unicodedata
from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from law import generations, textfile
from law.catalogue import AuditEntry, Catalogue, Entry
from law.disk import WriteLock, is_leftover, unwritable, write_once
from law.document import Document, Finding, Source
from law.errors import StoreError
from law.faults import source_faults, text_faults
from law.records import Record, document_of, record, reference_of
from law.reference import Reference

__all__ = ["AuditEntry", "Entry", "Store", "Stored", "Verdict"]

CATALOGUE = "catalogue.sqlite"
_FOLDERS = ("sources", "text", "generations")
_NAME_BYTES = 120  # of a document's id in a file name; the whole name may have 255
_UNSAFE = re.compile(r"[^\w.\-]+")


class Verdict(StrEnum):
    """What became of a document that was added."""

    STORED = "stored"
    UNCHANGED = "unchanged"
    NEW_VERSION = "new-version"


@dataclass(frozen=True, slots=True)
class Stored:
    """The answer to `Store.add`: what became of the document, and the id its bytes lie under."""

    verdict: Verdict
    id: str


class Store:
    """A knowledge base, open. Use it as a context manager, or `close` it."""

    def __init__(self, folder: Path, catalogue: Catalogue, lock: WriteLock) -> None:
        self.folder = folder
        self._catalogue = catalogue
        self._lock = lock

    @classmethod
    def open(cls, folder: Path, *, create: bool = False, wait: float = 10.0) -> Store:
        """Open the knowledge base in the folder; `wait` seconds for another writer to end.

        One in a folder that cannot be written (a shared drive, a disc) is opened for reading alone.

        Raises:
            StoreError: when it is missing (and not to be created), locked, newer than us, or damaged.
        """
        path = folder / CATALOGUE
        if not create and not path.is_file():
            raise StoreError(
                f"There is no knowledge base in {folder} ({CATALOGUE} is missing). Make one with "
                "`konkyo ingest`, or name another folder with --kb or KONKYO_KB.",
                f"{folder} にナレッジベースがありません。`konkyo ingest` で作るか、--kb または KONKYO_KB で"
                "フォルダーを指定してください。",
            )
        lock = WriteLock(folder / "lock", wait)
        if path.is_file() and not os.access(folder, os.W_OK):
            return cls(folder, _for_reading(path), lock)
        try:
            for name in _FOLDERS:
                (folder / name).mkdir(parents=True, exist_ok=True)
        except OSError as cause:
            raise unwritable(folder, cause) from cause
        catalogue = Catalogue(path)
        try:
            if catalogue.is_newest:
                catalogue.prepare()
            else:
                with lock.held():
                    catalogue.prepare()
        except BaseException:
            catalogue.close()
            raise
        return cls(folder, catalogue, lock)

    def close(self) -> None:
        """Give the catalogue back."""
        self._catalogue.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def writing(self) -> AbstractContextManager[None]:
        """Hold the write lock over several changes: a whole ingest, a build of the search files.

        Raises:
            StoreError: on entering, when another process writes and does not end in time.
        """
        return self._lock.held()

    def add(
        self,
        document: Document,
        pdf: bytes | Path,
        *,
        again: bool = False,
        found: Sequence[Reference] | None = None,
    ) -> Stored:
        """Store the document and its file, whole or not at all.

        Bytes that a document already has are left as they are, unless `again` asks to take their
        new reading (a better reader, another sidecar). Other bytes under an id that is there become
        its new version; the one before stays, marked superseded. `found` are its references where
        they are at hand already (the reading process may find them); else they are found here.

        Raises:
            StoreError: when the file is not the one that was read, or the folder cannot be written.
        """
        content = pdf if isinstance(pdf, bytes) else pdf.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        _admit(document, sha256)
        with self.writing():
            known = self.find_sha256(sha256)
            if known is not None and not (again and known == document.id):
                return Stored(Verdict.UNCHANGED, known)
            rows = record(document, _references(document) if found is None else found)
            return self._put(document, content, rows, is_known=known is not None)

    def _put(self, document: Document, content: bytes, rows: Record, *, is_known: bool) -> Stored:
        packed = textfile.pack(document.text, document.boxes)
        checksum = hashlib.sha256(packed).hexdigest()
        reading = rows.reading(checksum)
        if is_known and self._catalogue.reading(document.id).reading == reading:
            return Stored(Verdict.UNCHANGED, document.id)
        text_file = f"{_file_name(document.id)}-{checksum[:16]}{textfile.SUFFIX}"
        try:
            _keep(self.folder / "sources" / f"{document.source.sha256}.pdf", content)
            _keep(self.folder / "text" / text_file, packed)
        except OSError as cause:
            raise unwritable(self.folder, cause) from cause
        try:
            ordinal = self._catalogue.enter(document, rows, text_file, reading)
        except UnicodeEncodeError as cause:
            raise _half(document.id, cause) from cause
        return Stored(Verdict.STORED if is_known or ordinal == 1 else Verdict.NEW_VERSION, document.id)

    def documents(self, *, superseded: bool = False) -> tuple[Entry, ...]:
        """The catalogue by id and version: the current versions, or the superseded ones as well."""
        return self._catalogue.entries(superseded=superseded)

    def document(self, id: str, version: int | None = None) -> Document:
        """The document as it was added; an older version of it where one is named.

        Raises:
            UnknownDocument: when no document has that id (or not that version).
            StoreError: when its text file is missing or damaged.
        """
        reading, tables = self._catalogue.tables(id, version)
        printed = textfile.read(self.folder / "text" / reading.text_file)
        return document_of(id, Source(reading.name, reading.sha256, reading.bytes), reading.about, tables, printed)

    def references(self, id: str) -> tuple[Reference, ...]:
        """The references in the current version of a document, in the order of its text.

        Raises:
            UnknownDocument: when no document has that id.
        """
        return tuple(reference_of(row) for row in self._catalogue.rows_of("cross_references", id))

    def source(self, id: str, version: int | None = None) -> Path:
        """The PDF a document was read from. It is evidence: read it, never write it.

        Raises:
            UnknownDocument: when no document has that id (or not that version).
        """
        return self.folder / "sources" / f"{self._catalogue.reading(id, version).sha256}.pdf"

    def find_sha256(self, sha256: str) -> str | None:
        """The id of the document whose current version has these bytes, or None."""
        return self._catalogue.find_sha256(sha256)

    def remove(self, id: str) -> None:
        """Forget a document with all its versions, and the files that no other version needs.

        Raises:
            UnknownDocument: when no document has that id.
        """
        with self.writing():
            self._catalogue.forget(id)
            self.sweep()

    def orphans(self) -> tuple[Path, ...]:
        """Files that no version needs, and those that a crash left unfinished."""
        readings = [reading for _, reading in self._catalogue.readings()]
        needed = {f"{reading.sha256}.pdf" for reading in readings} | {_composed(one.text_file) for one in readings}
        kept = [path for name in ("sources", "text") for path in (self.folder / name).iterdir() if _is_ours(path)]
        parts = [path for name in ("", "generations") for path in (self.folder / name).iterdir() if is_leftover(path)]
        return tuple(sorted([path for path in kept if _composed(path.name) not in needed] + parts))

    def sweep(self) -> int:
        """Remove the orphans; how many there were."""
        with self.writing():
            orphans = self.orphans()
            for path in orphans:
                if path.is_dir():
                    shutil.rmtree(path, ignore_errors=True)  # a build that was cut off
                else:
                    path.unlink(missing_ok=True)
            return len(orphans)

    def readings(self) -> dict[str, dict[str, int]]:
        """A checksum of each reading of each document with its version, the current one last."""
        found: dict[str, dict[str, int]] = {}
        for id, reading in self._catalogue.readings():
            of_document = found.setdefault(id, {})
            of_document.pop(reading.reading, None)  # other bytes that read the same stand where they stand last
            of_document[reading.reading] = reading.ordinal
        return found

    def digest(self) -> str:
        """One checksum of all current documents; a search generation made from them carries it."""
        return hashlib.sha256(self._catalogue.fingerprint().encode("utf-8", "surrogatepass")).hexdigest()

    def generation(self) -> Path | None:
        """The published search generation, or None where there is none: build one."""
        return generations.current(self.folder / "generations")

    def new_generation(self) -> Path:
        """A fresh, empty generation folder, numbered above all others."""
        with self.writing():
            return generations.fresh(self.folder / "generations")

    def publish(self, path: Path) -> None:
        """Make a generation durable and current; those older than the one before it go.

        Raises:
            StoreError: when it is not a generation of this knowledge base, or an older one.
        """
        with self.writing():
            generations.publish(self.folder / "generations", path)
            self.note("publish", detail=f"generation {path.name}")

    def note(self, action: str, *, document: str | None = None, detail: str = "") -> None:
        """Write a line into the audit log."""
        self._catalogue.note(action, document, detail)

    def audit(self) -> tuple[AuditEntry, ...]:
        """The audit log, oldest first."""
        return self._catalogue.audit()

    def check(self) -> list[Finding]:
        """What is wrong with the knowledge base, for `konkyo doctor`; empty when it is sound."""
        faults = [
            Finding("catalogue-damaged", f"目録が壊れています：{fault}", f"The catalogue is damaged: {fault}")
            for fault in self._catalogue.faults()
        ]
        if faults:
            return faults
        seen: set[str] = set()
        for id, reading in self._catalogue.readings():
            if reading.sha256 not in seen:
                faults += source_faults(id, self.folder / "sources" / f"{reading.sha256}.pdf", reading.sha256)
            if reading.text_file not in seen:
                faults += text_faults(id, self.folder / "text" / reading.text_file)
            seen |= {reading.sha256, reading.text_file}
        faults += [
            Finding("orphan", f"どの文書も使わないファイル：{path}", f"No document needs the file {path}")
            for path in self.orphans()
        ]
        pointed = generations.pointed(self.folder / "generations")
        if pointed is not None and self.generation() is None:
            faults.append(
                Finding(
                    "generation-missing",
                    f"検索索引の世代 {pointed} がありません。`konkyo reindex` を実行してください。",
                    f"The search generation {pointed} is missing; run `konkyo reindex`.",
                )
            )
        return faults


def _references(document: Document) -> Sequence[Reference]:
    # Inside, because its patterns take 60 ms to compile, and who searches needs none of them.
    from law.citation import references

    return references(document)


def _admit(document: Document, sha256: str) -> None:
    id = document.id
    if not id or id != id.strip() or any(unicodedata.category(c) in ("Cc", "Cs") for c in id):
        raise StoreError(
            f"A document's id needs printable characters and no outer spaces, found {id!r}. "
            "Rename the file, or name an id in its sidecar.",
            f"文書IDに使えない文字があります：{id!r}。ファイル名を変えるか、サイドカーでIDを指定してください。",
        )
    if document.source.sha256 != sha256:
        raise StoreError(
            f"The file of {document.id} is not the one that was read: expected sha256 {document.source.sha256}, "
            f"found {sha256}. It changed meanwhile; ingest it again.",
            f"「{document.id}」のファイルが読み取り中に変わりました。もう一度取り込んでください。",
        )


def _is_ours(path: Path) -> bool:
    """Whether a file was written by us: a user's own file, or the system's, is left alone."""
    return bool(re.fullmatch(r"[0-9a-f]{64}\.pdf", path.name)) or path.suffix == textfile.SUFFIX or is_leftover(path)


def _file_name(id: str) -> str:
    """The part of a document's id that is safe in a file name everywhere, and not too long."""
    safe = _UNSAFE.sub("_", id).lstrip(".") or "document"
    return safe.encode("utf-8", "replace")[:_NAME_BYTES].decode("utf-8", "ignore")


def _composed(name: str) -> str:
    """The name in one form: a folder that was copied over another system may hold が as か and ゛."""
    return unicodedata.normalize("NFC", name)


def _keep(path: Path, content: bytes) -> None:
    """Write a file named by its content; one that is there and sound stays as it is."""
    if not path.is_file() or path.read_bytes() != content:
        write_once(path, content)


def _half(id: str, cause: UnicodeEncodeError) -> StoreError:
    return StoreError(
        f"{id} has half a character (U+{ord(cause.object[cause.start]):04X}) in a label, heading or reference: its "
        "font map is broken. Nothing of it was stored; print the document to a new PDF and ingest that.",
        f"「{id}」の見出しなどに文字として成り立たない符号があります（フォント情報の破損）。保存していません。"
        "PDFを作り直して取り込んでください。",
    )


def _for_reading(path: Path) -> Catalogue:
    catalogue = Catalogue(path, read_only=True)
    try:
        if catalogue.is_newest:
            return catalogue
        raise StoreError(
            f"The catalogue {path} was written by another version of konkyo, and its folder cannot be written, so that "
            "it cannot be brought up to date here. Copy the folder to a place you can write to, and name that.",
            f"{path} は別の版の konkyo で作られており、フォルダーに書き込めないため移行できません。"
            "書き込める場所へフォルダーごと複写し、そちらを指定してください。",
        )
    except BaseException:
        catalogue.close()
        raise
