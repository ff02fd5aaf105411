"""The verdict on one citation or quotation of a draft."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from compliance.draft.nearest import Difference, parts_of
from law.span import Span


class Claim(StrEnum):
    """What is checked."""

    CITATION = "citation"
    QUOTATION = "quotation"


class Finding(StrEnum):
    """What the check found."""

    MATCH = "match"
    MISMATCH = "mismatch"  # the words are altered; the nearest true text stands beside
    NOT_FOUND = "not-found"  # no such document, clause or words
    WRONG_PAGE = "wrong-page"
    WRONG_CLAUSE = "wrong-clause"  # the words are true, but stand elsewhere
    WRONG_DATE = "wrong-date"
    SUPERSEDED = "superseded"  # true of a version that a later one has replaced
    SCATTERED = "scattered"  # words left out with … run over several clauses, or are too many
    UNCHECKED = "unchecked"  # nothing is known to be wrong, but not all of it could be checked


@dataclass(frozen=True, slots=True)
class Checked:
    """One citation or quotation of the draft and what became of it. `span` is its place in the draft."""

    claim: Claim
    span: Span
    words: str
    finding: Finding
    document: str | None = None
    clause: str | None = None
    true_text: str | None = None
    differences: tuple[Difference, ...] = ()
    citation: str | None = None
    message: str = ""
    earlier: int | None = None
    """Which of the earlier versions handed in holds it, where `document` is one of those."""

    @property
    def is_fault(self) -> bool:
        """Whether it is wrong; what could not be checked is neither wrong nor right."""
        return self.finding not in (Finding.MATCH, Finding.UNCHECKED)

    @property
    def is_elided(self) -> bool:
        """Whether words of the document are left out of the quotation with …, so that its true text tells more."""
        return self.claim is Claim.QUOTATION and len(parts_of(self.words)) > 1


def checked_json(checked: Checked) -> dict[str, Any]:
    """`konkyo verify --json`: one object a citation or quotation."""
    return {
        "claim": checked.claim.value,
        "start": checked.span.start,
        "end": checked.span.end,
        "words": checked.words,
        "verdict": checked.finding.value,
        "doc": checked.document,
        "clause": checked.clause,
        "true_text": checked.true_text,
        "differences": [{"draft": one.draft, "true": one.true} for one in checked.differences],
        "citation": checked.citation,
        "message": checked.message,
        "superseded": checked.earlier is not None,
    }
