"""Passages: what is found and shown. A pure function from a Document to the pieces a reader can take in.

A passage is a clause with its items and notes, a part of a long one cut between sentences or items,
or a clause whole with its short children. Each is at most `SHOWN` characters, and made of units: the
sentences, items and notes that can be the quote. Contents pages and furniture belong to no clause and
are left out; figure captions outside every clause are kept under the nearest clause before them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from law.document import BlockKind, Clause, ClauseKind, Document
from law.fold import squash
from law.sentence import sentences
from law.span import NO_PAGE, Span

SHOWN = 1_100
"""Characters a passage may show, folded and without white space: what a reader takes in at one look."""
FAMILY = 900
"""A clause and its numbered children are also one passage up to here: causes (1) to (4), methods ア to ウ.
Longer ones are shown child by child, and the heading with what follows it."""
SHORT = 15
"""An item shorter than this (氏名、住所) answers nothing alone; its clause does."""

_HANGING = "：:、，"
"""A line that begins so goes on with the one before: お客さまの人数 ／ ：約16万人."""

INNER = frozenset({ClauseKind.ITEM, ClauseKind.NOTE, ClauseKind.EXAMPLE})
"""What is shown with the clause it hangs on."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence, item or note: the smallest thing that can be quoted as the answer."""

    clause: str
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of one clause, or all of it, as one hit shows it."""

    document: str
    clause: str
    span: Span
    headings: tuple[str, ...]
    """From the root down, the clause's own (or the one it stands under) last."""
    units: tuple[Unit, ...]
    whole: bool
    """Whether all of the clause is here."""


def passages(document: Document) -> list[Passage]:
    """The passages of a document, in reading order of where they begin, wider before narrower."""
    found: list[Passage] = []
    for clause in document.clauses:
        host = document.by_path[clause.parent] if clause.parent else None
        if clause.kind in INNER and host is not None and host.span.start <= clause.span.start < host.span.end:
            continue  # shown with its host
        found.extend(_of_clause(document, clause))
    found.extend(_captions(document))
    return sorted(found, key=lambda p: (p.span.start, -p.span.end))


def shown_length(text: str) -> int:
    """Characters without white space, folded: ㈱ counts as three."""
    return len(squash(text))


def _of_clause(document: Document, clause: Clause) -> Iterator[Passage]:
    outer = [c for c in document.children.get(clause.path, ()) if c.kind not in INNER and c.span in clause.span]
    shown = _on_one_page(document, clause) if outer else clause.span
    size = shown_length(shown.of(document.text))
    if size <= (FAMILY if outer else SHOWN):
        yield _passage(document, clause, shown, whole=shown == clause.span)
        if not outer:
            return
    for run in _runs(document, clause, outer):
        if any(part in run for part in clause.own) or run.start > clause.span.start:
            yield from (_passage(document, clause, span, whole=not outer) for span in _packed(document, run))
        elif size > FAMILY:
            yield _passage(document, clause, _opening(document, shown), whole=False)


def _on_one_page(document: Document, clause: Clause) -> Span:
    """A clause with its children as far as its first page goes: a hit is cited by one page, and it must be right."""
    pages = document.boxes.pages[clause.span.start : clause.span.end]
    later = next((i for i, page in enumerate(pages) if page not in (NO_PAGE, pages[0])), None)
    if later is None:
        return clause.span
    turn = clause.span.start + later
    ends = [s.end for s in sentences(document.text, clause.span) if s.end <= turn]
    return Span(clause.span.start, ends[-1]) if ends else clause.span


def _opening(document: Document, part: Span) -> Span:
    """A heading alone answers nothing: the heading and the sentences under it, as many as are read at a look."""
    end, length = part.start, 0
    for sentence in sentences(document.text, part):
        length += shown_length(sentence.of(document.text))
        if length > FAMILY and end > part.start:
            break
        end = sentence.end
    return Span(part.start, end)


def _runs(document: Document, clause: Clause, outer: Sequence[Clause]) -> Iterator[Span]:
    """What is left of a clause between its numbered children: its heading, words, items and notes."""
    start = clause.span.start
    for child in outer:
        if child.span.start > start:
            yield Span(start, child.span.start)
        start = max(start, child.span.end)
    if start < clause.span.end:
        yield Span(start, clause.span.end)


