"""The record of corrections on disk: `corrections.sqlite` in the knowledge base's folder.

Apart from the catalogue on purpose, like the register's ledger: a new ingestion or a rebuilt catalogue
touches nothing here. The record only grows: a saying is never changed or deleted, a later one stands over it,
and a withdrawal is a saying too. So it can always be told who said what, when and why.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from compliance.corrections import Cell, Correction, Ruling
from law.errors import StoreError

FILE = "corrections.sqlite"
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS corrections (
    number INTEGER PRIMARY KEY, "case" TEXT NOT NULL, fact TEXT NOT NULL, machine TEXT NOT NULL,
    clause TEXT NOT NULL, ruling TEXT NOT NULL, words TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL,
    at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
) STRICT
"""
_COLUMNS = '"case", fact, machine, clause, ruling, words, who, why'


class CorrectionFile:
    """The record, open. A context manager; one a thread."""

    def __init__(self, folder: Path) -> None:
        """Open the record of a knowledge base, or make it.

        Raises:
            StoreError: when the file is damaged, from a newer konkyo, or cannot be written.
        """
        self.path = folder / FILE
        with self._faults():
            self._rows = sqlite3.connect(self.path, timeout=10, isolation_level=None)
            (version,) = self._rows.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                self._rows.close()
                raise _newer(self.path, version)
            self._rows.execute("PRAGMA journal_mode = WAL")
            self._rows.execute(_TABLE)
            self._rows.execute(f"PRAGMA user_version = {_VERSION}")

    def record(self) -> tuple[Correction, ...]:
        """Everything that was ever said, the oldest first.

        Raises:
            StoreError: when the file is damaged.
        """
        with self._faults():
            rows = self._rows.execute(f"SELECT {_COLUMNS}, at, number FROM corrections ORDER BY number").fetchall()
            return tuple(
                Correction(Cell(case, fact, machine, clause), Ruling(ruling), words, who, why, at, number)
                for case, fact, machine, clause, ruling, words, who, why, at, number in rows
            )

    def add(self, one: Correction) -> None:
        """Write a saying down; its time and number are those of the file.

        Raises:
            ValueError: when nobody says it, or it corrects a cell to nothing.
            StoreError: when the file cannot be written.
        """
        if not one.who.strip():
            raise ValueError("expected the name of who corrects, found none")
        if one.ruling in (Ruling.CORRECTED, Ruling.ADDED) and not one.words.strip():
            raise ValueError("expected the words in the place of the machine's, found none")
        cell = one.cell
        with self._faults():
            self._rows.execute(
                f"INSERT INTO corrections ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (cell.case, cell.fact, cell.words, cell.clause, one.ruling.value, one.words, one.who, one.why),
            )

    def close(self) -> None:
        """Give the file back."""
        self._rows.close()

    def __enter__(self) -> CorrectionFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Tells of a fault of the file in the user's words."""
        try:
            yield
        except (sqlite3.Error, ValueError) as cause:
            raise _damaged(self.path, cause) from cause


def record_of(folder: Path) -> tuple[Correction, ...]:
    """The record of a knowledge base; nothing is made where there is none.

    Raises:
        StoreError: when the file is damaged or from a newer konkyo.
    """
    if not (folder / FILE).is_file():
        return ()
    with CorrectionFile(folder) as file:
        return file.record()


def _newer(path: Path, version: int) -> StoreError:
    return StoreError(
        f"{path} was written by a newer konkyo (format {version}, this one reads {_VERSION}); update konkyo.",
        f"{path} は新しい版の konkyo で書かれています。konkyo を更新してください。",
    )


def _damaged(path: Path, cause: Exception) -> StoreError:
    return StoreError(
        f"The corrections in {path} cannot be read or written ({cause}). Restore the file from a copy.",
        f"訂正の記録 {path} を読み書きできません（{cause}）。控えから戻してください。",
    )
