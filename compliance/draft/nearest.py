"""The true text nearest to a quotation, and how the two differ.

Exactness is judged on folded text (width, old forms, white space), with the way back to the print.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from law.document import Clause, ClauseKind, Document
from law.fold import fold, squash
from law.sentence import sentences
from law.span import Aligned, Span

_GAP = re.compile(r"[…‥]+|・{3,}|[（(［\[](?:中?略|前略|後略)[）)］\]]|〔(?:中?略)〕")
_LIKE = 0.55
"""Share of a quotation's pairs of characters that a passage must have to be what it meant."""
_TRIED = 4


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the draft, and what the document has in their place; either may be empty."""

    draft: str
    true: str


@dataclass(frozen=True, slots=True)
class Near:
    """The passage of a document that comes nearest to a quotation."""

    document: Document
    span: Span
    differences: tuple[Difference, ...]
    likeness: float


@lru_cache(maxsize=64)
def _folded(text: str) -> Aligned:
    return fold(text)


def exact(document: Document, words: str) -> tuple[Span, ...]:
    """Every place where a quotation stands word for word; one with … stands where its parts follow each other."""
    parts = [squash(part) for part in _GAP.split(words) if squash(part)]
    if not parts:
        return ()
    aligned = _folded(document.text)
    found: list[Span] = []
    at = aligned.text.find(parts[0])
    while at != -1:
        end = at + len(parts[0])
        for part in parts[1:]:
            after = aligned.text.find(part, end)
            end = after + len(part) if after != -1 else -1
            if end == -1:
                return tuple(found)
        found.append(_trimmed(document.text, aligned.source(Span(at, end))))
        at = aligned.text.find(parts[0], at + 1)
    return tuple(found)


def _trimmed(text: str, span: Span) -> Span:
    """The place without the white space at its ends, which folding leaves out and so cannot tell apart."""
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def holder(document: Document, span: Span) -> Clause | None:
    """The deepest clause that holds a place, its heading and label included."""
    holding = [clause for clause in document.clauses if span in clause.span]
    touching = holding or [clause for clause in document.clauses if clause.span.start <= span.start < clause.span.end]
    return min(touching, key=lambda clause: len(clause.span), default=None)


def nearest(documents: Sequence[Document], words: str) -> Near | None:
    """The passage most like the words, or None where none is like them."""
    wanted = squash(_GAP.sub("", words))
    pairs = _pairs(wanted)
    scored: list[tuple[float, int, Document, Span]] = []
    for document in documents:
        for span in _passages(document):
            share = sum((pairs & _pairs(squash(span.of(document.text)))).values()) / max(sum(pairs.values()), 1)
            if share >= _LIKE:
                scored.append((-share, len(scored), document, span))
    best: Near | None = None
    for _, _, document, span in sorted(scored, key=lambda one: one[:2])[:_TRIED]:
        near = _compared(document, span, wanted)
        if best is None or near.likeness > best.likeness:
            best = near
    return best


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))


def _passages(document: Document) -> Iterator[Span]:
    """Headings, sentences, and a clause's own words whole where it has several sentences."""
    for clause in document.clauses:
        if clause.kind is ClauseKind.FIGURE:
            continue
        if clause.heading is not None:
            yield clause.heading
        for own in clause.own:
            inside = list(sentences(document.text, own))
            yield from inside
            if len(inside) > 1:
                yield own


def _compared(document: Document, span: Span, wanted: str) -> Near:
    """The part of the passage that answers to the words, and where they part."""
    aligned = fold(span.of(document.text))
    matcher = SequenceMatcher(None, wanted, aligned.text, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    if not blocks:
        return Near(document, span, (), 0.0)
    start = max(0, blocks[0].b - blocks[0].a)
    last = blocks[-1]
    end = min(len(aligned.text), last.b + last.size + len(wanted) - last.a - last.size)
    inner = aligned.text[start:end]
    compared = SequenceMatcher(None, wanted, inner, autojunk=False)
    place = _trimmed(document.text, aligned.source(Span(start, end)).moved(span.start))
    return Near(document, place, tuple(_differences(compared, wanted, inner)), compared.ratio())


def _differences(compared: SequenceMatcher[str], wanted: str, inner: str) -> Iterator[Difference]:
    """The differing stretches; two that a single equal letter parts are one: 帳簿 for 台帳."""
    a = b = 0  # where the stretch in hand begins
    open_until: tuple[int, int] | None = None
    for tag, i, j, m, n in compared.get_opcodes():
        if tag == "equal":
            if open_until is not None and (j - i > 1 or j == len(wanted)):
                yield Difference(wanted[a : open_until[0]], inner[b : open_until[1]])
                open_until = None
            continue
        if open_until is None:
            a, b = i, m
        open_until = (j, n)
    if open_until is not None:
        yield Difference(wanted[a : open_until[0]], inner[b : open_until[1]])
