"""What users say of an answer: one JSON object a line in `feedback.jsonl` of the knowledge base, kept locally."""

from __future__ import annotations

import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path

from index.search import Hit
from ui.place import Asked, address_of

NAME = "feedback.jsonl"
_LOCK = threading.Lock()


def keep(kb: Path, asked: Asked, hit: Hit | None, *, is_useful: bool) -> None:
    """Appends one judgement: of a clause that was shown, or (without a hit) of the answer as a whole.

    Raises:
        OSError: the folder cannot be written.
    """
    line = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "question": asked.question,
        "asked": address_of(asked),
        "doc": hit.doc if hit else None,
        "clause": hit.excerpt.clause if hit else None,
        "quote": hit.excerpt.quote if hit else None,
        "useful": is_useful,
    }
    packed = (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8", "replace")
    with _LOCK:  # one write a line: two processes that append cannot tear each other's
        handle = os.open(kb / NAME, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, packed)
        finally:
            os.close(handle)
