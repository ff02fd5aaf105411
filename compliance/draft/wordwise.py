"""Two wordings side by side: which stretches agree, which differ, each as printed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from law.fold import fold
from law.span import Aligned, Span


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the draft and what the document has in its place; either may be empty."""

    draft: str
    true: str
    is_same: bool


def compared(draft: str, true: str) -> tuple[Change, ...]:
    """The draft beside the true text; width, old forms and white space make no difference.

    >>> [(c.draft, c.true) for c in compared("帳簿を整備する", "台帳を整備する") if not c.is_same]
    [('帳簿', '台帳')]
    """
    return tuple(_joined(_changes(fold(draft), draft, fold(true), true)))


def _changes(a: Aligned, draft: str, b: Aligned, true: str) -> Iterator[Change]:
    for tag, i, j, m, n in SequenceMatcher(None, a.text, b.text, autojunk=False).get_opcodes():
        yield Change(_printed(a, draft, i, j), _printed(b, true, m, n), tag == "equal")


def _printed(aligned: Aligned, text: str, start: int, end: int) -> str:
    return aligned.source(Span(start, end)).of(text) if end > start else ""


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Differences that a single equal character parts are one: 帳簿 for 台帳."""
    rows = list(changes)
    held: Change | None = None
    for one, following in zip_longest(rows, rows[1:]):
        parts_two = one.is_same and len(one.draft) == 1 and following is not None
        if held is not None and not held.is_same and (not one.is_same or parts_two):
            held = Change(held.draft + one.draft, held.true + one.true, False)
            continue
        if held is not None:
            yield held
        held = one
    if held is not None:
        yield held
