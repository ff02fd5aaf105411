"""The own columns of the register on disk: `register.sqlite` in the knowledge base's folder.

Apart from the catalogue on purpose: a new ingestion, a new version or a rebuilt catalogue touches nothing
here. Every change keeps the words the row had, so that a duty that changed later can be told.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from types import TracebackType

from compliance.register import Entry, Own
from law.errors import StoreError

FILE = "register.sqlite"
_COLUMNS = "id, document, clause, quote, status, owner, evidence, note"
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    id TEXT PRIMARY KEY, document TEXT NOT NULL, clause TEXT NOT NULL, quote TEXT NOT NULL,
    status TEXT NOT NULL, owner TEXT NOT NULL, evidence TEXT NOT NULL, note TEXT NOT NULL,
    changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT
"""


class Ledger:
    """The entries, open. A context manager; one a thread."""

    def __init__(self, folder: Path) -> None:
        """Open the ledger of a knowledge base, or make it.

        Raises:
            StoreError: when the file is damaged, from a newer konkyo, or cannot be written.
        """
        self.path = folder / FILE
        try:
            self._rows = sqlite3.connect(self.path, timeout=10, isolation_level=None)
            (version,) = self._rows.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise _newer(self.path, version)
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute(_TABLE)
            self._rows.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.Error as cause:
            raise _damaged(self.path, cause) from cause

    def entries(self) -> tuple[Entry, ...]:
        """All entries, by document, clause and id."""
        return _entries(self._rows)

    def put(self, entry: Entry, *, instead_of: str | None = None) -> None:
        """Keep an entry; `instead_of` is the id of the changed duty it was carried over from."""
        own = entry.own
        try:
            self._rows.execute("BEGIN IMMEDIATE")
            if instead_of is not None and instead_of != entry.id:
                self._rows.execute("DELETE FROM entries WHERE id = ?", (instead_of,))
            self._rows.execute(
                f"INSERT OR REPLACE INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (entry.id, entry.document, entry.clause, entry.quote, own.status, own.owner, own.evidence, own.note),
            )
            self._rows.execute("COMMIT")
        except sqlite3.Error as cause:
            if self._rows.in_transaction:
                self._rows.execute("ROLLBACK")
            raise _damaged(self.path, cause) from cause

    def remove(self, id: str) -> None:
        """Forget an entry."""
        self._rows.execute("DELETE FROM entries WHERE id = ?", (id,))

    def close(self) -> None:
        """Give the file back."""
        self._rows.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def kept(folder: Path) -> tuple[Entry, ...]:
    """The entries of a knowledge base, read without making or changing a file; none where there are none.

    Raises:
        StoreError: when the file is damaged.
    """
    path = folder / FILE
    if not path.is_file():
        return ()
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=10)) as rows:
            return _entries(rows)
    except sqlite3.Error as cause:
        raise _damaged(path, cause) from cause


def _entries(rows: sqlite3.Connection) -> tuple[Entry, ...]:
    found = rows.execute(f"SELECT {_COLUMNS} FROM entries ORDER BY document, clause, id").fetchall()
    return tuple(Entry(id, document, clause, quote, Own(*own)) for id, document, clause, quote, *own in found)


def _newer(path: Path, version: int) -> StoreError:
    return StoreError(
        f"{path} was written by a newer konkyo (format {version}, this one reads {_VERSION}); update konkyo.",
        f"{path} は新しい版の konkyo で書かれています。konkyo を更新してください。",
    )


def _damaged(path: Path, cause: sqlite3.Error) -> StoreError:
    return StoreError(
        f"The register's own columns in {path} cannot be read or written ({cause}). Restore the file from a copy.",
        f"義務一覧の記入欄 {path} を読み書きできません（{cause}）。控えから戻してください。",
    )
