"""The record of corrections on disk: `corrections.sqlite` in the knowledge base's folder.

The record only grows: a saying is never changed or deleted, a later one stands over it, and a withdrawal is a
saying too. So it can always be told who said what, when and why.
"""

from __future__ import annotations

from pathlib import Path

from compliance.case.corrections import Cell, Correction, Ruling
from compliance.notebook import Notebook

_COLUMNS = '"case", fact, machine, clause, ruling, words, who, why, instead_of'


class CorrectionFile(Notebook):
    """The record, open."""

    FILE = "corrections.sqlite"
    TABLE = """
    CREATE TABLE IF NOT EXISTS corrections (
        number INTEGER PRIMARY KEY, "case" TEXT NOT NULL, fact TEXT NOT NULL, machine TEXT NOT NULL,
        clause TEXT NOT NULL, ruling TEXT NOT NULL, words TEXT NOT NULL, who TEXT NOT NULL, why TEXT NOT NULL,
        instead_of INTEGER NOT NULL,
        at TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'))
    ) STRICT
    """
    NAMES = ("corrections", "訂正の記録")

    def record(self) -> tuple[Correction, ...]:
        """Everything that was ever said, the oldest first.

        Raises:
            StoreError: when the file is damaged.
        """
        rows = self._ask(f"SELECT {_COLUMNS}, at, number FROM corrections ORDER BY number")
        with self._told():
            return tuple(
                Correction(Cell(case, fact, machine, clause), Ruling(ruling), words, who, why, at, number, instead_of)
                for case, fact, machine, clause, ruling, words, who, why, instead_of, at, number in rows
            )

    def add(self, *said: Correction) -> None:
        """Write sayings down, all or none of them; their times and numbers are those of the file.

        Raises:
            ValueError: when nobody says one of them, or it corrects a cell to nothing.
            StoreError: when the file cannot be written.
        """
        with self._whole():
            for one in said:
                self._add(one)

    def _add(self, one: Correction) -> None:
        if not one.who.strip():
            raise ValueError("expected the name of who corrects, found none")
        if one.ruling in (Ruling.CORRECTED, Ruling.ADDED) and not one.words.strip():
            raise ValueError("expected the words in the place of the machine's, found none")
        cell = one.cell
        self._ask(
            f"INSERT INTO corrections ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            *(cell.case, cell.fact, cell.words, cell.clause),
            *(one.ruling.value, one.words, one.who, one.why, one.instead_of),
        )


def record_of(folder: Path) -> tuple[Correction, ...]:
    """The record of a knowledge base; nothing is made where there is none.

    Raises:
        StoreError: when the file is damaged or from a newer konkyo.
    """
    if not CorrectionFile.is_in(folder):
        return ()
    with CorrectionFile(folder, read_only=True) as file:
        return file.record()
