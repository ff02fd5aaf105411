"""Generations: the derived search files, one numbered folder a build, one pointer to the current one.

A build fills a fresh folder beside the old one; publishing makes it durable and then swaps the pointer
file in one step. A reader keeps the folder it opened; the one before the current one stays for it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from law.disk import sync_folder, sync_tree, write_once
from law.errors import StoreError

POINTER = "current"


def current(folder: Path) -> Path | None:
    """The published generation, or None where none is (or its folder is gone): build a new one."""
    number = pointed(folder)
    path = folder / str(number)
    return path if number is not None and path.is_dir() else None


def pointed(folder: Path) -> int | None:
    """The number in the pointer file, or None where there is none or it is no number."""
    try:
        words = (folder / POINTER).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return None
    return int(words) if words.isdigit() else None


def fresh(folder: Path) -> Path:
    """A new empty folder, numbered above all others."""
    folder.mkdir(parents=True, exist_ok=True)
    number = max((*_numbers(folder), pointed(folder) or 0), default=0) + 1
    path = folder / str(number)
    path.mkdir()
    return path


def publish(folder: Path, generation: Path) -> None:
    """Make the generation durable, point to it, and drop those older than the one it follows.

    Raises:
        StoreError: when it is not a generation of this folder, or older than the current one.
    """
    if generation.parent.resolve() != folder.resolve() or not generation.name.isdigit() or not generation.is_dir():
        raise StoreError(
            f"Expected a folder made by new_generation() under {folder}, found {generation}. Run `konkyo reindex`.",
            f"{folder} の世代フォルダーではありません：{generation}。`konkyo reindex` を実行してください。",
        )
    before, number = pointed(folder), int(generation.name)
    if before is not None and number < before:
        raise StoreError(
            f"Generation {number} is older than the published generation {before} of {folder}: another build "
            "finished first. Run `konkyo reindex` if the search index is out of date.",
            f"世代 {number} は公開済みの世代 {before} より古いため公開しません。検索索引が古い場合は "
            "`konkyo reindex` を実行してください。",
        )
    sync_tree(generation)
    sync_folder(folder)
    write_once(folder / POINTER, f"{number}\n".encode("ascii"))
    kept = before if before is not None and before != number else _previous(folder, number)
    for old in _numbers(folder):
        if old < number and old != kept:
            shutil.rmtree(folder / str(old), ignore_errors=True)


def _previous(folder: Path, number: int) -> int | None:
    return max((n for n in _numbers(folder) if n < number), default=None)


def _numbers(folder: Path) -> list[int]:
    return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdigit() and entry.is_dir())
