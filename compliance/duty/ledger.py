"""The own columns of the register on disk: `register.sqlite` in the knowledge base's folder.

Every change keeps the words the row had, so that a duty that changed later can be told.
"""

from __future__ import annotations

from pathlib import Path

from compliance.notebook import Notebook
from compliance.register import Entry, Own

_COLUMNS = "id, document, clause, quote, status, owner, evidence, note"


class Ledger(Notebook):
    """The entries, open."""

    FILE = "register.sqlite"
    TABLE = """
    CREATE TABLE IF NOT EXISTS entries (
        id TEXT PRIMARY KEY, document TEXT NOT NULL, clause TEXT NOT NULL, quote TEXT NOT NULL,
        status TEXT NOT NULL, owner TEXT NOT NULL, evidence TEXT NOT NULL, note TEXT NOT NULL,
        changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT
    """
    NAMES = ("register's own columns", "義務一覧の記入欄")

    def entries(self) -> tuple[Entry, ...]:
        """All entries, by document, clause and id."""
        found = self._ask(f"SELECT {_COLUMNS} FROM entries ORDER BY document, clause, id")
        return tuple(Entry(id, document, clause, quote, Own(*own)) for id, document, clause, quote, *own in found)

    def put(self, entry: Entry, *, instead_of: str | None = None) -> None:
        """Keep an entry; `instead_of` is the id of the changed duty it was carried over from."""
        own = entry.own
        with self._whole():
            if instead_of is not None and instead_of != entry.id:
                self.remove(instead_of)
            self._ask(
                f"INSERT OR REPLACE INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                *(entry.id, entry.document, entry.clause, entry.quote),
                *(own.status, own.owner, own.evidence, own.note),
            )

    def remove(self, id: str) -> None:
        """Forget an entry."""
        self._ask("DELETE FROM entries WHERE id = ?", id)


def kept(folder: Path) -> tuple[Entry, ...]:
    """The entries of a knowledge base, read without making or changing a file; none where there are none.

    Raises:
        StoreError: when the file is damaged.
    """
    if not Ledger.is_in(folder):
        return ()
    with Ledger(folder, read_only=True) as ledger:
        return ledger.entries()
