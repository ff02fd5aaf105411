"""What a page's address says: small, plain, and checked like any input.

search   ?q= question  only= document  authority=  kind=  from=  to= (dates)  grade=  doc= clause= (the hit shown)
reader   ?doc=  clause= path as printed  v= version  page= page of the file
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from index.search import Scope
from law.sentence import Modality

LONGEST = 2000
"""Code points of a question; more is cut, and said so."""
ISO_DATE = re.compile(r"(?:18|19|20)\d\d(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_FILTERS = ("only", "authority", "kind", "from", "to", "grade")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its filters and the hit that is shown on the page image."""

    question: str = ""
    scope: Scope = field(default_factory=Scope)
    grade: Modality | None = None
    doc: str | None = None
    clause: str | None = None

    @property
    def is_filtered(self) -> bool:
        """Whether any filter is set."""
        return self.scope != Scope() or self.grade is not None

    @property
    def anywhere(self) -> Asked:
        """The same question and filters, no hit chosen."""
        return replace(self, doc=None, clause=None)


def cleaned(typed: str) -> str:
    """A question without characters that do not print; line breaks are spaces."""
    return " ".join("".join(c if c.isprintable() else " " for c in typed).split())


def read_asked(address: Mapping[str, str]) -> Asked:
    """The question that an address asks; what is no filter is left out."""
    said = {name: address.get(name) or None for name in (*_FILTERS, "doc", "clause")}
    for name in ("from", "to"):
        if not ISO_DATE.fullmatch(said[name] or ""):
            said[name] = None
    grade = said["grade"] if said["grade"] in set(Modality) else None
    return Asked(
        cleaned(address.get("q", ""))[:LONGEST],
        Scope(said["only"], said["kind"], said["from"], said["to"], said["authority"]),
        Modality(grade) if grade else None,
        said["doc"],
        said["clause"],
    )


def address_of(asked: Asked) -> dict[str, str]:
    """The address that asks this question."""
    scope = asked.scope
    said = {
        "q": asked.question,
        "only": scope.doc,
        "authority": scope.authority,
        "kind": scope.kind,
        "from": scope.date_from,
        "to": scope.date_to,
        "grade": asked.grade.value if asked.grade else None,
        "doc": asked.doc,
        "clause": asked.clause,
    }
    return {name: value for name, value in said.items() if value}


def reader_address(
    doc: str, clause: str | None = None, *, version: int | None = None, page: int | None = None
) -> dict[str, str]:
    """The address that opens a document at a clause."""
    said = {"doc": doc, "clause": clause, "v": version, "page": page}
    return {name: str(value) for name, value in said.items() if value}


def number_of(words: str | None) -> int | None:
    """A positive number of an address, or None."""
    return int(words) or None if words and words.isascii() and words.isdigit() and len(words) < 7 else None
