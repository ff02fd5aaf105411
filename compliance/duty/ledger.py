"""The own columns of the register on disk: `register.sqlite` in the knowledge base's folder.

Every change keeps the words the row had, so that a duty that changed later can be told. Who saves says which
revision was shown, so that two people who fill in one row do not overwrite each other unawares.
"""

from __future__ import annotations

from pathlib import Path

from compliance.notebook import Notebook
from compliance.register import Entry, Own
from law.errors import StoreError

_COLUMNS = "id, document, clause, quote, status, owner, evidence, note, revision"


class Ledger(Notebook):
    """The entries, open."""

    FILE = "register.sqlite"
    TABLE = """
    CREATE TABLE IF NOT EXISTS entries (
        id TEXT PRIMARY KEY, document TEXT NOT NULL, clause TEXT NOT NULL, quote TEXT NOT NULL,
        status TEXT NOT NULL, owner TEXT NOT NULL, evidence TEXT NOT NULL, note TEXT NOT NULL,
        revision INTEGER NOT NULL,
        changed_at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT
    """
    NAMES = ("register's own columns", "義務一覧の記入欄")
    VERSION = 2

    def entries(self) -> tuple[Entry, ...]:
        """All entries, by document, clause and id."""
        found = self._ask(f"SELECT {_COLUMNS} FROM entries ORDER BY document, clause, id")
        return tuple(
            Entry(id, document, clause, quote, Own(*own), revision)
            for id, document, clause, quote, *own, revision in found
        )

    def put(self, entry: Entry, *, revision: int = 0, instead_of: str | None = None) -> int | None:
        """Keep an entry over the revision that was shown (0: there was none); the new revision.

        `instead_of` is the id of the changed duty it was carried over from. None, and nothing is kept, where somebody
        else changed or removed it meanwhile.
        """
        own = entry.own
        old = instead_of or entry.id
        with self._whole():
            if self._revision(old) != revision or (old != entry.id and self._revision(entry.id)):
                return None
            self._ask("DELETE FROM entries WHERE id = ?", old)
            self._ask(
                f"INSERT INTO entries ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                *(entry.id, entry.document, entry.clause, entry.quote),
                *(own.status, own.owner, own.evidence, own.note, revision + 1),
            )
        return revision + 1

    def remove(self, id: str, revision: int) -> bool:
        """Forget an entry in the revision that was shown.

        False, and nothing is forgotten, where somebody else changed or removed it meanwhile.
        """
        return bool(self._ask("DELETE FROM entries WHERE id = ? AND revision = ? RETURNING id", id, revision))

    def _open(self, read_only: bool) -> None:
        columns = {name for _, name, *_ in self._ask("PRAGMA table_info(entries)")}
        if columns and "revision" not in columns:
            raise StoreError(
                f"{self.path} was written by a trial version of konkyo and has no revisions; "
                "move the file to another place, then fill in the register anew.",
                f"{self.path} は試作版の konkyo で書かれており、変更の回数の欄がないため読めません。"
                "ファイルを別の場所に移してから、義務一覧に記入してください。",
            )
        super()._open(read_only)

    def _revision(self, id: str) -> int:
        rows = self._ask("SELECT revision FROM entries WHERE id = ?", id)
        return int(rows[0][0]) if rows else 0


def kept(folder: Path) -> tuple[Entry, ...]:
    """The entries of a knowledge base, read without making or changing a file; none where there are none.

    Raises:
        StoreError: when the file is damaged.
    """
    if not Ledger.is_in(folder):
        return ()
    with Ledger(folder, read_only=True) as ledger:
        return ledger.entries()
