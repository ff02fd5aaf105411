"""Files that are there whole or not at all, and the lock that keeps two writers apart.

A file is written under a temporary name, made durable and then given its name in one step, so that a
crash leaves either the old state or the new one, and at worst a temporary file (`is_leftover`).
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from law.errors import StoreError

_LEFTOVER = ".part"
_POLL = 0.05  # seconds between two tries for the lock: short beside any ingest


def write_once(path: Path, content: bytes) -> None:
    """Give the path this content, durably and in one step."""
    part = path.with_name(f".{path.name[:60]}.{os.getpid()}{_LEFTOVER}")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def is_leftover(path: Path) -> bool:
    """Whether the file is what a crash left of one that was never finished."""
    return path.name.startswith(".") and path.name.endswith(_LEFTOVER)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_tree(root: Path) -> None:
    """Make all files in a folder and below it durable, and their names."""
    for folder, _, names in os.walk(root):
        for name in names:
            with (Path(folder) / name).open("rb") as file:
                os.fsync(file.fileno())
        sync_folder(Path(folder))


class WriteLock:
    """One writer a knowledge base, over processes and over threads; the holder may take it again.

    The operating system frees the lock when its process ends, however it ends.
    """

    def __init__(self, path: Path, wait: float) -> None:
        self._path = path
        self._wait = wait
        self._thread = threading.RLock()
        self._handle: int | None = None
        self._depth = 0

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock; wait for another holder, then refuse.

        Raises:
            StoreError: when another process still holds it after the wait, or the folder cannot be written.
        """
        with self._thread:
            if self._depth == 0:
                self._handle = self._take()
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                if self._depth == 0 and self._handle is not None:
                    os.close(self._handle)
                    self._handle = None

    def _take(self) -> int:
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        except OSError as cause:
            raise unwritable(self._path.parent, cause) from cause
        until = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "?"
                    os.close(handle)
                    raise self._refusal(holder) from None
                time.sleep(_POLL)
            except BaseException:
                os.close(handle)
                raise
            else:
                os.ftruncate(handle, 0)
                os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
                return handle

    def _refusal(self, holder: str) -> StoreError:
        return StoreError(
            f"The knowledge base {self._path.parent} is locked: process {holder} is writing to it, and was still "
            f"after {self._wait:g} seconds. Wait until it ends, then try again; nothing was changed.",
            f"ナレッジベース {self._path.parent} は使用中です（プロセス {holder} が書き込み中、{self._wait:g} 秒"
            "待ちました）。終わってからもう一度実行してください。何も変更していません。",
        )


def unwritable(folder: Path, cause: OSError) -> StoreError:
    """The fault of a knowledge base whose folder refuses a file."""
    return StoreError(
        f"The knowledge base {folder} cannot be written ({cause.strerror}: {cause.filename}). Check the space on the "
        "disk and the rights on the folder; what was stored before is whole.",
        f"ナレッジベース {folder} に書き込めません（{cause.strerror}）。空き容量と権限を確かめてください。"
        "保存済みの内容は無事です。",
    )
