"""Antecedents: what 同条, 同項, 及び第２項 and a 第147条 without a law lean on.

The provision named last counts, but not one in a bracket that has closed since, where another stands
outside it; 同項 leans on the last one that has a paragraph.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from law.mention import Mention, Tight
from law.reference import Reference, ReferenceKind

_REACH = 7  # provisions looked back over; drafting rules allow only the nearest
_JOINS = frozenset(("及び", "並びに", "又は", "若しくは", "および", "ならびに", "または", "もしくは", "まで及び")) | {
    "から",
    "乃至",
    "ないし",
    *"、,・~",
}
"""What may part two provisions of one list."""


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A reference that was read, where it ended, and the steps and material it named."""

    reference: Reference
    tight: Tight
    end: int
    steps: tuple[str, ...] = ()
    scope: str | None = None

    def joins(self, mention: Mention, tight: Tight) -> bool:
        """Whether only a connective stands between it and the mention."""
        return self.tight is tight and tight.text[self.end : mention.start] in _JOINS


@dataclass(slots=True)
class Provisions:
    """The provisions named so far in a document, the latest last."""

    _named: list[Antecedent] = field(default_factory=list)

    def keep(self, provision: Antecedent | None) -> None:
        """Remember a provision."""
        if provision is not None:
            self._named = [*self._named[-_REACH:], provision]

    def before(self, mention: Mention, tight: Tight) -> Antecedent | None:
        """The provision that the mention leans on, if any."""
        unit = (mention.pointer or "")[-1:]
        known = [
            one
            for one in self._named
            if one.reference.kind is ReferenceKind.SELF
            or ((unit != "項" or one.reference.paragraph) and (unit != "号" or one.reference.item))
        ]
        for one in reversed(known):
            if one.tight is tight and _is_open(tight.text[one.end : mention.start]):
                return one
        return known[-1] if known else None

    def carried(self, mention: Mention, tight: Tight, *, is_statute: bool) -> Reference | None:
        """The provision before in this sentence; in a statute only when nothing but a connective parts them."""
        before = self.before(mention, tight)
        if before is None or before.tight is not tight:
            return None
        if "。" in tight.text[before.end : mention.start] or (is_statute and not before.joins(mention, tight)):
            return None
        return before.reference


def _is_open(between: str) -> bool:
    """Whether the words after a mention leave the brackets it stands in open."""
    depth = 0
    for c in between:
        depth += (c in "(「") - (c in ")」")
        if depth < 0:
            return False
    return True
