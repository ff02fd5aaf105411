"""The clauses of two versions in pairs, by what they say rather than by their numbers.

Three steps. Down the two trees, the children of paired clauses are paired in their order, likest first.
What is left over on both sides is paired by content wherever it went. At last a number that is left over
on both sides of paired parents is the same provision, wholly rewritten (「第６条　削除」).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from compliance.scale import alike
from compliance.version.alignment import holds, in_order
from law.document import Clause, Document
from law.fold import squash
from law.label import normal_label

_ALIKE = 0.45
"""How like two siblings must be, a same number (0.1) or heading (0.2) counted in: boilerplate alone gives 0.3."""
_MOVED = 0.6
"""How like two clauses must be that are paired across the whole text."""
_SHORT = 12
"""Folded characters below which a clause says too little to be known again elsewhere."""
_MOST = 40_000
"""Comparisons of one gap between clauses that did not change; above, numbers lead."""


def paired(new: Document, old: Document) -> dict[str, str]:
    """The path of the older version for each path of the newer one that has its like there."""
    return _Pairing(new, old).made()


@dataclass
class _Pairing:
    new: Document
    old: Document
    pairs: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    texts: dict[tuple[bool, str], str] = field(default_factory=dict)

    def made(self) -> dict[str, str]:
        self._down(None, None)
        self._moved()
        self._rewritten()
        return self.pairs

    def _pair(self, mine: Clause, theirs: Clause) -> None:
        self.pairs[mine.path] = theirs.path
        self.taken.add(theirs.path)
        self._down(mine.path, theirs.path)

    def _free(self, parent_new: str | None, parent_old: str | None) -> tuple[list[Clause], list[Clause]]:
        ours = [one for one in self.new.children.get(parent_new, ()) if one.path not in self.pairs]
        theirs = [one for one in self.old.children.get(parent_old, ()) if one.path not in self.taken]
        return ours, theirs

    def _down(self, parent_new: str | None, parent_old: str | None) -> None:
        ours, theirs = self._free(parent_new, parent_old)
        keys = [(one.label, squash(self._words(one, new=True))) for one in ours]
        others = [(one.label, squash(self._words(one, new=False))) for one in theirs]
        matcher = SequenceMatcher(None, keys, others, autojunk=False)
        for tag, a, b, c, d in matcher.get_opcodes():
            made = zip(ours[a:b], theirs[c:d], strict=True) if tag == "equal" else self._gap(ours[a:b], theirs[c:d])
            for mine, other in list(made):
                self._pair(mine, other)

    def _gap(self, ours: Sequence[Clause], theirs: Sequence[Clause]) -> Iterator[tuple[Clause, Clause]]:
        """Pairs in order among siblings between two that did not change."""
        if len(ours) * len(theirs) > _MOST:
            labels = [normal_label(one.label) for one in ours], [normal_label(one.label) for one in theirs]
            blocks = SequenceMatcher(None, *labels, autojunk=False).get_matching_blocks()
            near = [(a + k, b + k) for a, b, size in blocks for k in range(size)]
            near = [(i, j) for i, j in near if self._alike(ours[i], theirs[j])]
        else:
            near = in_order(len(ours), len(theirs), lambda i, j: self._alike(ours[i], theirs[j]))
        return ((ours[i], theirs[j]) for i, j in near)

    def _alike(self, mine: Clause, other: Clause) -> float:
        score = alike(self._words(mine, new=True), self._words(other, new=False))
        heading = self.new.heading(mine)
        score += 0.1 * (normal_label(mine.label) == normal_label(other.label))
        score += 0.2 * (heading is not None and heading == self.old.heading(other))
        return score if score >= _ALIKE else 0.0

    def _moved(self) -> None:
        """Pairs what is left over on both sides by content, the likest first."""
        ours = [one for one in self.new.clauses if one.path not in self.pairs and self._says(one, new=True)]
        theirs = [one for one in self.old.clauses if one.path not in self.taken and self._says(one, new=False)]
        found = [
            (score, -i, -j)
            for i, mine in enumerate(ours)
            for j, other in enumerate(theirs)
            if (score := self._content(mine, other))
        ]
        for _, i, j in sorted(found, reverse=True):
            mine, other = ours[-i], theirs[-j]
            if mine.path not in self.pairs and other.path not in self.taken:
                self._pair(mine, other)

    def _content(self, mine: Clause, other: Clause) -> float:
        one, another = self._words(mine, new=True), self._words(other, new=False)
        score = alike(one, another)
        if score >= _MOVED:
            return score
        return score if score >= _MOVED / 2 and holds(one, another) else 0.0

    def _says(self, clause: Clause, *, new: bool) -> bool:
        return len(squash(self._words(clause, new=new))) >= _SHORT

    def _rewritten(self) -> None:
        parents: list[tuple[str | None, str | None]] = [(None, None), *self.pairs.items()]
        for parent_new, parent_old in parents:  # grows meanwhile: what is paired here has children of its own
            ours, theirs = self._free(parent_new, parent_old)
            by_label = {normal_label(one.label): one for one in reversed(theirs)}
            for mine in ours:
                other = by_label.pop(normal_label(mine.label), None)
                if other is not None and other.kind == mine.kind:
                    self._pair(mine, other)
                    parents.append((mine.path, other.path))

    def _words(self, clause: Clause, *, new: bool) -> str:
        """All a clause says, headings and items included, its own label not."""
        known = self.texts.get((new, clause.path))
        if known is None:
            document = self.new if new else self.old
            parts = [clause.heading.of(document.text)] if clause.heading else []
            parts += [one.of(document.text) for one in clause.own]
            parts += [self._words(child, new=new) for child in document.children.get(clause.path, ())]
            known = self.texts[new, clause.path] = "\n".join(parts)
        return known
