"""The commands that change the knowledge base, each `konkyo` in a process of its own, one after another.

The app's process reads no PDF and writes no index: a hostile file can hurt only the process that reads it,
and the screens stay alive. All sessions share one desk; who comes second waits and is told so.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import streamlit as st

_CLI = Path(__file__).resolve().parent.parent / "cli.py"
_READ = re.compile(r"reading +(.+): (\d+)/(\d+)")
"""A line of the command: pages of a file that are read."""
_TOLD = re.compile(r"(stored|unchanged|new-version|refused) +(.+?)(?:: \d+ pages, \d+ clauses)?")
"""A line of the command: the verdict of a file."""
_KEPT = 20
_LINES = 5000


class State(StrEnum):
    """Where a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Pages:
    """Pages of a file that are read, of how many."""

    done: int
    count: int


@dataclass
class Job:
    """One command: what it is for, what it said, and how it ended. Written by its worker, read by all."""

    title: str
    arguments: Sequence[str]
    names: Mapping[str, str] = field(default_factory=dict)
    """The uploaded name of each file by the safe name it was written under."""
    folder: Path | None = None
    """Removed when the job is done."""
    state: State = State.WAITING
    code: int | None = None
    begun: datetime | None = None
    ended: datetime | None = None
    lines: list[str] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)
    pages: dict[str, Pages] = field(default_factory=dict)
    """How far the reading of each file is, by its safe name."""
    verdicts: dict[str, str] = field(default_factory=dict)
    """What became of each file, by its safe name, as soon as it is known."""
    process: subprocess.Popen[str] | None = None

    def hear(self, line: str) -> None:
        """Takes in a line that the command wrote: pages read, a verdict, or words to be kept."""
        if read := _READ.fullmatch(line):
            self.pages[Path(read[1]).name] = Pages(int(read[2]), int(read[3]))
            return
        if told := _TOLD.fullmatch(line):
            self.verdicts[Path(told[2]).name] = told[1]
        self.lines.append(line)
        del self.lines[:-_LINES]

    @property
    def is_good(self) -> bool:
        """Whether the command ended without a complaint."""
        return self.code == 0

    def stop(self) -> None:
        """Ends the command; what it has stored is whole."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


class Desk:
    """Does one job after another, in a thread of its own that ends when there is nothing to do."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._queue: deque[Job] = deque()
        self._jobs: deque[Job] = deque(maxlen=_KEPT)
        self._is_busy = False

    def jobs(self) -> tuple[Job, ...]:
        """The jobs, newest first."""
        with self._lock:
            return tuple(reversed(self._jobs))

    def active(self) -> tuple[Job, ...]:
        """The jobs that are under way or wait, in the order they will be done."""
        return tuple(reversed([job for job in self.jobs() if job.state is not State.DONE]))

    def hand_in(self, job: Job) -> Job:
        """Puts a job at the end of the queue."""
        with self._lock:
            self._queue.append(job)
            self._jobs.append(job)
            if not self._is_busy:
                self._is_busy = True
                threading.Thread(target=self._work, name="konkyo-desk", daemon=True).start()
        return job

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._queue:
                    self._is_busy = False
                    return
                job = self._queue.popleft()
            _do(job)


@st.cache_resource(show_spinner=False)
def desk() -> Desk:
    """The one desk of this process."""
    return Desk()


def konkyo(command: str, kb: Path, *arguments: str, options: Sequence[str] = ()) -> list[str]:
    """The command line of `konkyo COMMAND --json` for the knowledge base; arguments are never read as options."""
    return [
        sys.executable,
        str(_CLI),
        command,
        "--json",
        "--kb",
        str(kb.resolve()),
        *options,
        *(("--", *arguments) if arguments else ()),
    ]


def _do(job: Job) -> None:
    job.begun, job.state = datetime.now().astimezone(), State.RUNNING
    try:
        with subprocess.Popen(
            job.arguments,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        ) as process:
            job.process = process
            listener = threading.Thread(target=_listen, args=(job, process), daemon=True)
            listener.start()
            said = process.stdout.read() if process.stdout else ""
            listener.join()
        job.answers = [answer for line in said.splitlines() if (answer := _object(line)) is not None]
        job.code = process.returncode
    except OSError as error:
        job.lines.append(str(error))
        job.code = -1
    finally:
        if job.folder is not None:
            shutil.rmtree(job.folder, ignore_errors=True)
        job.process = None
        job.ended, job.state = datetime.now().astimezone(), State.DONE


def _listen(job: Job, process: subprocess.Popen[str]) -> None:
    for line in process.stderr or ():
        job.hear(line.rstrip("\n"))


def _object(line: str) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None
