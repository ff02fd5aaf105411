"""Uploaded files: their names are hostile, so only a safe stem is kept, and they lie in a folder of their own."""

from __future__ import annotations

import re
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol

_UNSAFE = re.compile(r"[^\w.\-（）「」・〜～]+")
_MOST = 120
"""Bytes of a stem: file systems allow 255 for a name."""


class Uploaded(Protocol):
    """A file as the browser sent it."""

    name: str

    def getbuffer(self) -> memoryview:
        """Its content."""


def safe_stem(name: str) -> str:
    """What is kept of a file's name: letters, figures and a few signs, without folders and leading stops.

    >>> safe_stem("../../etc/passwd.pdf"), safe_stem("実務指針（平成29年）.PDF"), safe_stem("<b>.pdf")
    ('passwd', '実務指針（平成29年）', 'b')
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    stem = re.sub(r"\.pdf$", "", last, flags=re.IGNORECASE)
    kept = _UNSAFE.sub("_", stem).strip("._-")
    return kept.encode("utf-8", "ignore")[:_MOST].decode("utf-8", "ignore").strip("._-") or "document"


def put_down(files: Iterable[Uploaded]) -> tuple[Path, dict[str, str]]:
    """Writes the files into a new folder; the folder, and the uploaded name of each by its safe name.

    Two files of one name get different names, so that neither becomes a version of the other.

    Raises:
        OSError: the disk is full or cannot be written.
    """
    folder = Path(tempfile.mkdtemp(prefix="konkyo-upload-"))
    names: dict[str, str] = {}
    for file in files:
        stem = safe_stem(file.name)
        name, count = f"{stem}.pdf", 1
        while name.casefold() in {known.casefold() for known in names}:
            count += 1
            name = f"{stem}-{count}.pdf"
        (folder / name).write_bytes(file.getbuffer())
        names[name] = file.name
    return folder, names