def _packed(document: Document, run: Span) -> Iterator[Span]:
    """The run whole, or cut between its sentences so that each part can be shown."""
    text = document.text
    pieces = [cut for sentence in sentences(text, run) for cut in _cut(text, sentence)]
    if not pieces:
        return
    start, end, length = pieces[0].start, pieces[0].end, 0
    for piece in pieces:
        size = shown_length(piece.of(text))
        if length and length + size > SHOWN:
            yield Span(start, end)
            start, length = piece.start, 0
        end, length = piece.end, length + size
    yield Span(start, end)


def _cut(text: str, sentence: Span) -> Iterator[Span]:
    """A sentence too long to be shown, in parts: after a comma where there is one, else anywhere."""
    start = sentence.start
    while shown_length(text[start : sentence.end]) > SHOWN:
        end = start + SHOWN // 2
        comma = max(text.rfind("、", start + SHOWN // 4, end), text.rfind("，", start + SHOWN // 4, end))
        end = comma + 1 if comma > 0 else end
        yield Span(start, end)
        start = end
    yield Span(start, sentence.end)


def _passage(document: Document, clause: Clause, span: Span, *, whole: bool) -> Passage:
    return Passage(
        document=document.id,
        clause=clause.path,
        span=span,
        headings=headings(document, clause),
        units=tuple(_units(document, clause, span)),
        whole=whole,
    )


def headings(document: Document, clause: Clause) -> tuple[str, ...]:
    """The headings over a clause from the root down, its own (or its elder sibling's) last.

    ７－１－１ without a heading of its own stands under that of its parent.
    """
    chain = [document.heading(c) for c in reversed(list(document.ancestors(clause)))]
    return tuple(dict.fromkeys(h for h in (*chain, document.scope_heading(clause)) if h))


def _units(document: Document, clause: Clause, span: Span) -> Iterator[Unit]:
    """The sentences of the clause's own words, and its descendants' one by one; its heading when alone."""
    found: list[Unit] = []
    for member in _family(document, clause):
        for part in member.own:
            if part.end > span.start and part.start < span.end:
                inside = Span(max(part.start, span.start), min(part.end, span.end))
                found.extend(Unit(member.path, s) for s in _quotable(document, member, inside))
        if not member.own and member.heading is not None and member.heading in span:
            found.append(Unit(member.path, member.heading))
    ordered = sorted(found, key=lambda unit: unit.span)
    yield from _readable(document, ordered) or [Unit(clause.path, span)]


def _readable(document: Document, units: Sequence[Unit]) -> list[Unit]:
    """Pieces that say nothing alone are quoted with their neighbour: 注２：クロスセルとは with what it is."""
    out: list[Unit] = []
    for unit in units:
        if out and _belong(document, out[-1], unit):
            out[-1] = Unit(unit.clause, Span(out[-1].span.start, unit.span.end))
        else:
            out.append(unit)
    return out


def _belong(document: Document, unit: Unit, after: Unit) -> bool:
    """Whether a piece and the next are one: the first is no sentence and short, or the second hangs on it."""
    clause, text = document.by_path[unit.clause], document.text
    if (
        unit.clause != after.clause
        or unit.span == clause.heading
        or clause.kind in (ClauseKind.ITEM, ClauseKind.EXAMPLE)
    ):
        return False
    first, second = unit.span.of(text), after.span.of(text)
    hangs = second[0] in _HANGING or (shown_length(first) < SHORT and first[-1] not in "。．）)")
    close = after.span.start - unit.span.end <= 1 and shown_length(first) + shown_length(second) <= SHOWN // 2
    return hangs and close and document.boxes.page_of(unit.span) == document.boxes.page_of(after.span)


def _quotable(document: Document, member: Clause, part: Span) -> Iterator[Span]:
    """Sentences; an item is one unit with its label when it is one sentence."""
    cuts = list(sentences(document.text, part))
    if member.kind in INNER and len(cuts) == 1 and member.mark is not None and member.mark.end <= part.start:
        yield Span(member.mark.start, part.end)
    else:
        yield from cuts


def _family(document: Document, clause: Clause) -> Iterator[Clause]:
    yield clause
    for child in document.children.get(clause.path, ()):
        if child.span in clause.span:
            yield from _family(document, child)


def _captions(document: Document) -> Iterator[Passage]:
    """Captions that stand in no clause, under the clause that begins on their page or before it."""
    for block in document.blocks:
        if block.kind is not BlockKind.CAPTION or any(block.span in c.span for c in document.clauses):
            continue
        page = document.boxes.page_of(block.span) or 0
        before = [c for c in document.clauses if (document.pdf_page(c) or 0) <= page]
        if before:
            host = before[-1]
            for span in _packed(document, block.span):
                yield Passage(
                    document.id, host.path, span, headings(document, host), (Unit(host.path, span),), whole=False
                )
