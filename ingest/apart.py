"""Reading PDFs in processes apart: with limits on time and memory, several files at once.

A process reads many files, so the PDF library is loaded once; it is replaced after a refusal (the file
may have left it in any state) and when it stays silent for too long.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ingest.wire import Reading, decode
from ingest.worker import too_much, unreadable
from law.errors import KonkyoError, SourceError

SILENCE = 90.0
"""Seconds a reader may work on one page, or on opening the file. The slowest real page took 2 s."""
MAX_ANSWER = 2**30
"""Bytes of an encoded document; 129 pages make 1 MiB."""

Progress = Callable[[Path, int, int], None]
"""Told of each page read: the file, pages done, pages in all. Called from several threads."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: a reading, or the reason why there is none."""

    path: Path
    reading: Reading | None
    refusal: SourceError | None


def read_apart(
    paths: Sequence[Path], *, processes: int | None = None, silence: float = SILENCE, progress: Progress | None = None
) -> Iterator[Outcome]:
    """The outcome of each file, in no certain order, read by as many processes as there are cores (or files)."""
    count = max(1, min(len(paths), processes or os.cpu_count() or 1))
    readers = [_Reader(silence, progress) for _ in range(count)]
    idle = list(readers)
    queue = sorted(paths, key=_size, reverse=True)  # the longest first, so that no process ends long after the others
    running: dict[Future[Outcome], _Reader] = {}
    with ThreadPoolExecutor(count) as pool:
        try:
            while queue or running:
                while queue and idle:
                    reader = idle.pop()
                    running[pool.submit(reader.read, queue.pop(0))] = reader
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    idle.append(running.pop(future))
                    yield future.result()
        finally:
            for reader in readers:
                reader.close()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0  # a missing file is refused when its turn comes


class _Reader:
    """One reading process, started when first needed."""

    def __init__(self, silence: float, progress: Progress | None) -> None:
        self.silence = silence
        self.progress = progress
        self.process: subprocess.Popen[bytes] | None = None

    def read(self, path: Path) -> Outcome:
        """Reads one file; never raises."""
        if self.process is None:
            self.process = _start()
        process = self.process
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            request = {"path": str(path.resolve()), "name": path.name}
            process.stdin.write(json.dumps(request).encode() + b"\n")
            process.stdin.flush()
            return Outcome(path, self._reading(path, process, process.stdout), None)
        except SourceError as error:
            self.close()
            return Outcome(path, None, error)
        except (OSError, ValueError, KeyError, TypeError, KonkyoError) as error:
            self.close()
            return Outcome(path, None, _refused(unreadable(type(error).__name__)))

    def _reading(self, path: Path, process: subprocess.Popen[bytes], answers: IO[bytes]) -> Reading:
        while True:
            line = self._line(process, answers)
            if not line:
                raise _refused(too_much("the reading process ended"))
            said: dict[str, Any] = json.loads(line)
            if "refused" in said:
                raise _refused(said["refused"])
            if "length" in said:
                length = int(said["length"])
                if not 0 <= length <= MAX_ANSWER:
                    raise _refused(too_much("answer too long"))
                return decode(answers.read(length))
            if self.progress is not None:
                self.progress(path, int(said["done"]), int(said["count"]))

    def _line(self, process: subprocess.Popen[bytes], answers: IO[bytes]) -> bytes:
        """The next line of the answer; a process that says nothing for too long is ended."""
        late = threading.Timer(self.silence, process.kill)
        late.start()
        try:
            return answers.readline(1 << 20)
        finally:
            late.cancel()

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self.process is None:
            return
        process, self.process = self.process, None
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


def _start() -> subprocess.Popen[bytes]:
    root = str(Path(__file__).resolve().parent.parent)
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([root, os.environ.get("PYTHONPATH", "")]).rstrip(os.pathsep),
    }
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "ingest.worker", str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    )


def _refused(said: dict[str, Any]) -> SourceError:
    page = said.get("page")
    return SourceError(
        str(said["code"]), str(said["english"]), str(said["japanese"]), page=int(page) if page is not None else None
    )
