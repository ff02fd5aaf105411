"""Notebooks: what people write beside the documents, each kind in a small SQLite file of the knowledge base's folder.

Apart from the catalogue on purpose: a new ingestion, a new version or a rebuilt catalogue touches nothing here.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, ClassVar, Self

from law.errors import StoreError

_BUSY = 10.0  # seconds SQLite waits for another's transaction; ours take milliseconds
_LATER = (
    "Nothing was changed: check whether another program uses it, the rights on the folder and the space on the disk, "
    "then try again.",
    "何も変更していません。ほかの処理が使用中でないか、フォルダーの権限と空き容量を確かめて、もう一度実行してください。",
)


class Notebook:
    """A notebook, open. A context manager; one a thread. Its kinds say the file, the table and what they hold."""

    FILE: ClassVar[str]
    TABLE: ClassVar[str]
    """The statement that makes the table where there is none."""
    NAMES: ClassVar[tuple[str, str]]
    """What it holds, for messages: in English and in Japanese."""
    VERSION: ClassVar[int] = 1

    def __init__(self, folder: Path, *, read_only: bool = False) -> None:
        """Open the notebook of a knowledge base, or make it; one that is only read must be there.

        Raises:
            StoreError: when the file is damaged, from a newer konkyo, or cannot be written.
        """
        self.path = folder / self.FILE
        address = f"{self.path.absolute().as_uri()}?mode={'ro' if read_only else 'rwc'}"
        with self._told():
            self._rows = sqlite3.connect(address, uri=True, timeout=_BUSY, isolation_level=None)
        try:
            self._open(read_only)
        except BaseException:
            self._rows.close()
            raise

    @classmethod
    def is_in(cls, folder: Path) -> bool:
        """Whether the knowledge base has this notebook."""
        return (folder / cls.FILE).is_file()

    def close(self) -> None:
        """Give the file back."""
        self._rows.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _open(self, read_only: bool) -> None:
        ((version,),) = self._ask("PRAGMA user_version")
        if version > self.VERSION:
            raise StoreError(
                f"{self.path} was written by a newer konkyo (format {version}, this one reads {self.VERSION}); "
                "update konkyo.",
                f"{self.path} は新しい版の konkyo で書かれています。konkyo を更新してください。",
            )
        if not read_only:
            self._ask(self.TABLE)
            self._ask(f"PRAGMA user_version = {self.VERSION}")

    def _ask(self, statement: str, *values: str | int) -> Sequence[Any]:
        """The rows that a statement gives."""
        with self._told():
            return self._rows.execute(statement, values).fetchall()

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Statements that are kept together or not at all."""
        self._ask("BEGIN IMMEDIATE")
        try:
            yield
            self._ask("COMMIT")
        except BaseException:
            if self._rows.in_transaction:
                self._rows.execute("ROLLBACK")
            raise

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Says in our words what SQLite raises."""
        try:
            yield
        except sqlite3.OperationalError as cause:  # locked, read-only, no space: the file itself is whole
            raise self._fault(cause, *_LATER) from cause
        except (sqlite3.Error, ValueError) as cause:  # a value the file should not hold is a damage too
            raise self._fault(cause, "Restore the file from a copy.", "控えから戻してください。") from cause

    def _fault(self, cause: Exception, english: str, japanese: str) -> StoreError:
        what, name = self.NAMES
        return StoreError(
            f"The {what} in {self.path} cannot be read or written ({cause}). {english}",
            f"{name} {self.path} を読み書きできません（{cause}）。{japanese}",
        )
