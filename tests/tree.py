"""What every clause tree must be, whatever was read: the invariants of places and paths."""

from __future__ import annotations

from itertools import pairwise

from law.document import Clause, ClauseKind, Document


def broken_invariants(document: Document) -> list[str]:
    """What is wrong with the tree, a sentence each; nothing for a sound one. Footnotes stand in the apparatus."""
    found = []
    paths = [clause.path for clause in document.clauses]
    found += [f"{path} is not unique" for path in sorted({p for p in paths if paths.count(p) > 1})]
    known: set[str] = set()
    for clause in document.clauses:
        if clause.parent is not None and clause.parent not in known:
            found.append(f"{clause.path} stands before its parent {clause.parent}")
        known.add(clause.path)
        found += _places(document, clause)
    for parent, children in document.children.items():
        running = [c for c in children if c.kind is not ClauseKind.FOOTNOTE]
        if parent is not None:
            outer = document.by_path[parent].span
            found += [f"{c.path} is not inside {parent}" for c in running if c.span not in outer]
        pairs = pairwise(sorted(running, key=lambda c: c.span.start))
        found += [f"{one.path} overlaps {two.path}" for one, two in pairs if one.span.end > two.span.start]
    return found


def _places(document: Document, clause: Clause) -> list[str]:
    parts = [*clause.own, *(p for p in (clause.mark, clause.heading) if p is not None)]
    found = [f"{clause.path}: {part} is outside {clause.span}" for part in parts if part not in clause.span]
    if clause.mark is not None and clause.kind is not ClauseKind.FOOTNOTE:
        printed = clause.mark.of(document.text)
        if printed != clause.label:
            found.append(f"{clause.path}: the mark says {printed}")
    return found
