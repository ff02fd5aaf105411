"""The true text nearest to a quotation, and how the two differ.

Exactness is judged on folded text (width, old forms, white space), with the way back to the print. Words left
out with … may be left out of one clause only, and not many of them: else a quotation could say what no clause does.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from compliance.draft.wordwise import compared
from compliance.scale import folded, pairs
from index.excerpt import numbered
from law.document import Clause, ClauseKind, Document
from law.fold import fold
from law.sentence import sentences
from law.span import Aligned, Span

LEFT_OUT = 400
"""Folded characters that one … may stand for."""
_GAP = re.compile(r"[…‥]+|・{3,}|[（(［\[](?:中?略|前略|後略)[）)］\]]|〔(?:中?略)〕")
_LIKE = 0.55
"""Share of a quotation's pairs of characters that a passage must have to be what it meant."""
_TRIED = 4
_MOST_PARTS = 20
_LONGEST = 4000
"""Folded characters of a quotation up to which the passage it may have meant is looked for."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Words of the draft, and what the document has in their place, both as printed; either may be empty."""

    draft: str
    true: str


@dataclass(frozen=True, slots=True)
class Near:
    """The passage of a document that comes nearest to a quotation."""

    document: Document
    span: Span
    differences: tuple[Difference, ...]
    likeness: float


class Searched:
    """A document made ready once for many quotations: folded, its passages and which of them have which pairs."""

    def __init__(self, document: Document) -> None:
        self.document = document

    @cached_property
    def aligned(self) -> Aligned:
        """The folded text."""
        return fold(self.document.text)

    @cached_property
    def passages(self) -> tuple[Span, ...]:
        """Headings, sentences, and a clause's own words whole where it has several sentences."""
        return tuple(_passages(self.document))

    @cached_property
    def having(self) -> dict[str, list[int]]:
        """The passages that have a pair of characters, by their number."""
        table: dict[str, list[int]] = {}
        for number, span in enumerate(self.passages):
            for pair in pairs(span.of(self.document.text)):
                table.setdefault(pair, []).append(number)
        return table

    def exact(self, words: str) -> tuple[Span, ...]:
        """Every place where a quotation stands word for word.

        One with … stands where its parts follow each other in one clause with its items, near each other; the place
        with the least left out comes first.
        """
        parts = parts_of(words)
        if len(parts) > _MOST_PARTS:
            return ()
        chains = _chains(self.aligned.text, parts, LEFT_OUT)
        found = [Span(c[0].start, c[-1].end) for c in map(self._printed, chains) if self._in_one_clause(c)]
        return tuple(sorted(found, key=len) if len(parts) > 1 else found)

    def scattered(self, words: str) -> tuple[Span, ...]:
        """Where the parts of a quotation with … follow each other anywhere in the document; empty where they do not."""
        parts = parts_of(words)
        if not 1 < len(parts) <= _MOST_PARTS:
            return ()
        chains = _chains(self.aligned.text, parts, len(self.aligned.text))
        return self._printed(min(chains, key=lambda chain: chain[-1].end - chain[0].start)) if chains else ()

    def clause_of(self, part: Span) -> Clause | None:
        """The clause that a place belongs to; an item, a note or an example to the clause it hangs on."""
        clause = holder(self.document, part)
        return numbered(self.document, clause.path) if clause else None

    def _printed(self, chain: Sequence[Span]) -> tuple[Span, ...]:
        return tuple(_trimmed(self.document.text, self.aligned.source(part)) for part in chain)

    def _in_one_clause(self, chain: Sequence[Span]) -> bool:
        """Whether one clause has all the parts; a quotation without … may run on into the next."""
        if len(chain) == 1:
            return True
        clauses = [self.clause_of(part) for part in chain]
        return clauses[0] is not None and all(one is clauses[0] for one in clauses)


def parts_of(words: str) -> tuple[str, ...]:
    """The folded parts of a quotation between which words are left out."""
    return tuple(part for piece in _GAP.split(words) if (part := folded(piece)))


def holder(document: Document, span: Span) -> Clause | None:
    """The deepest clause that holds a place, its heading and label included."""
    holding = [clause for clause in document.clauses if span in clause.span]
    touching = holding or [clause for clause in document.clauses if clause.span.start <= span.start < clause.span.end]
    return min(touching, key=lambda clause: len(clause.span), default=None)


def nearest(documents: Sequence[Searched], words: str) -> Near | None:
    """The passage most like the words, or None where none is like them."""
    wanted = folded(_GAP.sub("", words))
    if not documents or len(wanted) > _LONGEST:
        return None
    sought = pairs(wanted)
    scored: list[tuple[float, int, Searched, int]] = []
    for order, one in enumerate(documents):
        count: Counter[int] = Counter()
        for pair in sought:
            count.update(one.having.get(pair, ()))
        scored += [(-n / len(sought), order, one, at) for at, n in count.items() if n >= _LIKE * len(sought)]
    best: Near | None = None
    for _, _, one, at in sorted(scored, key=lambda entry: (entry[0], entry[1], entry[3]))[:_TRIED]:
        near = _compared(one.document, one.passages[at], words, wanted)
        if best is None or near.likeness > best.likeness:
            best = near
    return best


def _chains(text: str, parts: Sequence[str], most: int) -> list[tuple[Span, ...]]:
    """The places of the first part from which the others follow, each the next there is within so many characters.

    From the last part to the first, so that a part is joined only to one from which the rest follows too.
    """
    after: dict[int, tuple[Span, ...]] = {}
    for number, part in enumerate(reversed(parts)):
        starts = list(after)
        here: dict[int, tuple[Span, ...]] = {}
        for at in _places(text, part):
            end = at + len(part)
            follows = bisect_left(starts, end)
            if number == 0:
                here[at] = (Span(at, end),)
            elif follows < len(starts) and starts[follows] - end <= most:
                here[at] = (Span(at, end), *after[starts[follows]])
        after = here
    return list(after.values())


def _places(text: str, part: str) -> Iterator[int]:
    at = text.find(part)
    while at != -1:
        yield at
        at = text.find(part, at + 1)


def _trimmed(text: str, span: Span) -> Span:
    """The place without the white space at its ends, which folding leaves out and so cannot tell apart."""
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))


def _passages(document: Document) -> Iterator[Span]:
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


def _compared(document: Document, span: Span, words: str, wanted: str) -> Near:
    """The part of the passage that answers to the words, and where they part."""
    aligned = fold(span.of(document.text))
    matcher = SequenceMatcher(None, wanted, aligned.text, autojunk=False)
    blocks = [block for block in matcher.get_matching_blocks() if block.size > 1]
    if not blocks:
        return Near(document, span, (), 0.0)
    start = max(0, blocks[0].b - blocks[0].a)
    last = blocks[-1]
    end = min(len(aligned.text), last.b + last.size + len(wanted) - last.a - last.size)
    likeness = SequenceMatcher(None, wanted, aligned.text[start:end], autojunk=False).ratio()
    place = _trimmed(document.text, aligned.source(Span(start, end)).moved(span.start))
    return Near(document, place, _differences(words, place.of(document.text)), likeness)


def _differences(words: str, true: str) -> tuple[Difference, ...]:
    """What differs, as printed but without line breaks; words left out with … are no difference."""
    changes = [one for one in compared(words.replace("\n", ""), true.replace("\n", "")) if not one.is_same]
    return tuple(Difference(one.draft, one.true) for one in changes if not _GAP.fullmatch(one.draft))
