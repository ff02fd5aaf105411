"""Two versions of a document side by side, line by line: what a 新旧対照表 is drawn from.

Every line of either version's clauses stands in exactly one row: the joined left cells are the newer
text, the right ones the older. Rows stand in the newer version's order; what was dropped stands where it
stood. `compliance.version.abridged` leaves out what did not change, as the tables of ministries do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from compliance.scale import alike
from compliance.version.alignment import holds, in_order, longest_rising
from compliance.version.pairing import paired
from compliance.version.wording import Wording, difference, whole
from law.document import TITLE_PAGE, ClauseKind, Document
from law.fold import squash
from law.span import Span
from law.token import Tokenizer

_ALIKE = 0.45
_ELSEWHERE = 0.7
_SHORT = 20


class Kind(StrEnum):
    """What became of a line."""

    SAME = "同じ"
    CHANGED = "改正"
    RENUMBERED = "番号の変更"
    ADDED = "新設"
    DROPPED = "削除"
    GONE = "移動"  # stood here; the row of its new place has the words


@dataclass(frozen=True, slots=True)
class Line:
    """A printed paragraph, item or heading. `label` is its number where it begins with one; `depth` from the root."""

    clause: str
    label: str
    words: str
    span: Span
    is_heading: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A line in the table: its words as stretches, and whether its number changed."""

    line: Line
    wording: Wording
    label_changed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the newer version beside the one it came from; None on a side that has none.

    `moved` says that it stands before or after others it stood behind; at its old place a row without words
    says where it went (`goes_to`, a clause of the newer version).
    """

    kind: Kind
    new: Cell | None
    old: Cell | None
    moved: bool = False
    goes_to: str | None = None


@dataclass(frozen=True)
class Contrast:
    """Two versions, their rows in full, and the path in the older version of each clause that was there."""

    new: Document
    old: Document
    rows: tuple[Row, ...]
    pairs: Mapping[str, str]


def contrast(new: Document, old: Document, cut: Tokenizer | None = None) -> Contrast:
    """The two versions side by side; `cut` cuts the words that are compared."""
    pairs = paired(new, old)
    ours, theirs = lines(new), lines(old)
    beside = _beside(ours, theirs, pairs)
    order = [beside[i] for i in sorted(beside)]
    kept = longest_rising(order)
    moved = {i for at, i in enumerate(sorted(beside)) if at not in kept}
    rows = [_row(line, theirs[beside[i]] if i in beside else None, cut, i in moved) for i, line in enumerate(ours)]
    return Contrast(new, old, tuple(_with_dropped(rows, ours, theirs, beside, moved)), pairs)


def lines(document: Document) -> tuple[Line, ...]:
    """The lines of a document's clauses in the order of its text, without the title page and figures."""
    found: list[Line] = []
    for clause in document.clauses:
        # The names of the two versions stand above the table.
        if clause.path == TITLE_PAGE or clause.kind is ClauseKind.FIGURE:
            continue
        depth = sum(1 for _ in document.ancestors(clause))
        spans = [(clause.heading, True)] if clause.heading else []
        spans += [(piece, False) for own in clause.own for piece in _paragraphs(document.text, own)]
        made = [
            Line(clause.path, "", span.of(document.text), span, is_heading, depth)
            for span, is_heading in sorted(spans, key=lambda one: one[0])
        ]
        if clause.mark is not None:
            made = _labelled(made, clause.label, clause.mark, clause.path, depth)
        found += made
    return tuple(sorted(found, key=lambda one: one.span))


def _paragraphs(text: str, own: Span) -> Iterator[Span]:
    start = own.start
    for part in own.of(text).split("\n"):
        if part.strip():
            yield Span(start, start + len(part))
        start += len(part) + 1


def _labelled(made: list[Line], label: str, mark: Span, path: str, depth: int) -> list[Line]:
    """The first line behind the printed label gets it; a label that stands alone is a line of no words."""
    at = next((i for i, one in enumerate(made) if one.span.start >= mark.start), None)
    if at is None:
        return [*made, Line(path, label, "", Span(mark.end, mark.end), depth=depth)]
    return [replace(one, label=label) if i == at else one for i, one in enumerate(made)]


