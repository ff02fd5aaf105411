"""A passage while it is read: where one is, what has been found in it, and what was named last."""

from __future__ import annotations

from dataclasses import dataclass, field

from law.antecedent import Antecedent, Provisions
from law.belonging import is_of_another
from law.document import Clause, Document
from law.mention import Mention, MentionKind, Tight
from law.names import Name, Names, is_guideline
from law.outline import Outline
from law.reference import Reference, ReferenceKind


@dataclass(slots=True)
class Reading:
    """What is known of a document while its references are read, and the references of the passage in hand."""

    document: Document
    names: Names
    outline: Outline
    last: Antecedent | None = None
    guideline: tuple[str, str] | None = None
    law: str | None = None
    _clause: Clause = field(init=False)
    _tight: Tight = field(init=False)
    _provisions: Provisions = field(default_factory=Provisions)
    _done: list[Reference] = field(default_factory=list)

    def _name_before(self, mention: Mention) -> Name | None:
        end = mention.start
        if mention.kind is MentionKind.CHAIN:
            end -= self._tight.text.endswith("「", 0, end)
            end -= self._tight.text.endswith("の", 0, end)
            name = self.names.before(self._tight, end)
            return name if name and self._is_guideline(name) else None
        return self.names.before(self._tight, end) if mention.kind is MentionKind.PROVISION else None

    def _is_guideline(self, name: Name) -> bool:
        return is_guideline(self.names.full(name, self._tight.places[name.start]) or name.words)

    def _is_of_another(self, mention: Mention) -> bool:
        return is_of_another(mention, self._tight, self.names, self.last)

    def _guideline_of(self) -> str | None:
        if self.guideline is None or self.outline.has_chains:
            return None
        place, name = self.guideline
        return name if self.outline.is_under(self._clause.path, place) else None

    def _remember_guideline(self, reference: Reference) -> None:
        if reference.kind is ReferenceKind.GUIDELINE and reference.law is not None:
            self.guideline = (self._clause.path, reference.law)

    def _add(
        self,
        mention: Mention,
        kind: ReferenceKind,
        *,
        target: str | None = None,
        law: str | None = None,
        article: str | None = None,
        paragraph: str | None = None,
        item: str | None = None,
        resolved: bool = False,
    ) -> Reference:
        span = self._tight.source(mention.start, mention.end)
        reference = Reference(
            span.of(self.document.text), span, self._clause.path, kind, target, law, article, paragraph, item, resolved
        )
        self._done.append(reference)
        self.last = Antecedent(reference, self._tight, mention.end, mention.steps)
        return reference
