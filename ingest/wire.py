"""A document between the reading process and ours: JSON and packed columns, never pickle.

A hostile PDF that took over its reader could send anything; decoding builds values and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from law.citation import references
from law.document import Document, Source
from law.records import document_of, record, reference_of
from law.reference import Reference
from law.textfile import pack, unpack

_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reading process found: the document, and the references in it."""

    document: Document
    references: tuple[Reference, ...]


def encode(document: Document) -> bytes:
    """The document with its references: length of the JSON (8 bytes, little-endian), JSON, packed text and boxes."""
    rows = record(document, references(document))
    source = document.source
    head = json.dumps(
        {
            "id": document.id,
            "source": [source.name, source.sha256, source.bytes],
            "about": rows.about,
            "tables": {name: list(table) for name, table in rows.tables.items()},
        },
        ensure_ascii=False,
    ).encode("utf-8", "surrogatepass")
    return len(head).to_bytes(_LENGTH, "little") + head + pack(document.text, document.boxes)


def decode(data: bytes) -> Reading:
    """The document that `encode` was given, and its references.

    Raises:
        ValueError, KeyError, TypeError, StoreError: the bytes are not such a document.
    """
    end = _LENGTH + int.from_bytes(data[:_LENGTH], "little")
    said = json.loads(data[_LENGTH:end].decode("utf-8", "surrogatepass"))
    printed = unpack(data[end:], Path("(reading process)"))
    document = document_of(said["id"], Source(*said["source"]), said["about"], said["tables"], printed)
    return Reading(document, tuple(reference_of(tuple(row)) for row in said["tables"]["cross_references"]))
