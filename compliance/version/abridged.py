"""The 新旧対照表 as it is printed: what did not change is （略）, what is new or gone is （新設） or （削る）.

Captions and headings over a change are shown, so that a reader knows where he is. Provisions that only
got another number are one line: ④～⑥（略） beside ③～⑤（略）, the numbers underlined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from compliance.version.contrast import Cell, Contrast, Kind, Line, Row
from compliance.version.wording import Stretch, Wording
from index.excerpt import plain, written_path
from index.passages import INNER
from law.document import Clause, ClauseKind, Document
from law.fold import squash

OMITTED, ADDED, DROPPED = "（略）", "（新設）", "（削る）"


@dataclass(frozen=True, slots=True)
class Part:
    """A line of a cell: its number, its words, and how far it is set in (0 for a numbered clause)."""

    label: Wording
    words: Wording
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the table. `kind` is SAME where it is only there for orientation.

    `clause` and `old_clause` are the provisions it shows, for links; `remark` says where moved words stood.
    """

    kind: Kind
    new: tuple[Part, ...]
    old: tuple[Part, ...]
    clause: str | None
    old_clause: str | None
    remark: str = ""
    is_heading: bool = False


def abridged(made: Contrast) -> tuple[Entry, ...]:
    """The rows of a printed 新旧対照表."""
    over = _headings_over_changes(made)
    out: list[Entry] = []
    for group in _groups(made.rows, over):
        quiet = _is_quiet(group[0], over)
        entry = _omitted(made, group, over) if quiet else _entry(made, group)
        orients = out and out[-1].kind is Kind.SAME and out[-1].is_heading
        if orients and entry.kind in (Kind.SAME, Kind.RENUMBERED):
            entry = _under(out.pop(), entry)
        out.append(entry)
    return tuple(out)


def _under(heading: Entry, entry: Entry) -> Entry:
    """A heading and what follows it as one row."""
    return replace(entry, new=heading.new + entry.new, old=heading.old + entry.old, clause=heading.clause)