def _beside(ours: Sequence[Line], theirs: Sequence[Line], pairs: Mapping[str, str]) -> dict[int, int]:
    """For each line of the newer version the one it came from: in its clause first, then anywhere by content."""
    mine, other = _by_clause(ours), _by_clause(theirs)
    out: dict[int, int] = {}
    for path, old_path in pairs.items():
        for heads in (True, False):
            a = [i for i in mine.get(path, ()) if ours[i].is_heading == heads]
            b = [j for j in other.get(old_path, ()) if theirs[j].is_heading == heads]
            out.update(_same_clause(a, b, ours, theirs))
    taken = set(out.values())
    free = [i for i, one in enumerate(ours) if i not in out and len(squash(one.words)) >= _SHORT]
    left = [j for j, one in enumerate(theirs) if j not in taken and len(squash(one.words)) >= _SHORT]
    found = [(score, -i, -j) for i in free for j in left if (score := _content(ours[i].words, theirs[j].words))]
    for _, i, j in sorted(found, reverse=True):
        if -i not in out and -j not in taken:
            out[-i] = -j
            taken.add(-j)
    return out


def _by_clause(lines: Sequence[Line]) -> dict[str, list[int]]:
    table: dict[str, list[int]] = {}
    for i, one in enumerate(lines):
        table.setdefault(one.clause, []).append(i)
    return table


def _same_clause(a: list[int], b: list[int], ours: Sequence[Line], theirs: Sequence[Line]) -> dict[int, int]:
    """The lines of one clause in pairs; its first line stays its first line, however much was rewritten."""

    def like(i: int, j: int) -> float:
        first = 0.2 if i == j == 0 else 0.0
        score = alike(ours[a[i]].words, theirs[b[j]].words) + first
        return score if score >= _ALIKE else 0.0

    out = {a[i]: b[j] for i, j in in_order(len(a), len(b), like)}
    if a and b and a[0] not in out and b[0] not in out.values():
        out[a[0]] = b[0]
    return out


def _content(one: str, other: str) -> float:
    score = alike(one, other)
    return score if score >= _ELSEWHERE or (score >= _ELSEWHERE / 2 and holds(one, other)) else 0.0


def _row(new: Line, old: Line | None, cut: Tokenizer | None, moved: bool) -> Row:
    if old is None:
        return Row(Kind.ADDED, _whole(new), None)
    if squash(new.words) == squash(old.words):
        words = (whole(new.words, changed=False), whole(old.words, changed=False))
        kind = Kind.SAME
    else:
        words = difference(new.words, old.words, cut)
        kind = Kind.CHANGED
    relabelled = squash(new.label) != squash(old.label)
    if relabelled and kind is Kind.SAME:
        kind = Kind.RENUMBERED
    return Row(kind, Cell(new, words[0], relabelled), Cell(old, words[1], relabelled), moved)


def _whole(line: Line) -> Cell:
    return Cell(line, whole(line.words, changed=True), label_changed=bool(line.label))


def _with_dropped(
    rows: Sequence[Row], ours: Sequence[Line], theirs: Sequence[Line], beside: Mapping[int, int], moved: set[int]
) -> Iterator[Row]:
    """The rows, and each line that is gone behind the row of the line it followed."""
    at_home = {j: i for i, j in beside.items() if i not in moved}
    away = {j: ours[i].clause for i, j in beside.items() if i in moved}
    behind: dict[int, list[Row]] = {}
    last = -1
    for j, line in enumerate(theirs):
        if j in at_home:
            last = at_home[j]
        elif j in away:
            behind.setdefault(last, []).append(Row(Kind.GONE, None, Cell(line, ()), True, away[j]))
        else:
            behind.setdefault(last, []).append(Row(Kind.DROPPED, None, _whole(line)))
    yield from behind.get(-1, ())
    for i in range(len(ours)):
        yield rows[i]
        yield from behind.get(i, ())
