"""The text file: one document's text and its character boxes in one compact file, without pickle.

    8 bytes   magic, with the format's number
    4 bytes   length of the header, little-endian
    header    JSON: characters, the length of each part, sha256 over the parts
    parts     text (UTF-8), pages (2 bytes a character), sides (x0, top, x1, bottom; 4 bytes each)

Numbers are little-endian; every part is deflated at level 1. The four sides lie in columns, because
the characters of a line share top and bottom: columns pack smaller and faster than rows.
A file that is not exactly what was written is refused with a `StoreError`, never half-read.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from law.errors import StoreError
from law.span import Boxes

SUFFIX = ".konkyo"
_MAGIC = b"KONKYO1\n"
_PARTS = ("text", "pages", "sides")
_LEVEL = 1  # a third of the time of the default level, and the columns hardly shrink further
_SIDES = 4
_Column = TypeVar("_Column", "array[int]", "array[float]")
_SURROGATES = "surrogatepass"  # a broken font map can yield half a pair; it is kept, as all else is


@dataclass(frozen=True, slots=True)
class Printed:
    """What a text file holds: the words, and where each character stands."""

    text: str
    boxes: Boxes


def pack(text: str, boxes: Boxes) -> bytes:
    """The bytes of a text file."""
    parts = {
        "text": zlib.compress(text.encode("utf-8", _SURROGATES), _LEVEL),
        "pages": zlib.compress(_little(boxes.pages), _LEVEL),
        "sides": zlib.compress(b"".join(_little(boxes.sides[k::_SIDES]) for k in range(_SIDES)), _LEVEL),
    }
    body = b"".join(parts.values())
    header = json.dumps(
        {
            "characters": len(text),
            **{name: len(part) for name, part in parts.items()},
            "sha256": hashlib.sha256(body).hexdigest(),
        }
    ).encode("ascii")
    return _MAGIC + len(header).to_bytes(4, "little") + header + body


def unpack(packed: bytes, path: Path) -> Printed:
    """The text and boxes of a text file's bytes; `path` is only for the message.

    Raises:
        StoreError: when the bytes are not exactly those that were packed.
    """
    try:
        return _unpack(packed)
    except (ValueError, KeyError, TypeError, zlib.error) as cause:
        raise StoreError(
            f"The text file {path} is damaged ({cause}). Restore it from a copy of the knowledge base, "
            "or remove the document and ingest its PDF again.",
            f"本文ファイル {path} が壊れています。ナレッジベースの控えから戻すか、その文書を削除して"
            "PDFを取り込み直してください。",
        ) from cause


def read(path: Path) -> Printed:
    """The text and boxes of a text file on disk.

    Raises:
        StoreError: when the file is missing or damaged.
    """
    try:
        packed = path.read_bytes()
    except OSError as cause:
        raise StoreError(
            f"The text file {path} cannot be read ({cause.strerror}). Restore it from a copy of the knowledge "
            "base, or remove the document and ingest its PDF again.",
            f"本文ファイル {path} が読めません。ナレッジベースの控えから戻すか、その文書を削除してPDFを"
            "取り込み直してください。",
        ) from cause
    return unpack(packed, path)


def _unpack(packed: bytes) -> Printed:
    if not packed.startswith(_MAGIC):
        raise ValueError(f"it begins with {packed[:8]!r}, not {_MAGIC!r}")
    start = len(_MAGIC) + 4
    end = start + int.from_bytes(packed[len(_MAGIC) : start], "little")
    header = json.loads(packed[start:end].decode("ascii"))
    body = packed[end:]
    if hashlib.sha256(body).hexdigest() != header["sha256"]:
        raise ValueError("its checksum differs from the one it was written with")
    parts: dict[str, bytes] = {}
    at = 0
    for name in _PARTS:
        parts[name] = zlib.decompress(body[at : at + header[name]])
        at += header[name]
    text = parts["text"].decode("utf-8", _SURROGATES)
    pages, columns = _column(array("H"), parts["pages"]), _column(array("f"), parts["sides"])
    n = header["characters"]
    if (len(text), len(pages), len(columns), at) != (n, n, n * _SIDES, len(body)):
        raise ValueError(f"{n} characters were written, {len(text)} with {len(pages)} pages were found")
    sides: array[float] = array("f", bytes(len(parts["sides"])))
    for k in range(_SIDES):
        sides[k::_SIDES] = columns[k * n : (k + 1) * n]
    return Printed(text, Boxes(pages, sides))


def _little(column: array[int] | array[float]) -> bytes:
    if sys.byteorder == "big":
        column = column[:]
        column.byteswap()
    return column.tobytes()


def _column(column: _Column, raw: bytes) -> _Column:
    column.frombytes(raw)
    if sys.byteorder == "big":
        column.byteswap()
    return column
