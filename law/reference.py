"""A reference as a value: the words, where they stand, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from law.span import Span


class ReferenceKind(StrEnum):
    """What a reference leads to."""

    LAW = "law"
    GUIDELINE = "guideline"
    SELF = "self"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference in the words of a clause, and what it leads to as far as the print says.

    `target` is the path of a clause of the same document; `law` the name of a law, a guideline or
    another document; `article`, `paragraph` and `item` are in Arabic figures (`20-2`, `1`, `(1)①`).
    A range (６－１から６－６－１まで) is one reference to each clause it covers, all with its words.
    """

    surface: str
    span: Span
    clause: str | None
    kind: ReferenceKind
    target: str | None = None
    law: str | None = None
    article: str | None = None
    paragraph: str | None = None
    item: str | None = None
    resolved: bool = False
