"""Faults of single files of a knowledge base, as findings for `konkyo doctor`."""

from __future__ import annotations

import hashlib
from pathlib import Path

from law import textfile
from law.document import Finding
from law.errors import StoreError


def source_faults(id: str, path: Path, sha256: str) -> list[Finding]:
    """Whether the PDF is there and still the one that was stored."""
    try:
        found = hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        found = str(error.strerror)
    if found == sha256:
        return []
    return [
        Finding(
            "source-damaged",
            f"「{id}」の原本 {path} がないか、変わっています。控えから戻してください。",
            f"The PDF of {id}, {path}, is missing or changed (found {found}); restore it from a copy.",
        )
    ]


def text_faults(id: str, path: Path) -> list[Finding]:
    """Whether the text file is there and whole."""
    try:
        textfile.read(path)
    except StoreError as error:
        return [Finding("text-damaged", f"「{id}」：{error.japanese}", f"{id}: {error}")]
    return []
