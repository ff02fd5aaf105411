"""What the commands share: exit codes, remarks, JSON to standard output, questions from a file, the open index."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from index.knowledge import Reach
    from index.search import Searcher
    from law.store import Store

OK, REFUSED, USAGE, DAMAGED = 0, 1, 2, 3


def tell(options: argparse.Namespace, text: str) -> None:
    """A remark on standard error, unless --quiet."""
    if not getattr(options, "quiet", False):
        print(text, file=sys.stderr)


def warn(text: str) -> None:
    """A refusal or a fault: said also where --quiet asks for no remarks."""
    print(f"konkyo: {text}", file=sys.stderr)


def usage(text: str) -> int:
    """Says what was wrong with the command; exit code 2."""
    warn(text)
    return USAGE


def say_json(what: object) -> None:
    """One JSON object on one line of standard output."""
    print(json.dumps(what, ensure_ascii=False))


def lines(path: Path, *needed: str) -> list[dict[str, Any]]:
    """The JSON objects of a file, one a line, each with the keys that are needed.

    Raises:
        SystemExit: the file cannot be read or a line is no such object; the message says which.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SystemExit(usage(f"{path}: expected a UTF-8 file of questions, found {error}")) from error
    objects = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            said = json.loads(line)
        except ValueError:
            said = None
        if not isinstance(said, dict) or any(key not in said for key in needed):
            wanted = ", ".join(f'"{key}"' for key in needed)
            raise SystemExit(usage(f"{path}, line {number}: expected an object with {wanted}, found {line[:60]!r}"))
        objects.append(said)
    return objects


def no_document(options: argparse.Namespace, store: Store, doc: str) -> int:
    """Says which documents there are; exit code 2."""
    known = ", ".join(entry.id for entry in store.documents()) or "none"
    warn(f"no document {doc!r} in {options.kb}; there are: {known}")
    return USAGE


def open_index(options: argparse.Namespace, store: Store, reached: Reach | None = None) -> Searcher:
    """The searcher over the published index; says what it does not reach while an ingestion is under way.

    `reached` is how far it reaches, where the caller has asked: to read documents in the same versions.
    """
    from index.knowledge import open_searcher, open_tools, reach
    from index.settings import read_settings

    within = reach(store) if reached is None else reached
    if within.note is not None:
        tell(options, "\n".join(within.note))
    return open_searcher(store, open_tools(read_settings(options.kb)), within=within)
