"""Notebooks: what people write is kept whole, and a fault says whether the file is whole."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from compliance.notebook import Notebook
from law.errors import StoreError


class Words(Notebook):
    FILE = "words.sqlite"
    TABLE = "CREATE TABLE IF NOT EXISTS words (word TEXT PRIMARY KEY) STRICT"
    NAMES = ("words", "語")

    def words(self) -> list[str]:
        return [word for (word,) in self._ask("SELECT word FROM words ORDER BY word")]

    def add(self, *words: str) -> None:
        with self._whole():
            for word in words:
                self._ask("INSERT INTO words VALUES (?)", word)


def test_what_is_written_is_read_back_by_who_may_only_read(tmp_path: Path) -> None:
    assert not Words.is_in(tmp_path)
    with Words(tmp_path) as notebook:
        notebook.add("監査", "点検")
    assert Words.is_in(tmp_path)
    with Words(tmp_path, read_only=True) as notebook:
        assert notebook.words() == ["点検", "監査"]


def test_statements_that_belong_together_are_kept_together_or_not_at_all(tmp_path: Path) -> None:
    with Words(tmp_path) as notebook:
        with pytest.raises(StoreError):
            notebook.add("監査", "監査")
        assert notebook.words() == []


def test_a_notebook_in_use_is_not_called_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.notebook._BUSY", 0.1)
    with Words(tmp_path) as mine, Words(tmp_path) as theirs, mine._whole():
        with pytest.raises(StoreError) as told:
            theirs.add("監査")
        assert "Nothing was changed" in str(told.value)
        assert "何も変更していません" in told.value.japanese
        assert "控え" not in told.value.japanese


def test_a_damaged_notebook_is_to_be_restored_from_a_copy(tmp_path: Path) -> None:
    (tmp_path / Words.FILE).write_bytes(b"not a database" * 100)
    with pytest.raises(StoreError, match=r"The words in .*words\.sqlite .*Restore the file from a copy"):
        Words(tmp_path)


def test_a_notebook_of_a_newer_konkyo_is_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / Words.FILE) as rows:
        rows.execute("PRAGMA user_version = 9")
    with pytest.raises(StoreError, match="format 9, this one reads 1"):
        Words(tmp_path)