def changes(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The rows that say that something changed."""
    return tuple(one for one in entries if one.kind is not Kind.SAME)


_Heads = tuple[frozenset[str], frozenset[str]]


def _headings_over_changes(made: Contrast) -> _Heads:
    """The clauses of the newer and the older version that changed or have a change below them.

    A provision that only got another number is a change for what stands over it, unless that did too.
    """
    sides: tuple[set[str], set[str]] = (set(), set())
    renumbered = {row.new.line.clause for row in made.rows if row.new and row.kind is Kind.RENUMBERED}
    for row in made.rows:
        for side, cell, document in ((0, row.new, made.new), (1, row.old, made.old)):
            if cell is not None and (_is_loud(row) or row.kind is Kind.RENUMBERED):
                clause = document.by_path[cell.line.clause]
                above = [one.path for one in document.ancestors(clause)]
                if _is_loud(row):
                    sides[side].update((clause.path, *above))
                elif side == 0 and not renumbered & set(above):
                    sides[side].update(above)
    new = sides[0] | {mine for mine, other in made.pairs.items() if other in sides[1]}
    return frozenset(new), frozenset(sides[1] | {made.pairs[mine] for mine in new if mine in made.pairs})


def _is_loud(row: Row) -> bool:
    return row.kind not in (Kind.SAME, Kind.RENUMBERED) or row.moved


def _is_quiet(row: Row, over: _Heads) -> bool:
    """Whether the row is left out: it did not change, or only its number did, and it heads no change."""
    if _is_loud(row):
        return False
    sides = zip((row.new, row.old), over, strict=True)
    return not (_line(row).is_heading and any(cell is not None and cell.line.clause in side for cell, side in sides))


def _groups(rows: Sequence[Row], over: _Heads) -> Iterator[list[Row]]:
    """Rows that make one entry: a run of what is left out, a heading and its words, what came or went whole."""
    group: list[Row] = []
    for row in rows:
        if group and not _goes_with(group, row, over):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def _goes_with(group: Sequence[Row], row: Row, over: _Heads) -> bool:
    first, last = group[0], group[-1]
    if row.kind is Kind.DROPPED and any(_is_abolished(one) for one in group):
        return _is_under(row, next(one.old.line.clause for one in group if one.old))
    if _is_quiet(first, over) or _is_quiet(row, over):
        return _is_quiet(first, over) and _is_quiet(row, over)
    if Kind.GONE in (first.kind, row.kind) and first.kind is not row.kind:
        return False
    if first.kind is row.kind and first.kind in (Kind.ADDED, Kind.DROPPED, Kind.GONE):
        return _is_under(row, _line(first).clause)
    same = any(a and b and a.line.clause == b.line.clause for a, b in ((last.new, row.new), (last.old, row.old)))
    return same and _line(last).is_heading and len(group) == 1


def _is_under(row: Row, path: str) -> bool:
    return f"{_line(row).clause} > ".startswith(f"{path} > ")


def _is_abolished(row: Row) -> bool:
    """Whether only the number is left, and the word that the provision is gone (「４－６　削除」)."""
    return row.new is not None and row.old is not None and squash(row.new.line.words) == "削除" and _is_loud(row)


def _line(row: Row) -> Line:
    cell = row.new or row.old
    if cell is None:
        raise ValueError("a row has a cell on one side at least")
    return cell.line


def _entry(made: Contrast, group: Sequence[Row]) -> Entry:
    kinds = {row.kind for row in group} - {Kind.SAME} or {Kind.SAME}
    kind = kinds.pop() if len(kinds) == 1 else Kind.CHANGED
    abolished = any(_is_abolished(row) for row in group)
    new = [_part(made.new, row.new) for row in group if row.new]
    old = [_part(made.old, row.old) for row in group if row.old]
    if group[-1].kind is Kind.ADDED or not old:
        old.append(_mark(ADDED))
    if (group[-1].kind is Kind.DROPPED and not abolished) or not new:
        new.append(_mark(DROPPED))
    if kind is Kind.GONE:
        old, new = [_gone(made.old, group)], [_mark("（移動）")]
    kind = Kind.DROPPED if abolished else kind
    remark = _remark(group)
    kind = Kind.GONE if remark and kind in (Kind.SAME, Kind.RENUMBERED) else kind
    return Entry(kind, tuple(new), tuple(old), *_places(group), remark, _line(group[-1]).is_heading)


def _places(group: Sequence[Row]) -> tuple[str | None, str | None]:
    new = next((row.new.line.clause for row in group if row.new), None)
    return new, next((row.old.line.clause for row in group if row.old), None)


def _remark(group: Sequence[Row]) -> str:
    came = next((row.old.line.clause for row in group if row.moved and row.new and row.old), None)
    return f"{written_path(came)}から移動" if came else ""


def _part(document: Document, cell: Cell) -> Part:
    label = (Stretch(cell.line.label, cell.label_changed),) if cell.line.label else ()
    words = tuple(Stretch(plain(one.words), one.changed) for one in cell.wording)
    return Part(label, words, _depth(document, cell.line.clause))


def _mark(words: str) -> Part:
    return Part((), (Stretch(words),))


def _gone(document: Document, group: Sequence[Row]) -> Part:
    line = next((_line(row) for row in group if _line(row).label), _line(group[0]))
    label = (Stretch(line.label),) if line.label else ()
    goes = written_path(group[0].goes_to or "")
    return Part(label, (Stretch(f"（{goes}へ移動）"),), _depth(document, line.clause))


def _depth(document: Document, path: str) -> int:
    clause, depth = document.by_path[path], 0
    while clause.kind in INNER and clause.parent is not None:
        clause, depth = document.by_path[clause.parent], depth + 1
    return depth


# -- what is left out ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Tree:
    """A version's tree, and its clauses that are left out whole."""

    document: Document
    whole: frozenset[str]

    def top(self, path: str) -> Clause:
        """The highest clause from this one up that is left out whole; itself where it is not."""
        clause = top = self.document.by_path[path]
        for one in self.document.ancestors(clause):
            if path not in self.whole or one.path not in self.whole:
                break
            top = one
        return top


def _omitted(made: Contrast, group: Sequence[Row], over: _Heads) -> Entry:
    trees = tuple(
        _Tree(document, frozenset(cell.line.clause for cell in cells if cell and cell.line.label) - loud)
        for document, cells, loud in (
            (made.new, [row.new for row in group], over[0]),
            (made.old, [row.old for row in group], over[1]),
        )
    )
    runs = list(_runs(trees[0], group))
    kind = Kind.RENUMBERED if any(row.kind is Kind.RENUMBERED for row in group) else Kind.SAME
    new = tuple(_range(trees[0], [row.new for row in run if row.new]) for run in runs)
    old = tuple(_range(trees[1], [row.old for row in run if row.old]) for run in runs)
    return Entry(kind, new, old, *_places(group))


def _runs(tree: _Tree, group: Sequence[Row]) -> Iterator[list[Row]]:
    """The rows left out, cut into runs of siblings: their topmost clauses are of one parent and one kind.

    A clause of which something is shown elsewhere stands alone: its number says where that belongs.
    """
    changed = {_line(row).clause for row in group if row.kind is Kind.RENUMBERED}
    run: list[Row] = []
    last: tuple[str | None, ClauseKind, bool] | tuple[str, bool] | None = None
    for row in group:
        top = tree.top(_line(row).clause)
        renumbered = top.path in changed
        alone = top.path not in tree.whole
        key = (top.path, renumbered) if alone else (top.parent, top.kind, renumbered)
        if run and key != last:
            yield run
            run = []
        run.append(row)
        last = key
    if run:
        yield run


def _range(tree: _Tree, cells: Sequence[Cell]) -> Part:
    """「①～③　（略）」: the first and last of the run's topmost clauses."""
    tops = [cell for cell in cells if cell.line.label and tree.top(cell.line.clause).path == cell.line.clause]
    labels = [cell.line.label for cell in tops]
    joint = "・" if len(labels) == 2 else "～"
    words = joint.join(dict.fromkeys((labels[0], labels[-1]))) if labels else ""
    label = (Stretch(words, any(cell.label_changed for cell in tops)),) if words else ()
    return Part(label, (Stretch(OMITTED),), _depth(tree.document, (tops or cells)[0].line.clause))
