"""The catalogue: the SQLite file that is the single truth about a knowledge base.

Everything that speaks SQL is here; files are `law.store`'s. One connection serves all threads, one
statement or transaction at a time. What SQLite raises leaves as a `StoreError`.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from law.document import Document
from law.errors import StoreError, UnknownDocument
from law.records import COLUMNS, Record, Row, about_of
from law.schema import LATEST, migrate, version_of

_BUSY = 5.0  # seconds SQLite waits for another process's transaction; ours take milliseconds


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the catalogue: one version of one document."""

    id: str
    title: str
    authority: tuple[str, ...]
    date: str | None
    kind: str | None
    pages: int
    clauses: int
    findings: int
    sha256: str
    name: str
    bytes: int
    version: int
    added: str
    superseded: str | None = None
    url: str | None = None
    licence: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One version's row: where its file and text lie, and the checksum of all that was read."""

    number: int
    ordinal: int
    sha256: str
    name: str
    bytes: int
    text_file: str
    reading: str
    about: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that was done to the knowledge base, and when (UTC)."""

    at: str
    action: str
    document: str | None
    sha256: str | None
    detail: str


def _reading_mode(path: Path) -> str:
    """How SQLite opens a file whose folder cannot be written.

    Its shared memory cannot be made there, so the file must be taken as one that nobody changes; where another
    process has it open, that one's shared memory serves (SQLite, Write-Ahead Logging, "Read-Only Databases").
    """
    return "mode=ro" if path.with_name(f"{path.name}-shm").exists() else "immutable=1"


def _listed(table: str) -> str:
    return ", ".join(COLUMNS[table].split())


_CURRENT = "JOIN documents ON documents.current = versions.number"
_ENTRY = (
    "document, about, pages, clauses, findings, sha256, name, bytes, ordinal, added, superseded "  # as `_entry` reads
)
_READING = "number, ordinal, sha256, name, bytes, text_file, reading, about"
_SELECTS = {table: f"SELECT {_listed(table)} FROM {table} WHERE version = ? ORDER BY ordinal" for table in COLUMNS}
_INSERTS = {
    table: f"INSERT INTO {table} (version, ordinal, {_listed(table)}) VALUES (?, ?"
    f"{', ?' * len(COLUMNS[table].split())})"
    for table in COLUMNS
}


class Catalogue:
    """The catalogue of one knowledge base, open."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self._lock = threading.RLock()
        with _told(path):
            self._connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?{_reading_mode(path) if read_only else 'mode=rwc'}",
                uri=True,
                timeout=_BUSY,
                isolation_level=None,
                check_same_thread=False,
            )

    def prepare(self) -> None:
        """Set the connection up, and bring an older catalogue to the newest schema.

        Raises:
            StoreError: when it is locked, damaged, or of a schema newer than we know.
        """
        with _told(self.path):
            self._connection.execute("PRAGMA foreign_keys = ON")
            version = version_of(self._connection)
            if version > LATEST:
                raise StoreError(
                    f"The catalogue {self.path} has schema {version}; this konkyo knows up to {LATEST}. "
                    "Update konkyo, or use the version that wrote it.",
                    f"{self.path} は新しい版の konkyo で作られています（スキーマ {version}、対応は {LATEST} まで）。"
                    "konkyo を更新してください。",
                )
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")  # "stored" must outlive a power cut
            if version < LATEST:
                migrate(self._connection)

    @property
    def is_newest(self) -> bool:
        """Whether the schema is the one we write; an older one needs the write lock to migrate."""
        with _told(self.path):
            return version_of(self._connection) == LATEST

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    def entries(self, id: str | None = None, *, superseded: bool = False) -> tuple[Entry, ...]:
        """The versions by id and ordinal, of one document or of all."""
        join = "" if superseded else _CURRENT
        where, values = ("", ()) if id is None else ("WHERE document = ?", (id,))
        return tuple(
            _entry(row)
            for row in self._rows(f"SELECT {_ENTRY} FROM versions {join} {where} ORDER BY document, ordinal", *values)
        )

    def reading(self, id: str, version: int | None = None) -> Reading:
        """The current version of a document, or the one named.

        Raises:
            UnknownDocument: when there is none.
        """
        if version is None:
            rows = self._rows(f"SELECT {_READING} FROM versions {_CURRENT} WHERE document = ?", id)
        else:
            rows = self._rows(f"SELECT {_READING} FROM versions WHERE document = ? AND ordinal = ?", id, version)
        if not rows:
            raise self._unknown(id if version is None else f"{id} (version {version})")
        return Reading(*rows[0])

    def tables(self, id: str, version: int | None = None) -> tuple[Reading, dict[str, list[Row]]]:
        """A version and all its rows, as they stood at one moment.

        Raises:
            UnknownDocument: when there is none.
        """
        with self._lock, _told(self.path):
            self._connection.execute("BEGIN")
            try:
                reading = self.reading(id, version)
                return reading, {table: self._rows(select, reading.number) for table, select in _SELECTS.items()}
            finally:
                self._connection.execute("COMMIT")

    def rows_of(self, table: str, id: str) -> list[Row]:
        """The rows of one table for the current version of a document."""
        with self._lock:
            return self._rows(_SELECTS[table], self.reading(id).number)

    def find_sha256(self, sha256: str) -> str | None:
        """The id of the document whose current version has these bytes, or None."""
        rows = self._rows(f"SELECT document FROM versions {_CURRENT} WHERE sha256 = ? ORDER BY document", sha256)
        return str(rows[0][0]) if rows else None

    def readings(self) -> tuple[tuple[str, Reading], ...]:
        """Every version with its document's id, superseded ones too."""
        rows = self._rows(f"SELECT document, {_READING} FROM versions ORDER BY document, ordinal")
        return tuple((str(id), Reading(*row)) for id, *row in rows)

    def fingerprint(self) -> str:
        """The ids, files and readings of all current documents, as one line of text."""
        rows = self._rows(f"SELECT document, sha256, reading FROM versions {_CURRENT} ORDER BY document")
        return repr([tuple(row) for row in rows])

    def enter(self, document: Document, record: Record, text_file: str, reading: str) -> int:
        """Make this the current version of its document, in one transaction; its ordinal.

        The reading of the same bytes is replaced; other bytes supersede the version before.
        """
        source, at = document.source, _now()
        with self._transaction() as db:
            db.execute("INSERT OR IGNORE INTO documents (id) VALUES (?)", (document.id,))
            ordinal = _make_room(db, document.id, source.sha256, at)
            number = db.execute(
                f"INSERT INTO versions (document, {_READING.removeprefix('number, ')}, pages, clauses, findings, added)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (
                    *(document.id, ordinal, source.sha256, source.name, source.bytes, text_file, reading, record.about),
                    *(len(document.sheets), len(document.clauses), len(document.findings), at),
                ),
            ).lastrowid
            for table, insert in _INSERTS.items():
                db.executemany(insert, [(number, i, *row) for i, row in enumerate(record.tables[table])])
            db.execute("UPDATE documents SET current = ? WHERE id = ?", (number, document.id))
            _log(db, "add", document.id, source.sha256, f"version {ordinal}, {source.name}")
        return ordinal

    def forget(self, id: str) -> None:
        """Remove a document with all its versions."""
        reading = self.reading(id)
        with self._transaction() as db:
            db.execute("DELETE FROM documents WHERE id = ?", (id,))
            _log(db, "remove", id, reading.sha256, f"all {reading.ordinal} versions, {reading.name}")

    def note(self, action: str, document: str | None, detail: str) -> None:
        """Write a line into the audit log."""
        with self._transaction() as db:
            _log(db, action, document, None, detail)

    def audit(self) -> tuple[AuditEntry, ...]:
        """The audit log, oldest first."""
        rows = self._rows("SELECT at, action, document, sha256, detail FROM audit_log ORDER BY number")
        return tuple(AuditEntry(*row) for row in rows)

    def faults(self) -> list[str]:
        """What SQLite's own checks find wrong with the file; empty when it is sound."""
        with self._lock:
            try:
                found = [str(row[0]) for row in self._connection.execute("PRAGMA quick_check")]
                broken = self._connection.execute("PRAGMA foreign_key_check").fetchall()
            except sqlite3.Error as error:
                return [str(error)]
        return [line for line in found if line != "ok"] + [f"row {row[1]} of {row[0]} leads nowhere" for row in broken]

    def _rows(self, sql: str, *values: object) -> list[Row]:
        with self._lock, _told(self.path):
            return self._connection.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _told(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _unknown(self, which: str) -> UnknownDocument:
        known = [entry.id for entry in self.entries()]
        some = ", ".join(known[:5]) + (f" and {len(known) - 5} more" if len(known) > 5 else "")
        return UnknownDocument(
            f"There is no document {which} in {self.path.parent}; it holds {some or 'none'}.",
            f"{self.path.parent} に文書「{which}」はありません（登録済み：{some or 'なし'}）。",
        )


def _make_room(db: sqlite3.Connection, id: str, sha256: str, at: str) -> int:
    before = db.execute(
        "SELECT number, ordinal, sha256 FROM versions WHERE document = ? ORDER BY ordinal DESC LIMIT 1", (id,)
    ).fetchone()
    if before is None:
        return 1
    number, ordinal, known = before
    if known == sha256:
        db.execute("UPDATE documents SET current = NULL WHERE id = ?", (id,))
        db.execute("DELETE FROM versions WHERE number = ?", (number,))
        return int(ordinal)
    db.execute("UPDATE versions SET superseded = ? WHERE number = ?", (at, number))
    return int(ordinal) + 1


def _entry(row: Row) -> Entry:
    id, about_json, pages, clauses, findings, sha256, name, size, ordinal, added, superseded = row
    about = about_of(about_json)
    return Entry(
        id=id,
        title=about.title.value if about.title else id,
        authority=tuple(one.value for one in about.authority),
        date=about.date.value if about.date else None,
        kind=about.kind.value if about.kind else None,
        pages=pages,
        clauses=clauses,
        findings=findings,
        sha256=sha256,
        name=name,
        bytes=size,
        version=ordinal,
        added=added,
        superseded=superseded,
        url=about.url,
        licence=about.licence,
    )


def _log(db: sqlite3.Connection, action: str, document: str | None, sha256: str | None, detail: str) -> None:
    db.execute(
        "INSERT INTO audit_log (at, action, document, sha256, detail) VALUES (?, ?, ?, ?, ?)",
        (_now(), action, document, sha256, detail),
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in our words what SQLite raises."""
    try:
        yield
    except sqlite3.OperationalError as cause:
        if "locked" not in str(cause) and "busy" not in str(cause):
            raise _unusable(path, cause) from cause
        raise StoreError(
            f"The catalogue {path} is locked: another process is writing to it ({cause}). Wait until it ends, "
            "then try again; nothing was changed.",
            f"{path} は別の処理が使用中です。終わってからもう一度実行してください。何も変更していません。",
        ) from cause
    except sqlite3.Error as cause:
        raise _unusable(path, cause) from cause


def _unusable(path: Path, cause: sqlite3.Error) -> StoreError:
    return StoreError(
        f"The catalogue {path} is damaged or cannot be used ({cause}). Run `konkyo doctor`; restore it from a copy, "
        "or ingest the PDFs into a new folder (they lie in sources/).",
        f"{path} が壊れているか使えません（{cause}）。`konkyo doctor` で確かめ、控えから戻すか、sources/ の"
        "PDFを新しいフォルダーに取り込み直してください。",
    )
