"""Searches kept with a note: one JSON object a line in `saved.jsonl` of the knowledge base, for all its users.

What is kept is the address of the search, so that it opens as any link does and is checked as any link is.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from law.disk import write_once
from ui.place import Asked, address_of, read_asked

NAME = "saved.jsonl"
LONGEST_NOTE = 1000
"""Code points of a note."""
_MOST = 500
_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Saved:
    """A search that somebody kept: when (UTC), what is asked, and why it matters."""

    at: str
    asked: Asked
    note: str = ""


def saved(kb: Path) -> tuple[Saved, ...]:
    """What is kept, newest first; a line that makes no sense to us is left out here, and left in the file."""
    return tuple(one for line in reversed(_lines(kb)) if (one := _read(line)) is not None)


def keep(kb: Path, asked: Asked, note: str) -> None:
    """Keeps a search, newest; one that is kept already gets the new note.

    Raises:
        OSError: the folder cannot be written.
    """
    at = datetime.now(UTC).isoformat(timespec="seconds")
    with _LOCK:
        others = _without(_lines(kb), asked)[1 - _MOST :]
        _write(kb, [*others, _packed(Saved(at, asked, note.strip()[:LONGEST_NOTE]))])


def drop(kb: Path, asked: Asked) -> None:
    """Forgets a search that was kept.

    Raises:
        OSError: the folder cannot be written.
    """
    with _LOCK:
        _write(kb, _without(_lines(kb), asked))


def _lines(kb: Path) -> list[str]:
    """The lines of the file; only a line feed ends one, for a note may hold any other separator."""
    try:
        return [line for line in (kb / NAME).read_text(encoding="utf-8", errors="replace").split("\n") if line]
    except FileNotFoundError:
        return []


def _without(lines: Sequence[str], asked: Asked) -> list[str]:
    return [line for line in lines if (one := _read(line)) is None or one.asked != asked]


def _write(kb: Path, lines: Sequence[str]) -> None:
    write_once(kb / NAME, "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"))


def _packed(one: Saved) -> str:
    return json.dumps({"at": one.at, "asked": address_of(one.asked), "note": one.note}, ensure_ascii=False)


def _read(line: str) -> Saved | None:
    try:
        said = json.loads(line)
        asked = read_asked({str(name): str(value) for name, value in said["asked"].items()})
        at, note = str(said["at"]), str(said.get("note", ""))[:LONGEST_NOTE]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return Saved(at, asked, note) if asked.question else None
